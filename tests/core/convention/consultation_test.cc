#include "core/convention/reading/consultation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"

namespace greffe::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Element BodyElement(const std::string& id, const std::string& name, v1::BodyKind kind) {
  v1::Element out;
  out.set_id(id);
  out.mutable_body()->set_name(name);
  out.mutable_body()->set_kind(kind);
  return out;
}

// Three committees, each of which was shown the frozen text: which of them count.
struct Shown {
  Scenario play;
  History::Event frozen = 0;

  Shown() {
    const auto drafted = play.history.Write(
        play.a, "a",
        Draft(play.original,
              {BodyElement("copil", "Comité directeur", v1::BODY_KIND_STEERING),
               BodyElement("cotech", "Cellule d'appui", v1::BODY_KIND_TECHNICAL),
               BodyElement("autre", "Conseil des familles", v1::BODY_KIND_UNSPECIFIED)}));
    frozen = play.history.Write(play.a, "a",
                                Freeze(play.original, {play.Leaf(play.draft), play.Leaf(drafted)},
                                       play.offices, "2024-01-01"));
    for (const char* const body : {"copil", "cotech", "autre", "ailleurs"}) {
      v1::LifeRecorded shown =
          Answering(Plain(v1::LifeRecorded::kCommitteeConsulted, "2025-07-01"), play.Leaf(frozen));
      shown.mutable_committee_consulted()->set_body_id(body);
      play.history.Write(play.a, "a", Happened(std::move(shown)));
    }
    play.SignByAll(frozen, "2024-02-01");
  }
  std::vector<std::string> Counting(const std::optional<ConsultationClause>& clause) {
    const StateData& data = play.Data();
    const AmendedText text(Consolidate(data, Day("2025-06-30")));
    std::vector<std::string> out;
    for (const EventNumber event :
         ConsultationsOf(data, data.FindRevision(play.Leaf(frozen)), text, clause)) {
      out.push_back(data.Text(data.life[data.life_by_event.at(event)].detail));
    }
    return out;
  }
  std::vector<std::string> Counting(const std::string& element_id, const std::string& quote) {
    return Counting(ConsultationClause{element_id, quote});
  }
};

TEST(Consultation, CountsOfTheCommitteeThatTheClauseNames) {
  Shown shown;
  EXPECT_THAT(shown.Counting("art-1", "Les avenants sont soumis au conseil des familles."),
              ElementsAre("autre"));
  // The name says more than the kind.
  EXPECT_THAT(shown.Counting("art-1",
                             "Le comité de pilotage, dit comité directeur, et le comité technique "
                             "examinent les avenants."),
              ElementsAre("copil"));
}

TEST(Consultation, CountsOfTheCommitteesOfTheKindThatTheClauseNames) {
  Shown shown;
  EXPECT_THAT(shown.Counting("art-1", "Le comité technique examine les avenants."),
              ElementsAre("cotech"));
  EXPECT_THAT(shown.Counting("art-1", "Le COPIL et le comité technique examinent les avenants."),
              ElementsAre("copil", "cotech"));
}

// A clause among the functions of a committee is about that committee.
TEST(Consultation, CountsOfTheCommitteeWhoseFunctionItIs) {
  Shown shown;
  EXPECT_THAT(shown.Counting("autre", "Les avenants lui sont soumis."), ElementsAre("autre"));
  EXPECT_THAT(shown.Counting("autre", "Les avenants sont soumis au COPIL."),
              ElementsAre("copil", "autre"));
  // Named, another is meant; itself named, it alone.
  EXPECT_THAT(shown.Counting("autre", "Les avenants sont soumis au comité directeur."),
              ElementsAre("copil"));
  EXPECT_THAT(shown.Counting("autre",
                             "Les avenants sont soumis au conseil des familles et au "
                             "comité technique."),
              ElementsAre("autre"));
}

TEST(Consultation, CountsOfAnyCommitteeOfTheTextWhereNoneIsNamed) {
  Shown shown;
  EXPECT_THAT(shown.Counting("art-1", "Les avenants sont soumis à l'instance compétente."),
              ElementsAre("copil", "cotech", "autre"));
  EXPECT_THAT(shown.Counting(std::nullopt), ElementsAre("copil", "cotech", "autre"));
  const StateData& data = shown.play.Data();
  EXPECT_THAT(ConsultationsOf(data, kNone, AmendedText(Consolidate(data, Day("2025-06-30"))), {}),
              IsEmpty());
}

}  // namespace
}  // namespace greffe::test
