// Runs of peers: held, waiting, applied; forks of one's own feed; damage.

#include "core/sync/ingest.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <random>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/feed/checkpoint.h"
#include "tests/server/app/test_replica.h"

namespace greffe::test {
namespace {

using testing_support::StatusIs;

v1::ConventionFigures FiguresOf(TestReplica& replica, const std::string& partner) {
  const auto figures = replica->Examine(replica.User(partner), partner).figures;
  EXPECT_EQ(figures.size(), 1u);
  return figures.empty() ? v1::ConventionFigures() : figures.front();
}

v1::Run RunOf(TestReplica& replica, const ConventionId& id, const ReplicaId& author,
              std::uint64_t from) {
  for (const sync::HeldBranch& branch : replica->view().Branches(id)) {
    if (branch.point.replica != author) continue;
    auto run = replica->view().ReadRun(id, branch.number, from, 200 * 1024);
    EXPECT_OK(run);
    if (run.ok()) return *std::move(run);
  }
  ADD_FAILURE() << "no such feed";
  return {};
}

// One event, sound by itself, of a feed that nobody brought in.
v1::Run RunBy(const SigningKey& author, const ConventionId& id) {
  v1::Event event;
  event.set_format(1);
  event.set_convention_id(id.ToBytes());
  event.set_replica_id(author.replica_id().ToBytes());
  event.mutable_recorded_at()->set_seconds(1);
  event.mutable_actor()->set_person_id(std::string(16, 'p'));
  event.mutable_actor()->set_partner_id("caf-12");
  event.set_request_id(std::string(16, 'q'));
  event.mutable_indicator_measured()->set_element_id("indicateur-1");
  v1::Run run;
  run.set_convention_id(id.ToBytes());
  run.set_public_key(author.public_key().ToBytes());
  run.add_events(event.SerializeAsString());
  MerkleFrontier tree;
  tree.Append(LeafHash(run.events(0)));
  run.set_head(SignCheckpoint(Checkpoint{id, author.replica_id(), 1, tree.Root()}, author));
  return run;
}

TEST(Ingest, EventsWaitForWhatTheyHaveSeenAndApplyWhenItComes) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  TestReplica third('t', "Tiers", {"rodez"});
  third.Pin(rodez);
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  ASSERT_TRUE(caf.SendTo(third, IdOf(id)).empty());
  const std::uint64_t opened = FiguresOf(third, "rodez").events_applied();
  // Rodez's event has seen the CAF's second measurement, which the third replica lacks.
  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2025", "1")));
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  ASSERT_OK(rodez.Do(rodez.User("rodez"), Measure(id, "2026", "2")));

  EXPECT_EQ(
      third.Take(rodez.key().replica_id(), RunOf(rodez, IdOf(id), rodez.key().replica_id(), 0)),
      std::nullopt);
  v1::ConventionFigures figures = FiguresOf(third, "rodez");
  EXPECT_EQ(figures.events_applied(), opened);
  EXPECT_EQ(figures.events_held(), opened + 1);
  v1::GetConventionRequest read;
  read.set_convention_id(id);
  ASSERT_OK_AND_ASSIGN(const auto waiting, third->GetConvention(third.User("rodez"), read));
  EXPECT_EQ(waiting.context().banners_size(), 1);
  // It is kept across a restart, and forwarded though not applied.
  third.Reopen();
  EXPECT_EQ(RunOf(third, IdOf(id), rodez.key().replica_id(), 0).events_size(), 1);

  EXPECT_EQ(
      third.Take(caf.key().replica_id(), RunOf(caf, IdOf(id), caf.key().replica_id(), opened)),
      std::nullopt);
  figures = FiguresOf(third, "rodez");
  EXPECT_EQ(figures.events_applied(), opened + 2);
  EXPECT_EQ(figures.state_digest(), FiguresOf(rodez, "rodez").state_digest());
}

// The waiting rule on the path that greffed runs. With the checks of Batch::ApplyNext taken out,
// events are applied before what their authors had seen, and the states differ.
TEST(Ingest, AnyOrderOfArrivalGivesTheSameState) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  std::vector<std::deque<v1::Run>> feeds(2);
  const auto keep = [&](TestReplica& author, std::deque<v1::Run>* feed) {
    const std::uint64_t from =
        feed->empty()
            ? 0
            : feed->back().from() + static_cast<std::uint64_t>(feed->back().events_size());
    feed->push_back(RunOf(author, IdOf(id), author.key().replica_id(), from));
  };
  keep(caf, &feeds[0]);
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  // Each in turn replaces the value that it was shown of the other.
  for (int i = 0; i < 4; ++i) {
    ASSERT_OK(rodez.Do(rodez.User("rodez"),
                       Measure(id, "2025", absl::StrCat(i), TokenOf(rodez, "rodez", id))));
    keep(rodez, &feeds[1]);
    ASSERT_TRUE(rodez.SendTo(caf, IdOf(id)).empty());
    ASSERT_OK(caf.Do(caf.User("caf-12"),
                     Measure(id, "2025", absl::StrCat(10 + i), TokenOf(caf, "caf-12", id))));
    keep(caf, &feeds[0]);
    ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  }
  const std::string digest = FiguresOf(caf, "caf-12").state_digest();
  std::mt19937_64 random(20260302);
  bool waited = false;
  for (int order = 0; order < 6; ++order) {
    TestReplica third('t', "Tiers", {"rodez"});
    std::vector<std::deque<v1::Run>> left = feeds;
    // Nobody's feed is taken before the opening; from there on in any order.
    ASSERT_EQ(third.Take(caf.key().replica_id(), left[0].front()), std::nullopt);
    left[0].pop_front();
    while (!left[0].empty() || !left[1].empty()) {
      std::deque<v1::Run>& feed = left[order == 0 ? (left[1].empty() ? 0 : 1) : random() % 2];
      if (feed.empty()) continue;
      ASSERT_EQ(third.Take(caf.key().replica_id(), feed.front()), std::nullopt);
      feed.pop_front();
      const v1::ConventionFigures figures = FiguresOf(third, "rodez");
      waited = waited || figures.events_applied() < figures.events_held();
    }
    EXPECT_EQ(FiguresOf(third, "rodez").state_digest(), digest) << order;
  }
  EXPECT_TRUE(waited);
}

// The peer is told of the disk; whoever runs the replica, of the run and the code.
TEST(Ingest, RunThatTheStoreFailsToTakeIsLogged) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  // What is held is compared with what comes.
  const v1::Run again = RunOf(caf, IdOf(id), caf.key().replica_id(), 0);
  rodez.store().FailNodes(absl::UnavailableError("busy"));
  EXPECT_EQ(rodez.Take(caf.key().replica_id(), again), sync::NackReason::kDisk);
  rodez.store().FailNodes(absl::OkStatus());
  EXPECT_EQ(rodez.notices(), std::vector<std::string>{absl::StrCat(
                                 "run-not-stored run=", id, "/", caf.key().replica_id().ToHex(),
                                 " from ", caf.key().replica_id().ToHex(), ", UNAVAILABLE")});
  EXPECT_EQ(rodez.Take(caf.key().replica_id(), again), std::nullopt);
}

TEST(Ingest, WaitingEventThatCannotBeReadForNowIsNoDamageAndOneThatIsLostIs) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  TestReplica third('t', "Tiers", {"rodez"});
  third.Pin(rodez);
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  ASSERT_TRUE(caf.SendTo(third, IdOf(id)).empty());
  const std::uint64_t opened = FiguresOf(third, "rodez").events_applied();
  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2025", "1")));
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  ASSERT_OK(rodez.Do(rodez.User("rodez"), Measure(id, "2026", "2")));
  ASSERT_EQ(
      third.Take(rodez.key().replica_id(), RunOf(rodez, IdOf(id), rodez.key().replica_id(), 0)),
      std::nullopt);
  const EventPosition waiting = third.store().last().events.front().at;
  const v1::Run run = RunOf(caf, IdOf(id), caf.key().replica_id(), opened);

  third.store().FailReads(waiting, absl::UnavailableError("busy"));
  EXPECT_EQ(third.Take(caf.key().replica_id(), run), sync::NackReason::kDisk);
  EXPECT_FALSE(FiguresOf(third, "rodez").read_only());
  EXPECT_EQ(FiguresOf(third, "rodez").events_applied(), opened);

  third.store().FailReads(waiting, absl::DataLossError("gone"));
  EXPECT_EQ(third.Take(caf.key().replica_id(), run), std::nullopt);
  EXPECT_TRUE(FiguresOf(third, "rodez").read_only());
  EXPECT_EQ(third.notices(), (std::vector<std::string>{"commit-failed rule=UNAVAILABLE",
                                                       "convention-read-only convention=" + id}));
}

TEST(Ingest, RunTwiceIsStoredOnce) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  const v1::Run run = RunOf(caf, IdOf(id), caf.key().replica_id(), 0);
  EXPECT_EQ(rodez.Take(caf.key().replica_id(), run), std::nullopt);
  const std::size_t commits = rodez.store().commits();
  EXPECT_EQ(rodez.Take(caf.key().replica_id(), run), std::nullopt);
  EXPECT_EQ(rodez.store().commits(), commits);
}

TEST(Ingest, GapChangedEventAndUnknownAuthorAreRefusedAndNothingStored) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  v1::Run run = RunOf(caf, IdOf(id), caf.key().replica_id(), 0);
  v1::Run changed = run;
  v1::Event event;
  ASSERT_TRUE(event.ParseFromString(changed.events(1)));
  event.mutable_actor()->set_office("autre");
  changed.set_events(1, event.SerializeAsString());
  EXPECT_EQ(rodez.Take(caf.key().replica_id(), changed), sync::NackReason::kBadHead);
  EXPECT_TRUE(rodez->view().Branches(IdOf(id)).empty());
  ASSERT_EQ(rodez.Take(caf.key().replica_id(), run), std::nullopt);

  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2025", "1")));
  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2026", "1")));
  const std::uint64_t size = caf->view().Branches(IdOf(id)).front().point.size;
  EXPECT_EQ(
      rodez.Take(caf.key().replica_id(), RunOf(caf, IdOf(id), caf.key().replica_id(), size - 1)),
      sync::NackReason::kGap);
  // A feed whose author nobody named.
  const std::unique_ptr<SigningKey> stranger = *SigningKey::FromSeed(std::string(32, 's'));
  EXPECT_EQ(rodez.Take(caf.key().replica_id(), RunBy(*stranger, IdOf(id))),
            sync::NackReason::kUnknownAuthor);
}

TEST(Ingest, HeadOfTheOwnFeedThatIsNotHeldStopsSigning) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  // The same key on a restored copy, which lacks the event that Rodez was given meanwhile.
  TestReplica copy('c', "Caf", {"caf-12"});
  copy.Pin(rodez);
  EXPECT_FALSE(copy->view().Introduce().signing_stopped());
  ASSERT_EQ(copy.Take(rodez.key().replica_id(), RunOf(rodez, IdOf(id), caf.key().replica_id(), 0)),
            std::nullopt);
  EXPECT_TRUE(copy->view().Introduce().signing_stopped()) << "peers are told";
  EXPECT_THAT(copy->Writable(), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(copy.notices(), std::vector<std::string>{"signing-stopped rule=own-feed-ahead"});
  const auto refused = copy.Do(copy.User("caf-12"), Measure(id, "2026", "1"));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(RefusalOf(refused.status()).rule, "signing-stopped");
  // Reads go on and say so; a restart forgets nothing.
  copy.Reopen();
  v1::GetConventionRequest read;
  read.set_convention_id(id);
  ASSERT_OK_AND_ASSIGN(const auto answer, copy->GetConvention(copy.User("caf-12"), read));
  EXPECT_EQ(answer.context().banners_size(), 1);
  EXPECT_THAT(copy->Writable(), StatusIs(absl::StatusCode::kFailedPrecondition));
  // The way out, where the administrator looks.
  for (const bool english : {false, true}) {
    UserCall call = copy.User("caf-12");
    call.english = english;
    const v1::ReplyContext health = copy->Examine(call, "").context;
    ASSERT_EQ(health.banners_size(), 1);
    EXPECT_NE(health.banners(0).find(english ? "new replica" : "nouvelle réplique"),
              std::string::npos)
        << health.banners(0);
    for (const char* step : {"greffed init", "greffe peer join", "greffe convention share"}) {
      EXPECT_NE(health.banners(0).find(step), std::string::npos) << health.banners(0);
    }
  }
}

TEST(Ingest, APeerThatSignsNoMoreIsToldBesideItsConventions) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  rodez.Pin(caf);
  const std::string id = CreateSmall(caf, "caf-12");
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  const auto banners = [&](bool english) {
    UserCall call = rodez.User("rodez");
    call.english = english;
    v1::GetConventionRequest read;
    read.set_convention_id(id);
    const auto answer = rodez->GetConvention(call, read);
    EXPECT_OK(answer);
    std::string out;
    for (const std::string& banner : answer->context().banners()) out += banner + "\n";
    return out;
  };
  EXPECT_EQ(banners(false), "");

  // 2026-03-02T08:00:00Z.
  rodez.Stopped(caf, Instant{1'772'438'400'000'000});

  const std::string caf_id = caf.key().replica_id().ToHex().substr(0, 12);
  EXPECT_EQ(banners(false), "La réplique " + caf_id +
                                " (caf-12) ne signe plus, pour toujours : elle l'a dit le 2 mars "
                                "2026. Rien de nouveau ne viendra d'elle dans cette convention.\n");
  EXPECT_EQ(banners(true), "Replica " + caf_id +
                               " (caf-12) signs no more, for good: it said so on 2026-03-02. "
                               "Nothing new will come from it in this convention.\n");

  // A further replica of that partner signs: nothing is lost.
  TestReplica second('d', "Caf, la nouvelle", {"caf-12"});
  caf.Pin(second);
  v1::ShareConventionRequest share;
  share.set_convention_id(id);
  share.set_peer("Caf, la nouvelle");
  ASSERT_OK(caf.Do(caf.User("caf-12"), share));
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  EXPECT_EQ(banners(false), "");
}

// Invariant 8.
TEST(Ingest, BothBranchesOfAForkAreKeptAndApplied) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  const std::uint64_t shared = FiguresOf(caf, "caf-12").events_applied();
  // Two histories of one feed from here on.
  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2025", "1")));
  const v1::Run one = RunOf(caf, IdOf(id), caf.key().replica_id(), shared);
  TestReplica clone('c', "Caf", {"caf-12"});
  clone.Pin(rodez);
  v1::CreateConventionRequest again;
  again.set_request_id(clone.NextRequest());
  *again.mutable_draft() = SmallDraft();
  ASSERT_OK(clone.Do(clone.User("caf-12"), again));
  clone.clock().Forward(1);
  ASSERT_OK(clone.Do(clone.User("caf-12"), Measure(id, "2026", "2")));
  const v1::Run two = RunOf(clone, IdOf(id), clone.key().replica_id(), 0);

  ASSERT_EQ(rodez.Take(caf.key().replica_id(), one), std::nullopt);
  ASSERT_EQ(rodez.Take(caf.key().replica_id(), two), std::nullopt);
  const v1::ConventionFigures figures = FiguresOf(rodez, "rodez");
  ASSERT_EQ(figures.feeds_size(), 2);
  EXPECT_TRUE(figures.feeds(1).branch());
  EXPECT_EQ(figures.events_applied(), shared + 2);
  // Said once in the log, and beside every answer about the convention.
  EXPECT_EQ(rodez.notices(),
            std::vector<std::string>{absl::StrCat("feed-forked position=", id, "/",
                                                  caf.key().replica_id().ToHex(), "/", shared)});
  for (const bool english : {false, true}) {
    UserCall call = rodez.User("rodez");
    call.english = english;
    v1::GetConventionRequest read;
    read.set_convention_id(id);
    ASSERT_OK_AND_ASSIGN(const auto answer, rodez->GetConvention(call, read));
    ASSERT_EQ(answer.context().banners_size(), 1) << answer.context().DebugString();
    const std::string& banner = answer.context().banners(0);
    for (const std::string& part :
         {caf.key().replica_id().ToHex().substr(0, 12) + " (caf-12)",
          absl::StrCat(english ? "from event " : "depuis l'événement ", shared),
          std::string("greffe audit verify")}) {
      EXPECT_NE(banner.find(part), std::string::npos) << banner;
    }
    // The same among what an administrator is told, with the convention's name.
    const v1::ReplyContext health = rodez->Examine(call, "").context;
    ASSERT_EQ(health.banners_size(), 1);
    EXPECT_EQ(health.banners(0), absl::StrCat("Convention ", id.substr(0, 12), " — ", banner));
  }
  // Its own work goes on, and everything still verifies and reads the same after a restart.
  ASSERT_OK(rodez.Do(rodez.User("rodez"), Measure(id, "2023", "3")));
  const std::string token = TokenOf(rodez, "rodez", id);
  const std::string view = ViewBytes(rodez, "rodez", id, {});
  rodez.Reopen();
  EXPECT_EQ(TokenOf(rodez, "rodez", id), token);
  EXPECT_EQ(ViewBytes(rodez, "rodez", id, {}), view);
  ASSERT_OK_AND_ASSIGN(const auto verified, rodez->Verify(rodez.User("rodez"), {}));
  EXPECT_TRUE(verified.ok()) << verified.DebugString();
}

TEST(Ingest, SyncIndexFollowsTheRoster) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  const std::string id = CreateSmall(caf, "caf-12");
  EXPECT_FALSE(caf->view().MayShare(IdOf(id), rodez.key().replica_id()));
  caf.Pin(rodez);
  v1::ShareConventionRequest share;
  share.set_convention_id(id);
  // A fingerprint, in either case.
  share.set_peer(absl::AsciiStrToUpper(rodez.key().replica_id().ToHex()));
  ASSERT_OK_AND_ASSIGN(const auto shared, caf.Do(caf.User("caf-12"), share));
  EXPECT_EQ(shared.partner_ids_size(), 1);
  EXPECT_TRUE(caf->view().MayShare(IdOf(id), rodez.key().replica_id()));
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  const auto here = caf->view().Shared(rodez.key().replica_id());
  const auto there = rodez->view().Shared(caf.key().replica_id());
  ASSERT_EQ(here.size(), 1u);
  EXPECT_EQ(here, there);
  caf.Reopen();
  EXPECT_EQ(caf->view().Shared(rodez.key().replica_id()), here);
}

// The place-th branch that an author makes of its feed: another event 0.
v1::Run BranchOf(const SigningKey& author, const ConventionId& id, int branch) {
  v1::Run run = RunBy(author, id);
  v1::Event event;
  event.ParseFromString(run.events(0));
  event.mutable_indicator_measured()->set_period(std::to_string(2000 + branch));
  run.set_events(0, event.SerializeAsString());
  MerkleFrontier tree;
  tree.Append(LeafHash(run.events(0)));
  run.set_head(SignCheckpoint(Checkpoint{id, author.replica_id(), 1, tree.Root()}, author));
  return run;
}

// Minutes that nearly fill an event: room for some of the heads that forked feeds make.
v1::RecordMeetingRequest LongMinutes(const std::string& id, int day) {
  v1::RecordMeetingRequest request;
  request.set_convention_id(id);
  request.mutable_meeting()->set_element_id("comite");
  request.mutable_meeting()->set_held_on(absl::StrCat("2026-01-1", day));
  for (int i = 0; i < 2; ++i) {
    request.mutable_meeting()->add_decisions(std::string(53'000, 'd'));
  }
  return request;
}

// Its two stories share no event: neither is a branch of the other.
TEST(Ingest, ForkFromTheFirstEventIsSaidLikeAnyOther) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  TestReplica twin('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  rodez.Pin(caf);
  twin.Pin(caf);
  const std::string id = CreateSmall(caf, "caf-12");
  const ReplicaId forked = rodez.key().replica_id();
  for (TestReplica* one : {&rodez, &twin}) ASSERT_TRUE(caf.SendTo(*one, IdOf(id)).empty());
  for (TestReplica* one : {&rodez, &twin}) {
    ASSERT_OK(one->Do(one->User("rodez"), Measure(id, "2025", one == &rodez ? "1" : "2")));
    ASSERT_EQ(caf.Take(forked, RunOf(*one, IdOf(id), forked, 0)), std::nullopt);
  }

  EXPECT_EQ(FiguresOf(caf, "caf-12").feeds_size(), 3);
  v1::GetConventionRequest read;
  read.set_convention_id(id);
  ASSERT_OK_AND_ASSIGN(const auto answer, caf->GetConvention(caf.User("caf-12"), read));
  ASSERT_EQ(answer.context().banners_size(), 1) << answer.context().DebugString();
  EXPECT_NE(answer.context().banners(0).find("a deux suites depuis l'événement 0"),
            std::string::npos)
      << answer.context().banners(0);
  EXPECT_EQ(caf.notices(), std::vector<std::string>{absl::StrCat("feed-forked position=", id, "/",
                                                                 forked.ToHex(), "/", 0)});
}

// A draft to which `id` is party too.
v1::CreateConventionRequest WithParty(const std::string& id) {
  v1::CreateConventionRequest create;
  *create.mutable_draft() = SmallDraft();
  v1::Element* party = create.mutable_draft()->add_elements();
  party->set_id(absl::StrCat("partie-", id));
  party->mutable_party()->set_partner_id(id);
  party->mutable_party()->set_name(id);
  party->mutable_party()->set_kind(v1::PARTNER_KIND_COMMUNE);
  v1::SigningOffice* office = party->mutable_party()->add_signing_offices();
  office->set_id(absl::StrCat("signe-", id));
  office->set_office("Maire");
  return create;
}

std::string CreateWith(TestReplica& replica, const std::string& partner, const std::string& party) {
  const auto created = replica.Do(replica.User(partner), WithParty(party));
  EXPECT_OK(created);
  return created.ok() ? created->receipt().convention_id() : "";
}

std::vector<std::string> BannersAt(TestReplica& replica, const std::string& partner,
                                   const std::string& id) {
  v1::GetConventionRequest read;
  read.set_convention_id(id);
  const auto answer = replica->GetConvention(replica.User(partner), read);
  EXPECT_OK(answer);
  if (!answer.ok()) return {};
  return {answer->context().banners().begin(), answer->context().banners().end()};
}

// ADR 10: a pinned peer says at event 0 that it acts for a partner of ours.
TEST(Ingest, AConventionOpenedInOurNameByWhoIsNotKnownToActForUsIsRefusedAndTold) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica hostile('h', "Commune X", {"rodez", "caf-12"});
  caf.Pin(RosterCandidate{hostile.key().public_key(), "Commune X", {"rodez"}});
  hostile.Pin(RosterCandidate{caf.key().public_key(), "Caf", {"tiers"}});
  const std::string id = CreateWith(hostile, "rodez", "tiers");

  EXPECT_EQ(hostile.SendTo(caf, IdOf(id)),
            std::vector<sync::NackReason>{sync::NackReason::kPartnerClaimed});

  EXPECT_TRUE(caf->Examine(caf.User("caf-12"), "").figures.empty());
  ASSERT_EQ(caf.notices().size(), 1u);
  EXPECT_EQ(caf.notices()[0],
            absl::StrCat("run-refused run=", id, "/", hostile.key().replica_id().ToHex(), " from ",
                         hostile.key().replica_id().ToHex(),
                         ", partner-claimed: convention_opened: claims caf-12, which is ours"));
}

// A partner with two replicas: pinned by people, or brought by one that is.
TEST(Ingest, AConventionOfOurOtherReplicaIsTakenWithoutAWarning) {
  TestReplica first('c', "Caf", {"caf-12"});
  TestReplica second('d', "Caf 2", {"caf-12"});
  TestReplica third('e', "Caf 3", {"caf-12"});
  first.Pin(RosterCandidate{second.key().public_key(), "Caf 2", {"tiers"}});
  const std::string id = CreateWith(first, "caf-12", "tiers");
  const auto give = [&](TestReplica& to, const ReplicaId& from) {
    return to.Take(from, RunOf(first, IdOf(id), first.key().replica_id(), 0));
  };
  const ReplicaId first_id = first.key().replica_id();

  EXPECT_EQ(give(second, first_id), sync::NackReason::kPartnerClaimed);
  second.Pin(first);
  EXPECT_EQ(give(second, first_id), std::nullopt);
  EXPECT_TRUE(BannersAt(second, "caf-12", id).empty());

  // The third knows the second alone: brought by it, the first's is taken, and said to be unknown.
  third.Pin(second);
  EXPECT_EQ(give(third, first_id), sync::NackReason::kPartnerClaimed);
  EXPECT_EQ(give(third, second.key().replica_id()), std::nullopt);
  EXPECT_EQ(BannersAt(third, "caf-12", id).size(), 1u);
}

// What is in progress is never cut: the later entry is kept, and said beside each answer.
TEST(Ingest, AReplicaThatComesToActInOurNameIsNamedBesideEveryAnswer) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica hostile('h', "Commune X", {"rodez"});
  TestReplica puppet('p', "Caf de l'Aveyron", {"caf-12"});
  caf.Pin(hostile);
  hostile.Pin(RosterCandidate{caf.key().public_key(), "Caf", {"tiers"}});
  hostile.Pin(puppet);
  const std::string id = CreateWith(hostile, "rodez", "tiers");

  EXPECT_TRUE(hostile.SendTo(caf, IdOf(id)).empty());

  std::vector<std::string> banners = BannersAt(caf, "caf-12", id);
  ASSERT_EQ(banners.size(), 1u);
  const std::string named = puppet.key().replica_id().ToHex().substr(0, 12);
  EXPECT_EQ(banners[0].find(absl::StrCat("GRAVE — la réplique ", named,
                                         " agit dans cette convention au nom de « caf-12 »")),
            0u)
      << banners[0];
  // The name is the one that people here gave it, never the one it gives itself.
  EXPECT_EQ(banners[0].find("Aveyron"), std::string::npos) << banners[0];
  const auto health = caf->Examine(caf.User("caf-12"), "");
  ASSERT_EQ(health.context.banners_size(), 1);
  EXPECT_NE(health.context.banners(0).find(named), std::string::npos);
  // Known to people, it is doubted no more.
  caf.Pin(puppet);
  EXPECT_TRUE(BannersAt(caf, "caf-12", id).empty());
}

// Of other partners too, where their replica is pinned with another key.
TEST(Ingest, AReplicaThatActsForAPartnerPinnedWithAnotherKeyIsNamed) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  TestReplica hostile('h', "Commune X", {"rodez"});
  hostile.Pin(caf);
  const std::string id = CreateSmall(hostile, "rodez");
  EXPECT_TRUE(hostile.SendTo(caf, IdOf(id)).empty());
  EXPECT_TRUE(BannersAt(caf, "caf-12", id).empty());

  caf.Pin(rodez);

  const std::vector<std::string> banners = BannersAt(caf, "caf-12", id);
  ASSERT_EQ(banners.size(), 1u);
  EXPECT_NE(banners[0].find("au nom de « rodez »"), std::string::npos) << banners[0];
}

// Nobody fills the disk with conventions that no user here will see; who is brought in late is
// sent everything before the entry that names it.
TEST(Ingest, ConventionsOfStrangersEndAtALimitForEachPeerAndThoseOfOursDoNotCount) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  TestReplica other('o', "Autre", {"rodez"});
  const auto open = [&](TestReplica& at) { return IdOf(CreateSmall(at, "rodez")); };
  std::vector<ConventionId> strange;
  for (std::size_t i = 0; i < sync::kStrangersPerPeerMax; ++i) {
    strange.push_back(open(rodez));
    ASSERT_TRUE(rodez.SendTo(caf, strange.back()).empty()) << i;
  }
  const ConventionId one_more = open(rodez);
  const std::vector<sync::NackReason> refused{sync::NackReason::kNotParty};

  EXPECT_EQ(rodez.SendTo(caf, one_more), refused);
  caf.Reopen();
  EXPECT_EQ(rodez.SendTo(caf, one_more), refused);
  // Another peer has its own.
  EXPECT_TRUE(other.SendTo(caf, open(other)).empty());

  // The entry that names the Caf comes late: that convention is its own now, and there is room.
  rodez.Pin(caf);
  v1::ShareConventionRequest share;
  share.set_convention_id(strange[3].ToHex());
  share.set_peer("Caf");
  ASSERT_OK(rodez.Do(rodez.User("rodez"), share));
  EXPECT_TRUE(rodez.SendTo(caf, strange[3]).empty());
  EXPECT_TRUE(rodez.SendTo(caf, one_more).empty());
  EXPECT_EQ(rodez.SendTo(caf, open(rodez)).size(), 0u);
}

TEST(Ingest, NoNumberOfForksMakesAnOwnEventTooLarge) {
  constexpr int kAuthors = 24;
  constexpr std::size_t kHeads = kAuthors * limits::kBranches;
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  v1::CreateConventionRequest create;
  *create.mutable_draft() = SmallDraft();
  create.mutable_draft()->add_elements()->set_id("comite");
  v1::Body* body = create.mutable_draft()->mutable_elements()->rbegin()->mutable_body();
  body->set_name("Comité");
  body->set_kind(v1::BODY_KIND_STEERING);
  std::vector<std::unique_ptr<SigningKey>> keys;
  for (int i = 0; i < kAuthors; ++i) {
    const std::string partner = absl::StrCat("partenaire-", i);
    keys.push_back(*SigningKey::FromSeed(Sha256({partner}).view()));
    caf.Pin(RosterCandidate{keys.back()->public_key(), partner, {partner}});
    v1::Element* party = create.mutable_draft()->add_elements();
    party->set_id(absl::StrCat("partie-", i));
    party->mutable_party()->set_partner_id(partner);
    party->mutable_party()->set_name(partner);
    party->mutable_party()->set_kind(v1::PARTNER_KIND_COMMUNE);
    v1::SigningOffice* office = party->mutable_party()->add_signing_offices();
    office->set_id(absl::StrCat("signe-", i));
    office->set_office("Maire");
  }
  const auto created = caf.Do(caf.User("caf-12"), create);
  ASSERT_OK(created);
  const std::string id = created->receipt().convention_id();
  // Rodez meets the forks in the opposite order, before any event that cites them.
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  std::vector<v1::Run> runs;
  for (const auto& key : keys) {
    for (std::size_t branch = 0; branch < limits::kBranches; ++branch) {
      runs.push_back(BranchOf(*key, IdOf(id), static_cast<int>(branch)));
    }
  }
  std::size_t stored = 0;
  const auto give = [&](TestReplica& to, const v1::Run& run) {
    to->SubmitRun(rodez.key().replica_id(), sync::IngestRun{1, run},
                  [&](const sync::StoredRun& one) { stored += one.refused ? 0 : 1; });
  };
  for (const v1::Run& run : runs) give(caf, run);
  caf.Drain();
  ASSERT_EQ(stored, kHeads);

  // Each event is within its limit; together they cite every head, each once.
  std::set<std::string> cited;
  for (int day = 0; cited.size() < kHeads; ++day) {
    ASSERT_LT(day, 4);
    ASSERT_OK(caf.Do(caf.User("caf-12"), LongMinutes(id, day)));
    const StoredEvent& event_bytes = caf.store().last().events.front();
    EXPECT_LE(event_bytes.bytes.size(), limits::kEventBytes);
    EXPECT_GT(event_bytes.bytes.size(), limits::kEventBytes - 30'000);
    v1::Event event;
    ASSERT_TRUE(event.ParseFromString(event_bytes.bytes));
    EXPECT_LT(static_cast<std::size_t>(event.seen_size()), kHeads);
    for (const v1::FeedPoint& point : event.seen()) {
      EXPECT_TRUE(cited.insert(point.SerializeAsString()).second);
    }
  }

  // Invariants 2 and 8: another order of arrival gives the same state, with every branch.
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) give(rodez, *run);
  rodez.Drain();
  ASSERT_EQ(stored, 2 * kHeads);
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  EXPECT_EQ(FiguresOf(rodez, "rodez").events_applied(), FiguresOf(caf, "caf-12").events_applied());
  EXPECT_EQ(FiguresOf(rodez, "rodez").state_digest(), FiguresOf(caf, "caf-12").state_digest());
}

TEST(Ingest, ConventionThatFailsItsProofIsReadOnlyAndOthersGoOn) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string damaged = CreateSmall(caf, "caf-12");
  const std::string sound = CreateSmall(caf, "caf-12");
  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(damaged, "2025", "1")));
  const StoredEvent stored = caf.store().last().events.front();
  caf.Reopen();
  v1::Event event;
  ASSERT_TRUE(event.ParseFromString(stored.bytes));
  event.mutable_indicator_measured()->set_value("999");
  caf.store().Rewrite(stored.at, event.SerializeAsString());

  const auto refused = caf.Do(caf.User("caf-12"), Measure(damaged, "2026", "2"));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(RefusalOf(refused.status()).rule, "convention-read-only");
  EXPECT_OK(caf.Do(caf.User("caf-12"), Measure(sound, "2026", "2")));
  v1::GetStatusRequest read;
  read.set_convention_id(damaged);
  ASSERT_OK_AND_ASSIGN(const auto answer, caf->GetStatus(caf.User("caf-12"), read));
  EXPECT_EQ(answer.context().banners_size(), 1);
  ASSERT_OK_AND_ASSIGN(const auto verified, caf->Verify(caf.User("caf-12"), {}));
  EXPECT_FALSE(verified.ok());
  bool named = false;
  for (const v1::FeedReport& report : verified.feeds()) {
    named = named || report.problem().find("événement " + std::to_string(stored.at.sequence)) !=
                         std::string::npos;
  }
  EXPECT_TRUE(named) << verified.DebugString();
}

}  // namespace
}  // namespace greffe::test
