#include "server/app/attachment_book.h"

#include <bitset>

#include "core/base/status_macros.h"
#include "core/convention/state/attachment.h"

namespace greffe {

bool HasChunk(const std::string& bits, std::uint32_t index) {
  const std::size_t byte = index / 8;
  return byte < bits.size() && ((static_cast<std::uint8_t>(bits[byte]) >> (index % 8)) & 1) != 0;
}

void SetChunk(std::string* bits, std::uint32_t index) {
  char& byte = (*bits)[index / 8];
  byte = static_cast<char>(static_cast<std::uint8_t>(byte) | (1u << (index % 8)));
}

std::uint32_t CountChunks(const std::string& bits) {
  std::uint32_t count = 0;
  for (const char byte : bits) {
    count += static_cast<std::uint32_t>(std::bitset<8>(static_cast<std::uint8_t>(byte)).count());
  }
  return count;
}

std::string NoChunks(std::uint64_t size) { return std::string((ChunkCount(size) + 7) / 8, '\0'); }

absl::StatusOr<std::unique_ptr<AttachmentBook>> AttachmentBook::Open(const EventStore& store) {
  auto book = std::make_unique<AttachmentBook>();
  ASSIGN_OR_RETURN(const std::vector<AttachmentRow> rows, store.ReadAttachments(std::nullopt));
  book->Publish(rows);
  return book;
}

void AttachmentBook::Publish(const std::vector<AttachmentRow>& rows) {
  absl::MutexLock lock(&mu_);
  for (const AttachmentRow& row : rows) {
    const auto key = std::pair(row.convention, row.attachment);
    if (row.holding == AttachmentHolding::kMissing) {
      open_[key] = {ChunkCount(row.size), row.chunks};
    } else {
      open_.erase(key);
    }
  }
}

std::vector<sync::MissingChunk> AttachmentBook::Missing(
    const ReplicaId& peer, std::size_t count_max,
    const std::function<bool(const ConventionId&)>& may_share,
    const std::function<bool(const sync::MissingChunk&)>& skip) const {
  std::vector<sync::MissingChunk> out;
  absl::MutexLock lock(&mu_);
  for (const auto& [key, entry] : open_) {
    if (out.size() == count_max) break;
    if (!may_share(key.first)) continue;
    const std::uint32_t start = peer.bytes[0] * entry.chunks / 256;
    for (std::uint32_t i = 0; i < entry.chunks && out.size() < count_max; ++i) {
      const sync::MissingChunk chunk{key.first, key.second, (start + i) % entry.chunks};
      if (HasChunk(entry.held, chunk.index) || skip(chunk)) continue;
      out.push_back(chunk);
    }
  }
  return out;
}

std::size_t AttachmentBook::CountOpen(const ConventionId& convention) const {
  absl::MutexLock lock(&mu_);
  std::size_t count = 0;
  for (auto at = open_.lower_bound({convention, Digest()});
       at != open_.end() && at->first.first == convention; ++at) {
    ++count;
  }
  return count;
}

}  // namespace greffe
