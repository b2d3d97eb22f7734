#include "core/sync/session.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/base/limits.h"
#include "tests/core/sync/memory_replica.h"
#include "tests/core/sync/pipe.h"

namespace greffe::sync {
namespace {

// `count` conventions of `founder` that `other` is party to, on both sides alike.
std::vector<ConventionId> ShareMany(MemoryReplica& founder, MemoryReplica& other, int count) {
  std::vector<ConventionId> ids;
  for (int i = 0; i < count; ++i) {
    ids.push_back(founder.OpenConvention(static_cast<std::uint64_t>(i)));
    founder.Admit(ids.back(), other);
    other.RestoreFrom(ids.back(), founder);
  }
  return ids;
}

TEST(Session, BringsAConventionToAReplicaThatHasNothing) {
  MemoryReplica a("a"), b("b");
  const ConventionId id = a.OpenConvention(1);
  a.Admit(id, b);
  a.Append(id, "text", 20);
  Pipe pipe(a, b);

  pipe.Connect();

  EXPECT_EQ(b.Points(id), a.Points(id));
  EXPECT_TRUE(pipe.InSync());
}

TEST(Session, CarriesBothWaysAtOnce) {
  MemoryReplica a("a"), b("b");
  const ConventionId id = ShareMany(a, b, 1)[0];
  a.Append(id, "from a", 3);
  b.Append(id, "from b", 4);
  Pipe pipe(a, b);

  pipe.Connect();

  EXPECT_EQ(a.EventsHeld(id), 9u);
  EXPECT_EQ(b.Points(id), a.Points(id));
  EXPECT_TRUE(pipe.InSync());
}

TEST(Session, TakesOneFrameEachWayAndUnderAKilobyteWhenAThousandConventionsAreUnchanged) {
  MemoryReplica a("a"), b("b");
  ShareMany(a, b, 1000);
  Pipe pipe(a, b);

  pipe.Connect();

  EXPECT_EQ(pipe.frames_sent, 2);
  EXPECT_LE(pipe.bytes[0], 1024u);
  EXPECT_LE(pipe.bytes[1], 1024u);
  EXPECT_TRUE(pipe.InSync());
}

// Else an author could prepare two branches that every list shows alike.
TEST(Session, SaysTheSameDigestOtherwiseInEachSession) {
  MemoryReplica a("a"), b("b");
  ShareMany(a, b, 1);
  a.Append(ShareMany(a, b, 1)[0], "changed", 1);
  MemoryReplica& asker = a.id() < b.id() ? a : b;
  MemoryReplica& lister = a.id() < b.id() ? b : a;
  std::set<std::string> listed;
  for (int meeting = 0; meeting < 3; ++meeting) {
    Session session(lister, asker.id());
    session.Start(0);
    const v1::Frame hello = Session(asker, lister.id()).Start(0).send[0];
    for (const v1::Frame& frame : session.OnFrame(hello, 0).send) {
      if (frame.has_digests()) listed.insert(frame.digests().entries());
    }
  }
  EXPECT_EQ(listed.size(), 3u);
}

TEST(Session, CostsByWhatChangedAmongFiveThousandConventions) {
  MemoryReplica a("a"), b("b");
  const std::vector<ConventionId> ids = ShareMany(a, b, 5000);
  a.Append(ids[77], "changed", 1);
  Pipe one(a, b);
  one.Connect();
  EXPECT_TRUE(one.InSync());
  EXPECT_EQ(b.Points(ids[77]), a.Points(ids[77]));
  EXPECT_LE(one.bytes[0] + one.bytes[1], 8u * 1024);
  EXPECT_LE(one.frames_sent, 12);

  for (const ConventionId& id : ids) a.Append(id, "changed again", 1);
  Pipe all(a, b);
  all.Connect();

  EXPECT_TRUE(all.InSync());
  for (const ConventionId& id : ids) ASSERT_EQ(b.Points(id), a.Points(id));
  // Per convention: a question, an answer, a run with its head, an acknowledgement.
  EXPECT_LE((all.bytes[0] + all.bytes[1]) / ids.size(), 1500u);
  EXPECT_EQ(all.session(0).progress().runs_sent, 5000u);
}

TEST(Session, CarriesBulkWithinAQuarterMoreThanItsPayload) {
  MemoryReplica a("a"), b("b");
  const ConventionId id = ShareMany(a, b, 1)[0];
  a.Append(id, std::string(337, 'x'), 5000);
  const std::uint64_t event_bytes = [&] {
    const v1::Run run = *a.ReadRun(id, 1, 2, limits::kFrameBytes);
    return run.events(0).size();
  }();
  EXPECT_NEAR(static_cast<double>(event_bytes), 400.0, 5.0);
  Pipe pipe(a, b);

  pipe.Connect();

  EXPECT_EQ(b.EventsHeld(id), 5002u);
  EXPECT_LE(pipe.bytes[0] + pipe.bytes[1], 5000 * event_bytes * 5 / 4);
}

TEST(Session, StaysOpenAndSendsWhatIsWrittenLater) {
  MemoryReplica a("a"), b("b");
  const ConventionId id = ShareMany(a, b, 1)[0];
  Pipe pipe(a, b);
  pipe.Connect();

  a.Append(id, "live", 1);
  pipe.Changed(0, id);
  EXPECT_EQ(b.Points(id), a.Points(id));
  EXPECT_TRUE(pipe.InSync());

  const std::uint64_t frames_before = pipe.session(0).progress().frames_sent;
  a.Append(id, "live again", 1);
  pipe.Changed(0, id);
  EXPECT_EQ(b.Points(id), a.Points(id));
  // The peer's points are known now: the run leaves at once, then the root.
  EXPECT_EQ(pipe.session(0).progress().frames_sent - frames_before, 2u);
}

TEST(Session, OffersAConventionOnceThePeerEntersItsRoster) {
  MemoryReplica a("a"), b("b");
  const ConventionId id = a.OpenConvention(1);
  Pipe pipe(a, b);
  pipe.Connect();
  EXPECT_TRUE(b.Held().empty());

  a.Admit(id, b);
  pipe.Changed(0, id);

  EXPECT_EQ(b.Points(id), a.Points(id));
}

TEST(Session, NeverNamesOrCountsAConventionThatThePeerIsNotPartyTo) {
  MemoryReplica a("a"), b("b"), c("c");
  const ConventionId shared = ShareMany(a, b, 1)[0];
  const ConventionId secret = a.OpenConvention(100);
  a.Admit(secret, c);
  a.Append(secret, "between a and c", 5);
  Pipe pipe(a, b);
  pipe.seen = [&](int from_side, const v1::Frame& frame) {
    EXPECT_EQ(frame.SerializeAsString().find(secret.ToBytes()), std::string::npos);
    EXPECT_LE(frame.hello().conventions(), 1u);
  };

  pipe.Connect();
  a.Append(secret, "more", 1);
  pipe.Changed(0, secret);
  a.Append(shared, "shared", 1);
  pipe.Changed(0, shared);
  pipe.Wait(700'000);

  EXPECT_EQ(b.Held(), std::set<ConventionId>{shared});
  EXPECT_TRUE(pipe.InSync());
}

TEST(Session, AnswersAboutAForbiddenConventionAsAboutNone) {
  MemoryReplica a("a"), b("b"), c("c");
  ShareMany(a, b, 1);
  const ConventionId secret = a.OpenConvention(100);
  a.Admit(secret, c);
  const ConventionId nowhere = c.OpenConvention(200);
  const auto answer = [&](const v1::Frame& frame) {
    Session session(a, b.id());
    Session other(b, a.id());
    session.Start(0);
    session.OnFrame(other.Start(0).send[0], 0);
    const Step step = session.OnFrame(frame, 0);
    std::string bytes;
    for (const v1::Frame& sent : step.send) bytes += sent.SerializeAsString();
    return bytes;
  };
  const auto points = [&](const ConventionId& id) {
    v1::Frame frame;
    frame.mutable_points()->set_convention_id(id.ToBytes());
    std::string bytes = answer(frame);
    const std::size_t at = bytes.find(id.ToBytes());
    EXPECT_NE(at, std::string::npos);
    return bytes.replace(at, 16, 16, '-');
  };
  const auto values = [&](const ConventionId& id) {
    v1::Frame frame;
    frame.mutable_sealed_request()->set_convention_id(id.ToBytes());
    frame.mutable_sealed_request()->add_commitments(std::string(32, 'c'));
    std::string bytes = answer(frame);
    return bytes.replace(bytes.find(id.ToBytes()), 16, 16, '-');
  };
  v1::SealedValue hidden;
  hidden.set_commitment(std::string(32, 'c'));
  hidden.set_value("a name");
  a.sealed[secret][*Digest::FromBytes(std::string(32, 'c'), "")] = hidden;

  EXPECT_EQ(points(secret), points(nowhere));
  EXPECT_EQ(values(secret), values(nowhere));
}

TEST(Session, BringsSealedValuesThatWereMissingInARun) {
  MemoryReplica a("a"), b("b");
  const ConventionId id = ShareMany(a, b, 1)[0];
  const std::string salt(32, 's');
  const Digest commitment = SealedCommitment(salt, "Camille");
  v1::Event event;
  event.mutable_signature_given()->set_signer_name(commitment.ToBytes());
  a.AppendEvents(id, {event});
  v1::SealedValue& value = a.sealed[id][commitment];
  value.set_commitment(commitment.ToBytes());
  value.set_salt(salt);
  value.set_value("Camille");
  Pipe pipe(a, b);

  pipe.Connect();

  EXPECT_EQ(b.sealed[id][commitment].value(), "Camille");
}

TEST(Session, KeepsUnacknowledgedBytesWithinTheCredit) {
  MemoryReplica a("a"), b("b");
  const ConventionId id = ShareMany(a, b, 1)[0];
  a.Append(id, std::string(30'000, 'x'), 200);
  Session sender(a, b.id());
  Session receiver(b, a.id());
  std::deque<v1::Frame> to_sender, to_receiver;
  const auto take = [](Step step, std::deque<v1::Frame>& queue) {
    for (v1::Frame& frame : step.send) queue.push_back(std::move(frame));
    return step;
  };
  take(sender.Start(0), to_receiver);
  take(receiver.Start(0), to_sender);
  std::vector<IngestRun> held_back;
  while (!to_sender.empty() || !to_receiver.empty()) {
    auto& queue = to_sender.empty() ? to_receiver : to_sender;
    const v1::Frame frame = queue.front();
    queue.pop_front();
    if (&queue == &to_sender) {
      take(sender.OnFrame(frame, 0), to_receiver);
    } else {
      const Step step = take(receiver.OnFrame(frame, 0), to_sender);
      for (const IngestRun& run : step.ingest) held_back.push_back(run);
    }
  }

  // Nothing stored: the sender waits, whatever else it has.
  EXPECT_LE(sender.progress().unacknowledged_bytes, 1024u * 1024);
  EXPECT_GE(held_back.size(), 3u);
  EXPECT_TRUE(take(sender.Tick(1000), to_receiver).send.empty());

  // One outcome frees one run's bytes.
  take(receiver.OnStored(b.Ingest(held_back[0]), 2000), to_sender);
  const Step more = sender.OnFrame(to_sender.front(), 2000);
  EXPECT_EQ(more.send.size(), 1u);
  EXPECT_TRUE(more.send[0].has_run());
  EXPECT_LE(sender.progress().unacknowledged_bytes, 1024u * 1024);
}

TEST(Session, TellsHowManyEventsEachSideIsKnownToLack) {
  MemoryReplica a("a"), b("b");
  const ConventionId id = ShareMany(a, b, 1)[0];
  a.Append(id, std::string(30'000, 'x'), 200);
  b.Append(id, "from b", 3);
  Session here(a, b.id());
  Session there(b, a.id());
  std::deque<v1::Frame> to_here, to_there;
  const auto take = [](const Step& step, std::deque<v1::Frame>& queue) {
    for (const v1::Frame& frame : step.send) queue.push_back(frame);
  };
  take(here.Start(0), to_there);
  take(there.Start(0), to_here);
  std::vector<IngestRun> runs;
  while (!to_here.empty() || !to_there.empty()) {
    const bool mine = !to_here.empty();
    auto& queue = mine ? to_here : to_there;
    const v1::Frame frame = queue.front();
    queue.pop_front();
    if (mine) {
      take(here.OnFrame(frame, 0), to_there);
      continue;
    }
    const Step step = there.OnFrame(frame, 0);
    take(step, to_here);
    for (const IngestRun& run : step.ingest) runs.push_back(run);
  }
  EXPECT_EQ(here.progress().events_to_send, 200u);
  EXPECT_EQ(here.progress().events_to_receive, 3u);
  EXPECT_EQ(there.progress().events_to_send, 3u);
  EXPECT_EQ(there.progress().events_to_receive, 200u);

  // Sent is not held: only the acknowledgement counts.
  const auto stored = static_cast<std::uint64_t>(runs[0].run.events_size());
  take(there.OnStored(b.Ingest(runs[0]), 0), to_here);
  EXPECT_EQ(there.progress().events_to_receive, 200 - stored);
  for (const v1::Frame& frame : to_here) here.OnFrame(frame, 0);
  EXPECT_EQ(here.progress().events_to_send, 200 - stored);

  Pipe pipe(a, b);
  pipe.Connect();
  for (int side = 0; side < 2; ++side) {
    EXPECT_EQ(pipe.session(side).progress().events_to_send, 0u);
    EXPECT_EQ(pipe.session(side).progress().events_to_receive, 0u);
  }
}

TEST(Session, AcknowledgesOnlyWhatIsOnDisk) {
  MemoryReplica a("a"), b("b");
  const ConventionId id = ShareMany(a, b, 1)[0];
  a.Append(id, "text", 1);
  Session receiver(b, a.id());
  Session sender(a, b.id());
  receiver.Start(0);
  receiver.OnFrame(sender.Start(0).send[0], 0);
  v1::Frame frame;
  *frame.mutable_run() = *a.ReadRun(id, 1, 2, limits::kFrameBytes);

  const Step taken = receiver.OnFrame(frame, 0);
  for (const v1::Frame& sent : taken.send) EXPECT_FALSE(sent.has_ack());
  ASSERT_EQ(taken.ingest.size(), 1u);
  const Step stored = receiver.OnStored(b.Ingest(taken.ingest[0]), 0);
  ASSERT_FALSE(stored.send.empty());
  EXPECT_TRUE(stored.send[0].has_ack());
}

TEST(Session, TellsItsRootEveryFiveMinutes) {
  MemoryReplica a("a"), b("b");
  ShareMany(a, b, 1);
  Pipe pipe(a, b);
  int roots = 0;
  pipe.seen = [&](int, const v1::Frame& frame) { roots += frame.has_root() ? 1 : 0; };
  pipe.Connect();

  pipe.Wait(297'000);
  EXPECT_EQ(roots, 0);
  pipe.Wait(2'000);
  EXPECT_EQ(roots, 2);
  EXPECT_FALSE(pipe.closed[0]);
}

}  // namespace
}  // namespace greffe::sync
