#include "core/reader/checks.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace greffe::reader {
namespace {

// « CHK-15 » of L-15, whose check it is.
std::string NumberOf(const rules::Row& row) {
  return std::string(absl::StartsWith(row.id, "CHK-") ? row.id : row.check);
}

// A reading that stops at a limit says so: whoever reads on looks there themselves.
void AddLeftOut(const LeftOut& left, std::vector<Finding>* findings) {
  if (left.count == 0) return;
  findings->push_back(
      {"limit-deliberations", Severity::kWarning,
       absl::StrCat("Plus de ", kActsMost, " délibérations : ", left.count,
                    left.count == 1 ? " extrait, mention ou cachet reste du texte"
                                    : " extraits, mentions ou cachets restent du texte"),
       absl::StrCat("More than ", kActsMost, " deliberations: ", left.count,
                    left.count == 1 ? " extract, mention or stamp stays text"
                                    : " extracts, mentions or stamps stay text"),
       left.places});
}

}  // namespace

void AddFinding(std::vector<Finding>* findings, rules::Rule rule, Severity severity, std::string fr,
                std::string en, std::vector<Lines> lines) {
  if (!rules::IsOn(rule)) return;
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  findings->push_back(
      {NumberOf(rules::RowOf(rule)), severity, std::move(fr), std::move(en), std::move(lines)});
}

std::vector<Finding> RunChecks(const Checked& checked) {
  std::vector<Finding> findings;
  CheckActs(checked, &findings);
  CheckDates(checked, &findings);
  CheckReferences(checked, &findings);
  CheckWording(checked, &findings);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.rule < b.rule; });
  AddLeftOut(checked.left_out, &findings);
  return findings;
}

}  // namespace greffe::reader
