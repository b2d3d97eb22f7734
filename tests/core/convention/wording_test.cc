#include "core/convention/views/wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/convention/queries.h"
#include "core/convention/views/printed_avenant.h"
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
  EXPECT_THAT(term[0], ::testing::EndsWith(" au 31 décembre 2029."));
  v1::Element later = SampleElement("terms");
  later.mutable_terms()->set_start_date("2025-02-01");
  EXPECT_THAT(Wordings(play, {Put(later)}),
              ElementsAre("La convention a effet du 1er février 2025 au 31 décembre 2029, au lieu "
                          "du 1er janvier 2025 au 31 décembre 2029."));
  v1::Element land = SampleElement("terms");
  land.mutable_terms()->set_territory("Le Haut-Vallon");
  EXPECT_THAT(
      Wordings(play, {Put(land)}),
      ElementsAre("Le territoire de la convention est ainsi désigné : « Le Haut-Vallon »."));

  v1::Element named = SampleElement("terms");
  named.mutable_terms()->set_title("CTG du Vallon");
  EXPECT_THAT(Wordings(play, {Put(named)}),
              ElementsAre("Le titre de la convention est ainsi rédigé : « CTG du Vallon »."));
}

TEST(Wording, NumbersAnArticleThatHasNoNumberAfterTheOneBefore) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element article = SampleElement("art-1");
  article.set_id("art-2");
  article.clear_position();
  article.mutable_article()->clear_number();
  EXPECT_THAT(Wordings(play, {Put(article)}),
              ElementsAre(HasSubstr("Après l'article 1er, il est inséré un article 1 bis")));
  article.mutable_article()->set_number("2");
  EXPECT_THAT(Wordings(play, {Put(article)}),
              ElementsAre(HasSubstr("Après l'article 1er, il est inséré un article 2")));
}

TEST(Wording, NumbersNothingElseAfterAnArticle) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element annex = SampleElement("annex-1");
  annex.set_id("annex-2");
  annex.mutable_annex()->clear_number();
  const v1::ConventionView text = ViewConvention(play.agglo().At("2026-06-30"), "").value();
  for (const auto& one : text.elements()) {
    if (one.element().id() == "art-1") annex.set_position(one.element().position() + "V");
  }
  const std::vector<std::string> said = Wordings(play, {Put(annex)});
  ASSERT_EQ(said.size(), 1u);
  EXPECT_THAT(said[0], HasSubstr("Après l'article 1er, il est inséré"));
  EXPECT_THAT(said[0], ::testing::Not(HasSubstr("1 bis")));

  v1::Element article = SampleElement("art-1");
  article.set_id("art-0");
  article.set_position("01");
  article.mutable_article()->clear_number();
  EXPECT_THAT(Wordings(play, {Put(article)}), ElementsAre(::testing::Not(HasSubstr("bis"))));
}

TEST(Wording, SaysWhereWhatIsInsertedStandsAmongItsSiblingsAlone) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element action = SampleElement("act-1");
  action.set_id("act-0");
  action.mutable_action()->set_ref("1.0");
  // Beyond what stands elsewhere in the text too.
  action.set_position("zz");
  EXPECT_THAT(Wordings(play, {Put(action)}), ElementsAre(HasSubstr("Après la fiche action 1.1")));
}

TEST(Wording, NamesTheValuesOfAForm) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element indicator = testing_support::Indicator("ind-9", "act-1", "Nombre de places");
  indicator.mutable_indicator()->set_target("30");
  EXPECT_THAT(Wordings(play, {Put(indicator)}),
              ElementsAre(::testing::AllOf(
                  HasSubstr("La liste des indicateurs de la fiche action 1.1 est complétée par"),
                  HasSubstr("« Nombre de places\nUnité : places\nCible : 30 »"))));
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
  EXPECT_EQ(ActVisa(v1::ACT_KIND_AVENANT, "avenants", ""), "Vu l'avenant « avenants »");
  EXPECT_EQ(ActVisa(v1::ACT_KIND_AGREED_TERMINATION, "résiliation amiable", "2026-01-02"),
            "Vu la résiliation amiable, conclue le 2 janvier 2026");
  EXPECT_EQ(ActVisa(v1::ACT_KIND_AGREED_TERMINATION, "Fin anticipée", ""),
            "Vu la résiliation amiable « Fin anticipée »");
}

}  // namespace
}  // namespace greffe
