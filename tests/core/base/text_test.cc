#include "core/base/text.h"

#include <random>
#include <vector>

#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing_support::StatusIs;

TEST(NormaliseText, ComposesAndUnifiesLineEnds) {
  const auto text = NormaliseText("e\xcc\x81t\xc3\xa9\r\nun\rdeux\n", "body", 100);
  ASSERT_OK(text);
  EXPECT_EQ(*text, "\xc3\xa9t\xc3\xa9\nun\ndeux\n");
}

TEST(NormaliseText, RefusesBrokenUtf8AndControlCharactersNamingTheField) {
  for (const char* bad : {"\xff", "a\xc3", "\xed\xa0\x80", "\xc0\xaf"}) {
    const auto text = NormaliseText(bad, "article.body", 100);
    EXPECT_THAT(text, StatusIs(absl::StatusCode::kInvalidArgument)) << bad;
    EXPECT_EQ(RefusalOf(text.status()).field, "article.body");
    EXPECT_EQ(RefusalOf(text.status()).rule, "text-utf8");
  }
  for (const char* bad : {"a\x01z", "a\x7fz", "a\xc2\x80z", "a\xc2\x9fz"}) {
    EXPECT_EQ(RefusalOf(NormaliseText(bad, "f", 9).status()).rule, "text-control") << bad;
  }
  // A signer would read another text than the one that is signed.
  for (const char* bad : {"a\xe2\x80\xaaz", "a\xe2\x80\xaez", "a\xe2\x81\xa6z", "a\xe2\x81\xa9z"}) {
    EXPECT_EQ(RefusalOf(NormaliseText(bad, "f", 9).status()).rule, "text-direction") << bad;
  }
  // Beside them in the table: marks of Arabic and Hebrew, joiners, a no-break space.
  for (const char* good : {"a\xe2\x80\x8fz", "a\xe2\x80\x8dz", "a\xe2\x80\xafz", "a\xc2\xa0z"}) {
    EXPECT_OK(NormaliseText(good, "f", 9)) << good;
  }
}

TEST(NormaliseText, TakesExactlyTheLimitAndRefusesOneMore) {
  EXPECT_OK(NormaliseText(std::string(limits::kTextBytes, 'a'), "f", limits::kTextBytes));
  const auto more =
      NormaliseText(std::string(limits::kTextBytes + 1, 'a'), "f", limits::kTextBytes);
  EXPECT_EQ(RefusalOf(more.status()).rule, "limit-text");
}

TEST(CheckSlug, TakesIdsAndRefusesTheRest) {
  for (const char* good : {"a", "caf-47", "x0", "0"}) EXPECT_OK(CheckSlug(good, "id"));
  EXPECT_OK(CheckSlug(std::string(64, 'a'), "id"));
  for (const std::string& bad :
       {std::string(), std::string("A"), std::string("-a"), std::string("a-"), std::string("a b"),
        std::string("é"), std::string(65, 'a')}) {
    EXPECT_THAT(CheckSlug(bad, "id"), StatusIs(absl::StatusCode::kInvalidArgument)) << bad;
  }
}

TEST(PositionBetween, StaysStrictlyBetweenWhateverIsInserted) {
  std::mt19937_64 random(20250101);
  std::vector<std::string> keys = {PositionOf(0, 2), PositionOf(1, 2)};
  for (int i = 0; i < 2000; ++i) {
    const std::size_t at = random() % (keys.size() + 1);
    const std::string before = at == 0 ? "" : keys[at - 1];
    const std::string after = at == keys.size() ? "" : keys[at];
    const auto key = PositionBetween(before, after);
    ASSERT_OK(key) << before << " " << after;
    ASSERT_LT(before, *key);
    ASSERT_TRUE(after.empty() || *key < after) << *key;
    keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(at), *key);
  }
}

TEST(PositionBetween, RefusesDisorder) {
  EXPECT_THAT(PositionBetween("b", "a"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(PositionBetween("a", "a"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(PositionBetween("é", ""), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(PositionOf, GivesDistinctOrderedKeysThatLeaveRoom) {
  for (const std::size_t count : {1u, 2u, 61u, 62u, 63u, 5000u}) {
    std::string last;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string key = PositionOf(i, count);
      ASSERT_LT(last, key) << i << " of " << count;
      ASSERT_OK(PositionBetween(last, key));
      last = key;
    }
  }
}

TEST(NormaliseLine, IsOneLineThatIsNotEmpty) {
  EXPECT_EQ(NormaliseLine("Commune d'essai", "name", 20).value(), "Commune d'essai");
  EXPECT_EQ(NormaliseLine("ééé", "name", 3).value(), "ééé");
  for (const char* const bad :
       {"", "  ", "A\nB", "A\tB", "éééé", "\xe2\x80\x8b", "\xc2\xa0\xe2\x80\x8d", "\xc2\xad"}) {
    const Refusal refusal = RefusalOf(NormaliseLine(bad, "name", 3).status());
    EXPECT_EQ(refusal.rule, "text-line") << bad;
    EXPECT_EQ(refusal.field, "name") << bad;
  }
}

}  // namespace
}  // namespace greffe
