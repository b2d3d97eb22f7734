#include "core/reader/bullets.h"

#include <array>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

// Bullets that nothing else is written with; the first three are top ones when mixed.
constexpr std::array<absl::string_view, 22> kBullets = {
    "•", "▶", "►", "➢",   "➤",      "❖",      "✓",      "✔", "✅", "■", "▪",
    "●", "◆", "‣", "⮚", "\uF0B7", "\uF0A7", "\uF0FC", "○", "◦", "□", "\uF06F"};
// These count at the start of a line only.
constexpr std::array<absl::string_view, 9> kLeadingBullets = {"-", "–", "—", "*", "→",
                                                              "⇒", "·", "∙", ">"};

// « 80 % », « 1 500,50 € » after the sign: « > 80 % » says more than that.
bool IsAmount(absl::string_view text) {
  bool digits = false;
  while (!text.empty()) {
    if (absl::ConsumePrefix(&text, "\u00A0") || absl::ConsumePrefix(&text, "\u202F")) continue;
    if (!IsDigit(text[0]) && absl::string_view(" .,").find(text[0]) == text.npos) break;
    digits = digits || IsDigit(text[0]);
    text.remove_prefix(1);
  }
  return digits && (absl::StartsWith(text, "%") || absl::StartsWith(text, "€"));
}

}  // namespace

absl::string_view BulletHere(absl::string_view text) {
  for (absl::string_view bullet : kBullets) {
    if (absl::StartsWith(text, bullet)) return bullet;
  }
  return {};
}

Bullet BulletOf(absl::string_view line) {
  Bullet bullet;
  const auto skip_spaces = [&line, &bullet] {
    while (bullet.bytes < line.size() && (line[bullet.bytes] == ' ' || line[bullet.bytes] == '\t' ||
                                          absl::StartsWith(line.substr(bullet.bytes), "\u00A0"))) {
      bullet.bytes += line[bullet.bytes] == ' ' || line[bullet.bytes] == '\t' ? 1 : 2;
    }
  };
  skip_spaces();
  const std::size_t start = bullet.bytes;
  for (int round = 0; round < 2; ++round) {  // « - ✓ » is a bullet inside a bullet.
    const absl::string_view rest = line.substr(bullet.bytes);
    absl::string_view found = BulletHere(rest);
    for (absl::string_view leading : kLeadingBullets) {
      if (!found.empty() || !absl::StartsWith(rest, leading)) continue;
      const absl::string_view after = rest.substr(leading.size());
      const bool spaced = absl::StartsWith(after, " ") || absl::StartsWith(after, "\t") ||
                          absl::StartsWith(after, "\u00A0");
      if (leading == ">" && IsAmount(after)) continue;
      // « *italic* » is no item, « -Consolider » is one; « --- » and « -5 » are none.
      if (spaced || after.empty() ||
          (leading != "*" && round == 0 && StartsUpper(after.substr(0, 4)))) {
        found = leading;
      }
    }
    if (found.empty() && round == 0 && absl::StartsWith(rest, "o ") && start > 0) found = "o";
    if (found.empty()) break;
    bullet.marker = std::string(found);
    bullet.bytes += found.size();
    skip_spaces();
  }
  if (bullet.marker.empty()) bullet.bytes = 0;
  return bullet;
}

}  // namespace greffe::reader
