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

// The days printed by sentences of the article count before the years of the cover.
TEST(ReadTerms, JoinsTheSentencesOfItsArticle) {
  EXPECT_EQ(Term("Signée pour une période de quatre ans, la convention entrera en vigueur le 1er "
                 "mars 2022. Elle arrivera à échéance le 28 février 2026."),
            "2022-03-01/2026-02-28");
  EXPECT_EQ(Term("Le contrat produit ses effets à compter du premier septembre deux mille "
                 "vingt-deux. Il s'éteint de lui-même le trente et un août deux mille vingt-six."),
            "2022-09-01/2026-08-31");
  EXPECT_EQ(Term("Elle prend effet le 1er avril 2022. Elle est conclue pour quarante-deux mois."),
            "2022-04-01/2025-09-30");
}

TEST(ReadTerms, TakesAPrintedLastDayBeforeOneThatIsCounted) {
  EXPECT_EQ(Term("Elle prend effet le 1er avril 2022 pour une durée de quatre ans. Elle s'achève "
                 "le 31 décembre 2025."),
            "2022-04-01/2025-12-31");
}

TEST(ReadTerms, CountsNoRenewalForTheTerm) {
  EXPECT_EQ(Term("Elle prend effet le 1er janvier 2022. Elle est reconduite pour une durée d'un an "
                 "si nul ne s'y oppose."),
            "2022-01-01/2026-12-31");
  EXPECT_EQ(Term("Non renouvelable, d'une durée de trois ans, elle prend effet le 1er mai 2022."),
            "2022-05-01/2025-04-30");
}

// Years of a cover are no last day where the convention starts in July.
TEST(ReadTerms, LeavesTheLastDayOpenWhereOnlyTheCoverHasYears) {
  EXPECT_EQ(Term("Elle entre en vigueur le 1er juillet 2022."), "2022-07-01/");
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
