#ifndef GREFFE_CORE_BASE_UTF8_H_
#define GREFFE_CORE_BASE_UTF8_H_

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

// Where the characters of UTF-8 text begin and end. Pure; thread safe.
namespace greffe {

// A byte that goes on with the character begun before it.
constexpr bool ContinuesCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The largest size up to `most` at which the text may be cut between two characters; 0 when its
// first character is longer. In bytes.
constexpr std::size_t WholeCharacters(absl::string_view text, std::size_t most) {
  if (most >= text.size()) return text.size();
  while (most > 0 && ContinuesCharacter(text[most])) --most;
  return most;
}

// The text, or as many whole characters of it as `most` bytes hold, and an ellipsis.
inline std::string Shortened(absl::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  return absl::StrCat(text.substr(0, WholeCharacters(text, most)), "…");
}

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_UTF8_H_
