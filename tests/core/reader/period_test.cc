#include "core/reader/period.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

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
  EXPECT_EQ(Shown("Elle expire un an et six (6) mois à compter du 1er janvier 2023"),
            "2023-01-01/2024-06-30");
  EXPECT_EQ(Shown("Elle prend fin deux ans et demi après le 1er janvier 2023"),
            "2023-01-01/2025-06-30");
  EXPECT_EQ(Shown("Elle expire dix-huit mois à compter du 1er janvier 2023"),
            "2023-01-01/2024-06-30");
  EXPECT_EQ(Shown("Elle prend fin, à compter du 1er janvier 2023, sans formalité"), "none");
  EXPECT_EQ(Shown("Elle prend fin trois mois avant le 1er mars 2023"), "none");
}

TEST(DurationMonths, AreReadInFull) {
  EXPECT_EQ(DurationMonths("pour une durée de dix-huit mois"), 18u);
  EXPECT_EQ(DurationMonths("pour une durée de 18 mois"), 18u);
  EXPECT_EQ(DurationMonths("Durée : un an et six mois"), 18u);
  EXPECT_EQ(DurationMonths("pour une durée de deux ans et demi"), 30u);
  EXPECT_EQ(DurationMonths("pour une durée d'une année et demie"), 18u);
  EXPECT_EQ(DurationMonths("une durée de quatre ans et six mois avant son terme"), 48u);
  EXPECT_EQ(DurationMonths("une durée de quatre ans et des poussières"), 48u);
}

}  // namespace
}  // namespace greffe::reader
