#include "core/convention/elements/origin_words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace greffe {
namespace {

v1::Origin Of(v1::ActKind kind, const std::string& label, const std::string& concluded_on = "",
              const std::vector<std::uint32_t>& articles = {}) {
  v1::Origin out;
  out.set_kind(kind);
  out.set_label(label);
  out.set_concluded_on(concluded_on);
  for (const std::uint32_t one : articles) out.add_articles(one);
  return out;
}

TEST(OriginWords, NameTheActItsDayAndItsArticles) {
  const v1::Origin one = Of(v1::ACT_KIND_AVENANT, "avenant n° 2", "2025-03-14", {3});
  EXPECT_EQ(OriginAct(one), "l'avenant n° 2 du 14 mars 2025, article 3");
  EXPECT_EQ(OriginWords(one).fr, "avenant n° 2 du 14 mars 2025, article 3");
  EXPECT_EQ(OriginWords(one).en, "avenant n° 2 of 14 March 2025, article 3");

  const v1::Origin three = Of(v1::ACT_KIND_AVENANT, "Avenant n° 2", "2025-03-01", {1, 2, 5});
  EXPECT_EQ(OriginAct(three), "l'Avenant n° 2 du 1er mars 2025, articles 1er, 2 et 5");
  EXPECT_EQ(OriginWords(three).en, "Avenant n° 2 of 1 March 2025, articles 1, 2 and 5");
}

TEST(OriginWords, LeaveOutWhatIsNotKnown) {
  EXPECT_EQ(OriginAct(Of(v1::ACT_KIND_AVENANT, "avenant n° 2")), "l'avenant n° 2");
  EXPECT_EQ(OriginAct(v1::Origin()), "");
  EXPECT_EQ(OriginWords(v1::Origin()).en, "");
}

TEST(OriginWords, TakeALabelForANameOnlyWhereItIsOne) {
  EXPECT_EQ(OriginAct(Of(v1::ACT_KIND_ORIGINAL, "convention", "2024-11-04")),
            "la convention du 4 novembre 2024");
  EXPECT_EQ(OriginAct(Of(v1::ACT_KIND_COMMITTEE_DECISION, "décision de comité n° 1")),
            "la décision de comité n° 1");
  EXPECT_EQ(OriginAct(Of(v1::ACT_KIND_ORIGINAL, "CTG 2025")), "la convention « CTG 2025 »");
  EXPECT_EQ(OriginAct(Of(v1::ACT_KIND_AVENANT, "n° 4")), "l'avenant « n° 4 »");
  EXPECT_EQ(OriginAct(Of(v1::ACT_KIND_AVENANT, "avenantages")), "l'avenant « avenantages »");
  EXPECT_EQ(OriginAct(Of(v1::ACT_KIND_AGREED_TERMINATION, "résiliation amiable", "2026-05-04")),
            "la résiliation amiable du 4 mai 2026");
  EXPECT_EQ(OriginAct(Of(v1::ACT_KIND_AGREED_TERMINATION, "fin 2026")),
            "la résiliation amiable « fin 2026 »");
  EXPECT_EQ(OriginAct(Of(v1::ACT_KIND_UNSPECIFIED, "autre")), "l'acte « autre »");
}

TEST(OriginWords, AreThoseOfOneActByTheSameArticles) {
  v1::Origin one = Of(v1::ACT_KIND_AVENANT, "avenant n° 2", "", {3});
  one.set_revision("aa");
  v1::Origin other = one;
  EXPECT_TRUE(SameOrigin(one, other));
  other.add_articles(4);
  EXPECT_FALSE(SameOrigin(one, other));
  other = one;
  other.set_revision("bb");
  EXPECT_FALSE(SameOrigin(one, other));
}

}  // namespace
}  // namespace greffe
