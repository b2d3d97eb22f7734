#include "core/reader/lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/base/refusal.h"
#include "tests/support/status_matchers.h"

namespace greffe::reader {
namespace {

using ::greffe::testing_support::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(SplitLines, EndsLinesAtEveryKindOfLineEnd) {
  ASSERT_OK_AND_ASSIGN(const auto documents,
                       SplitLines({{"a.txt", "un\ndeux\r\ntrois\rquatre\n"}}));

  ASSERT_EQ(documents.size(), 1u);
  EXPECT_EQ(documents[0].name, "a.txt");
  EXPECT_THAT(documents[0].lines, ElementsAre("un", "deux", "trois", "quatre"));
}

TEST(SplitLines, ReadsBytesThatAreNotUtf8AsWindows1252) {
  ASSERT_OK_AND_ASSIGN(const auto documents,
                       SplitLines({{"a", "d\xE9lib\xE9ration \x93oui\x94 \xE9t\xC3\xA9"}}));

  EXPECT_THAT(documents[0].lines, ElementsAre("délibération “oui” été"));
}

TEST(SplitLines, ComposesAccentsAndDropsWhatNobodySees) {
  ASSERT_OK_AND_ASSIGN(const auto documents,
                       SplitLines({{"a",
                                    "\xEF\xBB\xBF"
                                    "e\u0301te\u0301 con\u00ADvention\f\a."}}));

  EXPECT_THAT(documents[0].lines, ElementsAre("été convention  ."));
}

TEST(SplitLines, RefusesBinaryNamingTheLine) {
  const auto documents = SplitLines({{"scan.pdf", std::string("%PDF\nx\0y", 8)}});

  EXPECT_THAT(documents, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(RefusalOf(documents.status()).rule, "import-binary");
  EXPECT_THAT(RefusalOf(documents.status()).fr, HasSubstr("scan.pdf, ligne 2"));
}

TEST(SplitLines, RefusesUtf16) {
  EXPECT_THAT(SplitLines({{"a",
                           "\xFF\xFE"
                           "A"}}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(SplitLines, TakesTheLongestLineAndRefusesOneByteMore) {
  EXPECT_OK(SplitLines({{"a", std::string(kLineBytes, 'x')}}));

  const auto refused = SplitLines({{"a", "\n" + std::string(kLineBytes + 1, 'x')}});
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(RefusalOf(refused.status()).en, HasSubstr("line 2"));
}

TEST(SplitLines, CountsLinesAndBytesOverAllDocuments) {
  const std::string half(kInputLines / 2, '\n');
  EXPECT_OK(SplitLines({{"a", half}, {"b", half}}));
  EXPECT_THAT(SplitLines({{"a", half}, {"b", half + "x"}}),
              StatusIs(absl::StatusCode::kResourceExhausted));

  std::string much;
  while (much.size() <= kInputBytes / 2) much += std::string(1000, 'x') + "\n";
  EXPECT_THAT(SplitLines({{"a", much}, {"b", much}}),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST(SplitLines, RefusesMoreDocumentsThanTheLimit) {
  std::vector<InputText> inputs(kInputDocuments, InputText{"a", "x"});
  EXPECT_OK(SplitLines(inputs));
  inputs.push_back({"b", "x"});
  EXPECT_THAT(SplitLines(inputs), StatusIs(absl::StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace greffe::reader
