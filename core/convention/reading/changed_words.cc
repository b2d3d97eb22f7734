#include "core/convention/reading/changed_words.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "core/base/amount_words.h"
#include "core/base/utf8.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/field_words.h"
#include "core/convention/reading/stale.h"
#include "core/convention/text/word_runs.h"

namespace greffe {
namespace {

// Enough to recognise a change; the whole of it is a `show` away.
constexpr std::size_t kFieldsShown = 3;
constexpr std::size_t kTextShown = 120;

// The run of words in which two texts differ, with a word beside it where one of both is empty.
struct ChangedRun {
  std::string before;
  std::string after;
};

// An amount is one word.
std::vector<absl::string_view> WordsWithoutBlanks(absl::string_view text) {
  constexpr absl::string_view kBlanks = " \t\n";
  std::vector<absl::string_view> out;
  for (std::size_t at = text.find_first_not_of(kBlanks); at < text.size();
       at = text.find_first_not_of(kBlanks, at)) {
    const std::size_t end = WordEnd(text, at, kBlanks);
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

ChangedRun RunOf(const std::string& before, const std::string& after) {
  using Words = std::vector<absl::string_view>;
  const Words old_words = WordsWithoutBlanks(before);
  const Words new_words = WordsWithoutBlanks(after);
  auto [head, tail] = WordEnds(old_words, new_words);
  // The spaces between the words alone differ.
  if (head == old_words.size() && head == new_words.size()) return {before, after};
  if (head + tail == std::min(old_words.size(), new_words.size())) {
    if (head > 0) {
      --head;
    } else if (tail > 0) {
      --tail;
    }
  }
  const auto joined = [&](const Words& words) {
    return absl::StrJoin(words.begin() + static_cast<std::ptrdiff_t>(head),
                         words.end() - static_cast<std::ptrdiff_t>(tail), " ");
  };
  return {joined(old_words), joined(new_words)};
}

struct Pair {
  // As people read the values in each language.
  rules::Words before;
  rules::Words after;
};

}  // namespace

rules::Words ChangedWords(const v1::Element* before, const v1::Element* after) {
  if (before == nullptr || after == nullptr) return Excerpt(after, before);
  std::vector<std::string> order;
  std::map<std::string, Pair> fields;
  for (const ElementField& field : ElementFields(*after)) {
    order.push_back(field.path);
    fields[field.path].after = {FieldValue(field), FieldValueEn(field)};
  }
  for (const ElementField& field : ElementFields(*before)) {
    if (fields.count(field.path) == 0) order.push_back(field.path);
    fields[field.path].before = {FieldValue(field), FieldValueEn(field)};
  }
  std::vector<std::string> fr;
  std::vector<std::string> en;
  bool more = false;
  for (const std::string& path : order) {
    const Pair& values = fields[path];
    if (values.before.fr == values.after.fr) continue;
    more = fr.size() == kFieldsShown;
    if (more) break;
    const auto told = [&](const std::string& label, const std::string& was, const std::string& is,
                          const char* open, const char* close, const char* becomes,
                          const char* nothing) {
      const ChangedRun run = RunOf(was, is);
      const auto quoted = [&](const std::string& text) {
        return text.empty() ? std::string(nothing)
                            : absl::StrCat(open, Shortened(text, kTextShown), close);
      };
      return absl::StrCat(label, quoted(run.before), becomes, quoted(run.after));
    };
    fr.push_back(told(absl::StrCat(FieldLabel(path), " : "), values.before.fr, values.after.fr,
                      "« ", " »", " devient ", "rien"));
    en.push_back(told(absl::StrCat(FieldLabelEn(path), ": "), values.before.en, values.after.en,
                      "“", "”", " becomes ", "nothing"));
  }
  if (fr.empty()) {
    return before->position() != after->position() ? rules::Words{"déplacé.", "moved."}
                                                   : rules::Words{"inchangé.", "unchanged."};
  }
  const char* const end = more ? " ; …" : ".";
  return {absl::StrCat(absl::StrJoin(fr, " ; "), end), absl::StrCat(absl::StrJoin(en, "; "), end)};
}

}  // namespace greffe
