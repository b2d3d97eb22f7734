#include "core/reader/fold.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "core/base/utf8.h"

namespace greffe::reader {
namespace {

// Letters of U+00C0 to U+017F without their marks, in order; '?' is no letter.
constexpr char kLatin[] =
    "aaaaaaaceeeeiiiidnooooo?ouuuuyts"   // U+00C0
    "aaaaaaaceeeeiiiidnooooo?ouuuuyty"   // U+00E0
    "aaaaaaccccccccddddeeeeeeeeeegggg"   // U+0100
    "gggghhhhiiiiiiiiiiiijjkkklllllll"   // U+0120
    "lllnnnnnnnnnoooooooorrrrrrssssss"   // U+0140
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";  // U+0160

struct Letter {
  char folded[3] = {0, 0, 0};  // Empty: no letter.
  bool capital = false;
  bool digit = false;
  bool mark = false;  // A combining mark: belongs to the letter before.
  std::size_t size = 1;
};

uint32_t Decode(absl::string_view text, std::size_t at, std::size_t& size) {
  const auto byte = [&](std::size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(at);
  size = 1;
  if (lead < 0x80) return lead;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || at + length > text.size()) return 0;
  uint32_t code = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!ContinuesCharacter(text[at + i])) return 0;
    code = (code << 6) | (byte(at + i) & 0x3F);
  }
  size = length;
  return code;
}

bool CapitalLatin(uint32_t code) {
  if (code <= 0xDE) return true;
  if (code < 0x100) return false;
  if (code == 0x130 || code == 0x178) return true;
  const bool odd_is_capital = (code >= 0x139 && code <= 0x148) || code >= 0x179;
  return (code % 2 == 1) == odd_is_capital;
}

Letter Read(absl::string_view text, std::size_t at) {
  Letter letter;
  const uint32_t code = Decode(text, at, letter.size);
  if (code >= '0' && code <= '9') {
    letter.folded[0] = static_cast<char>(code);
    letter.digit = true;
  } else if ((code | 0x20) >= 'a' && (code | 0x20) <= 'z' && code < 0x80) {
    letter.folded[0] = static_cast<char>(code | 0x20);
    letter.capital = code < 'a';
  } else if (code == 0x152 || code == 0x153 || code == 0xC6 || code == 0xE6) {
    letter.folded[0] = code >= 0x152 ? 'o' : 'a';
    letter.folded[1] = 'e';
    letter.capital = code == 0x152 || code == 0xC6;
  } else if (code >= 0xC0 && code <= 0x17F) {
    const char latin = kLatin[code - 0xC0];
    if (latin != '?') letter.folded[0] = latin;
    letter.capital = latin != '?' && CapitalLatin(code);
  } else if (code >= 0x300 && code <= 0x36F) {
    letter.mark = true;
  }
  return letter;
}

}  // namespace

std::vector<Word> Words(absl::string_view text) {
  std::vector<Word> words;
  bool open = false;
  bool letters_capital = true;
  const auto close = [&] {
    if (!open) return;
    Word& word = words.back();
    word.all_capital = !word.number && letters_capital && word.folded.size() >= 2;
    open = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    const Letter letter = Read(text, at);
    if (letter.mark && open) {
      words.back().end = at + letter.size;
    } else if (letter.folded[0] == 0) {
      close();
    } else {
      if (open && words.back().number != letter.digit) close();
      if (!open) {
        Word word;
        word.begin = at;
        word.capital = letter.capital;
        word.number = letter.digit;
        words.push_back(word);
        open = true;
        letters_capital = true;
      }
      words.back().folded += letter.folded;
      words.back().end = at + letter.size;
      letters_capital = letters_capital && letter.capital;
    }
    at += letter.size;
  }
  close();
  return words;
}

std::string Fold(absl::string_view text) {
  std::string out;
  for (const Word& word : Words(text)) {
    if (!out.empty()) out.push_back(' ');
    out += word.folded;
  }
  return out;
}

absl::string_view TrimBlanks(absl::string_view text) {
  static constexpr absl::string_view kBlanks[] = {
      " ", "\t", "\n", "\r", "\xC2\xA0", "\xE2\x80\xAF", "\xEF\xBB\xBF", "\xE2\x80\x8B", "\f"};
  for (bool again = true; again;) {
    again = false;
    for (const absl::string_view blank : kBlanks) {
      if (text.size() < blank.size()) continue;
      if (text.substr(0, blank.size()) == blank) {
        text.remove_prefix(blank.size());
        again = true;
      } else if (text.substr(text.size() - blank.size()) == blank) {
        text.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return text;
}

std::size_t MatchPhrase(absl::string_view phrase, const std::vector<Word>& words, std::size_t at) {
  // Most phrases fail at their first letter; lexicons are looked through at every word.
  if (at >= words.size() || phrase.empty() || phrase[0] != words[at].folded[0]) return 0;
  std::size_t count = 0;
  while (!phrase.empty()) {
    const std::size_t space = phrase.find(' ');
    absl::string_view want = phrase.substr(0, space);
    phrase.remove_prefix(space == absl::string_view::npos ? phrase.size() : space + 1);
    if (at + count >= words.size()) return 0;
    const absl::string_view have = words[at + count].folded;
    if (want.back() == '*') {
      want.remove_suffix(1);
      if (have.substr(0, want.size()) != want) return 0;
    } else if (have != want) {
      return 0;
    }
    ++count;
  }
  return count;
}

double Likeness(absl::string_view a, absl::string_view b) {
  const auto bag = [](absl::string_view text) {
    std::vector<std::string> words;
    for (Word& word : Words(text)) words.push_back(std::move(word.folded));
    std::sort(words.begin(), words.end());
    return words;
  };
  const std::vector<std::string> left = bag(a);
  const std::vector<std::string> right = bag(b);
  if (left.empty() || right.empty()) return 0;
  std::vector<std::string> common;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                        std::back_inserter(common));
  return 2.0 * static_cast<double>(common.size()) / static_cast<double>(left.size() + right.size());
}

}  // namespace greffe::reader
