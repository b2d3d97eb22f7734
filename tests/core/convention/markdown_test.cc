#include "core/convention/views/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/convention/elements/french.h"
#include "core/convention/elements/markdown_element.h"
#include "core/convention/queries.h"
#include "core/convention/views/document_parts.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::Facility;
using testing_support::Put;
using testing_support::SamplePlay;

std::string Rendered(SamplePlay& play, absl::string_view date) {
  const auto view = ViewConvention(play.agglo().At(date), "");
  EXPECT_OK(view);
  return view.ok() ? RenderMarkdown(*view) : "";
}

TEST(FrenchDate, WritesTheFirstOfTheMonthAsAnOrdinal) {
  EXPECT_EQ(FrenchDate("2025-03-01"), "1er mars 2025");
  EXPECT_EQ(FrenchDate("2025-08-11"), "11 août 2025");
  EXPECT_EQ(FrenchDate("bientôt"), "bientôt");
}

TEST(RenderMarkdown, SaysThatAProjectIsNotConcluded) {
  SamplePlay play;

  EXPECT_THAT(Rendered(play, "2025-06-30"), HasSubstr("ce texte n'est pas conclu"));
}

TEST(RenderMarkdown, PrintsTheTextOfTheDayWithItsSources) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({Put(Facility("fac-2", "annex-1", "Relais", "agglo"))});
  play.Conclude(act, play.Freeze(act, "2026-01-01"));

  const std::string before = Rendered(play, "2025-12-31");
  const std::string after = Rendered(play, "2026-01-01");

  EXPECT_THAT(after, HasSubstr("# Convention territoriale globale du Vallon\n"));
  EXPECT_THAT(after, HasSubstr("**Version en vigueur au 1er janvier 2026**"));
  EXPECT_THAT(after, HasSubstr("| Commune du Vallon | Maire |"));
  EXPECT_THAT(after, HasSubstr("## Article 1 – Objet"));
  EXPECT_THAT(after,
              HasSubstr("| Agglomération du Vallon | EAJE | Relais *(avenant n° 1 du 30 juin "
                        "2025, article 1er)* |"));
  // Where clauses come from is said once; the row of the avenant says its own.
  EXPECT_THAT(after, HasSubstr("*Origine des clauses\u00a0: convention du 30 juin 2025, en effet"));
  EXPECT_THAT(after, Not(ContainsRegex("## Article 1 – Objet\n[^#]*\\*Origine")));
  EXPECT_THAT(after, HasSubstr("`gt1.test`"));
  EXPECT_THAT(before, Not(HasSubstr("Relais")));
}

TEST(RenderMarkdown, NamesTheActOfEachClauseAmongThoseOfAnother) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element annex;
  annex.set_id("annex-1");
  annex.mutable_annex()->set_number("1");
  annex.mutable_annex()->set_title("Équipements du bassin");
  annex.mutable_annex()->set_content(v1::ANNEX_CONTENT_INLINE);
  const std::string act = play.Propose({Put(annex)});
  play.Conclude(act, play.Freeze(act, "2026-01-01"));

  const std::string text = Rendered(play, "2026-01-01");

  // The annex is the avenant's, the table below it is not.
  EXPECT_THAT(
      text, ContainsRegex("Équipements du bassin\n[^#|]*\\*Rédaction issue de l'avenant n° 1 du 30 "
                          "juin 2025, article 1er, en effet depuis[^#|]*\\*Origine\u00a0: "
                          "convention du 30 juin 2025[^#|]*\\| Soutenu par"));
}

TEST(VersionTitle, FollowsWhatTheTextIsOnThatDay) {
  v1::ConventionView view;
  view.set_in_force_on("2026-03-01");
  view.set_clock_date("2026-03-01");
  view.set_start_date("2026-01-01");
  view.set_end_date("2029-12-31");
  view.mutable_force()->set_efficacy_until("2026-06-01");
  const auto title = [&](v1::ConventionStanding standing) {
    view.set_standing(standing);
    return VersionTitle(view);
  };
  EXPECT_EQ(title(v1::CONVENTION_STANDING_CONCLUDED),
            "Version qui prendra effet le 1er janvier 2026");
  view.set_in_force_since("2025-12-12");
  EXPECT_THAT(StandingText(view), HasSubstr("conclue le 12 décembre 2025 (dernière signature), pas "
                                            "encore en vigueur"));
  EXPECT_EQ(title(v1::CONVENTION_STANDING_IN_FORCE), "Version en vigueur au 1er mars 2026");
  EXPECT_EQ(title(v1::CONVENTION_STANDING_EXPIRED), "Version en vigueur jusqu'au 31 mai 2026");
  EXPECT_EQ(title(v1::CONVENTION_STANDING_TERMINATED),
            "Version en vigueur jusqu'au 31 mai 2026 (fin avant le terme)");
  EXPECT_THAT(StandingText(view), HasSubstr("effet du 1er janvier 2026 au 31 mai 2026 inclus"));
  // Known to end early, on whatever day one reads it.
  title(v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_THAT(StandingText(view), HasSubstr("effet du 1er janvier 2026 au 31 mai 2026 inclus"));
  view.set_clock_date("2026-02-01");
  EXPECT_EQ(title(v1::CONVENTION_STANDING_IN_FORCE),
            "Version qui sera en vigueur au 1er mars 2026");
  view.set_project(true);
  EXPECT_THAT(title(v1::CONVENTION_STANDING_PROJECT),
              HasSubstr("ce texte n'est pas conclu. État au"));
}

TEST(RenderMarkdown, GroupsFacilitiesByPartyInTheOrderOfTheText) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({Put(Facility("fac-2", "annex-1", "Relais", "agglo"))});
  play.Conclude(act, play.Freeze(act, "2026-01-01"));

  const std::string text = Rendered(play, "2026-01-01");

  EXPECT_LT(text.find("| Agglomération du Vallon | EAJE"), text.find("| Commune du Vallon | EAJE"));
}

TEST(RenderMarkdown, NamesTheConventionBeforeThisOneInTheFollowUp) {
  v1::ConventionView view;
  v1::FollowUpView* one = view.add_follow_up();
  one->set_element_id("terms");
  v1::Predecessor* before = one->add_values()->mutable_predecessor();
  before->set_title("Convention 2021-2024");
  before->set_start_date("2021-01-01");
  before->set_end_date("2024-12-31");

  EXPECT_THAT(RenderMarkdown(view),
              HasSubstr("convention précédente\u00a0: Convention 2021-2024, du 1er janvier 2021 au "
                        "31 décembre 2024"));
}

TEST(RenderMarkdown, ShowsClashesSideBySide) {
  v1::ConventionView view;
  v1::Clash* clash = view.add_clashes();
  clash->set_element_id("art-1");
  clash->add_sides()->mutable_element()->mutable_article()->set_body("Une rédaction");
  clash->mutable_sides(0)->mutable_origin()->set_label("avenant n° 1");
  clash->add_sides()->mutable_origin()->set_label("avenant n° 2");

  const std::string text = RenderMarkdown(view);

  EXPECT_THAT(text, HasSubstr("Une rédaction"));
  EXPECT_THAT(text, HasSubstr("Élément supprimé."));
  EXPECT_THAT(text, HasSubstr("L-30"));
}

TEST(RenderMarkdown, SaysOfTheWordingsOfAProjectThatNoActWroteThem) {
  v1::ConventionView view;
  view.set_project(true);
  v1::Clash* clash = view.add_clashes();
  clash->set_element_id("art-1");
  clash->add_sides()->mutable_element()->mutable_article()->set_body("Une rédaction");
  clash->add_sides()->mutable_element()->mutable_article()->set_body("Une autre");

  const std::string text = RenderMarkdown(view);

  EXPECT_THAT(text, HasSubstr("l'une est à retenir avant de figer le texte"));
  EXPECT_THAT(text, HasSubstr("Rédaction 2"));
  EXPECT_THAT(text, Not(HasSubstr("L-30")));
  EXPECT_THAT(text, Not(HasSubstr("Selon")));
}

TEST(MarkdownText, KeepsWhatWasWrittenAsItWasWritten) {
  EXPECT_EQ(MarkdownText("# a *b* <c>\nd\n\ne"), "\\# a \\*b\\* \\<c>  \nd\n\ne");
  EXPECT_EQ(MarkdownCell("a|b\nc"), "a\\|b c");
}

TEST(MarkdownElement, WritesAmountsAndStatesInFrench) {
  v1::Element funding;
  funding.mutable_funding_line()->set_amount_cents(123456705);
  v1::Element rubric;
  rubric.mutable_rubric()->set_label("Public visé");
  rubric.mutable_rubric()->set_state(v1::FILLED_STATE_NONE);

  EXPECT_THAT(MarkdownElement(funding, 2), HasSubstr("1\u202f234\u202f567,05\u00a0€"));
  EXPECT_THAT(MarkdownElement(rubric, 2), HasSubstr("**Public visé\u00a0:** Néant."));
}

}  // namespace
}  // namespace greffe
