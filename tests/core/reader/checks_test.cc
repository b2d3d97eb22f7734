#include "core/reader/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/reader/reader.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// The findings of one rule on `text`: French wording and lines, "…" for what no test looks at.
std::vector<std::string> Found(const std::string& rule, const std::string& text) {
  const auto reading = Read({{"d", text}});
  EXPECT_TRUE(reading.ok()) << reading.status();
  std::vector<std::string> found;
  for (const Finding& finding : reading->findings) {
    if (finding.rule != rule) continue;
    EXPECT_FALSE(finding.en.empty());
    std::string shown = finding.fr;
    for (const Lines& lines : finding.lines) absl::StrAppend(&shown, " @", lines.first);
    found.push_back(shown);
  }
  return found;
}

std::string Act(const std::string& body) {
  return "EXTRAIT DU REGISTRE DES DELIBERATIONS\n\nLe conseil municipal de Port, séance du 5 mars "
         "2021\n\n" +
         body + "\n";
}

std::string Id(const std::string& id) {
  return "\nAccusé de réception en préfecture\n" + id + "\n";
}

TEST(CheckActs, FindsWrongCheckDigits) {
  EXPECT_THAT(Found("CHK-01", Act(Id("012-211202024-20210305-D1-DE"))),
              ElementsAre("SIREN 211202024 : la clé de contrôle est fausse @6"));
  EXPECT_THAT(Found("CHK-01", Act(Id("012-211202023-20210305-D1-DE"))), IsEmpty());
}

TEST(CheckActs, HintsAtTheCommuneOfASiren) {
  EXPECT_THAT(Found("CHK-02", Act(Id("045-214502858-20210305-D1-DE"))),
              ElementsAre("SIREN 214502858 : celui de la commune INSEE 45285, à confirmer @6"));
}

TEST(CheckActs, FindsIdentifiersOutOfForm) {
  EXPECT_THAT(Found("CHK-03", Act(Id("012-211202023-20210231-D1-DE"))).size(), 1u);
  EXPECT_THAT(Found("CHK-03", Act(Id("012-211202023-20210305-D-1-DE"))).size(), 1u);
  EXPECT_THAT(Found("CHK-03", Act(Id("012-211202023-20210305-D1-DE"))), IsEmpty());
}

TEST(CheckActs, ComparesIdentifierAndParties) {
  const std::string parties =
      "\nCONVENTION TERRITORIALE GLOBALE\n\nEntre :\n\nLa ville de Port, représentée par son "
      "Maire, Mme Ada Lune, "
      "dont le siège est situé 1 rue Haute 12000 PORT\n\nArticle 1 : Objet\n\nTout.\n";
  EXPECT_THAT(Found("CHK-04", Act(Id("045-211202023-20210305-D1-DE")) + parties).size(), 1u);
  EXPECT_THAT(Found("CHK-04", Act(Id("012-211202023-20210305-D1-DE")) + parties), IsEmpty());
}

TEST(CheckActs, ComparesIdentifierAndVote) {
  EXPECT_THAT(Found("CHK-05", Act(Id("012-211202023-20210306-D1-DE"))).size(), 1u);
  EXPECT_THAT(Found("CHK-05", Act(Id("012-211202023-20210305-D1-DE"))), IsEmpty());
}

TEST(CheckActs, FindsReceiptsBeforeTheVote) {
  EXPECT_THAT(Found("CHK-06", Act("Publiée le 4 mars 2021")),
              ElementsAre("Délibération du 5 mars 2021 : publiée le 4 mars 2021, avant la séance "
                          "@3 @5"));
  EXPECT_THAT(Found("CHK-06", Act("Publiée le 5 mars 2021")), IsEmpty());
  EXPECT_THAT(
      Found("CHK-06", Act("Transmise en Préfecture le 9 mars 2021\n\nReçue le 8 mars 2021")).size(),
      1u);
}

TEST(CheckActs, ComparesRepeatedStamps) {
  const std::string stamp = "\nEnvoyé en préfecture le 09/03/2021\nReçu en préfecture le ";
  EXPECT_THAT(
      Found("CHK-07", Act("Un." + stamp + "09/03/2021\n\nDeux." + stamp + "10/03/2021\n")).size(),
      1u);
  EXPECT_THAT(Found("CHK-07", Act("Un." + stamp + "09/03/2021\n\nDeux." + stamp + "09/03/2021\n")),
              IsEmpty());
}

TEST(CheckActs, AddsUpVotes) {
  const std::string council = "En exercice : 35 Présents : 32 Représentés : ";
  EXPECT_THAT(Found("CHK-10", Act(council + "3\n\nPar 35 voix pour")), IsEmpty());
  EXPECT_THAT(Found("CHK-10", Act(council + "4\n\nPar 36 voix pour")).size(), 1u);
  EXPECT_THAT(Found("CHK-10", Act(council + "3\n\nPar 36 voix pour")).size(), 1u);
  EXPECT_THAT(Found("CHK-10", Act("En exercice : 34 Présents : 17")).size(), 1u);
  EXPECT_THAT(Found("CHK-10", Act("En exercice : 33 Présents : 17")), IsEmpty());
  EXPECT_THAT(
      Found("CHK-33", Act(council + "3\n\nPar 30 voix pour, 1 voix contre et 2 abstentions"))
          .size(),
      1u);
}

// As of a deliberation on record.
TEST(CheckActs, AsksNoQuorumOnASecondConvening) {
  const std::string few = "En exercice : 35 Présents : 12\n\n";
  EXPECT_THAT(
      Found("CHK-10", Act(few + "Le conseil approuve.")),
      ElementsAre("Délibération du 5 mars 2021 : 12 présents sur 35 en exercice : le quorum "
                  "n'est pas atteint @5"));
  EXPECT_THAT(Found("CHK-10", Act(few + "Votée sur seconde convocation.")), IsEmpty());
}

TEST(CheckActs, CountsClearDaysBeforeTheSitting) {
  const std::string small = "En exercice : 19 Présents : 17\n\nDate de la convocation : ";
  EXPECT_THAT(Found("CHK-11", Act(small + "1er mars 2021")), IsEmpty());
  EXPECT_THAT(Found("CHK-11", Act(small + "2 mars 2021")).size(), 1u);
  const std::string large = "En exercice : 35 Présents : 32\n\nDate de la convocation : ";
  EXPECT_THAT(Found("CHK-11", Act(large + "27 février 2021")), IsEmpty());
  EXPECT_THAT(Found("CHK-11", Act(large + "28 février 2021")).size(), 1u);
}

std::string Contract(const std::string& visas, const std::string& articles,
                     const std::string& title = "2021 - 2025") {
  return "\nCONVENTION TERRITORIALE GLOBALE\n\n" + title +
         "\n\nEntre :\n\nLa ville de Port, représentée par son Maire, "
         "Mme Ada Lune\n\n" +
         visas + "\n\nArticle 1 : Objet\n\n" + articles + "\n";
}

TEST(CheckDates, FindsTwoDatesOfOneDeliberation) {
  const auto visa = [](const std::string& date) {
    return Contract("Vu la délibération du conseil municipal de Port en date du " + date +
                        " figurant en annexe 1.",
                    "Tout.");
  };
  EXPECT_THAT(
      Found("CHK-12", Act("Le conseil approuve.") + visa("2 mars 2021")),
      ElementsAre("La même délibération est datée du 2 mars 2021 et du 5 mars 2021 @3 @15"));
  EXPECT_THAT(Found("CHK-12", Act("Le conseil approuve.") + visa("5 mars 2021")), IsEmpty());
}

TEST(CheckDates, ComparesTitleAndTerm) {
  const std::string term = "La convention est conclue du 1er janvier 2021 au 31 décembre 2025.";
  EXPECT_THAT(Found("CHK-12", Contract("", term, "2021 - 2024")).size(), 1u);
  EXPECT_THAT(Found("CHK-12", Contract("", term, "2021 - 2025")), IsEmpty());
}

TEST(CheckDates, ComparesDurationAndDates) {
  EXPECT_THAT(
      Found("CHK-15",
            Contract("",
                     "D'une durée de quatre ans, elle est conclue du 1er janvier 2021 au 31 "
                     "décembre 2025."))
          .size(),
      1u);
  EXPECT_THAT(Found("CHK-15",
                    Contract("",
                             "D'une durée de cinq ans, elle est conclue du 1er janvier 2021 au 31 "
                             "décembre 2025.")),
              IsEmpty());
}

TEST(CheckDates, CountsDaysOfRetroactiveEffect) {
  const std::string term = "Elle est conclue du 1er janvier 2021 au 31 décembre 2025.";
  EXPECT_THAT(
      Found("CHK-16", Act("Le conseil approuve.") + Contract("", term)),
      ElementsAre(
          "Effet rétroactif de 63 jours : effet au 1er janvier 2021, vote du 5 mars 2021 @3 @19"));
}

TEST(CheckDates, FindsGapsAndOverlapsWithThePredecessor) {
  const std::string term = "Elle est conclue du 1er janvier 2021 au 31 décembre 2025.";
  const auto before = [&term](const std::string& end) {
    return Contract("Vu la convention territoriale globale arrivée à expiration le " + end + " ;",
                    term);
  };
  EXPECT_THAT(Found("CHK-17", before("31 décembre 2019")).size(), 1u);
  EXPECT_THAT(Found("CHK-17", before("31 mars 2021")).size(), 1u);
  EXPECT_THAT(Found("CHK-17", before("31 décembre 2020")), IsEmpty());
}

TEST(CheckDates, FindsSchedulesPastTheTerm) {
  const auto sheet = [](const std::string& when) {
    return Contract("", "Elle est conclue du 1er janvier 2021 au 31 décembre 2025.") +
           "\nFait à Port\n\nAxe 1 : Enfance\n\nAction 1 : Ouvrir une "
           "crèche\n\nObjectifs\tOuvrir\nEchéancier\t" +
           when + " : ouverture\nPublic cible\tFamilles\n";
  };
  EXPECT_THAT(Found("CHK-18", sheet("2023-2027")),
              ElementsAre("Action 1 : échéance « 2023-2027 » hors de la durée 2021-2025 @23"));
  EXPECT_THAT(Found("CHK-18", sheet("2023-2025")), IsEmpty());
}

TEST(CheckDates, FindsSentinels) {
  EXPECT_THAT(Found("CHK-37", Contract("", "Jusqu'au 31/12/9999 ou au 22/02/2222.")).size(), 2u);
  EXPECT_THAT(Found("CHK-37", Contract("", "Jusqu'au 31/12/2029.")), IsEmpty());
}

TEST(CheckReferences, FindsAnnexesThatAreCitedAndNotThere) {
  const std::string text =
      Contract("", "Voir les annexes 1 et 3, et l'annexe n°2.") +
      "\nFait à Port\n\nAnnexe 1 : Diagnostic\n\nTexte.\n\nAnnexe 2 : Statuts (document séparé)\n";
  EXPECT_THAT(Found("CHK-13", text),
              ElementsAre("L'annexe 3 est citée, elle ne figure pas dans le document @14"));
}

TEST(CheckReferences, ComparesContentsAndBody) {
  const std::string text =
      "Sommaire\nArticle 1 : Objet\t2\nArticle 3 : Recours\t4\nAnnexe 1 : Délibération\t5\nAnnexe "
      "2 : Liste\t6\n\n" +
      Contract("", "Les 3 annexes énumérées au sommaire.\n\nArticle 2 : Durée\n\nTout.") +
      "\nFait à Port\n\nAnnexe 1 : Gouvernance\n\nTexte.\n\nAnnexe 2 : Liste des "
      "services\n\nTexte.\n";
  EXPECT_THAT(
      Found("CHK-13", text),
      ElementsAre(
          "Le texte parle de 3 annexes, le sommaire en annonce 2 @20",
          "L'article 3 est au sommaire, pas dans le corps @3",
          "L'article 2 est dans le corps, pas au sommaire @22",
          "L'annexe 1 : « Délibération » au sommaire, « Gouvernance » dans le corps @4 @28"));
}

// Whatever a freeze refuses for CHK-14 is told when the document is read.
TEST(CheckReferences, FindsPlaceholdersAndOnlyThem) {
  for (const char* text :
       {"Fait le XX/XX/2022", "le xx xxxxxxxx 2022", "n° DCA_xxx/2022", "Le/...../.....",
        "En XX exemplaires", "Le ........ 2023", "Montant : à compléter", "le ____ 2022",
        "né le JJ/MM/AAAA", "et tous les autres.....", "Axe XX", "un atelier (……) par an"}) {
    EXPECT_EQ(Found("CHK-14", Contract("", text)).size(), 1u) << text;
  }
  for (const char* text : {"Le XXe siècle", "Les exploitants", "etc..."}) {
    EXPECT_THAT(Found("CHK-14", Contract("", text)), IsEmpty()) << text;
  }
}

TEST(CheckWording, FindsLettersThatTransmissionLacks) {
  EXPECT_THAT(
      Found("CHK-32", Act("OBJET : Mise en œuvre de la convention – 12 €")),
      ElementsAre(
          "L'objet contient œ – € : à translittérer pour la télétransmission (ISO-8859-1) @5"));
  EXPECT_THAT(Found("CHK-32", Act("OBJET : Été")), IsEmpty());
}

TEST(CheckWording, HintsAtTwoSpellingsOfAName) {
  const auto signed_by = [](const std::string& name) {
    return Contract("", "Tout.") + "\nFait à Port\n\nLe Maire\t" + name + "\n";
  };
  const std::string party =
      "Entre :\n\nLa ville de Port, représentée par son Maire, Madame Ada DELUNÉ\n\nArticle 1 : "
      "Objet\n\nTout."
      "\n\nFait à Port\n\nLe Maire\t";
  EXPECT_THAT(Found("CHK-34", party + "Ada Delune\n").size(), 1u);
  EXPECT_THAT(Found("CHK-34", party + "Ada DELUNEZ\n").size(), 1u);
  EXPECT_THAT(Found("CHK-34", party + "Ada Deluné\n"), IsEmpty());
  EXPECT_THAT(Found("CHK-34", signed_by("Zoé Mont")), IsEmpty());
}

TEST(CheckWording, FindsThePostcodeOfAnotherDepartment) {
  std::string text = "Entre :\n\n";
  for (const char* code : {"47000", "47100", "47200", "45300", "CS 50010 47400"}) {
    absl::StrAppend(
        &text,
        "La commune de Port, représentée par M. X Yves, Maire, dont le siège est situé rue Haute ",
        code, " PORT\n\n");
  }
  EXPECT_THAT(
      Found("CHK-35", text + "Article 1 : Objet\n\nTout.\n"),
      ElementsAre("Code postal 45300 : département 45, les autres adresses sont dans le 47 @9"));
}

TEST(CheckDates, SaysWhenItShowsNotEveryDateOfAVote) {
  const auto visas = [](int count) {
    std::string text;
    for (int day = 1; day <= count; ++day) {
      absl::StrAppend(&text, "Vu la délibération du conseil municipal de Port en date du ", day,
                      " mars 2020 figurant en annexe 1.\n\n");
    }
    return Contract(text, "Tout.");
  };
  EXPECT_THAT(Found("CHK-12", Act("Le conseil approuve.") + visas(11)),
              ElementsAre(Not(HasSubstr("ne sont pas montrés"))));
  EXPECT_THAT(Found("CHK-12", Act("Le conseil approuve.") + visas(12)),
              ElementsAre(HasSubstr("d'autres dates ou d'autres endroits ne sont pas montrés")));
}

TEST(RunChecks, SaysHowManyVotesStayText) {
  const auto extracts = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      absl::StrAppend(&text, "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\nDélibération n° 2020-", i + 1,
                      "\nSéance du ", 1 + i % 28, " mars ", 1990 + i / 28,
                      "\n\nMembres en exercice : 30\n\n");
    }
    return text;
  };
  EXPECT_THAT(Found("limit-deliberations", extracts(kActsMost)), IsEmpty());
  EXPECT_THAT(Found("limit-deliberations", extracts(kActsMost + 1)),
              ElementsAre(HasSubstr("Plus de 500 délibérations : 1 extrait, mention ou cachet")));
}

TEST(RunChecks, SaysNothingOfACleanDocument) {
  const auto reading =
      Read({{"d", Contract("", "Elle est conclue du 1er janvier 2021 au 31 décembre 2025.")}});
  ASSERT_TRUE(reading.ok());
  EXPECT_THAT(reading->findings, IsEmpty());
}

}  // namespace
}  // namespace greffe::reader
