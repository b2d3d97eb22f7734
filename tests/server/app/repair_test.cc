// Damage that is kept, said, never passed on, and restored by peers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/refusal.h"
#include "core/feed/checkpoint.h"
#include "tests/server/app/test_replica.h"

namespace greffe::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing_support::StatusIs;

// The CAF and Rodez share a convention; each has recorded a value, and both hold both.
struct Shared {
  Shared() {
    caf.Pin(rodez);
    id = CreateSmall(caf, "caf-12");
    EXPECT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2024", "1")));
    EXPECT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
    EXPECT_OK(rodez.Do(rodez.User("rodez"), Measure(id, "2025", "2")));
    EXPECT_TRUE(rodez.SendTo(caf, IdOf(id)).empty());
  }

  // Another text in the place of the last event of an author's feed at the CAF, on its disk. The
  // row is sound for the store, so only the proof tells.
  void RewriteLastOf(const TestReplica& author, bool restart = true) {
    const std::vector<ConventionRow> conventions = *caf.store().ListConventions();
    for (const ConventionRow& row : conventions) {
      const std::vector<FeedRow> feeds = *caf.store().ListFeeds(row.number);
      for (const FeedRow& feed : feeds) {
        if (feed.replica != author.key().replica_id()) continue;
        const EventPosition at{feed.number, feed.held - 1};
        const std::string bytes = *caf.store().ReadEvent(at);
        v1::Event event;
        ASSERT_TRUE(event.ParseFromString(bytes));
        event.mutable_indicator_measured()->set_value("99");
        WriteSet writes;
        writes.events.push_back(
            StoredEvent{at, row.number, LeafHash(bytes), event.SerializeAsString()});
        ASSERT_OK(caf.store().Commit(writes));
      }
    }
    if (restart) caf.Reopen();
  }

  v1::ConventionFigures Figures(TestReplica& replica, const std::string& partner) {
    const auto figures = replica->Examine(replica.User(partner), partner).figures;
    return figures.size() == 1 ? figures.front() : v1::ConventionFigures();
  }

  absl::Status MeasureAtCaf(const std::string& period) {
    return caf.Do(caf.User("caf-12"), Measure(id, period, "7")).status();
  }

  TestReplica caf{'c', "Caf", {"caf-12"}};
  TestReplica rodez{'r', "Rodez", {"rodez"}};
  std::string id;
};

TEST(Repair, DamageFoundWhenAConventionIsLoadedIsKeptAndSaid) {
  Shared s;
  s.RewriteLastOf(s.rodez);
  v1::GetStatusRequest read;
  read.set_convention_id(s.id);
  const auto shown = s.caf->GetStatus(s.caf.User("caf-12"), read);
  ASSERT_OK(shown);
  EXPECT_THAT(shown->context().banners(), Contains(HasSubstr("lecture seule")));
  // Once, by its id, among what an administrator is told of all conventions.
  EXPECT_THAT(s.caf->Examine(s.caf.User("caf-12"), "").context.banners(),
              testing::ElementsAre(
                  testing::StartsWith("Convention " + s.id.substr(0, 12) + " en lecture seule")));
  s.caf.Drain();
  EXPECT_THAT(s.caf.notices(), Contains("convention-read-only convention=" + s.id));
  EXPECT_EQ(RefusalOf(s.MeasureAtCaf("2026")).rule, "convention-read-only");

  // The bytes are what they were, by some other means: nothing is found any more, and still the
  // convention is read-only, said at the start and in every list.
  const std::vector<ConventionRow> rows = *s.caf.store().ListConventions();
  EXPECT_TRUE(rows.front().read_only);
  s.caf.Reopen();
  EXPECT_EQ(s.caf.notices().back(), "convention-read-only convention=" + s.id);
  const auto list = s.caf->ListConventions(s.caf.User("caf-12"), {});
  ASSERT_OK(list);
  EXPECT_TRUE(list->conventions(0).read_only());
  EXPECT_THAT(list->context().banners(), Contains(HasSubstr(s.id.substr(0, 12))));
  UserCall english = s.caf.User("caf-12");
  english.english = true;
  const auto status = s.caf->GetStatus(english, read);
  ASSERT_OK(status);
  EXPECT_THAT(status->context().banners(), Contains(HasSubstr("read-only")));
}

TEST(Repair, VerificationOfAllGoesOnPastAConventionThatCannotBeRead) {
  Shared s;
  const std::string second = CreateSmall(s.caf, "caf-12");
  s.caf.Reopen();
  // Whichever comes first.
  const ConventionRow row = s.caf.store().ListConventions()->front();
  const FeedRow feed = s.caf.store().ListFeeds(row.number)->front();
  s.caf.store().FailReads(EventPosition{feed.number, 0}, absl::UnavailableError("busy"));
  const std::string unread = row.id.ToHex();
  const std::string read = unread == s.id ? second : s.id;

  ASSERT_OK_AND_ASSIGN(const auto verified, s.caf->Verify(s.caf.User("caf-12"), {}));

  EXPECT_FALSE(verified.ok());
  std::set<std::string> sound, named;
  for (const v1::FeedReport& report : verified.feeds()) {
    (report.ok() ? sound : named).insert(report.convention_id());
    EXPECT_EQ(report.ok(), report.problem().empty());
  }
  EXPECT_THAT(sound, testing::ElementsAre(read));
  EXPECT_THAT(named, testing::ElementsAre(unread));
  // Asked about alone, it is refused with its reason.
  v1::VerifyRequest alone;
  alone.set_convention_id(unread);
  EXPECT_THAT(s.caf->Verify(s.caf.User("caf-12"), alone), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(Repair, FaultThatPassedIsForgottenOnlyOnceEverythingStands) {
  Shared s;
  s.caf.Reopen();
  const auto feeds = *s.caf.store().ListFeeds(s.caf.store().ListConventions()->front().number);
  s.caf.store().Rewrite(EventPosition{feeds.front().number, 1}, "other bytes");
  EXPECT_TRUE(s.Figures(s.caf, "caf-12").read_only());
  s.caf.Drain();
  s.caf.Reopen();
  EXPECT_EQ(RefusalOf(s.MeasureAtCaf("2026")).rule, "convention-read-only");
  ASSERT_OK_AND_ASSIGN(const auto verified, s.caf->Verify(s.caf.User("caf-12"), {}));
  EXPECT_TRUE(verified.ok());
  s.caf.Drain();
  EXPECT_EQ(s.caf.notices().back(), "convention-repaired convention=" + s.id);
  EXPECT_OK(s.MeasureAtCaf("2026"));
}

TEST(Repair, VerifyFindsKeepsAndTellsInTheLanguageAsked) {
  Shared s;
  ASSERT_OK(s.MeasureAtCaf("2026"));
  s.RewriteLastOf(s.rodez);
  ASSERT_OK_AND_ASSIGN(const auto french, s.caf->Verify(s.caf.User("caf-12"), {}));
  UserCall english = s.caf.User("caf-12");
  english.english = true;
  ASSERT_OK_AND_ASSIGN(const auto in_english, s.caf->Verify(english, {}));
  std::string fr, en;
  for (const auto& feed : french.feeds()) fr += feed.problem();
  for (const auto& feed : in_english.feeds()) en += feed.problem();
  EXPECT_THAT(fr, HasSubstr("ses octets ont pour empreinte"));
  EXPECT_THAT(en, HasSubstr("its bytes hash to"));
  s.caf.Drain();
  EXPECT_TRUE(s.caf.store().ListConventions()->front().read_only);
}

TEST(Repair, WhatFailsItsProofIsNeverPassedOn) {
  Shared s;
  // In memory all is well: the run is checked on its way out.
  s.RewriteLastOf(s.rodez, /*restart=*/false);
  std::vector<sync::HeldBranch> branches = s.caf->view().Branches(IdOf(s.id));
  for (const sync::HeldBranch& branch : branches) {
    const auto run = s.caf->view().ReadRun(IdOf(s.id), branch.number, 0, 200 * 1024);
    if (branch.point.replica == s.caf.key().replica_id()) {
      EXPECT_OK(run);
    } else {
      EXPECT_FALSE(run.ok());
    }
  }
  s.caf.Drain();
  // From then on it is not even offered, and peers see that something is to be compared.
  branches = s.caf->view().Branches(IdOf(s.id));
  ASSERT_EQ(branches.size(), 1u);
  EXPECT_EQ(branches.front().point.replica, s.caf.key().replica_id());
  EXPECT_NE(s.caf->view().Shared(s.rodez.key().replica_id()).front().digest,
            s.rodez->view().Shared(s.caf.key().replica_id()).front().digest);
}

TEST(Repair, PeersRunsRestoreTheDamagedRangeAndTheConventionIsWritableAgain) {
  for (const bool own : {true, false}) {
    Shared s;
    ASSERT_OK(s.MeasureAtCaf("2026"));
    ASSERT_TRUE(s.caf.SendTo(s.rodez, IdOf(s.id)).empty());
    const std::string digest = s.Figures(s.rodez, "rodez").state_digest();
    s.RewriteLastOf(own ? s.caf : s.rodez);
    EXPECT_TRUE(s.Figures(s.caf, "caf-12").read_only());
    s.caf.Drain();

    EXPECT_TRUE(s.rodez.SendTo(s.caf, IdOf(s.id)).empty());
    EXPECT_EQ(s.caf.notices().back(), "convention-repaired convention=" + s.id) << own;
    EXPECT_FALSE(s.Figures(s.caf, "caf-12").read_only());
    EXPECT_EQ(s.Figures(s.caf, "caf-12").state_digest(), digest);
    EXPECT_EQ(s.caf->view().Shared(s.rodez.key().replica_id()),
              s.rodez->view().Shared(s.caf.key().replica_id()));
    s.caf.Reopen();
    EXPECT_OK(s.MeasureAtCaf("2023"));
    ASSERT_OK_AND_ASSIGN(const auto verified, s.caf->Verify(s.caf.User("caf-12"), {}));
    EXPECT_TRUE(verified.ok());
  }
}

TEST(Repair, RunThatGoesOnBeyondWhatIsHeldRestoresAndExtends) {
  Shared s;
  s.RewriteLastOf(s.rodez);
  EXPECT_TRUE(s.Figures(s.caf, "caf-12").read_only());
  s.caf.Drain();
  ASSERT_OK(s.rodez.Do(s.rodez.User("rodez"), Measure(s.id, "2023", "3")));
  EXPECT_TRUE(s.rodez.SendTo(s.caf, IdOf(s.id)).empty());
  EXPECT_FALSE(s.Figures(s.caf, "caf-12").read_only());
  EXPECT_EQ(s.Figures(s.caf, "caf-12").state_digest(), s.Figures(s.rodez, "rodez").state_digest());
}

TEST(Repair, WhatNoPeerHoldsStaysDamagedAndRestoresNothingElse) {
  Shared s;
  // Of its own feed the CAF holds an event that nobody else has.
  ASSERT_OK(s.MeasureAtCaf("2026"));
  s.RewriteLastOf(s.caf);
  EXPECT_TRUE(s.Figures(s.caf, "caf-12").read_only());
  s.caf.Drain();
  EXPECT_TRUE(s.rodez.SendTo(s.caf, IdOf(s.id)).empty());
  EXPECT_TRUE(s.Figures(s.caf, "caf-12").read_only());
  s.caf.Reopen();
  EXPECT_EQ(RefusalOf(s.MeasureAtCaf("2023")).rule, "convention-read-only");
}

TEST(Repair, TakesNoRunOfAnotherBranch) {
  Shared s;
  s.RewriteLastOf(s.rodez);
  EXPECT_TRUE(s.Figures(s.caf, "caf-12").read_only());
  s.caf.Drain();
  v1::Run run;
  for (const sync::HeldBranch& branch : s.rodez->view().Branches(IdOf(s.id))) {
    if (branch.point.replica != s.rodez.key().replica_id()) continue;
    run = *s.rodez->view().ReadRun(IdOf(s.id), branch.number, 0, 200 * 1024);
  }
  // The same author signs another event 0.
  v1::Event event;
  ASSERT_TRUE(event.ParseFromString(run.events(0)));
  event.mutable_indicator_measured()->set_value("3");
  run.set_events(0, event.SerializeAsString());
  MerkleFrontier tree;
  tree.Append(LeafHash(run.events(0)));
  run.set_head(SignCheckpoint(Checkpoint{IdOf(s.id), s.rodez.key().replica_id(), 1, tree.Root()},
                              s.rodez.key()));
  EXPECT_EQ(s.caf.Take(s.rodez.key().replica_id(), run), sync::NackReason::kDisk);
  EXPECT_TRUE(s.Figures(s.caf, "caf-12").read_only());
  EXPECT_TRUE(s.rodez.SendTo(s.caf, IdOf(s.id)).empty());
  EXPECT_FALSE(s.Figures(s.caf, "caf-12").read_only());
}

}  // namespace
}  // namespace greffe::test
