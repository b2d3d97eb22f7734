// One branch of one feed, from its first event to its last head.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/feed/verifier.h"
#include "storage/check_parts.h"
#include "storage/rocks_status.h"

namespace greffe::check {
namespace {

constexpr std::size_t kEventsPage = 512;
constexpr std::size_t kEventsPageBytes = 1 << 20;
constexpr std::size_t kHeadsPage = 256;

struct Range {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

// Walks one branch. An event whose leaf hash differs from the recorded one is named by itself. For
// anything else that breaks a head, the shortest range is named that hashes can tell: between the
// last head that verifies and the first that does not, narrowed by the nodes recorded in between.
class FeedCheck final {
 public:
  FeedCheck(const Subject& subject, const FeedRow& feed, CheckReport& report)
      : subject_(subject),
        feed_(feed),
        report_(report),
        verifier_(subject.row.id, feed.key),
        heads_at_(feed.forked_at) {}

  void Run() {
    ++report_.feeds;
    if (!CheckRow() || !WalkShared()) return;
    if (!WalkOwn()) return;
    Finish();
  }

 private:
  bool CheckRow() {
    const bool parent_holds =
        !feed_.parent.has_value() ||
        (subject_.Find(*feed_.parent) != nullptr && *feed_.parent < feed_.number &&
         subject_.Find(*feed_.parent)->held >= feed_.forked_at);
    const bool sound = ReplicaIdOf(feed_.key) == feed_.replica && feed_.applied <= feed_.held &&
                       feed_.forked_at <= feed_.held && parent_holds &&
                       (feed_.parent.has_value() || feed_.forked_at == 0);
    if (sound) return true;
    CheckProblem problem = subject_.Problem(CheckProblem::Kind::kRow, &feed_);
    Say(problem, "la ligne du fil se contredit", "the feed's row contradicts itself");
    return false;
  }

  // Events shared with the parent count for the tree; problems with them are the parent's.
  bool WalkShared() {
    while (verifier_.size() < feed_.forked_at) {
      const FeedRow* owner = subject_.OwnerOf(feed_, verifier_.size());
      if (owner == nullptr || !ReadPage(*owner, feed_.forked_at)) return false;
      for (const std::string& event : page_) {
        if (verifier_.size() == feed_.forked_at) break;
        if (subject_.OwnerOf(feed_, verifier_.size()) != owner) break;
        tree_.Append(LeafHash(event));
        verifier_.Add(event);
      }
    }
    return true;
  }

  bool WalkOwn() {
    while (verifier_.size() < feed_.held) {
      if (!ReadPage(feed_, feed_.held)) {
        Unreadable(verifier_.size());
        return false;
      }
      for (const std::string& event : page_) {
        CheckEvent(event);
        CheckHeadHere();
      }
    }
    return true;
  }

  bool ReadPage(const FeedRow& owner, std::uint64_t end) {
    const std::uint64_t from = verifier_.size();
    auto events = subject_.store.ReadEvents(
        owner.number, from, std::min<std::uint64_t>(kEventsPage, end - from), kEventsPageBytes);
    read_status_ = events.status();
    if (!events.ok() || events->empty()) return false;
    page_ = *std::move(events);
    return true;
  }

  void CheckEvent(const std::string& event) {
    const std::uint64_t sequence = verifier_.size();
    ++report_.events;
    verifier_.Add(event);
    const Digest leaf = LeafHash(event);
    std::vector<MerkleNode> completed;
    tree_.Append(leaf, &completed);
    const auto recorded = subject_.store.ReadNode(feed_.number, 0, sequence);
    if (recorded.ok() && !verifier_.CheckLeaf(*recorded).ok()) {
      Rewritten(sequence, leaf, *recorded);
      return;
    }
    CheckLeafRow(sequence, leaf, recorded.status());
    if (!named_.has_value()) CheckNodes(completed);
  }

  // The index from leaf hashes to places. Equal bytes in two branches have one row for both.
  void CheckLeafRow(std::uint64_t sequence, const Digest& leaf, const absl::Status& node) {
    const auto at = subject_.store.FindLeaf(subject_.row.number, leaf);
    bool found = at.ok() && node.ok();
    if (found && *at != EventPosition{feed_.number, sequence}) {
      const auto other = subject_.store.ReadNode(at->feed, 0, at->sequence);
      found = other.ok() && *other == leaf;
    }
    if (found) return;
    CheckProblem problem = subject_.Problem(CheckProblem::Kind::kRow, &feed_);
    problem.first = problem.last = sequence;
    Say(problem, "l'index ne retrouve pas l'événement par son empreinte",
        "the index does not find the event by its leaf hash");
  }

  // Nodes above the leaves. What a difference means only the next head tells.
  void CheckNodes(const std::vector<MerkleNode>& completed) {
    for (const MerkleNode& node : completed) {
      if (node.level == 0 || node_differs_.has_value()) continue;
      const auto recorded = subject_.store.ReadNode(feed_.number, node.level, node.index);
      if (recorded.ok() && *recorded == node.hash) continue;
      node_differs_ = Range{node.index << node.level, ((node.index + 1) << node.level) - 1};
    }
  }

  void CheckHeadHere() {
    const StoredHead* head = HeadOfSize(verifier_.size());
    if (head == nullptr) return;
    ++report_.heads;
    const std::uint64_t verified = verifier_.verified_size();
    const absl::Status checked = verifier_.CheckHead(head->note);
    if (!checked.ok()) {
      if (!head_failed_.has_value()) {
        head_failed_ = Range{verified, verifier_.size() - 1};
        head_failure_ = std::string(checked.message());
      }
      return;
    }
    // The events up to here are what was signed: what differed before is the record of it.
    if (node_differs_.has_value()) TreeRow(*node_differs_);
    if (head_failed_.has_value()) HeadRow(head_failed_->last + 1);
    node_differs_.reset();
    head_failed_.reset();
  }

  // The recorded head of this size; null when there is none.
  const StoredHead* HeadOfSize(std::uint64_t size) {
    while (head_next_ < heads_.size() && heads_[head_next_].size < size) ++head_next_;
    if (head_next_ == heads_.size() && !heads_end_) {
      auto heads = subject_.store.ReadHeads(feed_.number, std::max(size, heads_at_), kHeadsPage);
      if (!heads.ok()) heads = std::vector<StoredHead>();
      heads_ = *std::move(heads);
      heads_end_ = heads_.size() < kHeadsPage;
      head_next_ = 0;
    }
    const bool here = head_next_ < heads_.size() && heads_[head_next_].size == size;
    return here ? &heads_[head_next_] : nullptr;
  }

  void Finish() {
    const bool explained =
        head_failed_.has_value() && named_.has_value() && *named_ <= head_failed_->last;
    if (head_failed_.has_value() && !explained) BrokenRange();
    if (!head_failed_.has_value() && verifier_.verified_size() < feed_.held) {
      CheckProblem problem = subject_.Problem(CheckProblem::Kind::kHead, &feed_);
      problem.first = verifier_.verified_size();
      problem.last = feed_.held - 1;
      Say(problem, "aucune tête signée ne les couvre", "no signed head covers them");
    }
    const auto heads_beyond = subject_.store.ReadHeads(feed_.number, feed_.held + 1, 1);
    if (!heads_beyond.ok() || !heads_beyond->empty()) {
      CheckProblem problem = subject_.Problem(CheckProblem::Kind::kHead, &feed_);
      Say(problem, "une tête va au-delà de la fin du fil",
          "a head goes beyond the end of the feed");
    }
    const auto beyond = subject_.store.ReadEvents(feed_.number, feed_.held, 1, 0);
    if (beyond.ok() && beyond->empty()) return;
    CheckProblem problem = subject_.Problem(CheckProblem::Kind::kEvents, &feed_);
    problem.first = problem.last = feed_.held;
    Say(problem, "ajouté après la fin du fil", "added after the end of the feed");
  }

  void Rewritten(std::uint64_t sequence, const Digest& leaf, const Digest& recorded) {
    if (!named_.has_value()) named_ = sequence;
    CheckProblem problem = subject_.Problem(CheckProblem::Kind::kEvents, &feed_);
    problem.first = problem.last = sequence;
    Say(problem,
        absl::StrCat("modifié : son contenu a l'empreinte ", leaf.ToHex(),
                     ", celle enregistrée est ", recorded.ToHex()),
        absl::StrCat("changed: its bytes hash to ", leaf.ToHex(), ", recorded as ",
                     recorded.ToHex()));
  }

  void Unreadable(std::uint64_t sequence) {
    CheckProblem problem = subject_.Problem(CheckProblem::Kind::kEvents, &feed_);
    problem.first = problem.last = sequence;
    const Refusal why = RefusalOf(read_status_);
    problem.file = rocks::FileNamedIn(why.en);
    const bool missing = read_status_.ok();
    Say(problem, missing ? "manquant" : absl::StrCat("manquant ou illisible (", why.fr, ")"),
        missing ? "missing" : absl::StrCat("missing or cannot be read (", why.en, ")"));
  }

  void BrokenRange() {
    CheckProblem problem = subject_.Problem(CheckProblem::Kind::kEvents, &feed_);
    Range range = *head_failed_;
    if (node_differs_.has_value() && node_differs_->last <= range.last) {
      range.first = std::max(range.first, node_differs_->first);
      range.last = node_differs_->last;
    }
    problem.first = range.first;
    problem.last = range.last;
    Say(problem, absl::StrCat("ne correspondent pas à la tête signée (", head_failure_, ")"),
        absl::StrCat("do not match the signed head (", head_failure_, ")"));
  }

  void TreeRow(const Range& range) {
    CheckProblem problem = subject_.Problem(CheckProblem::Kind::kRow, &feed_);
    problem.first = range.first;
    problem.last = range.last;
    Say(problem, "un nœud de l'arbre enregistré diffère ; les événements sont intacts",
        "a recorded node of the tree differs; the events are sound");
  }

  void HeadRow(std::uint64_t size) {
    CheckProblem problem = subject_.Problem(CheckProblem::Kind::kHead, &feed_);
    problem.first = 0;
    problem.last = size - 1;
    Say(problem, absl::StrCat("la tête de taille ", size, " ne se vérifie pas : ", head_failure_),
        absl::StrCat("the head of size ", size, " does not verify: ", head_failure_));
  }

  void Say(CheckProblem& problem, const std::string& fr, const std::string& en) {
    const std::string where_fr =
        absl::StrCat("convention ", subject_.row.id.ToHex(), ", réplique ", feed_.replica.ToHex());
    const std::string where_en =
        absl::StrCat("convention ", subject_.row.id.ToHex(), ", replica ", feed_.replica.ToHex());
    std::string range_fr, range_en;
    if (problem.first.has_value()) {
      range_fr = absl::StrCat(", ", RangeFr(*problem.first, *problem.last));
      range_en = absl::StrCat(", ", RangeEn(*problem.first, *problem.last));
    }
    problem.fr = absl::StrCat(where_fr, range_fr, " : ", fr);
    problem.en = absl::StrCat(where_en, range_en, ": ", en);
    Add(report_, std::move(problem));
  }

  const Subject& subject_;
  const FeedRow& feed_;
  CheckReport& report_;
  FeedVerifier verifier_;
  MerkleFrontier tree_;
  std::vector<std::string> page_;
  absl::Status read_status_;
  std::vector<StoredHead> heads_;
  std::size_t head_next_ = 0;
  bool heads_end_ = false;
  const std::uint64_t heads_at_;
  // The first event named by itself: no head after it can verify, and none is blamed.
  std::optional<std::uint64_t> named_;
  std::optional<Range> node_differs_;
  std::optional<Range> head_failed_;
  std::string head_failure_;
};

}  // namespace

void CheckFeed(const Subject& subject, const FeedRow& feed, CheckReport& report) {
  FeedCheck(subject, feed, report).Run();
}

}  // namespace greffe::check
