#include "server/peers/link.h"

#include <utility>

namespace greffe {
namespace {

// Two windows of runs: a peer that asks and does not read is no longer listened to.
constexpr std::size_t kOutgoingBytesMax = 4 * 1024 * 1024;
// What a closing link may take to write its last frames.
constexpr std::int64_t kClosingMsMax = 5000;

}  // namespace

PeerLink::PeerLink(Options options)
    : options_(std::move(options)), session_(options_.replica->view(), options_.peer) {}

void PeerLink::Open(LinkTransport* transport) {
  absl::MutexLock lock(&mu_);
  transport_ = transport;
  inbox_.start = true;
  Schedule();
  Pump();
}

void PeerLink::OnRead(std::optional<v1::Frame> frame) {
  absl::MutexLock lock(&mu_);
  reading_ = false;
  if (frame.has_value()) {
    inbox_.frame = std::move(frame);
    Schedule();
    return;
  }
  read_ended_ = true;
  BeginClose(absl::UnavailableError("the peer ended the stream"));
  Pump();
}

void PeerLink::OnWritten(bool ok) {
  absl::MutexLock lock(&mu_);
  writing_ = false;
  if (!ok) {
    outgoing_.clear();
    outgoing_bytes_ = 0;
    BeginClose(absl::UnavailableError("the stream broke"));
  }
  Pump();
}

void PeerLink::OnEnded(const absl::Status& status) {
  absl::Status why = status;
  {
    absl::MutexLock lock(&mu_);
    transport_ = nullptr;
    ended_ = true;
    outgoing_.clear();
    outgoing_bytes_ = 0;
    // Why it was closed here says more than that the stream was cancelled.
    if (close_sent_ && closing_.has_value() && !left_first_) why = *closing_;
  }
  options_.pool->Put([self = shared_from_this(), why] { self->options_.on_ended(*self, why); });
}

void PeerLink::OnLocalChange(const ConventionId& convention) {
  absl::MutexLock lock(&mu_);
  if (ended_) return;
  inbox_.changes.insert(convention);
  Schedule();
}

void PeerLink::OnAttachmentHeld(const ConventionId& convention, const Digest& attachment) {
  absl::MutexLock lock(&mu_);
  if (ended_) return;
  inbox_.held.insert({convention, attachment});
  Schedule();
}

void PeerLink::OnChunkStored(const sync::StoredChunk& stored) {
  absl::MutexLock lock(&mu_);
  if (ended_) return;
  inbox_.chunks.push_back(stored);
  Schedule();
}

void PeerLink::Tick() {
  absl::MutexLock lock(&mu_);
  if (ended_) return;
  if (closing_.has_value() && transport_ != nullptr &&
      options_.now_ms() - closing_since_ms_ > kClosingMsMax) {
    transport_->Abort();
    return;
  }
  inbox_.tick = true;
  Schedule();
}

void PeerLink::Close(const absl::Status& status) {
  absl::MutexLock lock(&mu_);
  outgoing_.clear();
  outgoing_bytes_ = 0;
  BeginClose(status);
  Pump();
}

void PeerLink::BeginClose(const absl::Status& status) {
  if (closing_.has_value()) return;
  closing_ = status;
  closing_since_ms_ = options_.now_ms();
}

void PeerLink::OnStored(sync::StoredRun stored) {
  absl::MutexLock lock(&mu_);
  if (ended_) return;
  inbox_.stored.push_back(std::move(stored));
  Schedule();
}

sync::SessionProgress PeerLink::progress() const {
  absl::MutexLock lock(&mu_);
  return progress_;
}

std::optional<v1::Hello> PeerLink::hello() const {
  absl::MutexLock lock(&mu_);
  return hello_;
}

bool PeerLink::settled() const {
  absl::MutexLock lock(&mu_);
  return inbox_.empty() && !working_ && outgoing_.empty();
}

void PeerLink::Schedule() {
  if (working_) return;
  working_ = true;
  options_.pool->Put([self = shared_from_this()] { self->Work(); });
}

void PeerLink::Work() {
  while (true) {
    Inbox inbox;
    {
      absl::MutexLock lock(&mu_);
      if (inbox_.empty() || ended_) {
        working_ = false;
        return;
      }
      std::swap(inbox, inbox_);
      Pump();
    }
    Drive(std::move(inbox));
  }
}

void PeerLink::Drive(Inbox inbox) {
  if (inbox.start) Take(session_.Start(options_.now_ms()));
  const bool met = session_.peer_hello().has_value();
  if (inbox.frame.has_value()) Take(session_.OnFrame(*inbox.frame, options_.now_ms()));
  if (!met && session_.peer_hello().has_value()) AskWanted();
  for (const sync::StoredRun& stored : inbox.stored) {
    Take(session_.OnStored(stored, options_.now_ms()));
  }
  for (const sync::StoredChunk& stored : inbox.chunks) {
    Take(session_.OnChunkStored(stored, options_.now_ms()));
  }
  for (const auto& [convention, attachment] : inbox.held) {
    Take(session_.OnAttachmentHeld(convention, attachment, options_.now_ms()));
  }
  for (const ConventionId& convention : inbox.changes) {
    Take(session_.OnLocalChange(convention, options_.now_ms()));
  }
  if (inbox.tick) Take(session_.Tick(options_.now_ms()));
  options_.on_progress(*this);
}

void PeerLink::AskWanted() {
  for (const auto& [convention, commitments] : options_.replica->Wanted(options_.peer)) {
    Take(session_.Want(convention, commitments, options_.now_ms()));
  }
}

void PeerLink::Take(sync::Step step) {
  {
    absl::MutexLock lock(&mu_);
    progress_ = session_.progress();
    hello_ = session_.peer_hello();
    if (!closing_.has_value()) {
      for (v1::Frame& frame : step.send) {
        outgoing_bytes_ += frame.ByteSizeLong();
        outgoing_.push_back(std::move(frame));
      }
      if (step.close.has_value()) BeginClose(*step.close);
    }
    Pump();
  }
  for (sync::IngestRun& run : step.ingest) {
    options_.replica->SubmitRun(
        options_.peer, std::move(run),
        [self = shared_from_this()](sync::StoredRun stored) { self->OnStored(std::move(stored)); });
  }
  for (sync::IngestChunk& chunk : step.chunks) {
    options_.replica->SubmitChunk(
        options_.peer, chunk.chunk, std::move(chunk.bytes),
        [self = shared_from_this(), named = chunk.chunk](absl::StatusOr<ChunkOutcome> outcome) {
          self->OnChunkStored({.chunk = named,
                               .stored = outcome.ok(),
                               .wrong = absl::IsInvalidArgument(outcome.status())});
        });
  }
  for (v1::SealedReply& reply : step.sealed) {
    // A value that could not be stored stays wanted: AskWanted asks at the next meeting.
    options_.replica->SubmitSealed(options_.peer, std::move(reply), [](absl::Status) {});
  }
}

void PeerLink::Pump() {
  if (transport_ == nullptr || close_sent_) return;
  if (!writing_ && !outgoing_.empty()) {
    v1::Frame frame = std::move(outgoing_.front());
    outgoing_.pop_front();
    outgoing_bytes_ -= frame.ByteSizeLong();
    writing_ = true;
    transport_->Write(std::move(frame));
  }
  if (closing_.has_value() && !writing_) {
    close_sent_ = true;
    // A read under way ends with the stream: that is no word of the peer's.
    left_first_ = read_ended_;
    transport_->Close(*closing_);
    return;
  }
  const bool room = outgoing_bytes_ < kOutgoingBytesMax && !inbox_.frame.has_value();
  if (!closing_.has_value() && !reading_ && !read_ended_ && room) {
    reading_ = true;
    transport_->Read();
  }
}

}  // namespace greffe
