#include "server/app/replica.h"

#include <utility>

#include "absl/strings/str_split.h"
#include "core/base/status_macros.h"
#include "server/app/ingest.h"
#include "server/app/refusals.h"
#include "server/app/repair.h"
#include "server/app/rooms.h"

namespace greffe {
namespace {

constexpr absl::string_view kContentKeyName = "content-key";
constexpr std::size_t kContentKeyBytes = 32;

// Key of the digests by which repeated requests are compared; made at the first opening.
absl::StatusOr<std::string> ContentKey(const ReplicaOptions& options) {
  auto stored = options.store->ReadRecord(kSettingsTable, kContentKeyName);
  if (stored.ok() || !absl::IsNotFound(stored.status())) return stored;
  std::string key = options.random(kContentKeyBytes);
  WriteSet writes;
  writes.records.push_back(
      RecordRow{std::string(kSettingsTable), std::string(kContentKeyName), key});
  RETURN_IF_ERROR(options.store->Commit(writes));
  return key;
}

}  // namespace

Replica::Replica(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}

Replica::~Replica() = default;

absl::StatusOr<std::unique_ptr<Replica>> Replica::Open(ReplicaOptions options) {
  auto rooms = std::make_unique<Rooms>();
  EventStore* const store = options.store;
  rooms->self = options.key->replica_id();
  ASSIGN_OR_RETURN(rooms->hosts, Hosts::Open(*store, rooms->self, options.host_bytes));
  rooms->cuts =
      std::make_unique<CutStates>(*store, *options.clock, rooms->hosts.get(), options.cut_bytes);
  ASSIGN_OR_RETURN(rooms->attachments, AttachmentBook::Open(*store));
  // Asked once sessions are, which is after the sequencer is there.
  rooms->view = std::make_unique<SyncView>(
      *store, *options.clock, rooms->hosts.get(), rooms->attachments.get(), rooms->self,
      options.name, options.own_partners,
      [rooms = rooms.get()] { return !rooms->sequencer->signing_stopped().empty(); },
      options.random);
  BatchSettings settings;
  settings.store = store;
  settings.key = options.key;
  settings.clock = options.clock;
  settings.random = options.random;
  settings.snapshot_every = options.snapshot_every;
  settings.attachments = rooms->attachments.get();
  settings.notice = options.notice;
  ASSIGN_OR_RETURN(rooms->commands.content_key, ContentKey(options));
  ASSIGN_OR_RETURN(rooms->sequencer,
                   Sequencer::Open(std::move(settings), store, rooms->hosts.get()));
  rooms->commands.sequencer = rooms->sequencer.get();
  rooms->hosts->OnDamage([sequencer = rooms->sequencer.get()](const ConventionId& id) {
    sequencer->Queue(DamageWork(sequencer, id));
  });
  rooms->commands.own_partners = options.own_partners;
  rooms->commands.peers = options.peers;
  rooms->strangers = std::make_unique<StrangerBook>(*store);
  rooms->runs = {.sequencer = rooms->sequencer.get(),
                 .strangers = rooms->strangers.get(),
                 .own_partners = options.own_partners,
                 .peers = options.peers};
  rooms->options = std::move(options);
  for (const ConventionId& id : rooms->hosts->List("", nullptr, SIZE_MAX)) {
    if (rooms->hosts->ReadOnly(id)) {
      rooms->options.notice("convention-read-only", "convention", id.ToHex());
    }
  }
  return std::unique_ptr<Replica>(new Replica(std::move(rooms)));
}

const ReplicaId& Replica::id() const { return rooms_->self; }
const std::string& Replica::name() const { return rooms_->options.name; }
void Replica::Start() { rooms_->sequencer->Start(); }
bool Replica::RunOnce() { return rooms_->sequencer->RunOnce(); }
absl::Status Replica::Reopen() { return rooms_->sequencer->Reopen(); }
const sync::ReplicaView& Replica::view() const { return *rooms_->view; }
absl::Status Replica::Writable() const { return rooms_->sequencer->Writable(); }

void Replica::HoldSigning(bool held) { rooms_->sequencer->HoldSigning(held); }

template <typename Request>
void Replica::Submit(const UserCall& call, Request request,
                     std::function<void(absl::StatusOr<ResponseOf<Request>>)> done) {
  std::unique_ptr<CommandWork> work =
      MakeCommand(&rooms_->commands, call, std::move(request), std::move(done));
  if (work->dry_run()) {
    work->RunDry();
  } else {
    rooms_->sequencer->Queue(std::move(work));
  }
}

#define GREFFE_SUBMIT_(REQUEST, RESPONSE)                                  \
  template void Replica::Submit(const UserCall& call, v1::REQUEST request, \
                                std::function<void(absl::StatusOr<v1::RESPONSE>)> done);
GREFFE_FOR_EACH_COMMAND(GREFFE_SUBMIT_)
#undef GREFFE_SUBMIT_

void Replica::SubmitRun(const ReplicaId& peer, sync::IngestRun run,
                        std::function<void(sync::StoredRun)> done) {
  rooms_->sequencer->Queue(RunWork(&rooms_->runs, peer, std::move(run), std::move(done)));
}

std::map<ConventionId, std::vector<Digest>> Replica::Wanted(const ReplicaId& peer) const {
  std::map<ConventionId, std::vector<Digest>> out;
  const auto rows = rooms_->options.store->ReadTable(kWantedTable);
  // Nothing is lost: the next meeting asks.
  if (!rows.ok()) return out;
  std::size_t count = 0;
  for (const RecordRow& row : *rows) {
    const std::vector<absl::string_view> parts = absl::StrSplit(row.key, '/');
    if (parts.size() != 2) continue;
    const auto convention = ConventionId::FromHex(parts[0], "convention");
    const auto commitment = Digest::FromHex(parts[1], "commitment");
    if (!convention.ok() || !commitment.ok()) continue;
    if (!rooms_->hosts->MayShare(*convention, peer)) continue;
    out[*convention].push_back(*commitment);
    if (++count == kWantedMax) break;
  }
  return out;
}

void Replica::SubmitSealed(const ReplicaId& peer, v1::SealedReply reply,
                           std::function<void(absl::Status)> done) {
  rooms_->sequencer->Queue(
      SealedWork(rooms_->sequencer.get(), peer, std::move(reply), std::move(done)));
}

void Replica::SubmitRecords(std::vector<RecordRow> rows, std::function<void(absl::Status)> done) {
  rooms_->sequencer->Queue(RecordsWork(std::move(rows), std::move(done)));
}

std::uint64_t Replica::AddListener(std::function<void(const Published&)> listener) {
  return rooms_->sequencer->AddListener(std::move(listener));
}

void Replica::RemoveListener(std::uint64_t listener) {
  rooms_->sequencer->RemoveListener(listener);
}

ReplicaCounters Replica::Counters() const {
  ReplicaCounters counters = rooms_->sequencer->Counters();
  counters.hosts_loaded = rooms_->hosts->loaded();
  return counters;
}

v1::ReplyContext Replica::Context(const UserCall& call) const {
  v1::ReplyContext context;
  rooms_->FillContext(call, nullptr, &context);
  return context;
}

}  // namespace greffe
