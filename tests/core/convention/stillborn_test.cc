#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/reading/ended.h"
#include "core/convention/views/life_standing.h"
#include "tests/core/convention/three_parties.h"
#include "tests/support/life_payloads.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using test::Codes;
using test::ContextOf;
using test::Day;
using test::Denunciation;
using test::ThreeParties;
using ::testing::HasSubstr;
using ::testing::Not;
using Life = v1::LifeRecorded;

using testing_support::StatusIs;

bool Has(ThreeParties* life, const char* day, const char* element) {
  const StateData& data = life->play.Data();
  return TextInForce(data, Day(day)).Find(element) != nullptr;
}

std::vector<std::string> EndedCodes(ThreeParties* life) {
  const StateData& data = life->play.Data();
  return Codes(EndedFindings(data, LifeBook(data)));
}

// L-36, domain.md case H: what takes effect after the end is stillborn, whether it was concluded
// before the end was known or after.
TEST(Stillborn, IsAnActWithEffectAfterATerminationWhateverCameFirst) {
  for (const bool amended_first : {true, false}) {
    SCOPED_TRACE(amended_first);
    ThreeParties life;
    test::History::Event avenant = 0;
    const auto amend = [&] {
      avenant = life.Amend(
          9,
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
    EXPECT_THAT(StillbornWords(data, book, revision).fr,
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
  ThreeParties life;
  life.Amend(
      9, {test::ArticleElement("art-9", "neuf"), test::TermsElement("2024-01-01", "2031-12-31")},
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
  ThreeParties life;
  life.Amend(
      9, {test::ArticleElement("art-9", "neuf"), test::TermsElement("2024-01-01", "2031-12-31")},
      "2029-01-01");
  EXPECT_TRUE(Has(&life, "2029-01-01", "art-9"));
  EXPECT_TRUE(Has(&life, "2032-06-01", "art-9"));
  EXPECT_THAT(EndedCodes(&life), testing::IsEmpty());

  ThreeParties shorter;
  shorter.Amend(
      9, {test::ArticleElement("art-9", "neuf"), test::TermsElement("2024-01-01", "2026-03-31")},
      "2026-06-01");
  EXPECT_TRUE(Has(&shorter, "2026-06-01", "art-9"));
  EXPECT_THAT(EndedCodes(&shorter), testing::IsEmpty());
}

// L-36: the end became known after the text was frozen; nobody signs what would have no effect.
TEST(Stillborn, IsNotSigned) {
  ThreeParties life;
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
  // Who proposed it is waited for, though it signs no more.
  for (const v1::PartyStanding& one : board->parties()) {
    const bool own = one.partner_id() == "a";
    EXPECT_EQ(one.blocking(), own) << one.partner_id();
    if (!own) continue;
    EXPECT_THAT(one.next_step(), HasSubstr("Mort-né : effet prévu le 15 août 2025"));
    EXPECT_THAT(one.next_step_en(), HasSubstr("Withdraw the act (greffe act withdraw)"));
  }
  EXPECT_EQ(board->blocking_parties(), 1u);

  life.Write("a", test::Answering(test::Plain(Life::kDenunciationRetracted, "2025-02-10"), sent));
  EXPECT_THAT(say(), Not(StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-36"))));
}

// L-36: one that prolongs the term takes effect on the day after it at the latest.
TEST(Stillborn, IsAnExtensionThatLeavesAGapAndIsNotSigned) {
  ThreeParties life;
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

}  // namespace
}  // namespace greffe
