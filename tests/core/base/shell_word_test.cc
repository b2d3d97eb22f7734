#include "core/base/shell_word.h"

#include <gtest/gtest.h>

namespace greffe {
namespace {

TEST(ShellWord, QuotesAWordThatAShellWouldCut) {
  EXPECT_EQ(ShellWord("caf-47"), "caf-47");
  EXPECT_EQ(ShellWord("Commune d'Astaffort"), "'Commune d'\\''Astaffort'");
  EXPECT_EQ(ShellWord("$(reboot)"), "'$(reboot)'");
  EXPECT_EQ(ShellWord(""), "''");
}

}  // namespace
}  // namespace greffe
