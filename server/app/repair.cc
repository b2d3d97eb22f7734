// A convention that fails its proof: what of it stands, how it is kept read-only, how peers' runs
// restore the rest.

#include "server/app/repair.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/feed/checkpoint.h"
#include "server/app/feed_tree.h"
#include "server/app/refusals.h"
#include "server/app/replay.h"
#include "server/app/replica.h"

namespace greffe {
namespace {

constexpr std::size_t kRepairPage = 1024;
constexpr std::size_t kRepairPageBytes = 1024 * 1024;
constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

// Walks one branch up to the first thing that does not stand.
class BranchProof {
 public:
  BranchProof(const EventStore& store, const ConventionId& convention,
              std::span<const FeedRow> feeds, const FeedRow& feed)
      : store_(store),
        convention_(convention),
        feed_(feed),
        nodes_(TreeReader(store, feeds, feed.number)) {}

  // From the end of what is shared with the parent, which stands. Errors that may pass are
  // returned; the rest is in damage().
  absl::StatusOr<SoundPrefix> Walk() {
    const auto start = MerkleFrontier::At(feed_.forked_at, nodes_);
    if (!start.ok()) return Stop(start.status(), feed_.forked_at);
    edge_ = *start;
    sound_ = SoundPrefix{edge_.size(), edge_.Root()};
    const auto heads = store_.ReadHeads(feed_.number, feed_.forked_at + 1, kAll);
    if (!heads.ok()) return Stop(heads.status(), edge_.size());
    for (const StoredHead& head : *heads) {
      if (head.size > feed_.held) break;
      const absl::Status stretch = WalkTo(head);
      if (!stretch.ok()) return Stop(stretch, edge_.size());
      sound_ = SoundPrefix{edge_.size(), edge_.Root()};
    }
    if (sound_.size < feed_.held) {
      damage_ = Damage(absl::StrCat("événements ", sound_.size, " à ", feed_.held - 1,
                                    " : aucune tête signée ne les couvre"),
                       absl::StrCat("events ", sound_.size, " to ", feed_.held - 1,
                                    ": no signed head covers them"));
    }
    return sound_;
  }

  const absl::Status& damage() const { return damage_; }

 private:
  absl::StatusOr<SoundPrefix> Stop(const absl::Status& why, std::uint64_t at) {
    if (!IsDamage(why)) return why;
    damage_ = why;
    if (RefusalOf(why).rule.empty()) {
      damage_ = Damage(absl::StrCat("événement ", at, " : illisible (", why.message(), ")"),
                       absl::StrCat("event ", at, ": cannot be read (", why.message(), ")"));
    }
    return sound_;
  }

  absl::Status WalkTo(const StoredHead& stored) {
    while (edge_.size() < stored.size) {
      ASSIGN_OR_RETURN(
          const std::vector<std::string> events,
          store_.ReadEvents(feed_.number, edge_.size(),
                            std::min<std::uint64_t>(kRepairPage, stored.size - edge_.size()),
                            kRepairPageBytes));
      if (events.empty()) return EventMissing(edge_.size());
      for (const std::string& event : events) RETURN_IF_ERROR(Add(LeafHash(event)));
    }
    const auto head = OpenCheckpoint(stored.note, feed_.key);
    if (head.ok() && head->convention == convention_ && head->size == stored.size &&
        head->root == edge_.Root()) {
      return absl::OkStatus();
    }
    return Damage(absl::StrCat("événements ", sound_.size, " à ", stored.size - 1,
                               " : la tête signée dit autre chose"),
                  absl::StrCat("events ", sound_.size, " to ", stored.size - 1,
                               ": the signed head says otherwise"));
  }

  absl::Status Add(const Digest& leaf) {
    const std::uint64_t sequence = edge_.size();
    std::vector<MerkleNode> completed;
    edge_.Append(leaf, &completed);
    for (const MerkleNode& node : completed) {
      ASSIGN_OR_RETURN(const Digest recorded, nodes_(node.level, node.index));
      if (recorded == node.hash) continue;
      return EventRewritten(sequence, node.level == 0 ? leaf : node.hash, recorded);
    }
    return absl::OkStatus();
  }

  const EventStore& store_;
  const ConventionId convention_;
  const FeedRow& feed_;
  const NodeReader nodes_;
  MerkleFrontier edge_;
  SoundPrefix sound_;
  absl::Status damage_;
};

class Damaged final : public Work {
 public:
  Damaged(Sequencer* sequencer, const ConventionId& convention)
      : sequencer_(sequencer), convention_(convention) {}

  std::size_t bytes() const override { return 0; }
  bool alone() const override { return true; }
  void Run(Batch& batch) override {
    const auto touched = batch.Touch(convention_);
    if (!touched.ok()) return;
    ConventionHost* const host = *touched;
    if (host->row.read_only) return;
    auto proof = ProveFeeds(batch.store(), convention_, host->feeds);
    if (!proof.ok()) return;
    // A fault that passed says nothing of what is stored.
    if (host->damage.ok() && proof->damage.ok()) return;
    if (host->damage.ok()) host->damage = proof->damage;
    host->sound = std::move(proof->sound);
    batch.SetReadOnly(host, true);
    found_ = true;
  }
  void Done(const absl::Status& commit) override {
    if (!found_) return;
    sequencer_->settings().notice("convention-read-only", "convention", convention_.ToHex());
  }

 private:
  Sequencer* const sequencer_;
  const ConventionId convention_;
  bool found_ = false;
};

// After a repair: what waited for the restored events, and what peers are told is held.
class Resumed final : public Work {
 public:
  explicit Resumed(const ConventionId& convention) : convention_(convention) {}
  std::size_t bytes() const override { return 0; }
  void Run(Batch& batch) override {
    const auto touched = batch.Touch(convention_);
    if (touched.ok() && (*touched)->damage.ok()) batch.Resume(*touched);
  }
  void Done(const absl::Status& commit) override {}

 private:
  const ConventionId convention_;
};

class Mended final : public Work {
 public:
  Mended(Sequencer* sequencer, const ConventionId& convention)
      : sequencer_(sequencer), convention_(convention) {}

  std::size_t bytes() const override { return 0; }
  bool alone() const override { return true; }
  void Run(Batch& batch) override {
    const auto touched = batch.Touch(convention_);
    if (!touched.ok() || (*touched)->damage.ok()) return;
    ConventionHost* const host = *touched;
    auto proof = ProveFeeds(batch.store(), convention_, host->feeds);
    if (!proof.ok()) return;
    host->sound = std::move(proof->sound);
    if (!proof->damage.ok() || !Folds(batch.store(), *host)) return;
    batch.SetReadOnly(host, false);
    mended_ = true;
  }
  void Done(const absl::Status& commit) override {
    if (!mended_ || !commit.ok()) return;
    sequencer_->settings().notice("convention-repaired", "convention", convention_.ToHex());
    sequencer_->Queue(std::make_unique<Resumed>(convention_));
  }

 private:
  // The fold from the start, without any snapshot, and the one that a load gives are the same.
  bool Folds(const EventStore& store, const ConventionHost& host) const {
    ConventionRow row = host.row;
    row.read_only = false;
    const auto loaded = LoadHost(store, row, sequencer_->settings().key->replica_id());
    if (!loaded.ok() || !(*loaded)->damage.ok()) return false;
    ConventionState again(convention_);
    const absl::Status folded = Replay(store, host.feeds, row.number, 0, row.arrivals, {}, &again);
    return folded.ok() && again.StateDigest() == (*loaded)->state.StateDigest();
  }

  Sequencer* const sequencer_;
  const ConventionId convention_;
  bool mended_ = false;
};

}  // namespace

absl::StatusOr<FeedsProof> ProveFeeds(const EventStore& store, const ConventionId& convention,
                                      std::span<const FeedRow> feeds) {
  FeedsProof out;
  // By number: a parent comes before its branches.
  for (const FeedRow& feed : feeds) {
    if (feed.parent.has_value() && out.sound[*feed.parent].size < feed.forked_at) {
      out.sound[feed.number] = SoundPrefix();
      continue;
    }
    BranchProof proof(store, convention, feeds, feed);
    ASSIGN_OR_RETURN(out.sound[feed.number], proof.Walk());
    if (out.damage.ok()) out.damage = proof.damage();
  }
  return out;
}

std::vector<FeedRow> SoundRows(const ConventionHost& host) {
  std::vector<FeedRow> out;
  for (const FeedRow& feed : host.feeds) {
    const auto sound = host.sound.find(feed.number);
    if (sound == host.sound.end() || sound->second.size <= feed.forked_at) continue;
    out.push_back(feed);
    out.back().held = sound->second.size;
    out.back().applied = std::min(feed.applied, sound->second.size);
  }
  return out;
}

bool MayBeWhole(const ConventionHost& host) {
  const auto size = [&](FeedNumber feed) {
    const auto sound = host.sound.find(feed);
    return sound == host.sound.end() ? 0 : sound->second.size;
  };
  return std::all_of(host.feeds.begin(), host.feeds.end(), [&](const FeedRow& feed) {
    // Behind a parent that did not stand nothing was looked at.
    const bool unknown = feed.parent.has_value() && size(feed.number) < feed.forked_at &&
                         size(*feed.parent) >= feed.forked_at;
    return unknown || size(feed.number) >= feed.held;
  });
}

std::unique_ptr<Work> DamageWork(Sequencer* sequencer, const ConventionId& convention) {
  return std::make_unique<Damaged>(sequencer, convention);
}

std::unique_ptr<Work> MendWork(Sequencer* sequencer, const ConventionId& convention) {
  return std::make_unique<Mended>(sequencer, convention);
}

absl::StatusOr<std::optional<sync::NackReason>> RestoreRun(Batch& batch, ConventionHost* host,
                                                           const sync::RunAddress& address,
                                                           const v1::Run& run) {
  sync::IngestContext context;
  context.convention = address.convention;
  context.convention_held = true;
  context.feeds_held = host->feeds.size();
  for (const FeedRow& feed : host->feeds) {
    if (feed.replica != address.replica) continue;
    // Its events were taken before.
    context.author_known = true;
    const std::uint64_t sound = host->sound[feed.number].size;
    if (feed.parent.has_value() && sound < feed.forked_at) continue;
    sync::IngestBranch branch;
    branch.number = feed.number;
    branch.parent = feed.parent;
    branch.forked_at = feed.forked_at;
    branch.held = sound;
    branch.read_node = [host, number = feed.number](std::uint8_t level, std::uint64_t index) {
      return host->ReadNode(number, level, index);
    };
    context.branches.push_back(std::move(branch));
  }
  auto planned = sync::PlanIngest(context, run);
  if (!planned.ok()) return planned.status();
  if (const auto* refusal = std::get_if<sync::IngestRefusal>(&*planned)) {
    return std::optional(refusal->reason);
  }
  sync::IngestPlan plan = std::get<sync::IngestPlan>(*std::move(planned));
  // Nothing new is taken in before what is held stands again.
  if (!plan.branch.has_value()) return std::optional(sync::NackReason::kDisk);
  const absl::Status restored = batch.Restore(host, std::move(plan));
  if (restored.ok()) return std::optional<sync::NackReason>();
  // Another branch than the one held.
  if (absl::IsFailedPrecondition(restored)) return std::optional(sync::NackReason::kDisk);
  return restored;
}

}  // namespace greffe
