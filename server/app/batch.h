#ifndef GREFFE_SERVER_APP_BATCH_H_
#define GREFFE_SERVER_APP_BATCH_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "core/base/signature.h"
#include "core/base/time.h"
#include "core/convention/decide.h"
#include "core/sync/ingest.h"
#include "server/app/attachment_book.h"
#include "server/app/call.h"
#include "server/app/host.h"
#include "server/app/hosts.h"
#include "storage/event_store.h"

namespace greffe {

// Tables of the replica's own rows; SubmitRecords refuses names that start like these.
inline constexpr absl::string_view kOwnTablesPrefix = "app-";
inline constexpr absl::string_view kSettingsTable = "app-settings";
inline constexpr absl::string_view kPersonsTable = "app-persons";
// Commitments whose values are not here: "<convention hex>/<commitment hex>".
inline constexpr absl::string_view kWantedTable = "app-wanted";
inline constexpr absl::string_view kSigningStoppedKey = "signing-stopped";
std::string WantedKey(const ConventionId& convention, const Digest& commitment);

// What a batch needs of its replica.
struct BatchSettings {
  const EventStore* store = nullptr;
  const SigningKey* key = nullptr;
  const Clock* clock = nullptr;
  std::function<std::string(std::size_t)> random;
  std::uint64_t snapshot_every = 1024;
  AttachmentBook* attachments = nullptr;
  // As in ReplicaOptions.
  std::function<void(absl::string_view event, absl::string_view key, absl::string_view value)>
      notice;
};

// A command answered in this batch: what a repetition inside it gets.
struct BatchReply {
  Digest content_mac;
  std::string bytes;
};

// One commit in the making: the working states of the conventions it touches, held exclusively, and
// everything it will write. Made, filled, committed and published by the sequencer, in its thread.
// What takes and gives back locks of hosts found in a table is beyond clang's analysis.
class Batch final {
 public:
  // `next_feed` is counted on, and stays counted only when the batch is published.
  Batch(const BatchSettings& settings, Hosts* hosts, FeedNumber next_feed);
  // Lets go of the hosts; unless published, their states are dropped with it.
  ~Batch() ABSL_NO_THREAD_SAFETY_ANALYSIS;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  // The working state of a convention. NOT_FOUND; UNAVAILABLE.
  absl::StatusOr<ConventionHost*> Touch(const ConventionId& id) ABSL_NO_THREAD_SAFETY_ANALYSIS;
  // A convention that is not held yet. Nothing is written until an event is.
  ConventionHost* Create(const ConventionId& id) ABSL_NO_THREAD_SAFETY_ANALYSIS;
  // Forgets a convention made by Create, when nothing came of it.
  void Forget(const ConventionId& id) ABSL_NO_THREAD_SAFETY_ANALYSIS;

  // Appends a command's events to this replica's feed and applies them. Nothing happened unless OK.
  // Leaf hashes in order. INVALID_ARGUMENT rule `limit-event`; FAILED_PRECONDITION rule
  // `signing-stopped` when a head of the own feed is on record beyond what is held.
  absl::StatusOr<std::vector<Digest>> Append(ConventionHost* host, const UserCall& call,
                                             const RequestId& request, Decision decision);
  // Stores a verified run and applies what became applicable. Commitments whose values are missing.
  // RESOURCE_EXHAUSTED for too many branches is the plan's to say; DATA_LOSS, UNAVAILABLE from the
  // store, before anything changed.
  absl::StatusOr<std::vector<Digest>> TakeRun(ConventionHost* host, sync::IngestPlan plan);

  // Puts a verified run in the place of what is damaged, beyond what stands. Nothing is applied.
  // FAILED_PRECONDITION when a head of the author's held here says otherwise: another branch.
  absl::Status Restore(ConventionHost* host, sync::IngestPlan plan);
  // Keeps that a convention is read-only, or is so no longer; then its state is loaded anew.
  void SetReadOnly(ConventionHost* host, bool read_only);
  // Applies what waited, and tells the sync index what is held.
  void Resume(ConventionHost* host);

  // An event that is applied or held, also of this batch.
  absl::StatusOr<std::string> ReadEvent(const ConventionHost& host, EventPosition at) const;

  // Signs heads and adds what follows from the events. FAILED_PRECONDITION rule `signing-stopped`
  // when another root is on record for a size about to be signed: the last defence, Append having
  // looked.
  absl::Status Finish();
  // Why this replica must not sign any more, in both languages (TwoLanguages): found by Append or
  // Finish. Empty when nothing was.
  const std::string& signing_doubt() const { return signing_doubt_; }
  bool empty() const;
  // The conventions of which a snapshot is due, once the commit is done.
  std::vector<std::shared_ptr<ConventionHost>> SnapshotsDue() const;
  // After the commit: what was written is now what is read.
  void Publish();

  // True when something of the convention is to be written: what is decided on it from now on rests
  // on this batch.
  bool Wrote(const ConventionId& id) const;

  WriteSet& writes() { return writes_; }
  const EventStore& store() const { return *settings_.store; }
  FeedNumber next_feed() const { return next_feed_; }
  // Conventions changed, with whether their roster was. After Publish.
  struct Change {
    ConventionId convention;
    std::uint64_t arrivals = 0;
    bool roster_changed = false;
  };
  const std::vector<Change>& changes() const { return changes_; }
  std::uint64_t events() const { return writes_.events.size(); }
  // Replies of this batch, by (convention, user, request).
  std::map<std::tuple<ConventionId, std::string, RequestId>, BatchReply>& replies() {
    return replies_;
  }

 private:
  struct Touched {
    std::shared_ptr<ConventionHost> host;
    std::set<FeedNumber> changed_feeds;
    // Bytes of own events that no head covers yet.
    std::uint64_t unsigned_bytes = 0;
    // No head of the own feed is on record beyond what was held before this batch.
    bool heads_checked = false;
    // It was damaged when it was touched: its state says nothing that may be written.
    bool damaged = false;
    bool created = false;
    bool changed = false;
    bool snapshot_due = false;
  };

  Touched& TouchedOf(const ConventionHost* host);
  // Values of the plan's events: those that came with it, and those to ask for.
  struct SealedOfRun {
    std::vector<SealedRow> given;
    std::vector<RecordRow> wanted;
    std::vector<Digest> missing;
  };
  absl::StatusOr<SealedOfRun> SealedOf(const ConventionHost& host,
                                       const sync::IngestPlan& plan) const;
  std::size_t OwnBranch(Touched& touched);
  std::size_t AddBranch(Touched& touched, FeedRow row);
  // The person's id, made when there is none yet.
  absl::StatusOr<std::string> PersonOf(const ConventionHost& host, const std::string& account);
  // A feed's head that this replica's feed has not cited yet.
  struct Citation {
    v1::FeedPoint point;
    LocalPoint local;
  };
  // In the order in which events cite them: an event holds as many as fit, the next ones the rest.
  std::deque<Citation> ToCite(const ConventionHost& host,
                              const std::vector<v1::Event>& events) const;
  void RankCitations(const ConventionHost& host, const std::vector<v1::Event>& events,
                     std::vector<std::pair<int, Citation>>* points) const;
  // Moves into the event as many as keep it within its limit.
  static std::vector<LocalPoint> Cite(std::deque<Citation>* left, v1::Event* event);
  // Adds an event to a branch's tree and to the writes.
  void Store(Touched& touched, std::size_t branch, const Digest& leaf, std::string bytes);
  void Apply(Touched& touched, std::size_t branch, const Digest& leaf, const v1::Event& event,
             std::span<const LocalPoint> seen);
  // An attachment that the event just applied names begins with nothing of it here.
  void OpenAttachment(const ConventionHost& host, EventPosition at, const Digest& leaf);
  void ApplyWaiting(Touched& touched);
  absl::StatusOr<bool> ApplyNext(Touched& touched, std::size_t branch, v1::Event* scratch);
  // A head of the own feed beyond what is held was signed by another copy of this replica, or by
  // this one before it lost events: to sign again would fork the feed.
  absl::Status CheckOwnHeads(Touched& touched, const FeedRow& own);
  absl::Status AnotherHead(const ConventionHost& host, std::uint64_t size);
  absl::Status SignHead(Touched& touched);
  absl::Status FinishOne(Touched& touched);

  const BatchSettings& settings_;
  Hosts* const hosts_;
  FeedNumber next_feed_;
  ConventionNumber next_convention_;
  std::map<ConventionId, Touched> touched_;
  WriteSet writes_;
  std::vector<Change> changes_;
  std::vector<std::pair<ConventionHost*, bool>> read_only_;
  std::map<std::tuple<ConventionId, std::string, RequestId>, BatchReply> replies_;
  // Why the whole batch cannot be written.
  absl::Status failed_;
  std::string signing_doubt_;
  bool published_ = false;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_BATCH_H_
