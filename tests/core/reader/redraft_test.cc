#include "core/reader/redraft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/reader/draft.h"
#include "tests/core/reader/sample_reading.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing_support::At;
using testing_support::SampleFiles;
using testing_support::SampleReading;

v1::ConventionDraft DraftedAgain(const Reading& reading) {
  v1::ConventionDraft draft = MakeDraft(reading, SampleFiles()).draft;
  SetAsRead(&draft);
  return draft;
}

v1::Element* Find(v1::ConventionDraft& draft, const std::string& id) {
  for (v1::Element& element : *draft.mutable_elements()) {
    if (element.id() == id) return &element;
  }
  return nullptr;
}

void Drop(v1::ConventionDraft& draft, const std::string& id) {
  for (int i = 0; i < draft.elements_size(); ++i) {
    if (draft.elements(i).id() == id) return draft.mutable_elements()->DeleteSubrange(i, 1);
  }
}

std::vector<std::string> Told(const Redrafted& merged) {
  std::vector<std::string> out;
  for (const v1::ImportChange& change : merged.changes) {
    out.push_back(v1::ImportChangeKind_Name(change.kind()).substr(19) + " " + change.element_id());
  }
  return out;
}

TEST(Redraft, TellsNothingWhenNothingChanged) {
  const v1::ConventionDraft draft = DraftedAgain(SampleReading());

  const Redrafted merged = Redraft(draft, draft);

  EXPECT_THAT(Told(merged), IsEmpty());
  EXPECT_EQ(merged.draft.SerializeAsString(), draft.SerializeAsString());
}

TEST(Redraft, MovedLinesAreNoChange) {
  Reading reading = SampleReading();
  const v1::ConventionDraft before = DraftedAgain(reading);
  reading.convention.articles[0].title = At("Pilotage", 25);

  const Redrafted merged = Redraft(before, DraftedAgain(reading));

  EXPECT_THAT(Told(merged), IsEmpty());
  v1::ConventionDraft after = merged.draft;
  EXPECT_EQ(Find(after, "article-3")->sources().rbegin()->last_line(), 25u);
}

TEST(Redraft, TellsWhatTheDocumentsAddRemoveAndChange) {
  Reading reading = SampleReading();
  const v1::ConventionDraft before = DraftedAgain(reading);
  reading.convention.articles[0].title = At("Gouvernance", 7);
  reading.convention.visas.clear();
  Article added;
  added.number = "4";
  added.title = At("Durée", 18);
  reading.convention.articles.push_back(added);

  const Redrafted merged = Redraft(before, DraftedAgain(reading));

  EXPECT_THAT(Told(merged), ElementsAre("CHANGED article-3", "ADDED article-4",
                                        "REMOVED visa-vu-le-code-de-l-action"));
}

TEST(Redraft, KeepsEveryCorrection) {
  Reading reading = SampleReading();
  v1::ConventionDraft before = DraftedAgain(reading);
  Find(before, "article-3")->mutable_article()->set_title("Pilotage corrigé");
  Find(before, "action-i-a-1")->mutable_action()->set_title("Ouvrir vingt places");
  Drop(before, "visa-vu-le-code-de-l-action");
  v1::Element& mine = *before.add_elements();
  mine.set_id("a-moi");
  mine.mutable_text_block()->set_title("ajout");
  before.mutable_on_paper();
  reading.convention.actions[0].title = At("Ouvrir dix places", 12);

  const Redrafted merged = Redraft(before, DraftedAgain(reading));

  EXPECT_THAT(
      Told(merged),
      ElementsAre("CORRECTION_KEPT on_paper", "CORRECTION_KEPT visa-vu-le-code-de-l-action",
                  "CORRECTION_KEPT article-3", "BOTH action-i-a-1", "CORRECTION_KEPT a-moi"));
  v1::ConventionDraft after = merged.draft;
  EXPECT_EQ(Find(after, "article-3")->article().title(), "Pilotage corrigé");
  EXPECT_EQ(Find(after, "action-i-a-1")->action().title(), "Ouvrir vingt places");
  EXPECT_EQ(Find(after, "visa-vu-le-code-de-l-action"), nullptr);
  EXPECT_NE(Find(after, "a-moi"), nullptr);
  EXPECT_TRUE(after.has_on_paper());
  // A third reading of the same documents still knows which are corrections.
  EXPECT_THAT(Told(Redraft(after, DraftedAgain(reading))),
              ElementsAre("CORRECTION_KEPT on_paper", "CORRECTION_KEPT visa-vu-le-code-de-l-action",
                          "CORRECTION_KEPT article-3", "CORRECTION_KEPT action-i-a-1",
                          "CORRECTION_KEPT a-moi"));
}

TEST(Redraft, LosesNothingOfADraftThatNoReadingMade) {
  v1::ConventionDraft before = DraftedAgain(SampleReading());
  before.clear_as_read();
  Find(before, "article-3")->mutable_article()->set_title("À la main");

  const Redrafted merged = Redraft(before, DraftedAgain(SampleReading()));

  EXPECT_THAT(Told(merged), ElementsAre("CORRECTION_KEPT article-3"));
}

}  // namespace
}  // namespace greffe::reader
