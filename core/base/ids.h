#ifndef GREFFE_CORE_BASE_IDS_H_
#define GREFFE_CORE_BASE_IDS_H_

#include <cstdint>

#include "core/base/digest.h"
#include "core/base/fixed_bytes.h"

namespace greffe {

// First 16 bytes of SHA-256("greffe/v1/convention" | founder's replica id | 16 random bytes).
using ConventionId = FixedBytes<struct ConventionIdTag, 16>;
// SHA-256 of the raw 32-byte Ed25519 public key.
using ReplicaId = FixedBytes<struct ReplicaIdTag, 32>;
// Idempotency key of a command.
using RequestId = FixedBytes<struct RequestIdTag, 16>;
using ActId = FixedBytes<struct ActIdTag, 16>;
// Random per convention and person.
using PersonId = FixedBytes<struct PersonIdTag, 16>;

// Number of one branch of one feed in one replica's store. Local: never leaves the replica, never
// enters canonical state bytes.
using FeedNumber = std::uint32_t;

// Place of an event in this store.
struct EventPosition {
  FeedNumber feed = 0;
  std::uint64_t sequence = 0;
  friend bool operator==(const EventPosition&, const EventPosition&) = default;
  friend auto operator<=>(const EventPosition&, const EventPosition&) = default;
};

// The first `size` events of one branch. size is at least 1.
struct LocalPoint {
  FeedNumber feed = 0;
  std::uint64_t size = 0;
  friend bool operator==(const LocalPoint&, const LocalPoint&) = default;
  friend auto operator<=>(const LocalPoint&, const LocalPoint&) = default;
};

// A feed's first `size` events, named so that any replica can check it.
struct Point {
  ReplicaId replica;
  std::uint64_t size = 0;
  Digest root;
  friend bool operator==(const Point&, const Point&) = default;
  friend auto operator<=>(const Point&, const Point&) = default;
};

// "greffe/v1/convention" rule above.
ConventionId DeriveConventionId(const ReplicaId& founder, absl::string_view nonce16);
// Ids that a command makes: first 16 bytes of
// SHA-256("greffe/v1/act" | convention | partner id length as one byte | partner id | request id).
ActId DeriveActId(const ConventionId& convention, absl::string_view partner_id,
                  const RequestId& request);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_IDS_H_
