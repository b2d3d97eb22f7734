#include "core/reader/when.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace greffe::reader {
namespace {

enum class WhenClass {
  kNone,
  kLead,
  kMonth,
  kPart,
  kOrdinal,
  kGlue,
  kSpan,
  kWhole,
  kTerm,
  kAlways,
  kYear,
  kNumber,
};

struct WhenWord {
  const char* word;
  WhenClass cls;
};

constexpr WhenWord kEntries[] = {
#include "core/reader/lexicon/when_words.inc"
};

constexpr std::size_t kWhenWords = 24;

WhenClass ClassOf(const Word& word) {
  if (word.number) {
    const bool year = word.folded.size() == 4 && (word.folded[0] == '1' || word.folded[0] == '2') &&
                      (word.folded[1] == '9' || word.folded[1] == '0');
    if (year) return WhenClass::kYear;
    return word.folded.size() <= 2 ? WhenClass::kNumber : WhenClass::kNone;
  }
  const auto* entry = std::find_if(std::begin(kEntries), std::end(kEntries),
                                   [&](const WhenWord& each) { return word.folded == each.word; });
  return entry == std::end(kEntries) ? WhenClass::kNone : entry->cls;
}

// What may stand between two words of one date: spaces, hyphens, slashes, apostrophes.
bool Joins(absl::string_view between) {
  static constexpr absl::string_view kJoints[] = {" ",
                                                  "-",
                                                  "/",
                                                  "'",
                                                  "+",
                                                  "\t",
                                                  "\xE2\x80\x93",
                                                  "\xE2\x80\x94",
                                                  "\xE2\x80\x99",
                                                  "\xC2\xA0",
                                                  "^{",
                                                  "}",
                                                  "\xE2\x80\xAF",
                                                  "°"};
  while (!between.empty()) {
    const auto* joint = std::find_if(
        std::begin(kJoints), std::end(kJoints),
        [&](absl::string_view each) { return between.substr(0, each.size()) == each; });
    if (joint == std::end(kJoints)) return false;
    between.remove_prefix(joint->size());
  }
  return true;
}

// Whether a date may end with `cls`, given the classes before it.
bool Closes(const std::vector<WhenClass>& seen, const std::vector<Word>& words, std::size_t first) {
  const WhenClass last = seen.back();
  const auto had = [&](WhenClass cls) {
    return std::find(seen.begin(), seen.end() - 1, cls) != seen.end() - 1;
  };
  const absl::string_view opening = words[first].folded;
  switch (last) {
    case WhenClass::kYear:
    case WhenClass::kAlways:
      return true;
    case WhenClass::kNumber:  // « 2023/24 », « année 2 », « S1 »; a day before its month is none.
      return (seen.size() >= 2 && seen[seen.size() - 2] == WhenClass::kYear) ||
             ((opening == "annee" || opening == "annees") && seen.size() <= 5);
    case WhenClass::kMonth:
      return true;
    case WhenClass::kPart:
      return had(WhenClass::kOrdinal) || had(WhenClass::kLead) || had(WhenClass::kNumber);
    case WhenClass::kSpan:
      return had(WhenClass::kLead) && had(WhenClass::kGlue);
    case WhenClass::kWhole:
      return had(WhenClass::kSpan) || opening == "prochaine" ||
             (had(WhenClass::kLead) && had(WhenClass::kGlue) &&
              (opening == "durant" || opening == "pendant" || opening == "sur" ||
               opening == "tout" || opening == "toute" || opening == "fin" || opening == "debut"));
    case WhenClass::kLead:  // « chaque année », « toutes les rentrées »
      return seen.size() >= 2 && (opening == "chaque" || opening == "toutes") &&
             words[first + seen.size() - 1].folded != "chaque";
    case WhenClass::kTerm:
      return words[first + seen.size() - 1].folded.substr(0, 5) == "terme" && seen.size() >= 2;
    default:
      return false;
  }
}

// Whether a date may start at words[at]: « de », « et » and the like open none by themselves.
bool MayOpen(const std::vector<Word>& words, std::size_t at) {
  const WhenClass cls = ClassOf(words[at]);
  if (cls == WhenClass::kWhole || cls == WhenClass::kSpan || cls == WhenClass::kPart) return false;
  if (cls != WhenClass::kGlue) return true;
  if (at + 1 >= words.size()) return false;
  const WhenClass next = ClassOf(words[at + 1]);
  if (words[at].folded == "d") return words[at + 1].folded == "ici";
  if (words[at].folded == "et" || words[at].folded == "puis") return false;
  return next != WhenClass::kNone && next != WhenClass::kWhole && next != WhenClass::kPart;
}

}  // namespace

std::string ClearYears(absl::string_view text) {
  constexpr std::size_t kYear = 4;
  std::string clear(text);
  const auto word_byte = [&](std::size_t at) {
    const auto c = static_cast<unsigned char>(clear[at]);
    return absl::ascii_isalnum(c) || c >= 0x80;
  };
  for (std::size_t i = 0; i + kYear <= clear.size(); ++i) {
    if (clear[i] != '2' && clear[i] != '1') continue;
    if (i > 0 && word_byte(i - 1)) continue;
    if (i + kYear < clear.size() && word_byte(i + kYear)) continue;
    std::string year = clear.substr(i, kYear);
    std::size_t digits = 0;
    for (char& c : year) {
      digits += absl::ascii_isdigit(static_cast<unsigned char>(c)) ? 1 : 0;
      if (c == 'O' || c == 'o') c = '0';
      if (c == 'l' || c == 'I') c = '1';
    }
    const bool number = std::all_of(year.begin(), year.end(), [](char c) {
      return absl::ascii_isdigit(static_cast<unsigned char>(c));
    });
    if (number && digits >= 2) clear.replace(i, kYear, year);
  }
  return clear;
}

When WhenAt(absl::string_view text, const std::vector<Word>& words, std::size_t at) {
  When when;
  if (at >= words.size() || !MayOpen(words, at)) return when;
  when.begin = when.end = words[at].begin;
  std::vector<WhenClass> seen;
  bool year = false;
  for (std::size_t i = at; i < words.size() && seen.size() < kWhenWords; ++i) {
    const WhenClass cls = ClassOf(words[i]);
    if (cls == WhenClass::kNone) break;
    if (i > at) {
      const std::size_t from = words[i - 1].end;
      if (!Joins(text.substr(from, words[i].begin - from))) break;
      // A date that is over does not take in the capital word of what follows: « 2026 En… ».
      const bool closed = when.end == words[i - 1].end;
      if (closed && words[i].capital && cls != WhenClass::kWhole) break;
    }
    seen.push_back(cls);
    year = year || cls == WhenClass::kYear;
    if (!Closes(seen, words, at)) continue;
    when.end = words[i].end;
    when.year = year;
  }
  if (when.end > when.begin) {
    when.lead = ClassOf(words[at]) == WhenClass::kLead || ClassOf(words[at]) == WhenClass::kGlue;
    when.always = !when.year && ClassOf(words[at]) == WhenClass::kAlways;
  }
  return when;
}

When WhenAtStart(absl::string_view text) {
  const std::vector<Word> words = Words(ClearYears(text));
  return WhenAt(text, words, 0);
}

bool IsWhen(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  const When when = WhenAt(text, words, 0);
  return when.end > when.begin && when.end == words.back().end;
}

}  // namespace greffe::reader
