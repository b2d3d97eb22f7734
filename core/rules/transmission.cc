#include "core/rules/transmission.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/text.h"

namespace greffe::rules {
namespace {

constexpr std::size_t kObjectCharacters = 499;  // @ctes, domain.md section 7.1.

// ISO-8859-1 is U+0000 to U+00FF, whose UTF-8 begins with a byte up to 0xC3.
std::vector<absl::string_view> OutsideLatin1(absl::string_view text) {
  std::vector<absl::string_view> outside;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    const absl::string_view character = text.substr(at, end - at);
    if (static_cast<unsigned char>(text[at]) > 0xC3 &&
        std::find(outside.begin(), outside.end(), character) == outside.end()) {
      outside.push_back(character);
    }
    at = end;
  }
  return outside;
}

Oddity Odd(absl::string_view code, Words words) {
  return {Rule::kTransmitted, code, FindingSeverityOf(RowOf(Rule::kTransmitted).severity),
          std::move(words)};
}

}  // namespace

std::vector<Oddity> CheckTransmitted(absl::string_view object) {
  std::vector<Oddity> out;
  if (!IsOn(Rule::kTransmitted)) return out;
  if (const std::vector<absl::string_view> outside = OutsideLatin1(object); !outside.empty()) {
    const std::string list = absl::StrJoin(outside, " ");
    out.push_back(Odd("object-letters",
                      {absl::StrCat("L'objet contient ", list,
                                    " : à translittérer pour la télétransmission (ISO-8859-1)"),
                       absl::StrCat("The object holds ", list,
                                    ": to be transliterated for transmission (ISO-8859-1)")}));
  }
  if (CountCodePoints(object) > kObjectCharacters) {
    out.push_back(Odd("object-length",
                      {absl::StrCat("L'objet dépasse ", kObjectCharacters, " caractères"),
                       absl::StrCat("The object exceeds ", kObjectCharacters, " characters")}));
  }
  return out;
}

}  // namespace greffe::rules
