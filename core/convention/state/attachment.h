#ifndef GREFFE_CORE_CONVENTION_STATE_ATTACHMENT_H_
#define GREFFE_CORE_CONVENTION_STATE_ATTACHMENT_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "core/base/digest.h"
#include "greffe/v1/attachment.pb.h"

namespace greffe {

// Chunks of an attachment of `size` bytes: of limits::kChunkBytes each, the last one of the rest.
std::uint32_t ChunkCount(std::uint64_t size);
// Bytes of chunk `index` < ChunkCount(size).
std::size_t ChunkSize(std::uint64_t size, std::uint32_t index);

// What names an attachment's bytes within a convention:
// SHA-256("greffe/v1/attachment" | sha256 | size, 8 bytes | chunk digests). Its SHA-256 alone would
// let whoever names it with wrong chunk digests stand in the way of the right ones.
Digest AttachmentIdOf(const v1::Attachment& attachment);

// True when digests and size fit each other and the limits. Says nothing of label and media type.
bool AttachmentFits(const v1::Attachment& attachment);
// SHA-256 that chunk `index` must have. The attachment fits, and has that chunk.
Digest ChunkDigest(const v1::Attachment& attachment, std::uint32_t index);

// `type/subtype` in the characters of RFC 6838 section 4.2, lower case.
bool IsMediaType(absl::string_view text);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_ATTACHMENT_H_
