#include "server/app/chunk_work.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/convention/state/attachment.h"
#include "server/app/attachment_book.h"
#include "server/app/refusals.h"
#include "server/app/replica.h"

namespace greffe {
namespace {

absl::Status NotTheChunk(std::uint32_t index) {
  return ToStatus(
      {.code = absl::StatusCode::kInvalidArgument,
       .rule = "chunk",
       .field = "chunk",
       .fr = absl::StrCat("Le morceau ", index, " n'est pas celui que l'événement nomme."),
       .en = absl::StrCat("Chunk ", index, " is not the one that the event names."),
       .next_fr = "Le fichier a changé depuis qu'il a été joint : joignez-le à nouveau.",
       .next_en = "The file has changed since it was attached: attach it again."});
}

class Chunk final : public Work {
 public:
  Chunk(Sequencer* sequencer, const std::optional<ReplicaId>& peer, const sync::MissingChunk& chunk,
        std::string bytes, std::function<void(absl::StatusOr<ChunkOutcome>)> done)
      : sequencer_(sequencer),
        peer_(peer),
        chunk_(chunk),
        size_(bytes.size()),
        bytes_(std::move(bytes)),
        done_(std::move(done)) {}

  std::size_t bytes() const override { return size_; }

  void Run(Batch& batch) override { outcome_ = TryRun(batch); }

  void Done(const absl::Status& commit) override {
    if (!commit.ok()) return done_(commit);
    const bool complete = outcome_.ok() && outcome_->complete && outcome_->written;
    done_(std::move(outcome_));
    if (!complete) return;
    Published published;
    published.convention = chunk_.convention;
    published.attachment_held = chunk_.attachment;
    sequencer_->Announce(published);
  }

 private:
  absl::StatusOr<ChunkOutcome> TryRun(Batch& batch) {
    if (peer_ && !sequencer_->hosts().MayShare(chunk_.convention, *peer_)) {
      return NoSuchConvention();
    }
    ASSIGN_OR_RETURN(AttachmentRow row, ReadRow(batch));
    if (row.holding != AttachmentHolding::kMissing || HasChunk(row.chunks, chunk_.index)) {
      return ChunkOutcome{false, row.holding == AttachmentHolding::kHeld};
    }
    ASSIGN_OR_RETURN(const std::string named, batch.store().ReadEvent(row.named_at));
    v1::Event event;
    event.ParseFromString(named);
    const v1::Attachment& attachment = event.attachment_named().attachment();
    if (!AttachmentFits(attachment) || AttachmentIdOf(attachment) != row.attachment) {
      return absl::DataLossError("the event that names an attachment is not the one applied");
    }
    if (chunk_.index >= ChunkCount(row.size) ||
        bytes_.size() != ChunkSize(row.size, chunk_.index) ||
        Sha256({bytes_}) != ChunkDigest(attachment, chunk_.index)) {
      return NotTheChunk(chunk_.index);
    }
    SetChunk(&row.chunks, chunk_.index);
    if (CountChunks(row.chunks) == ChunkCount(row.size)) {
      ASSIGN_OR_RETURN(const Digest whole, HashWhole(batch, row));
      row.holding = whole == row.sha256 ? AttachmentHolding::kHeld : AttachmentHolding::kFalse;
    }
    ChunkOutcome outcome{true, row.holding == AttachmentHolding::kHeld};
    batch.writes().chunks.push_back(
        ChunkRow{chunk_.convention, chunk_.attachment, chunk_.index, std::move(bytes_)});
    batch.writes().attachments.push_back(std::move(row));
    return outcome;
  }

  // As this batch leaves it so far.
  absl::StatusOr<AttachmentRow> ReadRow(Batch& batch) const {
    const std::vector<AttachmentRow>& written = batch.writes().attachments;
    for (auto row = written.rbegin(); row != written.rend(); ++row) {
      if (row->convention == chunk_.convention && row->attachment == chunk_.attachment) return *row;
    }
    auto row = batch.store().ReadAttachment(chunk_.convention, chunk_.attachment);
    if (absl::IsNotFound(row.status())) return NoSuchConvention();
    return row;
  }

  absl::StatusOr<Digest> HashWhole(Batch& batch, const AttachmentRow& row) const {
    Sha256Stream hash;
    for (std::uint32_t i = 0; i < ChunkCount(row.size); ++i) {
      if (i == chunk_.index) {
        hash.Update(bytes_);
        continue;
      }
      const std::string* fresh = nullptr;
      for (const ChunkRow& one : batch.writes().chunks) {
        if (one.convention == row.convention && one.attachment == row.attachment &&
            one.index == i) {
          fresh = &one.bytes;
        }
      }
      if (fresh != nullptr) {
        hash.Update(*fresh);
        continue;
      }
      ASSIGN_OR_RETURN(const std::string stored,
                       batch.store().ReadChunk(row.convention, row.attachment, i));
      hash.Update(stored);
    }
    return hash.Finish();
  }

  Sequencer* const sequencer_;
  const std::optional<ReplicaId> peer_;
  const sync::MissingChunk chunk_;
  const std::size_t size_;
  std::string bytes_;
  const std::function<void(absl::StatusOr<ChunkOutcome>)> done_;
  absl::StatusOr<ChunkOutcome> outcome_ = ChunkOutcome();
};

}  // namespace

std::unique_ptr<Work> ChunkWork(Sequencer* sequencer, const std::optional<ReplicaId>& peer,
                                const sync::MissingChunk& chunk, std::string bytes,
                                std::function<void(absl::StatusOr<ChunkOutcome>)> done) {
  return std::make_unique<Chunk>(sequencer, peer, chunk, std::move(bytes), std::move(done));
}

}  // namespace greffe
