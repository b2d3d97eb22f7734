// Runs and their acknowledgements, both ways.

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/feed/checkpoint.h"
#include "core/sync/session_impl.h"

namespace greffe::sync {
namespace {

constexpr std::size_t kRememberedFeedsMax = 4096;

v1::FeedPoint ToProto(const Point& point) {
  v1::FeedPoint out;
  out.set_replica_id(point.replica.ToBytes());
  out.set_size(point.size);
  out.set_root(point.root.ToBytes());
  return out;
}

// How far two branches of one feed share their history.
std::uint64_t SharedSize(const std::map<FeedNumber, const HeldBranch*>& branches, FeedNumber a,
                         FeedNumber b) {
  const auto ancestors = [&branches](FeedNumber number) {
    std::map<FeedNumber, std::uint64_t> shared;
    std::uint64_t size = std::numeric_limits<std::uint64_t>::max();
    auto found = branches.find(number);
    while (found != branches.end() && shared.try_emplace(found->first, size).second) {
      const HeldBranch& branch = *found->second;
      if (!branch.parent) break;
      size = std::min(size, branch.forked_at);
      found = branches.find(*branch.parent);
    }
    return shared;
  };
  const std::map<FeedNumber, std::uint64_t> of_a = ancestors(a);
  std::uint64_t best = 0;
  for (const auto& [number, size] : ancestors(b)) {
    const auto other = of_a.find(number);
    if (other != of_a.end()) best = std::max(best, std::min(size, other->second));
  }
  return best;
}

}  // namespace

void Session::Impl::OnRun(const v1::Run& run, std::size_t bytes) {
  ++counts_.runs_received;
  const absl::StatusOr<RunAddress> address = AddressOf(run);
  if (!address.ok()) {
    return Close(absl::StatusCode::kInvalidArgument,
                 absl::StrCat("bad-runs: ", address.status().message()));
  }
  // Twice the credit given: repeated frames are no fault of the peer's.
  if (ingesting_bytes_ + bytes > 2 * options_.credit_bytes) {
    return Close(absl::StatusCode::kResourceExhausted, "credit: more runs than granted");
  }
  Ingesting ingesting{.convention = address->convention, .head = {}, .bytes = bytes};
  ingesting.head.replica = address->replica;
  ingesting.head.size = run.from() + static_cast<std::uint64_t>(run.events_size());
  const absl::StatusOr<Checkpoint> head = ParseCheckpoint(run.head());
  if (head.ok()) ingesting.head.root = head->root;
  const std::uint64_t ticket = next_ticket_++;
  ingesting_.emplace(ticket, ingesting);
  ingesting_bytes_ += bytes;
  active_ms_ = now_ms_;
  step_.ingest.push_back({.ticket = ticket, .run = run});
}

Step Session::Impl::OnStored(const StoredRun& stored, std::int64_t now_ms) {
  now_ms_ = now_ms;
  const auto found = ingesting_.find(stored.ticket);
  if (closed_ || found == ingesting_.end()) return {};
  const Ingesting run = found->second;
  ingesting_.erase(found);
  ingesting_bytes_ -= run.bytes;
  active_ms_ = now_ms_;
  root_stale_ = true;
  if (stored.refused) {
    Refused(run, *stored.refused);
    return Finish();
  }
  compare_wait_ms_ = options_.compare_again_ms;
  refused_feeds_.erase({run.convention, run.head.replica});
  v1::Frame ack;
  ack.mutable_ack()->set_convention_id(run.convention.ToBytes());
  *ack.mutable_ack()->mutable_point() = ToProto(run.head);
  Send(std::move(ack));
  RememberStored(run.convention, run.head);
  AskSealed(run.convention, stored.missing_sealed);
  return Finish();
}

Step Session::Impl::Want(const ConventionId& convention, std::span<const Digest> commitments,
                         std::int64_t now_ms) {
  if (closed_ || !peer_hello_) return {};
  now_ms_ = now_ms;
  if (view_.MayShare(convention, peer_)) AskSealed(convention, commitments);
  return Finish();
}

void Session::Impl::AskSealed(const ConventionId& convention, std::span<const Digest> commitments) {
  for (std::size_t i = 0; i < commitments.size(); i += kSealedPerRequest) {
    v1::Frame ask;
    ask.mutable_sealed_request()->set_convention_id(convention.ToBytes());
    const std::size_t end = std::min(commitments.size(), i + kSealedPerRequest);
    for (std::size_t j = i; j < end; ++j) {
      ask.mutable_sealed_request()->add_commitments(commitments[j].ToBytes());
    }
    Send(std::move(ask));
  }
}

// The peer holds what it sent. Its points may fit a branch here now.
void Session::Impl::RememberStored(const ConventionId& convention, const Point& head) {
  const auto found = talks_.find(convention);
  if (found == talks_.end()) return;
  Talk& talk = found->second;
  const auto learn = [&](const Point& point) {
    const std::optional<FeedNumber> branch = view_.FindBranch(convention, point);
    if (!branch) return false;
    std::uint64_t& known = talk.known[*branch];
    known = std::max(known, point.size);
    return true;
  };
  learn(head);
  unknown_points_ -= talk.unknown.size();
  std::erase_if(talk.unknown, [&](const Point& point) {
    return point.replica == head.replica && point.size <= head.size && learn(point);
  });
  unknown_points_ += talk.unknown.size();
  pending_.insert(convention);
}

void Session::Impl::Refused(const Ingesting& run, NackReason reason) {
  const ConventionId& convention = run.convention;
  ++counts_.runs_refused_here;
  counts_.last_refusal = RefusedRun{RefusedRun::Where::kHere, convention, run.head.replica, reason};
  v1::Frame nack;
  nack.mutable_nack()->set_convention_id(convention.ToBytes());
  nack.mutable_nack()->set_replica_id(run.head.replica.ToBytes());
  nack.mutable_nack()->set_reason(std::string(NackReasonName(reason)));
  nack.mutable_nack()->set_size(run.head.size);
  Send(std::move(nack));

  // Runs in flight behind a refused one fail too; only the first of them tells of the peer.
  if (refused_feeds_.size() >= kRememberedFeedsMax) refused_feeds_.clear();
  const bool first = refused_feeds_.insert({convention, run.head.replica}).second;
  if (first && (reason == NackReason::kBadHead || reason == NackReason::kMalformed) &&
      ++bad_runs_ >= kBadRunsMax) {
    Close(absl::StatusCode::kDataLoss, absl::StrCat("bad-runs: ", bad_runs_, " in one session"));
  }
  if ((reason == NackReason::kUnknownAuthor || reason == NackReason::kGap) &&
      ask_on_change_.size() < kRememberedFeedsMax) {
    ask_on_change_.insert(convention);
  }
  // Its longer branch will not come: a shorter one here is no longer held back for it.
  const auto talk = talks_.find(convention);
  if (talk == talks_.end()) return;
  unknown_points_ -= talk->second.unknown.size();
  std::erase_if(talk->second.unknown,
                [&](const Point& point) { return point.replica == run.head.replica; });
  unknown_points_ += talk->second.unknown.size();
  pending_.insert(convention);
}

std::deque<Session::Impl::Unacked>::iterator Session::Impl::FindUnacked(
    const ConventionId& convention, const ReplicaId& replica, std::uint64_t size) {
  return std::find_if(unacked_.begin(), unacked_.end(), [&](const Unacked& run) {
    return run.head.size == size && run.convention == convention && run.head.replica == replica;
  });
}

void Session::Impl::Release(std::deque<Unacked>::iterator run) {
  const auto talk = talks_.find(run->convention);
  if (talk != talks_.end()) --talk->second.unacked;
  unacked_bytes_ -= run->bytes;
  const bool oldest = run == unacked_.begin();
  unacked_.erase(run);
  if (oldest && !unacked_.empty()) unacked_.front().since_ms = now_ms_;
  active_ms_ = now_ms_;
}

void Session::Impl::OnAck(const v1::Ack& ack) {
  const auto convention = ConventionId::FromBytes(ack.convention_id(), "ack.convention_id");
  const auto replica = ReplicaId::FromBytes(ack.point().replica_id(), "ack.point.replica_id");
  if (!convention.ok() || !replica.ok()) {
    return Close(absl::StatusCode::kInvalidArgument, "ack: bad lengths");
  }
  const auto run = FindUnacked(*convention, *replica, ack.point().size());
  // Repeated on the way, or never sent.
  if (run == unacked_.end() || run->head.root.view() != ack.point().root()) return;
  compare_wait_ms_ = options_.compare_again_ms;
  const auto talk = talks_.find(*convention);
  if (talk != talks_.end()) {
    std::uint64_t& known = talk->second.known[run->branch];
    const std::uint64_t gained = run->head.size - std::min(known, run->head.size);
    known = std::max(known, run->head.size);
    talk->second.to_send -= std::min(talk->second.to_send, gained);
    // The last one: counted anew, exactly.
    if (talk->second.unacked == 1) pending_.insert(*convention);
  }
  Release(run);
}

void Session::Impl::OnNack(const v1::Nack& nack) {
  const auto convention = ConventionId::FromBytes(nack.convention_id(), "nack.convention_id");
  const auto replica = ReplicaId::FromBytes(nack.replica_id(), "nack.replica_id");
  if (!convention.ok() || !replica.ok() || nack.reason().size() > 64) {
    return Close(absl::StatusCode::kInvalidArgument, "nack: bad lengths");
  }
  const auto run = FindUnacked(*convention, *replica, nack.size());
  if (run == unacked_.end()) return;
  ++counts_.runs_refused_there;
  counts_.last_refusal =
      RefusedRun{RefusedRun::Where::kThere, *convention, *replica, NackReasonOf(nack.reason())};
  const auto talk = talks_.find(*convention);
  if (talk != talks_.end()) {
    talk->second.skipped.insert(*replica);
    talk->second.sent.erase(run->branch);
  }
  Release(run);
}

Session::Impl::Talk& Session::Impl::TalkOf(const ConventionId& convention) {
  Talk& talk = talks_[convention];
  talk.last_used = ++uses_;
  return talk;
}

// Those with nothing under way, the longest unused first.
void Session::Impl::ForgetIdleTalks() {
  while (talks_.size() > kTalksMax) {
    auto oldest = talks_.end();
    for (auto it = talks_.begin(); it != talks_.end(); ++it) {
      if (it->second.unacked > 0 || pending_.count(it->first) > 0) continue;
      if (oldest == talks_.end() || it->second.last_used < oldest->second.last_used) oldest = it;
    }
    if (oldest == talks_.end()) return;
    unknown_points_ -= oldest->second.unknown.size();
    talks_.erase(oldest);
  }
}

bool Session::Impl::HasCredit() const {
  return unacked_bytes_ + limits::kFrameBytes <= window_bytes_;
}

void Session::Impl::SendPending() {
  while (!pending_.empty() && HasCredit()) {
    const ConventionId convention = *pending_.begin();
    if (!SendMissing(convention)) return;
    pending_.erase(convention);
  }
}

// A longer branch of the peer's that does not fit here most likely goes on from this one: its runs
// come, and then it is plain what the peer lacks.
bool Session::Impl::MayHave(const Talk& talk, const HeldBranch& branch) {
  return std::any_of(talk.unknown.begin(), talk.unknown.end(), [&](const Point& point) {
    return point.replica == branch.point.replica && point.size > branch.point.size;
  });
}

void Session::Impl::CountMissing(Talk& talk, const std::vector<HeldBranch>& held) const {
  std::map<FeedNumber, const HeldBranch*> branches;
  std::map<ReplicaId, std::vector<FeedNumber>> feeds;
  std::map<ReplicaId, std::uint64_t> longest;
  for (const HeldBranch& branch : held) {
    branches[branch.number] = &branch;
    feeds[branch.point.replica].push_back(branch.number);
    std::uint64_t& size = longest[branch.point.replica];
    size = std::max(size, branch.point.size);
  }
  talk.to_send = 0;
  for (const HeldBranch& branch : held) {
    if (MayHave(talk, branch)) continue;
    std::uint64_t has = branch.forked_at;
    for (const FeedNumber other : feeds[branch.point.replica]) {
      const auto known = talk.known.find(other);
      if (known == talk.known.end()) continue;
      has = std::max(has, std::min(known->second, SharedSize(branches, branch.number, other)));
    }
    talk.to_send += branch.point.size - std::min(branch.point.size, has);
  }
  talk.to_receive = 0;
  for (const Point& point : talk.unknown) {
    // Of another branch at least its last event is not here.
    const std::uint64_t here = longest[point.replica];
    talk.to_receive += point.size > here ? point.size - here : 1;
  }
}

bool Session::Impl::SendMissing(const ConventionId& convention) {
  const auto found = talks_.find(convention);
  if (found == talks_.end() || !view_.MayShare(convention, peer_)) return true;
  Talk& talk = found->second;
  talk.last_used = ++uses_;
  const std::vector<HeldBranch> held = view_.Branches(convention);
  CountMissing(talk, held);
  std::map<FeedNumber, const HeldBranch*> branches;
  std::map<ReplicaId, std::vector<FeedNumber>> feeds;
  for (const HeldBranch& branch : held) {
    branches[branch.number] = &branch;
    feeds[branch.point.replica].push_back(branch.number);
  }
  for (const HeldBranch& branch : held) {
    const ReplicaId& author = branch.point.replica;
    if (talk.skipped.count(author) > 0) continue;
    std::uint64_t has = 0;
    for (const FeedNumber other : feeds[author]) {
      const auto known = talk.known.find(other);
      const auto sent = talk.sent.find(other);
      std::uint64_t size = known == talk.known.end() ? 0 : known->second;
      if (sent != talk.sent.end()) size = std::max(size, sent->second);
      has = std::max(has, std::min(size, SharedSize(branches, branch.number, other)));
    }
    if (has >= branch.point.size) continue;
    if (!MayHave(talk, branch) && !SendBranch(convention, talk, branch, has)) return false;
  }
  return true;
}

bool Session::Impl::SendBranch(const ConventionId& convention, Talk& talk, const HeldBranch& branch,
                               std::uint64_t from) {
  while (from < branch.point.size) {
    if (!HasCredit()) return false;
    absl::StatusOr<v1::Run> run = view_.ReadRun(convention, branch.number, from, kRunBytesMax);
    const auto head = run.ok() ? ParseCheckpoint(run->head()) : run.status();
    if (!head.ok() || head->size <= from) {
      if (run.status().code() == absl::StatusCode::kOutOfRange) return true;
      counts_.last_refusal =
          RefusedRun{RefusedRun::Where::kUnread, convention, branch.point.replica, std::nullopt};
      talk.skipped.insert(branch.point.replica);
      return true;
    }
    v1::Frame frame;
    *frame.mutable_run() = *std::move(run);
    const std::size_t bytes = frame.ByteSizeLong();
    unacked_.push_back({.convention = convention,
                        .branch = branch.number,
                        .head = {.replica = head->replica, .size = head->size, .root = head->root},
                        .bytes = bytes,
                        .since_ms = now_ms_});
    unacked_bytes_ += bytes;
    ++talk.unacked;
    talk.sent[branch.number] = head->size;
    from = head->size;
    ++counts_.runs_sent;
    active_ms_ = now_ms_;
    Send(std::move(frame));
  }
  return true;
}

}  // namespace greffe::sync
