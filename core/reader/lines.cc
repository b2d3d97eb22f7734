#include "core/reader/lines.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"

namespace greffe::reader {
namespace {

absl::Status Limit(const InputText& input, std::string fr, std::string en) {
  return ToStatus({.code = absl::StatusCode::kResourceExhausted,
                   .rule = "limit-import",
                   .field = input.name,
                   .fr = absl::StrCat(input.name, " : ", fr),
                   .en = absl::StrCat(input.name, ": ", en),
                   .next_fr = "Importez le texte de la convention seul.",
                   .next_en = "Import the text of the convention alone."});
}

absl::Status Binary(const InputText& input, std::size_t line) {
  return ToStatus(
      {.rule = "import-binary",
       .field = input.name,
       .fr = absl::StrCat(input.name, ", ligne ", line, " : ce n'est pas du texte UTF-8"),
       .en = absl::StrCat(input.name, ", line ", line, ": this is not UTF-8 text"),
       .next_fr = "Enregistrez le document en texte UTF-8, ou donnez le PDF.",
       .next_en = "Save the document as UTF-8 text, or give the PDF."});
}

// What bytes 0x80 to 0x9F mean in Windows-1252; the five unassigned ones become a space.
constexpr std::array<UChar32, 32> kWindows1252 = {
    0x20AC, ' ',    0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, ' ',    0x017D, ' ',    ' ',    0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, ' ',    0x017E, 0x0178};

bool IsInvisible(UChar32 c) {
  return c == 0x00AD || c == 0xFEFF || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069);
}

std::string Nfc(const std::string& text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return text;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return text;
  const icu::UnicodeString source = icu::UnicodeString::fromUTF8(text);
  if (nfc->isNormalized(source, status) && U_SUCCESS(status)) return text;
  std::string out;
  nfc->normalize(source, status).toUTF8String(out);
  return U_SUCCESS(status) ? out : text;
}

std::string Heal(absl::string_view line) {
  std::string out;
  out.reserve(line.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(line.data());
  const auto length = static_cast<std::int32_t>(line.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t start = at;
    UChar32 c;
    U8_NEXT(data, at, length, c);
    if (c < 0) {
      at = start + 1;  // One byte of another encoding, then try again.
      c = data[start];
      if (c >= 0x80 && c < 0xA0) c = kWindows1252[static_cast<std::size_t>(c - 0x80)];
    }
    if (IsInvisible(c)) continue;
    if ((c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0)) c = ' ';
    std::uint8_t bytes[U8_MAX_LENGTH];
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  }
  return Nfc(out);
}

// Calls `each(line, number)` with every line of `bytes`; a last line without line end counts.
template <typename Each>
absl::Status ForEachLine(absl::string_view bytes, Each each) {
  std::size_t number = 1;
  while (true) {
    const std::size_t end = bytes.find_first_of("\r\n");
    RETURN_IF_ERROR(each(bytes.substr(0, end), number));
    if (end == absl::string_view::npos) return absl::OkStatus();
    const bool pair = bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n';
    bytes.remove_prefix(end + (pair ? 2 : 1));
    if (bytes.empty()) return absl::OkStatus();
    ++number;
  }
}

absl::Status CheckLimits(const std::vector<InputText>& inputs) {
  std::size_t bytes = 0;
  std::size_t lines = 0;
  for (const InputText& input : inputs) {
    bytes += input.bytes.size();
    if (&input - inputs.data() >= static_cast<std::ptrdiff_t>(kInputDocuments)) {
      return Limit(input, absl::StrCat("plus de ", kInputDocuments, " documents à la fois"),
                   absl::StrCat("more than ", kInputDocuments, " documents at once"));
    }
    if (bytes > kInputBytes) {
      return Limit(input, absl::StrCat("plus de ", kInputBytes, " octets en tout"),
                   absl::StrCat("more than ", kInputBytes, " bytes in all"));
    }
    RETURN_IF_ERROR(
        ForEachLine(input.bytes, [&](absl::string_view line, std::size_t number) -> absl::Status {
          if (line.size() > kLineBytes) {
            return Limit(input,
                         absl::StrCat("ligne ", number, " : plus de ", kLineBytes, " octets"),
                         absl::StrCat("line ", number, ": more than ", kLineBytes, " bytes"));
          }
          if (++lines > kInputLines) {
            return Limit(input, absl::StrCat("plus de ", kInputLines, " lignes en tout"),
                         absl::StrCat("more than ", kInputLines, " lines in all"));
          }
          const bool utf16 =
              number == 1 && (line.substr(0, 2) == "\xFF\xFE" || line.substr(0, 2) == "\xFE\xFF");
          if (utf16 || line.find('\0') != absl::string_view::npos) return Binary(input, number);
          return absl::OkStatus();
        }));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Document>> SplitLines(const std::vector<InputText>& inputs) {
  RETURN_IF_ERROR(CheckLimits(inputs));
  std::vector<Document> documents;
  for (const InputText& input : inputs) {
    Document& document = documents.emplace_back();
    document.name = input.name;
    RETURN_IF_ERROR(ForEachLine(input.bytes, [&document](absl::string_view line, std::size_t) {
      document.lines.push_back(Heal(line));
      return absl::OkStatus();
    }));
  }
  return documents;
}

}  // namespace greffe::reader
