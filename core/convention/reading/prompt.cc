#include "core/convention/reading/prompt.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/life_text.h"
#include "core/rules/obligations.h"

namespace greffe {
namespace {

// The record that stands for this one, as the book of life shows it; the fact itself where that
// is none.
const LifeFact& AsCorrected(const LifeBook& book, const LifeFact& fact) {
  const LifeLine* const line = book.LineOf(fact.event);
  return line != nullptr && line->opening->kind == fact.kind ? *line->opening : fact;
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

rules::Words EvaluationText(const StateData& data, const LifeBook& book,
                            const LifeFact& evaluation) {
  const LifeFact& now = AsCorrected(book, evaluation);
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
    const EventNumber now = AsCorrected(LifeBook(data), *named).event;
    // One that was corrected together with another is shown in the other's thread.
    const bool stands = !data.events[now].replaced;
    const std::string hex_now = data.LeafOf(now).ToHex();
    return ToStatus({.code = absl::StatusCode::kAborted,
                     .rule = "changed-since-read",
                     .field = std::string(kField),
                     .fr = "cette évaluation a été corrigée depuis.",
                     .en = "this evaluation was corrected since.",
                     .next_fr = stands
                                    ? absl::StrCat("Nommez l'enregistrement qui vaut : ", hex_now)
                                    : "Les évaluations enregistrées : greffe life show.",
                     .next_en = stands ? absl::StrCat("Name the record that stands: ", hex_now)
                                       : "The evaluations on record: greffe life show."});
  }
  return leaf.ToBytes();
}

void AddPromptFindings(const StateData& data, FindingList* list) {
  std::vector<const ActOpening*> naming;
  for (const auto& [id, act] : data.acts) {
    for (const ActOpening& opening : act.openings) {
      if (opening.prompted_by.has_value()) naming.push_back(&opening);
    }
  }
  std::sort(naming.begin(), naming.end(), [&](const ActOpening* a, const ActOpening* b) {
    return data.LeafOf(a->event) < data.LeafOf(b->event);
  });
  ActFindings findings(list);
  for (const ActOpening* opening : naming) {
    const auto odd = rules::CheckPrompt(!PromptOf(data, *opening).empty(), opening->kind);
    if (odd.has_value()) findings.Add(*odd, opening->title, data.LeafOf(opening->event));
  }
}

}  // namespace greffe
