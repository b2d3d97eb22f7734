#include "core/convention/reading/agreed_end.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// L-31: a résiliation amiable by a peer that leaves the last day where it is.
TEST(AgreedEnd, IsFoundWhereTheTermStays) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto frozen = [&](int request, v1::ActKind kind, const v1::Element& element) {
    ActId act;
    s.history.Write(s.b, "b", OpenAct(s.history, "b", request, kind, &act));
    const auto drafted = s.history.Write(s.b, "b", Draft(act, {element}));
    const auto out = s.history.Write(
        s.b, "b", Freeze(act, {s.Leaf(drafted)}, s.offices, "2026-01-01", {s.Leaf(s.frozen)}));
    s.history.LearnAll();
    return s.Leaf(out).ToHex();
  };
  frozen(11, v1::ACT_KIND_AVENANT, ArticleElement("art-1", "autre"));
  frozen(12, v1::ACT_KIND_AGREED_TERMINATION, TermsElement("2024-01-01", "2026-12-31"));
  EXPECT_THAT(AgreedEndFindings(s.Data()), IsEmpty());
  const std::string silent =
      frozen(13, v1::ACT_KIND_AGREED_TERMINATION, ArticleElement("art-1", "autre"));
  ASSERT_THAT(AgreedEndFindings(s.Data()), SizeIs(1));
  EXPECT_EQ(AgreedEndFindings(s.Data())[0].leaf(), silent);
  EXPECT_EQ(AgreedEndFindings(s.Data())[0].code(), "termination-keeps-term");
  frozen(14, v1::ACT_KIND_AGREED_TERMINATION, TermsElement("2024-01-01", "2028-12-31"));
  EXPECT_THAT(AgreedEndFindings(s.Data()), SizeIs(2));
}

// L-36: a term that never had effect is none to bring forward.
TEST(AgreedEnd, IsComparedWithATermThatHasEffect) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto prolonged = [&](int request, const std::string& until, const std::string& from) {
    return s.Avenant(s.b, "b", request, Draft({}, {TermsElement("2024-01-01", until)}), from,
                     {s.Leaf(s.frozen)});
  };
  ActId act;
  s.history.Write(s.b, "b", OpenAct(s.history, "b", 11, v1::ACT_KIND_AGREED_TERMINATION, &act));
  const auto drafted =
      s.history.Write(s.b, "b", Draft(act, {TermsElement("2024-01-01", "2029-12-31")}));
  // Its effect would begin months after the term.
  const auto stillborn = prolonged(12, "2031-12-31", "2029-06-01");
  s.SignByAll(stillborn, "2025-02-01");
  const auto keeps = [&](History::Event base) {
    const auto ends = s.history.Write(
        s.b, "b", Freeze(act, {s.Leaf(drafted)}, s.offices, "2026-01-01", {s.Leaf(base)}));
    s.history.LearnAll();
    const std::string leaf = s.Leaf(ends).ToHex();
    for (const v1::Finding& one : AgreedEndFindings(s.Data())) {
      if (one.leaf() == leaf) return true;
    }
    return false;
  };
  const auto refused = [&] {
    const StateData& data = s.Data();
    return KeepsTerm(data, TextInMaking::OfAct(data, *data.FindAct(act), EndOfTime())).has_value();
  };
  EXPECT_TRUE(keeps(stillborn));
  EXPECT_TRUE(refused());

  // One that has effect.
  const auto prolonging = prolonged(13, "2031-12-31", "2027-01-01");
  s.SignByAll(prolonging, "2025-03-01");
  EXPECT_FALSE(keeps(prolonging));
  EXPECT_FALSE(refused());
}

}  // namespace
}  // namespace greffe::test
