#include "client/cli/draft_file.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <regex>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/json_source.h"
#include "client/cli/text_width.h"
#include "client/connection.h"
#include "client/status.h"
#include "core/base/refusals.h"
#include "core/base/status_macros.h"
#include "core/base/utf8.h"

namespace greffe::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;
using google::protobuf::TextFormat;

constexpr Message kWantNatural = {"un nombre entier, 0 ou plus", "a whole number, 0 or more"};
constexpr Message kWantInteger = {"un nombre entier", "a whole number"};
constexpr Message kWantNumber = {"un nombre", "a number"};
constexpr Message kWantBool = {"true ou false", "true or false"};
constexpr Message kWantBytes = {"des octets en base64, entre guillemets",
                                "bytes in base64, in quotes"};
constexpr Message kWantText = {"un texte entre guillemets", "a text in quotes"};

// Of a value that protobuf repeats whole in what it says.
constexpr std::size_t kShownBytes = 200;
std::string Shown(const std::string& value) { return PrintableLine(Shortened(value, kShownBytes)); }

// Protobuf's text parser: its tree of locations is walked beside the message read.
class TextProblems final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& whole) override {
    const Place place{line + 1, column + 1};
    // Regular expressions of the library recurse once a character.
    const std::string message = Shown(whole);
    std::smatch match;
    static const std::regex kNoField(
        "Message type \"([^\"]*)\" has no field named \"([^\"]*)\"\\.?");
    static const std::regex kNoEnum(
        "Unknown enumeration value of \"([^\"]*)\" for field \"([^\"]*)\"\\.?");
    static const std::regex kTwice(
        "Non-repeated field \"([^\"]*)\" is specified multiple times\\.?");
    static const std::regex kOneof(
        "Field \"([^\"]*)\" is specified along with field \"([^\"]*)\".*");
    static const std::regex kGot("Expected ([a-z]+), got: (.*)");
    static const std::regex kWanted("Expected \"([^\"]*)\", found \"([^\"]*)\"\\.?");
    if (std::regex_match(message, match, kNoField)) {
      const std::string type = match[1].str();
      found.push_back(
          ProblemAt(place, msg::kUnknownField, match[2].str(), type.substr(type.rfind('.') + 1)));
    } else if (std::regex_match(message, match, kNoEnum)) {
      constexpr Message kText = {"$0 : « $1 » n'est pas une valeur de « $2 ».",
                                 "$0: “$1” is not a value of “$2”."};
      found.push_back(ProblemAt(place, kText, match[1].str(), match[2].str()));
    } else if (std::regex_match(message, match, kTwice)) {
      found.push_back(ProblemAt(place, msg::kRepeatedField, match[1].str()));
    } else if (std::regex_match(message, match, kOneof)) {
      found.push_back(ProblemAt(place, msg::kTwoOfOneof, match[2].str(), match[1].str()));
    } else if (std::regex_match(message, match, kWanted)) {
      constexpr Message kText = {"$0 : « $1 » est attendu, « $2 » trouvé.",
                                 "$0: “$1” is expected, “$2” found."};
      found.push_back(ProblemAt(place, kText, match[1].str(), match[2].str()));
    } else if (std::regex_match(message, match, kGot)) {
      const std::string kind = match[1].str();
      const Message wanted = kind == "string"    ? kWantText
                             : kind == "integer" ? kWantInteger
                             : kind == "double"  ? kWantNumber
                                                 : Message{"un nom", "a name"};
      const std::string given = PrintableLine(match[2].str());
      constexpr Message kText = {"$0 : $1 est attendu, « $2 » trouvé.",
                                 "$0: $1 is expected, “$2” found."};
      const auto tell = [&](Lang lang) {
        return Fill(lang, kText, Fill(lang, msg::kLineColumn, place.line, place.column),
                    Say(lang, wanted), given);
      };
      found.push_back({place, tell(Lang::kFrench), tell(Lang::kEnglish)});
    } else {
      found.push_back(ProblemAt(place, msg::kFileSyntax, PrintableLine(message)));
    }
  }
  void AddWarning(int line, int column, const std::string& message) override {}

  std::vector<FileProblem> found;
};

void MapTree(const google::protobuf::Message& message, TextFormat::ParseInfoTree* tree,
             const std::string& path, SourceMap& map) {
  if (tree == nullptr) return;
  std::vector<const FieldDescriptor*> fields;
  const Reflection* reflection = message.GetReflection();
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool repeated = field->is_repeated();
    const int count = repeated ? reflection->FieldSize(message, field) : 1;
    const std::string name = absl::StrCat(path, path.empty() ? "" : ".", field->name());
    for (int i = 0; i < count; ++i) {
      const TextFormat::ParseLocation at = tree->GetLocation(field, repeated ? i : -1);
      if (at.line < 0) continue;
      const std::string inner = repeated ? absl::StrCat(name, "[", i, "]") : name;
      map.Set(inner, {at.line + 1, at.column + 1});
      if (repeated && i == 0) map.Set(name, {at.line + 1, at.column + 1});
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
      const google::protobuf::Message& child =
          repeated ? reflection->GetRepeatedMessage(message, field, i)
                   : reflection->GetMessage(message, field);
      MapTree(child, tree->GetTreeForNested(field, repeated ? i : -1), inner, map);
    }
    if (field->name() == "id" && message.GetDescriptor()->name() == "Element") {
      map.SetElement(reflection->GetString(message, field), path);
    }
  }
}

// Where people find what a file of this message holds.
Message NextStep(const Descriptor& type, absl::string_view command) {
  if (type.name() == "ConventionDraft") {
    return {"corrigez le fichier ; « greffe convention template » en donne un modèle commenté",
            "correct the file; “greffe convention template” gives a commented model"};
  }
  if (!command.empty()) {
    return {"corrigez le fichier ; « greffe $2 --help » en montre un ($0). Ses champs : $1",
            "correct the file; “greffe $2 --help” shows one ($0). Its fields: $1"};
  }
  return {"corrigez le fichier : c'est un $0. Ses champs : $1",
          "correct the file: it is a $0. Its fields: $1"};
}

std::string FieldsOf(const Descriptor& type) {
  std::string out;
  for (int i = 0; i < type.field_count(); ++i) {
    absl::StrAppend(&out, i == 0 ? "" : ", ", type.field(i)->name());
  }
  return out;
}

absl::Status Refuse(const std::string& name, const std::vector<FileProblem>& problems,
                    const Descriptor& type, absl::string_view command) {
  Refusal refusal;
  refusal.code = absl::StatusCode::kInvalidArgument;
  refusal.rule = "file-form";
  refusal.field = "--file";
  const bool one = problems.size() == 1;
  const int count = static_cast<int>(problems.size());
  refusal.fr = one ? absl::StrCat(name, ", ", problems[0].fr)
                   : Fill(Lang::kFrench, msg::kProblems, count, name);
  refusal.en = one ? absl::StrCat(name, ", ", problems[0].en)
                   : Fill(Lang::kEnglish, msg::kProblems, count, name);
  if (!one) {
    for (const FileProblem& problem : problems) {
      absl::StrAppend(&refusal.fr, "\n- ", problem.fr);
      absl::StrAppend(&refusal.en, "\n- ", problem.en);
    }
  }
  const Message next = NextStep(type, command);
  refusal.next_fr = Fill(Lang::kFrench, next, type.full_name(), FieldsOf(type), command);
  refusal.next_en = Fill(Lang::kEnglish, next, type.full_name(), FieldsOf(type), command);
  return ToStatus(refusal);
}

// What was saved in another encoding, Latin-1 most often. `bad` is the first byte that shows it.
absl::Status RefuseEncoding(const std::string& name, absl::string_view text, std::size_t bad,
                            const SourceMap& map) {
  const absl::string_view before = text.substr(0, bad);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0.
  Place place;
  place.line += static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  for (const char c : before.substr(line_start)) {
    place.column += !ContinuesCharacter(c);
  }
  constexpr Message kText = {"$0, $1 : ce qui suit « $2 » n'est pas de l'UTF-8.",
                             "$0, $1: what follows “$2” is not UTF-8."};
  constexpr Message kNext = {
      "enregistrez le fichier en UTF-8 ; de Latin-1 : iconv -f LATIN1 -t UTF-8 FICHIER > NOUVEAU",
      "save the file as UTF-8; from Latin-1: iconv -f LATIN1 -t UTF-8 FILE > NEW"};
  std::string after = map.PathAt(place);
  if (after.empty()) {
    constexpr int kShown = 40;
    after = Ellipsize(PrintableLine(absl::StripAsciiWhitespace(before.substr(line_start))), kShown);
  }
  const auto said = [&](Lang lang) {
    return Fill(lang, kText, name, Fill(lang, msg::kLineColumn, place.line, place.column), after);
  };
  return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                   .rule = "utf-8",
                   .field = "--file",
                   .fr = said(Lang::kFrench),
                   .en = said(Lang::kEnglish),
                   .next_fr = kNext.fr,
                   .next_en = kNext.en});
}

// What protobuf says of a value, such as `invalid value "x" for type TYPE_UINT32`, for people.
FileProblem WrongValue(Place place, const std::string& path, const std::string& said) {
  // Not by a regular expression: the value stands in it, and may be as long as the file.
  constexpr std::string_view kHead = "invalid value ";
  constexpr std::string_view kTail = " for type TYPE_";
  const std::size_t head = said.find(kHead);
  const std::size_t tail = said.rfind(kTail);
  if (head == std::string::npos || tail == std::string::npos || tail < head + kHead.size()) {
    return ProblemAt(place, msg::kFileSyntax, Shown(said));
  }
  const std::size_t dot = path.rfind('.');
  const std::string field = dot == std::string::npos ? path : path.substr(dot + 1);
  const std::string type = said.substr(tail + kTail.size());
  const std::size_t value = head + kHead.size();
  const std::string given = Shown(said.substr(value, tail - value));
  const Message wanted = absl::StrContains(type, "UINT")  ? kWantNatural
                         : absl::StrContains(type, "INT") ? kWantInteger
                         : type == "BOOL"                 ? kWantBool
                         : type == "BYTES"                ? kWantBytes
                         : type == "STRING"               ? kWantText
                                                          : kWantNumber;
  FileProblem out;
  out.place = place;
  const auto tell = [&](Lang lang) {
    return Fill(lang, msg::kWrongValue, Fill(lang, msg::kLineColumn, place.line, place.column),
                field, Say(lang, wanted), given);
  };
  out.fr = tell(Lang::kFrench);
  out.en = tell(Lang::kEnglish);
  return out;
}

std::vector<FileProblem> ParseJson(absl::string_view text, google::protobuf::Message& message,
                                   SourceMap& map) {
  std::vector<FileProblem> problems = ScanJson(text, message.GetDescriptor(), map);
  if (!problems.empty()) return problems;
  const auto status = google::protobuf::util::JsonStringToMessage(std::string(text), &message);
  if (status.ok()) return {};
  // Its messages start with the path, such as `(elements[0].body.meetings_per_year_min): …`.
  const std::string said = status.ToString();
  const std::size_t open = said.find('(');
  const std::size_t close = said.find(')', open == std::string::npos ? 0 : open);
  std::string path;
  if (open != std::string::npos && close != std::string::npos) {
    path = said.substr(open + 1, close - open - 1);
  }
  return {WrongValue(map.Find(path).value_or(Place{}), path,
                     open == std::string::npos ? said : said.substr(open))};
}

std::vector<FileProblem> ParseText(absl::string_view text, google::protobuf::Message& message,
                                   SourceMap& map) {
  TextProblems problems;
  TextFormat::ParseInfoTree tree;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&problems);
  parser.WriteLocationsTo(&tree);
  parser.SetRecursionLimit(64);
  google::protobuf::io::ArrayInputStream input(text.data(), static_cast<int>(text.size()));
  if (!parser.Parse(&input, &message) && problems.found.empty()) {
    problems.AddError(0, 0, "text format");
  }
  if (problems.found.empty()) MapTree(message, &tree, "", map);
  return std::move(problems.found);
}

// Of a file that is the whole of what it says, what it leaves out is missing where it begins. The
// other kinds of file are completed by options: no line of theirs is to blame.
void PlaceMissing(absl::string_view text, const Descriptor& type, SourceMap& map) {
  if (type.name() != "ConventionDraft" && type.name() != "ActDraft") return;
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  Place place;
  place.line += static_cast<int>(std::count(text.begin(), text.begin() + begin, '\n'));
  for (int i = 0; i < type.field_count(); ++i) map.Set(type.field(i)->name(), place);
}

bool IsJson(absl::string_view text, absl::string_view name) {
  if (absl::EndsWithIgnoreCase(name, ".json")) return true;
  if (absl::EndsWithIgnoreCase(name, ".txtpb") || absl::EndsWithIgnoreCase(name, ".textproto")) {
    return false;
  }
  return absl::StartsWith(absl::StripLeadingAsciiWhitespace(text), "{");
}

}  // namespace

absl::Status ParseDraft(absl::string_view text, const std::string& name,
                        google::protobuf::Message& message, SourceMap& map,
                        absl::string_view command) {
  // The mark that some editors put first.
  if (absl::StartsWith(text, "\xEF\xBB\xBF")) text.remove_prefix(3);
  const bool json = IsJson(text, name);
  const std::size_t bad = FirstNotUtf8(text);
  if (bad != absl::string_view::npos) {
    if (json) ScanJson(text, message.GetDescriptor(), map);
    return RefuseEncoding(name, text, bad, map);
  }
  const std::vector<FileProblem> problems =
      json ? ParseJson(text, message, map) : ParseText(text, message, map);
  if (!problems.empty()) return Refuse(name, problems, *message.GetDescriptor(), command);
  PlaceMissing(text, *message.GetDescriptor(), map);
  return absl::OkStatus();
}

absl::Status LoadDraft(const std::string& path, google::protobuf::Message& message, SourceMap& map,
                       absl::string_view command) {
  ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(path, "--file", kDraftFileBytes));
  return ParseDraft(text, path, message, map, command);
}

absl::Status WithLines(const absl::Status& status, const SourceMap& map) {
  Refusal refusal = RefusalOf(status);
  if (status.ok() || IsUsageError(status) || refusal.field.empty()) return status;
  const auto place = map.Find(PathInFile(refusal.field));
  if (!place.has_value()) return status;
  refusal.fr = absl::StrCat(Fill(Lang::kFrench, msg::kLine, place->line), " : ", refusal.fr);
  refusal.en = absl::StrCat(Fill(Lang::kEnglish, msg::kLine, place->line), ": ", refusal.en);
  return InOtherWords(status, refusal);
}

}  // namespace greffe::cli
