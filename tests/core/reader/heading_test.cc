#include "core/reader/heading.h"

#include <gtest/gtest.h>

#include <string>

namespace greffe::reader {
namespace {

struct Case {
  const char* text;
  HeadingKind kind;
  const char* number;
  const char* title;
};

class ParseHeadingTest : public ::testing::TestWithParam<Case> {};

TEST_P(ParseHeadingTest, Reads) {
  const Heading heading = ParseHeading(GetParam().text);

  EXPECT_EQ(heading.kind, GetParam().kind);
  EXPECT_EQ(heading.number, GetParam().number);
  EXPECT_EQ(heading.title, GetParam().title);
}

INSTANTIATE_TEST_SUITE_P(
    Words, ParseHeadingTest,
    ::testing::Values(Case{"Article 3 : Durée", HeadingKind::kArticle, "3", "Durée"},
                      Case{"ARTICLE 1ER - OBJET", HeadingKind::kArticle, "1", "OBJET"},
                      Case{"Article 1er. Objet", HeadingKind::kArticle, "1", "Objet"},
                      Case{"Article IV – Suivi", HeadingKind::kArticle, "IV", "Suivi"},
                      Case{"Art. 2 Champs", HeadingKind::kArticle, "2", "Champs"},
                      Case{"ANNEXE 5", HeadingKind::kAnnex, "5", ""},
                      Case{"Annexe n°2 : Liste", HeadingKind::kAnnex, "2", "Liste"},
                      Case{"Annexe : Statuts", HeadingKind::kAnnex, "", "Statuts"},
                      Case{"Fiche action n° 3 : Créer", HeadingKind::kAction, "3", "Créer"},
                      Case{"Action 7 : : Aller vers", HeadingKind::kAction, "7", "Aller vers"},
                      Case{"Orientation stratégique 2 : Lien", HeadingKind::kAxis, "2", "Lien"},
                      Case{"Objectif opérationnel 2.1 Ouvrir", HeadingKind::kObjective, "2.1",
                           "Ouvrir"},
                      Case{"Axe A – Accueil", HeadingKind::kAxis, "A", "Accueil"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, ParseHeadingTest,
    ::testing::Values(Case{"I – Soutenir", HeadingKind::kNumbered, "I", "Soutenir"},
                      Case{"II- Innover", HeadingKind::kNumbered, "II", "Innover"},
                      Case{"A- Consolider", HeadingKind::kNumbered, "A", "Consolider"},
                      Case{"1.2 Objectifs", HeadingKind::kNumbered, "1.2", "Objectifs"},
                      Case{"I.A.1 Création", HeadingKind::kNumbered, "I.A.1", "Création"},
                      Case{"3) Étapes", HeadingKind::kNumbered, "3", "Étapes"}));

INSTANTIATE_TEST_SUITE_P(
    Prose, ParseHeadingTest,
    ::testing::Values(Case{"Article 5 de la loi du 6 janvier", HeadingKind::kNone, "", ""},
                      Case{"annexe 6 de la présente convention.", HeadingKind::kNone, "", ""},
                      Case{"Actions de cohésion sociale", HeadingKind::kNone, "", ""},
                      Case{"Annexes financières jointes", HeadingKind::kNone, "", ""},
                      Case{"L. 263-1 du code", HeadingKind::kNone, "", ""},
                      Case{"M. Dupont préside", HeadingKind::kNone, "", ""},
                      Case{"12 enfants accueillis", HeadingKind::kNone, "", ""},
                      Case{"2025 - Réunion", HeadingKind::kNone, "", ""},
                      Case{"À compter de", HeadingKind::kNone, "", ""},
                      Case{"", HeadingKind::kNone, "", ""}));

TEST(RomanValue, CountsTo39AndNoFurther) {
  EXPECT_EQ(RomanValue("I"), 1);
  EXPECT_EQ(RomanValue("xiv"), 14);
  EXPECT_EQ(RomanValue("XXXIX"), 39);
  EXPECT_EQ(RomanValue("XL"), 0);
  EXPECT_EQ(RomanValue("IIII"), 0);
  EXPECT_EQ(RomanValue(""), 0);
}

}  // namespace
}  // namespace greffe::reader
