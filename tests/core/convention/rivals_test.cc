#include "core/convention/checks/rivals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SampleElement;
using testing_support::SamplePlay;

v1::Change RivalArticle(const std::string& body) {
  v1::Element out = SampleElement("art-1");
  out.mutable_article()->set_body(body);
  return Put(out);
}

// Texts of the findings of that code.
template <typename View>
std::vector<std::string> Told(const View& view) {
  std::vector<std::string> out;
  for (const v1::Finding& one : view.findings()) {
    if (one.code() == "rivals") out.push_back(one.text());
  }
  return out;
}

struct Concurrent {
  SamplePlay play;

  Concurrent() { play.ConcludeOriginal(); }
  std::vector<std::string> OnBoard() {
    return Told(ViewStatus(play.agglo().At("2026-06-30")).value());
  }
  std::vector<std::string> InText(const std::string& act) {
    return Told(ViewInstrument(play.agglo().At("2026-06-30"), act).value());
  }
  v1::ConflictsView Conflicts() { return ViewConflicts(play.agglo().At("2026-06-30")).value(); }
};

TEST(Rivals, AreToldBeforeAnyOfThemIsConcluded) {
  Concurrent acts;
  const std::string first = acts.play.Propose({RivalArticle("Un."), Remove("ind-1")});
  EXPECT_THAT(acts.OnBoard(), IsEmpty());
  const std::string second = acts.play.Propose({RivalArticle("Deux.")});
  const std::string other = acts.play.Propose({Remove("fac-1")});

  ASSERT_EQ(acts.OnBoard().size(), 1u);
  EXPECT_THAT(acts.OnBoard()[0],
              AllOf(HasSubstr("changent les mêmes éléments, chacun sans l'autre : « Article 1"),
                    HasSubstr("(L-35)")));
  EXPECT_THAT(acts.InText(first),
              ElementsAre(HasSubstr("« Avenant d'essai » change aussi : « Art")));
  EXPECT_THAT(acts.InText(second), ElementsAre(HasSubstr("change aussi")));
  EXPECT_THAT(acts.InText(other), IsEmpty());

  const v1::ConflictsView open = acts.Conflicts();
  ASSERT_EQ(open.conflicts_size(), 1);
  EXPECT_EQ(open.conflicts(0).element_id(), "art-1");
  ASSERT_EQ(open.conflicts(0).drafts_size(), 2);
  EXPECT_EQ(open.conflicts(0).drafts(0).act_id(), first);
  EXPECT_EQ(open.conflicts(0).drafts(1).act_id(), second);
  EXPECT_EQ(open.conflicts(0).drafts(1).element().article().body(), "Deux.");
  // Both bear one title.
  const auto named = [](const std::string& act) {
    return "« Avenant d'essai (" + act.substr(0, 12) + ") »";
  };
  EXPECT_THAT(open.conflicts(0).subject(), HasSubstr("changé par " + named(first) + " et par " +
                                                     named(second) + ", dont aucun n'est conclu"));
}

TEST(Rivals, AreToldOfFrozenTextsUntilOneIsConcludedOrWithdrawn) {
  Concurrent acts;
  const std::string first = acts.play.Propose({RivalArticle("Un.")});
  const std::string second = acts.play.Propose({Remove("art-1")});
  const std::string of_first = acts.play.Freeze(first, "2026-01-01");
  const std::string of_second = acts.play.Freeze(second, "2026-01-01");
  ASSERT_EQ(acts.OnBoard().size(), 1u);
  EXPECT_THAT(acts.OnBoard()[0], HasSubstr("« avenant n° 1 », « avenant n° 2 » changent"));
  EXPECT_FALSE(acts.Conflicts().conflicts(0).drafts(1).has_element());
  EXPECT_THAT(acts.Conflicts().conflicts(0).subject(),
              HasSubstr("par « avenant n° 1 » et par « avenant n° 2 »"));

  v1::WithdrawActRequest withdraw;
  withdraw.set_act_id(second);
  withdraw.set_revision(of_second);
  ASSERT_OK(acts.play.agglo().Do(withdraw, acts.play.Coordinator()));
  EXPECT_THAT(acts.OnBoard(), IsEmpty());
  EXPECT_EQ(acts.Conflicts().conflicts_size(), 0);

  const std::string third = acts.play.Propose({RivalArticle("Trois.")});
  ASSERT_EQ(acts.OnBoard().size(), 1u);
  // From then on it is a matter of the rebase.
  acts.play.Conclude(first, of_first);
  EXPECT_THAT(acts.OnBoard(), IsEmpty());
  EXPECT_THAT(acts.InText(third), IsEmpty());
}

TEST(Rivals, EndWhenTheChangeIsTakenOutOfOne) {
  Concurrent acts;
  acts.play.Propose({RivalArticle("Un.")});
  const std::string second = acts.play.Propose({RivalArticle("Deux."), Remove("ind-1")});
  ASSERT_EQ(acts.OnBoard().size(), 1u);

  v1::ReviseActRequest revise;
  revise.set_act_id(second);
  v1::Change& drop = *revise.add_changes();
  drop.set_remove("art-1");
  drop.set_drop(true);
  ASSERT_OK(acts.play.agglo().Do(revise, acts.play.Coordinator()));

  EXPECT_THAT(acts.OnBoard(), IsEmpty());
}

TEST(Rivals, EndWhenOneIsWithdrawnAsADraftAndComeBackWithIt) {
  Concurrent acts;
  acts.play.Propose({RivalArticle("Un.")});
  const std::string second = acts.play.Propose({RivalArticle("Deux."), Remove("ind-1")});
  ASSERT_EQ(acts.OnBoard().size(), 1u);
  v1::WithdrawActRequest withdraw;
  withdraw.set_act_id(second);
  // The draft is who proposed it's.
  const CommandContext other = acts.play.Secretariat("vallon");
  EXPECT_EQ(RefusalOf(acts.play.agglo().Do(withdraw, other)).rule, "own-partner");
  withdraw.set_reason("Sans objet.");
  EXPECT_EQ(RefusalOf(acts.play.agglo().Do(withdraw, acts.play.Coordinator())).field, "reason");
  withdraw.clear_reason();

  ASSERT_OK(acts.play.agglo().Do(withdraw, acts.play.Coordinator()));

  EXPECT_THAT(acts.OnBoard(), IsEmpty());
  const auto standing = [&] {
    return ViewAct(acts.play.agglo().At("2026-06-30"), second)->act().standing();
  };
  EXPECT_EQ(standing(), v1::ACT_STANDING_WITHDRAWN);
  EXPECT_EQ(RefusalOf(acts.play.agglo().Do(withdraw, acts.play.Coordinator())).rule, "withdrawn");
  v1::ReviseActRequest revise;
  revise.set_act_id(second);
  *revise.add_changes() = RivalArticle("Deux.");
  ASSERT_OK(acts.play.agglo().Do(revise, acts.play.Coordinator()));
  EXPECT_EQ(standing(), v1::ACT_STANDING_DRAFT);
  EXPECT_EQ(acts.OnBoard().size(), 1u);
}

TEST(Rivals, AreNotSettledByKeepingOneValue) {
  Concurrent acts;
  acts.play.Propose({RivalArticle("Un.")});
  acts.play.Propose({RivalArticle("Deux.")});
  const v1::ConflictView conflict = acts.Conflicts().conflicts(0);
  v1::SettleConflictRequest request;
  request.set_conflict_id(conflict.conflict_id());
  request.set_keep(conflict.drafts(0).event().leaf());

  const Refusal refusal =
      RefusalOf(Decide(acts.play.agglo().state(), request, acts.play.Coordinator()).status());

  EXPECT_EQ(refusal.rule, "L-35");
  EXPECT_THAT(refusal.next_fr, HasSubstr("drop: true"));
}

// What one takes out, and what the other changes in it.
TEST(Rivals, TakeOutWhatTheOtherChangesBelow) {
  Concurrent acts;
  const std::string takes_out = acts.play.Propose({Remove("annex-1")});
  v1::Element facility = SampleElement("fac-1");
  facility.mutable_facility()->set_name("Crèche du Port");
  const std::string changes = acts.play.Propose({Put(facility)});
  // In another place, and what changes the same element is told of that element.
  acts.play.Propose({RivalArticle("Un.")});

  ASSERT_EQ(acts.OnBoard().size(), 1u);
  EXPECT_THAT(acts.InText(takes_out), ElementsAre(HasSubstr("change aussi : « Annexe 1")));
  EXPECT_THAT(acts.InText(changes), ElementsAre(HasSubstr("change aussi : « Annexe 1")));
  const v1::ConflictsView open = acts.Conflicts();
  ASSERT_EQ(open.conflicts_size(), 1);
  EXPECT_EQ(open.conflicts(0).element_id(), "annex-1");
  ASSERT_EQ(open.conflicts(0).drafts_size(), 2);
  EXPECT_FALSE(open.conflicts(0).drafts(0).has_element());
  EXPECT_EQ(open.conflicts(0).drafts(1).element().id(), "fac-1");

  // One that puts elsewhere what stood in it is told of it once, as what changes it.
  facility.clear_parent_id();
  facility.clear_position();
  acts.play.Propose({Remove("annex-1"), Put(facility)});
  std::vector<std::string> told;
  const v1::ConflictsView three = acts.Conflicts();
  for (const v1::ConflictView& one : three.conflicts()) {
    told.push_back(absl::StrCat(one.element_id(), " ", one.drafts_size()));
  }
  EXPECT_THAT(told, ElementsAre("annex-1 3", "fac-1 2"));
  // In the order of their opening: taken out, changed, taken out.
  const v1::ConflictView& annex = three.conflicts(0);
  EXPECT_FALSE(annex.drafts(0).has_element());
  EXPECT_TRUE(annex.drafts(1).has_element());
  EXPECT_FALSE(annex.drafts(2).has_element());
}

TEST(Rivals, NameFiveElementsAndCountTheOthers) {
  Concurrent acts;
  std::vector<v1::Change> changes;
  for (int i = 0; i < 7; ++i) {
    v1::Element facility = SampleElement("fac-1");
    facility.set_id(absl::StrCat("fac-new-", i));
    facility.mutable_facility()->set_name(absl::StrCat("Crèche ", i));
    changes.push_back(Put(facility));
  }
  acts.play.Propose(changes);
  acts.play.Propose(changes);

  ASSERT_EQ(acts.OnBoard().size(), 1u);
  EXPECT_THAT(acts.OnBoard()[0], AllOf(HasSubstr("Crèche 4"), HasSubstr(" et 2 de plus")));
  EXPECT_THAT(acts.OnBoard()[0], testing::Not(HasSubstr("Crèche 5")));
}

TEST(Rivals, OfManyElementsAreToldOnceWithTheRestCounted) {
  Concurrent acts;
  const std::vector<v1::Change> all = {Remove("art-1"),       Remove("body-1"), Remove("fac-1"),
                                       Remove("act-1-sched"), Remove("ind-1"),  Remove("annex-1")};
  acts.play.Propose(all);
  acts.play.Propose(all);

  const v1::StatusView board = ViewStatus(acts.play.agglo().At("2026-06-30")).value();
  ASSERT_EQ(Told(board).size(), 1u);
  // Removed by both: named as they stand in the text in force.
  EXPECT_THAT(Told(board)[0], AllOf(HasSubstr("Article 1 – Objet"), HasSubstr("et 1 de plus.")));
  EXPECT_EQ(acts.Conflicts().conflicts_size(), 6);
  for (const v1::Finding& one : board.findings()) {
    if (one.code() != "rivals") continue;
    EXPECT_EQ(one.element_id(), "");
  }
}

TEST(Rivals, AreNamedInTheOrderInWhichTheyWereProposed) {
  Concurrent acts;
  std::vector<std::string> proposed;
  for (const char* body : {"Un.", "Deux.", "Trois.", "Quatre.", "Cinq."}) {
    proposed.push_back(acts.play.Propose({RivalArticle(body)}));
  }

  const v1::ConflictView conflict = acts.Conflicts().conflicts(0);
  std::vector<std::string> told;
  for (const auto& draft : conflict.drafts()) told.push_back(draft.act_id());
  EXPECT_EQ(told, proposed);
  const v1::StatusView board = ViewStatus(acts.play.agglo().At("2026-06-30")).value();
  for (const v1::Finding& one : board.findings()) {
    if (one.code() != "rivals") continue;
    EXPECT_EQ(one.element_id(), "art-1");
    EXPECT_EQ(one.leaf().size(), 64u);
  }
}

// What is out for signature says it all the same.
TEST(Rivals, StayWhileTheFrozenTextOfOneStillHoldsTheChange) {
  Concurrent acts;
  const std::string first = acts.play.Propose({RivalArticle("Un."), Remove("ind-1")});
  acts.play.Freeze(first, "2026-01-01");
  acts.play.Propose({RivalArticle("Deux.")});
  v1::ReviseActRequest revise;
  revise.set_act_id(first);
  v1::Change& drop = *revise.add_changes();
  drop.set_remove("art-1");
  drop.set_drop(true);
  ASSERT_OK(acts.play.agglo().Do(revise, acts.play.Coordinator()));

  EXPECT_EQ(acts.OnBoard().size(), 1u);
  ASSERT_EQ(acts.Conflicts().conflicts_size(), 1);
  EXPECT_EQ(acts.Conflicts().conflicts(0).drafts_size(), 2);
}

TEST(Rivals, AreNotBetweenAnActAndTheOriginalBeforeItIsConcluded) {
  test::Scenario s;
  ActId draft;
  s.history.Write(s.b, "b", test::OpenAct(s.history, "b", 7, v1::ACT_KIND_AVENANT, &draft));
  s.history.Write(s.b, "b", test::Draft(draft, {test::ArticleElement("art-1", "autre")}));
  EXPECT_THAT(RivalriesIn(s.Data()), IsEmpty());
}

}  // namespace
}  // namespace greffe
