#include "core/reader/checks.h"

#include <algorithm>
#include <utility>

namespace greffe::reader {

Finding MakeFinding(absl::string_view rule, Severity severity, std::string fr, std::string en,
                    std::vector<Lines> lines) {
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return {std::string(rule), severity, std::move(fr), std::move(en), std::move(lines)};
}

std::vector<Finding> RunChecks(const Checked& checked) {
  std::vector<Finding> findings;
  CheckActs(checked, &findings);
  CheckDates(checked, &findings);
  CheckReferences(checked, &findings);
  CheckWording(checked, &findings);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.rule < b.rule; });
  return findings;
}

}  // namespace greffe::reader
