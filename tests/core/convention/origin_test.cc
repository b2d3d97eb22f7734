#include "core/convention/reading/origin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "core/convention/elements/origin_words.h"
#include "core/convention/queries.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing_support::Facility;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SampleElement;
using testing_support::SamplePlay;

std::vector<std::uint32_t> ArticlesOf(const v1::Origin& origin) {
  return {origin.articles().begin(), origin.articles().end()};
}

// Changes one element by two operations, adds an annex with a facility in it, takes one out.
struct Amended {
  SamplePlay play;
  std::string act;

  Amended() {
    play.ConcludeOriginal();
    v1::Element article = SampleElement("art-1");
    article.mutable_article()->set_title("Objet de la convention");
    article.mutable_article()->set_body("La convention définit le programme du territoire.");
    v1::Element annex;
    annex.set_id("annex-2");
    annex.mutable_annex()->set_number("2");
    annex.mutable_annex()->set_title("Relais");
    annex.mutable_annex()->set_content(v1::ANNEX_CONTENT_INLINE);
    act = play.Propose({Put(article), Put(annex),
                        Put(Facility("fac-2", "annex-2", "Relais", "agglo")), Remove("fac-1")});
    play.Conclude(act, play.Freeze(act, "2026-01-01"));
  }
  v1::ConventionView View() { return ViewConvention(play.agglo().At("2026-06-30"), "").value(); }
  v1::Origin Of(const std::string& element_id) {
    const v1::ConventionView view = View();
    for (const v1::ElementView& one : view.elements()) {
      if (one.element().id() == element_id) return one.origin();
    }
    ADD_FAILURE() << element_id;
    return {};
  }
};

TEST(Origin, NumbersItsArticlesAsTheActIsPrinted) {
  Amended amended;
  EXPECT_THAT(ArticlesOf(amended.Of("art-1")), ElementsAre(1, 2));
  EXPECT_THAT(ArticlesOf(amended.Of("annex-2")), ElementsAre(3));
  // It came with what it stands in.
  EXPECT_THAT(ArticlesOf(amended.Of("fac-2")), ElementsAre(3));
  EXPECT_THAT(ArticlesOf(amended.Of("annex-1")), IsEmpty());

  // The same numbers in the printed wording, of what was taken out too.
  const v1::InstrumentView printed =
      ViewInstrument(amended.play.agglo().At("2026-06-30"), amended.act).value();
  std::map<std::string, std::vector<std::uint32_t>> numbers;
  for (int i = 0; i < printed.operations_size(); ++i) {
    numbers[printed.operations(i).element_id()].push_back(static_cast<std::uint32_t>(i) + 1);
  }
  const v1::DiffView diff =
      ViewDiff(amended.play.agglo().At("2025-12-31"), amended.play.agglo().At("2026-01-01"))
          .value();
  ASSERT_EQ(diff.entries_size(), 4);
  for (const v1::DiffEntry& entry : diff.entries()) {
    const std::string& id = entry.element_id() == "fac-2" ? "annex-2" : entry.element_id();
    EXPECT_EQ(ArticlesOf(entry.origin()), numbers[id]) << id;
  }
  EXPECT_THAT(numbers["fac-1"], ElementsAre(4));
}

// What goes with what it stands in has no article of its own, in the printed wording either.
TEST(Origin, CountsOneArticleForWhatIsTakenOutTogether) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({Remove("axis-1"), Remove("act-1-sched"), Remove("fac-1")});
  play.Conclude(act, play.Freeze(act, "2026-01-01"));
  const v1::InstrumentView printed = ViewInstrument(play.agglo().At("2026-06-30"), act).value();
  ASSERT_EQ(printed.operations_size(), 2);
  const v1::DiffView diff =
      ViewDiff(play.agglo().At("2025-12-31"), play.agglo().At("2026-01-01")).value();
  std::map<std::string, std::vector<std::uint32_t>> got;
  for (const v1::DiffEntry& entry : diff.entries()) {
    got[entry.element_id()] = ArticlesOf(entry.origin());
  }
  EXPECT_EQ(printed.operations(0).element_id(), "axis-1");
  EXPECT_THAT(got["axis-1"], ElementsAre(1));
  EXPECT_THAT(got["fac-1"], ElementsAre(2));
  // All that goes along bears the article of what it stood in.
  for (const v1::DiffEntry& entry : diff.entries()) {
    if (entry.element_id() == "fac-1") continue;
    EXPECT_THAT(got[entry.element_id()], ElementsAre(1)) << entry.element_id();
  }
  EXPECT_GE(diff.entries_size(), 4);
}

// A label that says the day is not followed by another.
TEST(Origin, SaysOneDay) {
  v1::Origin origin;
  origin.set_kind(v1::ACT_KIND_AVENANT);
  origin.set_concluded_on("2024-01-15");
  origin.set_label("avenant n° 1 du 12 janvier 2024");
  EXPECT_EQ(OriginAct(origin), "l'avenant n° 1 du 12 janvier 2024");
  EXPECT_EQ(OriginWords(origin).en, "avenant n° 1 du 12 janvier 2024");
  origin.set_label("avenant du Val");
  EXPECT_EQ(OriginAct(origin), "l'avenant du Val du 15 janvier 2024");
  EXPECT_EQ(OriginWords(origin).en, "avenant du Val of 15 January 2024");
  origin.set_label("avenant du");
  EXPECT_EQ(OriginAct(origin), "l'avenant du du 15 janvier 2024");
}

TEST(Origin, SaysTheKindOfTheActAndTheDayOfItsConclusion) {
  Amended amended;
  const v1::Origin avenant = amended.Of("art-1");
  EXPECT_EQ(avenant.kind(), v1::ACT_KIND_AVENANT);
  EXPECT_EQ(avenant.concluded_on(), amended.play.agglo().today.ToString());
  EXPECT_EQ(avenant.effective_from(), "2026-01-01");
  EXPECT_EQ(avenant.act_id(), amended.act);
  const v1::Origin original = amended.Of("annex-1");
  EXPECT_EQ(original.kind(), v1::ACT_KIND_ORIGINAL);
  EXPECT_EQ(original.concluded_on(), amended.play.agglo().today.ToString());
  EXPECT_THAT(ArticlesOf(original), IsEmpty());
}

TEST(Origin, IsToldInTheHistoryOfAnElementAndInItsAct) {
  Amended amended;
  const auto history = ViewHistory(amended.play.agglo().At("2026-06-30"), "fac-1");
  ASSERT_OK(history);
  std::vector<std::vector<std::uint32_t>> articles;
  for (const v1::HistoryEntry& entry : history->entries()) {
    if (entry.kind() == v1::DIFF_KIND_REMOVED) articles.push_back(ArticlesOf(entry.origin()));
  }
  EXPECT_THAT(articles, ElementsAre(ElementsAre(4)));

  const auto act = ViewAct(amended.play.agglo().At("2026-06-30"), amended.act);
  ASSERT_OK(act);
  ASSERT_EQ(act->redline_size(), 4);
  EXPECT_THAT(ArticlesOf(act->redline(0).origin()), ElementsAre(1, 2));
}

// A draft, and a text frozen that nobody has signed.
TEST(Origin, HasNoDayOfConclusionBeforeIt) {
  SamplePlay play;
  const v1::ConventionView project = ViewConvention(play.agglo().At("2026-06-30"), "").value();
  EXPECT_EQ(project.elements(0).origin().concluded_on(), "");
  EXPECT_EQ(project.elements(0).origin().act_id(), play.original());
  EXPECT_EQ(project.elements(0).origin().label(), "");
  play.Freeze(play.original());
  const v1::ConventionView frozen = ViewConvention(play.agglo().At("2026-06-30"), "").value();
  EXPECT_EQ(frozen.elements(0).origin().label(), "convention");
  EXPECT_EQ(frozen.elements(0).origin().concluded_on(), "");
}

// What was signed on paper has articles of its own, which nobody here has read.
TEST(Origin, CountsNoArticlesOfATextSignedOnPaper) {
  for (const bool paper : {false, true}) {
    test::Scenario play;
    play.SignByAll(play.frozen, "2024-02-01");
    ActId act;
    play.history.Write(play.a, "a",
                       test::OpenAct(play.history, "a", 7, v1::ACT_KIND_AVENANT, &act));
    const auto drafted = play.history.Write(
        play.a, "a", test::Draft(act, {test::ArticleElement("art-1", "un et demi")}));
    v1::Event freeze = test::Freeze(act, {play.Leaf(drafted)}, play.offices, "2025-01-01",
                                    {play.Leaf(play.frozen)});
    freeze.mutable_revision_frozen()->set_on_paper(paper);
    const auto frozen = play.history.Write(play.a, "a", std::move(freeze));
    const StateData& data = play.Data();
    const v1::Origin origin = OriginBook(data).Of(
        {.revision = data.FindRevision(play.Leaf(frozen)), .act = &act}, "art-1");
    EXPECT_EQ(origin.articles_size(), paper ? 0 : 1);
    EXPECT_EQ(origin.kind(), v1::ACT_KIND_AVENANT);
  }
}

}  // namespace
}  // namespace greffe
