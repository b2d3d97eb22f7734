#include "server/app/command_work.h"

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/app/cut_states.h"
#include "server/app/cut_token.h"
#include "server/app/refusals.h"
#include "server/app/replica.h"

namespace greffe {
namespace {

constexpr std::size_t kNonceBytes = 16;
constexpr std::size_t kSaltBytes = 32;

absl::Status BadRequestId(std::size_t bytes) {
  return ToStatus(
      {.code = absl::StatusCode::kInvalidArgument,
       .rule = "request-id-form",
       .field = "request_id",
       .fr = absl::StrCat("L'identifiant de demande a ", bytes,
                          " octets ; il en faut 16, tirés au hasard."),
       .en = absl::StrCat("The request id has ", bytes, " bytes; 16 random ones are wanted."),
       .next_fr = "Tirez 16 octets au hasard pour chaque demande, et gardez-les pour la renvoyer.",
       .next_en = "Draw 16 random bytes for each request, and keep them to send it again."});
}

absl::Status CheckSound(const ConventionHost& host) {
  if (host.unreadable) return ConventionUnreadable(host.damage);
  if (!host.damage.ok()) return ConventionReadOnly(host.damage);
  return absl::OkStatus();
}

}  // namespace

std::string CreateNonce(const CommandRoom& room, const UserCall& call, const RequestId& request) {
  const Digest digest =
      HmacSha256(room.content_key, absl::StrCat("create/", call.user, "/", request.ToBytes()));
  return std::string(digest.view().substr(0, kNonceBytes));
}

absl::Status CommandWork::SetRequest(absl::string_view request_id, std::string type_name,
                                     std::string content) {
  if (request_id.size() != RequestId::kSize) return BadRequestId(request_id.size());
  ASSIGN_OR_RETURN(request_id_, RequestId::FromBytes(request_id, "request_id"));
  type_name_ = std::move(type_name);
  content_ = std::move(content);
  bytes_ = content_.size();
  return absl::OkStatus();
}

void CommandWork::Run(Batch& batch) {
  outcome_ = TryRun(batch);
  if (!outcome_->ok()) room_->sequencer->Count(&ReplicaCounters::refused_commands);
}

void CommandWork::RunDry() {
  absl::Status outcome = CheckInTime();
  if (outcome.ok()) {
    const absl::StatusOr<ConventionId> id = Address();
    outcome = id.ok() ? Preview(*id) : id.status();
  }
  if (!outcome.ok()) room_->sequencer->Count(&ReplicaCounters::refused_commands);
  Reply(outcome);
}

absl::Status CommandWork::CheckInTime() const {
  const bool late =
      call_.deadline.has_value() && room_->sequencer->settings().clock->Now() > *call_.deadline;
  return late ? DeadlinePassed() : absl::OkStatus();
}

absl::Status CommandWork::TryRun(Batch& batch) {
  RETURN_IF_ERROR(CheckInTime());
  ASSIGN_OR_RETURN(const ConventionId id, Address());
  after_write_ = batch.Wrote(id);
  const Digest mac =
      HmacSha256(room_->content_key, absl::StrCat(type_name_, "/", id.ToBytes(), "/", content_));
  content_.clear();
  const auto key = std::make_tuple(id, call_.user, request_id_);
  const auto here = batch.replies().find(key);
  if (here != batch.replies().end()) {
    if (here->second.content_mac != mac) return RequestIdReused();
    room_->sequencer->Count(&ReplicaCounters::repeated_commands);
    return Recall(here->second.bytes);
  }
  const auto before = batch.store().ReadRequest(id, call_.user, request_id_);
  if (before.ok()) {
    if (before->content_mac != mac) return RequestIdReused();
    room_->sequencer->Count(&ReplicaCounters::repeated_commands);
    return Recall(before->reply);
  }
  if (!absl::IsNotFound(before.status())) return before.status();

  RETURN_IF_ERROR(room_->sequencer->Writable());
  ASSIGN_OR_RETURN(std::string answer, Execute(batch, id));
  RequestRow row;
  row.convention = id;
  row.user = call_.user;
  row.request = request_id_;
  row.content_mac = mac;
  row.reply = answer;
  batch.writes().requests.push_back(std::move(row));
  batch.replies()[key] = BatchReply{mac, std::move(answer)};
  room_->sequencer->Count(&ReplicaCounters::commands);
  return absl::OkStatus();
}

void CommandWork::Done(const absl::Status& commit) {
  // A refusal wrote nothing, and stands whatever became of the others in the batch; unless it may
  // rest on what one of them wrote to the same convention, and what never was refuses nothing.
  const bool stands = outcome_.has_value() && (commit.ok() || (!outcome_->ok() && !after_write_));
  Reply(stands ? *outcome_ : commit);
}

absl::Status CommandWork::Preview(const ConventionId& id) {
  return absl::InternalError("this command has no dry run");
}

absl::StatusOr<ConventionHost*> CommandWork::Hold(Batch& batch, const ConventionId& id) const {
  ASSIGN_OR_RETURN(ConventionHost* const host, batch.Touch(id));
  RETURN_IF_ERROR(CheckSound(*host));
  return host;
}

absl::Status CommandWork::ReadHost(
    const ConventionId& id, absl::FunctionRef<absl::Status(const ConventionHost&)> read) const {
  return room_->sequencer->hosts().Read(
      id,
      [&read](const ConventionHost& host) {
        RETURN_IF_ERROR(CheckSound(host));
        return read(host);
      },
      /*any=*/true);
}

absl::StatusOr<CommandContext> CommandWork::ContextFor(
    const ConventionHost& host, const std::string& read_cut,
    std::function<absl::StatusOr<std::string>(EventPosition)> read_event) const {
  const BatchSettings& settings = room_->sequencer->settings();
  CommandContext context;
  context.replica = settings.key->replica_id();
  context.partner_id = call_.partner_id;
  context.office = call_.office;
  context.roles = call_.roles;
  context.request = request_id_;
  context.now = settings.clock->Now();
  context.today = settings.clock->Today();
  context.salt = settings.random(kSaltBytes);
  context.read_event = std::move(read_event);
  if (!read_cut.empty()) {
    ASSIGN_OR_RETURN(const v1::Cut cut, DecodeCut(read_cut, host.id, "read_cut"));
    ASSIGN_OR_RETURN(context.read_cut, ResolveCut(host, cut, "read_cut"));
  }
  return context;
}

absl::StatusOr<std::vector<Digest>> CommandWork::Append(Batch& batch, ConventionHost* host,
                                                        Decision decision,
                                                        v1::CommandReceipt* receipt) const {
  ASSIGN_OR_RETURN(std::vector<Digest> leaves,
                   batch.Append(host, call_, request_id_, std::move(decision)));
  receipt->set_convention_id(host->id.ToHex());
  for (const Digest& leaf : leaves) receipt->add_leaves(leaf.ToHex());
  if (const auto own = host->FirstOf(room_->sequencer->settings().key->replica_id())) {
    receipt->set_feed_size(host->feeds[*own].held);
  }
  host->RefreshCut();
  receipt->set_cut(host->token);
  return leaves;
}

}  // namespace greffe
