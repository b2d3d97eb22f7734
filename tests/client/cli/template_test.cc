#include "client/cli/template.h"

#include "client/cli/draft_file.h"
#include "core/convention/decide.h"
#include "core/convention/elements/element_text.h"
#include "core/rules/instrument.h"
#include "greffe/v1/draft.pb.h"
#include "tests/client/cli/run_greffe.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace greffe::cli {
namespace {

v1::ConventionDraft Read(Lang lang) {
  v1::ConventionDraft draft;
  SourceMap map;
  EXPECT_OK(ParseDraft(ConventionTemplate(lang), "projet.txtpb", draft, map));
  return draft;
}

TEST(ConventionTemplate, PassesTheChecksAsItIs) {
  const v1::ConventionDraft draft = Read(Lang::kFrench);
  EXPECT_GT(draft.elements_size(), 5);
  for (const auto& problem : CheckDraft(draft)) {
    ADD_FAILURE() << problem.field() << ": " << problem.text();
  }
}

// Else it could be signed: only the rule's own marks keep a text from being frozen.
TEST(ConventionTemplate, LeavesNothingToFillInThatFreezingWouldPass) {
  const v1::ConventionDraft draft = Read(Lang::kFrench);
  int marked = 0;
  for (const v1::Element& element : draft.elements()) {
    const std::string text = element.DebugString();
    EXPECT_EQ(element.ShortDebugString().find("\\342\\200\\246"), std::string::npos) << text;
    for (const ElementField& field : ElementFields(element)) {
      marked += rules::FindPlaceholders(field.text).empty() ? 0 : 1;
    }
  }

  EXPECT_GE(marked, 20);
}

TEST(ConventionTemplate, IsTheSameDraftInBothLanguages) {
  EXPECT_EQ(Read(Lang::kFrench).SerializeAsString(), Read(Lang::kEnglish).SerializeAsString());
  EXPECT_NE(ConventionTemplate(Lang::kFrench), ConventionTemplate(Lang::kEnglish));
}

TEST(ConventionTemplate, IsTheSameDraftInJson) {
  const TempFolder folder;
  const std::string file = folder.path() + "/projet.json";

  const Outcome json = RunGreffe({"convention", "template", "--json", "--lang", "fr"});
  const Outcome written = RunGreffe({"convention", "template", "--output", file, "--lang", "fr"});

  EXPECT_EQ(json.code, 0) << json.err;
  EXPECT_EQ(json.err, "");
  EXPECT_EQ(written.code, 0) << written.err;
  v1::ConventionDraft draft, of_file;
  SourceMap map;
  ASSERT_OK(ParseDraft(json.out, "sortie.json", draft, map));
  ASSERT_OK(LoadDraft(file, of_file, map));
  EXPECT_EQ(draft.SerializeAsString(), Read(Lang::kFrench).SerializeAsString());
  EXPECT_EQ(of_file.SerializeAsString(), draft.SerializeAsString());
  // One form at a time.
  EXPECT_EQ(RunGreffe({"convention", "template", "--json", "--output", file + "2"}).code, 2);
}

TEST(ConventionTemplate, ExplainsEverySectionInLinesThatFit) {
  for (const Lang lang : {Lang::kFrench, Lang::kEnglish}) {
    const std::string text = ConventionTemplate(lang);
    std::size_t start = 0;
    bool explained = false;
    for (std::size_t end = text.find('\n'); end != std::string::npos;
         start = end + 1, end = text.find('\n', start)) {
      const std::string line = text.substr(start, end - start);
      EXPECT_LE(line.size(), 120u) << line;
      if (line.rfind("elements", 0) == 0) {
        EXPECT_TRUE(explained) << "an element without a comment in its section";
      }
      if (line.empty()) explained = false;
      if (line.rfind("# ", 0) == 0) explained = true;
    }
  }
}

}  // namespace
}  // namespace greffe::cli
