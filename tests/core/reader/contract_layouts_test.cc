// The contract half of a reading where documents print its parts in less usual ways.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/reader/date_text.h"
#include "core/reader/reader.h"
#include "core/reader/votes.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

Convention ReadLaidOut(const std::string& text) {
  auto reading = Read({{"d", text}});
  EXPECT_TRUE(reading.ok()) << reading.status();
  return std::move(reading)->convention;
}

std::vector<std::string> Articles(const Convention& convention) {
  std::vector<std::string> shown;
  for (const Article& article : convention.articles)
    shown.push_back(
        absl::StrCat(article.number, " ", article.title.text, " = ", article.body.text));
  return shown;
}

TEST(ContractLayouts, TakesNoSentenceAboutTheSignatoriesForTheirSignatures) {
  const Convention convention = ReadLaidOut(
      "Entre :\nLa commune de Valmont, représentée par son maire, Monsieur A. EXEMPLE\n\n"
      "Préambule\n\nLes signataires agissent ensemble depuis 2006.\n\n"
      "Article 1 – Données\n\nLes signataires s'échangent les chiffres dont ils ont besoin.\n\n"
      "Article 2 – Durée\n\nElle dure quatre ans.\n\n"
      "Signatures\n\nFait à Valmont, le 3 mars 2020\n");

  EXPECT_THAT(Articles(convention),
              ElementsAre("1 Données = Les signataires s'échangent les chiffres dont ils ont "
                          "besoin.",
                          "2 Durée = Elle dure quatre ans."));
}

TEST(ContractLayouts, GoesOnWithTheNextArticleAfterWhatLookedLikeSignatures) {
  const Convention convention = ReadLaidOut(
      "Article I – Objet\n\nLa convention vise à agir.\n\nSignataires\n\nTrois communes.\n\n"
      "Article II – Durée\n\nElle dure quatre ans.\n\nFait à Valmont, le 3 mars 2020\n");

  ASSERT_THAT(convention.articles, SizeIs(2));
  EXPECT_EQ(convention.articles[1].number, "II");
}

TEST(ContractLayouts, CutsTheSideOffAnAliasWhateverItsApostrophe) {
  for (const char* side : {"d'une part", "d\u2019une part"}) {
    const Convention convention = ReadLaidOut(absl::StrCat(
        "Entre :\nLa commune de Valmont, représentée par son maire, Monsieur A. EXEMPLE, ci-après "
        "dénommée « la Ville » ",
        side, "\n\nArticle 1 – Objet\n\nElle vise à agir.\n"));

    ASSERT_THAT(convention.parties, SizeIs(1));
    ASSERT_THAT(convention.parties[0].aliases, SizeIs(1));
    EXPECT_EQ(convention.parties[0].aliases[0].text, "la Ville");
  }
}

TEST(ContractLayouts, ReadsTheNumberOneInAWord) {
  EXPECT_THAT(Articles(ReadLaidOut("Article premier. Objet\n\nElle vise à agir.\n\n"
                                   "Article 2. Durée\n\nElle dure quatre ans.\n")),
              ElementsAre("1 Objet = Elle vise à agir.", "2 Durée = Elle dure quatre ans."));
}

TEST(ContractLayouts, ReadsTermsInWordsAndFromTheCover) {
  const Convention words = ReadLaidOut(
      "Article 1 : Durée\n\nLa présente convention s'applique du premier janvier deux mille "
      "vingt-trois au trente et un décembre deux mille vingt-six.\n");
  EXPECT_EQ(words.from.date, "2023-01-01");
  EXPECT_EQ(words.to.date, "2026-12-31");

  // Under « Durée » a period is the term, whatever the verb.
  const Convention figures =
      ReadLaidOut("Article 1 : Durée\n\nLa convention va du 01/01/2023 au 31/12/2026.\n");
  EXPECT_EQ(figures.from.date, "2023-01-01");
  EXPECT_EQ(figures.to.date, "2026-12-31");

  const Convention cover =
      ReadLaidOut("Plan d'actions partagé\n\n2024 – 2028\n\nLe territoire compte 41 places.\n");
  EXPECT_EQ(cover.from.date, "2024-01-01");
  EXPECT_EQ(cover.to.date, "2028-12-31");
  EXPECT_EQ(cover.to.precision, Precision::kYear);
}

TEST(ContractLayouts, ReadsDatesThatRecognitionSpoilt) {
  const std::vector<FoundDate> dates = FindDates("du ler janvier 2023 au 3l decembre 2o26");
  ASSERT_THAT(dates, SizeIs(2));
  EXPECT_EQ(dates[0].iso, "2023-01-01");
  EXPECT_EQ(dates[1].iso, "2026-12-31");
  EXPECT_EQ(WithHealedDigits("lo l. 263-l a1b il oil 2oo1"), "lo l. 263-l a1b il oil 2001");
}

std::vector<std::string> PartiesLaidOut(const Convention& convention) {
  std::vector<std::string> shown;
  for (const Party& party : convention.parties) {
    std::string& text = shown.emplace_back(absl::StrCat(party.kind, " ", party.name.text));
    for (const Representative& person : party.representatives)
      absl::StrAppend(&text, " / ", person.name.text, ", ", person.office.text);
    if (!party.address.text.empty()) absl::StrAppend(&text, " @ ", party.address.text);
  }
  return shown;
}

TEST(ContractLayouts, ReadsPartiesUnderTheHeadsOfATable) {
  EXPECT_THAT(PartiesLaidOut(ReadLaidOut(
                  "# Convention territoriale globale\n\n## Signataires\n\n"
                  "| Signataire | Adresse | Représenté par | Qualité |\n|---|---|---|---|\n"
                  "| Caf du Val | 8 quai Haut, 42990 PORT | Madame A. EXEMPLE | Directrice |\n"
                  "| Valmont Agglomération | | Monsieur B. EXEMPLE | Président |\n\n"
                  "Article 1 : Objet\n\n| Compétence | Adresse |\n|---|---|\n| Ville | x |\n")),
              ElementsAre("1 Caf du Val / Madame A. EXEMPLE, Directrice @ 8 quai Haut, 42990 PORT",
                          "3 Valmont Agglomération / Monsieur B. EXEMPLE, Président"));
}

TEST(ContractLayouts, ReadsPartiesAndCommunesListedInThePreamble) {
  EXPECT_THAT(
      PartiesLaidOut(ReadLaidOut(
          "Préambule\n\nLa Caf agit depuis longtemps.\n\nElle est signée par :\n\n"
          "la Caisse d'allocations familiales du Val, 1 rue du Parc, 48990 PORT, représentée par "
          "son directeur, Monsieur A. EXEMPLE ;\n\n"
          "et les communes de Pont-Neuf, L'Adret et Orsagne, représentées chacune par son maire "
          "en exercice.\n\nArticle 1 : Objet\n\nLa ville de Port, représentée par son maire, "
          "agit.\n")),
      ElementsAre("1 Caisse d'allocations familiales du Val / Monsieur A. EXEMPLE, directeur @ "
                  "1 rue du Parc, 48990 PORT",
                  "2 Commune de Pont-Neuf", "2 Commune de L'Adret", "2 Commune d'Orsagne"));
}

TEST(ContractLayouts, LeavesTheNumbersOfAListOutOfTheNamesOfParties) {
  EXPECT_THAT(
      PartiesLaidOut(ReadLaidOut(
          "Entre :\n\n1. la Caisse d'allocations familiales du Val, 3 rue Haute, 48990 PORT, "
          "représentée par Madame A. EXEMPLE, en qualité de directrice ;\n\n"
          "2) la commune de Pont-Neuf, représentée par Monsieur B. EXEMPLE, maire ;\n\n"
          "Article 1 : Objet\n\nTout.\n")),
      ElementsAre("1 Caisse d'allocations familiales du Val / Madame A. EXEMPLE, directrice "
                  "@ 3 rue Haute, 48990 PORT",
                  "2 Commune de Pont-Neuf / Monsieur B. EXEMPLE, maire"));
}

TEST(ContractLayouts, GivesEachCommuneItsMayorWhereEachIsNamed) {
  EXPECT_THAT(PartiesLaidOut(ReadLaidOut(
                  "Entre :\n\nLes communes de Port et d'Aigue, représentées respectivement "
                  "par leurs maires, Madame A. EXEMPLE et Monsieur B. EXEMPLE\n\n"
                  "Et Valmont Agglomération, représentée par son président, Monsieur C. "
                  "EXEMPLE\n\nArticle 1 : Objet\n\nTout.\n")),
              ElementsAre("2 Commune de Port / Madame A. EXEMPLE, ",
                          "2 Commune d'Aigue / Monsieur B. EXEMPLE, ",
                          "3 Valmont Agglomération / Monsieur C. EXEMPLE, président"));
}

TEST(ContractLayouts, CountsVotesInWords) {
  constexpr char kVote[] = "a l'unanimite des 27 votants (aucune voix contre, aucune abstention)";
  EXPECT_EQ(FigureIn(kVote, Figure::kVotesFor), "27");
  EXPECT_EQ(FigureIn(kVote, Figure::kVotesAgainst), "0");
  EXPECT_EQ(FigureIn(kVote, Figure::kAbstentions), "0");
  EXPECT_EQ(FigureIn("a l'unanimite, decide 3 mesures", Figure::kVotesFor), "");
}

TEST(ContractLayouts, ReadsPartiesNumberedWithDegreesAndCommunesWithTheirMayors) {
  EXPECT_THAT(
      PartiesLaidOut(
          ReadLaidOut("Les signataires de la convention sont :\n\n"
                      "1° la Caf du Val, représentée par Mme A. EXEMPLE, directrice ;\n\n"
                      "2° la Collectivité départementale du Val, représentée par M. B. EXEMPLE, "
                      "président ;\n\n"
                      "3° les communes ci-après, représentées par leur maire : Pont "
                      "(M. C. EXEMPLE), Orsagne (Mme D. EXEMPLE).\n\n"
                      "Article 1 : Objet\n\nTout.\n")),
      ElementsAre("1 Caf du Val / Mme A. EXEMPLE, directrice",
                  "7 Collectivité départementale du Val / M. B. EXEMPLE, président",
                  "2 Commune de Pont / M. C. EXEMPLE, ", "2 Commune d'Orsagne / Mme D. EXEMPLE, "));
}

TEST(ContractLayouts, EachPartyHasItsOwnVote) {
  const Convention read = ReadLaidOut(
      "Entre :\n\nLa commune de Pont, représentée par son maire, Monsieur A. EXEMPLE, autorisé par "
      "délibération du conseil municipal du 6 novembre 2023 ;\n\n"
      "La commune d'Orsagne, représentée par son maire, Madame B. EXEMPLE, autorisée par "
      "délibération du conseil municipal du 9 novembre 2023 ;\n\nArticle 1 : Objet\n\nTout.\n");

  std::vector<std::string> dates;
  for (const Deliberation& act : read.deliberations) dates.push_back(act.date.text);
  EXPECT_THAT(dates, ElementsAre("2023-11-06", "2023-11-09"));
}

TEST(ContractLayouts, CountsVotesWithoutMarksWhereTheFigureEndsItsClause) {
  constexpr char kVote[] = "vote : pour 25, contre 1, abstention 1.";
  EXPECT_EQ(FigureIn(kVote, Figure::kVotesFor), "25");
  EXPECT_EQ(FigureIn(kVote, Figure::kVotesAgainst), "1");
  EXPECT_EQ(FigureIn(kVote, Figure::kAbstentions), "1");
  EXPECT_EQ(FigureIn("adopte le projet pour 4 ans", Figure::kVotesFor), "");
}

TEST(ContractLayouts, NamesTheBodiesOfAReportBeforeAPlan) {
  const Convention read = ReadLaidOut(
      "EXTRAIT DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL\n\n"
      "Un comité de pilotage politique décide, un groupe technique prépare.\n\n"
      "Axe 1 : Grandir\n\nAction 1 : Ouvrir un lieu\n\nContexte : rien n'existe.\n");

  std::vector<std::string> names;
  for (const Body& body : read.bodies) names.push_back(body.name.text);
  EXPECT_THAT(names, ElementsAre("comité de pilotage politique", "groupe technique"));
}

TEST(ContractLayouts, KeepsASentenceBelowAPeriodANameOrABody) {
  const std::string text =
      "CONVENTION TERRITORIALE GLOBALE\n\n"
      "Un jardin zorbecun ouvre\n2022-2026\n\n"
      "Entre :\n\nLa commune de Pont, représentée par sa\n"
      "Une équipe zorbecdeux prépare trois séjours avec les familles.\n"
      "maire, Madame A. EXEMPLE,\n\n"
      "Article 1 : Objet\n\nTout.\n\nANNEXE 1 : GOUVERNANCE\n\n"
      "Comité de pilotage\nUne famille zorbectrois ouvre un lieu\n";
  const auto reading = Read({{"d", text}});
  ASSERT_TRUE(reading.ok()) << reading.status();
  const Convention& read = reading->convention;

  std::string kept;
  for (const Section& section : read.sections) absl::StrAppend(&kept, section.body.text, "\n");
  for (const Annex& annex : read.annexes) absl::StrAppend(&kept, annex.body.text, "\n");
  EXPECT_THAT(kept, ::testing::HasSubstr("zorbecun"));
  EXPECT_THAT(kept, ::testing::HasSubstr("zorbecdeux"));
  EXPECT_THAT(kept, ::testing::HasSubstr("zorbectrois"));
  ASSERT_EQ(read.bodies.size(), 1u);
  std::vector<std::string> persons;
  for (const Party& party : read.parties) {
    for (const Representative& person : party.representatives) persons.push_back(person.name.text);
  }
  EXPECT_THAT(persons, ElementsAre("Madame A. EXEMPLE"));
}

}  // namespace
}  // namespace greffe::reader
