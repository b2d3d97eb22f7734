#include "core/convention/reading/ending.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/convention/reading/ended.h"
#include "core/convention/views/life_standing.h"
#include "core/convention/views/queries_life.h"
#include "tests/core/convention/three_parties.h"
#include "tests/support/life_payloads.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using test::Day;
using test::Denunciation;
using test::Prolong;
using test::ThreeParties;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Life = v1::LifeRecorded;

using testing_support::StatusIs;

// CHK-29: who had left gives no notice; the sentence says so, and that nothing ends by it.
TEST(Ending, SaysThatTheLetterOfWhoIsNoPartyEndsNothing) {
  ThreeParties life;
  life.Leave("c", 7, "2025-01-01");
  const Digest sent = life.Write("c", Denunciation("2025-01-31", "b"));

  const std::vector<std::string> said = life.Said(sent, "notice-standing", "2025-06-01");
  ASSERT_EQ(said.size(), 1u);
  EXPECT_THAT(said[0], HasSubstr("n'était pas partie ce jour-là : sa lettre ne met fin à rien."));
}

// L-53: three when it was given and received; that one leaves later makes no end of it.
TEST(Ending, OfADenunciationAmongThreeStaysToQualifyWhenOneLeaves) {
  ThreeParties life;
  const Digest sent = life.Write("a", Denunciation("2025-01-31", "b"));
  life.Receive("b", sent, "2025-01-31");
  EXPECT_EQ(life.On("2025-08-15"), v1::CONVENTION_STANDING_IN_FORCE);
  life.Leave("c", 7, "2025-09-01");

  for (const char* day : {"2025-08-15", "2025-09-15", "2026-01-01"}) {
    EXPECT_EQ(life.On(day), v1::CONVENTION_STANDING_IN_FORCE) << day;
    EXPECT_THAT(life.Findings(day), Contains("denunciation-to-qualify")) << day;
  }
}

// Between two it ends the whole, on whatever date one asks.
TEST(Ending, OfADenunciationBetweenTwoIsTheSameForEveryDateAsked) {
  ThreeParties life;
  life.Leave("c", 7, "2024-06-01");
  const Digest sent = life.Write("a", Denunciation("2025-01-31", "b"));
  life.Receive("b", sent, "2025-01-31");

  EXPECT_EQ(life.On("2025-07-31"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_EQ(life.On("2025-08-01"), v1::CONVENTION_STANDING_TERMINATED);
  EXPECT_EQ(life.On("2027-01-01"), v1::CONVENTION_STANDING_TERMINATED);
  // Asked about a day on which there were three, its end is the same.
  const StateData& data = life.play.Data();
  const ConsolidatedText text = Consolidate(data, Day("2024-03-01"));
  const EndingFacts end = FindEnding(data, LifeBook(data, text, Day("2024-03-01")));
  ASSERT_TRUE(end.ending.has_value());
  EXPECT_EQ(end.ending->last_day, Day("2025-07-31"));
}

std::string EndSeenFrom(ThreeParties* life, const char* day) {
  const StateData& data = life->play.Data();
  const LifeBook book(data);
  const std::optional<rules::End> end = EndMet(book, FindEnding(data, book), Day(day));
  return end.has_value() ? end->last_day.ToString() : "";
}

// L-36: an extension counts from its conclusion on, long before it takes effect.
TEST(Ending, OfATermThatAnActProlongsIsKnownFromItsConclusion) {
  ThreeParties life;
  EXPECT_EQ(EndSeenFrom(&life, "2026-04-01"), "2028-12-31");
  Prolong(&life, "2028-06-01", "2030-12-31");

  for (const char* day : {"2020-01-01", "2026-04-01", "2028-06-01", "2030-12-31", "2031-06-01"}) {
    EXPECT_EQ(EndSeenFrom(&life, day), "2030-12-31") << day;
  }
  EXPECT_EQ(life.On("2030-06-01"), v1::CONVENTION_STANDING_IN_FORCE);
}

TEST(Ending, IsProlongedByAnActOfTheNextDayAndByNoneThatComesLater) {
  ThreeParties next;
  Prolong(&next, "2029-01-01", "2030-12-31");
  EXPECT_EQ(EndSeenFrom(&next, "2026-04-01"), "2030-12-31");

  ThreeParties later;
  Prolong(&later, "2029-01-02", "2030-12-31");
  EXPECT_EQ(EndSeenFrom(&later, "2026-04-01"), "2028-12-31");
  EXPECT_EQ(EndSeenFrom(&later, "2029-01-01"), "2028-12-31");
}

// CHK-31, L-56, L-55: what is said of a dénonciation, of a renewal and of the end is one and the
// same end.
TEST(Ending, IsTheSameForNoticesRenewalsAndDeadlines) {
  ThreeParties life;
  life.Leave("c", 7, "2024-06-01");
  Life renewal = test::Plain(Life::kRenewalLinked, "2026-04-01");
  renewal.mutable_renewal_linked()->set_start_date("2029-03-01");
  renewal.mutable_renewal_linked()->set_end_date("2032-12-31");
  life.Write("a", renewal);
  EXPECT_THAT(life.Findings("2026-04-01"), Contains("renewal-gap"));
  Prolong(&life, "2028-06-01", "2030-12-31");
  const Digest sent = life.Write("a", Denunciation("2028-09-01", "b"));
  life.Receive("b", sent, "2028-09-02");

  EXPECT_THAT(life.Findings("2026-04-01"),
              testing::AllOf(Contains("renewal-overlap"), Not(Contains("renewal-gap")),
                             Not(Contains("denunciation-after-end"))));
  // The dénonciation between two does end it: that is the end then, for alarms as well.
  EXPECT_EQ(EndSeenFrom(&life, "2026-04-01"), "2029-03-02");
}

// As ViewDeadlines gives them on a day, of rule L-53 and about the end.
std::vector<v1::Deadline> DeadlinesOn(ThreeParties* life, const char* day) {
  const ConventionState& state = life->play.State();
  const EventReader none;
  const v1::DeadlinesView view = ViewDeadlines({state, "", Day(day), Day(day), none}, {});
  std::vector<v1::Deadline> out;
  for (const v1::Deadline& one : view.deadlines()) {
    if (one.rule() == "L-53" || one.id() == "term-end" || one.id() == "renewal-12") {
      out.push_back(one);
    }
  }
  return out;
}

TEST(Ending, OfAProlongedTermIsWhatAlarmsAreCountedFrom) {
  ThreeParties life;
  Prolong(&life, "2028-06-01", "2030-12-31");
  const std::vector<v1::Deadline> found = DeadlinesOn(&life, "2026-04-01");

  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].last_day(), "2029-12-31");
  EXPECT_EQ(found[1].last_day(), "2030-12-31");
  EXPECT_THAT(found[1].why(), HasSubstr("prend effet le 1er juin 2028"));
}

// L-53, domain.md section 9.1: among three it ends nothing by itself, and no deadline says so; a
// second letter of the same party adds none.
TEST(Ending, OfOnePartyOfThreeIsNoEffectInADeadline) {
  ThreeParties life;
  const Digest sent = life.Write("a", Denunciation("2026-01-31", "b"));
  life.Receive("b", sent, "2026-02-02");
  const Digest again = life.Write("a", Denunciation("2026-02-10", "b"));
  life.Receive("b", again, "2026-02-11");
  const std::vector<v1::Deadline> found = DeadlinesOn(&life, "2026-03-01");

  ASSERT_EQ(found.size(), 4u);
  for (int i : {0, 1}) {
    EXPECT_EQ(found[i].effect_on(), "");
    EXPECT_THAT(found[i].text(), HasSubstr("effet à qualifier"));
    EXPECT_THAT(found[i].why(), testing::AllOf(HasSubstr("3 parties"), HasSubstr("L-53"),
                                               Not(HasSubstr("Effet le lendemain"))));
  }
  EXPECT_THAT(life.Findings("2026-03-01"), Contains("denunciation-repeated"));
}

// L-53: a letter that the post lost is sent again; the one that was received counts, whichever came
// first, and a third letter changes nothing.
TEST(Ending, OfADenunciationSentAgainIsThatOfTheLetterReceivedFirst) {
  ThreeParties life;
  life.Leave("c", 7, "2024-06-01");
  const Digest lost = life.Write("a", Denunciation("2026-01-31", "b"));
  const Digest again = life.Write("a", Denunciation("2026-02-10", "b"));
  EXPECT_THAT(life.Findings("2026-02-10"), Not(Contains("denunciation-repeated")));
  // Nobody knows yet which of the two arrives: sent and received, of each.
  EXPECT_EQ(DeadlinesOn(&life, "2026-02-10").size(), 6u);

  life.Receive("b", again, "2026-02-12");
  EXPECT_EQ(EndSeenFrom(&life, "2026-03-01"), "2026-08-12");
  const char* const code = "denunciation-repeated";
  EXPECT_THAT(life.Said(lost, code, "2026-03-01"),
              testing::ElementsAre(HasSubstr("du 10 février 2026, reçue le 12 février 2026")));
  EXPECT_THAT(life.Said(again, code, "2026-03-01"), testing::IsEmpty());
  const Digest third = life.Write("a", Denunciation("2026-02-20", "b"));
  life.Receive("b", third, "2026-02-20");
  EXPECT_THAT(life.Said(third, code, "2026-03-01"), testing::SizeIs(1));
  EXPECT_EQ(EndSeenFrom(&life, "2026-03-01"), "2026-08-12");
  // It had arrived, before the other one.
  life.Receive("b", lost, "2026-02-03");
  EXPECT_EQ(EndSeenFrom(&life, "2026-03-01"), "2026-08-03");
  EXPECT_THAT(life.Said(lost, code, "2026-03-01"), testing::IsEmpty());
  EXPECT_THAT(life.Said(again, code, "2026-03-01"), testing::SizeIs(1));
}

// L-50, L-53: a period that the convention itself says is the one that counts, and is quoted.
TEST(Ending, OfANoticeFollowsThePeriodThatTheConventionSays) {
  ThreeParties life;
  v1::Element article = test::ArticleElement("art-9", "fin");
  article.mutable_article()->set_role(v1::CLAUSE_ROLE_TERMINATION);
  article.mutable_article()->set_body(
      "Résiliation deux mois après mise en demeure. Dénonciation avec un préavis de trois mois.");
  auto& play = life.play;
  play.SignByAll(play.Avenant(play.a, "a", 9, test::Draft(play.original, {article}), "2025-01-01",
                              {play.Leaf(play.frozen)}),
                 "2024-12-01");
  const Digest breach = life.Write("c", test::Notice(v1::NOTICE_KIND_BREACH, "2025-04-01", {"a"}));
  life.Write("c", test::Answering(test::Plain(Life::kNoticeFruitless, "2025-05-02"), breach));
  life.Terminate("c", breach, "2025-05-03");
  const Digest sent = life.Write("a", Denunciation("2025-04-30", "b"));
  life.Receive("b", sent, "2025-04-30");

  // Found without effect after one month, it still ran.
  EXPECT_EQ(life.On("2025-05-10"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_THAT(life.Findings("2025-05-10"), Contains("notice-running"));
  const std::vector<v1::Deadline> found = DeadlinesOn(&life, "2025-05-01");
  ASSERT_GE(found.size(), 2u);
  EXPECT_EQ(found[0].last_day(), "2025-07-30");
  EXPECT_THAT(found[0].why(), HasSubstr("La convention dit : « Dénonciation avec un préavis de "
                                        "trois mois. »"));
}

// A party that terminated and left afterwards did terminate; one that had left could not.
TEST(Ending, OfATerminationNeedsAPartyOfItsDay) {
  ThreeParties life;
  const Digest breach = life.Write("c", test::Notice(v1::NOTICE_KIND_BREACH, "2024-04-01", {"a"}));
  life.Write("c", test::Answering(test::Plain(Life::kNoticeFruitless, "2024-05-02"), breach));
  life.Leave("c", 7, "2024-06-01");
  life.Terminate("c", breach, "2024-07-01");
  EXPECT_EQ(life.On("2024-08-01"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_THAT(life.Findings("2024-08-01"), Contains("termination-ineffective"));
  life.Terminate("c", breach, "2024-05-10");

  EXPECT_EQ(life.On("2024-05-10"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_EQ(life.On("2024-05-11"), v1::CONVENTION_STANDING_TERMINATED);
  EXPECT_EQ(life.On("2024-08-01"), v1::CONVENTION_STANDING_TERMINATED);
}

// L-13, by a peer: recorded, found, and ends nothing.
TEST(Ending, IsNotMadeByWhatCameBeforeTheConclusion) {
  ThreeParties life;
  const Digest sent = life.Write("a", Denunciation("2024-01-31", "b"));
  life.Receive("b", sent, "2024-02-02");
  const Digest breach = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2024-01-31", {"b"}));
  life.Write("a", test::Answering(test::Plain(Life::kNoticeFruitless, "2024-03-01"), breach));
  life.Terminate("a", breach, "2024-03-02");

  EXPECT_EQ(life.On("2025-01-01"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_THAT(life.Findings("2025-01-01"), Contains("before-conclusion"));
  EXPECT_THAT(life.Findings("2025-01-01"), Not(Contains("denunciation-to-qualify")));
  const StateData& data = life.play.Data();
  const CivilDate day = Day("2025-01-01");
  const ConsolidatedText text = Consolidate(data, day);
  const LifeBook book(data, text, day);
  const PartyBook names(data);
  ASSERT_EQ(book.lines().size(), 2u);
  for (const LifeLine& line : book.lines()) {
    EXPECT_EQ(
        StandingOf({data, text, book, names, FindEnding(data, book), InForceSince(data), day}, line)
            .name,
        "void");
  }
  const EventReader none;
  EXPECT_THAT(
      ViewDeadlines({life.play.State(), "cut", Day("2024-03-15"), Day("2024-03-15"), none}, {})
          .SerializeAsString(),
      Not(HasSubstr("notice-")));
}

// L-50: by its words it ends for all; the answer says that this is to be qualified.
TEST(Ending, OfATerminationAmongThreeIsForAllAndSaysSo) {
  ThreeParties life;
  const Digest breach = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2024-04-01", {"b"}));
  life.Write("a", test::Answering(test::Plain(Life::kNoticeFruitless, "2024-05-02"), breach));
  life.Terminate("a", breach, "2024-05-10");

  EXPECT_EQ(life.On("2024-05-11"), v1::CONVENTION_STANDING_TERMINATED);
  EXPECT_THAT(life.Findings("2024-05-11"), Contains("termination-to-qualify"));
  const EventReader none;
  const auto view =
      ViewConvention({life.play.State(), "cut", Day("2024-05-11"), Day("2024-05-11"), none}, "");
  ASSERT_OK(view);
  EXPECT_THAT(view->force().text(), HasSubstr("pour les 3 parties"));
}

// Concluded ahead of its first day of effect, it may end before it.
TEST(Ending, OfATerminationComesBeforeTheFirstDayOfEffect) {
  ThreeParties life("2023-10-01");
  const Digest breach = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2023-10-15", {"b"}));
  life.Write("a", test::Answering(test::Plain(Life::kNoticeFruitless, "2023-11-20"), breach));
  life.Terminate("a", breach, "2023-12-20");

  EXPECT_EQ(life.On("2023-12-20"), v1::CONVENTION_STANDING_CONCLUDED);
  EXPECT_EQ(life.On("2023-12-21"), v1::CONVENTION_STANDING_TERMINATED);
  EXPECT_EQ(life.On("2024-06-01"), v1::CONVENTION_STANDING_TERMINATED);
  const EventReader none;
  const auto view =
      ViewConvention({life.play.State(), "cut", Day("2023-12-25"), Day("2023-12-25"), none}, "");
  ASSERT_OK(view);
  EXPECT_EQ(view->force().state(), v1::FORCE_STATE_TERMINATED);
  EXPECT_EQ(view->force().efficacy_from(), "");
  EXPECT_EQ(view->force().efficacy_until(), "2023-12-21");
}

// L-36: an avenant signed by peers after the end is concluded, and found.
TEST(Ended, FindsSignaturesOfActsAfterTheEnd) {
  ThreeParties life;
  const auto avenant = life.play.Avenant(
      life.play.a, "a", 9, test::Draft(life.play.original, {test::ArticleElement("art-1", "neuf")}),
      "2028-06-01", {life.play.Leaf(life.play.frozen)});
  life.play.history.LearnAll();
  auto& history = life.play.history;
  history.Write(life.play.a, "a", test::Sign(life.play.Leaf(avenant), "oa", "2028-12-31"));
  const auto late =
      history.Write(life.play.b, "b", test::Sign(life.play.Leaf(avenant), "ob", "2029-01-01"));
  history.LearnAll();

  const StateData& data = life.play.Data();
  const std::vector<v1::Finding> found = EndedFindings(data, LifeBook(data));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().code(), "act-after-end");
  EXPECT_EQ(found.front().leaf(), life.play.Leaf(late).ToHex());
  EXPECT_OK(RequireNotEnded(data, Day("2028-12-31")));
  EXPECT_THAT(RequireNotEnded(data, Day("2029-01-01")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("renouvellement")));
}

// L-53: a letter that its author took back has no deadline, received or not.
TEST(Ending, OfADenunciationTakenBackHasNoDeadline) {
  ThreeParties life;
  const Digest sent = life.Write("a", Denunciation("2025-01-31", "b"));
  const auto notices = [&] {
    int out = 0;
    for (const v1::Deadline& one : DeadlinesOn(&life, "2025-03-01")) {
      out += one.fact() == sent.ToHex() ? 1 : 0;
    }
    return out;
  };
  EXPECT_EQ(notices(), 2);
  life.Write("a", test::Answering(test::Plain(Life::kDenunciationRetracted, "2025-02-10"), sent));
  EXPECT_EQ(notices(), 0);
}

// L-54, L-55: what a peer records after the end is found, and ends nothing.
TEST(Ending, IsNotMadeByWhatComesAfterTheTerm) {
  ThreeParties life;
  const Digest in_time = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2028-12-01", {"b"}));
  life.Write("a", test::Answering(test::Plain(Life::kNoticeFruitless, "2029-01-02"), in_time));
  EXPECT_THAT(life.Findings("2029-01-02"), Not(Contains("after-end")));
  life.Terminate("a", in_time, "2029-01-03");

  EXPECT_THAT(life.Findings("2029-01-03"), Contains("after-end"));
  EXPECT_EQ(life.On("2029-01-04"), v1::CONVENTION_STANDING_EXPIRED);
  const StateData& data = life.play.Data();
  const LifeBook book(data);
  EXPECT_FALSE(FindEnding(data, book).ending.has_value());
  const NoticeFacts notice = ReadNotice(data, book, *book.LineOf(data.FindEvent(in_time)));
  EXPECT_EQ(notice.terminated, nullptr);
  EXPECT_NE(notice.fruitless, nullptr);
}

TEST(Ending, IsNotMadeByANoticeSentAfterTheTerm) {
  ThreeParties life;
  const Digest sent = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2029-01-01", {"b"}));
  const StateData& data = life.play.Data();
  const LifeBook book(data);

  EXPECT_EQ(ReadNotice(data, book, *book.LineOf(data.FindEvent(sent))).defect,
            NoticeDefect::kAfterTerm);
  EXPECT_THAT(life.Findings("2029-01-01"), Contains("after-end"));
}

// The end that a fact meets is the earlier one, and says which rule it is of.
TEST(Ending, MetByAFactIsTheTermOrWhatCameBeforeIt) {
  ThreeParties life;
  {
    const StateData& data = life.play.Data();
    const LifeBook book(data);
    const auto term = EndMet(book, FindEnding(data, book), Day("2029-02-01"));
    ASSERT_TRUE(term.has_value());
    EXPECT_EQ(term->last_day, Day("2028-12-31"));
    EXPECT_FALSE(term->early);
  }
  const Digest sent = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2024-03-10", {"b"}));
  life.Write("a", test::Answering(test::Plain(Life::kNoticeFruitless, "2024-05-10"), sent));
  life.Terminate("a", sent, "2024-05-11");
  const StateData& data = life.play.Data();
  const LifeBook book(data);
  const auto early = EndMet(book, FindEnding(data, book), Day("2029-02-01"));
  ASSERT_TRUE(early.has_value());
  EXPECT_EQ(early->last_day, Day("2024-05-11"));
  EXPECT_TRUE(early->early);
}

// L-52: a peer's observation that says nothing gives no ground, though the CAF declares it.
TEST(Ending, IsNotMadeWithoutNoticeByAnObservationThatNamesNothing) {
  for (const bool named : {false, true}) {
    ThreeParties life;
    Life observed = test::Plain(Life::kUncoveredChangeObserved, "2025-06-01");
    if (named) observed.set_text("gestion confiée à un tiers");
    life.Write("b", observed);
    const StateData& data = life.play.Data();
    const LifeBook book(data);
    ASSERT_EQ(book.lines().size(), 1u);
    EXPECT_EQ(NamesWhatChanged(data, *book.lines()[0].opening), named);
    const auto found = Contains("change-unnamed");
    if (named) {
      EXPECT_THAT(life.Findings("2025-06-01"), Not(found));
    } else {
      EXPECT_THAT(life.Findings("2025-06-01"), found);
    }
  }
}

// CHK-25: it weighs on the convention, and is said until it is put right or ends it.
TEST(Ending, IsThreatenedByAnUncoveredChange) {
  ThreeParties life;
  Life observed = test::Plain(Life::kUncoveredChangeObserved, "2025-06-01");
  observed.set_text("gestion confiée à un tiers");
  const Digest fact = life.Write("b", observed);
  EXPECT_THAT(life.Said(fact, "change-observed", "2025-05-31"), IsEmpty());
  EXPECT_THAT(life.Said(fact, "change-observed", "2025-06-01"),
              ElementsAre(HasSubstr("constatée le 1er juin 2025")));
  // Declared by who may not, it ends nothing (L-52).
  life.Terminate("b", fact, "2025-06-02", v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION);
  EXPECT_THAT(life.Said(fact, "change-observed", "2025-06-03"), SizeIs(1));
}

}  // namespace
}  // namespace greffe
