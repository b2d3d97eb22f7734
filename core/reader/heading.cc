#include "core/reader/heading.h"

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/utf8.h"
#include "core/reader/date_text.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

struct HeadingWord {
  absl::string_view words;
  HeadingKind kind;
};
constexpr HeadingWord kHeadingNouns[] = {
#define X(words, kind) {words, HeadingKind::kind},
#include "core/reader/lexicon/heading_words.inc"
#undef X
};

void SkipSpaces(absl::string_view* text) {
  while (!text->empty()) {
    if (text->front() == ' ' || text->front() == '\t') {
      text->remove_prefix(1);
    } else if (absl::StartsWith(*text, "\u00A0")) {
      text->remove_prefix(2);
    } else {
      return;
    }
  }
}

// Letters that recognition confuses, made one: « Artic1e », « ARTlCLE » and « Articie » are the
// same.
std::string OcrKey(absl::string_view plain) {
  std::string key;
  for (char c : plain) {
    key += c == 'i' || c == '1' || c == '|' || c == '!' ? 'l' : c == '0' ? 'o' : c;
  }
  return key;
}

// Bytes of `text` that the plain words `words` stand for, 0 when it does not start with them.
std::size_t WordsAt(absl::string_view text, absl::string_view words) {
  // The plain form of a prefix grows with it: try the lengths around that of the words.
  for (std::size_t bytes = words.size(); bytes <= words.size() + 8 && bytes <= text.size();
       ++bytes) {
    const bool cut = bytes < text.size() && ContinuesCharacter(text[bytes]);
    if (cut) continue;
    if (OcrKey(Plain(text.substr(0, bytes))) != OcrKey(words)) continue;
    const bool ends =
        bytes == text.size() || !(absl::ascii_isalpha(static_cast<unsigned char>(text[bytes])) ||
                                  static_cast<unsigned char>(text[bytes]) == 0xC3);
    return ends ? bytes : 0;
  }
  return 0;
}

// « n° », « N ° », « numéro » before a number.
void SkipNumberSign(absl::string_view* text) {
  for (absl::string_view sign : {"n\u00B0", "N\u00B0", "n\u00BA", "N\u00BA", "n \u00B0", "N \u00B0",
                                 "n°", "numéro", "Numéro", "no ", "No "}) {
    if (absl::StartsWith(*text, sign)) {
      text->remove_prefix(sign.size());
      SkipSpaces(text);
      return;
    }
  }
}

// Takes « : », « - », « – », « . », « ) » and their mixtures; says whether there was any.
bool SkipSeparators(absl::string_view* text) {
  bool any = false;
  while (true) {
    SkipSpaces(text);
    std::size_t bytes = 0;
    for (absl::string_view mark :
         {":", "-", "\u2013", "\u2014", ".", ")", "/", "|", "\u2022", "_", "\u2212"}) {
      if (absl::StartsWith(*text, mark)) bytes = mark.size();
    }
    if (bytes == 0) return any;
    any = true;
    text->remove_prefix(bytes);
  }
}

std::string CleanTitle(absl::string_view text) {
  std::string title = OneSpaced(text);
  while (!title.empty() && (title.back() == ':' || title.back() == ' ')) title.pop_back();
  return title;
}

bool StartsLikeTitle(absl::string_view text) {
  return StartsUpper(text) || absl::StartsWith(text, "«") || absl::StartsWith(text, "\"") ||
         absl::StartsWith(text, "\u201C") || absl::StartsWith(text, "(");
}

// « Article premier », « Annexe unique », « ARTICLE 1ER » misread as « ler »: the number one in a
// word.
Numeral OrdinalWordAt(absl::string_view text) {
  for (absl::string_view word : {"premier", "premiere", "unique", "ler", "ier"}) {
    if (const std::size_t bytes = WordsAt(text, word); bytes > 0) return {"1", bytes};
  }
  return {};
}

// « ARTICLE DEUX », up to forty.
Numeral NumberWordAt(absl::string_view text) {
  const std::string plain = Plain(text.substr(0, 24));
  const auto words = NumberInWords(plain);
  if (!words || words->value < 2 || words->value > 40) return {};
  return {absl::StrCat(words->value), words->bytes};
}

// « lO », « 1l », « I0 »: two signs that recognition left of a number.
Numeral MisreadNumberAt(absl::string_view text) {
  std::string number;
  for (const char c : text.substr(0, 3)) {
    if (c == ' ') break;
    const bool one = c == 'l' || c == 'I' || c == '|' || c == '1';
    const bool zero = c == 'O' || c == 'o' || c == '0';
    if (!one && !zero && !IsDigit(c)) return {};
    number += one ? '1' : zero ? '0' : c;
  }
  return number.size() == 2 && number[0] != '0' ? Numeral{number, 2} : Numeral{};
}

Heading ParseWordHeading(absl::string_view text) {
  constexpr std::size_t kOpeningBytes = 48;  // Longer than any entry, accents included.
  if (!StartsUpper(text)) return {};
  const std::string opening = OcrKey(Plain(text.substr(0, kOpeningBytes)));
  const HeadingWord* best = nullptr;
  std::size_t best_bytes = 0;
  for (const HeadingWord& word : kHeadingNouns) {
    if (opening.empty() || opening[0] != OcrKey(word.words.substr(0, 1))[0]) continue;
    if (!absl::StartsWith(opening, OcrKey(word.words))) continue;
    const std::size_t bytes = WordsAt(text, word.words);
    if (bytes > best_bytes) {
      best = &word;
      best_bytes = bytes;
    }
  }
  if (best == nullptr) return {};
  Heading heading{.kind = best->kind, .word = std::string(best->words)};
  absl::string_view rest = text.substr(best_bytes);
  SkipSpaces(&rest);
  SkipNumberSign(&rest);
  Numeral numeral = NumeralAt(rest);
  const bool one = absl::StartsWith(rest, "l ") || absl::StartsWith(rest, "| ") || rest == "l";
  if (numeral.number.empty() && one) numeral = {"1", 1};  // « Article l : … »
  if (numeral.number.empty()) numeral = OrdinalWordAt(rest);
  if (numeral.number.empty() && best->kind == HeadingKind::kArticle) numeral = NumberWordAt(rest);
  if (numeral.number.empty()) numeral = MisreadNumberAt(rest);
  rest.remove_prefix(numeral.bytes);
  heading.number = numeral.number;
  const absl::string_view before = rest;
  const bool separated = SkipSeparators(&rest);
  if (numeral.number.empty()) {  // « Annexe : Statuts », « ANNEXES », « Fiche action : … »
    const bool may_lack =
        best->kind == HeadingKind::kAnnex || absl::StartsWith(best->words, "fiche");
    const bool closes = before.empty() && best->kind == HeadingKind::kAnnex;
    if (!may_lack || !(closes || (separated && StartsLikeTitle(rest)))) return {};
  } else if (!separated && !rest.empty() && !StartsLikeTitle(rest)) {
    return {};
  }
  heading.title = CleanTitle(rest);
  return heading;
}

// A lone capital before a point is an initial (« M. », « L. 263-1 »), not a number.
bool IsInitial(const Numeral& numeral, absl::string_view rest) {
  return numeral.number.size() == 1 &&
         absl::ascii_isalpha(static_cast<unsigned char>(numeral.number[0])) &&
         absl::StartsWith(rest, ".") &&
         (absl::string_view("LMDCRN").find(numeral.number[0]) != absl::string_view::npos);
}

Heading ParseNumbered(absl::string_view text) {
  const Numeral numeral = NumeralAt(text);
  if (numeral.number.empty()) return {};
  absl::string_view rest = text.substr(numeral.bytes);
  const bool dotted = absl::StrContains(numeral.number, '.');
  const bool glued = !rest.empty() && rest.front() != ' ' && rest.front() != '\t' &&
                     absl::ascii_isalnum(static_cast<unsigned char>(rest.front()));
  if (IsInitial(numeral, rest) || glued) return {};
  const bool separated = SkipSeparators(&rest);
  if (rest.empty() || !(separated || dotted) || !StartsLikeTitle(rest)) return {};
  return {.kind = HeadingKind::kNumbered, .number = numeral.number, .title = CleanTitle(rest)};
}

// One element of a composed number at the start: digits, Roman, a letter. Bytes, 0 for none.
std::size_t ElementAt(absl::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  if (digits > 0) return digits <= 3 ? digits : 0;
  std::size_t letters = 0;
  while (letters < text.size() && absl::ascii_isalpha(static_cast<unsigned char>(text[letters])))
    ++letters;
  if (letters < text.size() && static_cast<unsigned char>(text[letters]) >= 0x80 &&
      !absl::StartsWith(text.substr(letters), "\u2013") &&
      !absl::StartsWith(text.substr(letters), "\u00A0")) {
    return 0;  // The letters go on with an accented one.
  }
  if (letters == 1 || (letters > 0 && RomanValue(text.substr(0, letters)) > 0)) return letters;
  return 0;
}

// « A1 », « PE12 »: one to three capitals glued to one or two digits. Bytes, 0 for none.
std::size_t CodeAt(absl::string_view text) {
  std::size_t letters = 0;
  while (letters < text.size() && letters < 4 &&
         absl::ascii_isupper(static_cast<unsigned char>(text[letters]))) {
    ++letters;
  }
  std::size_t end = letters;
  while (end < text.size() && IsDigit(text[end])) ++end;
  const bool code = letters >= 1 && letters <= 3 && end > letters && end - letters <= 2;
  const bool over =
      end >= text.size() || (!absl::ascii_isalnum(static_cast<unsigned char>(text[end])) &&
                             static_cast<unsigned char>(text[end]) < 0x80);
  return code && over ? end : 0;
}

}  // namespace

int RomanValue(absl::string_view text) {
  static constexpr std::array<absl::string_view, 10> kUnits = {"",  "i",  "ii",  "iii",  "iv",
                                                               "v", "vi", "vii", "viii", "ix"};
  static constexpr std::array<absl::string_view, 4> kTens = {"", "x", "xx", "xxx"};
  const std::string lower = absl::AsciiStrToLower(text);
  for (std::size_t tens = 0; tens < kTens.size(); ++tens) {
    for (std::size_t units = 0; units < kUnits.size(); ++units) {
      if (tens + units > 0 && lower.size() == kTens[tens].size() + kUnits[units].size() &&
          absl::StartsWith(lower, kTens[tens]) && absl::EndsWith(lower, kUnits[units])) {
        return static_cast<int>(tens * 10 + units);
      }
    }
  }
  return 0;
}

Numeral NumeralAt(absl::string_view text) {
  absl::string_view rest = text;
  SkipSpaces(&rest);
  const std::size_t spaces = text.size() - rest.size();
  // « E1 », and « E1.2 » below it.
  std::size_t bytes = CodeAt(rest);
  if (bytes == 0) bytes = ElementAt(rest);
  if (bytes == 0) return {};
  const bool first_letter = !IsDigit(rest[0]);
  if (first_letter && !absl::ascii_isupper(static_cast<unsigned char>(rest[0]))) return {};
  std::string number(rest.substr(0, bytes));
  while (bytes + 1 < rest.size() && (rest[bytes] == '.' || rest[bytes] == '-')) {
    const std::size_t more = ElementAt(rest.substr(bytes + 1));
    const bool dash = rest[bytes] == '-';
    // « 1-1 », « I-1 » and « I-1-a » go on, « A-Conforter » does not: after a dash a number counts,
    // or a small letter that stands alone behind one.
    const bool alone = bytes + 1 + more >= rest.size() ||
                       !absl::ascii_isalnum(static_cast<unsigned char>(rest[bytes + 1 + more]));
    const bool small = more == 1 && IsDigit(rest[bytes - 1]) && number.find('-') != number.npos &&
                       absl::ascii_islower(static_cast<unsigned char>(rest[bytes + 1]));
    if (more == 0 || (dash && !(IsDigit(rest[bytes + 1]) || small)) || (dash && !alone)) break;
    number += std::string(rest.substr(bytes, more + 1));
    bytes += more + 1;
  }
  absl::string_view after = rest.substr(bytes);
  for (absl::string_view ordinal : {"er", "ER", "ère", "ÈRE", "ere", "ème", "ÈME", "eme"}) {
    if (IsDigit(rest[bytes - 1]) && absl::StartsWith(after, ordinal)) {
      bytes += ordinal.size();
      after.remove_prefix(ordinal.size());
      break;
    }
  }
  for (absl::string_view again : {" bis", "bis", " ter", "ter"}) {
    if (IsDigit(rest[bytes - 1]) && absl::StartsWith(after, again)) {
      number += std::string(absl::StripLeadingAsciiWhitespace(again));
      bytes += again.size();
      break;
    }
  }
  return {std::move(number), bytes + spaces};
}

Heading ParseHeading(absl::string_view text) {
  SkipSpaces(&text);
  Heading heading = ParseWordHeading(text);
  return heading.kind != HeadingKind::kNone ? heading : ParseNumbered(text);
}

}  // namespace greffe::reader
