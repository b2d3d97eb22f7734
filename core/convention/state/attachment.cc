#include "core/convention/state/attachment.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "core/base/limits.h"

namespace greffe {

std::uint32_t ChunkCount(std::uint64_t size) {
  return static_cast<std::uint32_t>((size + limits::kChunkBytes - 1) / limits::kChunkBytes);
}

std::size_t ChunkSize(std::uint64_t size, std::uint32_t index) {
  const std::uint64_t before = std::uint64_t{index} * limits::kChunkBytes;
  return static_cast<std::size_t>(std::min<std::uint64_t>(limits::kChunkBytes, size - before));
}

Digest AttachmentIdOf(const v1::Attachment& attachment) {
  std::string size;
  for (int shift = 56; shift >= 0; shift -= 8) {
    size += static_cast<char>(attachment.size() >> shift);
  }
  return Sha256({"greffe/v1/attachment", attachment.sha256(), size, attachment.chunk_digests()});
}

bool AttachmentFits(const v1::Attachment& attachment) {
  if (attachment.sha256().size() != Digest::kSize) return false;
  if (attachment.size() == 0 || attachment.size() > limits::kAttachmentBytes) return false;
  return attachment.chunk_digests().size() ==
         std::size_t{ChunkCount(attachment.size())} * Digest::kSize;
}

Digest ChunkDigest(const v1::Attachment& attachment, std::uint32_t index) {
  const absl::string_view digests = attachment.chunk_digests();
  return *Digest::FromBytes(digests.substr(std::size_t{index} * Digest::kSize, Digest::kSize),
                            "chunk_digests");
}

bool IsMediaType(absl::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == absl::string_view::npos || slash == 0 || slash + 1 == text.size()) return false;
  if (text.size() > limits::kMediaTypeCharacters) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool mark = c == '!' || c == '#' || c == '$' || c == '&' || c == '-' || c == '^' ||
                      c == '_' || c == '.' || c == '+';
    const bool plain = absl::ascii_islower(static_cast<unsigned char>(c)) ||
                       absl::ascii_isdigit(static_cast<unsigned char>(c));
    if (i != slash && !plain && !mark) return false;
  }
  return true;
}

}  // namespace greffe
