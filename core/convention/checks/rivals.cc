#include "core/convention/checks/rivals.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/limits.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/reading/act_view.h"
#include "core/convention/state/finding.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/text_in_making.h"
#include "core/rules/instrument.h"

namespace greffe {
namespace {

// Named in one finding; the rest is counted.
constexpr std::size_t kElementsNamed = 5;

using ChangesByElement = std::map<std::string, std::vector<const DraftChange*>>;

// An act that is still to be concluded, and what it changes: its text out for signature and its
// draft.
struct Pending {
  const ActId* id = nullptr;
  const ActFacts* act = nullptr;
  RevisionNumber frozen = kNone;
  ChangesByElement changes;
};

// None where there is one alone.
std::vector<Pending> PendingActs(const StateData& data) {
  std::vector<Pending> out;
  for (const auto& [id, act] : data.acts) {
    const v1::ActStanding standing = StandingOf(data, act);
    if (data.OpeningOf(act).kind == v1::ACT_KIND_ORIGINAL ||
        (standing != v1::ACT_STANDING_DRAFT && standing != v1::ACT_STANDING_FROZEN)) {
      continue;
    }
    Pending& one = out.emplace_back();
    one.id = &id;
    one.act = &act;
  }
  // An act alone has no rival, whatever it changes.
  if (out.size() < 2) return {};
  for (Pending& one : out) {
    one.frozen = LatestFrozen(data, *one.act);
    for (const DraftChange* change : data.CurrentDraft(*one.act)) {
      if (!change->drop) one.changes[data.Text(change->element)].push_back(change);
    }
    if (one.frozen == kNone) continue;
    for (const std::uint32_t at : data.revisions[one.frozen].content) {
      const DraftChange* const change = &one.act->changes[at];
      std::vector<const DraftChange*>& known = one.changes[data.Text(change->element)];
      // Dropped or written otherwise since: what is out for signature says it all the same.
      if (std::count(known.begin(), known.end(), change) == 0) known.push_back(change);
    }
  }
  std::sort(out.begin(), out.end(), [&](const Pending& a, const Pending& b) {
    return Before(data, data.OpeningOf(*a.act).event, data.OpeningOf(*b.act).event);
  });
  return out;
}

// Titles of elements, from what the rivals say, else from the text in force.
class Titles final {
 public:
  explicit Titles(const StateData& data) : data_(data) {}

  std::string Of(const Rivalry& rivalry) {
    for (const DraftChange* change : rivalry.changes) {
      if (change->put != nullptr && change->put->id() == rivalry.element_id) {
        return ElementTitle(*change->put);
      }
    }
    if (!text_.has_value()) text_ = Consolidate(data_, EndOfTime());
    const PlacedElement* const placed = text_->Find(rivalry.element_id);
    return placed == nullptr ? rivalry.element_id : ElementTitle(*placed->shown().element);
  }

 private:
  const StateData& data_;
  std::optional<ConsolidatedText> text_;
};

// What the same acts change.
using Groups = std::vector<std::pair<std::vector<const ActId*>, std::vector<const Rivalry*>>>;

Groups Grouped(const std::vector<Rivalry>& rivalries) {
  std::map<std::vector<const ActId*>, std::size_t> places;
  Groups out;
  for (const Rivalry& one : rivalries) {
    const auto [place, added] = places.emplace(one.acts, out.size());
    if (added) out.emplace_back(one.acts, std::vector<const Rivalry*>());
    out[place->second].second.push_back(&one);
  }
  return out;
}

std::vector<v1::Finding> Told(const StateData& data, const std::vector<Rivalry>& rivalries,
                              const ActId* of) {
  std::vector<v1::Finding> out;
  Titles titles(data);
  for (const auto& [acts, elements] : Grouped(rivalries)) {
    if (of != nullptr &&
        std::none_of(acts.begin(), acts.end(), [&](const ActId* one) { return *one == *of; })) {
      continue;
    }
    std::vector<const ActId*> others;
    std::copy_if(acts.begin(), acts.end(), std::back_inserter(others),
                 [&](const ActId* act) { return of == nullptr || *act != *of; });
    const std::vector<std::string> names = NamesOfActs(data, others);
    std::vector<std::string> changed;
    for (const Rivalry* one : elements) {
      if (changed.size() < kElementsNamed) changed.push_back(titles.Of(*one));
    }
    const ActFacts& last = data.acts.at(*acts.back());
    for (const rules::Oddity& odd :
         rules::CheckRivals(names, changed, elements.size() - changed.size(), of != nullptr)) {
      v1::Finding& found = out.emplace_back(MakeFinding(odd));
      if (elements.size() == 1) found.set_element_id(elements.front()->element_id);
      found.set_leaf(data.LeafOf(data.OpeningOf(last).event).ToHex());
    }
  }
  return out;
}

// What pending acts take out, and the others' changes below it, by what is taken out.
class BelowRemoved final {
 public:
  BelowRemoved(const StateData& data, const std::vector<Pending>& pending) {
    for (const Pending& one : pending) {
      for (const auto& [element, changes] : one.changes) {
        for (const DraftChange* change : changes) {
          if (change->put == nullptr) removed_.insert(element);
        }
      }
    }
    if (removed_.empty()) return;
    const ConsolidatedText text = Consolidate(data, EndOfTime());
    for (const PlacedElement& placed : text.elements) {
      parents_[std::string(placed.id)] = placed.shown().element->parent_id();
    }
    for (const Pending& one : pending) {
      for (const auto& [element, changes] : one.changes) {
        for (const DraftChange* change : changes) {
          if (change->put != nullptr) Add(one, *change);
        }
      }
    }
  }

  // The first change of each act below the element, without acts that change the element itself.
  std::map<const Pending*, const DraftChange*> Of(const std::string& element) const {
    const auto found = below_.find(element);
    if (found == below_.end()) return {};
    std::map<const Pending*, const DraftChange*> out = found->second;
    std::erase_if(out, [&](const auto& one) { return one.first->changes.count(element) > 0; });
    return out;
  }

 private:
  void Add(const Pending& act, const DraftChange& change) {
    std::string above = change.put->parent_id();
    for (std::size_t level = 0; !above.empty() && level < limits::kTreeDepth; ++level) {
      if (removed_.count(above) > 0) below_[above].emplace(&act, &change);
      const auto up = parents_.find(above);
      if (up == parents_.end()) return;
      above = up->second;
    }
  }

  std::set<std::string> removed_;
  std::map<std::string, std::string> parents_;
  std::map<std::string, std::map<const Pending*, const DraftChange*>> below_;
};

}  // namespace

std::vector<Rivalry> RivalriesIn(const StateData& data) {
  const std::vector<Pending> pending = PendingActs(data);
  std::vector<Rivalry> out;
  if (pending.empty()) return out;
  std::map<std::string, std::vector<const Pending*>> by_element;
  for (const Pending& one : pending) {
    for (const auto& [element, changes] : one.changes) by_element[element].push_back(&one);
  }
  const BelowRemoved below_removed(data, pending);
  for (auto& [element, all] : by_element) {
    const std::map<const Pending*, const DraftChange*> below = below_removed.Of(element);
    for (const auto& [act, change] : below) all.push_back(act);
    if (all.size() < 2) continue;
    // In the order of `pending`, which is that of their opening.
    std::sort(all.begin(), all.end());
    Rivalry& rivalry = out.emplace_back();
    rivalry.element_id = element;
    for (const Pending* one : all) {
      rivalry.acts.push_back(one->id);
      const auto under = below.find(one);
      const std::vector<const DraftChange*> changes =
          under != below.end() ? std::vector<const DraftChange*>{under->second}
                               : one->changes.at(element);
      for (const DraftChange* change : changes) {
        rivalry.changes.push_back(change);
        rivalry.of_change.push_back(one->id);
      }
    }
  }
  return out;
}

std::vector<v1::Finding> RivalFindings(const StateData& data) {
  return Told(data, RivalriesIn(data), nullptr);
}

std::vector<v1::Finding> RivalFindings(const StateData& data, const ActId& act) {
  return Told(data, RivalriesIn(data), &act);
}

std::string NameOfAct(const StateData& data, const ActId& act) {
  const ActFacts& facts = data.acts.at(act);
  const RevisionNumber frozen = LatestFrozen(data, facts);
  return frozen != kNone && !data.revisions[frozen].label.empty() ? data.revisions[frozen].label
                                                                  : data.OpeningOf(facts).title;
}

std::vector<std::string> NamesOfActs(const StateData& data, std::vector<const ActId*> acts) {
  constexpr std::size_t kShortId = 12;
  std::set<const ActId*> known;
  std::erase_if(acts, [&](const ActId* act) { return !known.insert(act).second; });
  std::vector<std::string> out;
  std::map<std::string, std::size_t> bearers;
  for (const ActId* act : acts) ++bearers[out.emplace_back(NameOfAct(data, *act))];
  for (std::size_t i = 0; i < acts.size(); ++i) {
    if (bearers[out[i]] == 1) continue;
    absl::StrAppend(&out[i], " (", acts[i]->ToHex().substr(0, kShortId), ")");
  }
  return out;
}

}  // namespace greffe
