#include "core/reader/terms.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "core/reader/reader.h"

namespace greffe::reader {
namespace {

// The term of a document whose title gives years and whose article on the term says `sentence`.
std::string Term(const std::string& sentence) {
  const auto reading = Read({{"d", absl::StrCat("Convention territoriale globale\n\n2022-2026\n\n"
                                                "Article 1 : Durée\n\n",
                                                sentence, "\n")}});
  EXPECT_TRUE(reading.ok()) << reading.status();
  if (!reading.ok()) return "";
  return absl::StrCat(reading->convention.from.date, "/", reading->convention.to.date);
}

TEST(ReadTerms, TakesNoOtherConventionsEnd) {
  EXPECT_EQ(Term("La précédente convention prend fin le 31 décembre 2021."),
            "2022-01-01/2026-12-31");
  EXPECT_EQ(Term("Elle fait suite à la convention antérieure, conclue du 1er janvier 2018 au 31 "
                 "décembre 2021."),
            "2022-01-01/2026-12-31");
  EXPECT_EQ(Term("Le contrat enfance jeunesse arrive à échéance le 30 juin 2022."),
            "2022-01-01/2026-12-31");
  EXPECT_EQ(Term("La précédente convention prend fin le 31 décembre 2021. La présente convention "
                 "s'achève le 31 août 2026."),
            "2022-01-01/2026-08-31");
  EXPECT_EQ(Term("La présente convention prend la suite de la précédente et s'achève le 31 août "
                 "2026."),
            "2022-01-01/2026-08-31");
}

TEST(ReadTerms, TakesNoEndOfSomethingElse) {
  EXPECT_EQ(Term("Des avenants sont possibles jusqu'au 30 juin 2025."), "2022-01-01/2026-12-31");
  EXPECT_EQ(Term("La convention peut être dénoncée jusqu'au 30 juin 2025."),
            "2022-01-01/2026-12-31");
  EXPECT_EQ(Term("Le bilan est remis jusqu'au 30 juin 2027."), "2022-01-01/2026-12-31");
  EXPECT_EQ(Term("Elle s'achève le 31 août 2026 et peut être modifiée par avenant."),
            "2022-01-01/2026-08-31");
}

// Each article is looked at once, however many there are.
TEST(ReadTerms, FindsTheTermAmongManyArticles) {
  std::string text = "Convention territoriale globale\n\n";
  for (int i = 0; i < 10'000; ++i) absl::StrAppend(&text, "Article ", i % 40, " : Objet\n\n");
  absl::StrAppend(&text, "Article 41 : Durée\n\nDu 1er janvier 2022 au 31 décembre 2025.\n");
  const auto reading = Read({{"d", text}});
  ASSERT_TRUE(reading.ok()) << reading.status();
  EXPECT_EQ(reading->convention.to.date, "2025-12-31");
}

}  // namespace
}  // namespace greffe::reader
