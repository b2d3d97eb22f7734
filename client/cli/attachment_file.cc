#include "client/cli/attachment_file.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/cli/files.h"
#include "client/cli/format.h"
#include "client/status.h"
#include "core/base/digest.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/state/attachment.h"

namespace greffe::cli {
namespace {

constexpr std::chrono::minutes kUploadTime{10};

struct RoleEntry {
  const char* word;
  v1::AttachmentRole role;
  const char* label;
};

constexpr RoleEntry kAttachmentRoles[] = {
    {"original", v1::ATTACHMENT_ROLE_ORIGINAL, "document d'origine"},
    {"signed", v1::ATTACHMENT_ROLE_SIGNED_COPY, "exemplaire signé"},
    {"evidence", v1::ATTACHMENT_ROLE_EVIDENCE, "pièce justificative"},
    {"minutes", v1::ATTACHMENT_ROLE_MINUTES, "compte rendu"},
    {"other", v1::ATTACHMENT_ROLE_OTHER, "pièce jointe"},
};

struct Ending {
  const char* ending;
  const char* media_type;
};

constexpr Ending kEndings[] = {
    {".pdf", "application/pdf"},
    {".txt", "text/plain"},
    {".md", "text/markdown"},
    {".html", "text/html"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".tif", "image/tiff"},
    {".tiff", "image/tiff"},
    {".xml", "application/xml"},
    {".p7s", "application/pkcs7-signature"},
    {".odt", "application/vnd.oasis.opendocument.text"},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
};

std::string MediaTypeOf(const std::string& path) {
  const std::string ending =
      absl::AsciiStrToLower(std::filesystem::path(path).extension().string());
  for (const Ending& one : kEndings) {
    if (ending == one.ending) return one.media_type;
  }
  return "application/octet-stream";
}

absl::Status BadSize(absl::string_view option, const std::string& path, std::uint64_t size) {
  constexpr Message kEmpty = {"« $0 » est vide.", "“$0” is empty."};
  constexpr Message kLarge = {"« $0 » fait $1 octets ; une pièce jointe en a au plus $2.",
                              "“$0” has $1 bytes; an attachment has at most $2."};
  const Message& text = size == 0 ? kEmpty : kLarge;
  return UsageError({.rule = "limit-attachment",
                     .field = std::string(option),
                     .fr = Fill(Lang::kFrench, text, path, size, limits::kAttachmentBytes),
                     .en = Fill(Lang::kEnglish, text, path, size, limits::kAttachmentBytes)});
}

// Reads up to a chunk; shorter at the end of the file.
std::string ReadChunk(std::ifstream& in) {
  std::string chunk(limits::kChunkBytes, '\0');
  in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
  chunk.resize(static_cast<std::size_t>(in.gcount()));
  return chunk;
}

// What is held of the attachment, or absent when the convention does not name it.
absl::StatusOr<std::optional<v1::AttachmentHere>> FindHere(Client& client,
                                                           const std::string& convention,
                                                           const std::string& attachment_id) {
  v1::ListAttachmentsRequest request;
  request.set_convention_id(convention);
  ASSIGN_OR_RETURN(const v1::ListAttachmentsResponse all, client.ListAttachments(request));
  for (const v1::AttachmentHere& here : all.here()) {
    if (here.attachment_id() == attachment_id) return std::optional<v1::AttachmentHere>(here);
  }
  return std::optional<v1::AttachmentHere>();
}

bool IsHeld(const v1::AttachmentHere& here, std::uint32_t index) {
  const std::string& bits = here.held();
  return index / 8 < bits.size() &&
         ((static_cast<unsigned char>(bits[index / 8]) >> (index % 8)) & 1) != 0;
}

absl::Status Upload(Context& context, Client& client, const std::string& convention,
                    const v1::AttachmentHere& here, const std::string& path) {
  if (here.chunks_held() == here.chunks()) return absl::OkStatus();
  std::ifstream in(path, std::ios::binary);
  if (!in) return CannotRead("FILE", path, errno);
  ASSIGN_OR_RETURN(const auto timeout, context.Timeout(kUploadTime));
  std::uint32_t index = 0;
  const Progress progress(context, {"Envoi du fichier", "Sending the file"});
  const auto sent = client.UploadAttachment(
      timeout, [&]() -> absl::StatusOr<std::optional<v1::UploadAttachmentRequest>> {
        std::string chunk;
        while (index < here.chunks()) {
          chunk = ReadChunk(in);
          if (!IsHeld(here, index)) break;
          ++index;
        }
        if (index >= here.chunks()) return std::optional<v1::UploadAttachmentRequest>();
        v1::UploadAttachmentRequest piece;
        piece.set_convention_id(convention);
        piece.set_attachment_id(here.attachment_id());
        piece.set_index(index++);
        piece.set_chunk(std::move(chunk));
        return std::optional<v1::UploadAttachmentRequest>(std::move(piece));
      });
  return sent.status();
}

}  // namespace

absl::StatusOr<v1::Attachment> DescribeFile(const std::string& path, absl::string_view option,
                                            const std::string& media_type) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return CannotRead(option, path, EISDIR);
  std::ifstream in(path, std::ios::binary);
  if (!in) return CannotRead(option, path, errno);
  v1::Attachment out;
  Sha256Stream whole;
  std::uint64_t size = 0;
  while (in) {
    const std::string chunk = ReadChunk(in);
    if (chunk.empty()) break;
    size += chunk.size();
    // Before memory is taken for more digests than an event may hold.
    if (size > limits::kAttachmentBytes) {
      const std::uint64_t all = std::filesystem::file_size(path, ignored);
      return BadSize(option, path, ignored ? size : all);
    }
    whole.Update(chunk);
    out.mutable_chunk_digests()->append(Sha256({chunk}).ToBytes());
  }
  if (in.bad()) return CannotRead(option, path, EIO);
  if (size == 0) return BadSize(option, path, size);
  out.set_size(size);
  out.set_sha256(whole.Finish().ToBytes());
  out.set_media_type(media_type.empty() ? MediaTypeOf(path) : media_type);
  return out;
}

absl::StatusOr<v1::AttachmentRole> ParseAttachmentRole(absl::string_view word) {
  std::string choices;
  for (const RoleEntry& one : kAttachmentRoles) {
    if (word == one.word) return one.role;
    absl::StrAppend(&choices, choices.empty() ? "" : ", ", one.word);
  }
  return UsageError({.field = "--role",
                     .fr = Fill(Lang::kFrench, msg::kBadChoice, std::string(word), choices),
                     .en = Fill(Lang::kEnglish, msg::kBadChoice, std::string(word), choices)});
}

const char* AttachmentRoleWord(v1::AttachmentRole role) {
  for (const RoleEntry& one : kAttachmentRoles) {
    if (role == one.role) return one.word;
  }
  return "?";
}

const char* DefaultLabel(v1::AttachmentRole role) {
  for (const RoleEntry& one : kAttachmentRoles) {
    if (role == one.role) return one.label;
  }
  return "pièce jointe";
}

absl::StatusOr<v1::AddAttachmentResponse> AttachFile(Context& context, Client& client,
                                                     const std::string& convention,
                                                     const v1::Attachment& attachment,
                                                     const std::string& path,
                                                     const std::string& request_id) {
  v1::AddAttachmentResponse added;
  added.set_attachment_id(AttachmentIdOf(attachment).ToHex());
  ASSIGN_OR_RETURN(auto here, FindHere(client, convention, added.attachment_id()));
  if (!here) {
    v1::AddAttachmentRequest request;
    request.set_request_id(request_id);
    request.set_convention_id(convention);
    *request.mutable_attachment() = attachment;
    ASSIGN_OR_RETURN(added, client.AddAttachment(request));
    here.emplace();
    here->set_attachment_id(added.attachment_id());
    here->set_chunks(ChunkCount(attachment.size()));
  }
  RETURN_IF_ERROR(Upload(context, client, convention, *here, path));
  return added;
}

}  // namespace greffe::cli
