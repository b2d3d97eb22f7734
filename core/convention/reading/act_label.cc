#include "core/convention/reading/act_label.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/decide.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/text/conclude.h"
#include "core/rules/sentence.h"

namespace greffe {
namespace {

// The number that a label ends with: 2 of « Avenant n°2 »; 0 of another. Nobody counts up to the
// year of « avenant de prolongation n° 2025 ».
std::uint32_t NumberIn(absl::string_view label) {
  constexpr std::uint32_t kMost = 999;
  const std::vector<std::string> words = rules::FoldedWords(label);
  if (words.size() < 2 || !rules::HasWord({&words[words.size() - 2], 1}, "n|no|numero")) return 0;
  std::uint32_t number = 0;
  return absl::SimpleAtoi(words.back(), &number) && number <= kMost ? number : 0;
}

// Number of « avenant n° 2 »: its own where it has one that is free and no later one was concluded;
// else one more than the other acts of the kind that were frozen, and than the highest of theirs.
std::uint32_t NumberFor(const StateData& data, const ActRef& act, v1::ActKind kind) {
  std::uint32_t own = 0;
  for (const RevisionNumber r : act.facts->revisions) {
    if (data.revisions[r].valid) own = std::max(own, NumberIn(data.revisions[r].label));
  }
  std::uint32_t frozen = 0;
  std::uint32_t highest = 0;
  bool free = own > 0;
  for (const auto& [id, other] : data.acts) {
    if (id == act.id || data.OpeningOf(other).kind != kind) continue;
    std::uint32_t theirs = 0;
    bool one = false;
    for (const RevisionNumber r : other.revisions) {
      if (!data.revisions[r].valid) continue;
      one = true;
      const std::uint32_t number = NumberIn(data.revisions[r].label);
      free = free && number != own;
      theirs = std::max(theirs, number);
    }
    frozen += one ? 1 : 0;
    highest = std::max(highest, theirs);
    if (free && theirs > own) free = StandingOf(data, other) != v1::ACT_STANDING_CONCLUDED;
  }
  return free ? own : std::max(frozen, highest) + 1;
}

using LabelWords = std::vector<std::string>;

// What names another act already.
std::set<LabelWords> LabelsOfOthers(const StateData& data, const ActRef& act) {
  std::set<LabelWords> out;
  for (const Revision& revision : data.revisions) {
    if (revision.act != act.id && revision.valid) out.insert(rules::FoldedWords(revision.label));
  }
  return out;
}

std::string NumberedLabel(v1::ActKind kind, std::uint32_t number) {
  if (kind == v1::ACT_KIND_AGREED_TERMINATION) {
    constexpr char kName[] = "résiliation amiable";
    return number == 1 ? kName : absl::StrCat(kName, " n° ", number);
  }
  return absl::StrCat(
      kind == v1::ACT_KIND_COMMITTEE_DECISION ? "décision de comité n° " : "avenant n° ", number);
}

std::string DefaultLabel(const StateData& data, const ActRef& act) {
  const v1::ActKind kind = data.OpeningOf(*act.facts).kind;
  if (kind == v1::ACT_KIND_ORIGINAL) return "convention";
  const std::set<LabelWords> others = LabelsOfOthers(data, act);
  std::uint32_t number = kind == v1::ACT_KIND_AGREED_TERMINATION ? 1 : NumberFor(data, act, kind);
  // Beyond what NumberIn reads, and where an act of another kind has the name.
  while (others.count(rules::FoldedWords(NumberedLabel(kind, number))) > 0) ++number;
  return NumberedLabel(kind, number);
}

}  // namespace

absl::StatusOr<std::string> LabelFor(const StateData& data, const ActRef& act,
                                     const std::string& given) {
  ASSIGN_OR_RETURN(
      const std::string label,
      CheckedText(given, {.field = "label", .characters_max = limits::kOfficeCharacters}));
  if (label.empty()) return DefaultLabel(data, act);
  if (label.find_first_of("\n\t") != std::string::npos) {
    return FieldError("one-line", "label", "ce texte doit tenir sur une ligne.",
                      "this text must be a single line.");
  }
  if (LabelsOfOthers(data, act).count(rules::FoldedWords(label)) > 0) {
    return RuleError("label-used", absl::StrCat("« ", label, " » désigne déjà un autre acte."),
                     absl::StrCat("\"", label, "\" already names another act."),
                     "Choisissez un autre nom, ou laissez-le vide.",
                     "Choose another name, or leave it empty.");
  }
  return label;
}

}  // namespace greffe
