#include "client/cli/draft_file.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>

#include <regex>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/json_source.h"
#include "client/cli/text_width.h"
#include "client/connection.h"
#include "client/status.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;
using google::protobuf::TextFormat;

// Protobuf's text parser: its tree of locations is walked beside the message read.
class TextProblems final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    const Place place{line + 1, column + 1};
    std::smatch match;
    static const std::regex kNoField(
        "Message type \"([^\"]*)\" has no field named \"([^\"]*)\"\\.?");
    static const std::regex kNoEnum(
        "Unknown enumeration value of \"([^\"]*)\" for field \"([^\"]*)\"\\.?");
    static const std::regex kTwice(
        "Non-repeated field \"([^\"]*)\" is specified multiple times\\.?");
    static const std::regex kOneof(
        "Field \"([^\"]*)\" is specified along with field \"([^\"]*)\".*");
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

absl::Status Refuse(const std::string& name, const std::vector<FileProblem>& problems) {
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
  refusal.next_fr = msg::kFileNext.fr;
  refusal.next_en = msg::kFileNext.en;
  return ToStatus(refusal);
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
  return {ProblemAt(map.Find(path).value_or(Place{}), msg::kFileSyntax,
                    PrintableLine(open == std::string::npos ? said : said.substr(open)))};
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

bool IsJson(absl::string_view text, absl::string_view name) {
  if (absl::EndsWithIgnoreCase(name, ".json")) return true;
  if (absl::EndsWithIgnoreCase(name, ".txtpb") || absl::EndsWithIgnoreCase(name, ".textproto")) {
    return false;
  }
  return absl::StartsWith(absl::StripLeadingAsciiWhitespace(text), "{");
}

}  // namespace

absl::Status ParseDraft(absl::string_view text, const std::string& name,
                        google::protobuf::Message& message, SourceMap& map) {
  // The mark that some editors put first.
  if (absl::StartsWith(text, "\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::vector<FileProblem> problems =
      IsJson(text, name) ? ParseJson(text, message, map) : ParseText(text, message, map);
  return problems.empty() ? absl::OkStatus() : Refuse(name, problems);
}

absl::Status LoadDraft(const std::string& path, google::protobuf::Message& message,
                       SourceMap& map) {
  ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(path, "--file", kDraftFileBytes));
  return ParseDraft(text, path, message, map);
}

absl::Status WithLines(const absl::Status& status, const SourceMap& map) {
  Refusal refusal = RefusalOf(status);
  if (status.ok() || IsUsageError(status) || refusal.field.empty()) return status;
  absl::string_view path = refusal.field;
  // The replica names the field in its request; the file is the draft within.
  for (const char* outer : {"draft.", "deliberation."}) {
    if (absl::StartsWith(path, outer)) path.remove_prefix(absl::string_view(outer).size());
  }
  const auto place = map.Find(path);
  if (!place.has_value()) return status;
  refusal.fr = absl::StrCat(Fill(Lang::kFrench, msg::kLine, place->line), " : ", refusal.fr);
  refusal.en = absl::StrCat(Fill(Lang::kEnglish, msg::kLine, place->line), ": ", refusal.en);
  absl::Status told = ToStatus(refusal);
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (!told.GetPayload(url).has_value()) told.SetPayload(url, payload);
  });
  return told;
}

}  // namespace greffe::cli
