#include "core/base/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/base/utf8.h"

namespace greffe {
namespace {

constexpr absl::string_view kDigits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr int kBase = 62;

int DigitOf(char c) {
  const auto at = kDigits.find(c);
  return at == absl::string_view::npos ? -1 : static_cast<int>(at);
}

absl::Status TextError(absl::string_view field, absl::string_view rule, std::string fr,
                       std::string en) {
  return ToStatus({.rule = std::string(rule),
                   .field = std::string(field),
                   .fr = absl::StrCat(field, " : ", fr),
                   .en = absl::StrCat(field, ": ", en)});
}

// U+202A to U+202E and U+2066 to U+2069: embeddings, overrides and isolates, by which a text reads
// otherwise on a screen than it is stored and signed (Unicode TR 36, section 3.1.4).
bool TurnsDirection(UChar32 c) {
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

// Refuses what is not UTF-8, and what would make a reader see another text than the one stored:
// control characters (C0 and C1) and those that turn the direction of writing.
absl::Status CheckCharacters(absl::string_view text, absl::string_view field) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t start = at;
    UChar32 c;
    U8_NEXT(data, at, length, c);
    if (c < 0) {
      return TextError(field, "text-utf8",
                       absl::StrCat("octet ", start, " : ce n'est pas de l'UTF-8"),
                       absl::StrCat("byte ", start, ": not UTF-8"));
    }
    const bool allowed_control = c == '\n' || c == '\t' || c == '\r';
    if ((c < 0x20 && !allowed_control) || (c >= 0x7f && c < 0xa0)) {
      return TextError(field, "text-control",
                       absl::StrCat("octet ", start, " : caractère de contrôle interdit"),
                       absl::StrCat("byte ", start, ": control characters are not allowed"));
    }
    if (TurnsDirection(c)) {
      return TextError(
          field, "text-direction",
          absl::StrCat("octet ", start,
                       " : caractère qui change le sens de l'écriture : ce qui se lit ne serait "
                       "pas ce qui se signe"),
          absl::StrCat("byte ", start,
                       ": a character that turns the direction of writing: what is read would not "
                       "be what is signed"));
    }
  }
  return absl::OkStatus();
}

bool IsAscii(absl::string_view text) {
  for (char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

// Printable ASCII and LF: already what it is to become, as nearly every id and date is.
bool IsPlain(absl::string_view text) {
  for (char c : text) {
    if ((c < 0x20 && c != '\n') || c >= 0x7f) return false;
  }
  return true;
}

// CR LF and lone CR become LF.
std::string UnifyLines(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out.push_back(text[i]);
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out.push_back('\n');
    }
  }
  return out;
}

bool IsPosition(absl::string_view key) {
  if (key.size() > limits::kIdCharacters) return false;
  for (char c : key) {
    if (DigitOf(c) < 0) return false;
  }
  // A key ending in the lowest digit has no key between it and its prefix.
  return key.empty() || key.back() != kDigits.front();
}

}  // namespace

absl::StatusOr<std::string> NormaliseLine(absl::string_view text, absl::string_view field,
                                          std::size_t characters_max) {
  ASSIGN_OR_RETURN(std::string line, NormaliseText(text, field, 4 * characters_max));
  if (line.find_first_of("\n\t") != std::string::npos || IsInvisible(line) ||
      CountCodePoints(line) > characters_max) {
    return TextError(field, "text-line",
                     absl::StrCat("une seule ligne, de 1 à ", characters_max, " caractères"),
                     absl::StrCat("one line of 1 to ", characters_max, " characters"));
  }
  return line;
}

absl::StatusOr<std::string> NormaliseText(absl::string_view text, absl::string_view field,
                                          std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    return TextError(field, "limit-text",
                     absl::StrCat(text.size(), " octets donnés, ", bytes_max, " au plus"),
                     absl::StrCat("got ", text.size(), " bytes, want at most ", bytes_max));
  }
  if (IsPlain(text)) return std::string(text);
  RETURN_IF_ERROR(CheckCharacters(text, field));
  std::string lines = UnifyLines(text);
  if (IsAscii(lines)) return lines;
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  std::string out;
  if (U_SUCCESS(error)) {
    icu::StringByteSink<std::string> sink(&out);
    nfc->normalizeUTF8(0, icu::StringPiece(lines.data(), static_cast<std::int32_t>(lines.size())),
                       sink, nullptr, error);
  }
  if (U_FAILURE(error)) return absl::InternalError("text: ICU cannot normalise");
  // NFC of a few characters is longer than what was given.
  if (out.size() > bytes_max) {
    return TextError(field, "limit-text",
                     absl::StrCat(out.size(), " octets en NFC, ", bytes_max, " au plus"),
                     absl::StrCat(out.size(), " bytes in NFC, want at most ", bytes_max));
  }
  return out;
}

bool IsInvisible(absl::string_view text) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT(data, at, length, c);
    if (!u_isUWhiteSpace(c) && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
      return false;
    }
  }
  return true;
}

std::size_t CountCodePoints(absl::string_view utf8) {
  std::size_t count = 0;
  for (char c : utf8) {
    if (!ContinuesCharacter(c)) ++count;
  }
  return count;
}

absl::Status CheckSlug(absl::string_view id, absl::string_view field) {
  bool ok = !id.empty() && id.size() <= limits::kIdCharacters;
  for (char c : id) ok = ok && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  if (ok && id.front() != '-' && id.back() != '-') return absl::OkStatus();
  // What was given may hold anything: only its beginning is repeated, and only when printable.
  std::string given(id.substr(0, limits::kIdCharacters));
  for (char& c : given) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = '?';
  }
  return TextError(field, "slug",
                   absl::StrCat("« ", given,
                                " » donné, attendu 1 à 64 caractères a-z, 0-9 et -, "
                                "sans - au début ni à la fin"),
                   absl::StrCat("got \"", given,
                                "\", want 1 to 64 characters of a-z, 0-9 and -, "
                                "not starting or ending with -"));
}

absl::StatusOr<std::string> PositionBetween(absl::string_view before, absl::string_view after) {
  if (!IsPosition(before) || !IsPosition(after) || (!after.empty() && before >= after)) {
    return TextError("position", "position", "clés de position mal formées ou dans le désordre",
                     "position keys malformed or out of order");
  }
  std::string out;
  for (std::size_t i = 0;; ++i) {
    const int low = i < before.size() ? DigitOf(before[i]) : 0;
    const int high = !after.empty() && i < after.size() ? DigitOf(after[i]) : kBase;
    if (high - low > 1) {
      out.push_back(kDigits[static_cast<std::size_t>((low + high) / 2)]);
      break;
    }
    out.push_back(kDigits[static_cast<std::size_t>(low)]);
    // Once the prefix is below `after`, the upper bound no longer matters.
    if (high > low) after = absl::string_view();
  }
  if (out.size() > limits::kIdCharacters) {
    return TextError("position", "position", "plus de place entre ces deux clés",
                     "no room left between these keys");
  }
  return out;
}

std::string PositionOf(std::size_t index, std::size_t count) {
  // Spread over the key space, so that later insertions stay short. The last digit is never the
  // lowest one.
  std::size_t width = 1;
  std::size_t room = kBase - 1;
  while (room < count) {
    ++width;
    room *= kBase;
  }
  std::size_t value = index;
  std::string out(width, kDigits.front());
  out[width - 1] = kDigits[1 + value % (kBase - 1)];
  value /= kBase - 1;
  for (std::size_t i = width - 1; i-- > 0;) {
    out[i] = kDigits[value % kBase];
    value /= kBase;
  }
  return out;
}

}  // namespace greffe
