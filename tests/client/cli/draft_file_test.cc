#include "client/cli/draft_file.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "client/cli/json_source.h"
#include "client/cli/output.h"
#include "client/status.h"
#include "core/base/refusal.h"
#include "greffe/v1/act.pb.h"
#include "greffe/v1/draft.pb.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::StatusIs;

absl::Status Parse(const std::string& text, const std::string& name = "projet.json") {
  v1::ConventionDraft draft;
  SourceMap map;
  return ParseDraft(text, name, draft, map);
}

std::string Said(const absl::Status& status) { return RefusalOf(status).fr; }

constexpr char kJson[] =
    "{\n"
    "  \"elements\": [\n"
    "    {\"id\": \"terms\",\n"
    "     \"terms\": {\"title\": \"Une convention\"}},\n"
    "    {\n"
    "      \"id\": \"creche\",\n"
    "      \"facility\": {\n"
    "        \"type\": \"EAJE\",\n"
    "        \"supportedBy\": \"commune-x\"\n"
    "      }\n"
    "    }\n"
    "  ]\n"
    "}\n";

TEST(DraftFile, ReadsJsonWithEitherFormOfNames) {
  v1::ConventionDraft draft;
  SourceMap map;

  ASSERT_OK(ParseDraft(kJson, "projet.json", draft, map));

  EXPECT_EQ(draft.elements_size(), 2);
  EXPECT_EQ(draft.elements(1).facility().supported_by(), "commune-x");
}

TEST(DraftFile, KnowsTheLineOfEachFieldOfJson) {
  v1::ConventionDraft draft;
  SourceMap map;

  ASSERT_OK(ParseDraft(kJson, "projet.json", draft, map));

  EXPECT_EQ(map.Find("elements[1].facility.supported_by"), (Place{9, 9}));
  // A field that the file does not have: the nearest thing around it.
  EXPECT_EQ(map.Find("elements[1].facility.name"), (Place{7, 7}));
  // No path at all: the element by its id.
  EXPECT_EQ(map.Find("", "creche"), (Place{5, 5}));
  EXPECT_EQ(map.Find("", "nulle-part"), std::nullopt);
}

TEST(DraftFile, NamesEveryUnknownFieldOfJsonWithItsLine) {
  const absl::Status status = Parse(
      "{\n"
      "  \"elements\": [{\n"
      "    \"id\": \"a\",\n"
      "    \"titel\": \"x\",\n"
      "    \"terms\": {\"tilte\": 1}\n"
      "  }]\n"
      "}");

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Said(status), AllOf(HasSubstr("ligne 4, colonne 5 : champ inconnu « titel » dans "
                                            "Element"),
                                  HasSubstr("ligne 5, colonne 15 : champ inconnu « tilte » dans "
                                            "Terms")));
  EXPECT_EQ(RefusalOf(status).rule, "file-form");
  EXPECT_FALSE(IsUsageError(status));
}

TEST(DraftFile, NamesWrongEnumsAndShapesOfJson) {
  const absl::Status status = Parse(
      "{\"elements\": [\n"
      "  {\"id\": \"a\", \"party\": {\"kind\": \"PARTNER_KIND_CITY\"}},\n"
      "  {\"id\": [\"b\"]},\n"
      "  {\"terms\": \"x\"}\n"
      "], \"remark\": {}}");

  EXPECT_THAT(Said(status),
              AllOf(HasSubstr("ligne 2, colonne 33 : « PARTNER_KIND_CITY » n'est pas"),
                    HasSubstr("PARTNER_KIND_CAF"),
                    HasSubstr("ligne 3, colonne 10 : « id » attend une seule valeur"),
                    HasSubstr("ligne 4, colonne 13 : « terms » attend un objet"),
                    HasSubstr("ligne 5, colonne 14 : « remark » attend une seule")));
}

TEST(DraftFile, NamesAFieldGivenTwiceAndTwoContents) {
  const absl::Status status =
      Parse("{\"elements\": [{\"id\": \"a\", \"id\": \"b\", \"terms\": {}, \"party\": {}}]}");

  EXPECT_THAT(Said(status), AllOf(HasSubstr("le champ « id » est donné deux fois"),
                                  HasSubstr("« terms » et « party » ne peuvent être donnés")));
}

TEST(DraftFile, SaysLineAndColumnOfAJsonSyntaxError) {
  EXPECT_THAT(Said(Parse("{\n  \"remark\" \"x\"\n}")), HasSubstr("ligne 2, colonne 12"));
  EXPECT_THAT(Said(Parse("{\"remark\": \"é\n\"}")), HasSubstr("ligne 1, colonne 14"));
  EXPECT_THAT(Said(Parse("{\"elements\": [")), HasSubstr("une valeur est attendue"));
  EXPECT_THAT(Said(Parse("{} {}")), HasSubstr("rien n'est attendu après"));
  EXPECT_THAT(Parse(""), StatusIs(absl::StatusCode::kInvalidArgument));
}

// In the words of this program, where the library has its own.
TEST(DraftFile, SaysWhereAnEscapeGivesHalfACharacter) {
  const auto said = [](const std::string& escape) {
    return Said(Parse("{\n \"remark\": \"é" + escape + "\"}"));
  };
  for (const char* const lone : {"\\ud800", "\\udc00", "\\udc00\\udc00", "\\ud83d x",
                                 "\\ud83d\\u0041", "\\uD83D\\ud83d", "\\ud800\\n"}) {
    EXPECT_THAT(said(lone), AllOf(HasSubstr("ligne 2, colonne "), HasSubstr("la moitié d'un")))
        << lone;
  }
  for (const char* const digits : {"\\u12", "\\uzzzz", "\\ud83d\\u1"}) {
    EXPECT_THAT(said(digits), HasSubstr("quatre chiffres hexadécimaux")) << digits;
  }
  EXPECT_OK(Parse("{\"remark\": \"\\ud83d\\ude00 \\u00e9 \\\\ud800 \\n\"}"));
}

TEST(DraftFile, SaysTheLineOfAValueThatProtobufRefuses) {
  const absl::Status status = Parse(
      "{\"elements\": [\n"
      "  {\"id\": \"a\",\n"
      "   \"body\": {\"meetings_per_year_min\": -1}}]}");

  EXPECT_THAT(Said(status), HasSubstr("ligne 3"));
}

TEST(DraftFile, SaysWhichValueAFieldWants) {
  const absl::Status text =
      Parse("{\"elements\": [\n {\"id\": \"a\", \"terms\": {\"title\": 5}}]}");
  EXPECT_THAT(Said(text), HasSubstr("ligne 2, colonne 24 : « title » attend un texte entre "
                                    "guillemets ; le fichier donne 5."));
  EXPECT_THAT(RefusalOf(text).en, HasSubstr("line 2, column 24: “title” wants a text in quotes"));
  EXPECT_EQ(RefusalOf(text).rule, "file-form");

  const absl::Status number =
      Parse("{\"elements\": [{\"id\": \"a\", \"body\": {\"meetings_per_year_min\": -1}}]}");
  EXPECT_THAT(Said(number), HasSubstr("« meetings_per_year_min » attend un nombre entier, 0 ou "
                                      "plus ; le fichier donne -1."));
  EXPECT_THAT(Said(Parse("remark: 5", "p.txtpb")),
              HasSubstr("ligne 1, colonne 9 : un texte entre guillemets est attendu, « 5 »"));
}

TEST(DraftFile, SaysSoOfAValueAsLongAsTheFile) {
  const std::string longest(1'000'000, 'x');
  for (const bool json : {true, false}) {
    const absl::Status status =
        Parse(json ? absl::StrCat("{\"on_paper\": {\"deliberations\": [{\"votes_for\": \"", longest,
                                  "\"}]}}")
                   : absl::StrCat("on_paper { deliberations { votes_for: \"", longest, "\" } }"));
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_LT(Said(status).size(), 2000u);
  }
}

TEST(DraftFile, SaysWhereAFileIsNotUtf8) {
  const absl::Status json = Parse(
      "{\"elements\": [\n {\"id\": \"a\", \"terms\": {\"title\": \"cr\xE8"
      "che\"}}]}");
  EXPECT_EQ(RefusalOf(json).rule, "utf-8");
  EXPECT_EQ(RefusalOf(json).field, "--file");
  EXPECT_EQ(Said(json),
            "projet.json, ligne 2, colonne 36 : ce qui suit « elements[0].terms.title » n'est pas "
            "de l'UTF-8.");
  EXPECT_THAT(RefusalOf(json).en, HasSubstr("projet.json, line 2, column 36"));
  EXPECT_THAT(RefusalOf(json).next_fr, HasSubstr("iconv -f LATIN1"));

  const absl::Status text = Parse("# x\nremark: \"\xE9t\xE9\"\n", "p.txtpb");
  EXPECT_EQ(Said(text),
            "p.txtpb, ligne 2, colonne 10 : ce qui suit « remark: \" » n'est pas de "
            "l'UTF-8.");
}

TEST(DraftFile, SaysWhatTheFileIsToHold) {
  const auto next = [](google::protobuf::Message&& message, const char* command = "") {
    SourceMap map;
    return RefusalOf(ParseDraft("{\"wrong\": 1}", "x.json", message, map, command)).next_fr;
  };

  EXPECT_THAT(next(v1::ConventionDraft()), HasSubstr("greffe convention template"));
  for (const char* const command : {"act propose", "act revise"}) {
    EXPECT_THAT(next(v1::ActDraft(), command),
                AllOf(HasSubstr(absl::StrCat("« greffe ", command, " --help »")),
                      HasSubstr("changes, old_texts")));
  }
  EXPECT_THAT(next(v1::Deliberation()),
              AllOf(HasSubstr("greffe.v1.Deliberation"), HasSubstr("sitting_on"),
                    Not(HasSubstr("convention template"))));
}

TEST(DraftFile, RefusesJsonNestedWithoutEnd) {
  std::string deep = "{\"elements\": ";
  for (int i = 0; i < 100'000; ++i) deep += "[";

  EXPECT_THAT(Said(Parse(deep)), HasSubstr("trop de niveaux"));
}

TEST(DraftFile, ReadsTextFormatAndKnowsItsLines) {
  v1::ConventionDraft draft;
  SourceMap map;

  ASSERT_OK(
      ParseDraft("# un commentaire\n"
                 "elements { id: \"terms\" }\n"
                 "elements {\n"
                 "  id: \"creche\"\n"
                 "  facility { type: \"EAJE\" }\n"
                 "}\n",
                 "projet.txtpb", draft, map));

  EXPECT_EQ(map.Find("elements[1].facility.type")->line, 5);
  EXPECT_EQ(map.Find("elements[1].facility.name")->line, 5);
  EXPECT_EQ(map.Find("", "creche")->line, 3);
}

// What a person forgot stands nowhere: the file is to blame from its first line on.
TEST(DraftFile, PlacesWhatAnActLeavesOutWhereItBegins) {
  v1::ActDraft draft;
  SourceMap map;
  ASSERT_OK(ParseDraft("\n\n{\n \"title\": \"x\"}", "acte.json", draft, map));

  EXPECT_EQ(map.Find("title")->line, 4);
  EXPECT_EQ(map.Find("kind")->line, 3);
  EXPECT_EQ(map.Find("read_cut"), std::nullopt);

  // Options complete it.
  v1::Deliberation vote;
  SourceMap of_vote;
  ASSERT_OK(ParseDraft("{\"number\": \"x\"}", "vote.json", vote, of_vote));
  EXPECT_EQ(of_vote.Find("assembly"), std::nullopt);
}

TEST(PathInFile, LeavesOutWhatTheRequestCallsTheFile) {
  EXPECT_EQ(PathInFile("draft.elements[1].terms"), "elements[1].terms");
  EXPECT_EQ(PathInFile("fact.element_id"), "element_id");
  EXPECT_EQ(PathInFile("deliberation.number"), "number");
  EXPECT_EQ(PathInFile("title"), "title");
}

TEST(DraftFile, NamesAnUnknownFieldOfTextFormatWithItsLine) {
  const absl::Status status = Parse("remark: \"x\"\nelements {\n  titel: \"y\"\n}\n", "p.txtpb");

  EXPECT_THAT(Said(status),
              AllOf(HasSubstr("ligne 3"), HasSubstr("champ inconnu « titel » dans Element")));
}

TEST(DraftFile, TellsTheFormatByExtensionElseByTheFirstCharacter) {
  EXPECT_OK(Parse("  {\"remark\": \"x\"}", "projet"));
  EXPECT_OK(Parse("remark: \"x\"", "projet"));
  EXPECT_OK(Parse("\xEF\xBB\xBF{\"remark\": \"x\"}", "projet"));
  EXPECT_THAT(Parse("remark: \"x\"", "projet.json"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(DraftFile, RefusesAFileOverTheLimitAndTakesOneAtIt) {
  const TempFolder folder;
  const std::string path = folder.path() + "/grand.txtpb";
  const std::string text = "remark: \"x\"";
  std::ofstream(path) << text << std::string(kDraftFileBytes - text.size(), ' ');
  v1::ConventionDraft draft;
  SourceMap map;
  EXPECT_OK(LoadDraft(path, draft, map));

  std::ofstream(path, std::ios::app) << ' ';
  const absl::Status status = LoadDraft(path, draft, map);

  EXPECT_EQ(RefusalOf(status).rule, "limit-file");
}

TEST(DraftFile, SaysThatAFileIsMissingAsWrongUsage) {
  v1::ConventionDraft draft;
  SourceMap map;

  const absl::Status status = LoadDraft("/nowhere/projet.json", draft, map);

  EXPECT_TRUE(IsUsageError(status));
  EXPECT_EQ(ExitCodeOf(status), kWrongUsage);
  EXPECT_THAT(Said(status), HasSubstr("/nowhere/projet.json"));
}

TEST(DraftFile, PutsTheLineBeforeTheReplicasRefusal) {
  v1::ConventionDraft draft;
  SourceMap map;
  ASSERT_OK(ParseDraft(kJson, "projet.json", draft, map));
  const absl::Status refused = ToStatus({.code = absl::StatusCode::kInvalidArgument,
                                         .rule = "required",
                                         .field = "draft.elements[1].facility.name",
                                         .fr = "ce texte est obligatoire.",
                                         .en = "this text is required."});

  const absl::Status told = WithLines(refused, map);

  EXPECT_EQ(Said(told), "ligne 7 : ce texte est obligatoire.");
  EXPECT_EQ(RefusalOf(told).en, "line 7: this text is required.");
  EXPECT_EQ(RefusalOf(told).rule, "required");
}

}  // namespace
}  // namespace greffe::cli
