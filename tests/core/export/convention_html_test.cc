#include "core/export/convention_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/convention/queries.h"
#include "tests/core/export/html_check.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing_support::Facility;
using testing_support::ProblemsOfPage;
using testing_support::Put;
using testing_support::SamplePlay;

std::string Rendered(SamplePlay& play, absl::string_view date) {
  const auto view = ViewConvention(play.agglo().At(date), "");
  EXPECT_OK(view);
  return view.ok() ? RenderConventionHtml(*view, {}) : "";
}

// An article that an avenant rewrote and a facility that it added.
std::string AmendedPage(SamplePlay& play) {
  play.ConcludeOriginal();
  v1::Element article;
  article.set_id("art-1");
  article.mutable_article()->set_number("1");
  article.mutable_article()->set_title("Objet");
  article.mutable_article()->set_body("Une autre rédaction.\n\nSecond alinéa.");
  const std::string act =
      play.Propose({Put(article), Put(Facility("fac-2", "annex-1", "Relais", "agglo"))});
  play.Conclude(act, play.Freeze(act, "2026-03-01"));
  return Rendered(play, "2026-03-01");
}

v1::ConventionView Hostile(const std::string& text) {
  v1::ConventionView view;
  view.set_title(text);
  view.set_cut(text);
  view.set_text_digest(text);
  view.set_in_force_on(text);
  view.mutable_on_paper()->set_text(text);
  view.mutable_force()->set_text(text);
  auto* article = view.add_elements();
  article->mutable_element()->set_id(text);
  article->mutable_element()->mutable_article()->set_title(text);
  article->mutable_element()->mutable_article()->set_body(text);
  article->mutable_origin()->set_label(text);
  article->mutable_origin()->set_revision("aa");
  auto* rubric = view.add_elements()->mutable_element()->mutable_rubric();
  rubric->set_label(text);
  rubric->add_items()->set_text(text);
  auto* party = view.add_elements()->mutable_element()->mutable_party();
  party->set_name(text);
  party->set_address(text);
  party->add_signing_offices()->set_office(text);
  auto* facility = view.add_elements()->mutable_element()->mutable_facility();
  facility->set_name(text);
  facility->set_supported_by(text);
  auto* indicator = view.add_elements()->mutable_element()->mutable_indicator();
  indicator->set_text(text);
  indicator->set_unit(text);
  auto* annex = view.add_elements();
  annex->mutable_element()->mutable_annex()->set_content(v1::ANNEX_CONTENT_RESERVED);
  auto* annexed = annex->add_annexed();
  annexed->set_party(text);
  annexed->set_attachment_label(text);
  annexed->set_struck(text);
  annexed->mutable_deliberation()->mutable_deliberation()->set_assembly(text);
  annexed->mutable_deliberation()->mutable_deliberation()->set_receipt_id(text);
  auto* clash = view.add_clashes();
  clash->set_element_id(text);
  clash->add_sides()->mutable_origin()->set_label(text);
  clash->add_sides()->mutable_element()->mutable_article()->set_body(text);
  view.add_findings()->set_text(text);
  auto* follow_up = view.add_follow_up();
  follow_up->set_element_id(text);
  follow_up->set_period(text);
  follow_up->add_values()->mutable_measurement()->set_value(text);
  return view;
}

TEST(RenderConventionHtml, SaysWhichVersionAndWhichActWroteEachClause) {
  SamplePlay play;

  const std::string page = AmendedPage(play);

  EXPECT_THAT(page, HasSubstr("<p class=\"version\">Version en vigueur au 1er mars 2026</p>"));
  EXPECT_THAT(
      page,
      HasSubstr("Une autre rédaction.</p>\n<p>Second alinéa.</p>\n<p class=\"origin "
                "later\">Modifié par l&#39;avenant n° 1 du 30 juin 2025, article 1er, en effet "
                "depuis le 1er mars 2026</p>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">Relais</th>"));
  EXPECT_THAT(page,
              HasSubstr("<td>Modifié par l&#39;avenant n° 1 du 30 juin 2025, article 2, en effet "
                        "depuis le 1er mars 2026</td>"));
  EXPECT_THAT(page, HasSubstr("<p class=\"origin\">Origine\u00a0: "));
  EXPECT_THAT(page, HasSubstr("<code>gt1.test</code>"));
  EXPECT_THAT(ProblemsOfPage(page), IsEmpty());
}

TEST(RenderConventionHtml, NamesOnceTheActThatWroteAWholeTable) {
  v1::ConventionView view;
  for (const char* name : {"Commune d'Y", "Caf de X"}) {
    auto* one = view.add_elements();
    one->mutable_element()->mutable_party()->set_name(name);
    one->mutable_origin()->set_revision("aa");
    one->mutable_origin()->set_label("convention");
    one->mutable_origin()->set_effective_from("2025-01-01");
  }

  EXPECT_THAT(RenderConventionHtml(view, {}),
              HasSubstr("Entre les soussignés</h2>\n<p class=\"origin\">Origine\u00a0: convention, "
                        "en effet depuis le 1er janvier 2025</p>\n<table>\n<caption>Parties et "
                        "signataires</caption>\n<thead><tr><th scope=\"col\">Partie</th><th "
                        "scope=\"col\">Signataires</th><th scope=\"col\">Adresse</th></tr>"));

  // One that another act wrote since: each row has its own.
  view.mutable_elements(1)->mutable_origin()->set_revision("bb");
  view.mutable_elements(1)->mutable_origin()->set_label("avenant n° 1");
  view.mutable_elements(1)->mutable_origin()->set_effective_from("2026-01-01");
  const std::string page = RenderConventionHtml(view, {});

  EXPECT_THAT(page, HasSubstr("<td>convention, en effet depuis le 1er janvier 2025</td>"));
  EXPECT_THAT(
      page,
      HasSubstr("<td>Modifié par l&#39;avenant n° 1, en effet depuis le 1er janvier 2026</td>"));
  EXPECT_THAT(page, Not(HasSubstr("class=\"origin")));
}

// One act by several of its articles: which row is by which is told.
TEST(RenderConventionHtml, TellsApartTheArticlesOfOneAct) {
  v1::ConventionView view;
  view.add_elements()->mutable_origin()->set_revision("aa");
  view.mutable_elements(0)->mutable_origin()->set_effective_from("2025-01-01");
  for (const std::uint32_t article : {1u, 2u}) {
    auto* one = view.add_elements();
    one->mutable_element()->mutable_party()->set_name("Commune d'Y");
    one->mutable_origin()->set_revision("bb");
    one->mutable_origin()->set_label("avenant n° 1");
    one->mutable_origin()->set_effective_from("2026-01-01");
    one->mutable_origin()->add_articles(article);
  }

  const std::string page = RenderConventionHtml(view, {});

  EXPECT_THAT(page, HasSubstr("<td>Modifié par l&#39;avenant n° 1, article 1er, en effet"));
  EXPECT_THAT(page, HasSubstr("<td>Modifié par l&#39;avenant n° 1, article 2, en effet"));
}

TEST(RenderConventionHtml, SaysOfATextBelowAHeadingTheArticleThatIsNotItsHeadings) {
  v1::ConventionView view;
  view.add_elements()->mutable_origin()->set_revision("aa");
  view.mutable_elements(0)->mutable_origin()->set_effective_from("2025-01-01");
  for (const std::uint32_t article : {1u, 1u, 2u}) {
    auto* one = view.add_elements();
    one->mutable_origin()->set_revision("bb");
    one->mutable_origin()->set_label("avenant n° 1");
    one->mutable_origin()->set_effective_from("2026-01-01");
    one->mutable_origin()->add_articles(article);
    one->mutable_element()->set_parent_id("act-1");
    one->mutable_element()->mutable_schedule()->set_from("2026");
  }
  view.mutable_elements(1)->mutable_element()->set_id("act-1");
  view.mutable_elements(1)->mutable_element()->clear_parent_id();
  view.mutable_elements(1)->mutable_element()->mutable_action()->set_title("Action");

  const std::string page = RenderConventionHtml(view, {});

  const std::string first = "n° 1, article 1er, en effet";
  const std::size_t told = page.find(first);
  ASSERT_NE(told, std::string::npos);
  EXPECT_EQ(page.find(first, told + 1), std::string::npos);
  EXPECT_THAT(page, HasSubstr("n° 1, article 2, en effet"));
}

TEST(RenderConventionHtml, SaysOnceWhatHasForceAndNamesWhoPays) {
  v1::ConventionView view;
  view.set_standing(v1::CONVENTION_STANDING_IN_FORCE);
  view.mutable_force()->set_text("En vigueur : effet du 1er janvier 2025.");
  auto* party = view.add_elements()->mutable_element()->mutable_party();
  party->set_partner_id("caf-1");
  party->set_name("Caf de X");
  view.add_elements()->mutable_element()->mutable_funding_line()->set_payer("caf-1");

  const std::string page = RenderConventionHtml(view, {});

  EXPECT_THAT(page, HasSubstr("<p>En vigueur : effet du 1er janvier 2025.</p>"));
  EXPECT_THAT(page, Not(HasSubstr("<p>Convention en vigueur")));
  EXPECT_THAT(page, HasSubstr("financeur\u00a0: Caf de X"));
  view.set_project(true);
  EXPECT_THAT(RenderConventionHtml(view, {}), HasSubstr("<p>Convention en vigueur"));
}

TEST(RenderConventionHtml, LeavesOutWhatIsNotInForceThatDay) {
  SamplePlay play;
  AmendedPage(play);

  const std::string page = Rendered(play, "2026-02-28");

  EXPECT_THAT(page, HasSubstr("Version en vigueur au 28 février 2026"));
  EXPECT_THAT(page, Not(HasSubstr("Relais")));
  EXPECT_THAT(page, Not(HasSubstr("Modifié par")));
}

TEST(RenderConventionHtml, SaysThatAProjectIsNotConcluded) {
  SamplePlay play;

  const std::string page = Rendered(play, "2025-06-30");

  EXPECT_THAT(page, HasSubstr("Projet\u00a0: ce texte n&#39;est pas conclu."));
  EXPECT_THAT(page, Not(HasSubstr("Version en vigueur")));
  EXPECT_THAT(page, Not(HasSubstr("Origine")));
  EXPECT_THAT(ProblemsOfPage(page), IsEmpty());
}

TEST(RenderConventionHtml, NoTextOfADocumentReachesTheMarkup) {
  for (const char* text : {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' x='",
                           "</style></title><h1>", "&lt;", "-->", "a\u202egpj.exe\u2066b"}) {
    const std::string page = RenderConventionHtml(Hostile(text), {text});

    EXPECT_THAT(ProblemsOfPage(page), IsEmpty()) << text;
    EXPECT_THAT(page, Not(HasSubstr("\u202e"))) << text;
  }
}

TEST(RenderConventionHtml, ControlCharactersAreShownAsReplaced) {
  const std::string page = RenderConventionHtml(Hostile(std::string("a\0\x1B[2J", 6)), {});

  EXPECT_EQ(page.find('\0'), std::string::npos);
  EXPECT_EQ(page.find('\x1B'), std::string::npos);
  EXPECT_THAT(page, HasSubstr("a\uFFFD\uFFFD[2J"));
}

TEST(RenderConventionHtml, ShowsEverySideOfAClash) {
  v1::ConventionView view;
  v1::Clash* clash = view.add_clashes();
  clash->set_element_id("art-1");
  clash->add_sides()->mutable_element()->mutable_article()->set_body("Une rédaction");
  clash->mutable_sides(0)->mutable_origin()->set_label("avenant n° 1");
  clash->add_sides()->mutable_origin()->set_label("avenant n° 2");

  const std::string page = RenderConventionHtml(view, {});

  EXPECT_THAT(page, HasSubstr("Une rédaction"));
  EXPECT_THAT(page, HasSubstr("Selon l&#39;avenant n° 1"));
  EXPECT_THAT(page, HasSubstr("Selon l&#39;avenant n° 2"));
  EXPECT_THAT(page, HasSubstr("Élément supprimé."));
  EXPECT_THAT(page, HasSubstr("(L-30)"));
  EXPECT_THAT(ProblemsOfPage(page), IsEmpty());
}

TEST(RenderConventionHtml, ShowsBannersFindingsAndConflictsByWords) {
  v1::ConventionView view;
  view.add_findings()->set_text("reçue après la signature");
  view.mutable_findings(0)->set_severity(v1::FINDING_SEVERITY_SERIOUS);
  auto* follow_up = view.add_follow_up();
  follow_up->add_values()->mutable_measurement()->set_value("12");
  follow_up->add_values()->mutable_measurement()->set_value("13");

  const std::string page = RenderConventionHtml(view, {"trois événements attendent"});

  EXPECT_THAT(page, HasSubstr("<li>trois événements attendent</li>"));
  EXPECT_THAT(page, HasSubstr("<strong>Grave\u00a0:</strong> reçue après la signature"));
  EXPECT_THAT(page, HasSubstr("<td>En conflit\u00a0: 12</td>"));
}

TEST(RenderConventionHtml, SaysOfAnUntitledTextOnlyAnOriginThatIsNotItsHeadings) {
  v1::ConventionView view;
  for (int i = 0; i < 3; ++i) {
    auto* one = view.add_elements();
    one->mutable_origin()->set_revision(i == 2 ? "bb" : "aa");
    one->mutable_origin()->set_label(i == 2 ? "avenant n° 1" : "convention");
    one->mutable_origin()->set_effective_from(i == 2 ? "2026-01-01" : "2025-01-01");
    if (i > 0) {
      one->mutable_element()->set_parent_id("act-1");
      one->mutable_element()->mutable_schedule()->set_from(i == 1 ? "2025" : "2026");
      one->set_depth(1);
    } else {
      one->mutable_element()->set_id("act-1");
      one->mutable_element()->mutable_action()->set_title("Action");
    }
  }

  const std::string page = RenderConventionHtml(view, {});

  EXPECT_THAT(page, HasSubstr("de 2025</p>\n<p><strong>Calendrier"));
  EXPECT_THAT(page,
              HasSubstr("de 2026</p>\n<p class=\"origin later\">Modifié par l&#39;avenant n° 1, "
                        "en effet depuis le 1er janvier 2026</p>"));
}

TEST(RenderConventionHtml, NestsListsAndHeadingsWithoutGaps) {
  v1::ConventionView view;
  auto* deep = view.add_elements();
  deep->set_depth(4);
  deep->mutable_element()->set_id("act-1");
  deep->mutable_element()->mutable_action()->set_title("Sans parent");
  auto* next = view.add_elements();
  next->set_depth(4);
  next->mutable_element()->set_id("act-2");
  next->mutable_element()->mutable_action()->set_title("Sans parent non plus");
  auto* rubric = view.add_elements()->mutable_element()->mutable_rubric();
  for (const int level : {0, 3, 1, 0}) {
    rubric->add_items()->set_level(static_cast<std::uint32_t>(level));
  }

  const std::string page = RenderConventionHtml(view, {});

  EXPECT_THAT(page, HasSubstr("<h2 id=\"e-act-1\">"));
  EXPECT_THAT(page, HasSubstr("<h3 id=\"e-act-2\">"));
  EXPECT_THAT(page, HasSubstr("<ul>\n<li><ul>\n<li></li>\n<li></li></ul></li>\n<li></li></ul>"));
  EXPECT_THAT(ProblemsOfPage(page), IsEmpty());
}

// The check itself sees what it is for.
TEST(ProblemsOfPage, NamesEachFault) {
  const std::string head = "<!DOCTYPE html>\n<html lang=\"fr\">";
  EXPECT_THAT(ProblemsOfPage(head + "<h1></h1><h3></h3></html>"), ElementsAre("a gap before h3"));
  EXPECT_THAT(ProblemsOfPage(head + "<h1><script></script></h1></html>"),
              ElementsAre("unexpected element: script"));
  EXPECT_THAT(ProblemsOfPage(head + "<h1><a href=\"http://x\"></a></h1></html>"),
              ElementsAre("leads out of the page: http://x"));
  EXPECT_THAT(ProblemsOfPage(head + "<h1><p onclick=\"x\"></p></h1></html>"),
              ElementsAre("unexpected attribute: onclick"));
  EXPECT_THAT(ProblemsOfPage(head + "<h1></h1><p>"), ElementsAre("left open: p"));
  EXPECT_THAT(ProblemsOfPage(head + "<h1></h1><table><tr><th></th></tr></table></html>"),
              ElementsAre("th without scope", "a table without caption"));
}

}  // namespace
}  // namespace greffe
