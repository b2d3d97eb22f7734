#include "core/rules/instrument.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Placeholders, AreFoundWithTheirLine) {
  const auto found = FindPlaceholders(
      "Fait en xx exemplaires,\nle XX/XX/2025 à Agen.\nUn comité .... se réunit\n"
      "Montant : à compléter\nSignature : ____ puis ……");
  ASSERT_THAT(found, SizeIs(6));
  EXPECT_EQ(found[0].line, 1u);
  EXPECT_EQ(found[0].mark, "xx");
  EXPECT_EQ(found[1].line, 2u);
  EXPECT_EQ(found[1].mark, "XX/XX/2025");
  EXPECT_EQ(found[2].mark, "....");
  EXPECT_EQ(found[3].line, 4u);
  EXPECT_EQ(found[3].mark, "à compléter");
  EXPECT_EQ(found[5].mark, "……");
  ASSERT_THAT(FindPlaceholders("délibération n° xxx/"), SizeIs(1));
  EXPECT_EQ(FindPlaceholders("délibération n° xxx/")[0].mark, "xxx");
  EXPECT_EQ(FindPlaceholders("le XX/06/e")[0].mark, "XX/06");
  EXPECT_EQ(FindPlaceholders("le XX/XX/Xe")[0].mark, "XX/XX");
  EXPECT_EQ(FindPlaceholders("le xx/xx/2025")[0].mark, "xx/xx/2025");
  EXPECT_EQ(FindPlaceholders("le XX-06")[0].mark, "XX");
}

TEST(Placeholders, AreNotSeenInWordsNumbersAndPoints) {
  EXPECT_THAT(FindPlaceholders("Les aux XXe siècle, MMXX, exxon, x, etc... et « … » puis 1.2.3."),
              IsEmpty());
  EXPECT_THAT(FindPlaceholders("La fiche est complétée chaque année."), IsEmpty());
  EXPECT_THAT(FindPlaceholders(""), IsEmpty());
}

TEST(References, ToAnnexesThatDoNotExistAreNamedOnce) {
  EXPECT_THAT(UnresolvedAnnexes("voir l'annexe 2, les annexes 1, 3 et 5 et l'Annexe n° 7 ; "
                                "l'annexe 5 encore",
                                {"1", "2", "3"}),
              ElementsAre("5", "7"));
  EXPECT_THAT(UnresolvedAnnexes("l'annexe II et l'annexe IV", {"II"}), ElementsAre("IV"));
  EXPECT_THAT(UnresolvedAnnexes("voir l'annexe n°9 et l'Annexe N°4", {"4"}), ElementsAre("9"));
  EXPECT_THAT(UnresolvedAnnexes("en annexe de la convention, annexe financière", {}), IsEmpty());
  EXPECT_THAT(
      UnresolvedAnnexes("ANNEXE 3, aux annexes 4 et 6 ; sous-annexe 7, exannexe 8 ; annex", {}),
      ElementsAre("3", "4", "6", "7"));
}

TEST(References, ToLawsAndCircularsLeadOutside) {
  EXPECT_THAT(UnresolvedAnnexes("l'annexe 2 de la circulaire, les annexes 3 et 4 du décret, "
                                "l'annexe 5 de l'arrêté, l'annexe 6 du présent texte",
                                {}),
              ElementsAre("6"));
  for (const char* law :
       {"articles L. 263-1", "L. 223-1", "article R223-1", "D. 51", "Art. L 212"}) {
    EXPECT_TRUE(IsArticleOfLaw(law)) << law;
  }
  for (const char* ours :
       {"article 3", "annexe 1", "3", "l'action 9", "article L", "", "articles"}) {
    EXPECT_FALSE(IsArticleOfLaw(ours)) << ours;
  }
}

TEST(Duration, IsReadFromTheSentenceThatStatesIt) {
  const auto months = [](absl::string_view clause) {
    const auto found = FindStatedDuration(clause);
    return found.has_value() ? found->months : 0;
  };
  EXPECT_EQ(months("La présente convention est conclue pour une durée de trois ans."), 36);
  EXPECT_EQ(months("Elle est conclue pour quatre (4) années à compter du 1er janvier 2023."), 48);
  EXPECT_EQ(months("Durée : trente-six mois."), 36);
  EXPECT_EQ(months("Durée : cinquante et un mois."), 51);
  EXPECT_EQ(months("La durée est de 5 ans"), 60);
  EXPECT_EQ(months("La durée est de dix-huit mois."), 18);
  EXPECT_EQ(months("Elle est conclue pour un an et six mois."), 18);
  EXPECT_EQ(months("Sa durée est de deux ans et demi, renouvelable."), 30);
  EXPECT_EQ(months("La convention dure trois ans."), 36);
  EXPECT_EQ(months("Elle court du 1er septembre 2024 pour trente-six mois, soit jusqu'au 31."), 36);
  EXPECT_EQ(months("Elle prend effet le 1er mars pour une période de deux ans."), 24);
  EXPECT_EQ(months("Conclu pour trois ans, le contrat court dès sa signature."), 36);
  EXPECT_EQ(months("La durée de la présente convention est fixée à quatre ans."), 48);
  // Of something else.
  EXPECT_EQ(months("Le dispositif d'aide prend effet le 1er mars pour douze mois."), 0);
  EXPECT_EQ(months("La durée du mandat des membres est de deux ans."), 0);
  EXPECT_EQ(months("L'action 3 est établie pour une durée de douze mois."), 0);
  EXPECT_EQ(months("L'avenant à la convention prend effet le 1er mars pour douze mois."), 0);
  EXPECT_EQ(months("Durée de l'action : deux ans."), 0);
  EXPECT_EQ(months("Le délai de préavis court pour six mois."), 0);
  EXPECT_EQ(months("Elle prend effet trois mois après sa signature."), 0);
  EXPECT_EQ(months("Les enfants de moins de trois ans sont accueillis."), 0);
  EXPECT_EQ(months("La durée est celle du mandat, pendant plusieurs années."), 0);
}

TEST(Consultation, IsOfTheCommitteeThatTheClauseNames) {
  const auto body = [](const std::string& name, v1::BodyKind kind) {
    v1::Body out;
    out.set_name(name);
    out.set_kind(kind);
    return out;
  };
  const v1::Body steering = body("Comité de suivi", v1::BODY_KIND_STEERING);
  const v1::Body technical = body("Cellule d'appui", v1::BODY_KIND_TECHNICAL);

  EXPECT_EQ(FitOfCommittee("Le COPIL examine les avenants.", steering), CommitteeFit::kByKind);
  EXPECT_EQ(FitOfCommittee("Le COPIL examine les avenants.", technical), CommitteeFit::kNotNamed);
  EXPECT_EQ(FitOfCommittee("Le comité technique examine les avenants.", technical),
            CommitteeFit::kByKind);
  EXPECT_EQ(FitOfCommittee("La cellule d'appui examine les avenants.", technical),
            CommitteeFit::kByName);
  EXPECT_EQ(FitOfCommittee("Le comité examine les avenants.", steering), CommitteeFit::kNotNamed);
  EXPECT_EQ(FitOfCommittee("Le comité examine les avenants.", v1::Body()), CommitteeFit::kNotNamed);
}

TEST(Consultation, IsAskedForByASentenceOfTheConvention) {
  const auto found = FindConsultation(
      "Le comité se réunit une fois par an. Les avenants sont soumis au comité de pilotage avant "
      "leur signature.");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found, "Les avenants sont soumis au comité de pilotage avant leur signature.");
  EXPECT_TRUE(FindConsultation("Le COPIL examine les projets d'avenants.").has_value());
  EXPECT_FALSE(FindConsultation("Toute modification fera l'objet d'un avenant.").has_value());
  EXPECT_TRUE(FindConsultation("Tout avenant n° 1 ou suivant est soumis au comité.").has_value());
  EXPECT_FALSE(FindConsultation("Les avenants ne sont pas soumis au comité.").has_value());
  EXPECT_TRUE(FindConsultation("Aucun avenant ne peut être signé sans avoir été soumis au comité "
                               "de pilotage.")
                  .has_value());
  EXPECT_FALSE(FindConsultation("Un avenant est signé sans être soumis au comité.").has_value());
  ASSERT_THAT(CheckConsultation("Les avenants…", false), SizeIs(1));
  EXPECT_THAT(CheckConsultation("Les avenants…", true), IsEmpty());
  EXPECT_THAT(CheckConsultation("", false), IsEmpty());
}

TEST(Consultation, IsOfACommitteeByTheNameOfABody) {
  const std::vector<std::vector<std::string>> bodies{{"conference", "des", "familles"}};
  constexpr absl::string_view kClause =
      "Le contrat ne peut être changé que par un écrit additionnel. Le projet d'écrit additionnel "
      "est, avant le vote, présenté à la conférence des familles.";
  EXPECT_EQ(FindConsultation(kClause, bodies).value_or(""),
            "Le projet d'écrit additionnel est, avant le vote, présenté à la conférence des "
            "familles.");
  EXPECT_FALSE(FindConsultation(kClause).has_value());
  EXPECT_TRUE(FindConsultation("La conférence des familles examine les avenants.", bodies));
  // Of an act that amends nothing.
  EXPECT_FALSE(
      FindConsultation("Un écrit additionnel est présenté à la conférence des familles.", bodies)
          .has_value());
}

TEST(Consultation, IsOfTheCommitteeThatAPronounStandsFor) {
  EXPECT_EQ(FindConsultation("Le comité de pilotage se réunit deux fois. Tous y siègent. Il donne "
                             "son avis sur tout projet d'avenant.")
                .value_or(""),
            "Le comité de pilotage se réunit deux fois. […] Il donne son avis sur tout projet "
            "d'avenant.");
  EXPECT_FALSE(FindConsultation("Le comité se réunit. Le président convoque. Il donne son avis sur "
                                "tout avenant.")
                   .has_value());
  EXPECT_FALSE(FindConsultation("Il donne son avis sur tout projet d'avenant.").has_value());
}

TEST(Base, IsTheTextInForce) {
  EXPECT_THAT(CheckBase(""), IsEmpty());
  ASSERT_THAT(CheckBase("avenant n° 1"), SizeIs(1));
  EXPECT_THAT(CheckBase("avenant n° 1")[0].words.fr, HasSubstr("avenant n° 1"));
}

TEST(Base, IsTakenUpAgainOnceAnotherActIsConcludedOnIt) {
  EXPECT_THAT(CheckConcludedSince({}), IsEmpty());
  ASSERT_THAT(CheckConcludedSince({"avenant n° 1", "avenant n° 2"}), SizeIs(1));
  EXPECT_THAT(CheckConcludedSince({"avenant n° 1", "avenant n° 2"})[0].words.en,
              HasSubstr("avenant n° 1, avenant n° 2"));
}

TEST(Rivals, AreNamedWithWhatTheyChange) {
  EXPECT_THAT(CheckRivals({}, {"article 1er"}, 0, true), IsEmpty());
  EXPECT_THAT(CheckRivals({"avenant n° 1"}, {}, 0, true), IsEmpty());
  const auto say = [](const std::vector<std::string>& acts,
                      const std::vector<std::string>& elements, std::size_t more, bool of_one) {
    return CheckRivals(acts, elements, more, of_one).at(0).words;
  };
  const char* const end_fr =
      ". Dès que l'un sera conclu, tout autre sera à reprendre sur le texte en vigueur avant "
      "d'être signé (L-35).";
  const char* const end_en =
      ". Once one is concluded, any other is to be taken up again on the text in force before it "
      "is signed (L-35).";

  const Words one = say({"avenant n° 1"}, {"article 1er", "article 2"}, 0, true);
  EXPECT_EQ(one.fr,
            absl::StrCat("« avenant n° 1 » change aussi : « article 1er », « article 2 »", end_fr));
  EXPECT_EQ(one.en,
            absl::StrCat("“avenant n° 1” also changes: “article 1er”, “article 2”", end_en));
  const Words two = say({"avenant n° 1", "avenant n° 2"}, {"article 1er"}, 3, true);
  EXPECT_EQ(two.fr,
            absl::StrCat(
                "« avenant n° 1 », « avenant n° 2 » changent aussi : « article 1er » et 3 de plus",
                end_fr));
  EXPECT_EQ(
      two.en,
      absl::StrCat("“avenant n° 1”, “avenant n° 2” also change: “article 1er” and 3 more", end_en));
  const Words all = say({"avenant n° 1", "avenant n° 2"}, {"article 1er"}, 0, false);
  EXPECT_EQ(all.fr, absl::StrCat("« avenant n° 1 », « avenant n° 2 » changent les mêmes éléments, "
                                 "chacun sans l'autre : « article 1er »",
                                 end_fr));
  EXPECT_EQ(all.en, absl::StrCat("“avenant n° 1”, “avenant n° 2” change the same elements, each "
                                 "without the other: “article 1er”",
                                 end_en));
}

TEST(Base, IsBehindWhatItsAuthorWasNotShown) {
  EXPECT_TRUE(IsBehind(/*shown=*/false));
  EXPECT_FALSE(IsBehind(/*shown=*/true));
}

TEST(Operations, AreCompleteWhenTheyGiveTheConsolidatedText) {
  const Digest one = Sha256({"un"});
  EXPECT_THAT(CheckOperations(one, one), IsEmpty());
  ASSERT_THAT(CheckOperations(one, Sha256({"deux"})), SizeIs(1));
}

TEST(Extension, IsConcludedBeforeTheEndOfTheTerm) {
  const CivilDate end = Day("2027-12-31");
  EXPECT_FALSE(CheckExtension(end, Day("2028-12-31"), end).has_value());
  const auto late = CheckExtension(end, Day("2028-12-31"), Day("2028-01-01"));
  ASSERT_TRUE(late.has_value());
  EXPECT_EQ(late->code, "extension-after-term");
  // A change that leaves the end alone, or shortens the term, is none.
  EXPECT_FALSE(CheckExtension(end, end, Day("2028-01-01")).has_value());
  EXPECT_FALSE(CheckExtension(end, Day("2027-06-30"), Day("2028-01-01")).has_value());
}

// L-31: an act does what its text says.
TEST(AgreedTermination, BringsTheLastDayForward) {
  const CivilDate end = Day("2027-12-31");
  EXPECT_FALSE(CheckEndsEarlier(end, Day("2027-12-30")).has_value());
  const auto same = CheckEndsEarlier(end, end);
  ASSERT_TRUE(same.has_value());
  EXPECT_EQ(same->code, "termination-keeps-term");
  EXPECT_TRUE(CheckEndsEarlier(end, Day("2028-12-31")).has_value());
  EXPECT_FALSE(CheckEndsEarlier(std::nullopt, end).has_value());
  EXPECT_FALSE(CheckEndsEarlier(end, std::nullopt).has_value());
}

TEST(Diagnosis, IsSpokenOfInTheText) {
  EXPECT_FALSE(CheckDiagnosis({"Article 1", "Le diagnostic partagé est joint."}).has_value());
  EXPECT_FALSE(CheckDiagnosis({"ANNEXE 1 - DIAGNOSTIC"}).has_value());
  EXPECT_FALSE(CheckDiagnosis({"Elle rappelle l'état des lieux de l'annexe 1."}).has_value());
  EXPECT_FALSE(CheckDiagnosis({"ANNEXE 1 : ETAT DES LIEUX"}).has_value());
  ASSERT_TRUE(CheckDiagnosis({"Les besoins sont connus."}).has_value());
  EXPECT_TRUE(CheckDiagnosis({"Un constat des lieux est dressé."}).has_value());
  EXPECT_EQ(CheckDiagnosis({"Les besoins sont connus."})->rule, Rule::kDiagnosis);
}

}  // namespace
}  // namespace greffe::rules
