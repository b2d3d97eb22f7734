// Which conventions differ, and what each side holds of them.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/sync/session_impl.h"

namespace greffe::sync {
namespace {

constexpr std::size_t kBucketEntryBytes = 1 + ShortDigest::kSize;
constexpr std::size_t kDigestEntryBytes = ConventionId::kSize + ShortDigest::kSize;

// Absent: entries of a wrong length or not ascending.
std::optional<std::map<std::uint8_t, ShortDigest>> ReadBuckets(absl::string_view entries) {
  if (entries.size() % kBucketEntryBytes != 0 || entries.size() > 256 * kBucketEntryBytes) {
    return std::nullopt;
  }
  std::map<std::uint8_t, ShortDigest> groups;
  for (; !entries.empty(); entries.remove_prefix(kBucketEntryBytes)) {
    const auto first_byte = static_cast<std::uint8_t>(entries[0]);
    if (!groups.empty() && groups.rbegin()->first >= first_byte) return std::nullopt;
    groups[first_byte] = *ShortDigest::FromBytes(entries.substr(1, ShortDigest::kSize), "buckets");
  }
  return groups;
}

std::optional<std::map<ConventionId, ShortDigest>> ReadListed(absl::string_view entries) {
  if (entries.size() % kDigestEntryBytes != 0) return std::nullopt;
  std::map<ConventionId, ShortDigest> listed;
  for (; !entries.empty(); entries.remove_prefix(kDigestEntryBytes)) {
    const auto id = *ConventionId::FromBytes(entries.substr(0, ConventionId::kSize), "digests");
    if (!listed.empty() && listed.rbegin()->first >= id) return std::nullopt;
    listed.emplace_hint(listed.end(), id,
                        *ShortDigest::FromBytes(
                            entries.substr(ConventionId::kSize, ShortDigest::kSize), "digests"));
  }
  return listed;
}

}  // namespace

void Session::Impl::StartComparing(bool groups_first) {
  if (!asker_) {
    if (!groups_first) SendDigests({}, /*all=*/true);
    return;
  }
  list_due_since_ms_ = now_ms_;
  if (!groups_first) return;
  v1::Frame frame;
  std::string& entries = *frame.mutable_buckets()->mutable_entries();
  for (const auto& [first_byte, digest] : BucketDigests(salt_, view_.Shared(peer_))) {
    entries.push_back(static_cast<char>(first_byte));
    entries.append(digest.view().data(), ShortDigest::kSize);
  }
  Send(std::move(frame));
}

void Session::Impl::OnBuckets(const v1::Buckets& buckets) {
  const auto theirs = ReadBuckets(buckets.entries());
  if (!theirs) return Close(absl::StatusCode::kInvalidArgument, "limit-buckets: bad entries");
  std::set<std::uint8_t> differ;
  const std::map<std::uint8_t, ShortDigest> ours = BucketDigests(salt_, view_.Shared(peer_));
  for (int group = 0; group < 256; ++group) {
    const auto key = static_cast<std::uint8_t>(group);
    const auto our = ours.find(key);
    const auto their = theirs->find(key);
    const bool we_have = our != ours.end();
    const bool they_have = their != theirs->end();
    if (we_have != they_have || (we_have && our->second != their->second)) differ.insert(key);
  }
  root_due_ = true;
  SendDigests(differ, /*all=*/false);
}

// In frames of whole groups. A group too large for a frame is cut: what is left out is then asked
// for as if it were not held, which costs bytes and nothing else.
void Session::Impl::SendDigests(const std::set<std::uint8_t>& groups, bool all) {
  v1::Frame frame;
  std::size_t listed = 0;
  std::optional<std::uint8_t> last;
  const std::vector<SharedConvention> shared = view_.Shared(peer_);
  std::map<std::uint8_t, std::size_t> sizes;
  for (const SharedConvention& one : shared) ++sizes[one.id.bytes[0]];
  v1::Digests* digests = frame.mutable_digests();
  digests->set_all(all);
  const auto begin_group = [&](std::uint8_t group) {
    if (!all && listed > 0 && listed + sizes[group] > kListedPerFrame) {
      digests->set_more(true);
      Send(std::move(frame));
      frame = v1::Frame();
      digests = frame.mutable_digests();
      listed = 0;
    }
    digests->mutable_groups()->push_back(static_cast<char>(group));
  };
  if (!all) {
    auto next = shared.begin();
    for (const std::uint8_t group : groups) {
      begin_group(group);
      while (next != shared.end() && next->id.bytes[0] < group) ++next;
      for (; next != shared.end() && next->id.bytes[0] == group; ++next) {
        if (listed == kListedPerFrame) continue;
        digests->mutable_entries()->append(next->id.view().data(), ConventionId::kSize);
        digests->mutable_entries()->append(Shorten(salt_, next->digest).ToBytes());
        ++listed;
      }
    }
  } else {
    for (const SharedConvention& one : shared) {
      if (listed == kListedPerFrame) break;
      digests->mutable_entries()->append(one.id.view().data(), ConventionId::kSize);
      digests->mutable_entries()->append(Shorten(salt_, one.digest).ToBytes());
      ++listed;
    }
  }
  Send(std::move(frame));
}

void Session::Impl::OnDigests(const v1::Digests& digests) {
  const auto theirs = ReadListed(digests.entries());
  if (!theirs || digests.groups().size() > 256) {
    return Close(absl::StatusCode::kInvalidArgument, "limit-digests: bad entries");
  }
  std::array<bool, 256> covered{};
  covered.fill(digests.all());
  for (const char group : digests.groups()) covered[static_cast<std::uint8_t>(group)] = true;
  std::set<ConventionId> ours;
  for (const SharedConvention& one : view_.Shared(peer_)) {
    if (!covered[one.id.bytes[0]]) continue;
    ours.insert(one.id);
    const auto their = theirs->find(one.id);
    if (their == theirs->end() || their->second != Shorten(salt_, one.digest)) QueueAsk(one.id);
  }
  for (const auto& [id, digest] : *theirs) {
    if (ours.count(id) == 0) QueueAsk(id);
  }
  if (digests.more()) {
    if (list_due_since_ms_) list_due_since_ms_ = now_ms_;
  } else {
    list_due_since_ms_.reset();
  }
}

void Session::Impl::QueueAsk(const ConventionId& convention) {
  if (queued_.size() < kQueuedMax) queued_.insert(convention);
}

void Session::Impl::AskQueued() {
  while (!queued_.empty() && asked_.size() < kAskedMax) {
    const ConventionId convention = *queued_.begin();
    queued_.erase(queued_.begin());
    if (!asked_.try_emplace(convention, now_ms_).second) continue;
    SendPoints(convention, /*answer=*/false);
  }
}

// Of a convention that the peer may not see, or that is not held, nothing: the same answer.
void Session::Impl::SendPoints(const ConventionId& convention, bool answer) {
  std::vector<HeldBranch> branches;
  if (view_.MayShare(convention, peer_)) branches = view_.Branches(convention);
  std::size_t next = 0;
  do {
    v1::Frame frame;
    v1::Points& points = *frame.mutable_points();
    points.set_convention_id(convention.ToBytes());
    points.set_answer(answer);
    const std::size_t end = std::min(branches.size(), next + kPointsPerFrame);
    for (; next < end; ++next) {
      v1::FeedPoint& point = *points.add_points();
      point.set_replica_id(branches[next].point.replica.ToBytes());
      point.set_size(branches[next].point.size);
      point.set_root(branches[next].point.root.ToBytes());
    }
    points.set_more(next < branches.size());
    Send(std::move(frame));
  } while (next < branches.size());
}

void Session::Impl::OnPoints(const v1::Points& frame) {
  const auto convention = ConventionId::FromBytes(frame.convention_id(), "convention_id");
  if (!convention.ok() || (partial_ && *partial_ != *convention)) {
    return Close(absl::StatusCode::kInvalidArgument, "points: bad or changing convention_id");
  }
  if (partial_points_.size() + static_cast<std::size_t>(frame.points_size()) >
      kFeedsPerConventionMax) {
    return Close(absl::StatusCode::kResourceExhausted,
                 absl::StrCat("limit-feeds: more than ", kFeedsPerConventionMax,
                              " feeds in one convention"));
  }
  for (const v1::FeedPoint& point : frame.points()) {
    const auto replica = ReplicaId::FromBytes(point.replica_id(), "replica_id");
    const auto root = Digest::FromBytes(point.root(), "root");
    if (!replica.ok() || !root.ok() || point.size() == 0) {
      return Close(absl::StatusCode::kInvalidArgument, "points: bad length or size 0");
    }
    partial_points_.push_back({.replica = *replica, .size = point.size(), .root = *root});
  }
  partial_ = *convention;
  if (frame.more()) return;
  partial_.reset();
  OnAllPoints(*convention, std::exchange(partial_points_, {}), frame.answer());
}

void Session::Impl::OnAllPoints(const ConventionId& convention, std::vector<Point> points,
                                bool answer) {
  const bool was_asked = asked_.erase(convention) > 0;
  queued_.erase(convention);
  // Questions that cross answer each other; answers are never answered, so that a repeated frame
  // cannot go round for ever.
  if (!answer && !was_asked) SendPoints(convention, /*answer=*/true);
  const bool shared = view_.MayShare(convention, peer_);
  // Nothing is kept of conventions that only the peer speaks of.
  if (!shared && !was_asked) return;
  Talk& talk = TalkOf(convention);
  unknown_points_ -= talk.unknown.size();
  talk.unknown.clear();
  talk.skipped.clear();
  for (Point& point : points) {
    const std::optional<FeedNumber> branch = view_.FindBranch(convention, point);
    if (branch) {
      std::uint64_t& known = talk.known[*branch];
      known = std::max(known, point.size);
    } else if (unknown_points_ + talk.unknown.size() < kUnknownPointsMax) {
      talk.unknown.push_back(std::move(point));
    }
  }
  unknown_points_ += talk.unknown.size();
  for (const Point& point : talk.unknown) refused_feeds_.erase({convention, point.replica});
  pending_.insert(convention);
}

}  // namespace greffe::sync
