#include <gtest/gtest.h>

#include <map>

#include "core/base/limits.h"
#include "tests/core/sync/memory_replica.h"
#include "tests/core/sync/pipe.h"

namespace greffe::sync {
namespace {

// Two replicas that share a convention in which an attachment of eight chunks is named. The first
// one holds it.
class Chunks : public testing::Test {
 protected:
  Chunks() : a("a"), b("b"), pipe(a, b) {
    convention = a.OpenConvention(1);
    a.Admit(convention, b);
    for (std::uint32_t i = 0; i < 8; ++i) {
      const MissingChunk chunk{convention, attachment, i};
      const std::string bytes(1000 + i, static_cast<char>('a' + i));
      a.chunk_digests[chunk] = b.chunk_digests[chunk] = Sha256({bytes});
      a.chunks[chunk] = bytes;
    }
  }

  // As a's sequencer would tell b's session of what it stored.
  void Hear() {
    pipe.Take(0, pipe.session(0).OnAttachmentHeld(convention, attachment, pipe.now_ms));
    pipe.Flow();
  }

  MemoryReplica a;
  MemoryReplica b;
  Pipe pipe;
  ConventionId convention;
  const Digest attachment = Sha256({"attachment"});
};

TEST_F(Chunks, ComeAfterTheEventsThatNameThem) {
  bool run_came = false;
  pipe.seen = [&](int, const v1::Frame& frame) {
    run_came = run_came || frame.has_run();
    if (frame.has_chunk_request()) {
      EXPECT_TRUE(run_came);
    }
  };
  pipe.Connect();
  EXPECT_EQ(b.chunks, a.chunks);
  EXPECT_EQ(b.chunks_stored_again, 0);
  EXPECT_TRUE(pipe.InSync());
}

// Invariant 11.
TEST_F(Chunks, AreAskedForAFewAtATime) {
  std::size_t asked = 0;
  pipe.rule = [&](int, const v1::Frame& frame) {
    asked += frame.has_chunk_request();
    return frame.has_chunk_reply() ? 0 : 1;
  };
  pipe.Connect();
  EXPECT_EQ(asked, 4u);
  EXPECT_FALSE(pipe.InSync());
}

TEST_F(Chunks, GoOnWhereABrokenMeetingStopped) {
  for (std::uint32_t i = 0; i < 5; ++i) {
    const MissingChunk chunk{convention, attachment, i};
    b.chunks[chunk] = a.chunks[chunk];
  }
  int replies = 0;
  pipe.seen = [&](int, const v1::Frame& frame) { replies += frame.has_chunk_reply(); };
  pipe.Connect();
  EXPECT_EQ(b.chunks, a.chunks);
  EXPECT_EQ(replies, 3);
}

// Invariant 6: the right id of an attachment is no right to it.
TEST_F(Chunks, OfAConventionNotSharedAreAnsweredLikeNone) {
  MemoryReplica stranger("stranger");
  Session session(a, stranger.id());
  session.Start(0);
  v1::Frame hello;
  *hello.mutable_hello() = stranger.Introduce();
  hello.mutable_hello()->set_version(1);
  hello.mutable_hello()->set_replica_id(stranger.id().ToBytes());
  hello.mutable_hello()->set_root(SharedRoot({}).ToBytes());
  hello.mutable_hello()->set_credit_bytes(1 << 20);
  hello.mutable_hello()->set_attachments(true);
  session.OnFrame(hello, 0);
  const auto ask = [&](const ConventionId& of) {
    v1::Frame frame;
    frame.mutable_chunk_request()->set_convention_id(of.ToBytes());
    frame.mutable_chunk_request()->set_attachment(attachment.ToBytes());
    const Step step = session.OnFrame(frame, 0);
    EXPECT_EQ(step.send.size(), 1u);
    v1::ChunkReply reply = step.send[0].chunk_reply();
    reply.clear_convention_id();
    return reply.SerializeAsString();
  };
  EXPECT_EQ(ask(convention), ask(ConventionId{}));
  const Step held = session.OnAttachmentHeld(convention, attachment, 0);
  EXPECT_TRUE(held.send.empty());
}

TEST_F(Chunks, OtherThanThoseNamedAreNotStoredNorAskedForAgain) {
  const MissingChunk bad{convention, attachment, 2};
  a.chunks[bad] = "other bytes";
  pipe.Connect();
  EXPECT_EQ(b.chunks.count(bad), 0u);
  EXPECT_GE(pipe.session(1).progress().chunks_refused_here, 1u);
  EXPECT_LE(pipe.session(1).progress().chunks_refused_here, 4u);
}

TEST_F(Chunks, ThatThePeerLacksAreAskedForWhenItOffersThem) {
  const auto whole = a.chunks;
  a.chunks.clear();
  pipe.Connect();
  EXPECT_TRUE(b.chunks.empty());
  EXPECT_TRUE(pipe.InSync());

  a.chunks = whole;
  Hear();
  EXPECT_EQ(b.chunks, whole);
}

TEST_F(Chunks, ThatThePeerLacksAreAskedForAgainAMinuteLater) {
  const auto whole = a.chunks;
  a.chunks.clear();
  pipe.Connect();
  a.chunks = whole;
  pipe.Wait(61'000);
  EXPECT_EQ(b.chunks, whole);
}

TEST_F(Chunks, TooLargeOrNeverAskedForAreNothing) {
  pipe.Connect();
  v1::Frame unasked;
  unasked.mutable_chunk_reply()->set_convention_id(convention.ToBytes());
  unasked.mutable_chunk_reply()->set_attachment(Sha256({"other"}).ToBytes());
  unasked.mutable_chunk_reply()->set_chunk("x");
  EXPECT_TRUE(pipe.session(1).OnFrame(unasked, 0).chunks.empty());
  unasked.mutable_chunk_reply()->set_chunk(std::string(limits::kChunkBytes, 'x'));
  EXPECT_FALSE(pipe.session(1).OnFrame(unasked, 0).close.has_value());
  unasked.mutable_chunk_reply()->set_chunk(std::string(limits::kChunkBytes + 1, 'x'));
  EXPECT_TRUE(pipe.session(1).OnFrame(unasked, 0).close.has_value());
}

TEST_F(Chunks, AreNotAskedOfAPeerThatDoesNotKnowThem) {
  // By whether the peer says that it knows attachments.
  std::map<bool, int> asked;
  for (const bool knows : {true, false}) {
    MemoryReplica lacking("lacking");
    const ConventionId shared = a.OpenConvention(knows ? 5 : 6);
    a.Admit(shared, lacking);
    Pipe meeting(a, lacking);
    meeting.on_way = [&](int side, v1::Frame& frame) {
      if (side == 0 && frame.has_hello()) frame.mutable_hello()->set_attachments(knows);
    };
    meeting.seen = [&](int, const v1::Frame& frame) { asked[knows] += frame.has_chunk_request(); };
    const MissingChunk chunk{shared, attachment, 0};
    a.chunk_digests[chunk] = lacking.chunk_digests[chunk] = Sha256({"x"});
    a.chunks[chunk] = "x";
    meeting.Connect();
    EXPECT_TRUE(meeting.InSync());
  }
  EXPECT_EQ(asked[true], 1);
  EXPECT_EQ(asked[false], 0);
}

}  // namespace
}  // namespace greffe::sync
