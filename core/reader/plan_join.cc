#include "core/reader/plan_join.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/reader/action_merge.h"
#include "core/reader/fold.h"
#include "core/reader/plan_ref.h"

namespace greffe::reader {
namespace {

// Titles compared in one document: 200 rows with 250 actions.
constexpr int kTitleLooks = 50'000;
constexpr double kSameTitle = 0.62;   // Two wordings of one title.
constexpr double kOtherTitle = 0.15;  // Below: the reference is the same by chance.
constexpr uint32_t kOrderConfidence = 70;
constexpr uint32_t kConfirmedConfidence = 90;
constexpr double kOtherIndicators = 0.3;   // Below: the indicators of another action.
constexpr std::size_t kAlignMost = 1'000;  // Sheets times rows stays small.
constexpr std::size_t kSameRefMost = 100;  // A number starts again under each axis, not more often.

std::string TitleFold(const Action& action) { return Fold(action.title.text); }

std::string IndicatorText(const Action& action) {
  std::string text;
  for (const Indicator& indicator : action.indicators) {
    text += indicator.text.text;
    text += ' ';
  }
  return text;
}

bool SameRef(const Action& a, const Action& b) {
  if (a.ref.empty() || b.ref.empty()) return false;
  if (CanonicalRef(a.ref) != CanonicalRef(b.ref)) return false;
  if (a.title.text.empty() || b.title.text.empty()) return true;
  // A number that starts again under each axis names another action there.
  const bool plain = RefParts(a.ref).size() == 1;
  const double likeness = Likeness(a.title.text, b.title.text);
  if (plain && a.axis_ref != b.axis_ref && !a.axis_ref.empty() && !b.axis_ref.empty()) {
    return likeness >= kSameTitle;
  }
  return !plain || likeness >= kOtherTitle;
}

// Joins one mention at a time to the actions known.
class Joiner {
 public:
  explicit Joiner(std::vector<Found> found) : found_(std::move(found)) {}

  std::vector<Action> Join() {
    const bool sheets_with_ref = std::any_of(found_.begin(), found_.end(), [](const Found& each) {
      return each.origin == Origin::kSheet &&
             !(each.action.ref.empty() && each.action.title.text.empty());
    });
    // The place that names actions best comes first: sheets with titles, else the first table.
    if (sheets_with_ref) AddAll(Origin::kSheet);
    AddAll(Origin::kTable);
    AddAll(Origin::kList);
    if (!sheets_with_ref) PlaceUntitledSheets();
    AddElsewhere();
    for (Found& each : found_) {  // A contents list only adds wordings.
      if (each.origin != Origin::kContents) continue;
      const std::size_t at = Target(each.action);
      if (at != kNowhere) AddNamesTo(at, std::move(each.action));
    }
    return std::move(actions_);
  }

 private:
  // Rows about actions that the plan has; any other row is about something else. Where most rows of
  // a table say the title of their number, the others may word it otherwise.
  void AddElsewhere() {
    std::map<uint32_t, std::pair<std::size_t, std::size_t>> rows;  // All rows, rows that fit.
    for (const Found& each : found_) {
      if (each.origin != Origin::kElsewhere) continue;
      auto& [all, fitting] = rows[each.family];
      ++all;
      fitting += FitOf(each.action, /*by_number=*/false) == kNowhere ? 0 : 1;
    }
    for (Found& each : found_) {
      if (each.origin != Origin::kElsewhere) continue;
      const auto& [all, fitting] = rows[each.family];
      const std::size_t at = FitOf(each.action, fitting * 2 > all);
      if (at != kNowhere) MergeInto(at, std::move(each.action));
    }
  }

  // The action that a row means: by its number where the title, if any, is like that of the action,
  // or by the number alone; a row without a number by its title.
  std::size_t FitOf(const Action& row, bool by_number) const {
    for (const std::size_t at : WithRefOf(row)) {
      const bool named = by_number || row.title.text.empty() ||
                         Likeness(actions_[at].title.text, row.title.text) >= kSameTitle / 2;
      if (named && SameRef(actions_[at], row)) return at;
    }
    for (std::size_t at = 0; row.ref.empty() && at < actions_.size(); ++at) {
      if (SameTitle(actions_[at], row)) return at;
    }
    return kNowhere;
  }

  void AddAll(Origin origin) {
    std::map<uint32_t, std::vector<Found*>> families;
    std::vector<Found*> untitled;  // Told apart now: what is merged below is left empty.
    for (Found& each : found_) {
      if (each.origin != origin) continue;
      if (origin == Origin::kSheet && Untitled(each.action)) {
        untitled.push_back(&each);
        continue;
      }
      families[origin == Origin::kSheet ? 0 : each.family].push_back(&each);
    }
    for (auto& [number, family] : families) AddFamily(family);
    // Among titled sheets one without a title stays by itself.
    for (Found* each : untitled) Push(std::move(each->action));
  }

  static bool Untitled(const Action& action) {
    return action.ref.empty() && action.title.text.empty();
  }

  // All rows of one table or list: what reference and title leave open is joined by order.
  void AddFamily(const std::vector<Found*>& family) {
    const std::size_t before = actions_.size();
    std::vector<std::size_t> target(family.size(), kNowhere);
    std::vector<bool> taken(before, false);
    for (std::size_t i = 0; i < family.size(); ++i) {
      for (const std::size_t at : WithRefOf(family[i]->action)) {
        if (at >= before || taken[at] || !SameRef(actions_[at], family[i]->action)) continue;
        target[i] = at;
        taken[at] = true;
        break;
      }
    }
    for (std::size_t i = 0; i < family.size(); ++i) {
      for (std::size_t at = 0; at < before && target[i] == kNowhere; ++at) {
        if (taken[at] || !SameTitle(actions_[at], family[i]->action)) continue;
        target[i] = at;
        taken[at] = true;
      }
    }
    JoinByOrder(family, taken, &target);
    std::map<std::pair<std::string, std::string>, std::size_t> named;  // Of this very family.
    for (std::size_t i = 0; i < family.size(); ++i) {
      Action& action = family[i]->action;
      if (target[i] != kNowhere) {
        MergeInto(target[i], std::move(action));
        continue;
      }
      // A second row of the same action, such as a heading printed twice.
      std::pair<std::string, std::string> name(CanonicalRef(action.ref), TitleFold(action));
      const auto twin = action.ref.empty() ? named.end() : named.find(name);
      if (twin != named.end()) {
        MergeInto(twin->second, std::move(action));
        continue;
      }
      if (!action.ref.empty()) named.emplace(std::move(name), actions_.size());
      Push(std::move(action));
    }
  }

  // Inside an axis where as many rows as actions are left over, they belong together in order.
  void JoinByOrder(const std::vector<Found*>& family, const std::vector<bool>& taken,
                   std::vector<std::size_t>* target) {
    std::map<std::string, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> axes;
    for (std::size_t i = 0; i < family.size(); ++i) {
      if ((*target)[i] == kNowhere) axes[family[i]->action.axis_ref].first.push_back(i);
    }
    for (std::size_t at = 0; at < taken.size(); ++at) {
      if (!taken[at]) axes[actions_[at].axis_ref].second.push_back(at);
    }
    for (const auto& [axis, sides] : axes) {
      const auto& [rows, actions] = sides;
      if (axis.empty() || rows.size() != actions.size()) continue;
      for (std::size_t i = 0; i < rows.size(); ++i) (*target)[rows[i]] = actions[i];
    }
  }

  // Costs a comparison of words: a plan takes some thousands of them, and no document more than its
  // share.
  bool SameTitle(const Action& a, const Action& b) const {
    if (a.title.text.empty() || b.title.text.empty() || title_looks_ == 0) return false;
    if (RefParts(a.ref).size() > 1 && RefParts(b.ref).size() > 1) return false;
    --title_looks_;
    return Likeness(a.title.text, b.title.text) >= kSameTitle;
  }

  std::size_t Target(const Action& action) const {
    for (const std::size_t at : WithRefOf(action)) {
      if (SameRef(actions_[at], action)) return at;
    }
    for (std::size_t at = 0; at < actions_.size(); ++at) {
      if (SameTitle(actions_[at], action)) return at;
    }
    return kNowhere;
  }

  // Sheets whose titles are lost: in order, one for each action; where the counts differ, in the
  // order that fits the indicators of the tables best.
  void PlaceUntitledSheets() {
    std::vector<Action*> sheets;
    for (Found& each : found_) {
      if (each.origin == Origin::kSheet) sheets.push_back(&each.action);
    }
    if (sheets.empty()) return;
    const std::vector<std::size_t> places = Align(sheets);
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      if (places[i] == kNowhere) {
        Push(std::move(*sheets[i]));
        continue;
      }
      Action& action = actions_[places[i]];
      const std::string here = IndicatorText(*sheets[i]);
      const std::string there = IndicatorText(action);
      const bool confirmed = !here.empty() && !there.empty() && Likeness(here, there) >= kSameTitle;
      action.title.source.recovered = "order";
      action.title.source.confidence = confirmed ? kConfirmedConfidence : kOrderConfidence;
      // What the sheet says comes first; the table's wordings become aliases.
      Action sheet = std::move(*sheets[i]);
      std::vector<Rubric> rubrics = std::move(action.rubrics);
      std::vector<Indicator> indicators = std::move(action.indicators);
      action.rubrics.clear();
      action.indicators = std::move(sheet.indicators);
      sheet.indicators.clear();
      MergeInto(places[i], std::move(sheet));
      for (Rubric& rubric : rubrics) action.rubrics.push_back(std::move(rubric));
      AddIndicators(std::move(indicators), &action.indicators);
    }
  }

  std::vector<std::size_t> Align(const std::vector<Action*>& sheets) const {
    const std::size_t rows = actions_.size();
    std::vector<std::size_t> places(sheets.size(), kNowhere);
    if (rows == sheets.size()) {
      for (std::size_t i = 0; i < rows; ++i) places[i] = i;
      return places;
    }
    if (rows == 0 || rows > kAlignMost || sheets.size() > kAlignMost) return places;
    // score[i][j]: best sum for the first i sheets and j rows.
    std::vector<std::string> texts;
    for (const Action& action : actions_) texts.push_back(IndicatorText(action));
    std::vector<std::vector<double>> score(sheets.size() + 1, std::vector<double>(rows + 1, 0));
    std::vector<std::vector<double>> likeness(sheets.size(), std::vector<double>(rows, 0));
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      const std::string here = IndicatorText(*sheets[i]);
      for (std::size_t j = 0; j < rows; ++j) {
        const bool both = !here.empty() && !texts[j].empty();
        likeness[i][j] = both ? Likeness(here, texts[j]) - kOtherIndicators : 0;
        score[i + 1][j + 1] =
            std::max({score[i][j + 1], score[i + 1][j], score[i][j] + likeness[i][j]});
      }
    }
    for (std::size_t i = sheets.size(), j = rows; i > 0 && j > 0;) {
      if (likeness[i - 1][j - 1] > 0 &&
          score[i][j] == score[i - 1][j - 1] + likeness[i - 1][j - 1]) {
        places[i - 1] = j - 1;
        --i;
        --j;
      } else if (score[i][j] == score[i - 1][j]) {
        --i;
      } else {
        --j;
      }
    }
    return places;
  }

  void Push(Action action) {
    Know(action.ref, actions_.size());
    actions_.push_back(std::move(action));
  }

  void MergeInto(std::size_t at, Action from) {
    const bool unknown = actions_[at].ref.empty();
    AddSaid(std::move(from), &actions_[at]);
    if (unknown) Know(actions_[at].ref, at);
  }

  void AddNamesTo(std::size_t at, Action from) {
    const bool unknown = actions_[at].ref.empty();
    AddNames(&from, &actions_[at]);
    if (unknown) Know(actions_[at].ref, at);
  }

  void Know(const std::string& ref, std::size_t at) {
    if (ref.empty()) return;
    std::set<std::size_t>& same = by_ref_[CanonicalRef(ref)];
    if (same.size() < kSameRefMost) same.insert(at);
  }

  // The actions of the same reference, in order: a plan of thousands is joined by looking at few.
  const std::set<std::size_t>& WithRefOf(const Action& action) const {
    const auto same = action.ref.empty() ? by_ref_.end() : by_ref_.find(CanonicalRef(action.ref));
    return same == by_ref_.end() ? none_ : same->second;
  }

  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
  std::vector<Found> found_;
  mutable int title_looks_ = kTitleLooks;
  std::vector<Action> actions_;
  std::map<std::string, std::set<std::size_t>> by_ref_;  // By canonical reference.
  const std::set<std::size_t> none_;
};

}  // namespace

std::vector<Action> JoinActions(std::vector<Found> found) {
  return Joiner(std::move(found)).Join();
}

std::vector<Action> TakeUnnamed(std::vector<Action>* actions) {
  std::vector<Action> named;
  std::vector<Action> unnamed;
  for (Action& action : *actions) {
    if (!action.ref.empty() || !action.title.text.empty()) {
      named.push_back(std::move(action));
      continue;
    }
    for (Action& sub : action.sub_actions) named.push_back(std::move(sub));
    action.sub_actions.clear();
    unnamed.push_back(std::move(action));
  }
  *actions = std::move(named);
  return unnamed;
}

}  // namespace greffe::reader
