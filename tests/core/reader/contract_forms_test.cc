// The contract half of a reading: forms that first readings of unseen documents met.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/reader/markup.h"
#include "core/reader/period.h"
#include "core/reader/reader.h"
#include "core/reader/votes.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

Convention ReadForm(const std::string& text) {
  auto reading = Read({{"d", text}});
  EXPECT_TRUE(reading.ok()) << reading.status();
  return std::move(reading)->convention;
}

std::size_t CountUnread(const Reading& reading) {
  std::size_t count = 0;
  for (const std::vector<LineUse>& of : reading.uses)
    count += static_cast<std::size_t>(std::count(of.begin(), of.end(), LineUse::kUnread));
  return count;
}

std::vector<std::string> Parties(const Convention& convention) {
  std::vector<std::string> shown;
  for (const Party& party : convention.parties) {
    std::string& text = shown.emplace_back(party.name.text);
    for (const Representative& person : party.representatives)
      absl::StrAppend(&text, " / ", person.name.text);
  }
  return shown;
}

constexpr char kVote[] =
    "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\n\nSéance du 3 mars 2020\n\n"
    "Le conseil, après en avoir délibéré, approuve.\n\n";
constexpr char kParties[] =
    "ENTRE :\n\n- La Caf du Val, représentée par sa directrice, Mme A. EXEMPLE ;\n\n"
    "- La Commune de Port, représentée par son maire, M. B. EXEMPLE ;\n\n"
    "Article 1 : Objet\n\nTout.\n";

TEST(ContractForms, EndsADeliberationAboveTheTitleInCapitalsOverItsYears) {
  const Convention read =
      ReadForm(absl::StrCat(kVote, "CONVENTION TERRITORIALE GLOBALE\n2020 - 2023\n\n", kParties));

  EXPECT_THAT(Parties(read),
              ElementsAre("Caf du Val / Mme A. EXEMPLE", "Commune de Port / M. B. EXEMPLE"));
  EXPECT_THAT(read.articles, SizeIs(1));
  EXPECT_EQ(read.deliberations.at(0).date.text, "2020-03-03");
}

TEST(ContractForms, StartsADeliberationBelowItsLetterhead) {
  const Convention read = ReadForm(
      absl::StrCat(kParties,
                   "\nAnnexe 2 : Délibération\n\nVALMONT AGGLOMÉRATION\n"
                   "CONSEIL COMMUNAUTAIRE DU JEUDI 9 NOVEMBRE 2023\nDÉLIBÉRATION N° CC-2023-112\n"
                   "Conseillers en exercice : 46 – présents : 38\n"));

  ASSERT_THAT(read.deliberations, SizeIs(1));
  EXPECT_EQ(read.deliberations[0].number.text, "CC-2023-112");
  EXPECT_EQ(read.deliberations[0].present.text, "38");
}

TEST(ContractForms, ReadsFiguresBelowTheirHeadsAndVotesWithoutMarks) {
  const Convention read = ReadForm(absl::StrCat(
      kVote, "| En exercice | Présents | Procurations |\n|---|---|---|\n| 33 | 25 | 6 |\n"));
  ASSERT_THAT(read.deliberations, SizeIs(1));
  EXPECT_EQ(read.deliberations[0].members_in_office.text, "33");
  EXPECT_EQ(read.deliberations[0].present.text, "25");
  EXPECT_EQ(read.deliberations[0].represented.text, "6");

  constexpr char kFigures[] = "votes : pour 27 contre 0 abstention 1";
  EXPECT_EQ(FigureIn(kFigures, Figure::kVotesFor), "27");
  EXPECT_EQ(FigureIn(kFigures, Figure::kVotesAgainst), "0");
  EXPECT_EQ(FigureIn("pour 4 ans", Figure::kVotesFor), "");
  EXPECT_EQ(ActDateIn("publie sur le site de la ville le 25 mai 2022", ActDate::kPublished),
            "2022-05-25");
}

TEST(ContractForms, FindsTheAssemblyAsPrintedBehindAnyLengthOfText) {
  EXPECT_EQ(AssemblyIn("Vu  l’arrêté\u00A0: « Œuvre  »  du  Conseil Municipal de Port, réuni"),
            "Conseil Municipal de Port");
  EXPECT_EQ(AssemblyIn("(l’assemblée,conseil municipal de Port) en date du 3 mars"),
            "conseil municipal de Port)");
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "l’été  où ";
  EXPECT_EQ(AssemblyIn(text + "le Conseil municipal de Port"), "Conseil municipal de Port");
  EXPECT_EQ(AssemblyIn(std::string(500'000, 'a') + "conseil municipal").substr(0, 3), "aaa");
}

TEST(ContractForms, PartiesOnTheNextLineEachHaveTheirVote) {
  const Convention read = ReadForm(
      "Entre\nLa Communauté de communes du Val, représentée par son président, M. A. EXEMPLE, "
      "agissant en vertu d'une délibération du 27 septembre 2018,\n"
      "La Communauté de communes Littoral, représentée par sa présidente, Mme B. EXEMPLE, "
      "agissant en vertu d'une délibération du 4 octobre 2018,\n\nArticle 1 : Objet\n\nTout.\n");

  EXPECT_THAT(Parties(read), ElementsAre("Communauté de communes du Val / M. A. EXEMPLE",
                                         "Communauté de communes Littoral / Mme B. EXEMPLE"));
  ASSERT_THAT(read.deliberations, SizeIs(2));
  EXPECT_EQ(read.deliberations[1].date.text, "2018-10-04");
}

TEST(ContractForms, EachRepresentativeOfAParagraphHasAVoteButItsWordsAreNotCut) {
  const Convention read = ReadForm(
      "Entre\nLa Commune de Port\nReprésentée par Mme A. EXEMPLE, Maire, autorisée par "
      "délibération n° 2020-12 prise devant les représentants des familles le 3 mars 2020\n"
      "La Commune de Val\nReprésentée par M. B. EXEMPLE, Maire, autorisé par délibération du "
      "4 avril 2020\n\nArticle 1 : Objet\n\nTout.\n");

  ASSERT_THAT(read.deliberations, SizeIs(2));
  EXPECT_EQ(read.deliberations[0].number.text, "2020-12");
  EXPECT_EQ(read.deliberations[0].date.text, "2020-03-03");
  EXPECT_EQ(read.deliberations[1].date.text, "2020-04-04");
}

TEST(ContractForms, TakesANameThatConversionLostFromTheAlias) {
  const Convention read = ReadForm(
      "Entre :\n\n- La Commune de , représentée par son Maire, M. A. EXEMPLE ; Ci-après dénommée "
      "« la Commune de Port » ;\n\n- Valmont Agglomération – Hôtel communautaire, 1 quai Haut, "
      "47990 PORT\nReprésentée par Mme B. EXEMPLE, Présidente\n\nArticle 1 : Objet\n\nTout.\n");

  EXPECT_THAT(Parties(read), ElementsAre("Commune de Port / M. A. EXEMPLE",
                                         "Valmont Agglomération / Mme B. EXEMPLE"));
  EXPECT_EQ(read.parties.at(0).name.source.recovered, "alias");
  EXPECT_EQ(read.parties.at(1).address.text, "Hôtel communautaire, 1 quai Haut, 47990 PORT");
}

TEST(ContractForms, ReadsTheEndOfATermThatGivesNoStart) {
  constexpr char kTerm[] =
      "Article 1 : Durée\n\nElle prend effet à sa signature et s'achève le 31 décembre 2026.\n";
  const Convention alone = ReadForm(kTerm);
  EXPECT_EQ(alone.from.date, "");
  EXPECT_EQ(alone.to.date, "2026-12-31");
  EXPECT_EQ(alone.to.precision, Precision::kDay);

  // The years under the title give the start; those of another end do not.
  const Convention titled =
      ReadForm(absl::StrCat("Convention territoriale globale\n\n2022-2026\n\n", kTerm));
  EXPECT_EQ(titled.from.date, "2022-01-01");
  EXPECT_EQ(titled.to.precision, Precision::kDay);
  const Convention other =
      ReadForm(absl::StrCat("Convention territoriale globale\n\n2019-2022\n\n", kTerm));
  EXPECT_EQ(other.from.date, "");
  EXPECT_EQ(other.to.date, "2026-12-31");

  const auto length = PeriodIn("conclue pour une durée de quatre ans, jusqu'au 31 août 2026", {});
  ASSERT_TRUE(length.has_value());
  EXPECT_EQ(length->from.date, "2022-09-01");
  EXPECT_EQ(StartBefore("2024-06-14", 12), "2023-06-15");
}

TEST(ContractForms, LeavesMarkdownOutOfTheWords) {
  const Convention read = ReadForm(
      "> Vu le Code de l'action sociale ;\n>\n> Vu le Code général des collectivités ;\n\n"
      "# **ARTICLE 1 -- OBJET** {#article-1-objet}\n\nTout.\n");
  EXPECT_THAT(read.visas, SizeIs(2));
  EXPECT_EQ(read.articles.at(0).title.text, "OBJET");
  EXPECT_EQ(PlainText("le 1^er^ janvier"), "le 1er janvier");
}

TEST(ContractForms, SetsAsideHeadersWithTheirPageAfterABar) {
  std::string text = "Article 1 : Objet\n\nTout.\n\n";
  for (int page = 1; page <= 4; ++page)
    absl::StrAppend(&text, "Contrat du Val – 2023/2027      ", page, " | 41\n\nArticle ", page + 1,
                    " : Suite\n\nEncore.\n\n");
  const Convention read = ReadForm(text);
  EXPECT_EQ(read.articles.at(0).body.text, "Tout.");
}

TEST(ContractForms, ReadsThePartiesOfAnArticleThatNamesThem) {
  const Convention read = ReadForm(
      "CONVENTION TERRITORIALE GLOBALE\n\n1. LES PARTIES\n\nElle lie :\n\n"
      "Caisse d'allocations familiales du Rieu\nSiège : 4 cours Haut, 99000 RIEUX\n"
      "Signataires : Mme Ada LENOIR, Présidente du conseil d'administration ; M. Guy BRUN,\n"
      "Directeur\n\nCommune de Sorlas\nSiège : 1 place Basse, 99010 SORLAS      SIREN : 219 900 "
      "010\nSignataire : M. Jo PETIT, Maire\n\nEtat\n"
      "Préfecture du Rieu, 2 cours Haut, 99000 RIEUX\nSignataire : Mme la Préfète du Rieu\n\n"
      "2. OBJET\n\nElle unit les efforts de chacun.\n\n3. DUREE\n\n"
      "Elle court du 1er janvier 2024 au 31 décembre 2027.\n\n4. LITIGES\n\nRien.\n");

  ASSERT_THAT(read.parties, SizeIs(3));
  ASSERT_THAT(read.parties[2].representatives, SizeIs(1));
  EXPECT_THAT(Parties(read),
              ElementsAre("Caisse d'allocations familiales du Rieu / Mme Ada LENOIR / M. Guy BRUN",
                          "Commune de Sorlas / M. Jo PETIT", "Etat / "));
  EXPECT_EQ(read.parties[1].siren.text, "219900010");
  EXPECT_EQ(read.parties[1].address.text, "1 place Basse, 99010 SORLAS");
  EXPECT_EQ(read.parties[2].representatives[0].office.text, "Mme la Préfète du Rieu");
}

TEST(ContractForms, TakesNobodyForAPartyWhoDoesNotSign) {
  const Convention read = ReadForm(
      "1. LES PARTIES\n\nCommune de Sorlas\nSiège : 1 place Basse, 99010 SORLAS\n\n"
      "2. OBJET\n\nTout.\n\n3. DUREE\n\nLongue.\n\n4. LITIGES\n\nRien.\n");

  EXPECT_THAT(read.articles, SizeIs(4));
  EXPECT_THAT(read.parties, SizeIs(0));
}

TEST(ContractForms, ReadsASirenBelowTheNameInOneCell) {
  const Convention read = ReadForm(
      "# Convention territoriale globale\n\n## Parties signataires\n\n"
      "| Partie | Adresse | Représentée par |\n|---|---|---|\n"
      "| Ville de Sorlas<br>SIREN 219 900 010 | 1 place Basse, 99010 Sorlas | Mme Ada NOIR, maire |"
      "\n\n## Textes de référence\n\n* Code de l'éducation, article L. 551-1\n"
      "* Loi n° 2024-1 du 2 janvier 2024\n\nArticle 1 : Objet\n\nTout.\n");

  EXPECT_THAT(Parties(read), ElementsAre("Ville de Sorlas / Mme Ada NOIR"));
  EXPECT_EQ(read.parties[0].siren.text, "219900010");
  ASSERT_THAT(read.visas, SizeIs(2));
  EXPECT_EQ(read.visas[1].text, "Loi n° 2024-1 du 2 janvier 2024");
}

TEST(ContractForms, KnowsAShortClauseByItsTitle) {
  const Convention read = ReadForm(
      "Article 1 : De la révision\n\nRien ne change que d'un commun accord.\n\nArticle 2 : Du "
      "retrait\n\n"
      "Chacun peut partir.\n\nArticle 3 : Secret\n\nNul ne parle.\n\nArticle 4 : Révision\n\n"
      "Tout litige va au tribunal administratif.\n\nArticle 5 : Révision et retrait\n\nRien.\n");

  ASSERT_THAT(read.articles, SizeIs(5));
  EXPECT_EQ(read.articles[4].role, v1::CLAUSE_ROLE_UNSPECIFIED) << "two roles alike";
  EXPECT_EQ(read.articles[0].role, v1::CLAUSE_ROLE_AMENDMENT);
  EXPECT_EQ(read.articles[1].role, v1::CLAUSE_ROLE_TERMINATION);
  EXPECT_EQ(read.articles[2].role, v1::CLAUSE_ROLE_CONFIDENTIALITY);
  EXPECT_EQ(read.articles[3].role, v1::CLAUSE_ROLE_DISPUTES) << "the text counts first";
}

TEST(ContractForms, PartsTwoExtractsInOneAnnex) {
  const Convention read = ReadForm(
      "Article 1 : Objet\n\nTout.\n\nANNEXE N°4 : DELIBERATIONS\n\n"
      "Extrait du procès-verbal du conseil municipal de Sorlas du 6 mai 2025\n"
      "Délibération n° 2025-31 : convention des familles\n"
      "Membres en exercice : 19 - Présents : 14 - Pouvoirs : 2 - Votants : 16\n"
      "Le conseil municipal approuve à l'unanimité la convention.\n\n"
      "Extrait du registre du conseil communautaire - séance du 5 mai 2025\n"
      "Délibération n° 2025-05-07\n"
      "En exercice 40, présents 30, procurations 4, pour 28, contre 4, abstentions 3\n"
      "Le conseil approuve la convention.\n");

  ASSERT_THAT(read.deliberations, SizeIs(2));
  const Deliberation& first = read.deliberations[0];
  EXPECT_EQ(first.date.text, "2025-05-06");
  EXPECT_EQ(first.number.text, "2025-31");
  EXPECT_EQ(first.object.text, "convention des familles");
  EXPECT_EQ(first.present.text, "14");
  EXPECT_EQ(first.votes_for.text, "");
  const Deliberation& second = read.deliberations[1];
  EXPECT_EQ(second.date.text, "2025-05-05");
  EXPECT_EQ(second.party.text, "conseil communautaire");
  EXPECT_EQ(second.number.text, "2025-05-07");
  EXPECT_EQ(second.members_in_office.text, "40");
  EXPECT_EQ(second.represented.text, "4");
  EXPECT_EQ(second.abstentions.text, "3");
}

// Two councils may sit on one day.
TEST(ContractForms, PartsExtractsOfOneDayByTheirNumbers) {
  const Convention read = ReadForm(
      "Article 1 : Objet\n\nTout.\n\nANNEXE 4 : DELIBERATIONS\n\n"
      "Extrait du registre du conseil municipal de Sorlas du 6 mai 2025\n"
      "Délibération n° 2025-31\nMembres en exercice : 19 - Présents : 14\n\n"
      "Extrait du registre du conseil municipal de Port du 6 mai 2025\n"
      "Délibération n° 2025-07\nMembres en exercice : 11 - Présents : 9\n");

  ASSERT_THAT(read.deliberations, SizeIs(2));
  EXPECT_EQ(read.deliberations[0].present.text, "14");
  EXPECT_EQ(read.deliberations[1].present.text, "9");
}

TEST(ContractForms, AnAvenantBesideItsConventionAddsNothingToIt) {
  const std::string convention =
      "CONVENTION TERRITORIALE GLOBALE\n\nArticle 1 : Objet\n\nTout.\n\nArticle 2 : Durée\n\n"
      "Elle court du 1er janvier 2024 au 31 décembre 2027.\n";
  const std::string avenant =
      "COMMUNE DE SORLAS\n\nAVENANT N° 1\n\nVu l'avis du comité ;\n\nArticle 1 : Durée\n\n"
      "La convention court du 1er janvier 2024 au 31 décembre 2029.\n\n"
      "Fait à Sorlas, le 6 mai 2025.\n";

  for (const bool first : {true, false}) {
    std::vector<InputText> inputs = {{"c", convention}, {"a", avenant}};
    if (!first) std::swap(inputs[0], inputs[1]);
    const auto reading = Read(std::move(inputs));
    ASSERT_TRUE(reading.ok());
    EXPECT_THAT(reading->convention.articles, SizeIs(2));
    EXPECT_THAT(reading->convention.visas, SizeIs(0));
    EXPECT_EQ(reading->convention.to.date, "2027-12-31");
    EXPECT_THAT(reading->amendments, ElementsAre(first ? 1u : 0u));
    EXPECT_EQ(CountUnread(*reading), 0u) << "its lines are kept as text";
  }
  const auto alone = Read({{"a", avenant}});
  ASSERT_TRUE(alone.ok());
  EXPECT_THAT(alone->amendments, SizeIs(0));
}

TEST(ContractForms, EndsAnArticleAtATitleAndAtTheClosing) {
  const Convention read = ReadForm(
      "CONVENTION TERRITORIALE GLOBALE\n\nTITRE I – BUTS\n\nArticle 1 : Objet\n\nTout.\n\n"
      "TITRE II – MOYENS\n\nArticle 2 : Engagements\n\nBeaucoup.\n\n"
      "Établi à Sorlas en deux originaux, le 6 mai 2025\n\nPour la commune,\nla maire\n");

  ASSERT_THAT(read.articles, SizeIs(2));
  EXPECT_EQ(read.articles[0].body.text, "Tout.");
  EXPECT_EQ(read.articles[1].body.text, "Beaucoup.");
  std::vector<std::string> titles;
  for (const Section& section : read.sections) titles.push_back(section.title.text);
  EXPECT_THAT(titles, testing::Contains("TITRE II – MOYENS"));
}

}  // namespace
}  // namespace greffe::reader
