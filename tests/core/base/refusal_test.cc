#include "core/base/refusal.h"

#include <gtest/gtest.h>

namespace greffe {
namespace {

TEST(Refusal, SurvivesTheJourneyThroughAStatus) {
  const absl::Status status = ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                                        .rule = "L-30",
                                        .field = "act",
                                        .fr = "refusé",
                                        .en = "refused",
                                        .next_fr = "faire ceci",
                                        .next_en = "do this"});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "refusé");

  const Refusal back = RefusalOf(status);

  EXPECT_EQ(back.rule, "L-30");
  EXPECT_EQ(back.field, "act");
  EXPECT_EQ(back.en, "refused");
  EXPECT_EQ(back.next_fr, "faire ceci");
  EXPECT_EQ(back.next_en, "do this");
}

TEST(Refusal, OfAForeignStatusRepeatsItsMessageInBothLanguages) {
  const Refusal back = RefusalOf(absl::NotFoundError("no such thing"));
  EXPECT_EQ(back.fr, "no such thing");
  EXPECT_EQ(back.en, "no such thing");
  EXPECT_TRUE(back.rule.empty());
}

}  // namespace
}  // namespace greffe
