#include "core/sync/session.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/sync/session_impl.h"

namespace greffe::sync {
namespace {

constexpr std::uint32_t kProtocolVersion = 1;
// While something is due, any frame shows that the peer lives; but not for ever.
constexpr std::int64_t kStallsWhileHeard = 10;

// Lengths that people typed at the other end, checked before anything is kept.
bool SaneIntroduction(const v1::Hello& hello) {
  if (hello.name().size() > 4 * limits::kOfficeCharacters) return false;
  if (hello.partners_size() > static_cast<int>(limits::kPartnersPerReplica)) return false;
  return std::all_of(hello.partners().begin(), hello.partners().end(), [](const auto& partner) {
    return partner.partner_id().size() <= limits::kIdCharacters &&
           partner.name().size() <= 4 * limits::kTitleCharacters && partner.siren().size() <= 64 &&
           partner.insee().size() <= 64;
  });
}

}  // namespace

Session::Session(const ReplicaView& view, const ReplicaId& peer, SessionOptions options)
    : impl_(std::make_unique<Impl>(view, peer, options)) {}
Session::~Session() = default;
Step Session::Start(std::int64_t now_ms) { return impl_->Start(now_ms); }
Step Session::OnFrame(const v1::Frame& frame, std::int64_t now_ms) {
  return impl_->OnFrame(frame, now_ms);
}
Step Session::OnStored(const StoredRun& stored, std::int64_t now_ms) {
  return impl_->OnStored(stored, now_ms);
}
Step Session::OnLocalChange(const ConventionId& convention, std::int64_t now_ms) {
  return impl_->OnLocalChange(convention, now_ms);
}
Step Session::Want(const ConventionId& convention, std::span<const Digest> commitments,
                   std::int64_t now_ms) {
  return impl_->Want(convention, commitments, now_ms);
}
Step Session::Tick(std::int64_t now_ms) { return impl_->Tick(now_ms); }
Step Session::OnChunkStored(const StoredChunk& stored, std::int64_t now_ms) {
  return impl_->OnChunkStored(stored, now_ms);
}
Step Session::OnAttachmentHeld(const ConventionId& convention, const Digest& attachment,
                               std::int64_t now_ms) {
  return impl_->OnAttachmentHeld(convention, attachment, now_ms);
}
const ReplicaId& Session::peer() const { return impl_->peer(); }
const std::optional<v1::Hello>& Session::peer_hello() const { return impl_->peer_hello(); }
SessionProgress Session::progress() const { return impl_->progress(); }

Session::Impl::Impl(const ReplicaView& view, const ReplicaId& peer, SessionOptions options)
    : view_(view),
      peer_(peer),
      options_(options),
      self_(view.id()),
      asker_(self_ < peer_),
      compare_wait_ms_(options.compare_again_ms) {}

Step Session::Impl::Start(std::int64_t now_ms) {
  now_ms_ = started_ms_ = heard_ms_ = active_ms_ = root_sent_ms_ = now_ms;
  const std::vector<SharedConvention> shared = view_.Shared(peer_);
  root_ = root_sent_ = SharedRoot(shared);
  hello_count_ = shared.size();
  v1::Frame frame;
  v1::Hello& hello = *frame.mutable_hello();
  hello = view_.Introduce();
  hello.set_version(kProtocolVersion);
  hello.set_replica_id(self_.ToBytes());
  hello.set_root(root_.ToBytes());
  hello.set_conventions(hello_count_);
  hello.set_credit_bytes(options_.credit_bytes);
  hello.set_attachments(true);
  nonce_ = hello.nonce();
  Send(std::move(frame));
  return Finish();
}

Step Session::Impl::OnFrame(const v1::Frame& frame, std::int64_t now_ms) {
  if (closed_) return {};
  now_ms_ = heard_ms_ = now_ms;
  const std::size_t bytes = frame.ByteSizeLong();
  ++counts_.frames_received;
  counts_.bytes_received += bytes;
  if (bytes > limits::kFrameBytes) {
    Close(absl::StatusCode::kResourceExhausted,
          absl::StrCat("frame-size: got ", bytes, " bytes, want at most ", limits::kFrameBytes));
  } else if (!peer_hello_ && !frame.has_hello()) {
    Close(absl::StatusCode::kInvalidArgument, "hello: the first frame is another");
  } else if (frame.has_run()) {
    OnRun(frame.run(), bytes);
  } else {
    Dispatch(frame);
  }
  return Finish();
}

void Session::Impl::Dispatch(const v1::Frame& frame) {
  switch (frame.body_case()) {
    case v1::Frame::kHello:
      return OnHello(frame.hello());
    case v1::Frame::kBuckets:
      return OnBuckets(frame.buckets());
    case v1::Frame::kDigests:
      return OnDigests(frame.digests());
    case v1::Frame::kPoints:
      return OnPoints(frame.points());
    case v1::Frame::kAck:
      return OnAck(frame.ack());
    case v1::Frame::kNack:
      return OnNack(frame.nack());
    case v1::Frame::kRoot:
      return OnRoot(frame.root());
    case v1::Frame::kSealedRequest:
      return OnSealedRequest(frame.sealed_request());
    case v1::Frame::kSealedReply:
      return OnSealedReply(frame.sealed_reply());
    case v1::Frame::kChunkRequest:
      return OnChunkRequest(frame.chunk_request());
    case v1::Frame::kChunkReply:
      return OnChunkReply(frame.chunk_reply());
    case v1::Frame::kAttachmentOffer:
      return OnAttachmentOffer(frame.attachment_offer());
    default:
      return Close(absl::StatusCode::kInvalidArgument, "frame-kind: unknown or empty");
  }
}

void Session::Impl::OnHello(const v1::Hello& hello) {
  if (peer_hello_) return;  // Repeated on the way: nothing new.
  if (hello.version() != kProtocolVersion) {
    return Close(
        absl::StatusCode::kFailedPrecondition,
        absl::StrCat("hello: protocol version ", hello.version(), ", want ", kProtocolVersion));
  }
  if (hello.replica_id() != peer_.ToBytes()) {
    return Close(absl::StatusCode::kPermissionDenied, "hello: replica_id is not the peer's");
  }
  const auto root = Digest::FromBytes(hello.root(), "hello.root");
  if (!root.ok() || !SaneIntroduction(hello) || hello.credit_bytes() < limits::kFrameBytes) {
    return Close(absl::StatusCode::kInvalidArgument,
                 "hello: root, credit or a name is out of bounds");
  }
  if (hello.nonce().size() != kNonceBytes) {
    return Close(
        absl::StatusCode::kInvalidArgument,
        absl::StrCat("hello: nonce of ", hello.nonce().size(), " bytes, want ", kNonceBytes));
  }
  peer_hello_ = hello;
  peer_root_ = *root;
  salt_ = asker_ ? SaltOf(nonce_, hello.nonce()) : SaltOf(hello.nonce(), nonce_);
  window_bytes_ = static_cast<std::size_t>(
      std::min<std::uint64_t>(options_.credit_bytes, hello.credit_bytes()));
  // Both ends compare the roots of both Hellos, so both know which of them speaks next.
  if (peer_root_ == root_sent_) return;
  StartComparing(std::max(hello_count_, hello.conventions()) > kListedAtOnceMax);
}

Step Session::Impl::OnLocalChange(const ConventionId& convention, std::int64_t now_ms) {
  if (closed_) return {};
  now_ms_ = now_ms;
  root_stale_ = true;
  chunks_due_ = true;
  if (ask_on_change_.erase(convention) > 0) {
    QueueAsk(convention);
  } else if (talks_.count(convention) > 0) {
    pending_.insert(convention);
  } else if (view_.MayShare(convention, peer_)) {
    QueueAsk(convention);
  }
  return Finish();
}

Step Session::Impl::Tick(std::int64_t now_ms) {
  if (closed_) return {};
  now_ms_ = now_ms;
  CheckStall();
  if (closed_) return Finish();
  if (now_ms_ - chunks_forgotten_ms_ >= kAskChunksAgainMs) {
    chunks_forgotten_ms_ = now_ms_;
    chunks_absent_.clear();
    chunks_due_ = true;
  }
  if (peer_hello_ && AtRest()) TellRoot();
  return Finish();
}

// Once a second at most: a root costs a pass over all that is shared.
void Session::Impl::TellRoot() {
  RefreshRoot();
  const bool ping = now_ms_ - root_sent_ms_ >= options_.ping_ms;
  // Roots that stay different at rest: something was refused, or lost. Ever more rarely, look
  // again.
  const bool again = asker_ && root_ != peer_root_ && now_ms_ - active_ms_ >= compare_wait_ms_;
  if (root_ != root_sent_ || root_due_ || ping || again) SendRoot();
  if (!again) return;
  compare_wait_ms_ = std::min(2 * compare_wait_ms_, options_.ping_ms);
  active_ms_ = now_ms_;
  StartComparing(/*groups_first=*/true);
}

void Session::Impl::CheckStall() {
  std::optional<std::int64_t> due;
  const auto note = [&due](std::int64_t since) { due = due ? std::min(*due, since) : since; };
  if (!peer_hello_) note(started_ms_);
  if (list_due_since_ms_) note(*list_due_since_ms_);
  if (!unacked_.empty()) note(unacked_.front().since_ms);
  for (const auto& [convention, since] : asked_) note(since);
  for (const auto& [chunk, since] : chunks_asked_) {
    if (since) note(*since);
  }
  const std::int64_t silent_ms = now_ms_ - heard_ms_;
  if (due && now_ms_ - *due >= options_.stall_ms &&
      (silent_ms >= options_.stall_ms || now_ms_ - *due >= kStallsWhileHeard * options_.stall_ms)) {
    return Close(absl::StatusCode::kDeadlineExceeded,
                 absl::StrCat("stall: an answer is due for ", now_ms_ - *due, " ms"));
  }
  if (silent_ms >= 2 * options_.ping_ms + options_.stall_ms) {
    Close(absl::StatusCode::kDeadlineExceeded,
          absl::StrCat("stall: no frame for ", silent_ms, " ms"));
  }
}

void Session::Impl::OnRoot(const v1::Root& root) {
  const auto digest = Digest::FromBytes(root.root(), "root");
  if (!digest.ok()) return Close(absl::StatusCode::kInvalidArgument, "root: not 32 bytes");
  peer_root_ = *digest;
}

void Session::Impl::SendRoot() {
  v1::Frame frame;
  frame.mutable_root()->set_root(root_.ToBytes());
  root_sent_ = root_;
  root_sent_ms_ = now_ms_;
  root_due_ = false;
  Send(std::move(frame));
}

void Session::Impl::OnSealedRequest(const v1::SealedRequest& request) {
  const auto convention = ConventionId::FromBytes(request.convention_id(), "convention_id");
  if (!convention.ok() || request.commitments_size() > static_cast<int>(kSealedPerRequest)) {
    return Close(absl::StatusCode::kInvalidArgument, "limit-sealed: 64 commitments at most");
  }
  v1::Frame frame;
  frame.mutable_sealed_reply()->set_convention_id(request.convention_id());
  if (view_.MayShare(*convention, peer_)) {
    for (const std::string& bytes : request.commitments()) {
      const auto commitment = Digest::FromBytes(bytes, "commitments");
      if (!commitment.ok()) continue;
      absl::StatusOr<v1::SealedValue> value = view_.ReadSealed(*convention, *commitment);
      if (value.ok()) *frame.mutable_sealed_reply()->add_values() = *std::move(value);
    }
  }
  Send(std::move(frame));
}

void Session::Impl::OnSealedReply(const v1::SealedReply& reply) {
  const auto convention = ConventionId::FromBytes(reply.convention_id(), "convention_id");
  if (!convention.ok() || reply.values_size() > static_cast<int>(kSealedPerRequest)) {
    return Close(absl::StatusCode::kInvalidArgument, "limit-sealed: 64 values at most");
  }
  v1::SealedReply checked;
  checked.set_convention_id(reply.convention_id());
  for (const v1::SealedValue& value : reply.values()) {
    if (CheckSealed(value).ok()) *checked.add_values() = value;
  }
  if (checked.values_size() > 0) step_.sealed.push_back(std::move(checked));
}

bool Session::Impl::AtRest() const {
  return peer_hello_ && !list_due_since_ms_ && queued_.empty() && asked_.empty() &&
         pending_.empty() && unacked_.empty() && ingesting_.empty() && chunks_asked_.empty();
}

bool Session::Impl::InSync() const {
  return !closed_ && AtRest() && !root_stale_ && root_ == peer_root_;
}

void Session::Impl::RefreshRoot() {
  if (!root_stale_) return;
  root_ = SharedRoot(view_.Shared(peer_));
  root_stale_ = false;
}

void Session::Impl::Send(v1::Frame frame) {
  ++counts_.frames_sent;
  counts_.bytes_sent += frame.ByteSizeLong();
  step_.send.push_back(std::move(frame));
}

void Session::Impl::Close(absl::StatusCode code, absl::string_view message) {
  if (closed_) return;
  closed_ = true;
  step_.close = absl::Status(code, message);
}

// Ends every step: what can leave now leaves.
Step Session::Impl::Finish() {
  if (!closed_ && peer_hello_) {
    AskQueued();
    SendPending();
    ForgetIdleTalks();
    AskChunks();
  }
  step_.in_sync = InSync();
  Step done = std::move(step_);
  step_ = Step();
  return done;
}

SessionProgress Session::Impl::progress() const {
  SessionProgress progress = counts_;
  progress.greeted = peer_hello_.has_value();
  progress.in_sync = InSync();
  progress.unacknowledged_bytes = unacked_bytes_;
  progress.conventions_active = asked_.size() + pending_.size();
  progress.conventions_queued = queued_.size();
  if (progress.in_sync) return progress;
  for (const auto& [convention, talk] : talks_) {
    progress.events_to_send += talk.to_send;
    progress.events_to_receive += talk.to_receive;
  }
  return progress;
}

}  // namespace greffe::sync
