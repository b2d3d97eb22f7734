#include "client/cli/help_layout.h"

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/command.h"
#include "client/cli/commands.h"
#include "client/cli/text_width.h"
#include "tests/client/cli/run_greffe.h"

namespace greffe::cli {
namespace {

using ::testing::HasSubstr;

TEST(HelpText, FillsParagraphsAndLeavesExamplesAlone) {
  EXPECT_EQ(HelpText("Le fait reste ce qu'il était, sauf ce que disent\nles options : celles de la "
                     "commande.\nAutre phrase.\n\n  greffe un exemple qui est plus long que la "
                     "ligne\n",
                     40),
            "Le fait reste ce qu'il était, sauf ce\nque disent les options : celles de la\n"
            "commande.\nAutre phrase.\n\n  greffe un exemple qui est plus long que la ligne\n\n");
}

TEST(HelpEntry, SetsTheTextInAColumnThatFits) {
  EXPECT_EQ(HelpEntry("--on DATE", "Jour du fait, selon la preuve", 40),
            "  --on DATE     Jour du fait, selon la\n                preuve\n");
  EXPECT_EQ(HelpEntry("--certified-on DATE", "Jour", 40),
            "  --certified-on DATE\n                Jour\n");
  // Words of the source that stand on two of its lines are one sentence.
  EXPECT_EQ(HelpEntry("x", "un\ndeux", 80), absl::StrCat("  x", std::string(29, ' '), "un deux\n"));
}

TEST(Help, FitsEightyColumnsForEveryCommandInBothLanguages) {
  Globals globals;
  CommandLine line(Lang::kFrench, &globals, 80);
  AddAllCommands(line);
  // The whole, the groups, the commands.
  std::set<std::string> commands = {""};
  for (const std::string& command : line.Commands()) {
    commands.insert(command);
    commands.insert(command.substr(0, command.find(' ')));
  }
  for (const std::string& command : commands) {
    for (const char* lang : {"fr", "en"}) {
      std::vector<std::string> words = absl::StrSplit(command, ' ', absl::SkipEmpty());
      words.insert(words.end(), {"--help", "--lang", lang});
      const Outcome help = RunGreffe(words, {.width = 80});
      ASSERT_EQ(help.code, 0) << command;
      for (const absl::string_view text : absl::StrSplit(help.out, '\n')) {
        EXPECT_LE(DisplayWidth(text), 80) << command << ": " << text;
      }
    }
  }
}

// Not by two layouts one after the other.
TEST(Help, FillsItsLines) {
  EXPECT_THAT(RunGreffe({"import", "--help", "--lang", "fr"}, {.width = 80}).out,
              HasSubstr("  --facts TSV                   Un fait par ligne, avec ses lignes de "
                        "source ;\n                                contient des noms de "
                        "personnes\n"));
  EXPECT_THAT(RunGreffe({"correct", "--help", "--lang", "fr"}, {.width = 80}).out,
              HasSubstr("Le fait reste ce qu'il était, sauf ce que disent les options : celles de "
                        "la\ncommande qui l'a enregistré. D'un fait de la vie"));
}

}  // namespace
}  // namespace greffe::cli
