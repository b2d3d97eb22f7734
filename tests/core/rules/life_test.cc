#include "core/rules/life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Unwritten, HoldsFromTheStartOfTheTermUnlessItSaysOtherwise) {
  EXPECT_TRUE(IsUnwritten(std::nullopt, Day("2025-01-01"), Day("2025-01-01")));
  EXPECT_FALSE(IsUnwritten(std::nullopt, Day("2025-01-01"), Day("2024-12-31")));
  EXPECT_FALSE(IsUnwritten(Day("2026-05-01"), Day("2025-01-01"), Day("2026-04-30")));
  EXPECT_TRUE(IsUnwritten(Day("2026-05-01"), Day("2025-01-01"), Day("2026-05-01")));
}

// L-57.
TEST(Dispute, EndsWithAFinalDecisionAlone) {
  EXPECT_EQ(CaseOf(std::nullopt), Case::kPending);
  EXPECT_EQ(CaseOf(false), Case::kOpenToAppeal);
  EXPECT_EQ(CaseOf(true), Case::kClosed);
}

TEST(Succession, LetsTheConventionGoOnFromItsDay) {
  const PartySuccession merged{"Commune A", "Commune nouvelle C", Day("2026-01-01")};

  EXPECT_FALSE(SuccessionNote(merged, Day("2025-12-31")).has_value());
  const auto note = SuccessionNote(merged, Day("2026-01-01"));
  ASSERT_TRUE(note.has_value());
  EXPECT_THAT(note->text.fr, HasSubstr("Commune nouvelle C succède de plein droit à la Commune A"));
  EXPECT_THAT(note->next.fr, HasSubstr("par un avenant"));
}

TEST(Succession, IsNotSaidToHoldWhereNobodyTakesThePlace) {
  PartySuccession merged{"Commune A", "Commune nouvelle C", Day("2026-01-01")};
  const auto said = [&](SucceededPlace place) {
    merged.place = place;
    return SuccessionNote(merged, Day("2026-01-01"))->text.fr;
  };
  EXPECT_THAT(said(SucceededPlace::kByNameAlone),
              AllOf(HasSubstr("succède de plein droit"), HasSubstr("il ne peut pas agir ici.")));
  EXPECT_THAT(said(SucceededPlace::kUnattested),
              AllOf(Not(HasSubstr("de plein droit")), HasSubstr("trop peu de parties")));
  EXPECT_THAT(said(SucceededPlace::kContested),
              AllOf(Not(HasSubstr("de plein droit")), HasSubstr("aucun des deux")));
}

TEST(DataExchange, IsDecidedAfterTheOpinionOfTheDpo) {
  EXPECT_TRUE(CheckMayDecideExchange(std::nullopt, Day("2026-02-01")).has_value());
  const auto late = CheckMayDecideExchange(Day("2026-02-02"), Day("2026-02-01"));
  ASSERT_TRUE(late.has_value());
  EXPECT_THAT(late->words.fr, HasSubstr("2 février 2026"));
  EXPECT_FALSE(CheckMayDecideExchange(Day("2026-02-01"), Day("2026-02-01")).has_value());
}

}  // namespace
}  // namespace greffe::rules
