#ifndef GREFFE_CORE_SYNC_SESSION_IMPL_H_
#define GREFFE_CORE_SYNC_SESSION_IMPL_H_

#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/limits.h"
#include "core/sync/digests.h"
#include "core/sync/ingest.h"
#include "core/sync/session.h"

namespace greffe::sync {

// Up to so many shared conventions are listed at once; more are compared by groups first.
inline constexpr std::uint64_t kListedAtOnceMax = 128;
// Conventions whose points are asked for and not yet answered.
inline constexpr std::size_t kAskedMax = 64;
// Conventions waiting to be asked; what does not fit is found by the next comparison.
inline constexpr std::size_t kQueuedMax = 65'536;
// Conventions at rest whose points are remembered, so that news leave at once.
inline constexpr std::size_t kTalksMax = 256;
// The peer's points that fit nothing held here, over all conventions.
inline constexpr std::size_t kUnknownPointsMax = 65'536;
inline constexpr std::size_t kPointsPerFrame = 3000;
inline constexpr std::size_t kListedPerFrame = 10'000;
inline constexpr std::size_t kSealedPerRequest = 64;
inline constexpr std::size_t kBadRunsMax = 16;
// Chunks asked for and not yet on disk; half a mebibyte.
inline constexpr std::size_t kChunksInFlight = 4;
// Attachments that the peer did not have, remembered so that they are not asked for again at once.
inline constexpr std::size_t kAbsentMax = 4096;
// When they are asked for again all the same.
inline constexpr std::int64_t kAskChunksAgainMs = 60'000;
inline constexpr std::size_t kBadChunksMax = 16;
// Room in a frame around a run.
inline constexpr std::size_t kRunBytesMax = limits::kFrameBytes - 64;

// The machine behind Session, in four files: session.cc (greeting, time, limits),
// session_compare.cc (which conventions and points differ), session_send.cc (runs and
// acknowledgements), session_chunks.cc (attachments).
class Session::Impl final {
 public:
  Impl(const ReplicaView& view, const ReplicaId& peer, SessionOptions options);

  Step Start(std::int64_t now_ms);
  Step OnFrame(const v1::Frame& frame, std::int64_t now_ms);
  Step OnStored(const StoredRun& stored, std::int64_t now_ms);
  Step OnLocalChange(const ConventionId& convention, std::int64_t now_ms);
  Step Want(const ConventionId& convention, std::span<const Digest> commitments,
            std::int64_t now_ms);
  Step Tick(std::int64_t now_ms);
  Step OnChunkStored(const StoredChunk& stored, std::int64_t now_ms);
  Step OnAttachmentHeld(const ConventionId& convention, const Digest& attachment,
                        std::int64_t now_ms);

  const ReplicaId& peer() const { return peer_; }
  const std::optional<v1::Hello>& peer_hello() const { return peer_hello_; }
  SessionProgress progress() const;

 private:
  // What is known of the peer's holding of one convention.
  struct Talk {
    // Of each branch here, how much the peer surely holds: it said so, sent it or acknowledged it.
    std::map<FeedNumber, std::uint64_t> known;
    // Of each branch here, the end of the last run sent, acknowledged or not.
    std::map<FeedNumber, std::uint64_t> sent;
    // The peer's points that no branch here has.
    std::vector<Point> unknown;
    // Feeds whose runs the peer refused, or storage cannot read, until points come again.
    std::set<ReplicaId> skipped;
    std::uint64_t unacked = 0;
    std::uint64_t last_used = 0;
    // Events that the other side is known to lack, there and here.
    std::uint64_t to_send = 0;
    std::uint64_t to_receive = 0;
  };
  struct Unacked {
    ConventionId convention;
    FeedNumber branch = 0;
    Point head;
    std::size_t bytes = 0;
    // Since when it is the oldest.
    std::int64_t since_ms = 0;
  };
  struct Ingesting {
    ConventionId convention;
    Point head;
    std::size_t bytes = 0;
  };

  // session.cc
  Step Finish();
  void Close(absl::StatusCode code, absl::string_view message);
  void Send(v1::Frame frame);
  void OnHello(const v1::Hello& hello);
  void Dispatch(const v1::Frame& frame);
  void OnSealedRequest(const v1::SealedRequest& request);
  void OnSealedReply(const v1::SealedReply& reply);
  void OnRoot(const v1::Root& root);
  void TellRoot();
  void SendRoot();
  void CheckStall();
  bool AtRest() const;
  bool InSync() const;
  void RefreshRoot();

  // session_compare.cc
  void StartComparing(bool groups_first);
  void OnBuckets(const v1::Buckets& buckets);
  void SendDigests(const std::set<std::uint8_t>& groups, bool all);
  void OnDigests(const v1::Digests& digests);
  void OnPoints(const v1::Points& frame);
  void OnAllPoints(const ConventionId& convention, std::vector<Point> points, bool answer);
  void SendPoints(const ConventionId& convention, bool answer);
  void QueueAsk(const ConventionId& convention);
  void AskQueued();

  // session_chunks.cc
  void OnChunkRequest(const v1::ChunkRequest& request);
  void OnChunkReply(const v1::ChunkReply& reply);
  void OnAttachmentOffer(const v1::AttachmentOffer& offer);
  // Asks for what is missing, as far as there is room.
  void AskChunks();

  // session_send.cc
  void OnRun(const v1::Run& run, std::size_t bytes);
  void OnAck(const v1::Ack& ack);
  void OnNack(const v1::Nack& nack);
  void RememberStored(const ConventionId& convention, const Point& head);
  void AskSealed(const ConventionId& convention, std::span<const Digest> commitments);
  void Refused(const Ingesting& run, NackReason reason);
  void SendPending();
  // False: out of credit.
  bool SendMissing(const ConventionId& convention);
  static bool MayHave(const Talk& talk, const HeldBranch& branch);
  // Of a convention, from what is known of the peer's holding: acknowledged or said.
  void CountMissing(Talk& talk, const std::vector<HeldBranch>& held) const;
  bool HasCredit() const;
  // True when a run left or nothing is left to send of the branch; false: out of credit.
  bool SendBranch(const ConventionId& convention, Talk& talk, const HeldBranch& branch,
                  std::uint64_t from);
  std::deque<Unacked>::iterator FindUnacked(const ConventionId& convention,
                                            const ReplicaId& replica, std::uint64_t size);
  void Release(std::deque<Unacked>::iterator run);
  Talk& TalkOf(const ConventionId& convention);
  void ForgetIdleTalks();

  // Constant after construction.
  const ReplicaView& view_;
  const ReplicaId peer_;
  const SessionOptions options_;
  const ReplicaId self_;
  // The replica with the smaller id asks, the other lists.
  const bool asker_;

  // Of the step under way.
  Step step_;
  std::int64_t now_ms_ = 0;

  bool closed_ = false;
  std::int64_t started_ms_ = 0;
  std::int64_t heard_ms_ = 0;
  std::optional<v1::Hello> peer_hello_;
  std::uint64_t hello_count_ = 0;

  // Root over what is shared, as last computed, sent and heard.
  Digest root_;
  bool root_stale_ = false;
  Digest root_sent_;
  std::int64_t root_sent_ms_ = 0;
  Digest peer_root_;
  // Sent in the hello; with the peer's it makes the salt of short digests.
  std::string nonce_;
  Digest salt_;
  // The peer compares again: it may have missed the root.
  bool root_due_ = false;

  // Comparing. Absent: no list is awaited.
  std::optional<std::int64_t> list_due_since_ms_;
  std::int64_t compare_wait_ms_ = 0;
  std::int64_t active_ms_ = 0;
  std::set<ConventionId> queued_;
  // With the time of asking.
  std::map<ConventionId, std::int64_t> asked_;
  // Points of which more frames are to come.
  std::optional<ConventionId> partial_;
  std::vector<Point> partial_points_;

  // Sending.
  std::map<ConventionId, Talk> talks_;
  std::size_t unknown_points_ = 0;
  std::uint64_t uses_ = 0;
  // Conventions that may have something to send.
  std::set<ConventionId> pending_;
  std::deque<Unacked> unacked_;
  std::size_t unacked_bytes_ = 0;
  std::size_t window_bytes_ = 0;

  // Attachments. Asked for, with the time of asking; absent: being written.
  std::map<MissingChunk, std::optional<std::int64_t>> chunks_asked_;
  // Attachments that the peer does not have, or gave wrong chunks of.
  std::set<std::pair<ConventionId, Digest>> chunks_absent_;
  std::int64_t chunks_forgotten_ms_ = 0;
  // Something may be missing that was not looked for yet.
  bool chunks_due_ = true;

  // Receiving.
  std::uint64_t next_ticket_ = 1;
  std::map<std::uint64_t, Ingesting> ingesting_;
  std::size_t ingesting_bytes_ = 0;
  // Feeds of which a run was refused here, so that those in flight behind it do not count as bad.
  std::set<std::pair<ConventionId, ReplicaId>> refused_feeds_;
  // Conventions to ask again once something of them changed here.
  std::set<ConventionId> ask_on_change_;
  std::size_t bad_runs_ = 0;

  SessionProgress counts_;
};

}  // namespace greffe::sync

#endif  // GREFFE_CORE_SYNC_SESSION_IMPL_H_
