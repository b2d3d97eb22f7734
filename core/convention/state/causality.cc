#include "core/convention/state/causality.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"
#include "core/convention/state/waiting.h"

namespace greffe {
namespace {

std::size_t HashOf(FeedNumber number) { return absl::HashOf(number); }

}  // namespace

bool Causality::AddBranch(FeedNumber number, std::optional<FeedNumber> parent,
                          std::uint64_t forked_at) {
  if (Find(number) != kNone) return false;
  BranchIndex parent_index = kNone;
  if (parent.has_value()) {
    parent_index = Find(*parent);
    if (parent_index == kNone) return false;
  } else {
    forked_at = 0;
  }
  branches_.push_back({number, parent_index, forked_at, 0, {}});
  by_number_.Insert(static_cast<BranchIndex>(branches_.size() - 1),
                    [this](BranchIndex b) { return HashOf(branches_[b].number); });
  return true;
}

BranchIndex Causality::Find(FeedNumber number) const {
  return by_number_.Find(HashOf(number),
                         [&](BranchIndex b) { return branches_[b].number == number; });
}

std::uint64_t Causality::Applied(BranchIndex branch) const {
  const Branch& row = branches_[branch];
  if (row.own > 0 || row.parent == kNone) return row.forked_at + row.own;
  return std::min(row.forked_at, Applied(row.parent));
}

Causality::Owned Causality::OwnerOf(BranchIndex branch, std::uint64_t size) const {
  while (branches_[branch].parent != kNone && size <= branches_[branch].forked_at) {
    branch = branches_[branch].parent;
  }
  return {branch, size};
}

bool Causality::CanApply(EventPosition at, std::span<const LocalPoint> seen) const {
  const BranchIndex branch = Find(at.feed);
  if (branch == kNone || at.sequence != Applied(branch)) return false;
  // A place in the shared prefix is the parent's.
  if (at.sequence < branches_[branch].forked_at) return false;
  return !EventsWait() || std::all_of(seen.begin(), seen.end(),
                                      [this](const LocalPoint& point) { return Holds(point); });
}

bool Causality::Holds(const LocalPoint& point) const {
  const BranchIndex branch = Find(point.feed);
  return branch != kNone && point.size <= Applied(branch);
}

void Causality::Append(BranchIndex branch, std::span<const LocalPoint> seen) {
  Branch& row = branches_[branch];
  const std::uint64_t sequence = row.forked_at + row.own;
  if (row.own == 0 && row.parent != kNone && row.forked_at > 0) {
    Join(branch, sequence, OwnerOf(row.parent, row.forked_at));
  }
  ++row.own;
  for (const LocalPoint& point : seen) {
    // Never here; where nothing waits, passed over.
    if (!EventsWait() && !Holds(point)) continue;
    if (point.size > 0) Join(branch, sequence, OwnerOf(Find(point.feed), point.size));
  }
}

void Causality::Join(BranchIndex of, std::uint64_t sequence, Owned point) {
  if (point.branch == of) return;
  Raise(of, sequence, point.branch, point.size);
  for (const Column& column : branches_[point.branch].columns) {
    const std::uint64_t size = SeenSize(point.branch, point.size - 1, column.other);
    if (size > 0 && column.other != of) Raise(of, sequence, column.other, size);
  }
}

void Causality::Raise(BranchIndex of, std::uint64_t sequence, BranchIndex other,
                      std::uint64_t size) {
  std::vector<Column>& columns = branches_[of].columns;
  auto at = std::lower_bound(columns.begin(), columns.end(), other,
                             [](const Column& c, BranchIndex b) { return c.other < b; });
  if (at == columns.end() || at->other != other) at = columns.insert(at, Column{other, {}});
  if (at->steps.empty() || at->steps.back().size < size) {
    if (!at->steps.empty() && at->steps.back().sequence == sequence) {
      at->steps.back().size = size;
    } else {
      at->steps.push_back({sequence, size});
    }
  }
}

std::uint64_t Causality::SeenSize(BranchIndex of, std::uint64_t sequence, BranchIndex other) const {
  const std::vector<Column>& columns = branches_[of].columns;
  const auto at = std::lower_bound(columns.begin(), columns.end(), other,
                                   [](const Column& c, BranchIndex b) { return c.other < b; });
  if (at == columns.end() || at->other != other) return 0;
  // The newest step is asked for most.
  if (at->steps.back().sequence <= sequence) return at->steps.back().size;
  const auto after =
      std::upper_bound(at->steps.begin(), at->steps.end(), sequence,
                       [](std::uint64_t s, const Step& step) { return s < step.sequence; });
  return after == at->steps.begin() ? 0 : std::prev(after)->size;
}

bool Causality::Saw(BranchIndex of, std::uint64_t sequence, BranchIndex branch,
                    std::uint64_t other) const {
  if (of == branch) return other <= sequence;
  return other < SeenSize(of, sequence, branch);
}

bool Causality::InCut(std::span<const LocalPoint> cut, BranchIndex branch,
                      std::uint64_t sequence) const {
  return std::any_of(cut.begin(), cut.end(), [&](const LocalPoint& point) {
    const BranchIndex of = Find(point.feed);
    if (of == kNone) return false;
    const std::uint64_t size = std::min(point.size, Applied(of));
    if (size == 0) return false;
    const Owned owned = OwnerOf(of, size);
    return Saw(owned.branch, owned.size - 1, branch, sequence);
  });
}

std::vector<std::uint64_t> Causality::Vector(BranchIndex branch, std::uint64_t sequence) const {
  std::vector<std::uint64_t> sizes(branches_.size(), 0);
  sizes[branch] = sequence + 1;
  for (const Column& column : branches_[branch].columns) {
    sizes[column.other] = SeenSize(branch, sequence, column.other);
  }
  return sizes;
}

std::vector<LocalPoint> Causality::Fewest(const std::vector<std::uint64_t>& sizes) const {
  std::vector<bool> inside(branches_.size(), false);
  for (BranchIndex b = 0; b < branches_.size(); ++b) {
    if (sizes[b] == 0) continue;
    // What the branch shares with its ancestors is said by its own point.
    std::uint64_t shared = sizes[b];
    for (BranchIndex child = b; branches_[child].parent != kNone; child = branches_[child].parent) {
      shared = std::min(shared, branches_[child].forked_at);
      const BranchIndex parent = branches_[child].parent;
      if (sizes[parent] <= shared) inside[parent] = true;
    }
  }
  std::vector<LocalPoint> points;
  for (BranchIndex b = 0; b < branches_.size(); ++b) {
    if (sizes[b] > 0 && !inside[b]) points.push_back({branches_[b].number, sizes[b]});
  }
  std::sort(points.begin(), points.end());
  return points;
}

std::vector<LocalPoint> Causality::PastOf(EventPosition at) const {
  const BranchIndex branch = Find(at.feed);
  if (branch == kNone || at.sequence >= Applied(branch)) return {};
  const Owned owned = OwnerOf(branch, at.sequence + 1);
  return Fewest(Vector(owned.branch, owned.size - 1));
}

std::vector<LocalPoint> Causality::Tips() const {
  std::vector<std::uint64_t> sizes(branches_.size(), 0);
  for (BranchIndex b = 0; b < branches_.size(); ++b) {
    if (branches_[b].own > 0) sizes[b] = branches_[b].forked_at + branches_[b].own;
  }
  return Fewest(sizes);
}

std::uint64_t Causality::PastSize(BranchIndex branch, std::uint64_t sequence) const {
  // Asked twice for each comparison of two events: nothing is allocated.
  std::uint64_t total = sequence + 1 - branches_[branch].forked_at;
  for (const Column& column : branches_[branch].columns) {
    const std::uint64_t size = SeenSize(branch, sequence, column.other);
    if (size > 0) total += size - branches_[column.other].forked_at;
  }
  return total;
}

std::size_t Causality::MemoryBytes() const {
  std::size_t bytes = by_number_.MemoryBytes() + branches_.capacity() * sizeof(Branch);
  for (const Branch& branch : branches_) {
    bytes += branch.columns.capacity() * sizeof(Column);
    for (const Column& column : branch.columns) bytes += column.steps.capacity() * sizeof(Step);
  }
  return bytes;
}

bool Causality::Restore(std::vector<Branch> branches) {
  *this = Causality();
  for (std::size_t b = 0; b < branches.size(); ++b) {
    const Branch& row = branches[b];
    if (row.parent != kNone && row.parent >= b) return false;
    const std::optional<FeedNumber> parent =
        row.parent == kNone ? std::nullopt : std::optional(branches[row.parent].number);
    if (row.parent == kNone && row.forked_at != 0) return false;
    if (!AddBranch(row.number, parent, row.forked_at)) return false;
  }
  for (std::size_t b = 0; b < branches.size(); ++b) {
    const Branch& row = branches[b];
    const std::uint64_t end = row.forked_at + row.own;
    if (end < row.own) return false;
    for (std::size_t c = 0; c < row.columns.size(); ++c) {
      const Column& column = row.columns[c];
      if (column.other >= branches.size() || column.other == b || column.steps.empty())
        return false;
      if (c > 0 && row.columns[c - 1].other >= column.other) return false;
      const Branch& other = branches[column.other];
      for (std::size_t s = 0; s < column.steps.size(); ++s) {
        const Step& step = column.steps[s];
        if (step.sequence < row.forked_at || step.sequence >= end) return false;
        if (step.size <= other.forked_at || step.size > other.forked_at + other.own) return false;
        if (s > 0 && (column.steps[s - 1].sequence >= step.sequence ||
                      column.steps[s - 1].size >= step.size)) {
          return false;
        }
      }
    }
  }
  branches_ = std::move(branches);
  return true;
}

}  // namespace greffe
