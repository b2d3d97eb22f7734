// Documents as scanners, converters and people leave them: whatever was done to one, the reading
// accounts for every line, and the draft keeps to its limits.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/convention/decide.h"
#include "core/reader/draft.h"
#include "core/reader/facts.h"
#include "core/reader/reader.h"
#include "core/reader/redraft.h"
#include "core/reader/report_html.h"
#include "tests/core/reader/documents.h"

namespace greffe::reader {
namespace {

using testing_support::AllDocuments;
using testing_support::Joined;
using testing_support::LinesOf;

using Random = std::mt19937_64;
using Page = std::vector<std::string>;

void DropLine(Page& lines, Random& random) {
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(random() % lines.size()));
}
void RepeatLine(Page& lines, Random& random) {
  const std::string line = lines[random() % lines.size()];
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(random() % lines.size()), line);
}
void SwapLines(Page& lines, Random& random) {
  std::swap(lines[random() % lines.size()], lines[random() % lines.size()]);
}
void BreakLine(Page& lines, Random& random) {
  const std::size_t i = random() % lines.size();
  const std::size_t space = lines[i].find(' ', lines[i].size() / 2);
  if (space == std::string::npos) return;
  const std::string rest = lines[i].substr(space + 1);
  lines[i].resize(space);
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest);
}
void JoinLines(Page& lines, Random& random) {
  const std::size_t i = random() % lines.size();
  if (i + 1 >= lines.size()) return;
  lines[i] += " " + lines[i + 1];
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1);
}
// What character recognition mixes up.
void MisreadLine(Page& lines, Random& random) {
  std::string& line = lines[random() % lines.size()];
  line = absl::StrReplaceAll(line, {{"é", "e"}, {"l", "1"}, {"O", "0"}, {"rn", "m"}});
}
void TabCells(Page& lines, Random& random) {
  std::string& line = lines[random() % lines.size()];
  line = absl::StrReplaceAll(line, {{"| ", "\t"}, {" : ", "\t"}});
}
void OpenTag(Page& lines, Random& random) {
  static constexpr const char* kTags[] = {
      "<table><tr><td>", "</td>", "<ul><li>", "</table>", "<br>", "<b", "-->", "<!--"};
  std::string& line = lines[random() % lines.size()];
  line.insert(random() % (line.size() + 1), kTags[random() % 8]);
}
void BreakBytes(Page& lines, Random& random) {
  std::string& line = lines[random() % lines.size()];
  if (!line.empty()) line[random() % line.size()] = static_cast<char>(0x80 + random() % 0x80);
}

std::string Mutated(const std::string& text, Random& random) {
  static constexpr void (*kSteps[])(Page&, Random&) = {DropLine,  RepeatLine, SwapLines,
                                                       BreakLine, JoinLines,  MisreadLine,
                                                       TabCells,  OpenTag,    BreakBytes};
  Page lines = LinesOf(text);
  const std::size_t steps = 1 + random() % 40;
  for (std::size_t i = 0; i < steps && lines.size() > 2; ++i) kSteps[random() % 9](lines, random);
  return Joined(lines);
}

// What only a person can settle; everything else the draft keeps to by itself.
bool IsForPeople(const v1::DraftProblem& problem) {
  static const std::set<std::string> kRules = {"required",   "date", "L-02",  "enum",
                                               "term-order", "slug", "CHK-01"};
  return kRules.count(problem.rule()) > 0 || absl::StrContains(problem.field(), "_date");
}

void Check(const std::string& text, std::uint64_t seed) {
  const auto reading = Read({{"document.txt", text}});
  if (!reading.ok()) {
    EXPECT_FALSE(reading.status().message().empty());
    return;
  }
  ASSERT_EQ(reading->uses.size(), 1u);
  ASSERT_EQ(reading->uses[0].size(), reading->documents[0].lines.size()) << seed;
  for (const Finding& finding : reading->findings) {
    EXPECT_FALSE(finding.rule.empty() || finding.fr.empty() || finding.en.empty()) << seed;
    for (const Lines& lines : finding.lines) {
      EXPECT_GE(lines.first, 1u) << finding.rule << " " << seed;
      EXPECT_LE(lines.first, lines.last) << finding.rule << " " << seed;
      EXPECT_LE(lines.last, reading->documents[0].lines.size()) << finding.rule << " " << seed;
    }
  }
  const std::vector<DocumentFile> files = {{std::string(64, '0'), text.size(), "text/plain"}};
  Draft draft = MakeDraft(*reading, files);
  for (const v1::Element& element : draft.draft.elements()) {
    for (const v1::SourcePlace& place : element.sources()) {
      EXPECT_LE(place.last_line(), reading->documents[0].lines.size()) << element.id();
    }
  }
  const std::vector<v1::DraftProblem> problems = CheckDraft(draft.draft);
  for (const v1::DraftProblem& problem : problems) {
    EXPECT_TRUE(IsForPeople(problem)) << seed << " " << problem.ShortDebugString();
  }
  SetAsRead(&draft.draft);
  EXPECT_TRUE(Redraft(draft.draft, draft.draft).changes.empty()) << seed;
  EXPECT_LE(ReportHtml(*reading, files, draft, problems).size(), kReportBytes);
  for (const std::string& line : LinesOf(FactsTsv(*reading))) {
    EXPECT_EQ(std::count(line.begin(), line.end(), '\t'), 3) << line;
  }
}

TEST(MutatedDocument, IsAccountedForAndKeepsToTheLimits) {
  const char* given = std::getenv("GREFFE_SEED");
  const std::uint64_t first = given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
  std::cout << "GREFFE_SEED=" << first << "\n";
  for (const auto& document : AllDocuments()) {
    const std::uint64_t count = document.text.size() < 20'000 ? 16 : 8;
    for (std::uint64_t seed = first; seed < first + count && !HasFatalFailure(); ++seed) {
      Random random(seed);
      Check(Mutated(document.text, random), seed);
    }
  }
}

TEST(MutatedDocument, TwiceTheSameGivesTheSame) {
  Random random(7);
  for (const auto& document : AllDocuments()) {
    const std::string text = Mutated(document.text, random);
    const auto one = Read({{"document.txt", text}});
    const auto two = Read({{"document.txt", text}});
    ASSERT_TRUE(one.ok() && two.ok());
    EXPECT_EQ(FactsTsv(*one), FactsTsv(*two)) << document.name;
    EXPECT_EQ(one->uses, two->uses) << document.name;
  }
}

}  // namespace
}  // namespace greffe::reader
