#include "core/rules/clerical.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

const std::vector<CivilDate> kTerm{Day("2025-01-01"), Day("2027-12-31")};

bool IsClerical(absl::string_view before, absl::string_view after) {
  return !CheckClerical(before, after, kTerm).has_value();
}

// L-27.
TEST(Clause, ProvidesWhatItsPartiesSaidWhateverItsTitle) {
  v1::Article clause;
  clause.set_title("Durée de la convention");
  clause.set_role(v1::CLAUSE_ROLE_GOVERNANCE);
  EXPECT_TRUE(Provides(clause, v1::CLAUSE_ROLE_GOVERNANCE));
  EXPECT_FALSE(Provides(clause, v1::CLAUSE_ROLE_TERM));
}

TEST(Correction, IsAttestedByAnotherPartyThanItsAuthor) {
  EXPECT_TRUE(Attests("caf", "agglo"));
  EXPECT_FALSE(Attests("caf", "caf"));
}

TEST(Clerical, IsATypingErrorThatLeavesFiguresAndDaysAsTheyAre) {
  EXPECT_TRUE(IsClerical("le projet du territoire", "le projet de territoire"));
  EXPECT_TRUE(IsClerical("conclue pour cinq ans", "conclue pour cinq années"));
  EXPECT_TRUE(IsClerical("délibération du 20 juin 2025", "délibération du 23 juin 2025"));
  EXPECT_TRUE(IsClerical("du 1er janvier 2025 au 31 décembre 2027 inclu",
                         "du 1er janvier 2025 au 31 décembre 2027 inclus"));
  EXPECT_TRUE(IsClerical("12 000 euros par ans", "12 000 euros par an"));
  EXPECT_TRUE(IsClerical("12 000 €", "12\u202f000 €"));
  EXPECT_TRUE(IsClerical("article 4, 100 €", "article 5, 100 €"));
  EXPECT_TRUE(IsClerical("l'Union eruopéenne", "l'Union européenne"));
}

TEST(Clerical, ReadsWhateverAPeerWrote) {
  std::string amounts;
  while (amounts.size() < 120'000) amounts += "1€";
  EXPECT_TRUE(IsClerical(amounts, amounts));
  // The euro sign is no digit of the amount after it.
  EXPECT_FALSE(IsClerical("1€2€", "1€12€"));
  EXPECT_TRUE(IsClerical("999999999 ans", "999999998 ans"));
  EXPECT_TRUE(IsClerical("2147483647 six mois", "2147483646 six mois"));
}

TEST(Clerical, IsNoAmountHoweverItIsWritten) {
  const std::pair<const char*, const char*> changed[] = {
      {"5 k€", "50 k€"},
      {"5 k€", "5 €"},
      {"5 k€", "5 M€"},
      {"5 k€ par an", "50 k€ par an"},
      {"2 millions d'euros", "3 millions d'euros"},
      {"2 milliers d’euros", "2 millions d’euros"},
      {"5 000 (cinq mille) euros", "50 000 (cinquante mille) euros"},
      {"5 000 (cinq mille) euros", "5 000 (cinquante mille) euros"},
      {"5 000 euros (cinq mille)", "5 000 euros (six mille)"},
      {"1 000 EUR", "10 000 EUR"},
      {"EUR 1 000", "EUR 10 000"},
      {"€ : 1 000", "€ : 10 000"},
      {"cinq mille euros", "cinquante mille euros"},
      {"cinq milles euros", "cinquante milles euros"},
      {"quatre-vingt-dix euros", "quatre-vingts euros"},
      {"un euro et cinquante centimes", "un euro et vingt centimes"},
      {"1,50 €", "150 €"},
      {"12 keuros", "13 keuros"},
      {"100 € HT", "100 € TTC"},
      {"100 à 200 euros", "150 à 200 euros"},
      {"mille francs", "deux mille francs"},
      {"5 000 €", "5 000"},
      {"100 euros", "100 francs"},
      // What is misspelt beside it may be an amount.
      {"cinq milion d'euros", "un million d'euros"},
  };
  for (const auto& [before, after] : changed) {
    EXPECT_FALSE(IsClerical(before, after)) << before << " / " << after;
    EXPECT_FALSE(IsClerical(after, before)) << after << " / " << before;
  }
  EXPECT_TRUE(IsClerical("une ayde de 5 000 € par an", "une aide de 5 000 € par an"));
  EXPECT_TRUE(IsClerical("5 000 € par an, versés en mras", "5 000 euros par an, versés en mars"));
  EXPECT_TRUE(IsClerical("cinq mille euros aux asociations", "cinq mille euros aux associations"));
  EXPECT_TRUE(IsClerical("deux cents habitant", "deux cents habitants"));
  EXPECT_TRUE(IsClerical("12 000 euros", "12000 euros"));
  // A sentence ends what belongs to an amount.
  EXPECT_TRUE(IsClerical("voté en 2024. Euros", "voté en 2023. Euros"));
}

TEST(Clerical, IsNoOtherDurationAmountOrDayOfTheTerm) {
  EXPECT_FALSE(IsClerical("conclue pour trois ans", "conclue pour cinq ans"));
  EXPECT_FALSE(IsClerical("un préavis de trente-six mois", "un préavis de trente mois"));
  EXPECT_FALSE(IsClerical("un préavis de vingt et un mois", "un préavis de trente et un mois"));
  EXPECT_TRUE(IsClerical("un préavis de vingt et un mois", "un préavis de vingt-et-un mois"));
  EXPECT_FALSE(IsClerical("un préavis de trente-six mois", "un préavis de vingt-six mois"));
  EXPECT_TRUE(IsClerical("fin 2026, 3 ans", "fin 2025, 3 ans"));
  EXPECT_FALSE(IsClerical("sous 15 jours", "sous 30 jours"));
  EXPECT_FALSE(IsClerical("sous 3 semaines", "sous 8 semaines"));
  EXPECT_TRUE(IsClerical("sous deux semaines, écrit", "sous 2 semaines, écrit"));
  EXPECT_FALSE(IsClerical("12 000 € par an", "15 000 € par an"));
  EXPECT_FALSE(IsClerical("12 000,50 euros", "12 000,60 euros"));
  EXPECT_FALSE(IsClerical("jusqu'au 31 décembre 2027", "jusqu'au 31 décembre 2028"));
  EXPECT_FALSE(IsClerical("à compter du 1er janvier 2025", "à compter du 2 janvier 2025"));
  EXPECT_FALSE(IsClerical("fin : 31/12/2027", "fin : 31/12/2028"));
  const auto odd = CheckClerical("trois ans", "cinq ans", {});
  ASSERT_TRUE(odd.has_value());
  EXPECT_EQ(RowOf(odd->rule).id, "L-30");
  EXPECT_TRUE(ClericalNever().has_value());
}

}  // namespace
}  // namespace greffe::rules
