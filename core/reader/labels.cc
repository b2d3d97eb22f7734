#include "core/reader/labels.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

struct Phrase {
  absl::string_view words;
  LabelRole role;
};

constexpr Phrase kPhrases[] = {
#include "core/reader/lexicon/rubrics.inc"
};

constexpr absl::string_view kFillers[] = {
#include "core/reader/lexicon/label_fillers.inc"
};

// Labels longer than this are sentences.
constexpr std::size_t kLabelWords = 16;

// The longest phrase at words[at].
std::size_t LongestMatch(const std::vector<Word>& words, std::size_t at, LabelRole& role) {
  std::size_t best = 0;
  for (const Phrase& phrase : kPhrases) {
    const std::size_t count = MatchPhrase(phrase.words, words, at);
    if (count <= best) continue;
    best = count;
    role = phrase.role;
  }
  return best;
}

bool IsFiller(absl::string_view word) {
  return std::find(std::begin(kFillers), std::end(kFillers), word) != std::end(kFillers);
}

struct Scan {
  LabelRole first = LabelRole::kNone;
  bool weak = false;  // The first phrase is « action », which says little beside another.
  bool content = false;
  bool covered = true;
};

// What the words of a label say; where it must be `whole`, nothing after the first word that no
// lexicon has.
Scan ScanLabel(absl::string_view text, bool whole) {
  Scan scan;
  const std::vector<Word> words = Words(text);
  if (words.size() > kLabelWords) {
    scan.covered = false;
    return scan;
  }
  for (std::size_t at = 0; at < words.size();) {
    LabelRole role = LabelRole::kNone;
    const std::size_t count = LongestMatch(words, at, role);
    if (count == 0) {
      scan.covered = scan.covered && IsFiller(words[at].folded);
      if (whole && !scan.covered) return scan;
      ++at;
      continue;
    }
    const bool indicators = scan.first == LabelRole::kIndicators && IndicatorKindOf(role) != 0 &&
                            words[at].folded.substr(0, 9) == "indicateu";
    if (scan.first == LabelRole::kNone || (scan.weak && IsRubric(role)) || indicators) {
      scan.weak =
          scan.first == LabelRole::kNone && words[at].folded.substr(0, 6) == "action" && count == 1;
      scan.first = role;
    }
    scan.content = scan.content || role == LabelRole::kContent;
    at += count;
  }
  if (scan.first == LabelRole::kExpectedResults && scan.content) scan.first = LabelRole::kContent;
  return scan;
}

// « 0bjectifs », « éva1uation »: digits beside letters that recognition put for o and l.
std::string LettersForDigits(absl::string_view text) {
  const auto letter = [&](std::size_t at) {
    return at < text.size() && (absl::ascii_isalpha(static_cast<unsigned char>(text[at])) ||
                                static_cast<unsigned char>(text[at]) >= 0xC3);
  };
  std::string out(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] == '0' || text[i] == '1';
    if (!digit || !(letter(i + 1) || (i > 0 && letter(i - 1)))) continue;
    out[i] = text[i] == '0' ? 'o' : 'l';
  }
  return out;
}

// Whether one letter put for another makes `word` start with (`open`) or be `known`.
bool OneLetterOff(absl::string_view word, absl::string_view known, bool open) {
  if (open ? word.size() < known.size() : word.size() != known.size()) return false;
  std::size_t off = 0;
  for (std::size_t i = 0; i < known.size() && off < 2; ++i) off += word[i] == known[i] ? 0 : 1;
  return off == 1;
}

constexpr std::size_t kShortestRepaired = 8;

// The long words of the phrases, in their order.
struct KnownWord {
  absl::string_view letters;
  bool open = false;  // Any ending fits.
};
const std::vector<KnownWord>& LongWords() {
  static const auto& words = *[] {
    auto* known = new std::vector<KnownWord>;
    for (const Phrase& phrase : kPhrases) {
      for (absl::string_view word : absl::StrSplit(phrase.words, ' ')) {
        const bool open = absl::ConsumeSuffix(&word, "*");
        if (word.size() + 1 >= kShortestRepaired) known->push_back({word, open});
      }
    }
    return known;
  }();
  return words;
}

// A word of a label with one letter misread, as the lexicon has it; else the word. Short words are
// left alone: « action » and « option » are two.
std::string RepairedWord(const std::string& word) {
  if (word.size() < kShortestRepaired) return word;
  for (const absl::string_view filler : kFillers) {
    if (OneLetterOff(word, filler, false)) return std::string(filler);
  }
  for (const KnownWord& known : LongWords()) {
    if (OneLetterOff(word, known.letters, known.open))
      return std::string(known.letters) + word.substr(known.letters.size());
  }
  return word;
}

// The role of a label that recognition spoilt: each of its words one letter off at most.
LabelRole SpoiltLabel(absl::string_view text) {
  constexpr std::size_t kMostWords = 6;
  const std::string letters = LettersForDigits(text);
  const std::vector<Word> words = Words(letters);
  if (words.empty() || words.size() > kMostWords) return LabelRole::kNone;
  std::string repaired;
  for (const Word& word : words) {
    repaired += repaired.empty() ? "" : " ";
    repaired += RepairedWord(word.folded);
  }
  if (repaired == Fold(text)) return LabelRole::kNone;
  const Scan scan = ScanLabel(repaired, /*whole=*/true);
  return scan.covered ? scan.first : LabelRole::kNone;
}

}  // namespace

LabelRole WholeLabel(absl::string_view text) {
  const Scan scan = ScanLabel(text, /*whole=*/true);
  return scan.covered && scan.first != LabelRole::kNone ? scan.first : SpoiltLabel(text);
}

bool StartsLikeLabel(absl::string_view text) {
  if (!StartsLower(text)) return true;
  // « lndicateurs »: no French word opens with an l and a consonant, it is a capital i.
  constexpr absl::string_view kConsonants = "bcdfgjkmnpqrstvwxz";
  return text.size() >= 2 && text[0] == 'l' && kConsonants.find(text[1]) != kConsonants.npos;
}

LabelRole CellLabel(absl::string_view text) {
  const Scan scan = ScanLabel(text, /*whole=*/false);
  return scan.first == LabelRole::kNone ? LabelRole::kOther : scan.first;
}

bool IsRubric(LabelRole role) {
  switch (role) {
    case LabelRole::kNone:
    case LabelRole::kTitle:
    case LabelRole::kRef:
    case LabelRole::kAxis:
    case LabelRole::kPage:
      return false;
    default:
      return true;
  }
}

v1::RubricKind RubricOf(LabelRole role) {
  switch (role) {
    case LabelRole::kContext:
      return v1::RUBRIC_KIND_CONTEXT;
    case LabelRole::kObjectives:
      return v1::RUBRIC_KIND_OBJECTIVES;
    case LabelRole::kPublic:
      return v1::RUBRIC_KIND_PUBLIC;
    case LabelRole::kContent:
      return v1::RUBRIC_KIND_CONTENT;
    case LabelRole::kMeans:
      return v1::RUBRIC_KIND_MEANS;
    case LabelRole::kPilots:
      return v1::RUBRIC_KIND_PILOTS;
    case LabelRole::kPartners:
      return v1::RUBRIC_KIND_PARTNERS;
    case LabelRole::kExpectedResults:
      return v1::RUBRIC_KIND_EXPECTED_RESULTS;
    case LabelRole::kTerritory:
      return v1::RUBRIC_KIND_TERRITORY;
    case LabelRole::kInhabitants:
      return v1::RUBRIC_KIND_INHABITANTS_ROLE;
    case LabelRole::kVigilance:
      return v1::RUBRIC_KIND_VIGILANCE;
    case LabelRole::kCommunication:
      return v1::RUBRIC_KIND_COMMUNICATION;
    default:
      return v1::RUBRIC_KIND_OTHER;
  }
}

v1::IndicatorKind IndicatorKindOf(LabelRole role) {
  switch (role) {
    case LabelRole::kRealisation:
      return v1::INDICATOR_KIND_REALISATION;
    case LabelRole::kResult:
      return v1::INDICATOR_KIND_RESULT;
    case LabelRole::kImpact:
      return v1::INDICATOR_KIND_IMPACT;
    default:
      return v1::INDICATOR_KIND_UNSPECIFIED;
  }
}

}  // namespace greffe::reader
