#include "core/rules/slip.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace greffe::rules {
namespace {

bool IsSlip(absl::string_view before, absl::string_view after) {
  return !CheckSlip(before, after).has_value();
}

TEST(Slip, IsAFewLettersOfAWord) {
  const std::pair<const char*, const char*> slips[] = {
      {"le projet du territoire", "le projet de territoire"},
      {"l'Union eruopéenne", "l'Union européenne"},
      {"les asociations", "les associations"},
      {"inclu", "inclus"},
      {"une ayde", "une aide"},
      {"versés en mras", "versés en mars"},
      {"Saint-Colombe", "Sainte-Colombe"},
      {"developement", "développement"},
      // Case, accents, punctuation, spacing.
      {"ETAT", "État"},
      {"la Caf la commune", "la Caf, la commune"},
      {"dela commune", "de la commune"},
      {"de  la commune", "de la commune"},
      // A digit of a figure.
      {"du 20 juin 2025", "du 23 juin 2025"},
      {"45450", "47450"},
      {"en 2052", "en 2025"},
      {"à l'article 4", "à l'article 5"},
      {"à l'article 6.2", "à l'article 6.3"},
      {"le 20.06.2025", "le 23.06.2025"},
      // Little words, words written twice.
      {"le projet territoire", "le projet de territoire"},
      {"le projet de de territoire", "le projet de territoire"},
      {"la commune commune signe", "la commune signe"},
      {"la commune commune commune signe", "la commune signe"},
      {"Cinq ans", "Cinq années"},
      // One number, agreed or not.
      {"un association", "une association"},
      {"quatre-vingt places", "quatre-vingts places"},
      {"deux cent places", "deux cents places"},
      // Marks that stay.
      {"30 % des dépences", "30 % des dépenses"},
      {"2.5 postes", "2,5 postes"},
  };
  for (const auto& [before, after] : slips) {
    EXPECT_TRUE(IsSlip(before, after)) << before << " / " << after;
    EXPECT_TRUE(IsSlip(after, before)) << after << " / " << before;
  }
}

TEST(Slip, IsNoOtherWord) {
  const std::pair<const char*, const char*> others[] = {
      {"le relais de Toulouse", "le relais de Montpellier"},
      {"la ville d'Agen", "la ville d'Agde"},
      {"la commune signe", "la Caf signe"},
      {"Mme Durand", "Mme Martin"},
      {"la commune peut résilier", "la commune ne peut résilier"},
      {"elle ne peut résilier", "elle le peut résilier"},
      {"le comité mensuel", "le comité bimensuel"},
      {"une demande recevable", "une demande irrecevable"},
      {"deux réunions", "dix réunions"},
      {"six réunions", "dix réunions"},
      {"5 places", "50 places"},
      {"24 000 €", "34 000 €"},
      {"1 200 places", "1 300 places"},
      {"2025", "2034"},
      {"à la majorité", "à la minorité"},
      {"le maire ou le président", "le maire et le président"},
      {"la commune", "la commune et ses adjoints"},
      {"tous les trimestres", "tous les semestres"},
      {"le 20 juin", "le 20 juillet"},
      // Both of a word written twice, whatever it is.
      {"la commune jamais jamais signe", "la commune signe"},
      {"la commune ne ne signe", "la commune signe"},
      {"sauf sauf urgence", "urgence"},
      {"elle ne verse que la moitié", "elle ne verse la moitié"},
      // A number of something.
      {"2,5 postes", "2,6 postes"},
      {"0,8", "0,9"},
      {"0.8 ETP", "0.9 ETP"},
      {"12 places", "13 places"},
      {"30 %", "40 %"},
      // What figures are made of.
      {"2,5 postes", "25 postes"},
      {"2,5 postes", "2 5 postes"},
      {"1/3 des voix", "13 des voix"},
      {"3-5 ans", "3,5 ans"},
      {"3-5 ans", "35 ans"},
      {"12 30 places", "1230 places"},
      {"30 % des places", "30 des places"},
      {"30 % des places", "30 ‰ des places"},
      {"120 m²", "120 m"},
      {"100 €", "100"},
      {"+5 places", "−5 places"},
  };
  for (const auto& [before, after] : others) {
    EXPECT_FALSE(IsSlip(before, after)) << before << " / " << after;
    EXPECT_FALSE(IsSlip(after, before)) << after << " / " << before;
  }
  const auto odd = CheckSlip("à Toulouse", "à Montpellier");
  ASSERT_TRUE(odd.has_value());
  EXPECT_EQ(RowOf(odd->rule).id, "L-30");
  EXPECT_NE(odd->words.fr.find("« à Montpellier » dit autre chose"), std::string::npos);
}

// What is given may be a part of a word, in several places.
TEST(Slip, IsReadWithTheWordsItIsAPartOf) {
  EXPECT_FALSE(CheckSlipIn("L'Union eruopéenne", "eruo", "euro").has_value());
  EXPECT_FALSE(CheckSlipIn("le projet", "proj", "Proj").has_value());
  EXPECT_TRUE(CheckSlipIn("la commune", "comm", "").has_value());
  EXPECT_TRUE(CheckSlipIn("une demande recevable", "rec", "irrec").has_value());
  // What a figure counts stands beside it.
  EXPECT_TRUE(CheckSlipIn("La Caf finance 8 ETP.", "8", "9").has_value());
  EXPECT_TRUE(CheckSlipIn("La Caf finance 0,8 ETP.", "0,8", "0,9").has_value());
  EXPECT_TRUE(CheckSlipIn("La Caf finance 0,8 ETP.", "8 ETP", "9 ETP").has_value());
  EXPECT_FALSE(CheckSlipIn("le 20 juin 2025", "20", "23").has_value());
  // One of two places where it is another word.
  EXPECT_TRUE(CheckSlipIn("le pont, le pontage", "pont", "sondage").has_value());
  EXPECT_FALSE(CheckSlipIn("à 12 h", "absent", "autre").has_value());
  EXPECT_FALSE(CheckSlipIn("à 12 h", "", "autre").has_value());
}

TEST(Slip, ReadsWhateverAPeerWrote) {
  std::string many;
  std::string others;
  for (int i = 0; i < 300; ++i) {
    many += "mot" + std::to_string(i) + " ";
    others += "autre" + std::to_string(i) + " ";
  }
  EXPECT_FALSE(IsSlip(many, others));
  EXPECT_FALSE(IsSlip(many, many + " fin fin"));
  EXPECT_TRUE(IsSlip(many + " fin", many + " fin fin"));
  EXPECT_FALSE(IsSlip(std::string(2000, 'a'), std::string(1999, 'a') + "b"));
  EXPECT_TRUE(IsSlip("", ""));
  EXPECT_FALSE(IsSlip("\xe2\x82", "autre"));
}

TEST(Slip, IsSomethingThatIsRead) {
  EXPECT_TRUE(ReadsTheSame("le mot.", "mot", "mot "));
  EXPECT_TRUE(ReadsTheSame("le mot de", "mot", " mot"));
  EXPECT_FALSE(ReadsTheSame("lemot", "le", "le "));
  EXPECT_FALSE(ReadsTheSame("le  mot", "le  mot", "le mot"));
  EXPECT_FALSE(ReadsTheSame("le mot", "mot", "Mot"));
}

}  // namespace
}  // namespace greffe::rules
