#include "core/reader/action_merge.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/fold.h"
#include "core/reader/plan_ref.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

constexpr double kSameIndicator = 0.3;  // Two wordings of one indicator.
// Compared with those of another place; an action has some dozens.
constexpr std::size_t kIndicatorsMost = 200;

// « Enfance - Jeunesse » in a table without line breaks was cut at its hyphen: two neighbours that
// are one indicator of the sheet are joined again.
std::vector<Indicator> WithCutItemsJoined(const std::vector<Indicator>& known, std::size_t count,
                                          std::vector<Indicator> again) {
  std::set<std::string> wordings;
  for (std::size_t i = 0; i < count; ++i) wordings.insert(Fold(known[i].text.text));
  std::vector<Indicator> joined;
  for (std::size_t i = 0; i < again.size(); ++i) {
    Text& here = joined.emplace_back(std::move(again[i])).text;
    if (i + 1 == again.size()) break;
    const Text& next = again[i + 1].text;
    if (wordings.count(absl::StrCat(Fold(here.text), " ", Fold(next.text))) == 0) continue;
    absl::StrAppend(&here.text, " - ", next.text);
    ++i;
  }
  return joined;
}

bool SaysWhat(const std::vector<ScheduleStep>& steps) {
  return std::any_of(steps.begin(), steps.end(),
                     [](const ScheduleStep& step) { return !step.text.text.empty(); });
}

}  // namespace

void AddIndicators(std::vector<Indicator> again, std::vector<Indicator>* to) {
  if (to->empty()) {
    *to = std::move(again);
    return;
  }
  const std::size_t known = std::min(to->size(), kIndicatorsMost);
  again = WithCutItemsJoined(*to, known, std::move(again));
  std::map<std::string, std::size_t> wordings;
  for (std::size_t i = 0; i < known; ++i) wordings.emplace(Fold((*to)[i].text.text), i);
  std::vector<bool> met(known, false);
  std::vector<Indicator> left;
  for (Indicator& each : again) {  // Equal wordings first, so that they do not become aliases.
    const auto same = wordings.find(Fold(each.text.text));
    if (same == wordings.end()) {
      left.push_back(std::move(each));
      continue;
    }
    met[same->second] = true;
    Indicator& one = (*to)[same->second];
    AddLines(each.text.source, &one.text.source);
    if (one.kind == v1::INDICATOR_KIND_UNSPECIFIED) one.kind = each.kind;
  }
  for (Indicator& each : left) {
    std::size_t best = known;
    double likeness = kSameIndicator;
    for (std::size_t i = 0; i < known; ++i) {
      const double kind = (*to)[i].kind == each.kind ? 0.1 : 0;
      const double free = met[i] ? 0 : 0.1;
      const double one = Likeness((*to)[i].text.text, each.text.text) + kind + free;
      if (one <= likeness) continue;
      likeness = one;
      best = i;
    }
    if (best < known) {
      met[best] = true;
      (*to)[best].aliases.push_back(std::move(each.text));
    } else {
      each.text.source.confidence = std::min<uint32_t>(each.text.source.confidence, 60);
      to->push_back(std::move(each));
    }
  }
}

void AddNames(Action* from, Action* to) {
  if (to->ref.empty()) to->ref = from->ref;
  if (to->axis_ref.empty()) to->axis_ref = from->axis_ref;
  if (to->objective_ref.empty()) to->objective_ref = from->objective_ref;
  if (!from->ref.empty() && CanonicalRef(from->ref) != CanonicalRef(to->ref)) {
    Text number;  // Another numbering of the same action.
    number.text = from->ref;
    number.source = from->title.source;
    to->labels.push_back(std::move(number));
  }
  for (Text& label : from->labels) to->labels.push_back(std::move(label));
  AddWording(std::move(from->title), &to->title, &to->aliases);
  for (Text& alias : from->aliases) AddWording(std::move(alias), &to->title, &to->aliases);
}

void AddSaid(Action from, Action* to) {
  AddNames(&from, to);
  for (Rubric& rubric : from.rubrics) to->rubrics.push_back(std::move(rubric));
  for (Action& sub : from.sub_actions) to->sub_actions.push_back(std::move(sub));
  if (to->schedule.empty()) {
    to->schedule = std::move(from.schedule);
    if (to->schedule_state != v1::FILLED_STATE_FILLED &&
        from.schedule_state != v1::FILLED_STATE_UNSPECIFIED) {
      to->schedule_state = from.schedule_state;
    }
  } else {
    for (ScheduleStep& step : from.schedule) {
      // The sheet says what is done when; an « Échéance : 2021 » of a table adds nothing.
      if (!step.marked && step.text.text.empty() && SaysWhat(to->schedule)) {
        step.text.text = std::move(step.when);
        to->labels.push_back(std::move(step.text));
      } else {
        to->schedule.push_back(std::move(step));
      }
    }
  }
  for (Text& result : from.expected_results) to->expected_results.push_back(std::move(result));
  AddIndicators(std::move(from.indicators), &to->indicators);
}

}  // namespace greffe::reader
