#include "storage/check.h"

#include <rocksdb/env.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "storage/check_parts.h"
#include "storage/rocks_handle.h"
#include "storage/rocks_status.h"

namespace greffe {
namespace check {
namespace {

constexpr std::size_t kProblemsMax = 500;

}  // namespace

void Add(CheckReport& report, CheckProblem problem) {
  if (report.problems.size() < kProblemsMax) {
    report.problems.push_back(std::move(problem));
  } else {
    report.more = true;
  }
}

const FeedRow* Subject::Find(FeedNumber feed) const {
  for (const FeedRow& candidate : feeds) {
    if (candidate.number == feed) return &candidate;
  }
  return nullptr;
}

const FeedRow* Subject::OwnerOf(const FeedRow& feed, std::uint64_t sequence) const {
  const FeedRow* owner = &feed;
  while (owner != nullptr && owner->parent.has_value() && sequence < owner->forked_at) {
    owner = Find(*owner->parent);
  }
  return owner;
}

NodeReader Subject::Nodes(const FeedRow& feed) const {
  return [this, &feed](std::uint8_t level, std::uint64_t index) -> absl::StatusOr<Digest> {
    // A node lies where its last leaf does: one that spans the fork is the branch's own.
    const FeedRow* owner = OwnerOf(feed, ((index + 1) << level) - 1);
    if (owner == nullptr) return absl::NotFoundError("node of a branch that is not there");
    return store.ReadNode(owner->number, level, index);
  };
}

CheckProblem Subject::Problem(CheckProblem::Kind kind, const FeedRow* feed) const {
  CheckProblem problem;
  problem.kind = kind;
  problem.convention = row.id;
  if (feed != nullptr) problem.replica = feed->replica;
  return problem;
}

std::string RangeFr(std::uint64_t first, std::uint64_t last) {
  if (first == last) return absl::StrCat("événement ", first);
  return absl::StrCat("événements ", first, " à ", last);
}

std::string RangeEn(std::uint64_t first, std::uint64_t last) {
  if (first == last) return absl::StrCat("event ", first);
  return absl::StrCat("events ", first, " to ", last);
}

namespace {

void AddOpenProblem(const absl::Status& status, CheckReport& report) {
  const Refusal refusal = RefusalOf(status);
  CheckProblem problem;
  problem.kind = CheckProblem::Kind::kOpen;
  problem.file = refusal.field;
  problem.fr = refusal.fr;
  problem.en = refusal.en;
  Add(report, std::move(problem));
}

void AddRowProblem(const absl::Status& status, CheckReport& report) {
  const Refusal refusal = RefusalOf(status);
  CheckProblem problem;
  problem.file = rocks::FileNamedIn(refusal.en);
  problem.fr = refusal.fr;
  problem.en = refusal.en;
  Add(report, std::move(problem));
}

void CheckContent(const RocksEventStore& store, CheckReport& report) {
  const auto conventions = store.ListConventions();
  if (!conventions.ok()) {
    AddRowProblem(conventions.status(), report);
    return;
  }
  std::vector<FeedRow> all_feeds;
  for (const ConventionRow& row : *conventions) {
    ++report.conventions;
    const auto feeds = store.ListFeeds(row.number);
    if (!feeds.ok()) {
      AddRowProblem(feeds.status(), report);
      continue;
    }
    all_feeds.insert(all_feeds.end(), feeds->begin(), feeds->end());
    const Subject subject{store, row, *feeds};
    for (const FeedRow& feed : *feeds) CheckFeed(subject, feed, report);
    CheckArrivals(subject, report);
  }
  CheckRows(store, *conventions, all_feeds, report);
}

}  // namespace
}  // namespace check

absl::StatusOr<CheckReport> CheckStore(const CheckOptions& options) {
  rocksdb::Env& env = options.env != nullptr ? *options.env : *rocksdb::Env::Default();
  RETURN_IF_ERROR(rocks::CheckNotInUse(options.path, env));
  CheckReport report;
  const auto store = RocksEventStore::Open({.path = options.path, .env = &env, .read_only = true});
  if (absl::IsDataLoss(store.status())) {
    check::AddOpenProblem(store.status(), report);
    check::CheckFiles(options.path, env, nullptr, report);
    return report;
  }
  if (!store.ok()) return store.status();
  check::CheckFiles(options.path, env, store->get(), report);
  check::CheckContent(**store, report);
  return report;
}

}  // namespace greffe
