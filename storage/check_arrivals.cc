// What was applied, in which order.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/feed/merkle.h"
#include "greffe/v1/event.pb.h"
#include "storage/check_parts.h"

namespace greffe::check {
namespace {

constexpr std::size_t kPage = 1024;

class ArrivalsCheck final {
 public:
  ArrivalsCheck(const Subject& subject, CheckReport& report) : subject_(subject), report_(report) {
    for (const FeedRow& feed : subject.feeds) next_[feed.number] = feed.forked_at;
  }

  void Run() {
    std::uint64_t arrival = 0;
    while (arrival < subject_.row.arrivals) {
      const auto page = subject_.store.ReadArrivals(subject_.row.number, arrival, kPage);
      if (!page.ok() || page->empty()) {
        Say(arrival, nullptr, "manquante ou illisible", "missing or cannot be read");
        return;
      }
      for (const Arrival& row : *page) {
        if (!CheckOne(row)) return;
        ++arrival;
      }
    }
    const auto beyond = subject_.store.ReadArrivals(subject_.row.number, arrival, 1);
    if (!beyond.ok() || !beyond->empty()) {
      Say(arrival, nullptr, "au-delà du nombre enregistré", "beyond the number recorded");
    }
    CheckEnds();
  }

 private:
  bool CheckOne(const Arrival& row) {
    ++report_.arrivals;
    const FeedRow* feed = subject_.Find(row.at.feed);
    if (feed == nullptr || row.at.sequence != next_[row.at.feed] ||
        row.at.sequence >= feed->applied || row.received_at < last_received_) {
      Say(row.arrival, feed, "elle ne suit pas l'ordre de son fil",
          "it does not follow the order of its feed");
      return false;
    }
    last_received_ = row.received_at;
    if (!Shared(*feed) || !SeenIsApplied(row.at)) {
      Say(row.arrival, feed, "appliquée avant ce que son auteur avait vu",
          "applied before what its author had seen");
      return false;
    }
    next_[row.at.feed] = row.at.sequence + 1;
    return true;
  }

  // What a branch shares with its parent was applied as the parent's.
  bool Shared(const FeedRow& feed) {
    return !feed.parent.has_value() || AppliedNow(*feed.parent) >= feed.forked_at;
  }

  std::uint64_t AppliedNow(FeedNumber number) {
    const FeedRow* feed = subject_.Find(number);
    if (feed == nullptr) return 0;
    if (!feed->parent.has_value() || next_[number] > feed->forked_at) return next_[number];
    return std::min(feed->forked_at, AppliedNow(*feed->parent));
  }

  bool SeenIsApplied(const EventPosition& at) {
    const auto bytes = subject_.store.ReadEvent(at);
    // Unreadable events are CheckFeed's to name; bytes that mean nothing have seen nothing.
    if (!bytes.ok() || !event_.ParseFromString(*bytes)) return true;
    return std::all_of(event_.seen().begin(), event_.seen().end(),
                       [this](const v1::FeedPoint& point) { return IsApplied(point); });
  }

  bool IsApplied(const v1::FeedPoint& point) {
    for (const FeedRow& feed : subject_.feeds) {
      if (feed.replica.view() != absl::string_view(point.replica_id())) continue;
      if (point.size() == 0 || AppliedNow(feed.number) < point.size()) continue;
      const auto root = RootAt(point.size(), subject_.Nodes(feed));
      // Without its nodes the root cannot be told: CheckFeed names them.
      if (!root.ok() || root->view() == absl::string_view(point.root())) return true;
    }
    return false;
  }

  void CheckEnds() {
    for (const FeedRow& feed : subject_.feeds) {
      const std::uint64_t applied = std::max(feed.applied, feed.forked_at);
      if (next_[feed.number] == applied) continue;
      Say(next_[feed.number], &feed, "des événements comptés comme appliqués ne sont pas arrivés",
          "events counted as applied have not arrived");
    }
  }

  void Say(std::uint64_t arrival, const FeedRow* feed, const char* fr, const char* en) {
    CheckProblem problem = subject_.Problem(CheckProblem::Kind::kArrival, feed);
    const std::string of_fr =
        feed == nullptr ? "" : absl::StrCat(", réplique ", feed->replica.ToHex());
    const std::string of_en =
        feed == nullptr ? "" : absl::StrCat(", replica ", feed->replica.ToHex());
    problem.fr = absl::StrCat("convention ", subject_.row.id.ToHex(), of_fr, ", arrivée ", arrival,
                              " : ", fr);
    problem.en = absl::StrCat("convention ", subject_.row.id.ToHex(), of_en, ", arrival ", arrival,
                              ": ", en);
    Add(report_, std::move(problem));
  }

  const Subject& subject_;
  CheckReport& report_;
  // Next own event of each branch to arrive.
  std::map<FeedNumber, std::uint64_t> next_;
  Instant last_received_{INT64_MIN};
  v1::Event event_;
};

}  // namespace

void CheckArrivals(const Subject& subject, CheckReport& report) {
  ArrivalsCheck(subject, report).Run();
}

}  // namespace greffe::check
