#include "client/cli/parse.h"

#include <map>

#include "client/cli/format.h"
#include "client/cli/messages.h"
#include "client/status.h"
#include "core/base/refusal.h"
#include "tests/support/status_matchers.h"

namespace greffe::cli {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

TEST(ParseDuration, TakesUnitsAndSecondsByDefault) {
  EXPECT_EQ(*ParseDuration("30"), milliseconds(30'000));
  EXPECT_EQ(*ParseDuration("30s"), milliseconds(30'000));
  EXPECT_EQ(*ParseDuration("500ms"), milliseconds(500));
  EXPECT_EQ(*ParseDuration("2m"), milliseconds(120'000));
  EXPECT_EQ(*ParseDuration("24h"), milliseconds(86'400'000));
}

TEST(ParseDuration, RefusesWhatIsNone) {
  for (const char* text :
       {"", "s", "-1", "0", "0s", "1.5s", "25h", "1 s", "99999999999999999999", "+5", "5d"}) {
    const auto duration = ParseDuration(text);
    EXPECT_TRUE(IsUsageError(duration.status())) << text;
    EXPECT_EQ(RefusalOf(duration.status()).field, "--timeout");
  }
}

TEST(ParseDatedPoint, TakesADateAloneOrWithWhatWasKnown) {
  const auto date = *ParseDatedPoint("2026-06-30", "--from");
  EXPECT_EQ(date.in_force_on(), "2026-06-30");
  EXPECT_EQ(date.known_case(), v1::ReadAt::KNOWN_NOT_SET);

  const auto cut = *ParseDatedPoint("2026-06-30@gt1.AbC", "--from");
  EXPECT_EQ(cut.in_force_on(), "2026-06-30");
  EXPECT_EQ(cut.cut(), "gt1.AbC");

  const auto instant = *ParseDatedPoint("2026-06-30@2026-03-01T09:00:00Z", "--from");
  EXPECT_EQ(instant.known_at(), "2026-03-01T09:00:00Z");
}

TEST(ParseDatedPoint, NamesTheOptionThatIsWrong) {
  for (const char* text : {"", "@gt1.AbC", "2026-06-30@"}) {
    const auto point = ParseDatedPoint(text, "--to");
    EXPECT_TRUE(IsUsageError(point.status())) << text;
    EXPECT_EQ(RefusalOf(point.status()).field, "--to");
  }
}

TEST(ParseReadAt, TellsATokenFromAnInstant) {
  EXPECT_EQ(ParseReadAt({.known_at = "gt1.xyz"})->cut(), "gt1.xyz");
  EXPECT_EQ(ParseReadAt({.known_at = "2026-01-01T00:00:00Z"})->known_at(), "2026-01-01T00:00:00Z");
  EXPECT_EQ(ParseReadAt({.recorded_by = "2026-01-01T00:00:00Z"})->recorded_by(),
            "2026-01-01T00:00:00Z");
  EXPECT_TRUE(IsUsageError(ParseReadAt({.known_at = "gt1.x", .recorded_by = "y"}).status()));
  // Dates are the replica's to judge, so that everybody meets one rule.
  EXPECT_EQ(ParseReadAt({.in_force_on = "2022-02-30"})->in_force_on(), "2022-02-30");
}

TEST(ParseRequestId, Wants32HexadecimalDigits) {
  EXPECT_EQ(*ParseRequestId("000102030405060708090a0b0c0d0e0F"),
            std::string("\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17", 16));
  EXPECT_TRUE(IsUsageError(ParseRequestId("0001").status()));
  EXPECT_TRUE(IsUsageError(ParseRequestId(std::string(32, 'g')).status()));
}

TEST(ParseRole, ListsWhatIsAllowed) {
  EXPECT_EQ(*ParseRole("signatory"), v1::ROLE_SIGNATORY);
  EXPECT_THAT(RefusalOf(ParseRole("boss").status()).fr, HasSubstr("secretariat"));
  EXPECT_EQ(*ParsePartnerKind("national-education"), v1::PARTNER_KIND_NATIONAL_EDUCATION);
  EXPECT_EQ(*ParseProgressState("in-progress"), v1::PROGRESS_STATE_IN_PROGRESS);
  EXPECT_EQ(*ParsePublicationMode("posting"), v1::PUBLICATION_MODE_POSTING);
}

Lang LangOf(const std::string& flag, std::map<std::string, std::string> environment) {
  return ChooseLang(flag, [&](const char* name) -> const char* {
    const auto it = environment.find(name);
    return it == environment.end() ? nullptr : it->second.c_str();
  });
}

TEST(ChooseLang, IsFrenchUnlessTheLocaleSaysEnglish) {
  EXPECT_EQ(LangOf("", {}), Lang::kFrench);
  EXPECT_EQ(LangOf("", {{"LANG", "C.UTF-8"}}), Lang::kFrench);
  EXPECT_EQ(LangOf("", {{"LANG", "de_DE.UTF-8"}}), Lang::kFrench);
  EXPECT_EQ(LangOf("", {{"LANG", "en_GB.UTF-8"}}), Lang::kEnglish);
}

TEST(ChooseLang, TakesTheFirstVariableThatIsSetAndTheFlagBeforeAll) {
  EXPECT_EQ(LangOf("", {{"LC_ALL", "fr_FR"}, {"LANG", "en_US"}}), Lang::kFrench);
  EXPECT_EQ(LangOf("", {{"LC_ALL", ""}, {"LC_MESSAGES", "en_US"}, {"LANG", "fr_FR"}}),
            Lang::kEnglish);
  EXPECT_EQ(LangOf("en", {{"LC_ALL", "fr_FR"}}), Lang::kEnglish);
  EXPECT_EQ(LangOf("fr", {{"LC_ALL", "en_US"}}), Lang::kFrench);
}

TEST(Format, WritesDatesAsPeopleReadThem) {
  EXPECT_EQ(LongDate(Lang::kFrench, "2025-01-01"), "1er janvier 2025");
  EXPECT_EQ(LongDate(Lang::kFrench, "2025-08-12"), "12 août 2025");
  EXPECT_EQ(LongDate(Lang::kEnglish, "2025-01-01"), "1 January 2025");
  EXPECT_EQ(LongDate(Lang::kFrench, "2022-02-30"), "2022-02-30");
  EXPECT_EQ(LongDate(Lang::kFrench, ""), "");
}

TEST(Format, ShowsInstantsInParisInWinterAndSummer) {
  google::protobuf::Timestamp at;
  at.set_seconds(1'767'225'600);  // 2026-01-01T00:00:00Z
  EXPECT_EQ(LongInstant(Lang::kFrench, at), "1er janvier 2026 à 01:00:00");
  EXPECT_EQ(ShortInstant(Lang::kFrench, at), "01/01/2026 01:00");
  at.set_seconds(1'782'864'000);  // 2026-07-01T00:00:00Z
  EXPECT_EQ(ShortInstant(Lang::kEnglish, at), "2026-07-01 02:00");
}

TEST(Format, GroupsDigitsAndScalesBytes) {
  EXPECT_EQ(Count(Lang::kFrench, 1234567), "1\u202F234\u202F567");
  EXPECT_EQ(Count(Lang::kEnglish, 999), "999");
  EXPECT_EQ(Count(Lang::kEnglish, 1000), "1,000");
  EXPECT_EQ(Bytes(Lang::kFrench, 12 * 1024 * 1024 + 410 * 1024), "12,4 Mio");
  EXPECT_EQ(Bytes(Lang::kEnglish, 1023), "1023 B");
}

}  // namespace
}  // namespace greffe::cli
