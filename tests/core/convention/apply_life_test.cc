#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/convention/reading/event_teller.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"

namespace greffe::test {
namespace {

using ::testing::HasSubstr;
using Life = v1::LifeRecorded;

// The row of an event; a row of kind 0 when there is none.
LifeFact Row(Scenario& play, History::Event event) {
  const StateData& data = play.Data();
  const auto found = data.life_by_event.find(data.FindEvent(play.Leaf(event)));
  return found == data.life_by_event.end() ? LifeFact{} : data.life[found->second];
}

bool Replaced(Scenario& play, History::Event event) {
  const StateData& data = play.Data();
  return data.events[data.FindEvent(play.Leaf(event))].replaced;
}

TEST(ApplyLife, JoinsAnAnswerToTheFactThatItsAuthorHadReceived) {
  Scenario play;
  const auto sent =
      play.history.Write(play.a, "a", Happened(Notice(v1::NOTICE_KIND_BREACH, "2025-10-31")));
  const auto blind = play.history.Write(
      play.b, "b",
      Happened(Answering(Plain(Life::kNoticeReceived, "2025-11-03"), play.Leaf(sent))));
  play.history.LearnAll();
  const auto received = play.history.Write(
      play.b, "b",
      Happened(Answering(Plain(Life::kNoticeReceived, "2025-11-03"), play.Leaf(sent))));

  EXPECT_EQ(Row(play, sent).variant, v1::NOTICE_KIND_BREACH);
  EXPECT_EQ(Row(play, received).answers, play.Data().FindEvent(play.Leaf(sent)));
  EXPECT_FALSE(play.Found(received, FindingCode::kAnswersIneffective));
  EXPECT_EQ(Row(play, blind).answers, kNone);
  EXPECT_TRUE(play.Found(blind, FindingCode::kAnswersIneffective));
}

TEST(ApplyLife, FindsAnAnswerToAFactThatIsNotAnsweredSo) {
  Scenario play;
  const auto sent =
      play.history.Write(play.a, "a", Happened(Notice(v1::NOTICE_KIND_BREACH, "2025-10-31")));
  const auto validated = play.history.Write(
      play.a, "a",
      Happened(Answering(Plain(Life::kEvaluationValidated, "2025-11-03"), play.Leaf(sent))));
  const auto nothing =
      play.history.Write(play.a, "a", Happened(Plain(Life::kNoticeCured, "2025-11-04")));

  EXPECT_EQ(Row(play, validated).answers, kNone);
  EXPECT_TRUE(play.Found(validated, FindingCode::kAnswersIneffective));
  EXPECT_TRUE(play.Found(nothing, FindingCode::kAnswersIneffective));
}

TEST(ApplyLife, AnswersDeliberationsAndFrozenTexts) {
  Scenario play;
  const auto vote = play.history.Write(play.b, "b", Deliberate(play.Leaf(play.frozen), "b"));
  play.history.LearnAll();
  const auto challenged = play.history.Write(
      play.b, "b",
      Happened(Answering(Plain(Life::kDeliberationChallenged, "2025-07-01"), play.Leaf(vote))));
  const auto consulted = play.history.Write(
      play.a, "a",
      Happened(Answering(Plain(Life::kCommitteeConsulted, "2025-07-01"), play.Leaf(play.frozen))));
  const auto crossed = play.history.Write(
      play.a, "a",
      Happened(Answering(Plain(Life::kCommitteeConsulted, "2025-07-01"), play.Leaf(vote))));

  EXPECT_EQ(Row(play, challenged).answers, play.Data().FindEvent(play.Leaf(vote)));
  EXPECT_EQ(Row(play, consulted).answers, play.Data().FindEvent(play.Leaf(play.frozen)));
  EXPECT_EQ(Row(play, crossed).answers, kNone);
}

TEST(ApplyLife, LetsAPartnerCorrectItsOwnFactsAlone) {
  Scenario play;
  const auto sent =
      play.history.Write(play.a, "a", Happened(Notice(v1::NOTICE_KIND_BREACH, "2025-10-31")));
  play.history.LearnAll();
  const auto foreign = play.history.Write(
      play.b, "b",
      Happened(Replacing(Notice(v1::NOTICE_KIND_BREACH, "2025-10-01"), {play.Leaf(sent)})));
  EXPECT_FALSE(Replaced(play, sent));
  EXPECT_TRUE(play.Found(foreign, FindingCode::kReplacesIneffective));
  const auto other_kind = play.history.Write(
      play.a, "a",
      Happened(Replacing(Plain(Life::kDisputeOpened, "2025-10-01"), {play.Leaf(sent)})));
  EXPECT_FALSE(Replaced(play, sent));
  EXPECT_TRUE(play.Found(other_kind, FindingCode::kReplacesIneffective));

  const auto corrected = play.history.Write(
      play.a, "a",
      Happened(Replacing(Notice(v1::NOTICE_KIND_BREACH, "2025-10-30"), {play.Leaf(sent)})));

  EXPECT_TRUE(Replaced(play, sent));
  EXPECT_EQ(Row(play, corrected).replaces.size(), 1u);
}

TEST(ApplyLife, KeepsTwoCorrectionsMadeAtTheSameTime) {
  Scenario play;
  const History::Author second = play.history.AddReplica();
  play.history.Write(play.a, "a", Enrol(play.history.key(second), {"a"}));
  const auto sent =
      play.history.Write(play.a, "a", Happened(Notice(v1::NOTICE_KIND_BREACH, "2025-10-31")));
  play.history.LearnAll();

  const auto one = play.history.Write(
      play.a, "a",
      Happened(Replacing(Notice(v1::NOTICE_KIND_BREACH, "2025-10-29"), {play.Leaf(sent)})));
  const auto two = play.history.Write(
      second, "a",
      Happened(Replacing(Notice(v1::NOTICE_KIND_BREACH, "2025-10-30"), {play.Leaf(sent)})));

  EXPECT_TRUE(Replaced(play, sent));
  EXPECT_FALSE(Replaced(play, one));
  EXPECT_FALSE(Replaced(play, two));
}

TEST(ApplyLife, KeepsAFactWithoutAuthorityWithoutEffect) {
  Scenario play;
  const auto sent =
      play.history.Write(play.b, "a", Happened(Notice(v1::NOTICE_KIND_BREACH, "2025-10-31")));

  EXPECT_FALSE(play.Authorised(sent));
  EXPECT_TRUE(play.Found(sent, FindingCode::kNotAuthorised));
}

TEST(ApplyLife, LeavesAFindingForWhatMakesNoSense) {
  const auto malformed = [](v1::LifeRecorded fact) {
    Scenario play;
    const auto event = play.history.Write(play.a, "a", Happened(std::move(fact)));
    EXPECT_EQ(Row(play, event).kind, 0);
    return play.Found(event, FindingCode::kMalformed);
  };
  v1::LifeRecorded without_kind;
  without_kind.set_element_id("terms");
  without_kind.set_happened_on("2025-01-01");
  v1::LifeRecorded without_element = Notice(v1::NOTICE_KIND_BREACH, "2025-10-31");
  without_element.clear_element_id();
  v1::LifeRecorded long_element = Notice(v1::NOTICE_KIND_BREACH, "2025-10-31");
  long_element.set_element_id(std::string(65, 'e'));
  v1::LifeRecorded long_year = Plain(Life::kEvaluationReported, "2025-10-31");
  long_year.mutable_evaluation_reported()->set_year(std::string(65, '2'));

  EXPECT_TRUE(malformed(without_kind));
  EXPECT_TRUE(malformed(without_element));
  EXPECT_TRUE(malformed(long_element));
  EXPECT_TRUE(malformed(long_year));
  EXPECT_TRUE(malformed(Notice(v1::NOTICE_KIND_BREACH, "")));
  EXPECT_TRUE(malformed(Notice(v1::NOTICE_KIND_BREACH, "2025-02-30")));
}

TEST(ApplyLife, IsToldInOneSentenceFromTheFactsAlone) {
  Scenario play;
  const auto sent =
      play.history.Write(play.a, "a", Happened(Notice(v1::NOTICE_KIND_DENUNCIATION, "2025-08-31")));
  v1::LifeRecorded evaluation = Plain(Life::kEvaluationReported, "2025-12-01");
  evaluation.set_element_id("art-1");
  evaluation.mutable_evaluation_reported()->set_kind(v1::EVALUATION_KIND_ANNUAL);
  evaluation.mutable_evaluation_reported()->set_year("2025");
  const auto reported = play.history.Write(play.a, "a", Happened(evaluation));
  const auto tell = [&](History::Event event) {
    const StateData& data = play.Data();
    return EventTeller(data).View(data.FindEvent(play.Leaf(event))).summary();
  };

  EXPECT_THAT(tell(sent), HasSubstr("dénonciation envoyée le 31 août 2025."));
  EXPECT_THAT(tell(reported), HasSubstr("évaluation annuelle 2025 rendue le 1er décembre 2025"));
}

}  // namespace
}  // namespace greffe::test
