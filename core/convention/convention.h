#ifndef GREFFE_CORE_CONVENTION_CONVENTION_H_
#define GREFFE_CORE_CONVENTION_CONVENTION_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/ids.h"
#include "core/base/signature.h"
#include "core/base/time.h"
#include "greffe/v1/event.pb.h"

namespace greffe {

// Version of the fold. States, digests, snapshots and tokens of different versions are never
// compared.
inline constexpr std::uint32_t kFoldVersion = 10;

// One branch of one feed, as the state knows it.
struct FeedBranch {
  FeedNumber number = 0;
  ReplicaId replica;
  // The branch with which [0, forked_at) is shared.
  std::optional<FeedNumber> parent;
  std::uint64_t forked_at = 0;
};

// An event whose causal past is applied.
struct ApplicableEvent {
  EventPosition at;
  Digest leaf;
  // Event.seen with each point found in this store.
  std::span<const LocalPoint> seen;
  // Parsed from the stored bytes. Unknown fields and payloads are allowed. Null for bytes that do
  // not parse: applied all the same, with a finding.
  const v1::Event* event = nullptr;
};

struct StateData;

// A file that the convention names.
struct NamedAttachment {
  // AttachmentIdOf (core/convention/state/attachment.h).
  Digest id;
  Digest sha256;
  std::uint64_t size = 0;
};

// One roster entry as it counts now.
struct RosterEntry {
  ReplicaId replica;
  PublicKey key;
  std::string name;
  std::vector<std::string> partner_ids;
  Digest leaf;
};

// What the applied events of one convention say: a fold that only adds (design, idea 3). Copyable,
// compared by CanonicalBytes. Not thread safe; const calls may run at once.
//
// 1. Apply is total: no event makes it fail. One that means nothing leaves a finding.
// 2. Any two causal orders of the same events give the same CanonicalBytes.
// 3. FromSnapshot(Snapshot()) goes on exactly as the original would.
class ConventionState final {
 public:
  explicit ConventionState(const ConventionId& id);
  ConventionState(const ConventionState&);
  ConventionState(ConventionState&&) noexcept;
  ConventionState& operator=(ConventionState&&) noexcept;
  ~ConventionState();

  const ConventionId& id() const;

  // Makes a branch known, before its first event. A known number is ignored.
  void AddBranch(const FeedBranch& branch);
  // Events of the branch applied, shared prefix included. 0 for an unknown branch.
  std::uint64_t applied(FeedNumber feed) const;
  // Events applied in all, shared prefixes once.
  std::uint64_t events() const;
  // True when `at` is the next event of its branch and every point of `seen` is applied. V(e) then
  // is applied too, because every applied event's past is.
  bool CanApply(EventPosition at, std::span<const LocalPoint> seen) const;
  // CHECKs CanApply.
  void Apply(const ApplicableEvent& event);

  // The causal past of an applied event, itself included: one point per branch, by number.
  // No point lies inside another, whichever branch of a fork is called the parent here.
  std::vector<LocalPoint> PastOf(EventPosition at) const;
  // Everything applied, as a cut says it: the fewest points, by number.
  std::vector<LocalPoint> Tips() const;

  // The roster as applied here, by replica id; replicas without partners are left out.
  std::vector<RosterEntry> Roster() const;
  bool InRoster(const ReplicaId& replica) const;
  // Keys of every replica any applied roster event ever named: whose feeds may be stored.
  std::vector<PublicKey> KnownAuthors() const;

  // The attachment that an applied event names with effect. Absent for any other event.
  std::optional<NamedAttachment> AttachmentNamedBy(const Digest& leaf) const;

  // True when an event of newer software was applied: no freeze or signature here.
  bool needs_newer_software() const;

  // The state in canonical form: a function of the set of events alone. Local numbers do not enter.
  std::string CanonicalBytes() const;
  Digest StateDigest() const;

  // Local form, with local numbers, to go on from. DATA_LOSS when bytes are not a snapshot.
  std::string Snapshot() const;
  // The same in pieces of some 128 KiB, for a state too large to be in memory twice.
  void Snapshot(const std::function<void(absl::string_view piece)>& take) const;
  static absl::StatusOr<ConventionState> FromSnapshot(absl::string_view bytes);

  // Rough bytes of memory held.
  std::size_t MemoryBytes() const;

  // For the files of core/convention alone.
  const StateData& data() const { return *data_; }

 private:
  std::unique_ptr<StateData> data_;
};

// Reads an applied event back, verbatim: follow-up texts stay in the store, the state keeps places.
using EventReader = std::function<absl::StatusOr<std::string>(EventPosition)>;

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CONVENTION_H_
