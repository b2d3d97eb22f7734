#include "core/reader/letters.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>
#include <utility>

namespace greffe::reader {
namespace {

// Calls `each` with every code point; broken bytes give U+FFFD.
template <typename Each>
void ForEachCodePoint(absl::string_view text, Each each) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT(data, at, length, c);
    each(c < 0 ? 0xFFFD : c);
  }
}

void AppendCodePoint(UChar32 c, std::string* out) {
  std::uint8_t bytes[U8_MAX_LENGTH];
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out->append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

// Typography that compatibility decomposition leaves alone.
UChar32 PlainMark(UChar32 c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x00B4:
    case 0x2032:
    case '`':
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
    case 0x2033:
      return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    default:
      return c;
  }
}

bool IsSpace(UChar32 c) { return c == ' ' || u_isUWhiteSpace(c); }

// Nothing for marks and invisible characters.
std::string PlainOne(UChar32 c) {
  if (IsSpace(c)) return " ";
  c = PlainMark(c);
  if (c < 0x80) return std::string(1, static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
  if (c == 0x0153 || c == 0x0152) return "oe";
  if (c == 0x00E6 || c == 0x00C6) return "ae";
  if (c == 0x00B0 || c == 0x00BA) return "\u00B0";  // « n° » is written with either sign.
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString parts;
  if (U_FAILURE(status) || !nfkd->getDecomposition(c, parts)) parts = icu::UnicodeString(c);
  std::string out;
  for (std::int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
    const UChar32 part = PlainMark(parts.char32At(at));
    const auto type = u_charType(part);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR ||
        type == U_CONTROL_CHAR) {
      continue;
    }
    if (part == 0x0131) {  // Dotless i, as Turkish spelling and recognition faults have it.
      out += 'i';
    } else {
      AppendCodePoint(IsSpace(part) ? ' ' : u_foldCase(part, U_FOLD_CASE_DEFAULT), &out);
    }
  }
  return out;
}

// The code points that French documents are made of, computed once: Latin letters; punctuation,
// currencies, arrows and bullets.
constexpr UChar32 kLatinEnd = 0x250;
constexpr UChar32 kMarksBegin = 0x2000;
constexpr UChar32 kMarksEnd = 0x2800;

// The cached plain form, null for other code points.
const std::string* CachedPlain(UChar32 c) {
  static const auto& table = *[] {
    auto* plain = new std::array<std::string, kLatinEnd + kMarksEnd - kMarksBegin>;
    for (UChar32 at = 0; at < kLatinEnd; ++at)
      (*plain)[static_cast<std::size_t>(at)] = PlainOne(at);
    for (UChar32 at = kMarksBegin; at < kMarksEnd; ++at) {
      (*plain)[static_cast<std::size_t>(at - kMarksBegin + kLatinEnd)] = PlainOne(at);
    }
    return plain;
  }();
  if (c < kLatinEnd) return &table[static_cast<std::size_t>(c)];
  if (c < kMarksBegin || c >= kMarksEnd) return nullptr;
  return &table[static_cast<std::size_t>(c - kMarksBegin + kLatinEnd)];
}

UChar32 FirstLetterOrDigit(absl::string_view text) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT(data, at, length, c);
    if (c > 0 && u_isalnum(c)) return c;
  }
  return 0;
}

}  // namespace

std::string Plain(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  const auto put = [&out, &gap](absl::string_view plain) {
    if (plain.empty()) return;
    if (plain == " ") {
      gap = !out.empty();
      return;
    }
    if (gap) out += ' ';
    gap = false;
    out.append(plain.data(), plain.size());
  };
  ForEachCodePoint(text, [&put](UChar32 c) {
    if (const std::string* cached = CachedPlain(c)) {
      put(*cached);
    } else {
      put(PlainOne(c));
    }
  });
  return out;
}

std::string PlainKey(absl::string_view text) {
  std::string out;
  for (char c : Plain(text)) {
    if (IsPlainWordByte(c)) out += c;
  }
  return out;
}

std::vector<std::string> PlainWords(absl::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (char c : Plain(text)) {
    if (IsPlainWordByte(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string OneSpaced(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  ForEachCodePoint(text, [&out, &gap](UChar32 c) {
    if (IsSpace(c)) {
      gap = !out.empty();
      return;
    }
    if (gap) out += ' ';
    gap = false;
    AppendCodePoint(c, &out);
  });
  return out;
}

std::size_t LetterCount(absl::string_view text) {
  std::size_t count = 0;
  ForEachCodePoint(text, [&count](UChar32 c) { count += u_isalpha(c) ? 1 : 0; });
  return count;
}

bool IsAllCaps(absl::string_view text) {
  std::size_t upper = 0;
  std::size_t lower = 0;
  ForEachCodePoint(text, [&](UChar32 c) {
    upper += u_isupper(c) ? 1 : 0;
    lower += u_islower(c) ? 1 : 0;
  });
  return upper >= 2 && lower * 10 <= upper;
}

bool StartsLower(absl::string_view text) { return u_islower(FirstLetterOrDigit(text)); }
bool StartsUpper(absl::string_view text) { return u_isupper(FirstLetterOrDigit(text)); }

bool EndsSentence(absl::string_view text) {
  std::string plain = Plain(text.size() > 40 ? text.substr(text.size() - 40) : text);
  while (!plain.empty() &&
         absl::string_view("\") *_").find(plain.back()) != absl::string_view::npos) {
    plain.pop_back();
  }
  return !plain.empty() && absl::string_view(".;!?:").find(plain.back()) != absl::string_view::npos;
}

bool HasWords(absl::string_view text) { return FirstLetterOrDigit(text) != 0; }

}  // namespace greffe::reader
