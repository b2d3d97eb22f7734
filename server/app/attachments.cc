// Attachments as users read and bring them.

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/convention/state/attachment.h"
#include "server/app/refusals.h"
#include "server/app/rooms.h"

namespace greffe {
namespace {

constexpr std::size_t kPrefixDigits = 6;

absl::Status NoSuchAttachment(bool several) {
  return ToStatus(
      {.code = several ? absl::StatusCode::kInvalidArgument : absl::StatusCode::kNotFound,
       .rule = several ? "id-prefix" : "not-found",
       .field = "sha256",
       .fr = several ? "Plusieurs pièces jointes commencent par ces chiffres."
                     : "Aucune pièce jointe de cette convention n'a cette empreinte.",
       .en = several ? "Several attachments start with these digits."
                     : "No attachment of this convention has this SHA-256.",
       .next_fr = "La liste : greffe attachment list",
       .next_en = "The list: greffe attachment list"});
}

absl::Status NotHere(const AttachmentRow& row) {
  if (row.holding == AttachmentHolding::kFalse) {
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "attachment-false",
         .fr = "Les octets reçus n'ont pas l'empreinte annoncée : qui a joint ce fichier l'a mal "
               "nommé. Ils ne sont pas servis.",
         .en = "The bytes received do not have the SHA-256 announced: whoever attached this file "
               "named it wrong. They are not served."});
  }
  const std::uint32_t held = CountChunks(row.chunks);
  const std::uint32_t all = ChunkCount(row.size);
  return ToStatus(
      {.code = absl::StatusCode::kUnavailable,
       .rule = "attachment-missing",
       .fr = absl::StrCat("Cette pièce jointe n'est pas encore entière ici : ", held,
                          " morceaux sur ", all, "."),
       .en = absl::StrCat("This attachment is not whole here yet: ", held, " chunks of ", all, "."),
       .next_fr = "Elle vient des autres répliques : greffe sync --wait, puis recommencez.",
       .next_en = "It comes from the other replicas: greffe sync --wait, then try again."});
}

class Reader final : public AttachmentReader {
 public:
  Reader(const EventStore& store, AttachmentRow row, v1::AttachmentView view)
      : store_(store), row_(std::move(row)), view_(std::move(view)) {}

  absl::StatusOr<std::optional<v1::DownloadAttachmentResponse>> Next() override {
    if (next_ == ChunkCount(row_.size)) {
      return std::optional<v1::DownloadAttachmentResponse>();
    }
    v1::DownloadAttachmentResponse piece;
    if (next_ == 0) *piece.mutable_attachment() = view_;
    ASSIGN_OR_RETURN(*piece.mutable_chunk(),
                     store_.ReadChunk(row_.convention, row_.attachment, next_));
    ++next_;
    return std::optional<v1::DownloadAttachmentResponse>(std::move(piece));
  }

 private:
  const EventStore& store_;
  const AttachmentRow row_;
  const v1::AttachmentView view_;
  std::uint32_t next_ = 0;
};

v1::AttachmentHere Here(const std::string& id, const AttachmentRow& row) {
  v1::AttachmentHere here;
  here.set_attachment_id(id);
  here.set_chunks(ChunkCount(row.size));
  here.set_chunks_held(CountChunks(row.chunks));
  here.set_held(row.chunks);
  here.set_state(row.holding == AttachmentHolding::kHeld    ? v1::ATTACHMENT_STATE_HELD
                 : row.holding == AttachmentHolding::kFalse ? v1::ATTACHMENT_STATE_FALSE
                                                            : v1::ATTACHMENT_STATE_MISSING);
  return here;
}

}  // namespace

absl::StatusOr<v1::ListAttachmentsResponse> Replica::ListAttachments(
    const UserCall& call, const v1::ListAttachmentsRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  v1::ListAttachmentsResponse response;
  RETURN_IF_ERROR(rooms_->cuts->ReadOne(id, request.at(), [&](const Known& known) {
    response = ViewAttachments(known);
    return absl::OkStatus();
  }));
  ASSIGN_OR_RETURN(const std::vector<AttachmentRow> rows,
                   rooms_->options.store->ReadAttachments(id));
  std::map<std::string, const AttachmentRow*> by_id;
  for (const AttachmentRow& row : rows) by_id[row.attachment.ToHex()] = &row;
  for (const v1::AttachmentView& view : response.attachments()) {
    const auto found = by_id.find(view.attachment_id());
    AttachmentRow none;
    none.size = view.size();
    none.chunks = NoChunks(view.size());
    *response.add_here() = Here(view.attachment_id(), found == by_id.end() ? none : *found->second);
  }
  rooms_->FillContext(call, &id, response.mutable_context());
  return response;
}

absl::StatusOr<std::unique_ptr<AttachmentReader>> Replica::OpenAttachment(
    const UserCall& call, const v1::DownloadAttachmentRequest& request) const {
  v1::ListAttachmentsRequest all;
  all.set_convention_id(request.convention_id());
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  ASSIGN_OR_RETURN(const v1::ListAttachmentsResponse named, ListAttachments(call, all));
  std::optional<std::pair<AttachmentRow, const v1::AttachmentView*>> best;
  std::string sha256;
  for (const v1::AttachmentView& view : named.attachments()) {
    if (request.sha256().size() < kPrefixDigits) break;
    if (!absl::StartsWith(view.sha256(), request.sha256())) continue;
    if (!sha256.empty() && sha256 != view.sha256()) return NoSuchAttachment(/*several=*/true);
    sha256 = view.sha256();
    const Digest attachment = *Digest::FromHex(view.attachment_id(), "attachment_id");
    auto row = rooms_->options.store->ReadAttachment(id, attachment);
    if (!row.ok() && !absl::IsNotFound(row.status())) return row.status();
    if (!row.ok()) continue;
    // Of several that claim this SHA-256 one whose bytes have it, else one that may still come.
    const bool better = !best || row->holding == AttachmentHolding::kHeld ||
                        (best->first.holding == AttachmentHolding::kFalse);
    if (better && !(best && best->first.holding == AttachmentHolding::kHeld)) {
      best = std::pair(*std::move(row), &view);
    }
  }
  if (!best) return NoSuchAttachment(/*several=*/false);
  if (best->first.holding != AttachmentHolding::kHeld) return NotHere(best->first);
  return std::unique_ptr<AttachmentReader>(
      std::make_unique<Reader>(*rooms_->options.store, std::move(best->first), *best->second));
}

absl::StatusOr<sync::MissingChunk> Replica::FindUpload(const UserCall& call,
                                                       const std::string& convention_id,
                                                       const std::string& attachment_id) const {
  if (!call.Has(v1::ROLE_COORDINATOR) && !call.Has(v1::ROLE_SECRETARIAT) &&
      !call.Has(v1::ROLE_SIGNATORY)) {
    return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                     .rule = "role",
                     .fr = "il faut le rôle coordination, secrétariat ou signataire pour joindre "
                           "un fichier.",
                     .en = "attaching a file needs the role coordinator, secretariat or "
                           "signatory."});
  }
  sync::MissingChunk upload;
  ASSIGN_OR_RETURN(upload.convention, rooms_->Find(call, convention_id));
  const auto attachment = Digest::FromHex(attachment_id, "attachment_id");
  if (!attachment.ok()) return NoSuchAttachment(/*several=*/false);
  upload.attachment = *attachment;
  return upload;
}

void Replica::SubmitChunk(const std::optional<ReplicaId>& peer, const sync::MissingChunk& chunk,
                          std::string bytes,
                          std::function<void(absl::StatusOr<ChunkOutcome>)> done) {
  rooms_->sequencer->Queue(
      ChunkWork(rooms_->sequencer.get(), peer, chunk, std::move(bytes), std::move(done)));
}

}  // namespace greffe
