#ifndef GREFFE_CORE_CONVENTION_STATE_CAUSALITY_H_
#define GREFFE_CORE_CONVENTION_STATE_CAUSALITY_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/ids.h"
#include "core/convention/elements/number_table.h"

namespace greffe {

// Dense number of a branch inside one state, in the order of AddBranch.
using BranchIndex = std::uint32_t;

// What each applied event has seen: V(e) of the design. Per branch and per other branch the sizes
// seen are kept as steps, so that an event that cites nothing new costs nothing. A branch of a
// fork owns only its events from `forked_at`; the shared prefix belongs to its parent, and counts
// in the vector as a point of the parent. Not thread safe; const calls may run at once.
class Causality final {
 public:
  // A known number, or a parent not known yet, makes no branch: false.
  bool AddBranch(FeedNumber number, std::optional<FeedNumber> parent, std::uint64_t forked_at);

  // kNone when unknown.
  BranchIndex Find(FeedNumber number) const;
  FeedNumber NumberOf(BranchIndex branch) const { return branches_[branch].number; }
  std::size_t size() const { return branches_.size(); }
  // kNone for a first branch.
  BranchIndex ParentOf(BranchIndex branch) const { return branches_[branch].parent; }
  std::uint64_t ForkedAt(BranchIndex branch) const { return branches_[branch].forked_at; }
  // Events applied, shared prefix included.
  std::uint64_t Applied(BranchIndex branch) const;
  // Events applied that the branch owns.
  std::uint64_t Own(BranchIndex branch) const { return branches_[branch].own; }

  bool CanApply(EventPosition at, std::span<const LocalPoint> seen) const;
  // Adds the next event of a branch. CanApply holds.
  void Append(BranchIndex branch, std::span<const LocalPoint> seen);

  // True when event (of, sequence) has event (branch, other) in its past or is it. Both positions
  // are owned by their branches and applied.
  bool Saw(BranchIndex of, std::uint64_t sequence, BranchIndex branch, std::uint64_t other) const;
  // True when the points contain the event that `branch` owns at `sequence`.
  bool InCut(std::span<const LocalPoint> cut, BranchIndex branch, std::uint64_t sequence) const;

  // The past of an applied event, itself included: the fewest points that say it, by number. No
  // point lies inside another, so that stores that name a fork's parent differently agree.
  std::vector<LocalPoint> PastOf(EventPosition at) const;
  // The fewest points that say "everything applied".
  std::vector<LocalPoint> Tips() const;
  // Number of events in the past of an event, itself included: the same in every store.
  std::uint64_t PastSize(BranchIndex branch, std::uint64_t sequence) const;

  std::size_t MemoryBytes() const;

  // For the snapshot codec.
  struct Step {
    // From this event of the branch on, `size` events of the other are seen.
    std::uint64_t sequence = 0;
    std::uint64_t size = 0;
  };
  struct Column {
    BranchIndex other = 0;
    std::vector<Step> steps;
  };
  struct Branch {
    FeedNumber number = 0;
    BranchIndex parent = kNone;
    std::uint64_t forked_at = 0;
    std::uint64_t own = 0;
    // Sorted by `other`; steps rise in both members.
    std::vector<Column> columns;
  };
  const std::vector<Branch>& branches() const { return branches_; }
  // False when the branches contradict each other.
  bool Restore(std::vector<Branch> branches);

 private:
  // The branch that owns the last event of the point, and its size there.
  struct Owned {
    BranchIndex branch = kNone;
    std::uint64_t size = 0;
  };
  Owned OwnerOf(BranchIndex branch, std::uint64_t size) const;
  // All that the point names is applied.
  bool Holds(const LocalPoint& point) const;
  std::uint64_t SeenSize(BranchIndex of, std::uint64_t sequence, BranchIndex other) const;
  void Raise(BranchIndex of, std::uint64_t sequence, BranchIndex other, std::uint64_t size);
  void Join(BranchIndex of, std::uint64_t sequence, Owned point);
  // Sizes seen by branch index, 0 for none.
  std::vector<std::uint64_t> Vector(BranchIndex branch, std::uint64_t sequence) const;
  std::vector<LocalPoint> Fewest(const std::vector<std::uint64_t>& sizes) const;

  std::vector<Branch> branches_;
  NumberTable by_number_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_CAUSALITY_H_
