// What an administrator is told of all conventions at once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/feed/checkpoint.h"
#include "core/feed/merkle.h"
#include "tests/server/app/test_replica.h"

namespace greffe::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

std::vector<std::string> BannersOf(TestReplica& replica, const std::string& partner,
                                   bool english = false) {
  UserCall call = replica.User("caf-12");
  call.english = english;
  const v1::ReplyContext context = replica->Examine(call, partner).context;
  EXPECT_EQ(context.replica_id(), replica.key().replica_id().ToHex());
  return {context.banners().begin(), context.banners().end()};
}

// Everything that Rodez wrote, and nothing of what it had seen, at a third replica.
void GiveWhatMustWait(TestReplica& caf, TestReplica& rodez, TestReplica& third,
                      const std::string& id) {
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  ASSERT_TRUE(caf.SendTo(third, IdOf(id)).empty());
  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2025", "1")));
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  ASSERT_OK(rodez.Do(rodez.User("rodez"), Measure(id, "2026", "2")));
  for (const sync::HeldBranch& branch : rodez->view().Branches(IdOf(id))) {
    if (branch.point.replica != rodez.key().replica_id()) continue;
    ASSERT_OK_AND_ASSIGN(const v1::Run run,
                         rodez->view().ReadRun(IdOf(id), branch.number, 0, 200 * 1024));
    ASSERT_EQ(third.Take(rodez.key().replica_id(), run), std::nullopt);
  }
}

ConventionRow RowOf(TestReplica& replica, const std::string& id) {
  const std::vector<ConventionRow> rows = *replica.store().ListConventions();
  for (const ConventionRow& row : rows) {
    if (row.id == IdOf(id)) return row;
  }
  ADD_FAILURE() << "no convention " << id;
  return {};
}

// All of the author's feed, and one event more that holds a field of tomorrow.
v1::Run RunOfNewerSoftware(TestReplica& author, const std::string& id) {
  const std::vector<sync::HeldBranch> branches = author->view().Branches(IdOf(id));
  auto read = author->view().ReadRun(IdOf(id), branches.front().number, 0, 200 * 1024);
  EXPECT_OK(read);
  v1::Run run = *std::move(read);
  v1::Event event;
  EXPECT_TRUE(event.ParseFromString(run.events(run.events_size() - 1)));
  event.set_sequence(event.sequence() + 1);
  event.clear_seen();
  event.GetReflection()->MutableUnknownFields(&event)->AddVarint(900, 1);
  run.add_events(event.SerializeAsString());
  MerkleFrontier tree;
  for (const std::string& bytes : run.events()) tree.Append(LeafHash(bytes));
  run.set_head(SignCheckpoint(
      Checkpoint{IdOf(id), author.key().replica_id(), tree.size(), tree.Root()}, author.key()));
  return run;
}

TEST(Health, NamesTheConventionWhoseEventsWaitToThoseWhoMaySeeItAlone) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  TestReplica third('t', "Tiers", {"rodez"});
  third.Pin(rodez);
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  GiveWhatMustWait(caf, rodez, third, id);

  const std::string prefix = absl::StrCat("Convention ", id.substr(0, 12), " — ");
  for (const std::string partner : {"", "rodez"}) {
    EXPECT_THAT(BannersOf(third, partner),
                ElementsAre(AllOf(StartsWith(prefix), HasSubstr("en attendent"), HasSubstr("1."))));
    EXPECT_THAT(BannersOf(third, partner, /*english=*/true),
                ElementsAre(AllOf(StartsWith(prefix), HasSubstr("wait for others"))));
  }
  EXPECT_THAT(BannersOf(third, "un-autre"), IsEmpty());
}

TEST(Health, IsSilentAboutConventionsWhereNothingHappened) {
  TestReplica caf('c', "Caf", {"caf-12"});
  CreateSmall(caf, "caf-12");
  caf.clock().Forward(40ll * 86'400 * 1'000'000);

  EXPECT_THAT(BannersOf(caf, ""), IsEmpty());
}

TEST(Health, TellsOfTwentyConventionsAndCountsTheRest) {
  TestReplica caf('c', "Caf", {"caf-12"});
  for (int i = 0; i < 22; ++i) CreateSmall(caf, "caf-12");
  // Another text in the place of the last event of each, on the disk: only the proof tells.
  const auto damage = [&caf](std::size_t from, std::size_t to) {
    const std::vector<ConventionRow> rows = *caf.store().ListConventions();
    WriteSet writes;
    for (std::size_t i = from; i < to; ++i) {
      const FeedRow feed = caf.store().ListFeeds(rows[i].number)->front();
      const EventPosition at{feed.number, feed.held - 1};
      const std::string bytes = *caf.store().ReadEvent(at);
      v1::Event event;
      ASSERT_TRUE(event.ParseFromString(bytes));
      event.mutable_actor()->set_office("autre");
      writes.events.push_back(
          StoredEvent{at, rows[i].number, LeafHash(bytes), event.SerializeAsString()});
    }
    ASSERT_OK(caf.store().Commit(writes));
    caf.Reopen();
  };

  damage(0, 20);
  EXPECT_THAT(BannersOf(caf, ""), AllOf(SizeIs(20), testing::Each(HasSubstr("lecture seule"))));

  damage(20, 22);
  const std::vector<std::string> banners = BannersOf(caf, "");
  ASSERT_EQ(banners.size(), 21u);
  EXPECT_EQ(banners.back(),
            "Autres conventions avec un avertissement : 2 (greffe convention show ID).");
  EXPECT_EQ(BannersOf(caf, "", /*english=*/true).back(),
            "Further conventions with a warning: 2 (greffe convention show ID).");
}

// A disk error under one convention: the others are told of as ever, and this one says what it is.
TEST(Health, OfAConventionThatCannotBeReadTakesNothingFromTheOthers) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string lost = CreateSmall(caf, "caf-12");
  const std::string sound = CreateSmall(caf, "caf-12");
  caf.Reopen();
  const FeedRow feed = caf.store().ListFeeds(RowOf(caf, lost).number)->front();
  caf.store().FailReads(EventPosition{feed.number, 0},
                        ToStatus({.code = absl::StatusCode::kUnavailable,
                                  .rule = "store-io",
                                  .fr = "Le disque ne répond pas.",
                                  .en = "The disk does not answer.",
                                  .next_fr = "Voyez le disque.",
                                  .next_en = "See to the disk."}));

  for (const bool english : {false, true}) {
    EXPECT_THAT(BannersOf(caf, "", english),
                ElementsAre(absl::StrCat("Convention ", lost.substr(0, 12), " — ",
                                         english ? "The disk does not answer. See to the disk."
                                                 : "Le disque ne répond pas. Voyez le disque.")));
  }
  std::map<std::string, v1::ConventionFigures> figures;
  for (const auto& one : caf->Examine(caf.User("caf-12"), "").figures) {
    figures[one.convention_id()] = one;
  }
  EXPECT_THAT(figures, SizeIs(2));
  EXPECT_GT(figures[sound].events_applied(), 0u);
  EXPECT_EQ(figures[lost].events_held(), 0u);
  EXPECT_FALSE(figures[lost].read_only());
  // The list goes on too, with the id alone.
  ASSERT_OK_AND_ASSIGN(const auto listed, caf->ListConventions(caf.User("caf-12"), {}));
  ASSERT_EQ(listed.conventions_size(), 2);
  for (const v1::ConventionSummary& one : listed.conventions()) {
    EXPECT_EQ(one.title().empty(), one.convention_id() == lost) << one.ShortDebugString();
  }
  EXPECT_THAT(listed.context().banners(), ElementsAre(HasSubstr("disque")));

  caf.store().FailReads({}, absl::OkStatus());
  EXPECT_THAT(BannersOf(caf, ""), IsEmpty());
}

TEST(Health, SaysWhereAPartnerWroteWithNewerSoftware) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  EXPECT_THAT(BannersOf(rodez, ""), IsEmpty());

  ASSERT_EQ(rodez.Take(caf.key().replica_id(), RunOfNewerSoftware(caf, id)), std::nullopt);

  const std::string prefix = absl::StrCat("Convention ", id.substr(0, 12), " — ");
  EXPECT_THAT(BannersOf(rodez, "rodez"),
              ElementsAre(AllOf(StartsWith(prefix), HasSubstr("logiciel plus récent"))));
  EXPECT_THAT(BannersOf(rodez, "rodez", /*english=*/true),
              ElementsAre(AllOf(StartsWith(prefix), HasSubstr("newer software"))));
  // Beside every answer about it too.
  v1::GetConventionRequest read;
  read.set_convention_id(id);
  ASSERT_OK_AND_ASSIGN(const auto answer, rodez->GetConvention(rodez.User("rodez"), read));
  EXPECT_THAT(answer.context().banners(), ElementsAre(HasSubstr("logiciel plus récent")));
}

}  // namespace
}  // namespace greffe::test
