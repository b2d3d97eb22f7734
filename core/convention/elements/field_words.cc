#include "core/convention/elements/field_words.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "core/base/time.h"
#include "core/convention/elements/french.h"

namespace greffe {
namespace {

struct Word {
  absl::string_view key;
  absl::string_view fr;
  absl::string_view en;
};
constexpr Word kFields[] = {
#include "core/convention/elements/field_words.inc"
};
// Values of the enums of elements.
constexpr Word kValues[] = {
#include "core/convention/elements/value_words.inc"
};

const Word* Find(const Word* begin, const Word* end, absl::string_view key) {
  const Word* const found =
      std::find_if(begin, end, [&](const Word& word) { return word.key == key; });
  return found == end ? nullptr : found;
}

// The last name of a path, and the one that it stands in; places in a list are no names.
struct Names {
  std::string parent;
  std::string last;
};

Names NamesOf(absl::string_view path) {
  Names out;
  std::string name;
  const auto take = [&] {
    if (name.empty() || name[0] <= '9') return;
    out.parent = out.last;
    out.last = name;
  };
  for (const char c : path) {
    if (c == '.' || c == '[') {
      take();
      name.clear();
    } else if (c != ']') {
      name.push_back(c);
    }
  }
  take();
  if (out.last.empty()) out.last = name;
  return out;
}

const Word* FindLabel(absl::string_view path) {
  const Names names = NamesOf(path);
  const Word* const inside =
      Find(std::begin(kFields), std::end(kFields), absl::StrCat(names.parent, ".", names.last));
  return inside != nullptr ? inside : Find(std::begin(kFields), std::end(kFields), names.last);
}

const Word* FindValue(const ElementField& field) {
  // A text may be written like a value: only fields that are enums have words.
  const std::string last = NamesOf(field.path).last;
  for (const absl::string_view name : {"kind", "content", "state", "role", "signing_policy"}) {
    if (last == name) return Find(std::begin(kValues), std::end(kValues), field.text);
  }
  return nullptr;
}

}  // namespace

absl::string_view FindFieldLabel(absl::string_view path) {
  const Word* const word = FindLabel(path);
  return word == nullptr ? absl::string_view() : word->fr;
}

absl::string_view FindFieldLabelEn(absl::string_view path) {
  const Word* const word = FindLabel(path);
  return word == nullptr ? absl::string_view() : word->en;
}

std::string FieldLabel(absl::string_view path) {
  const absl::string_view word = FindFieldLabel(path);
  return word.empty() ? NamesOf(path).last : std::string(word);
}

std::string FieldLabelEn(absl::string_view path) {
  const absl::string_view word = FindFieldLabelEn(path);
  return word.empty() ? NamesOf(path).last : std::string(word);
}

std::string FieldValue(const ElementField& field) {
  const Word* const word = FindValue(field);
  if (word != nullptr) return std::string(word->fr);
  if (CivilDate::TryParse(field.text).has_value()) return FrenchDate(field.text);
  return field.text == "true" ? "oui" : field.text == "false" ? "non" : field.text;
}

std::string FieldValueEn(const ElementField& field) {
  const Word* const word = FindValue(field);
  if (word != nullptr) return std::string(word->en);
  if (CivilDate::TryParse(field.text).has_value()) return EnglishDate(field.text);
  return field.text == "true" ? "yes" : field.text == "false" ? "no" : field.text;
}

}  // namespace greffe
