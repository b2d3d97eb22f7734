#include "core/base/field_names.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/cord.h"
#include "core/base/refusals.h"

namespace greffe {
namespace {

TEST(NameFields, SaysWhatWasTypedInEachPartOfARefusalAndKeepsTheRest) {
  absl::Status status = ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                                  .rule = "card.siren",
                                  .field = "card.siren",
                                  .fr = "card.siren est faux, card.insee est juste",
                                  .en = "card.siren is wrong",
                                  .next_fr = "Corrigez card.siren.",
                                  .next_en = "Correct card.siren."});
  status.SetPayload("elsewhere", absl::Cord("card.siren"));

  const absl::Status named =
      NameFields(status, {{"card.siren", "--siren"}, {"card.insee", "--insee"}});

  const Refusal refusal = RefusalOf(named);
  EXPECT_EQ(named.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(refusal.field, "--siren");
  EXPECT_EQ(refusal.fr, "--siren est faux, --insee est juste");
  EXPECT_EQ(refusal.en, "--siren is wrong");
  EXPECT_EQ(refusal.next_fr, "Corrigez --siren.");
  EXPECT_EQ(refusal.next_en, "Correct --siren.");
  EXPECT_EQ(refusal.rule, "card.siren");
  EXPECT_EQ(named.GetPayload("elsewhere"), absl::Cord("card.siren"));
  EXPECT_TRUE(NameFields(absl::OkStatus(), {{"a", "b"}}).ok());
}

// Whoever corrects several fields together types each of them.
TEST(NameFields, SaysWhatWasTypedInFurtherRefusalsToo) {
  const Refusal first{.code = absl::StatusCode::kInvalidArgument, .field = "a", .en = "a is wrong"};
  const std::vector<Refusal> further = {
      {.code = absl::StatusCode::kInvalidArgument,
       .field = "card.siren",
       .fr = "card.siren est faux",
       .en = "card.siren is wrong",
       .next_en = "Correct card.siren."},
      {.code = absl::StatusCode::kInvalidArgument, .field = "other", .en = "other is wrong"}};

  const std::vector<Refusal> named =
      FurtherOf(NameFields(WithFurther(ToStatus(first), further), {{"card.siren", "--siren"}}));

  ASSERT_EQ(named.size(), 2u);
  EXPECT_EQ(named[0].field, "--siren");
  EXPECT_EQ(named[0].fr, "--siren est faux");
  EXPECT_EQ(named[0].en, "--siren is wrong");
  EXPECT_EQ(named[0].next_en, "Correct --siren.");
  EXPECT_EQ(named[1].field, "other");
}

}  // namespace
}  // namespace greffe
