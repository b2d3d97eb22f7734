#include "core/base/refusals.h"

#include <gtest/gtest.h>

namespace greffe {
namespace {

TEST(Refusals, RideInOrderBesideTheFirst) {
  const absl::Status status =
      WithFurther(ToStatus({.rule = "limit-title", .field = "title", .fr = "trop long"}),
                  {{.rule = "digest", .field = "proof", .fr = "32 octets", .en = "32 bytes"},
                   {.rule = "future-date", .field = "day", .fr = "plus tard"}});

  EXPECT_EQ(RefusalOf(status).field, "title");
  const std::vector<Refusal> further = FurtherOf(status);

  ASSERT_EQ(further.size(), 2u);
  EXPECT_EQ(further[0].rule, "digest");
  EXPECT_EQ(further[0].en, "32 bytes");
  EXPECT_EQ(further[0].code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(further[1].field, "day");
  EXPECT_TRUE(FurtherOf(ToStatus({.fr = "seul"})).empty());
  EXPECT_TRUE(FurtherOf(absl::OkStatus()).empty());
}

}  // namespace
}  // namespace greffe
