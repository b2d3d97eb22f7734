#include "core/reader/page_lines.h"

#include <array>
#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

// A date dd/mm/yyyy and nothing else, or nothing.
bool IsDateOrNothing(absl::string_view text) {
  if (text.empty()) return true;
  std::size_t digits = 0;
  for (char c : text) {
    if (IsDigit(c)) {
      ++digits;
    } else if (c != '/' && c != ' ' && c != '-' && c != '.') {
      return false;
    }
  }
  return digits == 8 || digits == 6;
}

// A department, nine digits, eight digits, a number and a nature between hyphens (domain §7.1).
bool IsActesId(absl::string_view text) {
  std::size_t hyphens = 0;
  std::size_t digits = 0;
  for (char c : text) {
    if (c == ' ') return false;
    hyphens += c == '-' ? 1 : 0;
    digits += IsDigit(c) ? 1 : 0;
  }
  return hyphens >= 4 && digits >= 18 && text.size() <= 60;
}

}  // namespace

// Cuts « page 3 », « 3/12 », « p. 3 sur 12 » off the end.
std::string WithoutPageNumber(std::string plain) {
  std::size_t end = plain.size();
  const auto skip = [&plain, &end](absl::string_view marks) {
    while (end > 0 && marks.find(plain[end - 1]) != absl::string_view::npos) --end;
  };
  const std::size_t before = end;
  skip("0123456789");
  if (end == before || before - end > 3) return plain;  // A year stays.
  skip(" ");
  for (absl::string_view of : {"/", "sur", "-", "|"}) {
    if (!absl::EndsWith(absl::string_view(plain).substr(0, end), of)) continue;
    end -= of.size();
    skip(" ");
    skip("0123456789");
    skip(" ");
    break;
  }
  for (absl::string_view word : {"page", "p.", "|", "-"}) {
    if (absl::EndsWith(absl::string_view(plain).substr(0, end), word)) end -= word.size();
    skip(" ");
  }
  plain.resize(end);
  return plain;
}

// « 3 », « - 3 - », « page 3 sur 12 », « 3/12 »: the number, 0 for any other line.
int PageNumberOf(absl::string_view plain, bool* certain) {
  *certain = absl::StartsWith(plain, "page ") || absl::StartsWith(plain, "p. ");
  if (absl::StartsWith(plain, "page ")) plain.remove_prefix(5);
  if (absl::StartsWith(plain, "p. ")) plain.remove_prefix(3);
  while (!plain.empty() && (plain.front() == '-' || plain.front() == ' ')) plain.remove_prefix(1);
  std::size_t digits = 0;
  while (digits < plain.size() && IsDigit(plain[digits])) ++digits;
  int number = 0;
  // No more than three digits: longer ones are no page, and would not fit.
  if (digits > 3 || !absl::SimpleAtoi(plain.substr(0, digits), &number)) return 0;
  plain.remove_prefix(digits);
  const bool more = absl::StrContains(plain, "/") || absl::StrContains(plain, "sur") ||
                    absl::StrContains(plain, "|");
  *certain = *certain || more;
  for (char c : plain) {
    if (!IsDigit(c) && absl::string_view(" -/|sur").find(c) == absl::string_view::npos) return 0;
  }
  return number;
}

// What a line is in a stamp of transmission: a strong part makes the weak ones near it count.
StampPart StampPartOf(absl::string_view plain) {
  struct Form {
    absl::string_view words;
    StampPart part;
  };
  static constexpr std::array<Form, 11> kForms = {{
      {"accuse de reception en prefecture", StampPart::kStrong},
      {"accuse de reception - ministere de l'interieur", StampPart::kStrong},
      {"accuse de reception en sous-prefecture", StampPart::kStrong},
      {"envoye en prefecture le", StampPart::kStrong},
      {"recu en prefecture le", StampPart::kStrong},
      {"date de reception prefecture", StampPart::kStrong},
      {"date de teletransmission", StampPart::kStrong},
      {"publie le", StampPart::kWeak},
      {"affiche le", StampPart::kWeak},
      {"recu le", StampPart::kWeak},
      {"date de reception", StampPart::kWeak},
  }};
  for (absl::string_view lead : {"id :", "id:", "id "}) {
    if (absl::StartsWith(plain, lead) && IsActesId(Plain(plain.substr(lead.size())))) {
      return StampPart::kStrong;
    }
  }
  if (IsActesId(plain)) return StampPart::kStrong;
  for (const Form& form : kForms) {
    if (!absl::StartsWith(plain, form.words)) continue;
    absl::string_view rest = plain.substr(form.words.size());
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == ':')) rest.remove_prefix(1);
    if (IsDateOrNothing(rest)) return form.part;
  }
  return StampPart::kNone;
}

}  // namespace greffe::reader
