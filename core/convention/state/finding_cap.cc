#include "core/convention/state/finding_cap.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/utf8.h"
#include "core/convention/state/finding.h"

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
  text->resize(WholeCharacters(*text, limits::kFindingTextBytes - (sizeof(kEllipsis) - 1)));
  text->append(kEllipsis);
}

std::string ShortTitle(absl::string_view title) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < title.size(); ++at) {
    if (ContinuesCharacter(title[at]) || ++characters <= limits::kTitleCharacters) continue;
    return absl::StrCat(title.substr(0, at), kEllipsis);
  }
  return std::string(title);
}

}  // namespace

void ActFindings::Add(const rules::Oddity& odd, absl::string_view title, const Digest& leaf) {
  std::string code(odd.code);
  if (++counts_[code] > limits::kFindingsOfAKind) {
    FindingList::LeftOut& more = list_.left_out[std::move(code)];
    ++more.count;
    more.worst = std::max(more.worst, odd.severity);
    return;
  }
  const std::string shown = ShortTitle(title);
  v1::Finding& finding = list_.found.emplace_back(
      MakeFinding(odd, {absl::StrCat("« ", shown, " »"), absl::StrCat("“", shown, "”")}));
  finding.set_leaf(leaf.ToHex());
}

FindingList StoredFindings(const StateData& data) {
  std::map<FindingCode, std::vector<const FindingFact*>> by_code;
  for (const FindingFact& fact : data.findings) by_code[fact.code].push_back(&fact);
  FindingList list;
  for (auto& [code, facts] : by_code) {
    const std::size_t count = std::min(facts.size(), limits::kFindingsOfAKind);
    std::partial_sort(facts.begin(), facts.begin() + static_cast<std::ptrdiff_t>(count),
                      facts.end(), [&](const FindingFact* a, const FindingFact* b) {
                        return std::tie(data.LeafOf(a->event), a->detail) <
                               std::tie(data.LeafOf(b->event), b->detail);
                      });
    for (std::size_t i = 0; i < count; ++i) {
      list.found.push_back(
          MakeFinding(code, facts[i]->detail, data.LeafOf(facts[i]->event).ToHex(), ""));
    }
    if (count == facts.size()) continue;
    const v1::Finding& last = list.found.back();
    list.left_out[last.code()] = {facts.size() - count, last.severity()};
  }
  return list;
}

std::vector<v1::Finding> StoredFindingsOf(const StateData& data, EventNumber event) {
  std::vector<v1::Finding> out;
  for (auto fact = data.findings.lower_bound({event, FindingCode{}, ""});
       fact != data.findings.end() && fact->event == event; ++fact) {
    out.push_back(MakeFinding(fact->code, fact->detail, data.LeafOf(event).ToHex(), ""));
  }
  return out;
}

std::vector<v1::Finding> CapFindings(FindingList list) {
  std::map<std::string, std::size_t> counts;
  std::vector<v1::Finding> shown;
  for (v1::Finding& finding : list.found) {
    if (++counts[finding.code()] > limits::kFindingsOfAKind) {
      FindingList::LeftOut& more = list.left_out[finding.code()];
      ++more.count;
      more.worst = std::max(more.worst, finding.severity());
      continue;
    }
    Shorten(finding.mutable_text());
    Shorten(finding.mutable_text_en());
    shown.push_back(std::move(finding));
  }
  for (const auto& [code, more] : list.left_out) {
    if (more.count > 0) shown.push_back(NotShown(code, more.worst, more.count));
  }
  return shown;
}

}  // namespace greffe
