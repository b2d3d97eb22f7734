#include "core/base/french_name.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace greffe {
namespace {

enum class Kind { kUnknown, kFeminine, kMasculine, kElided, kPlural };

// First words of names of organisations, in lower case, without accents and dots.
struct FirstWord {
  absl::string_view word;
  Kind kind;
};
constexpr FirstWord kFirstWords[] = {
#include "core/base/french_name.inc"
};

std::string Fold(absl::string_view word) {
  std::string out = absl::StrReplaceAll(word, {{"É", "e"},
                                               {"È", "e"},
                                               {"Ê", "e"},
                                               {"é", "e"},
                                               {"è", "e"},
                                               {"ê", "e"},
                                               {"Ô", "o"},
                                               {"ô", "o"},
                                               {"Î", "i"},
                                               {"î", "i"},
                                               {"\u2019", "'"},
                                               {".", ""}});
  absl::AsciiStrToLower(&out);
  return out;
}

absl::string_view FirstOf(absl::string_view name) {
  return name.substr(0, std::min(name.find(' '), name.find("\u00a0")));
}

Kind KindOf(absl::string_view name) {
  const std::string first = Fold(FirstOf(name));
  const auto* const found =
      std::find_if(std::begin(kFirstWords), std::end(kFirstWords),
                   [&](const FirstWord& known) { return known.word == first; });
  return found == std::end(kFirstWords) ? Kind::kUnknown : found->kind;
}

// The name without an article of its own: « Le Département » like « Département ». Only before a
// known word: « Le Mans » keeps its own.
absl::string_view Bare(absl::string_view name) {
  for (const absl::string_view article : {"la ", "le ", "les ", "l'", "l\u2019"}) {
    if (!absl::StartsWithIgnoreCase(name, article)) continue;
    const absl::string_view rest = name.substr(article.size());
    if (KindOf(rest) != Kind::kUnknown) return rest;
  }
  return name;
}

struct Articles {
  const char* feminine;
  const char* masculine;
  const char* elided;
  const char* plural;
};

std::string With(const Articles& articles, absl::string_view name) {
  name = Bare(absl::StripAsciiWhitespace(name));
  switch (KindOf(name)) {
    case Kind::kFeminine:
      return absl::StrCat(articles.feminine, name);
    case Kind::kMasculine:
      return absl::StrCat(articles.masculine, name);
    case Kind::kElided:
      return absl::StrCat(articles.elided, name);
    case Kind::kPlural:
      return absl::StrCat(articles.plural, name);
    case Kind::kUnknown:
      break;
  }
  return absl::StrCat(articles.masculine, "partenaire « ", name, " »");
}

}  // namespace

std::string TheParty(absl::string_view name) { return With({"la ", "le ", "l'", "les "}, name); }
std::string OfParty(absl::string_view name) {
  return With({"de la ", "du ", "de l'", "des "}, name);
}
std::string ToParty(absl::string_view name) { return With({"à la ", "au ", "à l'", "aux "}, name); }

}  // namespace greffe
