#include "core/rules/transmission.h"

#include <cstddef>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/text.h"
#include "core/base/utf8.h"

namespace greffe::rules {
namespace {

constexpr std::size_t kObjectCharacters = 499;  // @ctes, domain.md section 7.1.
// Peers' objects may hold any number: nobody reads on, and a clerk searches for these by eye.
constexpr std::size_t kNamedCharacters = 20;

struct Outside {
  std::vector<absl::string_view> named;
  bool more = false;
};

// ISO-8859-1 is U+0000 to U+00FF, whose UTF-8 begins with a byte up to 0xC3.
Outside OutsideLatin1(absl::string_view text) {
  Outside outside;
  std::set<absl::string_view> seen;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && ContinuesCharacter(text[end])) ++end;
    const absl::string_view character = text.substr(at, end - at);
    at = end;
    if (static_cast<unsigned char>(character[0]) <= 0xC3 || !seen.insert(character).second) {
      continue;
    }
    if (seen.size() > kNamedCharacters) {
      outside.more = true;
      break;
    }
    outside.named.push_back(character);
  }
  return outside;
}

Oddity OddTransmission(absl::string_view code, Words words) {
  return {Rule::kTransmitted, code, FindingSeverityOf(RowOf(Rule::kTransmitted).severity),
          std::move(words)};
}

}  // namespace

std::vector<Oddity> CheckTransmitted(absl::string_view object) {
  std::vector<Oddity> out;
  if (!IsOn(Rule::kTransmitted)) return out;
  if (const Outside outside = OutsideLatin1(object); !outside.named.empty()) {
    const std::string list = absl::StrJoin(outside.named, " ");
    out.push_back(
        OddTransmission("object-letters",
                        {absl::StrCat("l'objet contient ", list, outside.more ? " et d'autres" : "",
                                      " : à translittérer pour la télétransmission (ISO-8859-1)."),
                         absl::StrCat("the object holds ", list, outside.more ? " and others" : "",
                                      ": to be transliterated for transmission (ISO-8859-1).")}));
  }
  if (CountCodePoints(object) > kObjectCharacters) {
    out.push_back(OddTransmission(
        "object-length", {absl::StrCat("l'objet dépasse ", kObjectCharacters, " caractères."),
                          absl::StrCat("the object exceeds ", kObjectCharacters, " characters.")}));
  }
  return out;
}

}  // namespace greffe::rules
