#include "core/reader/names.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "core/reader/fold.h"

namespace greffe::reader {
namespace {

// Longer runs after a civility are headings in capitals, no names.
constexpr std::size_t kNameWords = 6;
constexpr std::size_t kRunWords = 8;
// Whatever else is written in capitals is read in such pieces.
constexpr std::size_t kHeadingRunWords = 64;

// Words of the name after the civility words[i - 1]; 0 when none follows. « M. LE MAIRE » has a
// particle and an office, no name.
std::size_t AfterCivility(const NameText& in, std::size_t i) {
  // The line may end behind the civility.
  const absl::string_view gap = in.Gap(i);
  const bool joined = Joined(in, i) || gap == "\n" || gap == ".\n" || gap == ". \n";
  if (!joined) return 0;
  const std::size_t length = RunAt(in, i, kHeadingRunWords);
  // « Monsieur Marcel » with « EXEMPLE » on the next line.
  const std::size_t next = i + length;
  if (length == 1 && next < in.words.size() && in.Gap(next) == "\n" && !in.words[i].all_capital &&
      in.words[next].all_capital) {
    return length + RunAt(in, next, kNameWords);
  }
  return length;
}

// Whether a name of a list ended before words[at] and another may start there.
bool GoesOn(const NameText& in, std::size_t at) {
  const absl::string_view gap = in.Gap(at);
  return absl::StartsWith(gap, ",") || absl::StartsWith(gap, ";") || absl::StartsWith(gap, " ,");
}

bool IsPerson(const NameText& in, std::size_t at, std::size_t length, NamePassage passage) {
  const NameShape shape = ShapeOf(in, at, length);
  if (shape.body) return false;
  const bool whole = shape.parts >= 2;
  const bool sure = whole && (shape.given || shape.initial);
  const std::size_t end = at + length;
  const bool cue = CueBefore(in, at) || CueAfter(in, end);
  if (cue && (whole || shape.capitals)) return true;
  // « de Bon Encontre »: a place, but where a phrase announced a name.
  const bool after_particle =
      at > 0 && Joined(in, at) && !in.words[at - 1].capital && IsParticle(in.words[at - 1]);
  if (after_particle) return false;
  if (passage == NamePassage::kAttendance) return whole || shape.capitals;
  if (NamesPlace(in, at, PlaceReach::kClause)) return false;
  const bool alone = OpensCell(in, at) && EndsCell(in, end);
  const bool office = OfficeBefore(in, at);
  const bool under = at > 0 && IsOfficeWord(in.words[at - 1]);
  if (passage == NamePassage::kSigning && alone &&
      (whole || (shape.capitals && (office || under)))) {
    return true;
  }
  if (passage == NamePassage::kUnderOffice && alone && (sure || (whole && shape.mixed)))
    return true;
  if (sure && (office || OfficeAfter(in, end))) return true;
  return false;
}

// « de la Caf Jean EXEMPLE »: where in the run of `length` words at `at` a given name with a
// surname in capitals starts, which no street and no facility bears; `length` when none does.
std::size_t SureWithin(const NameText& in, std::size_t at, std::size_t length) {
  for (std::size_t skip = 0; skip + 1 < length; ++skip) {
    const std::size_t from = at + skip;
    if (!in.words[from].capital || (skip > 0 && in.Gap(from) == "-")) continue;
    if (NamesPlace(in, from, PlaceReach::kLine)) return length;
    // « Saint Pierre DE CLAIRAC » is a place.
    if (from > 0 && Joined(in, from) && IsSaint(in.words[from - 1])) continue;
    const NameShape first = ShapeOf(in, from, 1);
    const NameShape last = ShapeOf(in, at + length - 1, 1);
    const NameShape rest = ShapeOf(in, from, length - skip);
    const bool starts = first.given || (last.given && rest.parts == 2);
    if (starts && rest.parts >= 2 && rest.mixed && !rest.body) return skip;
  }
  return length;
}

}  // namespace

NameFilter::NameFilter(const std::vector<std::string>& known,
                       const std::vector<std::string>& kept) {
  for (const std::string& name : known) {
    std::vector<std::string> words;
    for (const Word& word : Words(name)) {
      if (words.empty() && word.capital && IsCivility(word)) continue;
      words.push_back(word.folded);
    }
    // One word alone is as often a place or a common word.
    if (words.size() < 2 || words.size() > kNameWords) continue;
    std::sort(words.begin(), words.end());
    known_.insert(std::move(words));
  }
  for (const std::string& name : kept) {
    const std::vector<Word> words = Words(name);
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::vector<std::string> part;
      for (std::size_t k = i; k < std::min(words.size(), i + kNameWords); ++k) {
        part.push_back(words[k].folded);
        if (part.size() >= 2) kept_.insert(part);
      }
    }
  }
}

// Words of the longest known name at `i`; 0 for none.
std::size_t NameFilter::KnownAt(const std::vector<Word>& words, std::size_t i) const {
  if (known_.empty() || !words[i].capital) return 0;
  for (std::size_t length = std::min(kNameWords, words.size() - i); length >= 2; --length) {
    std::vector<std::string> name;
    for (std::size_t k = i; k < i + length; ++k) name.push_back(words[k].folded);
    std::sort(name.begin(), name.end());
    if (known_.count(name) > 0) return length;
  }
  return 0;
}

bool NameFilter::Keeps(const NameText& in, std::size_t at, std::size_t length) const {
  std::vector<std::string> words;
  for (std::size_t i = at; i < at + length; ++i) words.push_back(in.words[i].folded);
  return kept_.count(words) > 0;
}

std::vector<NameFilter::Found> NameFilter::FindIn(const NameText& in) const {
  const std::vector<NamePassage> passages = PassagesOf(in);
  std::vector<Found> found;
  std::size_t run_end = 0;  // Up to here the run of words was judged.
  bool list = false;        // A name of « Mesdames A, B et C » stands right before.
  for (std::size_t i = 0; i < in.words.size();) {
    std::size_t length = KnownAt(in.words, i);
    const bool in_list = list;
    list = false;
    if (length > 0) {
      list = in_list || (i > 0 && IsPluralCivility(in.words[i - 1]));
    } else if (i > 0 && IsCivility(in.words[i - 1])) {
      length = AfterCivility(in, i);
      list = length > 0 && IsPluralCivility(in.words[i - 1]);
    } else if (in_list && in.words[i].folded == "et" && Joined(in, i)) {
      list = true;
      ++i;
      continue;
    } else if (i >= run_end && in.words[i].capital) {
      const std::size_t run = RunAt(in, i, kHeadingRunWords);
      const bool next = in_list && run > 0 && run <= kNameWords &&
                        (GoesOn(in, i) || in.words[i - 1].folded == "et") &&
                        !ShapeOf(in, i, run).body;
      const bool person =
          run > 0 && (next || (!Keeps(in, i, run) && IsPerson(in, i, run, passages[i])));
      list = next;
      length = person ? run : 0;
      run_end = i + run;
      // Longer runs are headings, and tables whose columns are lost.
      const std::size_t skip = person || run > kRunWords ? 0 : SureWithin(in, i, run);
      if (!person && run > 0 && run <= kRunWords && skip < run) {
        found.push_back({i + skip, run - skip});
        i = run_end;
        continue;
      }
    }
    if (length > 0) found.push_back({i, length});
    i += std::max<std::size_t>(length, 1);
  }
  return found;
}

void NameFilter::Learn(absl::string_view text) {
  const NameText in(text);
  for (const Found& name : FindIn(in)) {
    const NameShape shape = ShapeOf(in, name.first, name.length);
    if (shape.parts < 2 || shape.body || !(shape.given || shape.mixed)) continue;
    if (name.length > kNameWords) continue;
    std::vector<std::string> words;
    for (std::size_t k = name.first; k < name.first + name.length; ++k) {
      words.push_back(in.words[k].folded);
    }
    std::sort(words.begin(), words.end());
    known_.insert(std::move(words));
  }
}

std::string NameFilter::Filter(absl::string_view text) {
  const NameText in(text);
  std::string out;
  std::size_t copied = 0;
  for (const Found& name : FindIn(in)) {
    const absl::string_view kept = text.substr(copied, in.words[name.first].begin - copied);
    out.append(kept.data(), kept.size());
    out += kNameMark;
    copied = in.words[name.first + name.length - 1].end;
    ++count_;
  }
  const absl::string_view rest = text.substr(copied);
  out.append(rest.data(), rest.size());
  return out;
}

}  // namespace greffe::reader
