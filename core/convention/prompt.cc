#include "core/convention/prompt.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/decide_common.h"
#include "core/convention/finding.h"
#include "core/convention/french.h"
#include "core/convention/life_text.h"
#include "core/rules/obligations.h"

namespace greffe {
namespace {

// The record that stands for this one: the correction with the least leaf, where two were made
// without knowing of each other.
const LifeFact& Corrected(const StateData& data, const LifeFact& fact) {
  const LifeFact* now = &fact;
  while (data.events[now->event].replaced) {
    const LifeFact* next = nullptr;
    for (const LifeFact& other : data.life) {
      const bool corrects =
          data.events[other.event].authorised && other.kind == fact.kind &&
          std::count(other.replaces.begin(), other.replaces.end(), now->event) > 0;
      if (!corrects) continue;
      if (next == nullptr || data.LeafOf(other.event) < data.LeafOf(next->event)) next = &other;
    }
    if (next == nullptr) break;
    now = next;
  }
  return *now;
}

}  // namespace

const LifeFact* FindEvaluation(const StateData& data, absl::string_view leaf, EventNumber seen_by) {
  const auto found = data.life_by_event.find(data.FindEvent(leaf));
  if (found == data.life_by_event.end()) return nullptr;
  const LifeFact& fact = data.life[found->second];
  if (fact.kind != v1::LifeRecorded::kEvaluationReported || !data.events[fact.event].authorised) {
    return nullptr;
  }
  return seen_by == kNone || data.Saw(seen_by, fact.event) ? &fact : nullptr;
}

rules::Words EvaluationText(const StateData& data, const LifeFact& evaluation) {
  const LifeFact& now = Corrected(data, evaluation);
  const auto kind = static_cast<v1::EvaluationKind>(now.variant);
  const std::string& year = data.Text(now.detail);
  const std::string of = year.empty() ? "" : absl::StrCat(" ", year);
  const std::string day = now.day.ToString();
  return {absl::StrCat("l'", FrenchName(kind), of, ", rendue le ", FrenchDate(day)),
          absl::StrCat("the ", EnglishName(kind), of, ", reported on ", EnglishDate(day))};
}

std::string PromptOf(const StateData& data, const ActOpening& opening) {
  if (!opening.prompted_by.has_value()) return "";
  const LifeFact* const named = FindEvaluation(data, opening.prompted_by->view(), opening.event);
  return named == nullptr ? "" : opening.prompted_by->ToHex();
}

absl::StatusOr<std::string> CheckedPrompt(const StateData& data, absl::string_view hex,
                                          v1::ActKind kind) {
  constexpr absl::string_view kField = "prompted_by";
  if (hex.empty()) return "";
  ASSIGN_OR_RETURN(const Digest leaf, ParseLeaf(hex, kField));
  const LifeFact* const named = FindEvaluation(data, leaf.view());
  if (const auto odd = rules::CheckPrompt(named != nullptr, kind); odd.has_value()) {
    return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                     .rule = std::string(rules::RowOf(odd->rule).id),
                     .field = std::string(kField),
                     .fr = absl::StrCat(rules::RowOf(odd->rule).id, " : ", odd->words.fr),
                     .en = absl::StrCat(rules::RowOf(odd->rule).id, ": ", odd->words.en),
                     .next_fr = "Les évaluations enregistrées : greffe life show.",
                     .next_en = "The evaluations on record: greffe life show."});
  }
  if (named != nullptr && data.events[named->event].replaced) {
    const std::string now = data.LeafOf(Corrected(data, *named).event).ToHex();
    return ToStatus({.code = absl::StatusCode::kAborted,
                     .rule = "changed-since-read",
                     .field = std::string(kField),
                     .fr = "cette évaluation a été corrigée depuis.",
                     .en = "this evaluation was corrected since.",
                     .next_fr = absl::StrCat("Nommez l'enregistrement qui vaut : ", now),
                     .next_en = absl::StrCat("Name the record that stands: ", now)});
  }
  return leaf.ToBytes();
}

std::vector<v1::Finding> PromptFindings(const StateData& data) {
  std::vector<v1::Finding> out;
  for (const auto& [id, act] : data.acts) {
    for (const ActOpening& opening : act.openings) {
      if (!opening.prompted_by.has_value()) continue;
      const auto odd = rules::CheckPrompt(!PromptOf(data, opening).empty(), opening.kind);
      if (!odd.has_value()) continue;
      v1::Finding& finding = out.emplace_back(MakeFinding(
          *odd, {absl::StrCat("« ", opening.title, " »"), absl::StrCat("“", opening.title, "”")}));
      finding.set_leaf(data.LeafOf(opening.event).ToHex());
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const v1::Finding& a, const v1::Finding& b) { return a.leaf() < b.leaf(); });
  return out;
}

}  // namespace greffe
