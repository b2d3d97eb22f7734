#include "core/convention/wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/convention/printed_avenant.h"
#include "core/convention/queries.h"
#include "tests/support/sample_play.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_support::Facility;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SampleElement;
using testing_support::SamplePlay;

std::vector<std::string> Wordings(SamplePlay& play, const std::vector<v1::Change>& changes) {
  const std::string act = play.Propose(changes);
  std::vector<std::string> out;
  const v1::InstrumentView view = ViewInstrument(play.agglo().At("2026-06-30"), act).value();
  EXPECT_TRUE(view.proved());
  for (const v1::Operation& one : view.operations()) out.push_back(one.wording());
  return out;
}

TEST(Wording, NamesTheListOfARowThatStandsInNoAnnex) {
  SamplePlay play;
  play.ConcludeOriginal();
  EXPECT_THAT(Wordings(play, {Put(Facility("fac-2", "", "Relais", "vallon"))}),
              ElementsAre(HasSubstr("La liste des équipements est complétée par : « Relais")));
  EXPECT_THAT(Wordings(play, {Put(Facility("fac-2", "annex-1", "Relais", "vallon"))}),
              ElementsAre(HasSubstr("La liste de l'annexe 1 est complétée par : « Relais")));
  const std::string act = play.Propose({Put(Facility("fac-3", "", "Relais", "vallon"))});
  play.Conclude(act, play.Freeze(act, "2026-01-01"));
  EXPECT_THAT(Wordings(play, {Remove("fac-3")}),
              ElementsAre("La ligne « Relais » de la liste des équipements est supprimée."));
}

TEST(Wording, OfTheTermsSaysWhatChangesAlone) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element terms = SampleElement("terms");
  terms.mutable_terms()->set_end_date("2031-02-28");
  const std::vector<std::string> term = Wordings(play, {Put(terms)});
  ASSERT_EQ(term.size(), 1u);
  EXPECT_THAT(term[0], ::testing::StartsWith("La convention a effet du 1er "));
  EXPECT_THAT(term[0], HasSubstr(" au 28 février 2031, au lieu du 1er "));

  v1::Element named = SampleElement("terms");
  named.mutable_terms()->set_title("CTG du Vallon");
  EXPECT_THAT(Wordings(play, {Put(named)}),
              ElementsAre("Le titre de la convention est ainsi rédigé : « CTG du Vallon »."));
}

TEST(Wording, NamesTheValuesOfAForm) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element indicator = testing_support::Indicator("ind-9", "act-1", "Nombre de places");
  indicator.mutable_indicator()->set_target("30");
  EXPECT_THAT(Wordings(play, {Put(indicator)}),
              ElementsAre(HasSubstr("« Nombre de places\nUnité : places\nCible : 30 »")));
}

TEST(Wording, CitesTheActsItBuildsOnByNameAndDayOldestFirst) {
  SamplePlay play;
  play.ConcludeOriginal();
  for (const std::string element : {"ind-1", "fac-1"}) {
    const std::string act = play.Propose({Remove(element)});
    play.Conclude(act, play.Freeze(act, "2026-01-01"));
  }
  const std::string act = play.Propose({Put(Facility("fac-2", "annex-1", "Relais", "vallon"))});

  const std::string heading = ViewInstrument(play.agglo().At("2026-06-30"), act).value().heading();
  const std::size_t first = heading.find("\nVu l'avenant n° 1, conclu le ");
  const std::size_t second = heading.find("\nVu l'avenant n° 2, conclu le ");
  ASSERT_NE(first, std::string::npos) << heading;
  ASSERT_NE(second, std::string::npos) << heading;
  EXPECT_LT(first, second);
}

TEST(ActVisa, QuotesWhatIsNotNamedByItsKind) {
  EXPECT_EQ(ActVisa(v1::ACT_KIND_AVENANT, "av1", "2026-01-02"),
            "Vu l'avenant « av1 », conclu le 2 janvier 2026");
  EXPECT_EQ(ActVisa(v1::ACT_KIND_COMMITTEE_DECISION, "Priorités", "2026-01-02"),
            "Vu la décision du comité « Priorités », conclue le 2 janvier 2026");
  EXPECT_EQ(ActVisa(v1::ACT_KIND_AVENANT, "avenant n° 3", ""), "Vu l'avenant n° 3");
}

}  // namespace
}  // namespace greffe
