#include "client/cli/json_source.h"

#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "client/cli/text_width.h"
#include "core/base/utf8.h"

namespace greffe::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

// Deeper than any message of the language; protobuf itself stops at 100.
constexpr int kDepthMax = 64;
// More problems than this help nobody.
constexpr std::size_t kProblemsMax = 200;

constexpr Message kWantValue = {"une valeur est attendue", "a value is expected"};
constexpr Message kWantName = {"un nom de champ entre guillemets est attendu",
                               "a field name in quotes is expected"};
constexpr Message kWantColon = {"« : » est attendu après le nom du champ",
                                "“:” is expected after the field's name"};
constexpr Message kWantCommaOrBrace = {"« , » ou « } » est attendu", "“,” or “}” is expected"};
constexpr Message kWantCommaOrBracket = {"« , » ou « ] » est attendu", "“,” or “]” is expected"};
constexpr Message kOpenString = {"ce texte entre guillemets n'est pas fermé",
                                 "this text in quotes is not closed"};
constexpr Message kWantUnit = {"quatre chiffres hexadécimaux sont attendus après \\u",
                               "four hexadecimal digits are expected after \\u"};
constexpr Message kLoneHalf = {"\\u donne ici la moitié d'un caractère (D800 à DFFF) sans l'autre",
                               "\\u gives half a character here (D800 to DFFF) without the other"};
constexpr Message kTooDeep = {"trop de niveaux imbriqués", "nested too deep"};
constexpr Message kAfterEnd = {"rien n'est attendu après la fin de l'objet",
                               "nothing is expected after the end of the object"};

class Scanner {
 public:
  Scanner(absl::string_view text, SourceMap& map, std::vector<FileProblem>& problems)
      : text_(text), map_(map), problems_(problems) {}

  void Run(const Descriptor* type) {
    SkipSpace();
    if (!Object("", type, 0)) return;
    SkipSpace();
    if (!AtEnd()) Syntax(kAfterEnd);
  }

 private:
  bool AtEnd() const { return at_ >= text_.size(); }
  char Peek() const { return AtEnd() ? '\0' : text_[at_]; }
  Place Here() const { return place_; }

  void Advance() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++place_.line;
      place_.column = 1;
    } else if (!ContinuesCharacter(c)) {
      ++place_.column;
    }
  }

  void SkipSpace() {
    while (!AtEnd() && absl::ascii_isspace(static_cast<unsigned char>(Peek()))) Advance();
  }

  bool Syntax(const Message& what) {
    const Place place = Here();
    problems_.push_back(
        {place,
         Fill(Lang::kFrench, msg::kFileSyntax,
              Fill(Lang::kFrench, msg::kLineColumn, place.line, place.column), what.fr),
         Fill(Lang::kEnglish, msg::kFileSyntax,
              Fill(Lang::kEnglish, msg::kLineColumn, place.line, place.column), what.en)});
    return false;
  }

  template <typename... Args>
  void Report(Place place, const Message& message, const Args&... args) {
    if (problems_.size() < kProblemsMax) problems_.push_back(ProblemAt(place, message, args...));
  }

  // The string that starts here, escapes left as they are: names and ids have none.
  bool String(std::string* out) {
    Advance();
    const std::size_t start = at_;
    while (!AtEnd() && Peek() != '"' && Peek() != '\n') {
      const bool escape = Peek() == '\\';
      if (escape) Advance();
      if (escape && Peek() == 'u') {
        if (!Escaped()) return false;
        continue;
      }
      if (!AtEnd()) Advance();
    }
    if (Peek() != '"') return Syntax(kOpenString);
    *out = std::string(text_.substr(start, at_ - start));
    Advance();
    return true;
  }

  // The four digits behind \u.
  bool Unit(unsigned* unit) {
    Advance();
    *unit = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = Peek();
      if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return Syntax(kWantUnit);
      const char digit = absl::ascii_tolower(static_cast<unsigned char>(c));
      *unit = *unit * 16 + static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
      Advance();
    }
    return true;
  }

  // A character, of which two escapes may be the halves.
  bool Escaped() {
    unsigned unit = 0;
    if (!Unit(&unit)) return false;
    if (unit < 0xd800 || unit > 0xdfff) return true;
    if (unit > 0xdbff || text_.substr(at_, 2) != "\\u") return Syntax(kLoneHalf);
    Advance();
    if (!Unit(&unit)) return false;
    return (unit >= 0xdc00 && unit <= 0xdfff) || Syntax(kLoneHalf);
  }

  // `field` is null inside what is unknown.
  bool Value(const std::string& path, const FieldDescriptor* field, int depth, bool in_list) {
    if (depth > kDepthMax) return Syntax(kTooDeep);
    const Place place = Here();
    const char c = Peek();
    const bool list_wanted = field != nullptr && field->is_repeated() && !in_list;
    const bool message_wanted =
        field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (c == '[') {
      if (field != nullptr && !list_wanted) {
        Report(place, message_wanted ? msg::kWantObject : msg::kWantScalar, field->name());
        field = nullptr;
      }
      return List(path, field, depth);
    }
    if (c == '{') {
      if (list_wanted) {
        Report(place, msg::kWantArray, field->name());
        field = nullptr;
      } else if (field != nullptr && !message_wanted) {
        Report(place, msg::kWantScalar, field->name());
        field = nullptr;
      }
      return Object(path, field == nullptr ? nullptr : field->message_type(), depth);
    }
    std::string text;
    const bool quoted = c == '"';
    if (quoted) {
      if (!String(&text)) return false;
    } else {
      while (!AtEnd() && (absl::ascii_isalnum(static_cast<unsigned char>(Peek())) ||
                          Peek() == '-' || Peek() == '+' || Peek() == '.')) {
        text += Peek();
        Advance();
      }
      if (text.empty()) return Syntax(kWantValue);
    }
    if (field == nullptr || text == "null") return true;
    if (list_wanted) {
      Report(place, msg::kWantArray, field->name());
    } else if (message_wanted) {
      Report(place, msg::kWantObject, field->name());
    } else if (quoted && field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      CheckEnum(place, *field, text);
    }
    if (quoted && field->name() == "id" && field->containing_type()->name() == "Element") {
      map_.SetElement(text, path.substr(0, path.rfind('.')));
    }
    return true;
  }

  void CheckEnum(Place place, const FieldDescriptor& field, const std::string& given) {
    const EnumDescriptor* values = field.enum_type();
    if (values->FindValueByName(given) != nullptr) return;
    std::string known;
    for (int i = 1; i < values->value_count(); ++i) {
      absl::StrAppend(&known, known.empty() ? "" : ", ", values->value(i)->name());
    }
    Report(place, msg::kUnknownEnum, PrintableLine(given), field.name(), known);
  }

  bool List(const std::string& path, const FieldDescriptor* field, int depth) {
    Advance();
    SkipSpace();
    if (Peek() == ']') {
      Advance();
      return true;
    }
    for (std::size_t index = 0;; ++index) {
      const std::string item = absl::StrCat(path, "[", index, "]");
      map_.Set(item, Here());
      if (!Value(item, field, depth + 1, true)) return false;
      SkipSpace();
      const char c = Peek();
      if (c != ',' && c != ']') return Syntax(kWantCommaOrBracket);
      Advance();
      if (c == ']') return true;
      SkipSpace();
    }
  }

  bool Object(const std::string& path, const Descriptor* type, int depth) {
    if (Peek() != '{') return Syntax(kWantValue);
    Advance();
    SkipSpace();
    if (Peek() == '}') {
      Advance();
      return true;
    }
    std::set<const FieldDescriptor*> seen;
    while (true) {
      const Place place = Here();
      std::string name;
      if (Peek() != '"') return Syntax(kWantName);
      if (!String(&name)) return false;
      const FieldDescriptor* field = Field(place, type, name, seen);
      SkipSpace();
      if (Peek() != ':') return Syntax(kWantColon);
      Advance();
      SkipSpace();
      const std::string inner =
          absl::StrCat(path, path.empty() ? "" : ".", field == nullptr ? name : field->name());
      map_.Set(inner, place);
      if (!Value(inner, field, depth + 1, false)) return false;
      SkipSpace();
      const char c = Peek();
      if (c != ',' && c != '}') return Syntax(kWantCommaOrBrace);
      Advance();
      if (c == '}') return true;
      SkipSpace();
    }
  }

  const FieldDescriptor* Field(Place place, const Descriptor* type, const std::string& name,
                               std::set<const FieldDescriptor*>& seen) {
    if (type == nullptr) return nullptr;
    const FieldDescriptor* field = type->FindFieldByName(name);
    if (field == nullptr) field = type->FindFieldByCamelcaseName(name);
    if (field == nullptr) {
      Report(place, msg::kUnknownField, PrintableLine(name), type->name());
      return nullptr;
    }
    if (!seen.insert(field).second) Report(place, msg::kRepeatedField, name);
    for (const FieldDescriptor* other : seen) {
      if (other != field && other->real_containing_oneof() != nullptr &&
          other->real_containing_oneof() == field->real_containing_oneof()) {
        Report(place, msg::kTwoOfOneof, other->name(), field->name());
      }
    }
    return field;
  }

  const absl::string_view text_;
  SourceMap& map_;
  std::vector<FileProblem>& problems_;
  std::size_t at_ = 0;
  Place place_;
};

}  // namespace

std::vector<FileProblem> ScanJson(absl::string_view text, const Descriptor* type, SourceMap& map) {
  std::vector<FileProblem> problems;
  Scanner(text, map, problems).Run(type);
  return problems;
}

}  // namespace greffe::cli
