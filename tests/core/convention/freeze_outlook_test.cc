// What a dry run says of the freeze that is to come: what the freeze itself says then.

#include "core/convention/checks/freeze_outlook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/core/convention/committee_play.h"
#include "tests/core/convention/scenario.h"

namespace greffe {
namespace {

using test::Day;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::Deciding;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SampleDraft;
using testing_support::Schedule;
using testing_support::Steering;
using testing_support::WithClause;

v1::Element* Find(v1::ConventionDraft& draft, const std::string& id) {
  for (v1::Element& one : *draft.mutable_elements()) {
    if (one.id() == id) return &one;
  }
  return nullptr;
}

std::vector<std::string> Brief(const std::vector<v1::DraftProblem>& said) {
  std::vector<std::string> out;
  for (const v1::DraftProblem& one : said) {
    out.push_back(absl::StrCat(one.rule(), " ", one.element_id(), " ", one.field()));
  }
  return out;
}

// Nothing to ask, before the convention has effect.
v1::ConventionDraft Sound() {
  v1::ConventionDraft draft = SampleDraft();
  Find(draft, "art-1")->mutable_article()->set_body("Le projet part du diagnostic partagé.");
  return draft;
}

TEST(FreezeOutlook, IsEmptyOfADraftThatAFreezeAsksNothingAbout) {
  const FreezeOutlook outlook = OutlookOf(Sound(), Day("2024-12-01"));
  EXPECT_THAT(outlook.refused, IsEmpty());
  EXPECT_THAT(Brief(outlook.asked), IsEmpty());
}

TEST(FreezeOutlook, NamesEachPlaceByItsRule) {
  v1::ConventionDraft draft = Sound();
  draft.mutable_elements()->SwapElements(0, draft.elements_size() - 1);
  v1::Element* const article = Find(draft, "art-1");
  article->mutable_article()->set_body(
      "Voir l'annexe 9.\nFait le XX/XX/2025.\nLa durée de la convention est de deux ans.");
  article->mutable_article()->set_role(v1::CLAUSE_ROLE_TERM);
  Find(draft, "party-vallon")->mutable_party()->set_deliberates(false);
  Find(draft, "act-1-sched")->mutable_schedule()->set_to("2099");

  const FreezeOutlook outlook = OutlookOf(draft, Day("2025-01-03"));

  const auto at = [&](const std::string& id) {
    int i = 0;
    while (draft.elements(i).id() != id) ++i;
    return absl::StrCat(id, " elements[", i, "]");
  };
  EXPECT_THAT(Brief(outlook.refused),
              ElementsAre(absl::StrCat("CHK-14 ", at("art-1"), ".article.body")));
  ASSERT_EQ(outlook.refused.size(), 1u);
  EXPECT_THAT(outlook.refused.front().text(), HasSubstr("ligne 2"));
  EXPECT_THAT(Brief(outlook.asked),
              ElementsAre(absl::StrCat("CHK-13 ", at("art-1")),
                          absl::StrCat("L-07 ", at("party-vallon"), ".party.deliberates"),
                          absl::StrCat("L-15 ", at("art-1"), ".article.body"),
                          absl::StrCat("CHK-18 ", at("act-1-sched")),
                          absl::StrCat("CHK-16 ", at("terms"), ".terms.start_date"), "L-01  "));
  ASSERT_EQ(outlook.asked.size(), 6u);
  EXPECT_THAT(outlook.asked[0].text(), HasSubstr("annexe 9"));
  EXPECT_THAT(outlook.asked[4].text(), HasSubstr("2 jours"));

  // L-02: nobody signs for one of the parties.
  Find(draft, "party-vallon")->mutable_party()->clear_signing_offices();
  const FreezeOutlook without = OutlookOf(draft, Day("2025-01-03"));
  EXPECT_THAT(Brief(without.asked), testing::Contains(absl::StrCat("L-02 ", at("party-vallon"),
                                                                   ".party.signing_offices")));

  // Signed on paper, nothing is asked.
  draft.mutable_on_paper();
  EXPECT_THAT(OutlookOf(draft, Day("2025-01-03")).asked, IsEmpty());
  EXPECT_THAT(OutlookOf(draft, Day("2025-01-03")).refused, IsEmpty());
}

TEST(FreezeOutlook, SaysWhatOfACommitteeDecisionWillBeRefused) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  v1::ActDraft draft;
  draft.set_kind(v1::ACT_KIND_COMMITTEE_DECISION);
  draft.set_title("Calendrier");
  *draft.add_changes() = Put(Schedule("2027"));
  const ConventionState& state = deciding.play.agglo().state();
  EXPECT_THAT(CommitteeOutlook(state, draft, Day("2026-01-01")), IsEmpty());

  *draft.add_changes() = Remove("axis-1");
  const auto said = CommitteeOutlook(state, draft, Day("2026-01-01"));
  EXPECT_THAT(Brief(said), ElementsAre("CHK-25 axis-1 changes[1]"));
  ASSERT_EQ(said.size(), 1u);
  EXPECT_THAT(said.front().text(), HasSubstr("le gel de cette décision sera refusé"));

  draft.set_kind(v1::ACT_KIND_AVENANT);
  EXPECT_THAT(CommitteeOutlook(state, draft, Day("2026-01-01")), IsEmpty());
}

// L-31: a résiliation amiable gives the convention an earlier last day.
TEST(AgreedEndOutlook, SaysThatTheTermIsToBeChanged) {
  Deciding deciding(std::vector<v1::Element>{});
  const ConventionState& state = deciding.play.agglo().state();
  v1::ActDraft draft;
  draft.set_kind(v1::ACT_KIND_AGREED_TERMINATION);
  draft.set_title("Fin");
  *draft.add_changes() = Remove("ind-1");
  const auto said = AgreedEndOutlook(state, draft);
  EXPECT_THAT(Brief(said), ElementsAre("L-31 terms changes"));
  ASSERT_EQ(said.size(), 1u);
  EXPECT_THAT(said[0].text(), HasSubstr("le gel de cet acte sera refusé"));

  v1::Element terms = testing_support::SampleElement("terms");
  terms.mutable_terms()->set_end_date("2026-12-31");
  *draft.add_changes() = Put(terms);
  EXPECT_THAT(AgreedEndOutlook(state, draft), IsEmpty());
  draft.clear_changes();
  draft.set_kind(v1::ACT_KIND_AVENANT);
  *draft.add_changes() = Remove("ind-1");
  EXPECT_THAT(AgreedEndOutlook(state, draft), IsEmpty());
}

}  // namespace
}  // namespace greffe
