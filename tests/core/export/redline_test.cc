#include "core/export/redline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "core/convention/queries.h"
#include "core/export/redline_text.h"
#include "tests/core/export/html_check.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing_support::Facility;
using testing_support::ProblemsOfPage;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SamplePlay;

v1::Element Article(const std::string& body) {
  v1::Element article;
  article.set_id("art-1");
  article.mutable_article()->set_number("1");
  article.mutable_article()->set_title("Objet");
  article.mutable_article()->set_body(body);
  return article;
}

// An avenant changes an article, adds a facility and takes one out.
v1::DiffView AvenantDiff() {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act =
      play.Propose({Put(Article("Une rédaction <nouvelle>.")),
                    Put(Facility("fac-2", "annex-1", "Relais", "agglo")), Remove("fac-1")});
  play.Conclude(act, play.Freeze(act, "2026-03-01"));
  const auto view = ViewDiff(play.agglo().At("2026-02-28"), play.agglo().At("2026-03-01"));
  EXPECT_OK(view);
  return view.ok() ? *view : v1::DiffView();
}

// One article, changed from one wording to another.
v1::DiffView Changed(const std::string& before, const std::string& after) {
  v1::DiffView view;
  v1::DiffEntry* entry = view.add_entries();
  entry->set_kind(v1::DIFF_KIND_CHANGED);
  entry->set_place("Article 1");
  *entry->mutable_before() = Article(before);
  *entry->mutable_after() = Article(after);
  return view;
}

TEST(RenderRedlineHtml, WritesTheDaysOfTheTermAsPeopleDo) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element terms = testing_support::SampleElement("terms");
  terms.mutable_terms()->set_end_date("2031-02-28");
  const std::string act = play.Propose({Put(terms)});
  play.Conclude(act, play.Freeze(act, "2026-03-01"));
  const v1::DiffView view =
      ViewDiff(play.agglo().At("2026-02-28"), play.agglo().At("2026-03-01")).value();

  // Marks stand between the words of a day.
  EXPECT_THAT(RenderRedlineMarkdown(view), HasSubstr("Premier jour\u00a0: 1er janvier 2025"));
  EXPECT_THAT(RenderRedlineMarkdown(view), HasSubstr("28 février 2031"));
  EXPECT_THAT(RenderRedlineMarkdown(view), ::testing::Not(HasSubstr("-02-28")));
}

TEST(RenderRedlineHtml, ShowsEachChangeWithItsAct) {
  const std::string page = RenderRedlineHtml(AvenantDiff());

  EXPECT_THAT(page, HasSubstr("<h1>Modifications du 28 février 2026 au 1er mars 2026</h1>"));
  EXPECT_THAT(page, HasSubstr("1 élément ajouté, 1 modifié, 1 supprimé"));
  EXPECT_THAT(
      page,
      HasSubstr("Modifié par l&#39;avenant n° 1 du 30 juin 2025, article 1er, en effet depuis le "
                "1er mars 2026"));
  EXPECT_THAT(page,
              HasSubstr("Ajouté par l&#39;avenant n° 1 du 30 juin 2025, article 2, en effet"));
  EXPECT_THAT(page,
              HasSubstr("Supprimé par l&#39;avenant n° 1 du 30 juin 2025, article 3, en effet"));
  EXPECT_THAT(page, HasSubstr("<ins><span class=\"mark\">[ajouté\u00a0: </span>Nom\u00a0: Relais"
                              "<span class=\"mark\">]</span></ins>"));
  EXPECT_THAT(page, HasSubstr("&lt;nouvelle&gt;"));
  // The place says it.
  EXPECT_THAT(page, Not(HasSubstr("Rattaché à")));
  EXPECT_THAT(ProblemsOfPage(page), IsEmpty());
}

TEST(RenderRedlineHtml, MarksWordsWithinTheirLine) {
  const std::string page =
      RenderRedlineHtml(Changed("Elle dure quatre ans.\nFin.", "Elle dure cinq ans.\nFin."));

  EXPECT_THAT(page, HasSubstr("Elle dure <del><span class=\"mark\">[supprimé\u00a0: </span>quatre"
                              "<span class=\"mark\">]</span></del><ins><span class=\"mark\">"
                              "[ajouté\u00a0: </span>cinq<span class=\"mark\">]</span></ins> ans."
                              "<br>\nFin.</p>"));
}

TEST(RenderRedlineHtml, MarksEachLineOfALongChange) {
  const std::string page = RenderRedlineHtml(Changed("", "un\ndeux"));

  EXPECT_THAT(page, HasSubstr("</span>un<span class=\"mark\">]</span></ins><br>\n<ins><span "
                              "class=\"mark\">[ajouté\u00a0: </span>deux<"));
}

TEST(RenderRedlineHtml, NamesFieldsThatNoLinePrints) {
  v1::DiffView view = Changed("Même texte.", "Même texte.");
  for (const auto& [field, before, after] :
       {std::array{"position", "5", "7"}, std::array{"parent_id", "annex-1", "annex-2"},
        std::array{"clash", "1", "2"}}) {
    v1::FieldDiff* diff = view.mutable_entries(0)->add_fields();
    diff->set_field(field);
    diff->set_before(before);
    diff->set_after(after);
  }

  const std::string page = RenderRedlineHtml(view);

  EXPECT_THAT(page, HasSubstr("<li>Place\u00a0: changé</li>"));
  EXPECT_THAT(page, HasSubstr("<li>Rattaché à\u00a0: <del>"));
  EXPECT_THAT(page, HasSubstr("<li>Rédactions concurrentes\u00a0: <del>"));
  // A row of a table that moves says where from, too.
  *view.mutable_entries(0)->mutable_before() = Facility("fac-1", "annex-1", "Relais", "agglo");
  *view.mutable_entries(0)->mutable_after() = Facility("fac-1", "annex-2", "Relais", "agglo");
  EXPECT_THAT(RenderRedlineHtml(view), HasSubstr("<li>Rattaché à\u00a0: <del>"));
}

TEST(RenderRedlineHtml, NoTextOfADocumentReachesTheMarkup) {
  for (const char* text : {"<script>alert(1)</script>", "</ins><img src=x>", "\"'", "a\u202eb"}) {
    v1::DiffView view = Changed("avant", text);
    view.mutable_entries(0)->set_place(text);
    view.mutable_entries(0)->mutable_origin()->set_label(text);
    view.set_to_cut(text);
    v1::FieldDiff* field = view.mutable_entries(0)->add_fields();
    field->set_field("parent_id");
    field->set_after(text);

    const std::string page = RenderRedlineHtml(view);

    EXPECT_THAT(ProblemsOfPage(page), IsEmpty()) << text;
    EXPECT_THAT(page, Not(HasSubstr("\u202e"))) << text;
  }
}

TEST(RenderRedlineMarkdown, SaysTheSameInText) {
  const std::string text = RenderRedlineMarkdown(AvenantDiff());

  EXPECT_THAT(text, HasSubstr("# Modifications du 28 février 2026 au 1er mars 2026\n"));
  EXPECT_THAT(
      text,
      HasSubstr("*Modifié par l'avenant n° 1 du 30 juin 2025, article 1er, en effet depuis le "
                "1er mars 2026*"));
  EXPECT_THAT(text, HasSubstr("<ins>\\[ajouté\u00a0: Nom\u00a0: Relais\\]</ins>"));
  EXPECT_THAT(text, HasSubstr("`gt1.test`"));
}

// A line of funding that the CAF pays becomes one of the agglomeration.
v1::DiffView Paid() {
  v1::DiffView view;
  v1::DiffEntry* entry = view.add_entries();
  entry->set_kind(v1::DIFF_KIND_CHANGED);
  entry->set_place("Financement");
  for (v1::Element* side : {entry->mutable_before(), entry->mutable_after()}) {
    side->set_id("fund-1");
    side->mutable_funding_line()->set_text("Poste");
  }
  entry->mutable_before()->mutable_funding_line()->set_payer("caf");
  entry->mutable_after()->mutable_funding_line()->set_payer("agglo");
  return view;
}

PartnerNames Board(const std::vector<std::pair<std::string, std::string>>& parties) {
  v1::StatusView board;
  for (const auto& [id, name] : parties) {
    v1::PartyStanding* party = board.add_parties();
    party->set_partner_id(id);
    party->set_name(name);
  }
  PartnerNames names;
  names.Add(board);
  return names;
}

TEST(RenderRedline, NamesPartnersThatHaveAName) {
  const PartnerNames names = Board({{"caf", "Caisse du Lot"}, {"vallon", "Vallon"}});
  const std::string page = RenderRedlineHtml(Paid(), names);
  const std::string text = RenderRedlineMarkdown(Paid(), names);

  EXPECT_THAT(page, AllOf(HasSubstr("Caisse"), HasSubstr("Lot"), Not(HasSubstr("caf"))));
  EXPECT_THAT(page, HasSubstr("</span>agglo<span"));
  EXPECT_THAT(text, AllOf(HasSubstr("Caisse"), HasSubstr("agglo"), Not(HasSubstr("caf"))));
  EXPECT_THAT(RenderRedlineHtml(Paid()), HasSubstr("</span>caf<span"));
}

TEST(RenderRedline, NamesWhoSupportsAFacility) {
  const std::string text =
      RenderRedlineMarkdown(AvenantDiff(), Board({{"agglo", "Agglomération"}}));

  EXPECT_THAT(text, HasSubstr("Porté par\u00a0: Agglomération"));
}

TEST(PartnerNames, TellPartnersOfOneNameApartAndKeepTheFirst) {
  PartnerNames names = Board({{"caf", "Caf"}, {"caf-2", "Caf"}, {"nameless", ""}});
  v1::StatusView later;
  later.add_parties()->set_partner_id("caf");
  later.mutable_parties(0)->set_name("Autre");
  names.Add(later);

  EXPECT_EQ(names.Of("caf"), "Caf (caf)");
  EXPECT_EQ(names.Of("caf-2"), "Caf (caf-2)");
  EXPECT_EQ(names.Of("nameless"), "nameless");
  EXPECT_EQ(names.Of("unknown"), "unknown");
}

TEST(RenderRedlineMarkdown, EscapesWhatWouldBeMarkup) {
  const std::string text = RenderRedlineMarkdown(Changed("a", "# <b> *c* & [d](e)"));

  EXPECT_THAT(text, AllOf(HasSubstr("\\# \\<b\\> \\*c\\* &amp; \\[d](e)"), Not(HasSubstr("<b>"))));
}

TEST(RenderRedline, SaysThatNothingChanged) {
  EXPECT_THAT(RenderRedlineHtml({}), HasSubstr("<p>Rien n&#39;a changé.</p>"));
  EXPECT_THAT(RenderRedlineMarkdown({}), HasSubstr("Rien n'a changé.\n"));
}

TEST(PrintedText, PrintsEveryKindOfBlockOnItsLine) {
  v1::Element body;
  body.mutable_body()->set_name("Comité");
  body.mutable_body()->add_members("Maire");
  body.mutable_body()->set_chair("Présidente");

  EXPECT_EQ(PrintedText(body),
            "Comité\nComposition\u00a0:\n– Maire\nPrésidence\u00a0: Présidente\n");
}

}  // namespace
}  // namespace greffe
