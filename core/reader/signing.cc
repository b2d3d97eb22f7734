#include "core/reader/signing.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "core/reader/date_text.h"
#include "core/reader/letters.h"
#include "core/reader/markup.h"

namespace greffe::reader {
namespace {

// A formula may be cut by ends of lines: the place, the number of copies, the date.
constexpr std::size_t kLinesAfter = 3;
// « Fait à » that opens a sentence of prose has no date so near.
constexpr std::size_t kFormulaBytes = 120;
// What may stand behind a date that ends its line.
constexpr std::size_t kTailBytes = 3;

constexpr std::array<absl::string_view, 7> kFormulas = {
    "fait a ", "fait le ", "fait et signe ", "fait en ", "signe a ", "signe le ", "signee le "};

constexpr std::array<absl::string_view, 5> kMarks = {
    "signe", "signee", "original signe", "signe electroniquement", "signature electronique"};
constexpr std::array<absl::string_view, 4> kMarkOpenings = {
    "signe par ", "signe electroniquement par ", "signe numeriquement par ",
    "signature electronique de "};

constexpr std::array<absl::string_view, 7> kWeekdays = {"lundi",    "mardi",  "mercredi", "jeudi",
                                                        "vendredi", "samedi", "dimanche"};

// Whether what stands before a date says that it is the day: « …, le », « le lundi », « date : ».
bool SaysTheDay(absl::string_view before) {
  before = absl::StripTrailingAsciiWhitespace(before);
  for (const absl::string_view day : kWeekdays) {
    if (absl::ConsumeSuffix(&before, day)) break;
  }
  before = absl::StripTrailingAsciiWhitespace(before);
  if (absl::ConsumeSuffix(&before, ":")) before = absl::StripTrailingAsciiWhitespace(before);
  if (before == "date" || absl::EndsWith(before, " date")) return true;
  if (!absl::ConsumeSuffix(&before, "le")) return false;
  const char last = before.empty() ? ' ' : before.back();
  return last < 'a' || last > 'z';
}

// The first day that `plain` says within `bytes`.
std::optional<FoundDate> DayIn(absl::string_view plain, std::size_t bytes) {
  for (FoundDate& found : FindDates(plain)) {
    if (found.begin > bytes) break;
    if (found.precision == Precision::kDay && SaysTheDay(plain.substr(0, found.begin))) {
      return std::move(found);
    }
  }
  return std::nullopt;
}

class SignatureFinder final {
 public:
  explicit SignatureFinder(const Reading& reading) : reading_(reading) {
    for (const Document& document : reading.documents) votes_.emplace_back(document.lines.size());
    for (const Deliberation& act : reading.convention.deliberations) {
      for (const Lines& lines : act.body.source.lines) {
        if (lines.document >= votes_.size()) continue;
        std::vector<bool>& of = votes_[lines.document];
        for (std::size_t i = lines.first; i <= lines.last && i <= of.size(); ++i) {
          if (i > 0) of[i - 1] = true;
        }
      }
    }
  }

  Signing Find() {
    for (std::uint32_t d = 0; d < reading_.documents.size(); ++d) {
      const std::vector<std::uint32_t>& avenants = reading_.amendments;  // Signed for themselves.
      if (std::find(avenants.begin(), avenants.end(), d) != avenants.end()) continue;
      for (std::uint32_t i = 0; i < reading_.documents[d].lines.size(); ++i) {
        if (!IsText(d, i)) continue;
        ReadFormula(d, i);
        ReadSigner(d, i);
        ReadMark(d, i);
      }
    }
    return std::move(out_);
  }

 private:
  bool IsText(std::uint32_t d, std::size_t i) const {
    if (votes_[d][i] || d >= reading_.uses.size() || i >= reading_.uses[d].size()) return false;
    const LineUse use = reading_.uses[d][i];
    return use == LineUse::kRead || use == LineUse::kUnread || use == LineUse::kLabel;
  }

  std::string Printed(std::uint32_t d, std::size_t i) const {
    std::string text = PlainText(reading_.documents[d].lines[i]);
    const std::size_t begin = text.find_first_not_of(" \t|*_-");
    return begin == std::string::npos ? "" : text.substr(begin);
  }

  // The next lines of text, at most kLinesAfter.
  std::vector<std::uint32_t> After(std::uint32_t d, std::uint32_t i) const {
    constexpr std::uint32_t kBlankLines = 8;
    const auto end = static_cast<std::uint32_t>(reading_.documents[d].lines.size());
    std::vector<std::uint32_t> out;
    for (std::uint32_t at = i + 1; at < std::min(end, i + kBlankLines); ++at) {
      if (IsText(d, at)) out.push_back(at);
      if (out.size() == kLinesAfter) break;
    }
    return out;
  }

  void ReadFormula(std::uint32_t d, std::uint32_t i) {
    const std::string printed = Printed(d, i);
    const std::string plain = Plain(printed) + " ";
    const bool opens = StartsUpper(printed) && std::any_of(kFormulas.begin(), kFormulas.end(),
                                                           [&plain](absl::string_view one) {
                                                             return absl::StartsWith(plain, one);
                                                           });
    if (!opens) return;
    if (const auto day = DayIn(plain, kFormulaBytes)) {
      out_.dates.push_back({"", day->iso, {d, i + 1, i + 1}});
      return;
    }
    for (const std::uint32_t at : After(d, i)) {
      const std::string next = Plain(Printed(d, at));
      if (const auto day = DayIn(next, /*bytes=*/16)) {
        out_.dates.push_back({"", day->iso, {d, i + 1, at + 1}});
        return;
      }
    }
    // Prose that happens to open so is long.
    if (plain.size() < kFormulaBytes) out_.undated.push_back({d, i + 1, i + 1});
  }

  void ReadSigner(std::uint32_t d, std::uint32_t i) {
    const std::string printed = Printed(d, i);
    if (!absl::StartsWith(printed, "Pour ") && !absl::StartsWith(printed, "POUR ")) return;
    const std::string plain = Plain(printed);
    if (plain.size() > kFormulaBytes) return;
    if (const auto day = DayIn(plain, kFormulaBytes)) {
      if (plain.size() > day->end + kTailBytes) return;
      out_.dates.push_back({plain.substr(5, day->begin - 5), day->iso, {d, i + 1, i + 1}});
      return;
    }
    for (const std::uint32_t at : After(d, i)) {
      const std::string next = Plain(Printed(d, at));
      if (absl::StartsWith(next, "pour ")) return;
      const auto day = DayIn(next, /*bytes=*/16);
      if (!day) continue;
      if (next.size() > day->end + kTailBytes) return;
      out_.dates.push_back({plain.substr(5), day->iso, {d, i + 1, at + 1}});
      return;
    }
  }

  // A line that is the mark and nothing else, or names who signed behind it. « Signature » alone
  // heads a place to sign.
  void ReadMark(std::uint32_t d, std::uint32_t i) {
    std::string plain = Plain(Printed(d, i));
    const auto is_mark = [](char c) {
      return absl::string_view(" ()[]*.:,").find(c) != absl::string_view::npos;
    };
    while (!plain.empty() && is_mark(plain.back())) plain.pop_back();
    const auto begin = std::find_if_not(plain.begin(), plain.end(), is_mark);
    plain.erase(plain.begin(), begin);
    if (plain.size() > kFormulaBytes) return;
    const bool whole = std::find(kMarks.begin(), kMarks.end(), plain) != kMarks.end();
    const bool opens =
        std::any_of(kMarkOpenings.begin(), kMarkOpenings.end(),
                    [&](absl::string_view one) { return absl::StartsWith(plain, one); });
    if (whole || opens) out_.marks.push_back({d, i + 1, i + 1});
  }

  const Reading& reading_;
  std::vector<std::vector<bool>> votes_;  // Lines of deliberations.
  Signing out_;
};

}  // namespace

Signing FindSigning(const Reading& reading) { return SignatureFinder(reading).Find(); }

}  // namespace greffe::reader
