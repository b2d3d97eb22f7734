#include "absl/strings/str_cat.h"
#include "core/reader/body_words.h"
#include "core/reader/facility_text.h"
#include "core/reader/glue.h"
#include "core/reader/labels.h"
#include "core/reader/plan_ref.h"
#include "core/reader/schedule.h"
#include "core/reader/when.h"
#include "gmock/gmock.h"
#include "tests/core/reader/plan_test_support.h"

namespace greffe::reader {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::ReadText;
using testing_support::RefsAndTitles;
using testing_support::Steps;

std::vector<std::string> StepsOf(const std::string& text) {
  Entry entry;
  entry.part.text = text;
  return Steps(ReadSchedule({entry}));
}

TEST(When, KnowsDatesAndSpansOfSchedules) {
  for (const char* text :
       {"Dès 2025", "2023/24", "Janvier à juin 2023", "Premier semestre 2025",
        "Sur toute la durée de la CTG", "À compter de septembre 2024", "2022-2025", "Courts termes",
        "Prochaine CTG", "1er trimestre 2026", "Année 2"}) {
    EXPECT_TRUE(IsWhen(text)) << text;
  }
  for (const char* text : {"Nombre de places", "La durée", "de", "12 enfants", "Termes", "CTG"}) {
    EXPECT_FALSE(IsWhen(text)) << text;
  }
}

TEST(Schedule, CutsStepsThatRunTogether) {
  EXPECT_THAT(StepsOf("2023 : groupe de travail 2024 : mise en service"),
              ElementsAre("2023|groupe de travail", "2024|mise en service"));
  EXPECT_THAT(StepsOf("Dès 2025 : nommer un référent. 2026 Renouveler le conseil."),
              ElementsAre("Dès 2025|nommer un référent.", "2026|Renouveler le conseil."));
}

TEST(Schedule, TakesADateAtTheEndAndKeepsTextWithoutDate) {
  EXPECT_THAT(StepsOf("Installer un groupe dès 2023"), ElementsAre("dès 2023|Installer un groupe"));
  EXPECT_THAT(StepsOf("Selon le projet éducatif"), ElementsAre("|Selon le projet éducatif"));
  EXPECT_THAT(StepsOf("2025 - 2027 :"), ElementsAre("2025 - 2027|"));
}

TEST(Glue, CutsBeforeItemsAndNotInsideNames) {
  const Vocabulary words({Document{"x", {"les jeunes et la cohérence des projets"}}});
  EXPECT_THAT(
      CutGlued("Taux d'adhésion des familles Jeunes des villages Cohérence de l'offre", words,
               Cutting::kCapitals),
      ElementsAre("Taux d'adhésion des familles", "Jeunes des villages", "Cohérence de l'offre"));
  EXPECT_THAT(CutGlued("Projets partagés Petite Enfance et Jeunesse Baisse des tensions", words,
                       Cutting::kStarters),
              ElementsAre("Projets partagés Petite Enfance et Jeunesse", "Baisse des tensions"));
  EXPECT_THAT(CutGlued("Nombre de réponses aux Appels à projets (Nombre ; part)", words,
                       Cutting::kCapitals),
              ElementsAre("Nombre de réponses aux Appels à projets (Nombre ; part)"));
}

TEST(Labels, TellsLabelsFromSentences) {
  EXPECT_EQ(WholeLabel("Constat / Contexte"), LabelRole::kContext);
  EXPECT_EQ(WholeLabel("Les référents-pilotes de l'action :"), LabelRole::kPilots);
  EXPECT_EQ(WholeLabel("Critères d'évaluation"), LabelRole::kIndicators);
  EXPECT_EQ(WholeLabel("Indicateurs de résultat"), LabelRole::kResult);
  EXPECT_EQ(WholeLabel("Résultats attendus / Contenu"), LabelRole::kContent)
      << "the two cannot be told apart";
  EXPECT_EQ(WholeLabel("Evaluation annuelle de chaque crèche"), LabelRole::kNone);
}

TEST(PlanRef, ReadsReferencesAsPeopleWriteThem) {
  EXPECT_EQ(CanonicalRef("I.B. 2"), "I.B.2");
  EXPECT_EQ(CanonicalRef("i.C.3"), "I.C.3");
  EXPECT_EQ(CanonicalRef("Action n° 3"), "3");
  EXPECT_EQ(CanonicalRef("PE1"), "PE1");
  EXPECT_EQ(CanonicalRef("I-1"), "I.1");
  EXPECT_EQ(CanonicalRef("Créer une crèche"), "");
}

TEST(FacilityText, CutsNamesFromAddresses) {
  const auto one = [](const char* text) {
    const std::vector<NamedPlace> places = SplitFacilities(text);
    return places.size() == 1 ? places[0].name + "|" + places[0].address : "not one";
  };
  EXPECT_EQ(one("Multi-accueil « Les Ours » 13 ter rue des Pins – 99990 VALBOIS"),
            "Multi-accueil « Les Ours »|13 ter rue des Pins – 99990 VALBOIS");
  EXPECT_EQ(one("ALSH municipal « Ados » Point Jeunes Place Neuve 99990 VALBOIS"),
            "ALSH municipal « Ados » Point Jeunes|Place Neuve 99990 VALBOIS");
  EXPECT_EQ(one("Crèche « Sucre » Les Aulnes – 99990 VALBOIS"),
            "Crèche « Sucre »|Les Aulnes – 99990 VALBOIS");
  EXPECT_EQ(one("ALSH 12 000 RODIERE"), "ALSH|12 000 RODIERE");
  EXPECT_EQ(one("Relais du canton"), "Relais du canton|");
}

TEST(FacilityText, CutsFacilitiesThatShareACell) {
  const std::vector<NamedPlace> places = SplitFacilities(
      "Crèche familiale 3 rue Haute – 99990 BON RUISSEAU Multi-accueil « Pim » 3 rue Haute "
      "99990 BON RUISSEAU ALSH ados Rue Basse 99990 BON RUISSEAU");
  ASSERT_EQ(places.size(), 3u);
  EXPECT_EQ(places[1].name, "Multi-accueil « Pim »");
  EXPECT_EQ(places[2].name, "ALSH ados");
  EXPECT_EQ(places[2].address, "Rue Basse 99990 BON RUISSEAU");
}

TEST(Facility, ReadsColumnsListsAndAnAddressCutByAPage) {
  const Convention read = ReadText(
      "Annexe 4 : Liste des équipements\n\n"
      "Type\tNom de la structure\tAdresse\tGestionnaire\n"
      "EAJE\tLes Coquelicots\t12 rue des Écoles, 99990 Valbois\tCCAS\n\n"
      "Commune de VERTPRE\t\n"
      "TYPE DE STRUCTURE\tNOM ET ADRESSE DE LA STRUCTURE\n"
      "ALSH\tALSH « Ados » Place Neuve\n\n"
      "\t99991 VERTPRE ALSH « Bel Air » 2 rue Haute 99991 VERTPRE\n\n"
      "Annexe 5 : Équipements soutenus\n\nEAJE :\n- Crèche du Lac – 4 avenue du Lac 99992 "
      "Clairfont\n");

  ASSERT_EQ(read.facilities.size(), 4u);
  EXPECT_EQ(read.facilities[0].name.text, "Les Coquelicots");
  EXPECT_EQ(read.facilities[0].address.text, "12 rue des Écoles, 99990 Valbois");
  EXPECT_EQ(read.facilities[1].address.text, "Place Neuve 99991 VERTPRE");
  EXPECT_EQ(read.facilities[1].supported_by.text, "Commune de VERTPRE");
  EXPECT_EQ(read.facilities[2].name.text, "ALSH « Bel Air »");
  EXPECT_EQ(read.facilities[3].type, "EAJE");
}

TEST(Body, ReadsHeadingsLabelsAndMeetings) {
  const Convention read = ReadText(
      "Annexe 3 : Gouvernance\n\n"
      "1. Le comité de pilotage (COPIL)\n\nComposition\nLe maire et la directrice.\n\n"
      "Organisation\nIl se réunit a minima deux fois par an.\n\n"
      "Le comité technique est composé des techniciens. Il se réunit tous les trois mois.\n");

  ASSERT_EQ(read.bodies.size(), 2u);
  EXPECT_EQ(read.bodies[0].kind, v1::BODY_KIND_STEERING);
  EXPECT_EQ(read.bodies[0].members.at(0).text, "Le maire et la directrice.");
  EXPECT_EQ(read.bodies[0].meetings_per_year_min, 2u);
  EXPECT_EQ(read.bodies[1].kind, v1::BODY_KIND_TECHNICAL);
  EXPECT_EQ(read.bodies[1].meetings_per_year_min, 4u);
}

TEST(Reference, ResolvesWhatIsMeantAndLeavesLawsAlone) {
  const Convention read = ReadText(
      "Ref\tIntitulé des actions\nI.A.1\tOuvrir une crèche\nI.A.2\tFormer (cf. fiche)\n\n"
      "I – Soutenir les familles\n\n"
      "Éléments de contexte :\n\n- Voir la fiche I.A. 2 et l'annexe 9\n\n"
      "Objectifs :\n\n- Appliquer l'article 17 de la loi\n"
      "- Suivre les articles L. 263-1, L. 223-1 et R. 14 du Code\n"
      "- Lire les articles 2, 3 et 4 du décret\n- Comparer à l'article L. 227-1\n"
      "- Tenir la loi pour le plein emploi, et ses articles 5 et 6\n"
      "- Joindre l'annexe 2 de la circulaire et revoir l'article 8 de la convention\n\n"
      "Public :\n\n- Familles\n\n"
      "Éléments de contexte :\n\n- Voir l'action A1\n\nObjectifs :\n\n- Former\n\n"
      "Public :\n\n- Équipes\n");

  std::vector<std::string> found;
  for (const Reference& each : read.references) found.push_back(each.text.text + ">" + each.target);
  EXPECT_THAT(found, ElementsAre("fiche I.A. 2>action:I.A.2", "annexe 9>", "article 8>",
                                 "action A1>action:I.A.1"));
}

TEST(Labels, KnowsLabelsThatRecognitionSpoilt) {
  EXPECT_EQ(WholeLabel("lndicateurs d'évaluation"), LabelRole::kIndicators);
  EXPECT_EQ(WholeLabel("Indicateurs d'éva1uation"), LabelRole::kIndicators);
  EXPECT_EQ(WholeLabel("0bjectifs"), LabelRole::kObjectives);
  EXPECT_EQ(WholeLabel("Option"), LabelRole::kNone) << "short words are not repaired";
  EXPECT_TRUE(StartsLikeLabel("lndicateurs"));
  EXPECT_FALSE(StartsLikeLabel("les indicateurs"));
}

TEST(Schedule, ReadsYearsThatRecognitionSpoiltAndYearsWithoutNumber) {
  EXPECT_THAT(StepsOf("2O24 : travaux"), ElementsAre("2O24|travaux"));
  EXPECT_THAT(StepsOf("Chaque année : une semaine ouverte"),
              ElementsAre("Chaque année|une semaine ouverte"));
}

TEST(Facility, FindsThoseThatASentenceNames) {
  const std::vector<ProsePlace> places = FacilitiesInProse(
      "Le relais petite enfance (RPE) « Les Lutins », 4 rue du Pont, 48993 PONT-NEUF, est soutenu "
      "par la ville. L'accueil de loisirs « Le Grand Air », place du Lavoir, 48994 L'ADRET, ouvre "
      "le mercredi. La salle « Verte », 2 rue Haute, 48994 L'ADRET, est fermée.");
  ASSERT_EQ(places.size(), 2u);
  EXPECT_EQ(places[0].place.name, "Les Lutins");
  EXPECT_EQ(places[0].place.address, "4 rue du Pont, 48993 PONT-NEUF");
  EXPECT_EQ(places[1].place.address, "place du Lavoir, 48994 L'ADRET");
}

TEST(Facility, TakesANumberAfterACommaForAnAddress) {
  const std::vector<NamedPlace> places =
      SplitFacilities("Crèche du Phare, 1 jetée Sud, 97990 PORT-TÉMOIN");
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].name, "Crèche du Phare");
  EXPECT_EQ(SplitFacilities("Crèche, 12 places, rue Haute 97990 PORT").at(0).address,
            "rue Haute 97990 PORT");
}

// A line that only repeats names of parts took time by the square of its length. A name is found
// by looking at a bounded number of words, so that a text costs what its words cost.
TEST(Bodies, ANameIsToldByABoundedNumberOfWords) {
  for (const char* text : {"comité technique de suivi et de coordination des actions",
                           "chargés de coopération ctg de la ville et de la caf",
                           "groupes de travail thematiques ouverts a tous les habitants"}) {
    const std::vector<Word> words = Words(text);
    const std::vector<Word> few(words.begin(),
                                words.begin() + static_cast<std::ptrdiff_t>(kBodyNameWords));
    const auto whole = BodyNameAt(text, words, 0);
    const auto near = BodyNameAt(text, few, 0);
    ASSERT_TRUE(whole.has_value()) << text;
    ASSERT_TRUE(near.has_value()) << text;
    EXPECT_EQ(whole->text, near->text);
  }
  const std::string text = "voir le comité technique";
  EXPECT_FALSE(BodyNameAt(text, Words(text), 1).has_value()) << "no search beyond the place asked";
  EXPECT_EQ(FindBodyName(text, Words(text), 3)->text, "comité technique");
}

TEST(Bodies, APostIsNoBodyWhereAClauseMentionsIt) {
  EXPECT_TRUE(IsPost("chargé de coopération"));
  EXPECT_FALSE(IsPost("comité de pilotage"));
  ASSERT_TRUE(BodyPairOf("Composition : les maires").has_value());
  EXPECT_EQ(BodyPairOf("Composition : les maires")->value, "les maires");
  EXPECT_FALSE(BodyPairOf("Composition").has_value());
}

// The profile of a post under labels like those of the sheets: nothing names it, so it is no
// action.
TEST(ReadPlan, APassageThatNothingNamesIsTextAndNoAction) {
  std::string text =
      "Fonctions du service\n\nContexte\nLe profil du poste.\n\nPilote\nLe service des familles\n\n"
      "Indicateurs\n\nEntretiens tenus\n\n";
  for (const char* number : {"1", "2"}) {
    absl::StrAppend(&text, "Fiche action n° ", number, " : Ouvrir un lieu\n\nContexte\nRien.\n\n",
                    "Pilote\nLa Ville\n\nIndicateurs\n\nNombre de places\n\n");
  }

  const auto reading = Read({{"d", text}});

  ASSERT_TRUE(reading.ok()) << reading.status();
  EXPECT_THAT(RefsAndTitles(reading->convention.actions),
              ElementsAre("1|Ouvrir un lieu", "2|Ouvrir un lieu"));
  std::string sections;
  for (const Section& section : reading->convention.sections)
    absl::StrAppend(&sections, section.body.text, "\n");
  for (const char* words : {"Le profil du poste.", "Pilote Le service des familles", "Indicateurs",
                            "Entretiens tenus"}) {
    EXPECT_THAT(sections, testing::HasSubstr(words));
  }
  EXPECT_GT(reading->uses[0].size(), 10u);
  for (const LineUse use : reading->uses[0]) EXPECT_NE(use, LineUse::kUnread);
}

// Rows are joined by looking at few others, whatever numbers they have.
TEST(ReadPlan, JoinsThousandsOfRows) {
  constexpr int kRows = 2'000;
  std::string same = "Ref\tIntitulé des actions\n";
  std::string own = same;
  for (int i = 0; i < kRows; ++i) {
    absl::StrAppend(&same, "1.1\tOuvrir le lieu ", i, "\n");
    absl::StrAppend(&own, i / 20 + 1, ".", i % 20 + 1, "\tOuvrir le lieu\n");
  }
  EXPECT_EQ(ReadText(same + same).actions.size(), kRows) << "printed twice, each action is one";
  EXPECT_EQ(ReadText(own).actions.size(), kRows);
}

TEST(ReadFacilities, TakesNoManagerForAFacility) {
  const Convention convention = ReadText(
      "ANNEXE 2 – SERVICES SOUTENUS\n\nAccueils de loisirs\n"
      "  – Accueil de loisirs Le Rucher, 9 avenue du Port, 29990 Plouhans. Gestionnaire : "
      "communauté\n    de communes.\n"
      "  – Accueil de loisirs Les Vagues, 2 rue Haute, 29991 Kerlan, géré par l'association Les "
      "Vagues.\n\nAnimation de la vie sociale\n"
      "  – Espace de vie sociale Le Phare, 1 quai Nord, 29992 Porzh. Gestionnaire : amicale Le "
      "Phare.\n");

  ASSERT_EQ(convention.facilities.size(), 3u);
  EXPECT_EQ(convention.facilities[0].name.text, "Accueil de loisirs Le Rucher");
  EXPECT_EQ(convention.facilities[0].address.text, "9 avenue du Port, 29990 Plouhans");
  EXPECT_EQ(convention.facilities[1].address.text, "2 rue Haute, 29991 Kerlan");
  EXPECT_EQ(convention.facilities[2].name.text, "Espace de vie sociale Le Phare");
  EXPECT_EQ(convention.facilities[2].type, "EVS");
}

TEST(Bodies, StandInATableAmongTheClauses) {
  const Convention convention = ReadText(
      "Article 1 : Instances\n\n| Instance | Qui y siège | Qui préside | Rythme "
      "|\n|---|---|---|---|\n"
      "| Comité de pilotage | Les maires | Le préfet | deux fois par an |\n"
      "| Groupes de terrain | Les parents | Personne | selon les besoins |\n\n"
      "Article 2 : Durée\n\nQuatre ans.\n");

  ASSERT_EQ(convention.bodies.size(), 2u);
  EXPECT_EQ(convention.bodies[0].name.text, "Comité de pilotage");
  EXPECT_EQ(convention.bodies[0].chair.text, "Le préfet");
  EXPECT_EQ(convention.bodies[0].meetings_per_year_min, 2u);
  EXPECT_EQ(convention.bodies[1].kind, v1::BODY_KIND_WORKING_GROUP);
}

}  // namespace
}  // namespace greffe::reader
