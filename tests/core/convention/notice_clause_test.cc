// Notices by the clause of the convention: in days, from receipt, for a day of the year, of the
// law; and what is said where the clause is not understood.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/convention/decide.h"
#include "core/convention/views/force_view.h"
#include "core/convention/views/queries_life.h"
#include "tests/core/convention/three_parties.h"
#include "tests/support/life_payloads.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using test::ContextOf;
using test::Day;
using test::Denunciation;
using test::ThreeParties;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Life = v1::LifeRecorded;

using testing_support::StatusIs;

// Three parties, or two: an avenant of the first days writes the article, and `c` leaves by it.
void Writing(ThreeParties* life, const std::string& body, bool two = false) {
  v1::Element article = test::ArticleElement("art-9", body);
  article.mutable_article()->set_role(v1::CLAUSE_ROLE_TERMINATION);
  if (!two) {
    life->Amend(9, {article}, "2024-05-01");
    return;
  }
  auto& play = life->play;
  ActId act;
  auto& history = play.history;
  history.Write(play.a, "a", test::OpenAct(history, "a", 9, v1::ACT_KIND_AVENANT, &act));
  const auto put = history.Write(play.a, "a", test::Draft(act, {article}));
  const auto removed = history.Write(play.a, "a", test::Remove(act, "partie-c"));
  play.SignByAll(
      history.Write(play.a, "a",
                    test::Freeze(act, {history.leaf(put), history.leaf(removed)}, play.offices,
                                 "2024-05-01", {history.leaf(play.frozen)})),
      "2024-04-01");
}

std::vector<v1::Deadline> NoticesOf(ThreeParties* life, const Digest& fact, const char* day) {
  const EventReader none;
  std::vector<v1::Deadline> out;
  const v1::DeadlinesView view = ViewDeadlines({life->play.State(), "", Day(day), Day(day), none},
                                               {.rules = {"L-50", "L-51", "L-53"}});
  for (const v1::Deadline& one : view.deadlines()) {
    if (one.fact() == fact.ToHex() && one.id().rfind("notice-", 0) == 0) out.push_back(one);
  }
  return out;
}

LifeStanding StandingOfFact(ThreeParties* life, const Digest& fact, const char* day) {
  const ConventionState& state = life->play.State();
  const StateData& data = state.data();
  const ConsolidatedText text = TextInForce(data, Day(day));
  const LifeBook book(data, text, Day(day));
  const PartyBook names(data);
  const EventReader none;
  const Known known{state, "", Day(day), Day(day), none};
  return StandingOf(DeadlineInputOf(known, text, book, names), *book.LineOf(data.FindEvent(fact)));
}

std::string ForceOn(ThreeParties* life, const char* day) {
  const ConventionState& state = life->play.State();
  const ConsolidatedText text = TextInForce(state.data(), Day(day));
  const EventReader none;
  const auto view = MakeForceView({state, "", Day(day), Day(day), none}, text,
                                  LifeBook(state.data(), text, Day(day)));
  return view.ok() ? view->text() : view.status().ToString();
}

Life Fruitless(const Digest& notice, const char* day) {
  return test::Answering(test::Plain(Life::kNoticeFruitless, day), notice);
}

absl::Status Say(ThreeParties* life, const std::string& partner, const char* day, Life fact) {
  v1::RecordFactRequest request;
  *request.mutable_fact() = std::move(fact);
  return Decide(life->play.State(), request, ContextOf(life, partner, day)).status();
}

// L-50: 45 days from receipt are those days, and a termination after them holds.
TEST(NoticeByItsClause, OfDaysFromReceiptRunsFromTheReceipt) {
  ThreeParties life;
  Writing(&life,
          "La partie lésée met l'autre en demeure. Faute de régularisation dans les quarante-cinq "
          "jours suivant sa réception, la convention est résiliée.",
          /*two=*/true);
  const Digest sent = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2025-01-10", {"b"}));
  ASSERT_EQ(NoticesOf(&life, sent, "2025-01-20").size(), 1u);
  EXPECT_EQ(NoticesOf(&life, sent, "2025-01-20")[0].state(), v1::DEADLINE_STATE_NOT_COMPUTABLE);
  EXPECT_THAT(NoticesOf(&life, sent, "2025-01-20")[0].why(), HasSubstr("réception"));
  EXPECT_EQ(StandingOfFact(&life, sent, "2025-01-20").name, "not-received");
  EXPECT_THAT(Say(&life, "a", "2025-06-01", Fruitless(sent, "2025-06-01")),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("sa réception, qui n'est pas enregistrée")));

  life.Receive("b", sent, "2025-01-13");
  ASSERT_EQ(NoticesOf(&life, sent, "2025-01-20").size(), 1u);
  EXPECT_EQ(NoticesOf(&life, sent, "2025-01-20")[0].last_day(), "2025-02-27");
  EXPECT_EQ(StandingOfFact(&life, sent, "2025-02-27").name, "running");
  EXPECT_EQ(StandingOfFact(&life, sent, "2025-02-28").name, "expired");
  EXPECT_THAT(Say(&life, "a", "2025-02-27", Fruitless(sent, "2025-02-27")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("27 février 2025")));
  EXPECT_TRUE(Say(&life, "a", "2025-02-28", Fruitless(sent, "2025-02-28")).ok());
  life.Write("a", Fruitless(sent, "2025-02-28"));
  life.Terminate("a", sent, "2025-03-20");
  EXPECT_EQ(life.On("2025-03-20"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_EQ(life.On("2025-03-21"), v1::CONVENTION_STANDING_TERMINATED);
  EXPECT_THAT(life.Findings("2025-03-21"), Not(Contains("notice-running")));
}

// L-53: for a day of each year.
TEST(NoticeByItsClause, ForADayOfTheYearEndsOnThatDay) {
  ThreeParties life;
  Writing(&life,
          "Chaque partie peut dénoncer la convention, pour le 31 août de chaque année, en "
          "prévenant les autres avant le 1er mars précédent.",
          /*two=*/true);
  const Digest sent = life.Write("a", Denunciation("2025-02-10", "b"));
  life.Receive("b", sent, "2025-02-12");
  ASSERT_EQ(NoticesOf(&life, sent, "2025-02-20").size(), 2u);
  EXPECT_EQ(NoticesOf(&life, sent, "2025-02-20")[1].last_day(), "2025-08-31");
  EXPECT_EQ(life.On("2025-08-31"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_EQ(life.On("2025-09-01"), v1::CONVENTION_STANDING_TERMINATED);
  EXPECT_THAT(life.Said(sent, "notice-period-unclear", "2025-03-01"), IsEmpty());
}

// L-51: one month of its own beside the three of the convention.
TEST(NoticeByItsClause, OfABreachOfTheLawHasThePeriodOfItsOwn) {
  ThreeParties life;
  Writing(&life,
          "Résiliation trois mois après l'envoi d'une mise en demeure. Après mise en demeure "
          "restée infructueuse un mois, la Caf résilie en cas de violation des lois.");
  const Digest law = life.Write("a", test::Notice(v1::NOTICE_KIND_LAW, "2026-02-02", {"b"}));
  const Digest breach = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2026-02-02", {"b"}));
  const StateData& data = life.play.Data();
  const LifeBook book(data);
  EXPECT_EQ(ReadNotice(data, book, *book.LineOf(data.FindEvent(law))).from_sending->last_day,
            Day("2026-03-02"));
  EXPECT_EQ(ReadNotice(data, book, *book.LineOf(data.FindEvent(breach))).from_sending->last_day,
            Day("2026-05-02"));
}

// L-53: counted from sending where the clause says so, without a receipt on record.
TEST(NoticeByItsClause, OfADenunciationFromSendingNeedsNoReceipt) {
  ThreeParties life;
  Writing(&life, "Chacun peut la dénoncer avec un préavis de trois mois à compter de l'envoi.",
          /*two=*/true);
  const Digest sent = life.Write("a", Denunciation("2025-01-10", "b"));
  ASSERT_EQ(NoticesOf(&life, sent, "2025-01-20").size(), 1u);
  EXPECT_EQ(NoticesOf(&life, sent, "2025-01-20")[0].last_day(), "2025-04-10");
  EXPECT_EQ(life.On("2025-04-11"), v1::CONVENTION_STANDING_TERMINATED);
  EXPECT_EQ(StandingOfFact(&life, sent, "2025-04-01").name, "running");
  EXPECT_THAT(Say(&life, "a", "2025-02-01", Denunciation("2025-02-01", "b")),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("la lettre du 10 janvier 2025 ; une seconde"))));
}

// A clause that is quoted and not understood ends nothing by itself, between two as well.
TEST(NoticeByItsClause, ThatIsNotUnderstoodIsToQualify) {
  ThreeParties life;
  Writing(&life,
          "Dénoncée avant son échéance, pour le 31 août de chaque année. Résiliée dans le mois de "
          "la mise en demeure.",
          /*two=*/true);
  const Digest sent = life.Write("a", Denunciation("2025-01-10", "b"));
  life.Receive("b", sent, "2025-01-12");
  EXPECT_EQ(life.On("2025-08-01"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_THAT(life.Said(sent, "notice-period-unclear", "2025-08-01"),
              ElementsAre(AllOf(HasSubstr("pour le 31 août de chaque année"),
                                HasSubstr("6 mois supposés, à vérifier"))));
  EXPECT_THAT(life.Said(sent, "denunciation-to-qualify", "2025-08-01"),
              ElementsAre(HasSubstr("(délai non compris avec certitude) : effet à qualifier")));
  const LifeStanding running = StandingOfFact(&life, sent, "2025-02-01");
  EXPECT_THAT(running.text.fr, HasSubstr("inclus si le délai est de 6 mois : la clause n'est pas"));
  const LifeStanding over = StandingOfFact(&life, sent, "2025-08-01");
  EXPECT_EQ(over.name, "to-qualify");
  EXPECT_THAT(over.text.fr, HasSubstr("délai non compris avec certitude"));
  for (const v1::Deadline& one : NoticesOf(&life, sent, "2025-02-01")) {
    EXPECT_EQ(one.effect_on(), "");
    EXPECT_THAT(one.why(), HasSubstr("Effet à qualifier par la coprésidence : délai non compris"));
  }
  EXPECT_THAT(ForceOn(&life, "2025-08-01"), HasSubstr("effet à qualifier"));

  // A termination is neither void nor an end.
  const Digest breach = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2025-09-01", {"b"}));
  EXPECT_TRUE(Say(&life, "a", "2025-09-20", Fruitless(breach, "2025-09-20")).ok());
  life.Write("a", Fruitless(breach, "2025-09-20"));
  const Digest ends = life.Terminate("a", breach, "2025-09-21");
  EXPECT_EQ(life.On("2025-10-15"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_THAT(life.Said(ends, "termination-ineffective", "2025-10-15"), IsEmpty());
  EXPECT_THAT(life.Said(ends, "termination-to-qualify", "2025-10-15"),
              ElementsAre(HasSubstr("elle ne met fin à rien de soi-même")));
  EXPECT_EQ(StandingOfFact(&life, breach, "2025-10-15").name, "to-qualify");
  EXPECT_THAT(ForceOn(&life, "2025-10-15"),
              HasSubstr("Résiliation du 21 septembre 2025, le délai"));
  EXPECT_THAT(ForceOn(&life, "2025-09-20"), Not(HasSubstr("Résiliation du")));
}

// L-53: what the clause says of the others is quoted beside what is to be qualified.
TEST(NoticeByItsClause, QuotesWhatSettlesTheExitOfOne) {
  ThreeParties life;
  Writing(&life,
          "Chacun peut se retirer, à charge d'en avertir les autres quatre mois à l'avance. Le "
          "retrait d'une commune laisse subsister le contrat entre les autres.");
  const Digest sent = life.Write("a", Denunciation("2025-01-10", "b"));
  life.Receive("b", sent, "2025-01-12");
  const char* const quote =
      "La convention dit : « Le retrait d'une commune laisse subsister le contrat entre les "
      "autres.";
  EXPECT_THAT(life.Said(sent, "denunciation-to-qualify", "2025-08-01"),
              ElementsAre(AllOf(HasSubstr("3 parties"), HasSubstr(quote))));
  EXPECT_THAT(StandingOfFact(&life, sent, "2025-08-01").text.fr, HasSubstr(quote));
  ASSERT_EQ(NoticesOf(&life, sent, "2025-02-01").size(), 2u);
  EXPECT_EQ(NoticesOf(&life, sent, "2025-02-01")[1].last_day(), "2025-05-12");
  EXPECT_THAT(NoticesOf(&life, sent, "2025-02-01")[1].why(), HasSubstr(quote));
}

}  // namespace
}  // namespace greffe
