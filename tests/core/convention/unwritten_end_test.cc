#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/convention/checks/life_check.h"
#include "core/convention/decide.h"
#include "core/convention/reading/ending.h"
#include "core/convention/views/life_standing.h"
#include "core/convention/views/queries_life.h"
#include "tests/core/convention/three_parties.h"
#include "tests/support/life_payloads.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using test::ContextOf;
using test::Day;
using test::Denunciation;
using test::ThreeParties;
using ::testing::HasSubstr;
using Life = v1::LifeRecorded;

using testing_support::StatusIs;

v1::Element EndArticle(const std::string& id, const std::string& number, const std::string& body) {
  v1::Element article = test::ArticleElement(id, body);
  article.mutable_article()->set_number(number);
  article.mutable_article()->set_role(v1::CLAUSE_ROLE_TERMINATION);
  return article;
}

Life UnwrittenClause(const std::string& element, const std::string& from) {
  Life fact = test::Plain(Life::kClauseDeemedUnwritten, "2024-11-02");
  fact.set_element_id(element);
  fact.mutable_clause_deemed_unwritten()->set_cause(v1::UNWRITTEN_CAUSE_COURT_DECISION);
  fact.mutable_clause_deemed_unwritten()->set_effective_from(from);
  return fact;
}

// L-40: from the day on which it is unwritten, nothing reads the article and nothing rests on it.
TEST(UnwrittenEnd, GivesNoPeriodAndNoGround) {
  ThreeParties life;
  life.Amend(9,
             {EndArticle("art-9", "12",
                         "Résiliation deux mois après mise en demeure. Dénonciation avec un "
                         "préavis de trois mois.")},
             "2024-05-01");
  const char* const code = "rests-on-unwritten-clause";
  const Digest before = life.Write("c", Denunciation("2024-10-01", "b"));
  const Digest fact = life.Write("b", UnwrittenClause("art-9", "2024-11-01"));
  const Digest breach = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2025-01-10", {"b"}));
  const Digest leaves = life.Write("a", Denunciation("2025-01-10", "b"));
  life.Write("a", test::Answering(test::Plain(Life::kNoticeFruitless, "2025-03-20"), breach));
  const Digest ends = life.Terminate("a", breach, "2025-03-21");

  EXPECT_EQ(life.On("2025-04-01"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_THAT(life.Said(before, code, "2025-04-01"), testing::IsEmpty());
  EXPECT_THAT(life.Said(breach, code, "2025-04-01"),
              testing::ElementsAre(HasSubstr("repose sur une clause réputée non écrite (article "
                                             "12) : elle ne fonde pas une résiliation")));
  for (const Digest& one : {leaves, ends}) {
    EXPECT_THAT(life.Said(one, code, "2025-04-01"),
                testing::ElementsAre(HasSubstr("(article 12) : elle ne met fin à rien")));
  }
  {
    const StateData& data = life.play.Data();
    const LifeBook book(data);
    EXPECT_EQ(ReadNotice(data, book, *book.LineOf(data.FindEvent(before))).period.months, 3);
    const NoticeFacts formal = ReadNotice(data, book, *book.LineOf(data.FindEvent(breach)));
    EXPECT_EQ(formal.period.months, 1);
    EXPECT_TRUE(formal.period.quotes.empty());
    EXPECT_EQ(ReadNotice(data, book, *book.LineOf(data.FindEvent(leaves))).defect,
              NoticeDefect::kUnwritten);
  }
  bool said = false;
  const EventReader none;
  const v1::DeadlinesView deadlines =
      ViewDeadlines({life.play.State(), "cut", Day("2025-01-20"), Day("2025-01-20"), none}, {});
  for (const v1::Deadline& one : deadlines.deadlines()) {
    if (one.fact() != breach.ToHex()) continue;
    said = true;
    EXPECT_EQ(one.last_day(), "2025-02-10");
    EXPECT_THAT(one.why(), HasSubstr("Clause réputée non écrite (article 12), qui n'est pas lue "
                                     "(L-40) : 1 mois."));
  }
  EXPECT_TRUE(said);

  // As commands both are refused; a mise en demeure is not.
  const auto say = [&](Life one) {
    v1::RecordFactRequest request;
    *request.mutable_fact() = std::move(one);
    return Decide(life.play.State(), request, ContextOf(&life, "a", "2025-04-01")).status();
  };
  const auto refused = [] {
    return StatusIs(absl::StatusCode::kFailedPrecondition,
                    HasSubstr("L-40 : cet acte repose sur une clause réputée non écrite (article "
                              "12)"));
  };
  EXPECT_THAT(say(Denunciation("2025-04-01", "b")), refused());
  Life termination = test::Answering(test::Plain(Life::kTerminationDeclared, "2025-04-01"), breach);
  termination.mutable_termination_declared()->set_ground(v1::TERMINATION_GROUND_FRUITLESS_NOTICE);
  EXPECT_THAT(say(termination), refused());
  EXPECT_OK(say(test::Notice(v1::NOTICE_KIND_BREACH, "2025-04-01", {"b"})));

  // The record taken for another day, all that came before it stands on the article again.
  Life later = test::Replacing(UnwrittenClause("art-9", "2026-01-01"), {fact});
  life.Write("b", later);
  EXPECT_EQ(life.On("2025-04-01"), v1::CONVENTION_STANDING_TERMINATED);
}

// Region H: a version is unwritten, not the article. A concluded avenant that changes the words
// gives new ones; one that leaves them leaves them unwritten.
TEST(UnwrittenEnd, HoldsForTheWordsInForceThen) {
  ThreeParties life;
  const std::string words = "Dénonciation avec un préavis de trois mois.";
  auto& play = life.play;
  const auto first = life.Amend(9, {EndArticle("art-9", "12", words)}, "2024-05-01");
  const Digest fact = life.Write("b", UnwrittenClause("art-9", ""));
  const auto amend = [&](int request, const v1::Element& article, const char* from,
                         const Digest& base) {
    const auto frozen =
        play.Avenant(play.a, "a", request, test::Draft(play.original, {article}), from, {base});
    play.SignByAll(frozen, "2024-12-01");
    return frozen;
  };
  const auto same = amend(10, EndArticle("art-9", "13", words), "2025-01-01", play.Leaf(first));
  amend(11, EndArticle("art-9", "13", "Dénonciation avec un préavis de quatre mois."), "2025-03-01",
        play.Leaf(same));
  const auto months = [&](const char* day) {
    const StateData& data = play.Data();
    const LifeBook book(data);
    const EndArticles& articles = EndArticlesOn(book, Day(day));
    return articles.none_stands ? 0 : articles.periods.denunciation.months;
  };
  EXPECT_EQ(months("2024-06-01"), 0) << "since the start of the term";
  EXPECT_EQ(months("2025-02-28"), 0) << "another number, the same words";
  EXPECT_EQ(months("2025-03-01"), 4);
  EXPECT_EQ(life.Said(fact, kDeemedUnwritten, "2025-02-28").size(), 1u);
  EXPECT_THAT(life.Said(fact, kDeemedUnwritten, "2025-03-01"), testing::IsEmpty());
  // The letter rests on what is written by then.
  const char* const code = "rests-on-unwritten-clause";
  EXPECT_EQ(life.Said(life.Write("a", Denunciation("2025-02-27", "b")), code, "2025-06-01").size(),
            1u);
  EXPECT_THAT(life.Said(life.Write("c", Denunciation("2025-03-02", "b")), code, "2025-06-01"),
              testing::IsEmpty());
  // The new words are unwritten in their turn.
  Life again = UnwrittenClause("art-9", "2025-04-01");
  again.set_happened_on("2025-04-15");
  life.Write("b", again);
  EXPECT_EQ(months("2025-03-31"), 4);
  EXPECT_EQ(months("2025-04-01"), 0);
}

// Of two articles the other stands: its periods count, and letters rest on it.
TEST(UnwrittenEnd, LeavesTheOtherArticles) {
  ThreeParties life;
  life.Amend(9,
             {EndArticle("art-9", "12", "Dénonciation avec un préavis de trois mois."),
              EndArticle("art-10", "13", "Dénonciation avec un préavis de quatre mois.")},
             "2024-05-01");
  life.Write("b", UnwrittenClause("art-9", ""));
  const Digest sent = life.Write("a", Denunciation("2025-01-10", "b"));
  const StateData& data = life.play.Data();
  const LifeBook book(data);
  const NoticeFacts notice = ReadNotice(data, book, *book.LineOf(data.FindEvent(sent)));
  EXPECT_EQ(notice.period.months, 4);
  EXPECT_FALSE(notice.period.unclear);
  EXPECT_EQ(notice.unwritten, "article 12");
  EXPECT_EQ(notice.defect, NoticeDefect::kNone);
}

// What stands in an element that is unwritten is so as well.
TEST(UnwrittenEnd, TakesWhatStandsInTheElement) {
  ThreeParties life;
  v1::Element inner = EndArticle("art-9", "1.1", "Dénonciation avec un préavis de trois mois.");
  inner.set_parent_id("art-1");
  life.Amend(9, {inner}, "2024-05-01");
  life.Write("b", UnwrittenClause("art-1", ""));
  const StateData& data = life.play.Data();
  const LifeBook book(data);
  EXPECT_TRUE(EndArticlesOn(book, Day("2025-01-10")).none_stands);
}

}  // namespace
}  // namespace greffe
