#include "client/cli/status_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/text_width.h"

namespace greffe::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kPending = v1::AUTHORITY_STAGE_PENDING;
constexpr auto kVoted = v1::AUTHORITY_STAGE_VOTED;

std::vector<BoardParty> Many(int count, int steps) {
  std::vector<BoardParty> out;
  for (int i = 0; i < count; ++i) {
    out.push_back({absl::StrCat("Commune de Salvagnac-", i), absl::StrCat("Étape ", i % steps, "."),
                   kPending});
  }
  return out;
}

TEST(StatusGroups, TellTogetherThoseOfOneStageAndStep) {
  const std::vector<BoardParty> parties = {{"Boé", "", v1::AUTHORITY_STAGE_EXECUTORY},
                                           {"Agen", "Voter.", kPending},
                                           {"Brax", "Voter.", kPending},
                                           {"Cuq", "Voter.", kVoted},
                                           {"Fals", "Publier.", kVoted},
                                           {"Lafox", "Publier.", kVoted},
                                           {"Layrac", "Voter.", kPending},
                                           {"Moirax", "", v1::AUTHORITY_STAGE_NOT_REQUIRED}};

  EXPECT_THAT(GroupLines(Lang::kFrench, parties, 80, 24),
              ElementsAre("  3 parties : Voter.", "    Agen, Brax, Layrac",
                          "  2 parties : Publier.", "    Fals, Lafox", "  Cuq : Voter.",
                          "  2 parties : Rien à faire.", "    Boé, Moirax"));
  EXPECT_EQ(GroupLines(Lang::kEnglish, parties, 80, 24).front(), "  3 parties: Voter.");
}

TEST(StatusGroups, BreakNoNameThatFitsOnALine) {
  const auto lines = GroupLines(Lang::kFrench, Many(9, 1), 60, 24);

  ASSERT_EQ(lines.size(), 6u);
  EXPECT_EQ(lines[1], "    Commune de Salvagnac-0, Commune de Salvagnac-1,");
  EXPECT_EQ(lines[5], "    Commune de Salvagnac-8");
}

TEST(StatusGroups, SayHowManyNamesAreLeftOut) {
  const auto lines = GroupLines(Lang::kFrench, Many(300, 1), 80, 5);

  ASSERT_EQ(lines.size(), 5u);
  EXPECT_EQ(lines[1].find("    Commune de Salvagnac-0, "), 0u);
  EXPECT_EQ(lines[4],
            "    Commune de Salvagnac-9, Commune de Salvagnac-10, … et encore 289 (--all)");
  for (const std::string& line : lines) EXPECT_LE(DisplayWidth(line), 80);
}

TEST(StatusGroups, SayHowManyPartiesAreInGroupsLeftOut) {
  const auto lines = GroupLines(Lang::kFrench, Many(60, 30), 80, 9);

  ASSERT_EQ(lines.size(), 9u);
  EXPECT_EQ(lines[7], "    Commune de Salvagnac-3, Commune de Salvagnac-33");
  EXPECT_EQ(lines[8], "  … et encore 52 (--all pour toutes)");
}

// Names come from other replicas.
TEST(StatusGroups, ShowNothingThatDrivesATerminal) {
  const auto lines = GroupLines(
      Lang::kFrench, {{"Ag\x1b[2Jen", "Vo\nter.", kPending}, {"Boé", "", kPending}}, 80, 24);

  EXPECT_THAT(absl::StrJoin(lines, "|"), Not(HasSubstr("\x1b")));
  EXPECT_EQ(lines.size(), 2u);
}

}  // namespace
}  // namespace greffe::cli
