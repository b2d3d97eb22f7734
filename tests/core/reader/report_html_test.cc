#include "core/reader/report_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/html.h"
#include "core/convention/decide.h"
#include "tests/core/reader/sample_reading.h"

namespace greffe::reader {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::At;
using testing_support::SampleFiles;
using testing_support::SampleReading;

std::string Html(const Reading& reading) {
  return ReportHtml(reading, SampleFiles(), MakeDraft(reading, SampleFiles()), {});
}

std::multiset<std::string> All(const std::string& html, const char* pattern) {
  std::multiset<std::string> out;
  const std::regex expression(pattern);
  for (std::sregex_iterator it(html.begin(), html.end(), expression), end; it != end; ++it) {
    out.insert((*it)[1].str());
  }
  return out;
}

TEST(ReportHtml, OpensWithTheShareOfUnreadLines) {
  Reading reading = SampleReading();
  reading.uses[0][21] = LineUse::kUnread;
  reading.uses[0][22] = LineUse::kPageHeader;

  const std::string html = Html(reading);

  const std::size_t figure = html.find("3,5 %");
  ASSERT_NE(figure, std::string::npos);
  EXPECT_LT(figure, html.find("<h2"));
  EXPECT_THAT(html, HasSubstr("1 sur 29"));
  EXPECT_THAT(html, HasSubstr("en-tête de page : 1"));
  EXPECT_THAT(html, HasSubstr("[non lue]"));
}

TEST(ReportHtml, PutsFindingsBeforeTheTextErrorsFirst) {
  Reading reading = SampleReading();
  reading.findings.push_back({"CHK-02", Severity::kWarning, "doute", "doubt", {{0, 4, 4}}});
  reading.findings.push_back({"CHK-01", Severity::kError, "faute", "fault", {{0, 5, 6}}});

  const std::string html = Html(reading);

  EXPECT_LT(html.find("CHK-01"), html.find("CHK-02"));
  EXPECT_LT(html.find("CHK-02"), html.find("id=\"source\""));
  EXPECT_THAT(html, HasSubstr("<a href=\"#d1-l5\">lignes 5 à 6</a>"));
}

TEST(ReportHtml, LinksLinesAndElementsBothWaysAndEveryLinkLeadsSomewhere) {
  const std::string html = Html(SampleReading());

  const auto ids = All(html, " id=\"([^\"]*)\"");
  for (const std::string& id : ids) EXPECT_EQ(ids.count(id), 1u) << id;
  const auto links = All(html, "href=\"#([^\"]*)\"");
  for (const std::string& link : links) EXPECT_EQ(ids.count(link), 1u) << link;
  EXPECT_GT(links.count("e-article-3"), 0u);
  EXPECT_GT(links.count("d1-l7"), 0u);
}

TEST(ReportHtml, NeedsNothingFromOutsideAndNoMouse) {
  const std::string html = Html(SampleReading());

  EXPECT_THAT(html, HasSubstr("<html lang=\"fr\">"));
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  for (const char* outside :
       {"<script", "src=", "@import", "url(", "<link", "http://", "https://"}) {
    EXPECT_FALSE(absl::StrContains(html, outside)) << outside;
  }
  for (const char* wanted : {"<main", "<header>", "<nav aria-label", "class=\"skip\"", "<footer>",
                             "tabindex=\"0\"", "<h1>", "scope=\"col\"", "@media print"}) {
    EXPECT_TRUE(absl::StrContains(html, wanted)) << wanted;
  }
  EXPECT_EQ(All(html, "(<h1>)").size(), 1u);
}

TEST(ReportHtml, LetsNoTextOfADocumentBecomeMarkup) {
  const std::string hostile = "</span><script>alert(1)</script> \"onload='x' & \x01";
  Reading reading = SampleReading();
  reading.documents[0].name = hostile;
  reading.documents[0].lines[3] = hostile;
  reading.uses[0][4] = LineUse::kUnread;
  reading.documents[0].lines[4] = hostile;
  reading.findings.push_back({hostile, Severity::kError, hostile, hostile, {{0, 1, 1}}});
  Convention& convention = reading.convention;
  convention.title = At(hostile, 1);
  convention.parties[0].name = At(hostile, 2);
  convention.parties[0].representatives[0] = {At(hostile, 2), At(hostile, 2)};
  convention.articles[0].number = hostile;
  convention.articles[0].body = At(hostile, 8);
  convention.actions[0].ref = hostile;
  convention.actions[0].title.source.recovered = hostile;
  convention.facilities[0].type = hostile;
  v1::DraftProblem problem;
  problem.set_text(hostile);
  problem.set_field(hostile);
  problem.set_element_id(hostile);

  const std::string html =
      ReportHtml(reading, SampleFiles(), MakeDraft(reading, SampleFiles()), {problem});

  EXPECT_FALSE(absl::StrContains(html, "<script"));
  EXPECT_FALSE(absl::StrContains(html, "\"onload"));
  EXPECT_FALSE(absl::StrContains(html, "\x01"));
  EXPECT_TRUE(absl::StrContains(html, "&lt;script&gt;alert(1)"));
}

TEST(ReportHtml, ShowsNamesAndSaysThatItDoes) {
  const std::string html = Html(SampleReading());

  EXPECT_THAT(html, HasSubstr("Mme Jeanne EXEMPLE"));
  EXPECT_THAT(html, HasSubstr("ne le publiez pas"));
}

TEST(ReportHtml, MarksWhatAPersonShouldCheckInWords) {
  const std::string html = Html(SampleReading());

  EXPECT_THAT(html, HasSubstr("Confiance : 50 % <span class=\"check\">à vérifier</span>"));
  EXPECT_THAT(html, HasSubstr("retrouvé (order)"));
}

TEST(ReportHtml, StaysWithinItsSizeAndSaysWhatIsLeftOut) {
  Reading reading = SampleReading();
  reading.documents[0].lines.assign(17, std::string(1024 * 1024, '<'));
  reading.documents[0].lines.resize(30);
  reading.convention.articles.clear();
  for (int i = 0; i < 700; ++i) {
    Article article;
    article.number = std::to_string(i);
    article.body = At(std::string(60 * 1024, '&'), 2);
    reading.convention.articles.push_back(article);
  }

  const std::string html = Html(reading);

  EXPECT_LE(html.size(), kReportBytes);
  EXPECT_THAT(html, HasSubstr("lignes de plus ne sont pas montrées ici"));
  EXPECT_THAT(html, HasSubstr("éléments de plus ne sont pas montrés ici"));
  EXPECT_TRUE(absl::EndsWith(html, "</html>\n"));
}

TEST(LineCounts, RoundsUpSoThatOnlyNoneIsZero) {
  EXPECT_EQ((LineCounts{.full = 10000, .unread = 0}).UnreadPerMille(), 0u);
  EXPECT_EQ((LineCounts{.full = 10000, .unread = 1}).UnreadPerMille(), 1u);
  EXPECT_EQ((LineCounts{.full = 100, .unread = 3}).UnreadPerMille(), 30u);
  EXPECT_EQ((LineCounts{}).UnreadPerMille(), 0u);
}

}  // namespace
}  // namespace greffe::reader
