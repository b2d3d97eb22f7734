#include "core/reader/votes.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/reader/date_text.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

struct FigureWord {
  absl::string_view words;
  Figure figure;
};
constexpr FigureWord kFigureWords[] = {
#define FIGURE(words, figure) {words, Figure::figure},
#include "core/reader/lexicon/vote_words.inc"
#undef FIGURE
};
struct DateWord {
  absl::string_view words;
  ActDate date;
};
constexpr DateWord kDateWords[] = {
#define DATED(words, date) {words, ActDate::date},
#include "core/reader/lexicon/vote_words.inc"
#undef DATED
};

// The places of `words` in `plain` as whole words.
std::vector<std::size_t> PlacesOf(absl::string_view words, absl::string_view plain) {
  std::vector<std::size_t> places;
  for (std::size_t at = plain.find(words); at != plain.npos; at = plain.find(words, at + 1)) {
    const bool starts = at == 0 || !IsPlainWordByte(plain[at - 1]);
    const std::size_t end = at + words.size();
    if (starts && (end >= plain.size() || !IsPlainWordByte(plain[end]))) places.push_back(at);
  }
  return places;
}

// What a row of figures counts next: « en exercice 42 Présents 32 Votants 37 ».
constexpr absl::string_view kNextFigures[] = {
    "contre", "abstention", "nombre", "vote",   "votant",   "absent",  "present",
    "excuse", "pouvoir",    "procur", "quorum", "suffrage", "date de", "representes"};

// A figure after a label: « : 32 », « (32) », « = 32 », « 32 »; « (s) » is let through.
std::string FigureAfter(absl::string_view rest) {
  absl::ConsumePrefix(&rest, "(s)");
  bool mark = false;
  while (!rest.empty() &&
         absl::string_view(" :(=.-").find(rest.front()) != absl::string_view::npos) {
    mark = mark || rest.front() != ' ';
    rest.remove_prefix(1);
  }
  const auto number = NumberAt(rest);
  if (!number || number->value > 999) return {};
  // « pour 4 ans » is no vote: a figure without a mark before it ends its clause.
  absl::string_view behind = absl::StripLeadingAsciiWhitespace(rest.substr(number->bytes));
  const bool ends =
      behind.empty() || absl::string_view(",;.)").find(behind.front()) != behind.npos ||
      std::any_of(std::begin(kNextFigures), std::end(kNextFigures),
                  [behind](absl::string_view word) { return absl::StartsWith(behind, word); });
  return mark || ends ? absl::StrCat(number->value) : std::string();
}

// A figure before a label: « 35 voix pour », « trente-deux présents », « 35 membres en exercice ».
std::string FigureBefore(absl::string_view before) {
  std::string trimmed(absl::StripTrailingAsciiWhitespace(before));
  for (absl::string_view word :
       {" membres", " conseillers municipaux", " conseillers communautaires", " conseillers",
        " elus", " delegues", " voix", " votes"}) {
    if (absl::EndsWith(trimmed, word)) trimmed.resize(trimmed.size() - word.size());
  }
  for (absl::string_view none : {"aucune", "aucun", "zero"}) {
    const bool whole = trimmed.size() == none.size() ||
                       (trimmed.size() > none.size() &&
                        !IsPlainWordByte(trimmed[trimmed.size() - none.size() - 1]));
    if (whole && absl::EndsWith(trimmed, none)) return "0";
  }
  std::size_t begin = trimmed.size();
  while (begin > 0 && IsDigit(trimmed[begin - 1])) --begin;
  if (begin == trimmed.size()) {  // In words: the longest run of number words that ends here.
    for (std::size_t at = trimmed.size() > 40 ? trimmed.size() - 40 : 0; at < trimmed.size();
         ++at) {
      if (at > 0 && IsPlainWordByte(trimmed[at - 1])) continue;
      const auto words = NumberInWords(absl::string_view(trimmed).substr(at));
      if (words && at + words->bytes == trimmed.size() && words->value <= 999)
        return absl::StrCat(words->value);
    }
    return {};
  }
  const absl::string_view digits = absl::string_view(trimmed).substr(begin);
  const bool dated = begin > 0 && (trimmed[begin - 1] == '/' || trimmed[begin - 1] == '-');
  return digits.size() <= 3 && !dated ? std::string(digits) : std::string();
}

// « à l'unanimité des 27 votants », « à l'unanimité (32 voix) »: how many voted for.
std::string Unanimous(absl::string_view plain) {
  const std::size_t at = plain.find("unanimite");
  if (at == absl::string_view::npos) return {};
  absl::string_view rest = plain.substr(at + 9);
  for (absl::string_view word : {" ", "(", "des ", "de ", "soit ", ": "}) {
    absl::ConsumePrefix(&rest, word);
  }
  const auto number = NumberAt(rest);
  if (!number || number->value == 0 || number->value > 999) return {};
  rest.remove_prefix(number->bytes);
  rest = absl::StripLeadingAsciiWhitespace(rest);
  for (absl::string_view voters : {"votant", "voix", "suffrage", "vote", "membres presents",
                                   "membres votants", "presents", "conseillers", "elus"}) {
    if (absl::StartsWith(rest, voters)) return absl::StrCat(number->value);
  }
  return {};
}

bool IsNumberByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '/' ||
         c == '.';
}

constexpr std::array<absl::string_view, 13> kVotingAssemblies = {
    "conseil municipal",       "conseil communautaire",    "conseil d'agglomeration",
    "conseil de communaute",   "conseil metropolitain",    "conseil syndical",
    "comite syndical",         "conseil d'administration", "conseil departemental",
    "conseil de la metropole", "bureau communautaire",     "assemblee deliberante",
    "conseil regional"};

}  // namespace

std::string FigureIn(absl::string_view plain, Figure figure) {
  for (const FigureWord& word : kFigureWords) {
    if (word.figure != figure) continue;
    for (std::size_t at : PlacesOf(word.words, plain)) {
      std::string after = FigureAfter(plain.substr(at + word.words.size()));
      if (!after.empty()) return after;
      const bool bare = word.words == "pour" || word.words == "contre";
      std::string before = FigureBefore(plain.substr(0, at));
      // « 5 pour l'accueil » is no vote: a bare word ends its clause.
      const absl::string_view rest =
          absl::StripLeadingAsciiWhitespace(plain.substr(at + word.words.size()));
      const bool ends = rest.empty() ||
                        absl::string_view(",;.:)").find(rest.front()) != absl::string_view::npos ||
                        absl::StartsWith(rest, "et ");
      if (!before.empty() && (!bare || ends)) return before;
    }
  }
  return figure == Figure::kVotesFor ? Unanimous(plain) : std::string();
}

std::string ActDateIn(absl::string_view plain, ActDate date) {
  const std::vector<FoundDate> dates = FindDates(plain);
  if (date == ActDate::kVoted) {  // « L'an deux mille vingt-deux, le dix-neuf décembre »
    const std::size_t year = plain.find("l'an ");
    for (const FoundDate& found : dates) {
      if (year != absl::string_view::npos && found.begin >= year && found.begin < year + 80 &&
          found.precision == Precision::kDay) {
        return found.iso;
      }
    }
  }
  constexpr std::size_t kGap = 24;       // « le mardi 17 juin » after « convoqué ».
  constexpr std::size_t kPlaceGap = 48;  // « le site de la commune le » after « publié sur ».
  for (const DateWord& word : kDateWords) {
    if (word.date != date) continue;
    for (std::size_t at : PlacesOf(word.words, plain)) {
      const std::size_t end = at + word.words.size();
      const bool place = absl::EndsWith(word.words, " sur") || absl::EndsWith(word.words, " en");
      const std::size_t gap = place ? kPlaceGap : kGap;
      for (const FoundDate& found : dates) {
        if (found.begin >= end && found.begin <= end + gap && found.precision == Precision::kDay)
          return found.iso;
      }
    }
  }
  return {};
}

std::string NumberAfterSign(absl::string_view printed) {
  for (absl::string_view sign :
       {"n\u00B0", "N\u00B0", "n\u00BA", "N\u00BA", "n \u00B0", "N \u00B0", "num\u00E9ro "}) {
    const std::size_t at = printed.find(sign);
    if (at == absl::string_view::npos) continue;
    absl::string_view rest = printed.substr(at + sign.size());
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == ':')) rest.remove_prefix(1);
    std::size_t end = 0;
    while (end < rest.size() && IsNumberByte(rest[end])) ++end;
    while (end > 0 && (rest[end - 1] == '.' || rest[end - 1] == '-' || rest[end - 1] == '/')) --end;
    if (end > 0 && rest.substr(0, end).find_first_of("0123456789xX") != absl::string_view::npos) {
      return std::string(rest.substr(0, end));
    }
  }
  return {};
}

std::optional<Mention> MentionIn(absl::string_view printed) {
  std::size_t at = printed.npos;
  for (absl::string_view word :
       {"délibération", "Délibération", "DELIBERATION", "DÉLIBÉRATION", "deliberation"}) {
    at = std::min(at, printed.find(word));
  }
  if (at == printed.npos) return {};
  const absl::string_view rest = printed.substr(at);
  Mention mention;
  constexpr std::size_t kNear = 40;
  mention.number = NumberAfterSign(rest.substr(0, std::min(rest.size(), kNear + 40)));
  const std::string plain = Plain(rest);
  const std::string plain_number = Plain(mention.number);
  const std::size_t number_at = plain_number.empty() ? std::string::npos : plain.find(plain_number);
  for (const FoundDate& date : FindDates(plain)) {
    // « n° 2023-04-12 » is a number, whatever it looks like.
    const bool in_number = number_at != std::string::npos && date.begin >= number_at &&
                           date.begin < number_at + plain_number.size();
    if (date.precision != Precision::kDay || in_number) continue;
    mention.date = date.iso;
    break;
  }
  if (mention.number.empty() && mention.date.empty()) return {};
  return mention;
}

std::string AssemblyKind(absl::string_view plain) {
  std::size_t best = plain.npos;
  std::string kind;
  for (absl::string_view assembly : kVotingAssemblies) {
    const std::size_t at = plain.find(assembly);
    if (at < best) {
      best = at;
      kind = std::string(assembly);
    }
  }
  return kind;
}

namespace {

// Where in `printed` the byte `at` of its plain form is printed. Looked for word by word: each word
// is made plain a few times, whatever the length of the text.
std::size_t PrintedPlace(absl::string_view printed, std::size_t at) {
  constexpr std::size_t kWordBytes = 200;  // A longer run without spaces is no word: its start.
  std::size_t begin = 0;
  for (std::size_t plain = 0; begin < printed.size();) {
    const std::size_t end = std::min(printed.find(' ', begin + 1), printed.size());
    const absl::string_view word = printed.substr(begin, end - begin);
    const std::size_t bytes = Plain(word).size();
    const std::size_t before = plain + (plain > 0 && bytes > 0 ? 1 : 0);  // With the space between.
    if (before + bytes > at) {
      std::size_t in = 0;
      while (word.size() <= kWordBytes && before + Plain(word.substr(0, in + 1)).size() <= at) ++in;
      return begin + in;
    }
    plain = before + bytes;
    begin = end;
  }
  return begin;
}

}  // namespace

std::string AssemblyIn(absl::string_view printed) {
  const std::string plain = Plain(printed);
  const std::string kind = AssemblyKind(plain);
  if (kind.empty()) return {};
  absl::string_view rest = printed.substr(PrintedPlace(printed, plain.find(kind)));
  rest = absl::StripLeadingAsciiWhitespace(rest);
  std::size_t end = rest.size();
  for (absl::string_view stop :
       {",",      ";",        " en date",    " du 0",          " du 1",
        " du 2",  " du 3",    " figurant",   " dûment",        " réuni",
        " s'est", " :",       " légalement", " à l'unanimité", " En exercice",
        " après", " portant", " autorisant", " approuvant",    " de délibér",
        "\n",     " qui ",    " a ",         " - séance",      " \u2013 séance"}) {
    end = std::min(end, rest.find(stop));
  }
  constexpr std::size_t kLongest = 160;
  return OneSpaced(rest.substr(0, std::min(end, kLongest)));
}

}  // namespace greffe::reader
