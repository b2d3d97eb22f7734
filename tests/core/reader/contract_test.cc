// The contract half of a reading, on documents of other layouts than those the project was given.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/reader/reader.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Reading ReadWhole(const std::string& text) {
  auto reading = Read({{"d", text}});
  EXPECT_TRUE(reading.ok()) << reading.status();
  return *std::move(reading);
}

std::vector<std::string> Parties(const Reading& reading) {
  std::vector<std::string> shown;
  for (const Party& party : reading.convention.parties) {
    std::string text = absl::StrCat(party.kind, " ", party.name.text);
    for (const Representative& person : party.representatives)
      absl::StrAppend(&text, " / ", person.name.text);
    shown.push_back(text);
  }
  return shown;
}

std::vector<std::string> Articles(const Reading& reading) {
  std::vector<std::string> shown;
  for (const Article& article : reading.convention.articles) {
    shown.push_back(
        absl::StrCat(article.number, " ", article.title.text, " = ", article.body.text));
  }
  return shown;
}

size_t Unread(const Reading& reading) {
  size_t count = 0;
  for (const auto& uses : reading.uses) {
    for (const LineUse use : uses) count += use == LineUse::kUnread ? 1 : 0;
  }
  return count;
}

constexpr char kStamp[] =
    "\nEnvoyé en préfecture le 22/12/2022\nReçu en préfecture le 22/12/2022\nPublié le\n"
    "ID : 045-210000014-20221219-DELIB2022353-DE\n\n";

// Pages stamped, no blank lines between paragraphs, bullets for the parties.
std::string Stamped() {
  return absl::StrCat(
      kStamp,
      "CONVENTION TERRITORIALE GLOBALE\nDE SERVICES AUX FAMILLES\nVille de Valmont\n2022 - 2025\n",
      kStamp,
      "Entre :\n"
      "- La Caisse d'allocations familiales du Val, représentée par son Directeur, Monsieur Paul "
      "MARTIN, dûment "
      "autorisé à signer la présente convention ;\n"
      "Ci-après dénommée « la Caf » ;\n"
      "Et\n"
      "- La commune de Valmont, représentée par son Maire, Madame Jeanne DURAND-PETIT, dûment "
      "autorisée à signer "
      "la présente convention par délibération de son conseil municipal en date du 19 décembre "
      "2022 ;\n"
      "Ci-après dénommée « la commune » ;\n"
      "Il est convenu et arrêté ce qui suit :\n"
      "Vu le Code de l'action sociale et des familles ;\n"
      "Vu la délibération n° 2022-353 du conseil municipal de la commune de Valmont en date du\n"
      "19 décembre 2022 figurant en annexe 6 de la présente convention.\n"
      "PRÉAMBULE\n"
      "Les Caisses d'allocations familiales sont nées de la volonté d'apporter une aide à toutes\n",
      kStamp,
      "les familles.\n"
      "Article 1 - Objet de la convention\n"
      "La présente convention vise à définir le projet stratégique global du territoire.\n"
      "• D'identifier les besoins (figurant en Annexe 1) ;\n"
      "Article 2 - Durée de la convention\n"
      "La présente convention est conclue pour une durée de quatre ans à compter du 1er janvier "
      "2022.\n"
      "Fait à Valmont, le XX/XX/2022\n"
      "ANNEXE 1 – Diagnostic partagé\nLa commune compte 16 000 habitants.\n\n"
      "ANNEXE 4 : Modalités de pilotage\n\nANNEXE 5 : Charte (document séparé)\n\n"
      "ANNEXE 6 : Délibération du conseil municipal\n");
}

TEST(ReadContract, ReadsAStampedConvention) {
  const Reading reading = ReadWhole(Stamped());
  const Convention& convention = reading.convention;

  EXPECT_THAT(Parties(reading),
              ElementsAre("1 Caisse d'allocations familiales du Val / Monsieur Paul MARTIN",
                          "2 Commune de Valmont / Madame Jeanne DURAND-PETIT"));
  EXPECT_EQ(convention.from.date, "2022-01-01");
  EXPECT_EQ(convention.to.date, "2025-12-31");
  EXPECT_EQ(convention.to.printed.source.recovered, "duration");
  EXPECT_THAT(convention.visas, SizeIs(2));
  EXPECT_THAT(
      Articles(reading),
      ElementsAre(
          "1 Objet de la convention = La présente convention vise à définir le projet stratégique "
          "global du territoire.\n- D'identifier les besoins (figurant en Annexe 1) ;",
          "2 Durée de la convention = La présente convention est conclue pour une durée de quatre "
          "ans à compter du 1er janvier 2022."));
  EXPECT_EQ(convention.articles[1].role, v1::CLAUSE_ROLE_TERM);
  ASSERT_THAT(convention.deliberations, SizeIs(1));
  EXPECT_EQ(convention.deliberations[0].date.text, "2022-12-19");
  EXPECT_EQ(convention.deliberations[0].number.text, "2022-353");
  EXPECT_EQ(convention.deliberations[0].transmitted_number.text, "DELIB2022353");
  EXPECT_EQ(convention.deliberations[0].sent_on.text, "2022-12-22");
  EXPECT_EQ(convention.deliberations[0].published_on.text, "");
  EXPECT_THAT(convention.deliberations[0].receipt_ids, SizeIs(3));
  EXPECT_EQ(Unread(reading), 0u);
}

TEST(ReadContract, SaysWhereAnnexesAre) {
  const Reading reading = ReadWhole(Stamped());

  std::vector<std::string> annexes;
  for (const Annex& annex : reading.convention.annexes) {
    annexes.push_back(absl::StrCat(annex.number, " ", annex.title.text, " ", annex.content));
  }
  EXPECT_THAT(annexes, ElementsAre("1 Diagnostic partagé 1", "4 Modalités de pilotage 3",
                                   "5 Charte 2", "6 Délibération du conseil municipal 4"));
}

TEST(ReadContract, JoinsTheSentenceThatAStampCuts) {
  const Reading reading = ReadWhole(Stamped());

  ASSERT_FALSE(reading.convention.sections.empty());
  EXPECT_EQ(reading.convention.sections[0].title.text, "PRÉAMBULE");
  EXPECT_EQ(reading.convention.sections[0].body.text,
            "Les Caisses d'allocations familiales sont nées de la volonté d'apporter une aide à "
            "toutes les familles.");
}

TEST(ReadContract, ReadsArticlesThatAreOnlyNumbered) {
  const Reading reading = ReadWhole(
      "CONVENTION TERRITORIALE GLOBALE (CTG)\nCommunauté de communes Val et Monts\n\nENTRE LES "
      "SOUSSIGNÉS :\n\n"
      "La Caisse d’Allocations Familiales du Bas-Val, dont le siège social est situé 12 rue des "
      "Lilas – 99000 "
      "VALVILLE, représentée par Monsieur Karim Benali, Directeur, ci-après dénommée « la Caf », "
      "d'une part,\n\n"
      "ET\n\nLa Communauté de communes Val et Monts (SIREN 211 202 023), représentée par son "
      "Président, Monsieur "
      "Yves CARON, habilité par délibération n° 2023-04-12 du conseil communautaire en date du 6 "
      "avril 2023,\n\n"
      "d'autre part,\n\nIL A ÉTÉ CONVENU CE QUI SUIT :\n\n"
      "1. OBJET DE LA CONVENTION\nLa présente convention a pour objet de définir le projet.\n\n"
      "2. LES CHAMPS D'INTERVENTION DE LA CAF\nLa Caf intervient.\n\n"
      "3. GOUVERNANCE\n3.1 Comité de pilotage\nUn comité est mis en place.\n\n"
      "4. DURÉE\nLa convention prend effet le 1er janvier 2023 et prend fin le 31 décembre "
      "2026.\n\n"
      "Fait en cinq exemplaires\n");

  EXPECT_THAT(
      Articles(reading),
      ElementsAre(
          "1 OBJET DE LA CONVENTION = La présente convention a pour objet de définir le projet.",
          "2 LES CHAMPS D'INTERVENTION DE LA CAF = La Caf intervient.",
          "3 GOUVERNANCE = 3.1 Comité de pilotage\nUn comité est mis en place.",
          "4 DURÉE = La convention prend effet le 1er janvier 2023 et prend fin le 31 décembre "
          "2026."));
  ASSERT_THAT(reading.convention.parties, SizeIs(2));
  EXPECT_EQ(reading.convention.parties[0].address.text, "12 rue des Lilas – 99000 VALVILLE");
  EXPECT_EQ(reading.convention.parties[0].aliases[0].text, "la Caf");
  EXPECT_EQ(reading.convention.parties[1].siren.text, "211202023");
  ASSERT_THAT(reading.convention.deliberations, SizeIs(1));
  EXPECT_EQ(reading.convention.deliberations[0].number.text, "2023-04-12");
  EXPECT_EQ(reading.convention.deliberations[0].date.text, "2023-04-06");
  EXPECT_EQ(Unread(reading), 0u);
}

TEST(ReadContract, ReadsPartiesWithoutBlankLinesUnderRepeatedHeaders) {
  const std::string header = "CTG 2024-2028 - Grand Val                    Page ";
  const Reading reading =
      ReadWhole(header +
                "1\nConvention Territoriale Globale du Grand Val\nENTRE\nLa CAF du Haut-Val\n"
                "Représentée par Madame Sophie N’Diaye, Directrice\net\nLa Communauté "
                "d’agglomération du Grand Val\n"
                "Représentée par Monsieur Jean De La Tour, Président\nEt\nL’État, représenté par "
                "Madame la Préfète du Val, "
                "Claire Monet,\nVu le code de la sécurité sociale,\n" +
                header +
                "2\nPréambule\nLe territoire s’engage pour les\n"
                "familles et les jeunes depuis dix ans, dans la continuité des contrats\n" +
                header +
                "3\nenfance jeunesse.\n"
                "ARTICLE I : OBJET\nLa présente convention vise à tout.\nARTICLE II\nDUREE\nElle "
                "est conclue du 01/01/2024 au "
                "31/12/2028.\n");

  EXPECT_THAT(Parties(reading),
              ElementsAre("1 CAF du Haut-Val / Madame Sophie N’Diaye",
                          "3 Communauté d’agglomération du Grand Val / Monsieur Jean De La Tour",
                          "5 État / Claire Monet"));
  EXPECT_THAT(Articles(reading),
              ElementsAre("I OBJET = La présente convention vise à tout.",
                          "II DUREE = Elle est conclue du 01/01/2024 au 31/12/2028."));
  EXPECT_EQ(reading.convention.to.date, "2028-12-31");
  EXPECT_EQ(Unread(reading), 0u);
}

TEST(ReadContract, ReadsPartiesFromATable) {
  const Reading reading = ReadWhole(
      "Convention territoriale globale\n\nEntre :\n\n| Commune de Belle-Rive | Madame Ada Lune, "
      "Maire | 1 place Haute "
      "47000 BELLE-RIVE |\n|---|---|---|\n| Ville de Port | représentée par son Maire, Monsieur "
      "Luc Faure | |\n\n"
      "Il est convenu ce qui suit :\n\nArticle 1 : Objet\nRien.\n");

  EXPECT_THAT(Parties(reading), ElementsAre("2 Commune de Belle-Rive / Madame Ada Lune",
                                            "2 Ville de Port / Monsieur Luc Faure"));
  EXPECT_EQ(reading.convention.parties[0].address.text, "1 place Haute 47000 BELLE-RIVE");
}

TEST(ReadContract, ReadsPartiesOfOneParagraph) {
  const Reading reading = ReadWhole(
      "Convention territoriale globale\n\nEntre la Caisse d'allocations familiales du Val, "
      "représentée par son Directeur, "
      "Monsieur Luc Faure, d'une part, et la Communauté de communes des Monts, représentée par sa "
      "Présidente, Madame Ada "
      "Lune, maire et présidente de la commission, d'autre part,\n\nIl est convenu ce qui suit "
      ":\n\nArticle 1 : Objet\n\nTout.\n");

  EXPECT_THAT(Parties(reading),
              ElementsAre("1 Caisse d'allocations familiales du Val / Monsieur Luc Faure",
                          "3 Communauté de communes des Monts / Madame Ada Lune"));
}

TEST(ReadContract, ReadsPartiesAfterDUnePart) {
  const Reading reading = ReadWhole(
      "Convention territoriale globale\n\nLa présente convention est conclue entre :\n\nD'une part "
      ": La ville de Port, "
      "représentée par son Maire, Mme Ada Lune,\n\nEt d'autre part : La CAF du Val, représentée "
      "par M. Luc Faure, Directeur,"
      "\n\nArticle 1 : Objet\n\nTout.\n");

  EXPECT_THAT(Parties(reading),
              ElementsAre("2 Ville de Port / Mme Ada Lune", "1 CAF du Val / M. Luc Faure"));
}

TEST(ReadContract, ReadsHeadingsThatRecognitionSpoilt) {
  const Reading reading = ReadWhole(
      "Entre :\n\nLa Caf du Val, représentée par M. Luc Faure, Directeur\n\nArtic1e 1 : "
      "Objet\n\nUn.\n\nARTlCLE 2 : "
      "DUREE\n\nDeux.\n\nArticle l1 : Recours\n\nOnze.\n");

  EXPECT_THAT(Articles(reading),
              ElementsAre("1 Objet = Un.", "2 DUREE = Deux.", "11 Recours = Onze."));
}

TEST(ReadContract, TakesAListOfTitlesForContents) {
  const Reading reading = ReadWhole(
      "Entre :\n\nLa Caf du Val, représentée par M. Luc Faure, Directeur\n\nArticle 1 : "
      "Objet........3\nArticle 2 : "
      "Durée........4\nArticle 3 : Recours........5\n\nArticle 1 : Objet\n\nUn.\n\nArticle 2 : "
      "Durée\n\nDeux.\n");

  EXPECT_THAT(Articles(reading), ElementsAre("1 Objet = Un.", "2 Durée = Deux."));
  EXPECT_EQ(reading.uses[0][4], LineUse::kContents);
}

TEST(ReadContract, LetsTheTextTakeThePlaceOfABareTitle) {
  const Reading reading = ReadWhole(
      "Entre :\n\nLa Caf du Val, représentée par M. Luc Faure, Directeur\n\nArticle 1 : "
      "Objet\n\nArticle 2 : Durée\n\n"
      "Préambule\n\nArticle 1 : Objet\n\nUn.\n\nArticle 2 : La durée\n\nElle est conclue du 1er "
      "janvier 2021 au 31 "
      "décembre 2025.\n");

  EXPECT_THAT(
      Articles(reading),
      ElementsAre("1 Objet = Un.",
                  "2 La durée = Elle est conclue du 1er janvier 2021 au 31 décembre 2025."));
  EXPECT_EQ(reading.convention.articles[1].aliases.at(0).text, "Durée");
  EXPECT_EQ(reading.convention.from.date, "2021-01-01");
}

TEST(ReadContract, ReadsADeliberationInWords) {
  const Reading reading = ReadWhole(
      "COMMUNE DE PORT-SUR-VAL\n\nEXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL "
      "MUNICIPAL\nSéance du 5 mars 2021\n\n"
      "Nombre de conseillers en exercice : 29\nPrésents : 24\nPouvoirs : 4\nVotants : 28\n"
      "Date de la convocation : 26 février 2021\n\n"
      "L'an deux mille vingt et un, le cinq mars à dix-huit heures trente, le Conseil municipal de "
      "la commune de "
      "Port-sur-Val, légalement convoqué, s'est réuni.\n\nN° 2021/03-17\nOBJET : Convention "
      "territoriale globale\n\n"
      "Vu la délibération du 12 février 2016 relative au contrat ;\n\n"
      "Après en avoir délibéré, le conseil municipal, par 26 voix pour, 0 voix contre et deux "
      "abstentions :\n"
      "- APPROUVE la convention pour la période 2021-2025 ;\n\nAccusé de réception en préfecture\n"
      "099-219900017-20210305-2021-03-17-DE\nDate de télétransmission : 09/03/2021\n"
      "Date de réception préfecture : 10/03/2021\n");

  ASSERT_THAT(reading.convention.deliberations, SizeIs(1));
  const Deliberation& act = reading.convention.deliberations[0];
  EXPECT_EQ(act.date.text, "2021-03-05");
  EXPECT_EQ(act.number.text, "2021/03-17");
  EXPECT_EQ(act.object.text, "Convention territoriale globale");
  EXPECT_EQ(act.convened_on.text, "2021-02-26");
  EXPECT_EQ(act.members_in_office.text, "29");
  EXPECT_EQ(act.present.text, "24");
  EXPECT_EQ(act.represented.text, "4");
  EXPECT_EQ(act.votes_for.text, "26");
  EXPECT_EQ(act.votes_against.text, "0");
  EXPECT_EQ(act.abstentions.text, "2");
  EXPECT_EQ(act.receipt_id.text, "099-219900017-20210305-2021-03-17-DE");
  EXPECT_EQ(act.sent_on.text, "2021-03-09");
  EXPECT_EQ(act.received_on.text, "2021-03-10");
  EXPECT_EQ(reading.convention.to.date, "2025-12-31");
  EXPECT_THAT(reading.convention.parties, IsEmpty());
  EXPECT_EQ(Unread(reading), 0u);
}

TEST(ReadContract, KeepsADeliberationAndItsConventionApart) {
  const Reading reading = ReadWhole(
      "VILLE DE PORT\n\nEXTRAIT DU REGISTRE DES DELIBERATIONS\n\nSéance du 5 mars 2021\n\n"
      "Vu la convention du 1er janvier 2017 ;\n\nLe conseil approuve.\n\nCONVENTION TERRITORIALE "
      "GLOBALE\n\n"
      "2021 - 2025\n\nEntre :\n\nLa Caf du Val, représentée par M. Luc Faure, Directeur\n\nEt "
      ":\n\nLa ville de Port, "
      "représentée par son Maire, Mme Ada Lune\n\nVu le code ;\n\nArticle 1 : Objet\n\nTout.\n");

  EXPECT_THAT(reading.convention.visas, SizeIs(1));
  EXPECT_THAT(reading.convention.parties, SizeIs(2));
  EXPECT_EQ(reading.convention.from.date, "2021-01-01");
  EXPECT_EQ(reading.convention.from.precision, Precision::kYear);
  ASSERT_THAT(reading.convention.deliberations, SizeIs(1));
  EXPECT_EQ(reading.convention.deliberations[0].date.text, "2021-03-05");
}

TEST(ReadContract, TakesNoPageHeadingForADeliberation) {
  const Reading reading = ReadWhole(
      "Convention territoriale globale du Val\n\n2021 - 2025\n\nDélibération n° 12 du 5 mars "
      "2021\n\nUn plan pour tous.\n\n"
      "Axe 1 : Enfance\n\nAction 1 : Ouvrir\n\nObjectifs\tOuvrir\nPublic cible\tTous\n");

  EXPECT_THAT(reading.convention.deliberations, IsEmpty());
}

TEST(ReadContract, FindsRolesByContentWhateverTheTitle) {
  const Reading reading = ReadWhole(
      "Entre :\n\nLa Caf du Val, représentée par M. X Y, Directeur\n\n"
      "Article 1 : Dispositions\n\nTout litige est du ressort du tribunal administratif.\n\n"
      "Article 2 : Dispositions\n\nLa convention peut être dénoncée moyennant un délai de "
      "prévenance.\n\n"
      "Article 3 : Dispositions\n\nLe soleil brille.\n");

  ASSERT_THAT(reading.convention.articles, SizeIs(3));
  EXPECT_EQ(reading.convention.articles[0].role, v1::CLAUSE_ROLE_DISPUTES);
  EXPECT_EQ(reading.convention.articles[1].role, v1::CLAUSE_ROLE_TERMINATION);
  EXPECT_EQ(reading.convention.articles[2].role, v1::CLAUSE_ROLE_UNSPECIFIED);
}

TEST(Account, LeavesALineUnreadThatNoPieceHolds) {
  const Reading reading = ReadWhole(
      "Entre :\n\nLa Caf du Val, représentée par M. Luc Faure, Directeur, dûment mandaté par un "
      "zèbre violet\n\n"
      "Article 1 : Objet\n\nTout.\n");

  EXPECT_EQ(reading.convention.parties.size(), 1u);
  EXPECT_EQ(reading.uses[0][2], LineUse::kRead);
  bool found = false;  // What the party does not hold comes out as text of its own.
  for (const Section& section : reading.convention.sections) {
    found = found || section.body.text.find("zèbre violet") != std::string::npos;
  }
  EXPECT_TRUE(found);
}

// A sentence planted anywhere comes out in a piece that cites its line, or unread.
TEST(Account, FindsEveryPlantedSentence) {
  const std::string text = Stamped();
  const std::string planted = "La girafe bleue mange trente melons carrés.";
  std::vector<size_t> places = {0};
  for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    places.push_back(at + 1);
  for (const size_t place : places) {
    const Reading reading = ReadWhole(text.substr(0, place) + planted + "\n" + text.substr(place));
    const auto& lines = reading.documents[0].lines;
    const size_t line =
        static_cast<size_t>(std::find(lines.begin(), lines.end(), planted) - lines.begin());
    ASSERT_LT(line, lines.size());
    const LineUse use = reading.uses[0][line];
    EXPECT_TRUE(use == LineUse::kRead || use == LineUse::kUnread) << "at byte " << place;
  }
}

}  // namespace
}  // namespace greffe::reader
