#include "core/convention/finding_cap.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"

namespace greffe {
namespace {

constexpr char kNotShown[] = "findings-not-shown";
constexpr char kEllipsis[] = "…";

v1::Finding NotShown(const std::string& code, v1::FindingSeverity severity, std::size_t count) {
  v1::Finding out;
  out.set_code(kNotShown);
  out.set_severity(severity);
  out.set_text(count == 1
                   ? absl::StrCat("1 autre constat « ", code, " » n'est pas montré.")
                   : absl::StrCat(count, " autres constats « ", code, " » ne sont pas montrés."));
  out.set_text_en(count == 1 ? absl::StrCat("1 more finding “", code, "” is not shown.")
                             : absl::StrCat(count, " more findings “", code, "” are not shown."));
  return out;
}

// Whole characters alone.
void Shorten(std::string* text) {
  if (text->size() <= limits::kFindingTextBytes) return;
  std::size_t end = limits::kFindingTextBytes - (sizeof(kEllipsis) - 1);
  while (end > 0 && (static_cast<unsigned char>((*text)[end]) & 0xC0) == 0x80) --end;
  text->resize(end);
  text->append(kEllipsis);
}

}  // namespace

std::vector<v1::Finding> StoredFindingsShown(const StateData& data) {
  std::map<FindingCode, std::vector<const FindingFact*>> by_code;
  for (const FindingFact& fact : data.findings) by_code[fact.code].push_back(&fact);
  std::vector<v1::Finding> shown;
  for (auto& [code, facts] : by_code) {
    const std::size_t count = std::min(facts.size(), limits::kFindingsOfAKind);
    std::partial_sort(facts.begin(), facts.begin() + static_cast<std::ptrdiff_t>(count),
                      facts.end(), [&](const FindingFact* a, const FindingFact* b) {
                        return std::tie(data.LeafOf(a->event), a->detail) <
                               std::tie(data.LeafOf(b->event), b->detail);
                      });
    for (std::size_t i = 0; i < count; ++i) {
      shown.push_back(
          MakeFinding(code, facts[i]->detail, data.LeafOf(facts[i]->event).ToHex(), ""));
    }
    if (count < facts.size()) {
      shown.push_back(NotShown(shown.back().code(), shown.back().severity(), facts.size() - count));
    }
  }
  return shown;
}

std::vector<v1::Finding> CapFindings(std::vector<v1::Finding> findings) {
  struct Kind {
    std::size_t count = 0;
    v1::FindingSeverity worst = v1::FINDING_SEVERITY_UNSPECIFIED;
  };
  std::map<std::string, Kind> kinds;
  std::vector<v1::Finding> shown;
  for (v1::Finding& finding : findings) {
    Kind& kind = kinds[finding.code()];
    kind.worst = std::max(kind.worst, finding.severity());
    if (finding.code() != kNotShown && ++kind.count > limits::kFindingsOfAKind) continue;
    Shorten(finding.mutable_text());
    Shorten(finding.mutable_text_en());
    shown.push_back(std::move(finding));
  }
  for (const auto& [code, kind] : kinds) {
    if (kind.count <= limits::kFindingsOfAKind) continue;
    shown.push_back(NotShown(code, kind.worst, kind.count - limits::kFindingsOfAKind));
  }
  return shown;
}

}  // namespace greffe
