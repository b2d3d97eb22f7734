#include "core/convention/ending.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/ended.h"
#include "core/convention/life_check.h"
#include "core/convention/life_standing.h"
#include "core/convention/queries_life.h"
#include "tests/core/convention/three_parties.h"
#include "tests/support/life_payloads.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using test::Codes;
using test::Day;
using test::Denunciation;
using Living = test::ThreeParties;
using test::Prolong;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using Life = v1::LifeRecorded;

using testing_support::StatusIs;

// CHK-29: who had left gives no notice; the sentence says so, and that nothing ends by it.
TEST(Ending, SaysThatTheLetterOfWhoIsNoPartyEndsNothing) {
  Living life;
  life.Leave("c", 7, "2025-01-01");
  const Digest sent = life.Write("c", Denunciation("2025-01-31", "b"));

  const std::vector<std::string> said = life.Said(sent, "notice-standing", "2025-06-01");
  ASSERT_EQ(said.size(), 1u);
  EXPECT_THAT(said[0], HasSubstr("n'était pas partie ce jour-là : sa lettre ne met fin à rien."));
}

// L-53: three when it was given and received; that one leaves later makes no end of it.
TEST(Ending, OfADenunciationAmongThreeStaysToQualifyWhenOneLeaves) {
  Living life;
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
  Living life;
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

std::string EndSeenFrom(Living* life, const char* day) {
  const StateData& data = life->play.Data();
  const LifeBook book(data);
  const std::optional<rules::End> end = EndMet(book, FindEnding(data, book), Day(day));
  return end.has_value() ? end->last_day.ToString() : "";
}

// L-36: an extension counts from its conclusion on, long before it takes effect.
TEST(Ending, OfATermThatAnActProlongsIsKnownFromItsConclusion) {
  Living life;
  EXPECT_EQ(EndSeenFrom(&life, "2026-04-01"), "2028-12-31");
  Prolong(&life, "2028-06-01", "2030-12-31");

  for (const char* day : {"2020-01-01", "2026-04-01", "2028-06-01", "2030-12-31", "2031-06-01"}) {
    EXPECT_EQ(EndSeenFrom(&life, day), "2030-12-31") << day;
  }
  EXPECT_EQ(life.On("2030-06-01"), v1::CONVENTION_STANDING_IN_FORCE);
}

TEST(Ending, IsProlongedByAnActOfTheNextDayAndByNoneThatComesLater) {
  Living next;
  Prolong(&next, "2029-01-01", "2030-12-31");
  EXPECT_EQ(EndSeenFrom(&next, "2026-04-01"), "2030-12-31");

  Living later;
  Prolong(&later, "2029-01-02", "2030-12-31");
  EXPECT_EQ(EndSeenFrom(&later, "2026-04-01"), "2028-12-31");
  EXPECT_EQ(EndSeenFrom(&later, "2029-01-01"), "2028-12-31");
}

// CHK-31, L-56, L-55: what is said of a dénonciation, of a renewal and of the end is one and the
// same end.
TEST(Ending, IsTheSameForNoticesRenewalsAndDeadlines) {
  Living life;
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
std::vector<v1::Deadline> DeadlinesOn(Living* life, const char* day) {
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
  Living life;
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
  Living life;
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
  Living life;
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
  Living life;
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
  Living life;
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
  Living life;
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
  Living life;
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
  Living life("2023-10-01");
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
  Living life;
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

// An avenant of `a` with these elements, signed by all before the end.
test::History::Event Amend(Living* life, int request, const std::vector<v1::Element>& put,
                           const std::string& effective_from) {
  auto& play = life->play;
  const auto frozen = play.Avenant(play.a, "a", request, test::Draft(play.original, put),
                                   effective_from, {play.Leaf(play.frozen)});
  play.SignByAll(frozen, "2024-04-01");
  return frozen;
}

bool Has(Living* life, const char* day, const char* element) {
  const StateData& data = life->play.Data();
  return TextInForce(data, Day(day)).Find(element) != nullptr;
}

std::vector<std::string> EndedCodes(Living* life) {
  const StateData& data = life->play.Data();
  return Codes(EndedFindings(data, LifeBook(data)));
}

// L-36, domain.md case H: what takes effect after the end is stillborn, whether it was concluded
// before the end was known or after.
TEST(Stillborn, IsAnActWithEffectAfterATerminationWhateverCameFirst) {
  for (const bool amended_first : {true, false}) {
    SCOPED_TRACE(amended_first);
    Living life;
    test::History::Event avenant = 0;
    const auto amend = [&] {
      avenant = Amend(
          &life, 9,
          {test::ArticleElement("art-9", "neuf"), test::TermsElement("2024-01-01", "2031-12-31")},
          "2024-06-01");
    };
    if (amended_first) amend();
    const Digest breach =
        life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2024-03-10", {"b"}));
    life.Write("a", test::Answering(test::Plain(Life::kNoticeFruitless, "2024-05-10"), breach));
    life.Terminate("a", breach, "2024-05-11");
    if (!amended_first) amend();

    for (const char* const day : {"2024-05-11", "2024-06-01", "2026-01-01"}) {
      EXPECT_FALSE(Has(&life, day, "art-9")) << day;
      EXPECT_TRUE(Has(&life, day, "art-1")) << day;
    }
    EXPECT_EQ(life.On("2024-06-01"), v1::CONVENTION_STANDING_TERMINATED);
    EXPECT_THAT(EndedCodes(&life), testing::ElementsAre("act-stillborn"));
    const StateData& data = life.play.Data();
    const LifeBook book(data);
    const RevisionNumber revision = data.FindRevision(life.play.Leaf(avenant));
    EXPECT_TRUE(IsStillborn(data, book, revision));
    EXPECT_FALSE(IsStillborn(data, book, data.FindRevision(life.play.Leaf(life.play.frozen))));
    EXPECT_THAT(StillbornStep(data, book, revision).fr,
                HasSubstr("Mort-né : effet prévu le 1er juin 2024, la convention prend fin le 11 "
                          "mai 2024 (L-36)"));
    EXPECT_THAT(RequireTakesEffect(data, revision, Day("2024-05-11")),
                StatusIs(absl::StatusCode::kFailedPrecondition,
                         HasSubstr("la convention prend fin le 11 mai 2024")));
    const EventReader none;
    const auto view =
        ViewConvention({life.play.State(), "cut", Day("2024-07-01"), Day("2024-07-01"), none}, "");
    ASSERT_OK(view);
    EXPECT_EQ(view->end_date(), "2028-12-31");
    for (const v1::ElementView& one : view->elements()) EXPECT_NE(one.element().id(), "art-9");
  }
}

TEST(Stillborn, IsAnActWithEffectAfterTheTerm) {
  Living life;
  Amend(&life, 9,
        {test::ArticleElement("art-9", "neuf"), test::TermsElement("2024-01-01", "2031-12-31")},
        "2029-06-01");

  EXPECT_FALSE(Has(&life, "2029-06-01", "art-9"));
  EXPECT_THAT(EndedCodes(&life), testing::ElementsAre("act-stillborn"));
  const StateData& data = life.play.Data();
  const CivilDate day = Day("2029-07-01");
  const ConsolidatedText text = TextInForce(data, day);
  EXPECT_EQ(StandingOn(data, LifeBook(data, text, day), text, day),
            v1::CONVENTION_STANDING_EXPIRED);
  // Whoever asks without that text has the same answer.
  EXPECT_EQ(EndMet(LifeBook(data), {}, day)->last_day, Day("2028-12-31"));
}

// An extension in time, or one that shortens the term, has its effect.
TEST(Stillborn, IsNoActThatMakesTheEndItself) {
  Living life;
  Amend(&life, 9,
        {test::ArticleElement("art-9", "neuf"), test::TermsElement("2024-01-01", "2031-12-31")},
        "2029-01-01");
  EXPECT_TRUE(Has(&life, "2029-01-01", "art-9"));
  EXPECT_TRUE(Has(&life, "2032-06-01", "art-9"));
  EXPECT_THAT(EndedCodes(&life), testing::IsEmpty());

  Living shorter;
  Amend(&shorter, 9,
        {test::ArticleElement("art-9", "neuf"), test::TermsElement("2024-01-01", "2026-03-31")},
        "2026-06-01");
  EXPECT_TRUE(Has(&shorter, "2026-06-01", "art-9"));
  EXPECT_THAT(EndedCodes(&shorter), testing::IsEmpty());
}

// L-53: a letter that its author took back has no deadline, received or not.
TEST(Ending, OfADenunciationTakenBackHasNoDeadline) {
  Living life;
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

v1::Element EndArticle(const std::string& id, const std::string& number, const std::string& body) {
  v1::Element article = test::ArticleElement(id, body);
  article.mutable_article()->set_number(number);
  article.mutable_article()->set_role(v1::CLAUSE_ROLE_TERMINATION);
  return article;
}

Life Unwritten(const std::string& element, const std::string& from) {
  Life fact = test::Plain(Life::kClauseDeemedUnwritten, "2024-11-02");
  fact.set_element_id(element);
  fact.mutable_clause_deemed_unwritten()->set_cause(v1::UNWRITTEN_CAUSE_COURT_DECISION);
  fact.mutable_clause_deemed_unwritten()->set_effective_from(from);
  return fact;
}

CommandContext ContextOf(Living* life, const std::string& partner, const char* today) {
  CommandContext context;
  context.replica = life->play.history.replica(life->Of(partner));
  context.partner_id = partner;
  context.roles = {v1::ROLE_SIGNATORY};
  context.today = Day(today);
  return context;
}

// L-36: the end became known after the text was frozen; nobody signs what would have no effect.
TEST(Stillborn, IsNotSigned) {
  Living life;
  auto& play = life.play;
  life.Leave("c", 7, "2024-06-01");
  const auto frozen = play.Avenant(
      play.a, "a", 9, test::Draft(play.original, {test::ArticleElement("art-9", "neuf")}),
      "2025-08-15", {play.Leaf(play.frozen)});
  play.history.LearnAll();
  v1::SignActRequest request;
  {
    const StateData& data = play.Data();
    request.set_revision(play.Leaf(frozen).ToHex());
    request.set_act_id(data.revisions[data.FindRevision(play.Leaf(frozen))].act.ToHex());
  }
  const auto say = [&] {
    return Decide(play.State(), request, ContextOf(&life, "b", "2025-03-01")).status();
  };
  EXPECT_THAT(say(), Not(StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-36"))));

  const Digest sent = life.Write("a", Denunciation("2025-01-31", "b"));
  life.Receive("b", sent, "2025-01-31");
  EXPECT_THAT(say(), StatusIs(absl::StatusCode::kFailedPrecondition,
                              HasSubstr("L-36 : un acte qui prend effet le 15 août 2025 n'en "
                                        "aurait aucun : la convention prend fin le 31 juillet "
                                        "2025")));
  EXPECT_THAT(RefusalOf(say()).next_fr, HasSubstr("greffe notice retract"));
  const EventReader none;
  const auto board =
      ViewStatus({play.State(), "cut", Day("2025-03-01"), Day("2025-03-01"), none}, {});
  ASSERT_OK(board);
  EXPECT_THAT(board->parties(0).next_step(), HasSubstr("Mort-né : effet prévu le 15 août 2025"));

  life.Write("a", test::Answering(test::Plain(Life::kDenunciationRetracted, "2025-02-10"), sent));
  EXPECT_THAT(say(), Not(StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-36"))));
}

// L-36: one that prolongs the term takes effect on the day after it at the latest.
TEST(Stillborn, IsAnExtensionThatLeavesAGapAndIsNotSigned) {
  Living life;
  auto& play = life.play;
  const auto signs = [&](const char* from, int request) {
    const auto frozen =
        play.Avenant(play.a, "a", request,
                     test::Draft(play.original, {test::TermsElement("2024-01-01", "2030-12-31")}),
                     from, {play.Leaf(play.frozen)});
    play.history.LearnAll();
    const StateData& data = play.Data();
    v1::SignActRequest sign;
    sign.set_revision(play.Leaf(frozen).ToHex());
    sign.set_act_id(data.revisions[data.FindRevision(play.Leaf(frozen))].act.ToHex());
    return Decide(play.State(), sign, ContextOf(&life, "b", "2025-03-01")).status();
  };
  EXPECT_THAT(signs("2029-01-01", 9),
              Not(StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-36"))));
  EXPECT_THAT(signs("2029-01-02", 10),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("la convention prend fin le 31 décembre 2028")));
}

// L-40: from the day on which it is unwritten, nothing reads the article and nothing rests on it.
TEST(UnwrittenEnd, GivesNoPeriodAndNoGround) {
  Living life;
  Amend(&life, 9,
        {EndArticle("art-9", "12",
                    "Résiliation deux mois après mise en demeure. Dénonciation avec un "
                    "préavis de trois mois.")},
        "2024-05-01");
  const char* const code = "rests-on-unwritten-clause";
  const Digest before = life.Write("c", Denunciation("2024-10-01", "b"));
  const Digest fact = life.Write("b", Unwritten("art-9", "2024-11-01"));
  const Digest breach = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2025-01-10", {"b"}));
  const Digest leaves = life.Write("a", Denunciation("2025-01-10", "b"));
  life.Write("a", test::Answering(test::Plain(Life::kNoticeFruitless, "2025-03-20"), breach));
  const Digest ends = life.Terminate("a", breach, "2025-03-21");

  EXPECT_EQ(life.On("2025-04-01"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_THAT(life.Said(before, code, "2025-04-01"), testing::IsEmpty());
  EXPECT_THAT(life.Said(breach, code, "2025-04-01"),
              testing::ElementsAre(HasSubstr("repose sur une clause réputée non écrite (article "
                                             "12) : elle ne fonde pas une résiliation")));
  for (const Digest& one : {leaves, ends}) {
    EXPECT_THAT(life.Said(one, code, "2025-04-01"),
                testing::ElementsAre(HasSubstr("(article 12) : elle ne met fin à rien")));
  }
  {
    const StateData& data = life.play.Data();
    const LifeBook book(data);
    EXPECT_EQ(ReadNotice(data, book, *book.LineOf(data.FindEvent(before))).period.months, 3);
    const NoticeFacts formal = ReadNotice(data, book, *book.LineOf(data.FindEvent(breach)));
    EXPECT_EQ(formal.period.months, 1);
    EXPECT_TRUE(formal.period.quotes.empty());
    EXPECT_EQ(ReadNotice(data, book, *book.LineOf(data.FindEvent(leaves))).defect,
              NoticeDefect::kUnwritten);
  }
  bool said = false;
  const EventReader none;
  const v1::DeadlinesView deadlines =
      ViewDeadlines({life.play.State(), "cut", Day("2025-01-20"), Day("2025-01-20"), none}, {});
  for (const v1::Deadline& one : deadlines.deadlines()) {
    if (one.fact() != breach.ToHex()) continue;
    said = true;
    EXPECT_EQ(one.last_day(), "2025-02-10");
    EXPECT_THAT(one.why(), HasSubstr("Clause réputée non écrite (article 12), qui n'est pas lue "
                                     "(L-40) : 1 mois."));
  }
  EXPECT_TRUE(said);

  // As commands both are refused; a mise en demeure is not.
  const auto say = [&](Life one) {
    v1::RecordFactRequest request;
    *request.mutable_fact() = std::move(one);
    return Decide(life.play.State(), request, ContextOf(&life, "a", "2025-04-01")).status();
  };
  const auto refused = [] {
    return StatusIs(absl::StatusCode::kFailedPrecondition,
                    HasSubstr("L-40 : cet acte repose sur une clause réputée non écrite (article "
                              "12)"));
  };
  EXPECT_THAT(say(Denunciation("2025-04-01", "b")), refused());
  Life termination = test::Answering(test::Plain(Life::kTerminationDeclared, "2025-04-01"), breach);
  termination.mutable_termination_declared()->set_ground(v1::TERMINATION_GROUND_FRUITLESS_NOTICE);
  EXPECT_THAT(say(termination), refused());
  EXPECT_OK(say(test::Notice(v1::NOTICE_KIND_BREACH, "2025-04-01", {"b"})));

  // The record taken for another day, all that came before it stands on the article again.
  Life later = test::Replacing(Unwritten("art-9", "2026-01-01"), {fact});
  life.Write("b", later);
  EXPECT_EQ(life.On("2025-04-01"), v1::CONVENTION_STANDING_TERMINATED);
}

// Of two articles the other stands: its periods count, and letters rest on it.
TEST(UnwrittenEnd, LeavesTheOtherArticles) {
  Living life;
  Amend(&life, 9,
        {EndArticle("art-9", "12", "Dénonciation avec un préavis de trois mois."),
         EndArticle("art-10", "13", "Dénonciation avec un préavis de quatre mois.")},
        "2024-05-01");
  life.Write("b", Unwritten("art-9", ""));
  const Digest sent = life.Write("a", Denunciation("2025-01-10", "b"));
  const StateData& data = life.play.Data();
  const LifeBook book(data);
  const NoticeFacts notice = ReadNotice(data, book, *book.LineOf(data.FindEvent(sent)));
  EXPECT_EQ(notice.period.months, 4);
  EXPECT_FALSE(notice.period.unclear);
  EXPECT_EQ(notice.unwritten, "article 12");
  EXPECT_EQ(notice.defect, NoticeDefect::kNone);
}

// What stands in an element that is unwritten is so as well.
TEST(UnwrittenEnd, TakesWhatStandsInTheElement) {
  Living life;
  v1::Element inner = EndArticle("art-9", "1.1", "Dénonciation avec un préavis de trois mois.");
  inner.set_parent_id("art-1");
  Amend(&life, 9, {inner}, "2024-05-01");
  life.Write("b", Unwritten("art-1", ""));
  const StateData& data = life.play.Data();
  const LifeBook book(data);
  EXPECT_TRUE(EndArticlesOn(book, Day("2025-01-10")).none_stands);
}

// L-54, L-55: what a peer records after the end is found, and ends nothing.
TEST(Ending, IsNotMadeByWhatComesAfterTheTerm) {
  Living life;
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
  Living life;
  const Digest sent = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2029-01-01", {"b"}));
  const StateData& data = life.play.Data();
  const LifeBook book(data);

  EXPECT_EQ(ReadNotice(data, book, *book.LineOf(data.FindEvent(sent))).defect,
            NoticeDefect::kAfterTerm);
  EXPECT_THAT(life.Findings("2029-01-01"), Contains("after-end"));
}

// The end that a fact meets is the earlier one, and says which rule it is of.
TEST(Ending, MetByAFactIsTheTermOrWhatCameBeforeIt) {
  Living life;
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
    Living life;
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

}  // namespace
}  // namespace greffe
