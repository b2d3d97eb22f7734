#include "core/reader/name_shape.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace greffe::reader {
namespace {

struct PlaceWord {
  const char* word;
  bool street;
};

constexpr const char* kCivilityWords[] = {
#include "core/reader/lexicon/civilities.inc"
};
constexpr const char* kPlurals[] = {"mm", "mmes", "messieurs", "mesdames"};
constexpr const char* kOfficeWords[] = {
#include "core/reader/lexicon/office_words.inc"
};
constexpr const char* kGivenNames[] = {
#include "core/reader/lexicon/first_names.inc"
};
constexpr const char* kInstitutions[] = {
#include "core/reader/lexicon/institution_words.inc"
};
constexpr const char* kStops[] = {
#include "core/reader/lexicon/name_stops.inc"
};
constexpr PlaceWord kAddresses[] = {
#include "core/reader/lexicon/address_words.inc"
};
constexpr const char* kPlaces[] = {
#include "core/reader/lexicon/named_places.inc"
};
constexpr const char* kNotNames[] = {
#include "core/reader/lexicon/attendance_words.inc"
};
constexpr const char* kLabelHeads[] = {
#include "core/reader/lexicon/attendance_heads.inc"
};
constexpr const char* kListEnds[] = {
#include "core/reader/lexicon/attendance_ends.inc"
};
constexpr const char* kCues[] = {
#include "core/reader/lexicon/name_cues.inc"
};
constexpr const char* kCuesAfter[] = {
#include "core/reader/lexicon/name_cues_after.inc"
};
constexpr const char* kParticles[] = {"de", "du", "des", "d", "le", "la", "l", "van", "von"};
// Words that print with a capital before a name and are none of it.
constexpr const char* kBefore[] = {"pour",    "et",      "entre",    "signe",   "signee",  "par",
                                   "visa",    "present", "presents", "absent",  "absents", "excuse",
                                   "excuses", "pouvoir", "pouvoirs", "etaient", "seance"};
constexpr const char* kArticles[] = {"le", "la", "l", "les", "pour", "son", "sa", "par", "et"};

constexpr std::size_t kClauseWords = 12;  // How far back an office or a street is looked for.
constexpr std::size_t kCueWords = 4;      // The longest of kCues.

template <std::size_t N>
bool IsOneOf(const std::string& word, const char* const (&list)[N]) {
  return std::any_of(std::begin(list), std::end(list),
                     [&](const char* one) { return word == one; });
}

template <std::size_t N>
std::set<std::string> SetOf(const char* const (&list)[N]) {
  return {std::begin(list), std::end(list)};
}

bool IsGivenName(const std::string& word) {
  static const auto& names = *new std::set<std::string>(SetOf(kGivenNames));
  return names.count(word) > 0;
}

bool IsBodyWord(const std::string& word) {
  static const auto& stops = *new std::set<std::string>([] {
    std::set<std::string> all = SetOf(kInstitutions);
    all.merge(SetOf(kStops));
    return all;
  }());
  return stops.count(word) > 0;
}

bool IsPlaceWord(const std::string& word) {
  static const auto& places = *new std::set<std::string>([] {
    std::set<std::string> all = SetOf(kPlaces);
    for (const PlaceWord& one : kAddresses) all.insert(one.word);
    return all;
  }());
  return places.count(word) > 0;
}

template <std::size_t N>
std::size_t PhraseAt(const NameText& in, std::size_t at, const char* const (&list)[N]) {
  std::size_t longest = 0;
  const char initial = in.words[at].folded[0];
  for (const char* phrase : list) {
    if (phrase[0] == initial) longest = std::max(longest, MatchPhrase(phrase, in.words, at));
  }
  return longest;
}

bool Has(absl::string_view text, absl::string_view marks) {
  return text.find_first_of(marks) != text.npos;
}

// Words [first, last) are one line.
struct ShapedLine {
  std::size_t first = 0;
  std::size_t last = 0;
};

std::vector<ShapedLine> LinesOf(const NameText& in) {
  std::vector<ShapedLine> lines;
  for (std::size_t i = 0; i < in.words.size(); ++i) {
    if (lines.empty() || Has(in.Gap(i), "\n")) lines.push_back({i, i});
    lines.back().last = i + 1;
  }
  return lines;
}

// The word after a label of attendance in the line, behind its colon; line.last when the label is
// alone there, so that names follow on the next line; line.last + 1 when there is none. `*one` when
// it announces one person (« Secrétaire de séance : »).
std::size_t LabelEnd(const NameText& in, const ShapedLine& line, bool* one) {
  bool head = false;
  bool label = true;  // Every word since the line or a sentence began is of a label.
  for (std::size_t i = line.first; i < line.last; ++i) {
    const absl::string_view gap = in.Gap(i);
    if (i > line.first && head && label && Has(gap, ":")) return i;
    if (i > line.first && Has(gap, ".;|\t:")) {
      head = false;
      label = true;
    }
    if (in.words[i].number) continue;
    label = label && PhraseAt(in, i, kNotNames) > 0;
    if (PhraseAt(in, i, kLabelHeads) > 0) {
      head = true;
      const std::string& first = in.words[i].folded;
      *one = !absl::StartsWith(first, "present") &&
             (absl::StartsWith(first, "secretaire") || absl::StartsWith(first, "president") ||
              absl::StartsWith(first, "rapporteur"));
    }
  }
  return head && label ? line.last : line.last + 1;
}

// A line of names: hardly a small word that is no particle, no office and no label's.
bool IsListLine(const NameText& in, const ShapedLine& line) {
  if (IsOneOf(in.words[line.first].folded, kListEnds)) return false;
  std::size_t capitals = 0;
  std::size_t others = 0;
  for (std::size_t i = line.first; i < line.last; ++i) {
    const Word& word = in.words[i];
    if (word.number || IsOfficeWord(word) || PhraseAt(in, i, kNotNames) > 0) continue;
    ++(word.capital ? capitals : others);
  }
  return capitals > 0 && others * 3 <= capitals;
}

bool OpensSigning(const NameText& in, const ShapedLine& line) {
  for (const char* phrase : {"fait a", "fait en", "fait le", "fait et delibere", "signature*",
                             "les signataires", "ont signe*"}) {
    if (MatchPhrase(phrase, in.words, line.first) > 0) return true;
  }
  return false;
}

// More small words than lines under a signature hold.
bool IsProse(const NameText& in, const ShapedLine& line) {
  std::size_t small = 0;
  for (std::size_t i = line.first; i < line.last; ++i) {
    small += !in.words[i].capital && !in.words[i].number && !IsParticle(in.words[i]);
  }
  return small > 12 && small * 2 > line.last - line.first;
}

// « Le Maire », « Pour la Présidente, le Directeur »: an office, and no verb.
bool IsOfficeLine(const NameText& in, const ShapedLine& line) {
  if (line.last - line.first > 8) return false;
  std::size_t at = line.first;
  while (at < line.last && IsOneOf(in.words[at].folded, kArticles)) ++at;
  return at < line.last && IsOfficeWord(in.words[at]);
}

}  // namespace

absl::string_view NameText::Gap(std::size_t at) const {
  const std::size_t begin = at == 0 ? 0 : words[at - 1].end;
  const std::size_t end = at < words.size() ? words[at].begin : text.size();
  return text.substr(begin, end - begin);
}

bool IsCivility(const Word& word) { return word.capital && IsOneOf(word.folded, kCivilityWords); }
bool IsPluralCivility(const Word& word) { return word.capital && IsOneOf(word.folded, kPlurals); }
bool IsOfficeWord(const Word& word) { return IsOneOf(word.folded, kOfficeWords); }
bool IsSaint(const Word& word) {
  return word.folded == "saint" || word.folded == "sainte" || word.folded == "st" ||
         word.folded == "ste";
}
bool IsParticle(const Word& word) { return IsOneOf(word.folded, kParticles); }

bool Joined(const NameText& in, std::size_t at) {
  const absl::string_view between = in.Gap(at);
  return between.size() <= 4 && !Has(between, ",;:()[]/\n\t|0123456789");
}

// « D. » is the initial of a given name, no particle.
bool IsInitial(const NameText& in, std::size_t at) {
  return in.words[at].capital && in.words[at].folded.size() == 1 &&
         absl::StartsWith(in.Gap(at + 1), ".");
}

std::size_t RunAt(const NameText& in, std::size_t at, std::size_t most) {
  std::size_t end = at;
  bool named = false;
  const std::size_t last = at + std::min(most, in.words.size() - at);
  for (std::size_t k = at; k < last; ++k) {
    const Word& word = in.words[k];
    if (k > at) {
      if (!Joined(in, k)) break;
      // A dot stands behind an initial only, else the sentence ends; a dash between blanks parts.
      const absl::string_view gap = in.Gap(k);
      const Word& before = in.words[k - 1];
      if (Has(gap, ".") && before.end - before.begin > 2) break;
      if (gap.size() > 1 && (Has(gap, "-") || absl::StrContains(gap, "–"))) break;
    }
    // « M. » inside « J. M. EXEMPLE » is an initial.
    if (IsCivility(word) && (k == at || word.folded.size() > 1)) break;
    if (word.number || IsOfficeWord(word) || IsOneOf(word.folded, kBefore)) break;
    if (!word.capital && (k == at || !IsParticle(word))) break;
    if (!word.capital) continue;
    end = k + 1;
    named = named || !IsParticle(word) || IsInitial(in, k);
  }
  return named ? end - at : 0;
}

NameShape ShapeOf(const NameText& in, std::size_t at, std::size_t length) {
  NameShape shape;
  bool capital_part = false;
  bool other_part = false;
  for (std::size_t i = at; i < at + length;) {
    std::size_t end = i + 1;
    while (end < at + length && (in.Gap(end) == "-" || in.Gap(end) == "‑")) ++end;
    const Word& first = in.words[i];
    const bool initial = IsInitial(in, i);
    const bool particle = end == i + 1 && IsParticle(first) && !initial;
    shape.initial = shape.initial || initial;
    shape.body = shape.body || (IsBodyWord(first.folded) && !(IsSaint(first) && end > i + 1));
    if (!particle) {
      ++shape.parts;
      const std::size_t bytes = in.words[end - 1].end - first.begin;
      const bool capitals = first.all_capital && bytes >= 3;
      capital_part = capital_part || capitals;
      other_part = other_part || (!first.all_capital && first.capital);
      shape.given = shape.given || IsGivenName(first.folded);
      if (shape.parts == 1) shape.capitals = capitals && bytes >= 5;
    }
    i = end;
  }
  shape.mixed = capital_part && other_part;
  return shape;
}

std::vector<NamePassage> PassagesOf(const NameText& in) {
  std::vector<NamePassage> out(in.words.size(), NamePassage::kRunning);
  bool listing = false;
  bool signing = false;
  bool under_office = false;
  for (const ShapedLine& line : LinesOf(in)) {
    const auto mark = [&](std::size_t first, NamePassage passage) {
      std::fill(out.begin() + static_cast<std::ptrdiff_t>(first),
                out.begin() + static_cast<std::ptrdiff_t>(line.last), passage);
    };
    const bool ends = IsOneOf(in.words[line.first].folded, kListEnds) || IsProse(in, line);
    signing = OpensSigning(in, line) || (signing && !ends);
    if (signing) {
      mark(line.first, NamePassage::kSigning);
    } else if (under_office) {
      mark(line.first, NamePassage::kUnderOffice);
    }
    under_office = IsOfficeLine(in, line);
    bool one = false;
    const std::size_t label = LabelEnd(in, line, &one);
    if (label <= line.last) {
      // « Présents : 32 » counts; « Présents (32) » announces.
      const bool counts = label < line.last && in.words[label].number;
      if (!counts) mark(label, NamePassage::kAttendance);
      listing = !counts && !(one && label < line.last);
    } else {
      listing = listing && IsListLine(in, line);
      if (listing) mark(line.first, NamePassage::kAttendance);
    }
  }
  return out;
}

bool CueBefore(const NameText& in, std::size_t at) {
  if (at == 0 || Has(in.Gap(at), "\n.;") || in.Gap(at).size() > 5) return false;
  for (std::size_t n = 1; n <= kCueWords && n <= at; ++n) {
    for (const char* cue : kCues) {
      if (MatchPhrase(cue, in.words, at - n) == n) return true;
    }
  }
  return false;
}

bool CueAfter(const NameText& in, std::size_t at) {
  return at < in.words.size() && !Has(in.Gap(at), "\n.;") && PhraseAt(in, at, kCuesAfter) > 0;
}

bool OfficeBefore(const NameText& in, std::size_t at) {
  if (at == 0) return false;
  const absl::string_view gap = in.Gap(at);
  if (Has(gap, "\n|\t;.()")) return false;
  if (IsOfficeWord(in.words[at - 1])) return true;
  if (!Has(gap, ",:") && !absl::StrContains(gap, "–")) return false;
  for (std::size_t n = 1; n <= kClauseWords && n <= at; ++n) {
    const std::size_t i = at - n;
    if (IsOfficeWord(in.words[i])) return true;
    if (Has(in.Gap(i), "\n|\t;,:.()")) return false;
  }
  return false;
}

bool OfficeAfter(const NameText& in, std::size_t at) {
  if (at >= in.words.size() || Has(in.Gap(at), "\n|;.")) return false;
  if (!Has(in.Gap(at), ",(") && !absl::StrContains(in.Gap(at), "–")) return false;
  for (std::size_t i = at; i < std::min(at + 4, in.words.size()); ++i) {
    if (IsOfficeWord(in.words[i])) return true;
    const bool small = in.words[i].number || in.words[i].folded.size() <= 4;
    if (!small) return false;
  }
  return false;
}

bool NamesPlace(const NameText& in, std::size_t at, PlaceReach reach) {
  const absl::string_view gap = in.Gap(at);
  for (absl::string_view mark : {"«", "“", "\""}) {
    if (absl::StrContains(gap, mark)) return true;
  }
  for (std::size_t n = 1; n <= kClauseWords && n <= at; ++n) {
    if (Has(in.Gap(at - n + 1), reach == PlaceReach::kLine ? "\n|\t;" : "\n|\t;,:")) return false;
    if (IsPlaceWord(in.words[at - n].folded)) return true;
  }
  return false;
}

bool OpensCell(const NameText& in, std::size_t at) {
  return at == 0 || Has(in.Gap(at), "\n|\t,:;") || absl::StartsWith(in.Gap(at), "  ") ||
         IsOfficeWord(in.words[at - 1]);
}

bool EndsCell(const NameText& in, std::size_t at) {
  return at >= in.words.size() || Has(in.Gap(at), "\n|\t,;.()") ||
         absl::StartsWith(in.Gap(at), "  ") ||
         (at < in.words.size() && in.words[at].folded == "et") || IsOfficeWord(in.words[at]);
}

}  // namespace greffe::reader
