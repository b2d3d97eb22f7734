#include "core/convention/agreed_end.h"

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

}  // namespace
}  // namespace greffe::test
