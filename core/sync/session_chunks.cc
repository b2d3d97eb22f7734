// Chunks of attachments: asked for after the events that name them, one by one.

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/sync/session_impl.h"

namespace greffe::sync {
namespace {

// The two ids of a frame about attachments; absent when one has another length.
template <typename Frame>
std::optional<std::pair<ConventionId, Digest>> AttachmentOf(const Frame& frame) {
  const auto convention = ConventionId::FromBytes(frame.convention_id(), "convention_id");
  const auto attachment = Digest::FromBytes(frame.attachment(), "attachment");
  if (!convention.ok() || !attachment.ok()) return std::nullopt;
  return std::pair(*convention, *attachment);
}

}  // namespace

void Session::Impl::OnChunkRequest(const v1::ChunkRequest& request) {
  const auto named = AttachmentOf(request);
  if (!named) return Close(absl::StatusCode::kInvalidArgument, "chunk_request: bad lengths");
  v1::Frame frame;
  v1::ChunkReply& reply = *frame.mutable_chunk_reply();
  reply.set_convention_id(request.convention_id());
  reply.set_attachment(request.attachment());
  reply.set_index(request.index());
  // Of a convention that the peer may not see, of one that is not held and of a chunk that is not:
  // the same answer.
  if (view_.MayShare(named->first, peer_)) {
    absl::StatusOr<std::string> chunk =
        view_.ReadChunk(named->first, named->second, request.index());
    if (chunk.ok() && chunk->size() <= limits::kChunkBytes) {
      reply.set_chunk(*std::move(chunk));
      ++counts_.chunks_sent;
    }
  }
  Send(std::move(frame));
}

void Session::Impl::OnChunkReply(const v1::ChunkReply& reply) {
  const auto named = AttachmentOf(reply);
  if (!named || reply.chunk().size() > limits::kChunkBytes) {
    return Close(absl::StatusCode::kInvalidArgument, "chunk_reply: bad lengths");
  }
  const MissingChunk chunk{named->first, named->second, reply.index()};
  const auto asked = chunks_asked_.find(chunk);
  // Never asked, or repeated on the way.
  if (asked == chunks_asked_.end() || !asked->second) return;
  if (reply.chunk().empty()) {
    chunks_asked_.erase(asked);
    if (chunks_absent_.size() < kAbsentMax) chunks_absent_.insert(*named);
    chunks_due_ = true;
    return;
  }
  asked->second.reset();
  ++counts_.chunks_received;
  active_ms_ = now_ms_;
  step_.chunks.push_back({.chunk = chunk, .bytes = reply.chunk()});
}

Step Session::Impl::OnChunkStored(const StoredChunk& stored, std::int64_t now_ms) {
  now_ms_ = now_ms;
  if (closed_ || chunks_asked_.erase(stored.chunk) == 0) return {};
  chunks_due_ = true;
  if (!stored.stored) {
    if (chunks_absent_.size() < kAbsentMax) {
      chunks_absent_.insert({stored.chunk.convention, stored.chunk.attachment});
    }
    if (stored.wrong && ++counts_.chunks_refused_here > kBadChunksMax) {
      Close(absl::StatusCode::kInvalidArgument,
            absl::StrCat("bad-chunks: ", counts_.chunks_refused_here,
                         " chunks were not those named"));
    }
  }
  return Finish();
}

Step Session::Impl::OnAttachmentHeld(const ConventionId& convention, const Digest& attachment,
                                     std::int64_t now_ms) {
  if (closed_ || !peer_hello_) return {};
  now_ms_ = now_ms;
  if (peer_hello_->attachments() && view_.MayShare(convention, peer_)) {
    v1::Frame frame;
    frame.mutable_attachment_offer()->set_convention_id(convention.ToBytes());
    frame.mutable_attachment_offer()->set_attachment(attachment.ToBytes());
    Send(std::move(frame));
  }
  return Finish();
}

void Session::Impl::OnAttachmentOffer(const v1::AttachmentOffer& offer) {
  const auto named = AttachmentOf(offer);
  if (!named) return Close(absl::StatusCode::kInvalidArgument, "attachment_offer: bad lengths");
  chunks_absent_.erase(*named);
  chunks_due_ = true;
}

void Session::Impl::AskChunks() {
  if (!chunks_due_ || !peer_hello_->attachments()) return;
  if (chunks_asked_.size() >= kChunksInFlight) return;
  const std::size_t room = kChunksInFlight - chunks_asked_.size();
  const std::vector<MissingChunk> missing =
      view_.MissingChunks(peer_, room, [this](const MissingChunk& chunk) {
        return chunks_asked_.count(chunk) > 0 ||
               chunks_absent_.count({chunk.convention, chunk.attachment}) > 0;
      });
  // Nothing more until something changes.
  chunks_due_ = missing.size() == room;
  for (const MissingChunk& chunk : missing) {
    v1::Frame frame;
    v1::ChunkRequest& request = *frame.mutable_chunk_request();
    request.set_convention_id(chunk.convention.ToBytes());
    request.set_attachment(chunk.attachment.ToBytes());
    request.set_index(chunk.index);
    chunks_asked_[chunk] = now_ms_;
    Send(std::move(frame));
  }
}

}  // namespace greffe::sync
