#include "core/reader/names.h"

#include <algorithm>
#include <iterator>

#include "core/reader/fold.h"

namespace greffe::reader {
namespace {

constexpr const char* kCivilities[] = {
#include "core/reader/lexicon/civilities.inc"
};
constexpr const char* kOffices[] = {
#include "core/reader/lexicon/office_words.inc"
};
constexpr const char* kParticles[] = {"de", "du", "des", "d", "le", "la", "l", "van", "von"};

// Longer runs are headings in capitals, no names.
constexpr std::size_t kNameWords = 6;

template <std::size_t N>
bool IsOneOf(const std::string& word, const char* const (&list)[N]) {
  return std::any_of(std::begin(list), std::end(list),
                     [&](const char* one) { return word == one; });
}

// « M » and « ME » in capitals are also initials and endings; a civility is followed by a name.
bool IsCivility(const Word& word) { return word.capital && IsOneOf(word.folded, kCivilities); }

// Only spaces, hyphens, apostrophes and dots stand between the words of one name.
bool Joined(absl::string_view text, const Word& before, const Word& after) {
  const absl::string_view between = text.substr(before.end, after.begin - before.end);
  return between.size() <= 4 && between.find_first_of(",;:()[]/\n\t|0123456789") == between.npos;
}

// As Joined, within a name: a dot follows an initial only, else the sentence ends.
bool SameName(absl::string_view text, const Word& before, const Word& after) {
  const absl::string_view between = text.substr(before.end, after.begin - before.end);
  return Joined(text, before, after) &&
         (between.find('.') == between.npos || before.end - before.begin <= 2);
}

// Words of the name that starts at `i`; 0 when none does. « M. LE MAIRE » has a particle and an
// office, no name.
std::size_t NameAt(absl::string_view text, const std::vector<Word>& words, std::size_t i) {
  std::size_t end = i;
  bool named = false;
  for (std::size_t k = i; k < words.size() && k - i < kNameWords; ++k) {
    if (k > i && !SameName(text, words[k - 1], words[k])) break;
    if (words[k].number || IsOneOf(words[k].folded, kOffices)) break;
    const bool particle = IsOneOf(words[k].folded, kParticles);
    if (words[k].capital) {
      end = k + 1;
      named = named || !particle;
    } else if (k == i || !particle) {
      break;
    }
  }
  return named ? end - i : 0;
}

// Words of the longest known name at `i`; 0 for none.
std::size_t KnownAt(const std::vector<Word>& words, std::size_t i,
                    const std::set<std::vector<std::string>>& known) {
  if (known.empty() || !words[i].capital) return 0;
  std::vector<std::string> name;
  for (std::size_t k = i; k < words.size() && k - i < kNameWords; ++k)
    name.push_back(words[k].folded);
  for (; !name.empty(); name.pop_back()) {
    if (known.count(name) > 0) return name.size();
  }
  return 0;
}

}  // namespace

NameFilter::NameFilter(const std::vector<std::string>& known) {
  for (const std::string& name : known) {
    std::vector<std::string> words;
    for (const Word& word : Words(name)) {
      if (words.empty() && IsOneOf(word.folded, kCivilities)) continue;
      words.push_back(word.folded);
    }
    // One word alone is as often a place or a common word.
    if (words.size() >= 2 && words.size() <= kNameWords) known_.insert(std::move(words));
  }
}

std::string NameFilter::Filter(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t length = KnownAt(words, i, known_);
    if (length == 0 && i > 0 && IsCivility(words[i - 1]) && Joined(text, words[i - 1], words[i])) {
      length = NameAt(text, words, i);
    }
    if (length == 0) {
      ++i;
      continue;
    }
    const absl::string_view kept = text.substr(copied, words[i].begin - copied);
    out.append(kept.data(), kept.size());
    out += kNameMark;
    copied = words[i + length - 1].end;
    i += length;
    ++count_;
  }
  const absl::string_view rest = text.substr(copied);
  out.append(rest.data(), rest.size());
  return out;
}

}  // namespace greffe::reader
