// What an administrator is told of all conventions at once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
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
  const v1::ReplyContext context = replica->HealthContext(call, partner);
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

TEST(Health, NamesTheConventionWhoseEventsWaitToThoseWhoMaySeeItAlone) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  TestReplica third('t', "Tiers", {"rodez"});
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

}  // namespace
}  // namespace greffe::test
