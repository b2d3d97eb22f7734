#include "core/rules/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <string>

namespace greffe::rules {
namespace {

TEST(Registry, HoldsEachRuleAtItsPlaceUnderAnIdOfItsOwn) {
  std::set<std::string> ids;
  for (std::size_t i = 0; i < Registry().size(); ++i) {
    const Row& row = Registry()[i];
    EXPECT_EQ(static_cast<std::size_t>(row.rule), i) << row.id;
    EXPECT_TRUE(ids.insert(std::string(row.id)).second) << row.id;
    EXPECT_EQ(&RowOf(row.rule), &row);
    EXPECT_EQ(FindRow(row.id), &row);
  }
  EXPECT_EQ(Registry().back().rule, Rule::kStampedAnswer);
}

TEST(Registry, SaysEverythingInBothLanguagesWithItsSource) {
  for (const Row& row : Registry()) {
    EXPECT_FALSE(row.title_fr.empty()) << row.id;
    EXPECT_FALSE(row.title_en.empty()) << row.id;
    EXPECT_NE(row.title_fr, row.title_en) << row.id;
    EXPECT_FALSE(row.source.empty()) << row.id;
    EXPECT_FALSE(row.function.empty()) << row.id;
  }
}

TEST(Registry, KnowsNoRuleThatItDoesNotHold) { EXPECT_EQ(FindRow("L-99"), nullptr); }

TEST(Registry, ShowsABlockingRuleAsSeriousBesideAFact) {
  EXPECT_EQ(FindingSeverityOf(Severity::kInfo), v1::FINDING_SEVERITY_NOTE);
  EXPECT_EQ(FindingSeverityOf(Severity::kWarn), v1::FINDING_SEVERITY_WARNING);
  EXPECT_EQ(FindingSeverityOf(Severity::kError), v1::FINDING_SEVERITY_SERIOUS);
  EXPECT_EQ(FindingSeverityOf(Severity::kBlock), v1::FINDING_SEVERITY_SERIOUS);
}

}  // namespace
}  // namespace greffe::rules
