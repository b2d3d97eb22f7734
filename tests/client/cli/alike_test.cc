#include "client/cli/alike.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace greffe::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> SharedOf(const std::vector<Alike>& told) {
  std::vector<std::string> out;
  for (const Alike& one : told) out.push_back(one.shared);
  return out;
}

TEST(TellTogether, SaysOnceWhatHoldsForSeveral) {
  const auto said = [](const std::string& who) {
    return Sentence{"8", absl::StrCat("L-08 : ", who, " ; aucune délibération n'est enregistrée.")};
  };

  const std::vector<Alike> told = TellTogether({said("Le Passage a signé le 3 mars"),
                                                {"8", "Autre chose, tout à fait."},
                                                said("Boé a signé le 4 mars"),
                                                said("Agen a signé le 3 mars")});

  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].first, 0u);
  EXPECT_EQ(told[0].shared, "L-08 : … mars ; aucune délibération n'est enregistrée.");
  EXPECT_THAT(told[0].each,
              ElementsAre("Agen a signé le 3", "Boé a signé le 4", "Le Passage a signé le 3"));
  EXPECT_EQ(told[1].first, 1u);
  EXPECT_EQ(told[1].shared, "Autre chose, tout à fait.");
  EXPECT_THAT(told[1].each, IsEmpty());
}

TEST(TellTogether, LeavesTwoAloneAndWhatIsOfAnotherKind) {
  const auto said = [](const char* kind, const std::string& who) {
    return Sentence{kind, absl::StrCat(who, " n'a pas encore délibéré sur le texte.")};
  };

  EXPECT_THAT(SharedOf(TellTogether({said("a", "Agen"), said("a", "Boé"), said("b", "Brax")})),
              ElementsAre("Agen n'a pas encore délibéré sur le texte.",
                          "Boé n'a pas encore délibéré sur le texte.",
                          "Brax n'a pas encore délibéré sur le texte."));
}

// What differs more than it agrees is read whole; nothing said of nobody is made up.
TEST(TellTogether, LeavesAloneWhatSharesLittleOrAll) {
  std::vector<Sentence> little;
  for (const char* const who : {"un", "deux", "trois"}) {
    little.push_back({"", absl::StrCat(who, " mot après mot sans que rien y soit comme ", who,
                                       " dans un seul texte.")});
  }
  EXPECT_EQ(TellTogether(little).size(), 3u);

  const std::vector<Sentence> equal(3, {"", "Il manque une pièce au dossier."});
  EXPECT_EQ(TellTogether(equal).size(), 3u);
  const std::vector<Sentence> longer = {{"", "il manque une pièce au dossier."},
                                        {"", "Ici il manque une pièce au dossier."},
                                        {"", "Là il manque une pièce au dossier."}};
  EXPECT_EQ(TellTogether(longer).size(), 3u);
  EXPECT_THAT(TellTogether({}), IsEmpty());
  EXPECT_EQ(TellTogether({{"", ""}, {"", ""}, {"", ""}}).size(), 3u);
}

}  // namespace
}  // namespace greffe::cli
