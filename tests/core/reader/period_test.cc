// What one sentence says about a term, and which sentences say it of this convention.
#include "core/reader/period.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "core/reader/reader.h"

namespace greffe::reader {
namespace {

std::string Shown(absl::string_view sentence) {
  const auto period = PeriodIn(sentence, {});
  return period ? absl::StrCat(period->from.date, "/", period->to.date) : "none";
}

TEST(PeriodIn, TakesTheDateRightAfterTheEndForTheEnd) {
  EXPECT_EQ(Shown("Elle prend fin de plein droit le 31 décembre 2026"), "/2026-12-31");
  EXPECT_EQ(Shown("Elle s'applique jusqu'au samedi 31 octobre 2026"), "/2026-10-31");
  EXPECT_EQ(Shown("Elle arrive à échéance au plus tard le 31 août 2026"), "/2026-08-31");
}

TEST(PeriodIn, CountsTheEndFromTheDateWhereTheTextSaysSo) {
  EXPECT_EQ(Shown("Elle expire 4 ans à compter du 1er janvier 2023"), "2023-01-01/2026-12-31");
  EXPECT_EQ(Shown("Elle prend fin trente-six mois après le 1er mars 2023"),
            "2023-03-01/2026-02-28");
  EXPECT_EQ(Shown("Elle se termine quatre (4) années à partir du 1er janvier 2023"),
            "2023-01-01/2026-12-31");
  EXPECT_EQ(Shown("Elle prend fin, à compter du 1er janvier 2023, sans formalité"), "none");
  EXPECT_EQ(Shown("Elle prend fin trois mois avant le 1er mars 2023"), "none");
}

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

}  // namespace
}  // namespace greffe::reader
