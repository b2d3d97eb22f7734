// Votes, parties, articles and bodies by what their place in the document says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/reader/reader.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Convention ReadStructure(const std::string& text) {
  auto reading = Read({{"d", text}});
  EXPECT_TRUE(reading.ok()) << reading.status();
  return std::move(reading)->convention;
}

// « date number: in office, present, represented; for, against, abstaining ».
std::vector<std::string> Votes(const Convention& convention) {
  std::vector<std::string> shown;
  for (const Deliberation& act : convention.deliberations)
    shown.push_back(absl::StrCat(act.date.text, " ", act.number.text, ": ",
                                 act.members_in_office.text, ", ", act.present.text, ", ",
                                 act.represented.text, "; ", act.votes_for.text, ", ",
                                 act.votes_against.text, ", ", act.abstentions.text));
  return shown;
}

// « kind name / person ».
std::vector<std::string> PartiesOf(const Convention& convention) {
  std::vector<std::string> shown;
  for (const Party& party : convention.parties) {
    std::string& one = shown.emplace_back(
        absl::StrCat(v1::PartnerKind_Name(party.kind).substr(13), " ", party.name.text));
    for (const Representative& person : party.representatives) {
      if (!person.name.text.empty()) absl::StrAppend(&one, " / ", person.name.text);
    }
  }
  return shown;
}

std::vector<std::string> ArticlesOf(const Convention& convention) {
  std::vector<std::string> shown;
  for (const Article& article : convention.articles)
    shown.push_back(
        absl::StrCat(article.number, " ", article.title.text, " = ", article.body.text));
  return shown;
}

std::vector<std::string> Bodies(const Convention& convention) {
  std::vector<std::string> shown;
  for (const Body& body : convention.bodies) shown.push_back(body.name.text);
  return shown;
}

TEST(Votes, OpensTheNextCouncilsVoteInTheSameAnnex) {
  const Convention convention = ReadStructure(
      "Article 1 – Objet\n\nElle vise à agir.\n\nFait à Aubry, le 3 mars 2023\n\n"
      "ANNEXE 3 – Délibérations\n\n"
      "Communauté de communes d'Aubry\nExtrait du registre des délibérations\n"
      "Séance du jeudi 2 février 2023\nDélibération 2023_011\n\n"
      "En exercice : 30 – présents : 25 – pouvoirs : 2\n\n"
      "Le conseil approuve la convention à l'unanimité (27 voix).\n\n"
      "VILLE D'AUBRY\n\nConseil municipal du 9 février 2023\nDélibération n° 23-02-04\n\n"
      "Membres en exercice : 19 – présents : 15 – pouvoirs : 1\n\n"
      "Après en avoir délibéré, par 14 voix pour et 2 abstentions, le conseil autorise le "
      "maire.\n");

  EXPECT_THAT(Votes(convention), ElementsAre("2023-02-02 2023_011: 30, 25, 2; 27, , ",
                                             "2023-02-09 23-02-04: 19, 15, 1; 14, , 2"));
}

TEST(Votes, GoesOnWithOneVoteWhereItsDateIsPrintedAgain) {
  EXPECT_THAT(
      ReadStructure("EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\nSéance du 2 février 2023\n\n"
                    "Membres en exercice : 30\n\nConseil communautaire du 2 février 2023\n\n"
                    "Après en avoir délibéré, le conseil approuve la convention.\n")
          .deliberations,
      SizeIs(1));
}

TEST(Votes, OpensAVoteBelowTheNameOfItsAnnexBySittingOrAccount) {
  EXPECT_THAT(
      Votes(ReadStructure("Article 1 – Objet\n\nElle vise à agir.\n\nANNEXE 2 : Délibération\n\n"
                          "Communauté de communes d'Aubry\n"
                          "Séance du 8 juin 2023          Délibération n° C-23-08\n\n"
                          "Membres en exercice : 41\n\n"
                          "Article 1 : approuve la convention.\n")),
      ElementsAre("2023-06-08 C-23-08: 41, , ; , , "));
  EXPECT_THAT(
      Votes(ReadStructure("Commune d'Aubry\n\nL'an deux mille vingt, le six mai, le conseil "
                          "municipal s'est réuni sous la présidence du maire.\n\n"
                          "MEMBRES EN EXERCICE : 15\nMEMBRES PRÉSENTS : 11\n")),
      ElementsAre("2020-05-06 : 15, 11, ; , , "));
}

TEST(Votes, EndWhereThePartiesOfTheConventionAreNamed) {
  const Convention convention = ReadStructure(
      "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\nSéance du 2 février 2023\n\n"
      "Membres en exercice : 30\n\nLe conseil approuve la convention entre :\n\n"
      "- la Caf,\n- la ville.\n\nENTRE LES SOUSSIGNÉS\n\n"
      "La Caf du Val, représentée par M. A. EXEMPLE,\n\nEt\n\n"
      "La commune d'Aubry, représentée par son maire, Mme B. EXEMPLE\n\n"
      "Article 1 : Objet\n\nElle vise à agir.\n");
  EXPECT_THAT(Votes(convention), ElementsAre("2023-02-02 : 30, , ; , , "));
  EXPECT_THAT(PartiesOf(convention), ElementsAre("CAF Caf du Val / M. A. EXEMPLE",
                                                 "COMMUNE Commune d'Aubry / Mme B. EXEMPLE"));
  EXPECT_THAT(ArticlesOf(convention), ElementsAre("1 Objet = Elle vise à agir."));
}

TEST(Votes, CountsWhatALetterheadCountsWithDotsOrOneAfterTheOther) {
  EXPECT_THAT(
      Votes(ReadStructure("Délégués : EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\n"
                          "En exercice :...... 51\nPrésents :...... 40\nPouvoirs :...... 5\n"
                          "Conseil communautaire du 12 mai 2021\nDélibération n° CC/21-7\n\n"
                          "Le conseil approuve la convention.\n")),
      ElementsAre("2021-05-12 CC/21-7: 51, 40, 5; , , "));
  EXPECT_THAT(
      Votes(ReadStructure("REGISTRE DES DÉLIBÉRATIONS\nRÉUNION DU 12 MAI 2021\n"
                          "Nombre de conseillers en exercice 42 Nombre de conseillers présents "
                          "32 Votes par procuration 5\n\nLe conseil approuve.\n")),
      ElementsAre("2021-05-12 : 42, 32, 5; , , "));
}

TEST(Votes, TakesNoDecisionOfAFundsBoardForACouncilsVote) {
  EXPECT_THAT(ReadStructure("Entre :\n\nLa Caf du Val, représentée par M. A. EXEMPLE, habilité par "
                            "délibération du conseil d'administration du 14 octobre 2019,\n\n"
                            "Et la commune d'Aubry, représentée par son maire, Mme B. EXEMPLE\n\n"
                            "Article 1 – Objet\n\nElle vise à agir.\n")
                  .deliberations,
              IsEmpty());
}

TEST(PartiesOf, ReadsCommunesListedBelowTheirOpeningLine) {
  EXPECT_THAT(
      PartiesOf(ReadStructure("Entre :\n\nLa Caf du Val, représentée par M. A. EXEMPLE,\n\n"
                              "Et les communes membres suivantes :\n"
                              "- Aubry, représentée par son maire, M. C. EXEMPLE,\n"
                              "- Le Port, représentée par sa maire, Mme D. EXEMPLE,\n\nEt\n\n"
                              "Le Département du Val, représenté par Mme E. EXEMPLE\n")),
      ElementsAre("CAF Caf du Val / M. A. EXEMPLE", "COMMUNE Aubry / M. C. EXEMPLE",
                  "COMMUNE Le Port / Mme D. EXEMPLE",
                  "DEPARTMENT Département du Val / Mme E. EXEMPLE"));
  EXPECT_THAT(PartiesOf(ReadStructure("Entre :\n\nLa Caf du Val, représentée par M. A. EXEMPLE,\n\n"
                                      "Et les communes de :\nAubry\nLe Port\n")),
              ElementsAre("CAF Caf du Val / M. A. EXEMPLE", "COMMUNE Aubry", "COMMUNE Le Port"));
}

TEST(PartiesOf, ReadsATableWhoseHeadingStandsAboveAGap) {
  EXPECT_THAT(
      PartiesOf(ReadStructure("Entre :\n\nLes communes dont la liste suit\n\n"
                              "Commune\tReprésentée par\tQualité\n\n"
                              "Aubry\tM. C. EXEMPLE\tMaire\nLe Port\tMme D. EXEMPLE\tAdjointe\n")),
      ElementsAre("COMMUNE Aubry / M. C. EXEMPLE", "COMMUNE Le Port / Mme D. EXEMPLE"));
}

TEST(PartiesOf, GoesOnWithANumberedPartyCutAfterItsPersonsFirstName) {
  EXPECT_THAT(
      PartiesOf(ReadStructure("Entre :\n\n1) La communauté de communes d'Aubry, représentée par sa "
                              "présidente, Madame Ada\nEXEMPLE, autorisée à signer ;\n\n"
                              "2) L'État, représenté par le préfet ;\n")),
      ElementsAre("INTERCOMMUNALITY Communauté de communes d'Aubry / Madame Ada EXEMPLE",
                  "STATE État"));
}

TEST(ArticlesOf, JoinsATitleMarkedUpAsTwoHeadings) {
  const Convention convention = ReadStructure(
      "### **Article 1 – Les objectifs**\n### **partagés par tous**\n\nIls sont trois.\n\n"
      "### **Article 2 – La durée**\n\nQuatre ans.\n");
  ASSERT_THAT(convention.articles, SizeIs(2));
  EXPECT_EQ(convention.articles[0].title.text, "Les objectifs partagés par tous");
  EXPECT_EQ(convention.articles[0].body.text, "Ils sont trois.");
}

TEST(ArticlesOf, ListAnnexesWithoutOpeningThem) {
  const Convention convention = ReadStructure(
      "Article 1 – Annexes\n\nFont partie de la convention :\n\nAnnexe 1 : Le diagnostic\n"
      "Annexe 2 : Les services\n\nArticle 2 – Durée\n\nQuatre ans.\n\n"
      "Article 3 – Pièces\n\nAnnexe 1 : Le diagnostic\nAnnexe 2 : Les services\n\n"
      "Fait à Aubry, le 3 mars 2023\n\nANNEXE 1 : LE DIAGNOSTIC\n\nLa ville grandit.\n");
  EXPECT_THAT(ArticlesOf(convention),
              ElementsAre("1 Annexes = Font partie de la convention :\nAnnexe 1 : Le diagnostic\n"
                          "Annexe 2 : Les services",
                          "2 Durée = Quatre ans.",
                          "3 Pièces = Annexe 1 : Le diagnostic\nAnnexe 2 : Les services"));
}

TEST(ArticlesOf, ReadsNumbersInWordsButNotSentencesAboutArticles) {
  const Convention convention = ReadStructure(
      "ARTICLE PREMIER – OBJET\n\nElle vise à agir.\n\nARTICLE DEUX – DURÉE\n\n"
      "Article six de la loi, elle dure quatre ans.\n");
  ASSERT_THAT(convention.articles, SizeIs(2));
  EXPECT_EQ(convention.articles[1].number, "2");
}

TEST(Bodies, PrefersAnArticlesParagraphThatANameOpens) {
  EXPECT_THAT(
      Bodies(ReadStructure("Article 1 – Gouvernance\n\nUne instance technique et des commissions "
                           "thématiques sont créées.\n\n"
                           "a) Le comité de pilotage réunit les élus.\n\n"
                           "b) Le comité technique de suivi réunit les services.\n\n"
                           "La mission de coopération Ctg tient le secrétariat.\n")),
      ElementsAre("comité de pilotage", "comité technique de suivi", "mission de coopération Ctg",
                  "commissions thématiques"));
}

TEST(Bodies, KeepsInAHeadingWhatTheBodyIsOf) {
  EXPECT_THAT(
      Bodies(ReadStructure("ANNEXE 1 – Gouvernance\n\n**Le Comité de pilotage de la Ctg**\n\n"
                           "Il réunit les élus.\n\n**Les groupes-actions**\n\n"
                           "Un groupe par action.\n")),
      ElementsAre("Comité de pilotage de la Ctg", "groupes-actions"));
}

}  // namespace
}  // namespace greffe::reader
