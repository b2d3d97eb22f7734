// Naming an attachment. Its bytes follow apart.

#include <set>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/decide.h"
#include "core/convention/decide_common.h"
#include "core/convention/state/attachment.h"

namespace greffe {
namespace {

absl::Status CheckForm(const v1::Attachment& named) {
  if (named.size() == 0) {
    return FieldError("required", "attachment.size", "le fichier est vide.", "the file is empty.");
  }
  if (named.size() > limits::kAttachmentBytes) {
    return FieldError("limit-attachment", "attachment.size",
                      absl::StrCat("le fichier fait ", named.size(), " octets, ",
                                   limits::kAttachmentBytes, " au plus."),
                      absl::StrCat("the file has ", named.size(), " bytes, at most ",
                                   limits::kAttachmentBytes, "."));
  }
  if (!AttachmentFits(named)) {
    return FieldError("digest", "attachment.chunk_digests",
                      absl::StrCat("attendu une empreinte SHA-256 de 32 octets, et une par morceau "
                                   "de ",
                                   limits::kChunkBytes, " octets."),
                      absl::StrCat("want a SHA-256 digest of 32 bytes, and one for each chunk of ",
                                   limits::kChunkBytes, " bytes."));
  }
  if (!IsMediaType(named.media_type())) {
    return FieldError(
        "media-type", "attachment.media_type",
        absl::StrCat("attendu un type comme application/pdf, en minuscules, de ",
                     limits::kMediaTypeCharacters, " caractères au plus."),
        absl::StrCat("want a type such as application/pdf, in lower case, of at most ",
                     limits::kMediaTypeCharacters, " characters."));
  }
  if (named.role() == v1::ATTACHMENT_ROLE_UNSPECIFIED ||
      !v1::AttachmentRole_IsValid(named.role())) {
    return FieldError("enum", "attachment.role", "dites ce qu'est la pièce jointe.",
                      "say what the attachment is.");
  }
  return absl::OkStatus();
}

absl::Status CheckTotals(const StateData& data, const Digest& id, std::uint64_t size) {
  std::set<Digest> ids{id};
  std::uint64_t bytes = size;
  for (const AttachmentFact& one : data.attachments) {
    if (ids.insert(one.id).second) bytes += one.size;
  }
  if (ids.size() <= limits::kAttachments && bytes <= limits::kAttachmentsBytes) {
    return absl::OkStatus();
  }
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "limit-attachments",
                   .fr = absl::StrCat("une convention garde au plus ", limits::kAttachments,
                                      " pièces et ", limits::kAttachmentsBytes,
                                      " octets ; avec celle-ci : ", ids.size(), " et ", bytes, "."),
                   .en = absl::StrCat("a convention keeps at most ", limits::kAttachments,
                                      " attachments and ", limits::kAttachmentsBytes,
                                      " bytes; with this one: ", ids.size(), " and ", bytes, "."),
                   .next_fr = "Joignez un fichier plus petit, ou gardez celui-ci ailleurs.",
                   .next_en = "Attach a smaller file, or keep this one elsewhere."});
}

}  // namespace

absl::StatusOr<Decision> Decide(const ConventionState& state,
                                const v1::AddAttachmentRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(
      RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT, v1::ROLE_SIGNATORY}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  const v1::Attachment& given = request.attachment();
  RETURN_IF_ERROR(CheckForm(given));
  ASSIGN_OR_RETURN(const std::string label,
                   CheckedText(given.label(), {.field = "attachment.label",
                                               .characters_max = limits::kOfficeCharacters,
                                               .required = true}));
  if (label.find_first_of("\n\t") != std::string::npos) {
    return FieldError("one-line", "attachment.label", "ce texte doit tenir sur une ligne.",
                      "this text must be a single line.");
  }
  const Digest id = AttachmentIdOf(given);
  for (const AttachmentFact& one : data.attachments) {
    if (one.id != id) continue;
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "attachment-known",
         .fr = absl::StrCat("ce fichier est déjà joint, sous le libellé « ", one.label, " »."),
         .en = absl::StrCat("this file is already attached, as \"", one.label, "\"."),
         .next_fr = "La liste : greffe attachment list.",
         .next_en = "The list: greffe attachment list."});
  }
  RETURN_IF_ERROR(CheckTotals(data, id, given.size()));

  Decision decision;
  v1::Attachment* named =
      decision.events.emplace_back().mutable_attachment_named()->mutable_attachment();
  named->set_sha256(given.sha256());
  named->set_size(given.size());
  named->set_label(label);
  named->set_media_type(given.media_type());
  named->set_role(given.role());
  named->set_chunk_digests(given.chunk_digests());
  return decision;
}

void FillAnswer(const ConventionState& after, const v1::AddAttachmentRequest&,
                std::span<const Digest> leaves, v1::AddAttachmentResponse* response) {
  if (leaves.empty()) return;
  const auto named = after.AttachmentNamedBy(leaves.front());
  if (named) response->set_attachment_id(named->id.ToHex());
}

}  // namespace greffe
