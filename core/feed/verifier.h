#ifndef GREFFE_CORE_FEED_VERIFIER_H_
#define GREFFE_CORE_FEED_VERIFIER_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/base/digest.h"
#include "core/base/signature.h"
#include "core/feed/checkpoint.h"
#include "core/feed/merkle.h"

namespace greffe {

// Checks one feed from its first event, in bounded memory, trusting nothing but hashes and the
// feed's public key. Depends on base and feed alone, so that anybody can rebuild it. Not thread
// safe.
class FeedVerifier final {
 public:
  FeedVerifier(ConventionId convention, PublicKey key);

  // The next event, as stored. OK: only hashes can tell, at the next head.
  void Add(absl::string_view event_bytes);
  // The leaf hash that another record claims for the event added last. DATA_LOSS naming the
  // sequence when it differs.
  absl::Status CheckLeaf(const Digest& claimed) const;
  // A head that claims to end at the events added so far. DATA_LOSS naming the failing step
  // (signature, size, root) and the range of events since the last head that verified.
  absl::Status CheckHead(absl::string_view note);

  std::uint64_t size() const { return frontier_.size(); }
  // Events that a verified head covers.
  std::uint64_t verified_size() const { return verified_size_; }
  std::uint64_t heads() const { return heads_; }
  Digest root() const { return frontier_.Root(); }

 private:
  const ConventionId convention_;
  const PublicKey key_;
  MerkleFrontier frontier_;
  Digest last_leaf_;
  std::uint64_t verified_size_ = 0;
  std::uint64_t heads_ = 0;
};

// Everything about one event's place in one verifiable step: the event hashes to a leaf, the leaf
// is at `sequence` in the tree of `note`, and `note` is signed by `key`. DATA_LOSS names the step.
absl::Status VerifyEventProof(absl::string_view event_bytes, std::uint64_t sequence,
                              std::span<const Digest> path, absl::string_view note,
                              const PublicKey& key);

}  // namespace greffe

#endif  // GREFFE_CORE_FEED_VERIFIER_H_
