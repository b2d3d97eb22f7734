// Frames come from peers: a session over a replica that holds nothing takes two of them and either
// goes on or closes, in bounded memory; runs they carry are verified into a plan or refused.
#include <google/protobuf/stubs/logging.h>

#include "absl/strings/str_cat.h"
#include "core/sync/ingest.h"
#include "core/sync/session.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

using greffe::v1::Frame;

class EmptyView final : public greffe::sync::ReplicaView {
 public:
  greffe::ReplicaId id() const override {
    return *greffe::ReplicaId::FromBytes(std::string(32, 'm'), "id");
  }
  greffe::v1::Hello Introduce() const override { return {}; }
  std::vector<greffe::sync::SharedConvention> Shared(const greffe::ReplicaId&) const override {
    return {};
  }
  bool MayShare(const greffe::ConventionId&, const greffe::ReplicaId&) const override {
    return false;
  }
  std::vector<greffe::sync::HeldBranch> Branches(const greffe::ConventionId&) const override {
    return {};
  }
  std::optional<greffe::FeedNumber> FindBranch(const greffe::ConventionId&,
                                               const greffe::Point&) const override {
    return std::nullopt;
  }
  absl::StatusOr<greffe::v1::Run> ReadRun(const greffe::ConventionId&, greffe::FeedNumber,
                                          std::uint64_t, std::size_t) const override {
    return absl::OutOfRangeError("nothing");
  }
  absl::StatusOr<greffe::v1::SealedValue> ReadSealed(const greffe::ConventionId&,
                                                     const greffe::Digest&) const override {
    return absl::NotFoundError("nothing");
  }
  absl::StatusOr<std::string> ReadChunk(const greffe::ConventionId&, const greffe::Digest&,
                                        std::uint32_t) const override {
    return absl::NotFoundError("nothing");
  }
  // One chunk is always wanted, so that replies about it go all the way.
  std::vector<greffe::sync::MissingChunk> MissingChunks(
      const greffe::ReplicaId&, std::size_t,
      const std::function<bool(const greffe::sync::MissingChunk&)>& skip) const override {
    const greffe::sync::MissingChunk wanted;
    if (skip(wanted)) return {};
    return {wanted};
  }
};

const greffe::SigningKey& Peer() {
  static const auto* key = greffe::SigningKey::FromSeed(std::string(32, 'q')).value().release();
  return *key;
}

Frame Hello() {
  Frame frame;
  frame.mutable_hello()->set_version(1);
  frame.mutable_hello()->set_replica_id(Peer().replica_id().ToBytes());
  frame.mutable_hello()->set_root(std::string(32, 'r'));
  frame.mutable_hello()->set_fold_version(1);
  frame.mutable_hello()->set_credit_bytes(1 << 20);
  frame.mutable_hello()->set_attachments(true);
  frame.mutable_hello()->set_nonce(std::string(16, 'n'));
  return frame;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Frame frame;
  if (!frame.ParseFromArray(data, static_cast<int>(size))) return 0;
  const EmptyView view;
  greffe::sync::Session session(view, Peer().replica_id());
  session.Start(0);
  session.OnFrame(Hello(), 1);
  const greffe::sync::Step step = session.OnFrame(frame, 2);
  for (const auto& run : step.ingest) {
    session.OnStored({.ticket = run.ticket, .refused = greffe::sync::NackReason::kGap}, 3);
  }
  for (const auto& chunk : step.chunks) {
    session.OnChunkStored({.chunk = chunk.chunk, .stored = false, .wrong = true}, 3);
  }
  session.Tick(60'000);
  return 0;
}

std::vector<std::string> Seeds() {
  // Broken strings are the point here; protobuf would report each.
  google::protobuf::SetLogHandler(nullptr);
  std::vector<Frame> frames = {Hello()};
  frames.emplace_back().mutable_buckets()->set_entries(std::string(9, 'b'));
  frames.emplace_back().mutable_digests()->set_entries(std::string(24, 'd'));
  auto* chunk = frames.emplace_back().mutable_chunk_reply();
  chunk->set_convention_id(std::string(16, '\0'));
  chunk->set_attachment(std::string(32, '\0'));
  chunk->set_chunk("bytes");
  auto* wanted = frames.emplace_back().mutable_chunk_request();
  wanted->set_convention_id(std::string(16, 'c'));
  wanted->set_attachment(std::string(32, 'a'));
  auto* offer = frames.emplace_back().mutable_attachment_offer();
  offer->set_convention_id(std::string(16, 'c'));
  offer->set_attachment(std::string(32, 'a'));
  auto* points = frames.emplace_back().mutable_points();
  points->set_convention_id(std::string(16, 'c'));
  points->add_points()->set_replica_id(std::string(32, 'p'));
  points->mutable_points(0)->set_size(7);
  points->mutable_points(0)->set_root(std::string(32, 'r'));
  auto* run = frames.emplace_back().mutable_run();
  run->set_convention_id(std::string(16, 'c'));
  run->set_public_key(Peer().public_key().ToBytes());
  run->add_events(std::string(100, 'e'));
  greffe::Checkpoint head;
  head.convention = *greffe::ConventionId::FromBytes(std::string(16, 'c'), "c");
  head.replica = Peer().replica_id();
  head.size = 1;
  head.root = greffe::LeafHash(std::string(100, 'e'));
  run->set_head(greffe::SignCheckpoint(head, Peer()));
  auto* ack = frames.emplace_back().mutable_ack();
  ack->set_convention_id(std::string(16, 'c'));
  *ack->mutable_point() = points->points(0);
  frames.emplace_back().mutable_nack()->set_reason("gap");
  frames.emplace_back().mutable_root()->set_root(std::string(32, 'r'));
  frames.emplace_back().mutable_sealed_request()->add_commitments(std::string(32, 's'));
  frames.emplace_back().mutable_sealed_reply()->add_values()->set_salt(std::string(32, 't'));
  std::vector<std::string> seeds;
  for (const Frame& frame : frames) seeds.push_back(frame.SerializeAsString());
  return seeds;
}
