#include "core/convention/field_words.h"

#include <vector>

#include "absl/strings/match.h"

namespace greffe {
namespace {

struct FieldWord {
  const char* field;
  const char* word;
};
constexpr FieldWord kFieldWords[] = {
#include "core/convention/field_words.inc"
};

}  // namespace

std::string FieldLabel(absl::string_view path) {
  std::vector<std::string> names;
  std::string name;
  for (const char c : path) {
    if (c == '.' || c == '[') {
      if (!name.empty() && name[0] > '9') names.push_back(name);
      name.clear();
    } else if (c != ']') {
      name.push_back(c);
    }
  }
  if (!name.empty() && name[0] > '9') names.push_back(name);
  const std::string& last = names.empty() ? name : names.back();
  for (const FieldWord& word : kFieldWords) {
    if (last == word.field) return word.word;
  }
  return last;
}

std::string FieldValue(const v1::Element& element, const ElementField& field) {
  absl::string_view word;
  if (absl::EndsWith(field.path, ".kind") || absl::EndsWith(field.path, ".content")) {
    if (element.has_party()) word = WordOf(element.party().kind());
    if (element.has_text_block()) word = WordOf(element.text_block().kind());
    if (element.has_rubric()) word = WordOf(element.rubric().kind());
    if (element.has_indicator()) word = WordOf(element.indicator().kind());
    if (element.has_body()) word = WordOf(element.body().kind());
    if (element.has_annex()) word = WordOf(element.annex().content());
  } else if (absl::EndsWith(field.path, ".state")) {
    if (element.has_rubric()) word = WordOf(element.rubric().state());
    if (element.has_schedule()) word = WordOf(element.schedule().state());
    if (element.has_funding_line()) word = WordOf(element.funding_line().state());
  } else if (field.text == "true") {
    word = "oui";
  }
  return word.empty() ? field.text : std::string(word);
}

}  // namespace greffe
