#include "core/rules/change_class.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

ChangeFacts Changed(v1::Element::ContentCase kind, std::vector<std::string> fields) {
  ChangeFacts out;
  out.kind = kind;
  out.how = v1::DIFF_KIND_CHANGED;
  out.fields = std::move(fields);
  out.action_id = "action-1";
  return out;
}

constexpr char kCommittee[] =
    "Un comité de pilotage assure le suivi des engagements, en redéfinit si besoin les priorités.\n"
    "Le calendrier des actions est à affiner chaque année.\n"
    "De nouveaux indicateurs pourront être intégrés en cours de convention. Une analyse à "
    "mi-chemin "
    "identifie les correctifs à apporter à la mise en œuvre de l'action.";

std::vector<Delegation> Of(absl::string_view text, const std::string& action = "") {
  return FindDelegations({.clause_id = "annexe-4", .action_id = action}, text);
}

TEST(ChangeClass, IsAnAvenantUnlessKnownToBeLess) {
  const std::vector<Delegation> all = Of(kCommittee);
  const v1::Element::ContentCase kinds[] = {
      v1::Element::kTerms,     v1::Element::kParty,       v1::Element::kArticle,
      v1::Element::kAnnex,     v1::Element::kAxis,        v1::Element::kObjective,
      v1::Element::kAction,    v1::Element::kFacility,    v1::Element::kBody,
      v1::Element::kTextBlock, v1::Element::kFundingLine, v1::Element::CONTENT_NOT_SET};
  for (const auto kind : kinds) {
    const Classified got = ClassOf(Changed(kind, {"anything"}), all);
    EXPECT_EQ(got.change_class, v1::CHANGE_CLASS_AVENANT) << kind;
    EXPECT_THAT(got.why.fr, HasSubstr("L-30")) << kind;
    EXPECT_EQ(got.clause, nullptr);
  }
}

// L-16, L-17, L-26.
TEST(ChangeClass, KeepsCommitmentsToAllParties) {
  const auto changed = [](v1::Element::ContentCase kind) { return Changed(kind, {"anything"}); };
  ChangeFacts communication = changed(v1::Element::kArticle);
  communication.role = v1::CLAUSE_ROLE_COMMUNICATION;
  ChangeFacts rubric = changed(v1::Element::kRubric);
  rubric.rubric = v1::RUBRIC_KIND_COMMUNICATION;
  const std::pair<ChangeFacts, const char*> commitments[] = {
      {changed(v1::Element::kFacility), "(L-16)"},
      {changed(v1::Element::kFundingLine), "(L-17)"},
      {communication, "(L-26)"},
      {rubric, "(L-26)"}};
  for (const auto& [facts, rule] : commitments) {
    const Classified got = ClassOf(facts, {});
    EXPECT_EQ(got.change_class, v1::CHANGE_CLASS_AVENANT) << rule;
    EXPECT_THAT(got.why.fr, HasSubstr(rule));
    EXPECT_THAT(got.why.en, HasSubstr(rule));
  }
  EXPECT_THAT(ClassOf(communication, {}).why.fr,
              HasSubstr("la communication se décide d'un commun accord"));
  EXPECT_THAT(ClassOf(changed(v1::Element::kArticle), {}).why.fr,
              ::testing::Not(HasSubstr("la communication")));
  // With a clause that leaves it the conduct of actions, a committee decides it: in common as well.
  EXPECT_EQ(ClassOf(rubric, Of(kCommittee)).change_class, v1::CHANGE_CLASS_COMMITTEE_DECISION);
  EXPECT_FALSE(CommitmentOf(changed(v1::Element::kArticle)).has_value());
  EXPECT_FALSE(CommitmentOf(changed(v1::Element::kRubric)).has_value());
}

// What is judged by the kind alone never refuses what the whole change would allow.
TEST(ChangeClass, KnowsTheKindsThatAreEverLeft) {
  for (int number = 0; number <= v1::Element::descriptor()->field_count(); ++number) {
    const auto* const field = v1::Element::descriptor()->FindFieldByNumber(number);
    const bool content = field != nullptr && field->real_containing_oneof() != nullptr;
    if (number != 0 && !content) continue;
    const auto kind = static_cast<v1::Element::ContentCase>(number);
    bool ever = false;
    for (const v1::DiffKind how : {v1::DIFF_KIND_ADDED, v1::DIFF_KIND_CHANGED}) {
      for (const char* changed : {"position", "text"}) {
        ChangeFacts facts = Changed(kind, {changed});
        facts.how = how;
        facts.rubric = v1::RUBRIC_KIND_MEANS;
        ever = ever || ClassOf(facts, {}).delegable;
      }
    }
    EXPECT_EQ(EverDelegated(kind), ever) << number;
  }
}

TEST(ChangeClass, LeavesNothingToAPartyThatSetsPrioritiesOfItsOwn) {
  constexpr char kAlone[] = "La Ville peut redéfinir seule ses priorités internes.";
  EXPECT_THAT(Of(kAlone), IsEmpty());
  EXPECT_THAT(FindDelegations({.clause_id = "copil", .of_body = true},
                              "Redéfinir si besoin les priorités."),
              SizeIs(1));
}

TEST(ChangeClass, LeavesPrioritiesAndSchedulesToTheCommitteeThatAClauseNames) {
  const std::vector<Delegation> all = Of(kCommittee);
  const Classified order = ClassOf(Changed(v1::Element::kAction, {"position"}), all);
  EXPECT_EQ(order.change_class, v1::CHANGE_CLASS_COMMITTEE_DECISION);
  ASSERT_NE(order.clause, nullptr);
  EXPECT_EQ(order.clause->clause_id, "annexe-4");
  EXPECT_THAT(order.clause->quote, HasSubstr("en redéfinit si besoin les priorités."));

  const Classified schedule = ClassOf(Changed(v1::Element::kSchedule, {"schedule.to"}), all);
  EXPECT_EQ(schedule.change_class, v1::CHANGE_CLASS_COMMITTEE_DECISION);
  EXPECT_EQ(schedule.clause->quote, "Le calendrier des actions est à affiner chaque année.");
}

TEST(ChangeClass, WantsAQuotedClauseForACommitteeDecision) {
  for (const auto& change : {Changed(v1::Element::kAction, {"position"}),
                             Changed(v1::Element::kSchedule, {"schedule.to"})}) {
    const Classified got = ClassOf(change, {});
    EXPECT_EQ(got.change_class, v1::CHANGE_CLASS_AVENANT);
    EXPECT_TRUE(got.delegable);
    EXPECT_THAT(got.why.fr, HasSubstr("aucune clause qui délègue ce changement n'a été reconnue"));
  }
}

TEST(ChangeClass, LetsIndicatorsBeAddedNotChanged) {
  const std::vector<Delegation> all = Of(kCommittee);
  ChangeFacts indicator = Changed(v1::Element::kIndicator, {"indicator.target"});
  EXPECT_EQ(ClassOf(indicator, all).change_class, v1::CHANGE_CLASS_AVENANT);
  indicator.how = v1::DIFF_KIND_REMOVED;
  EXPECT_EQ(ClassOf(indicator, all).change_class, v1::CHANGE_CLASS_AVENANT);
  indicator.how = v1::DIFF_KIND_ADDED;
  EXPECT_EQ(ClassOf(indicator, all).change_class, v1::CHANGE_CLASS_COMMITTEE_DECISION);
}

TEST(ChangeClass, LetsConductBeCorrectedNotObjectivesOrPartners) {
  const std::vector<Delegation> all = Of(kCommittee);
  ChangeFacts rubric = Changed(v1::Element::kRubric, {"rubric.items[0].text"});
  rubric.rubric = v1::RUBRIC_KIND_CONTENT;
  EXPECT_EQ(ClassOf(rubric, all).change_class, v1::CHANGE_CLASS_COMMITTEE_DECISION);
  for (const auto kind : {v1::RUBRIC_KIND_OBJECTIVES, v1::RUBRIC_KIND_PARTNERS,
                          v1::RUBRIC_KIND_PILOTS, v1::RUBRIC_KIND_UNSPECIFIED}) {
    rubric.rubric = kind;
    EXPECT_EQ(ClassOf(rubric, all).change_class, v1::CHANGE_CLASS_AVENANT) << kind;
  }
}

TEST(ChangeClass, KeepsWhatASheetSaysOfRegulationsToThatSheet) {
  constexpr char kSentence[] = "Ces missions sont amenées à évoluer avec les décrets.";
  EXPECT_THAT(Of(kSentence), IsEmpty());
  const std::vector<Delegation> own = Of(kSentence, "action-1");
  ASSERT_THAT(own, SizeIs(1));
  ChangeFacts rubric = Changed(v1::Element::kRubric, {"rubric.items[0].text"});
  rubric.rubric = v1::RUBRIC_KIND_CONTENT;
  const Classified got = ClassOf(rubric, own);
  EXPECT_EQ(got.change_class, v1::CHANGE_CLASS_COMMITTEE_DECISION);
  EXPECT_THAT(got.why.fr, HasSubstr("évolution de la réglementation"));
  rubric.action_id = "action-2";
  EXPECT_EQ(ClassOf(rubric, own).change_class, v1::CHANGE_CLASS_AVENANT);
}

TEST(ChangeClass, TakesAnAddressForFollowUp) {
  EXPECT_EQ(ClassOf(Changed(v1::Element::kParty, {"party.address"}), {}).change_class,
            v1::CHANGE_CLASS_FOLLOW_UP);
  EXPECT_EQ(ClassOf(Changed(v1::Element::kParty, {"party.address", "party.name"}), {}).change_class,
            v1::CHANGE_CLASS_AVENANT);
}

TEST(Delegations, AreNotReadIntoASentenceThatDeniesOrWantsAnAvenant) {
  EXPECT_THAT(Of("Les indicateurs ne pourront être intégrés qu'après accord."), IsEmpty());
  EXPECT_THAT(Of("Les indicateurs pourront être intégrés par avenant."), IsEmpty());
  EXPECT_THAT(Of("Les priorités sont la petite enfance et la jeunesse."), IsEmpty());
  EXPECT_THAT(Of("Le calendrier est joint en annexe."), IsEmpty());
  EXPECT_THAT(Of("Les indicateurs pourront être intégrés au projet."), SizeIs(1));
}

TEST(Delegations, AreWhatACommitteeMayDoItself) {
  const auto matter = [](absl::string_view text,
                         std::span<const std::vector<std::string>> bodies = {}) {
    const auto found = FindDelegations({.clause_id = "art-3", .bodies = bodies}, text);
    return found.size() == 1 ? std::optional(found[0].matter) : std::nullopt;
  };
  EXPECT_EQ(matter("Le comité de pilotage valide les bilans et peut réviser l'échéancier."),
            Matter::kSchedule);
  EXPECT_EQ(matter("Le comité peut, sans avenant, compléter la liste des indicateurs."),
            Matter::kIndicators);
  EXPECT_EQ(matter("Le comité peut, sans avenant, changer l'ordre des priorités."),
            Matter::kPriorities);
  // By the name of a body of the text.
  const std::vector<std::vector<std::string>> bodies{{"conference", "des", "familles"}};
  constexpr absl::string_view kNamed =
      "La conférence des familles peut, sans écrit additionnel, déplacer les échéances.";
  EXPECT_EQ(matter(kNamed, bodies), Matter::kSchedule);
  EXPECT_EQ(matter(kNamed), std::nullopt);
  // The parties, an avenant, or nobody.
  EXPECT_EQ(matter("Le comité se réunit. Les parties peuvent réviser l'échéancier."), std::nullopt);
  EXPECT_EQ(matter("Le comité peut réviser l'échéancier par avenant."), std::nullopt);
  EXPECT_EQ(matter("On peut réviser l'échéancier."), std::nullopt);
}

TEST(Schedules, BeyondTheTermTakeAnAvenant) {
  const CivilDate end = Day("2027-12-31");
  const auto beyond = [&](std::vector<std::string> words) { return BeyondTerm(words, end); };
  EXPECT_FALSE(beyond({"2025", "fin 2027"}));
  EXPECT_TRUE(beyond({"2025", "2028"}));
  EXPECT_TRUE(beyond({"2026", "Prochaine CTG"}));
  EXPECT_TRUE(beyond({"en continu"}));
  EXPECT_TRUE(BeyondTerm(std::vector<std::string>{"2027"}, Day("2027-06-30")));

  ChangeFacts schedule = Changed(v1::Element::kSchedule, {"schedule.to"});
  schedule.beyond_term = true;
  const std::vector<Delegation> all = Of(kCommittee);
  EXPECT_EQ(ClassOf(schedule, all).change_class, v1::CHANGE_CLASS_AVENANT);
  EXPECT_THAT(ClassOf(schedule, all).why.fr, HasSubstr("dépasse le terme"));
}

TEST(Instrument, OfACommitteeCarriesNoAvenant) {
  const Classified terms = ClassOf(Changed(v1::Element::kTerms, {"terms.end_date"}), {});
  const auto found = CheckInstrument(v1::ACT_KIND_COMMITTEE_DECISION, terms);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].rule, Rule::kAvenantNeeded);
  EXPECT_THAT(CheckInstrument(v1::ACT_KIND_AVENANT, terms), IsEmpty());
}

TEST(Instrument, OfACommitteeWithoutAClauseIsRefusedForThat) {
  const auto found = CheckInstrument(v1::ACT_KIND_COMMITTEE_DECISION,
                                     ClassOf(Changed(v1::Element::kSchedule, {"schedule.to"}), {}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].rule, Rule::kDelegatedChange);
  EXPECT_EQ(found[0].code, "clause-missing");
}

TEST(ScheduleInsideTerm, NamesNoYearAfterTheLastDay) {
  const auto beyond = [](std::vector<std::string> wordings) {
    return CheckScheduleInsideTerm(wordings, *CivilDate::Parse("2026-06-30", "day"));
  };
  ASSERT_TRUE(beyond({"2023", "2023-2027"}).has_value());
  EXPECT_EQ(beyond({"2023", "2023-2027"})->words.fr,
            "l'échéancier va jusqu'en 2027 ; la convention finit le 30 juin 2026.");
  EXPECT_EQ(beyond({"2023", "2023-2027"})->words.en,
            "the schedule goes to 2027; the convention ends on 30 June 2026.");
  EXPECT_FALSE(beyond({"2023", "2026"}).has_value());
  EXPECT_FALSE(beyond({"Durant toute la convention"}).has_value());
}

}  // namespace
}  // namespace greffe::rules
