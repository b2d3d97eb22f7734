#include "core/base/html.h"

#include <gtest/gtest.h>

namespace greffe {
namespace {

TEST(EscapeHtml, LeavesNoTextAWayIntoTheMarkup) {
  EXPECT_EQ(EscapeHtml("<script>alert('x') & \"y\"</script>"),
            "&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt;");
}

TEST(EscapeHtml, KeepsLettersLinesAndTabs) {
  EXPECT_EQ(EscapeHtml("Réunion n° 1\u00a0: à l'été\n\t€"), "Réunion n° 1\u00a0: à l&#39;été\n\t€");
}

TEST(EscapeHtml, ReplacesControlsDirectionOverridesAndBrokenBytes) {
  EXPECT_EQ(EscapeHtml(absl::string_view("a\0b\x1B[1m\r\x7F", 9)), "a\uFFFDb\uFFFD[1m\uFFFD\uFFFD");
  EXPECT_EQ(EscapeHtml("\u0085\u009f"), "\uFFFD\uFFFD");
  EXPECT_EQ(EscapeHtml("gp\u202eg\u2066x\u2069"), "gp\uFFFDg\uFFFDx\uFFFD");
  EXPECT_EQ(EscapeHtml("a\xFFz\xE2\x80"), "a\uFFFDz\uFFFD");
}

}  // namespace
}  // namespace greffe
