#ifndef GREFFE_SERVER_APP_REPLICA_H_
#define GREFFE_SERVER_APP_REPLICA_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/base/ids.h"
#include "core/base/signature.h"
#include "core/base/time.h"
#include "core/convention/decide.h"
#include "core/sync/replica_view.h"
#include "core/sync/session.h"
#include "greffe/v1/attachment_service.pb.h"
#include "greffe/v1/audit_service.pb.h"
#include "greffe/v1/sync.pb.h"
#include "server/app/call.h"
#include "server/app/chunk_outcome.h"
#include "server/app/command_traits.h"
#include "storage/event_store.h"

namespace greffe {

// What a replica is made of. The pointers outlive the Replica.
struct ReplicaOptions {
  EventStore* store = nullptr;
  const SigningKey* key = nullptr;
  const Clock* clock = nullptr;
  // N random bytes. Thread safe.
  std::function<std::string(std::size_t)> random;
  // Name for people.
  std::string name;
  // Partners that this replica acts for, as it says of them. Thread safe.
  std::function<std::vector<v1::PartnerCard>()> own_partners = [] {
    return std::vector<v1::PartnerCard>();
  };
  // Pinned peers: key, name, partners they act for. Thread safe.
  std::function<std::vector<RosterCandidate>()> peers;
  // Those that said that they sign no more, and when they first did. Thread safe.
  std::function<std::map<ReplicaId, Instant>()> stopped_peers = [] {
    return std::map<ReplicaId, Instant>();
  };
  // Peers that were removed, as they were known. Thread safe.
  std::function<std::vector<RosterCandidate>()> former_peers = [] {
    return std::vector<RosterCandidate>();
  };
  // Memory for conventions held ready; more are loaded when asked for.
  std::size_t host_bytes = 64u << 20;
  // Memory for states at past or foreign cuts.
  std::size_t cut_bytes = 16u << 20;
  // A snapshot is written when so many events were applied since the last one, or an eighth of
  // all, whichever is more.
  std::uint64_t snapshot_every = 1024;
  // Told of what operators must know: the event, and one field that holds no text of a convention:
  // `commit-failed`, `signing-stopped`, `signing-held`, `signing-resumed` and `store-not-reopened`
  // with `rule`, `store-reopened` with the number of `conventions` whose last change was in doubt,
  // `convention-read-only` and `convention-repaired` with `convention`, `feed-forked` with
  // `position`, and `run-refused` and `run-not-stored`, as often as peers like, with `run`. Called
  // from the sequencer; must not block, nor read conventions.
  std::function<void(absl::string_view event, absl::string_view key, absl::string_view value)>
      notice = [](absl::string_view, absl::string_view, absl::string_view) {};
};

// A commit that others may now be told of: it is on disk and published.
struct Published {
  ConventionId convention;
  // Events applied after it.
  std::uint64_t arrivals = 0;
  // True when the roster changed, so that peers may have to be met about this convention.
  bool roster_changed = false;
  // An attachment that is whole here since this; then nothing else changed.
  std::optional<Digest> attachment_held;
};

// What the sequencer has done since Open.
struct ReplicaCounters {
  std::uint64_t commits = 0;
  std::uint64_t events = 0;
  std::uint64_t commands = 0;
  std::uint64_t repeated_commands = 0;
  std::uint64_t refused_commands = 0;
  std::uint64_t runs = 0;
  std::uint64_t hosts_loaded = 0;
  std::uint64_t queue_length = 0;
};

// How conventions stand here.
struct Health {
  // One for each; of one that cannot be read its id, and whether it failed its proof.
  std::vector<v1::ConventionFigures> figures;
  // Who answers, and what is wrong or waits in any of them.
  v1::ReplyContext context;
};

// Missing values that Replica::Wanted tells at once.
inline constexpr std::size_t kWantedMax = 4096;

// An export, read piece by piece so that flow control bounds it. Not thread safe; must not outlive
// the Replica.
class ExportReader {
 public:
  virtual ~ExportReader() = default;
  // The next piece, at most one frame of events; absent at the end. DATA_LOSS.
  virtual absl::StatusOr<std::optional<v1::ExportConventionResponse>> Next() = 0;
};

// The bytes of an attachment, read chunk by chunk so that flow control bounds them. Not thread
// safe; must not outlive the Replica.
class AttachmentReader {
 public:
  virtual ~AttachmentReader() = default;
  // The next chunk; absent at the end. DATA_LOSS.
  virtual absl::StatusOr<std::optional<v1::DownloadAttachmentResponse>> Next() = 0;
};

// One replica: the conventions of an EventStore, the queue through which they change, and every
// read of them. Without gRPC, so that the simulation drives the same code.
//
// Commands and peers' runs are queued and taken in turn by one sequencer: on a thread of its own
// after Start(), else by RunOnce(), in the caller's thread. Reads may be called from any thread at
// any time, also inside callbacks; they see only what is on disk. Callbacks of Submit and
// listeners run in the sequencer's thread and must not block.
//
// After a failed commit nothing more is written or signed, and commands get UNAVAILABLE, until the
// store is opened again and read: once started the replica does that by itself, with back-off.
// Reads go on.
class Replica final {
 public:
  // Reads the rows of the conventions, not their states. DATA_LOSS, UNAVAILABLE from the store.
  static absl::StatusOr<std::unique_ptr<Replica>> Open(ReplicaOptions options);
  // Stops; what is still queued is answered with UNAVAILABLE.
  ~Replica();
  Replica(const Replica&) = delete;
  Replica& operator=(const Replica&) = delete;

  const ReplicaId& id() const;
  const std::string& name() const;

  // Starts the sequencer's thread. At most once; not with RunOnce.
  void Start();
  // Takes what is queued as one batch: decide, apply, one commit, publish, answer. False when
  // nothing was queued. For a Replica that was not started.
  bool RunOnce();
  // After a failed commit, for a Replica that was not started: opens the store again. OK when
  // commands are taken again; codes of EventStore::Reopen.
  absl::Status Reopen();

  // Queues a command; `done` is called once. One that only checks (`dry_run`) is a read: it is
  // answered before this returns, in the caller's thread. Codes as in greffe.v1.ConventionService;
  // RESOURCE_EXHAUSTED when the queue is full; DEADLINE_EXCEEDED before it began.
  template <typename Request>
  void Submit(const UserCall& call, Request request,
              std::function<void(absl::StatusOr<ResponseOf<Request>>)> done);

  // Queues a run of a peer whose key is pinned here. `done` gets the run's ticket, and either that
  // all of it is on disk or why it was refused.
  void SubmitRun(const ReplicaId& peer, sync::IngestRun run,
                 std::function<void(sync::StoredRun)> done);
  // Commitments whose values are missing here, of conventions shared with the peer; at most
  // kWantedMax, so that one meeting stays small. Reads the store.
  std::map<ConventionId, std::vector<Digest>> Wanted(const ReplicaId& peer) const;
  // Queues personal values that a peer gave; those that match no commitment of an applied event are
  // dropped.
  void SubmitSealed(const ReplicaId& peer, v1::SealedReply reply,
                    std::function<void(absl::Status)> done);
  // Queues a chunk of an attachment, from a user (FindUpload) or from a peer.
  void SubmitChunk(const std::optional<ReplicaId>& peer, const sync::MissingChunk& chunk,
                   std::string bytes, std::function<void(absl::StatusOr<ChunkOutcome>)> done);
  // Where the user's chunks go; `index` is left for each. NOT_FOUND, PERMISSION_DENIED.
  absl::StatusOr<sync::MissingChunk> FindUpload(const UserCall& call,
                                                const std::string& convention_id,
                                                const std::string& attachment_id) const;
  // Queues rows of the replica's own tables (users, peers, partners): one writer at a time holds
  // for them too. OK once they are on disk. Table names starting with "app-" are the Replica's own:
  // INVALID_ARGUMENT.
  void SubmitRecords(std::vector<RecordRow> rows, std::function<void(absl::Status)> done);

  // What core/sync reads. Lives as long as the Replica; thread safe.
  const sync::ReplicaView& view() const;

  // Reads. NOT_FOUND alike for a convention that does not exist and one that the user's partner is
  // not in the roster of. FAILED_PRECONDITION rule `cut-not-applied` for a token whose events are
  // not all applied here.
  absl::StatusOr<v1::ListConventionsResponse> ListConventions(
      const UserCall& call, const v1::ListConventionsRequest& request) const;
  absl::StatusOr<v1::GetConventionResponse> GetConvention(
      const UserCall& call, const v1::GetConventionRequest& request) const;
  absl::StatusOr<v1::GetStatusResponse> GetStatus(const UserCall& call,
                                                  const v1::GetStatusRequest& request) const;
  absl::StatusOr<v1::DiffConventionResponse> DiffConvention(
      const UserCall& call, const v1::DiffConventionRequest& request) const;
  absl::StatusOr<v1::GetHistoryResponse> GetHistory(const UserCall& call,
                                                    const v1::GetHistoryRequest& request) const;
  absl::StatusOr<v1::ListConflictsResponse> ListConflicts(
      const UserCall& call, const v1::ListConflictsRequest& request) const;
  absl::StatusOr<v1::ListActsResponse> ListActs(const UserCall& call,
                                                const v1::ListActsRequest& request) const;
  absl::StatusOr<v1::GetActResponse> GetAct(const UserCall& call,
                                            const v1::GetActRequest& request) const;
  absl::StatusOr<v1::GetInstrumentResponse> GetInstrument(
      const UserCall& call, const v1::GetInstrumentRequest& request) const;
  absl::StatusOr<v1::GetLifeResponse> GetLife(const UserCall& call,
                                              const v1::GetLifeRequest& request) const;
  absl::StatusOr<v1::GetDeadlinesResponse> GetDeadlines(
      const UserCall& call, const v1::GetDeadlinesRequest& request) const;
  absl::StatusOr<v1::GetRosterResponse> GetRoster(const UserCall& call,
                                                  const v1::GetRosterRequest& request) const;
  absl::StatusOr<v1::ListEventsResponse> ListEvents(const UserCall& call,
                                                    const v1::ListEventsRequest& request) const;
  absl::StatusOr<v1::ProveEventResponse> ProveEvent(const UserCall& call,
                                                    const v1::ProveEventRequest& request) const;
  // Streams every feed through a FeedVerifier and folds again. Takes long; `cancelled` is asked
  // between pieces, CANCELLED when it says so.
  absl::StatusOr<v1::VerifyResponse> Verify(const UserCall& call, const v1::VerifyRequest& request,
                                            const std::function<bool()>& cancelled = {}) const;
  absl::StatusOr<std::unique_ptr<ExportReader>> Export(
      const UserCall& call, const v1::ExportConventionRequest& request) const;

  absl::StatusOr<v1::ListAttachmentsResponse> ListAttachments(
      const UserCall& call, const v1::ListAttachmentsRequest& request) const;
  absl::StatusOr<std::unique_ptr<AttachmentReader>> OpenAttachment(
      const UserCall& call, const v1::DownloadAttachmentRequest& request) const;

  // The arrival at which a watch starts: `after`, or the present one when absent.
  absl::StatusOr<std::uint64_t> WatchFrom(const UserCall& call,
                                          const v1::WatchConventionRequest& request) const;
  // Events applied here from arrival `from` on, at most `count_max`; empty: wait for a listener's
  // call. The next `from` is the last one's `arrival` plus 1.
  absl::StatusOr<std::vector<v1::WatchConventionResponse>> ReadWatch(
      const UserCall& call, const std::string& convention_id, std::uint64_t from,
      std::size_t count_max) const;

  // How the conventions that a partner may see stand here; all where it is empty. One that cannot
  // be read takes nothing from the others.
  Health Examine(const UserCall& call, const std::string& partner_id) const;
  // True when the partner may see the convention.
  bool MaySee(const std::string& partner_id, const ConventionId& convention) const;
  // True when the partner may see a convention that is shared with the peer.
  bool SharesWith(const std::string& partner_id, const ReplicaId& peer) const;
  // The partners in conventions that the partner may see.
  std::set<std::string> PartnersBeside(const std::string& partner_id) const;
  // What the adapters put into answers of their own.
  v1::ReplyContext Context(const UserCall& call) const;
  ReplicaCounters Counters() const;

  // Why this replica writes nothing at present, or OK.
  absl::Status Writable() const;
  // While held every command is refused by rule `restored-not-synced`: this replica was restored
  // from a backup, and does not know what its peers hold of its own feeds. Reads and sync go on.
  void HoldSigning(bool held);

  // Called after each commit, once per convention it changed. Thread safe; not to be called inside
  // a listener. After RemoveListener returned, the listener is not called again.
  std::uint64_t AddListener(std::function<void(const Published&)> listener);
  void RemoveListener(std::uint64_t listener);

 private:
  struct Rooms;
  explicit Replica(std::unique_ptr<Rooms> rooms);
  const std::unique_ptr<Rooms> rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_REPLICA_H_
