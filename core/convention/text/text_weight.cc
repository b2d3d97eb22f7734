#include "core/convention/text/text_weight.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"

namespace greffe {
namespace {

class Weigher {
 public:
  explicit Weigher(const StateData& data) : data_(data) {
    for (const auto& [id, act] : data.acts) {
      std::vector<TextWeight>& weights = weights_[&act];
      weights.reserve(act.changes.size());
      for (const DraftChange& change : act.changes) {
        weights.push_back(change.replaced ? TextWeight::kPast : TextWeight::kDraft);
      }
    }
  }

  void Frozen(RevisionNumber r) { All(r, TextWeight::kFrozen); }
  void Project() {
    const ActFacts* const original = OriginalAct(data_);
    if (original == nullptr) return;
    const RevisionNumber frozen = LatestFrozen(data_, *original);
    if (frozen != kNone) return All(frozen, TextWeight::kInForce);
    for (TextWeight& weight : weights_.at(original)) {
      if (weight == TextWeight::kDraft) weight = TextWeight::kInForce;
    }
  }
  void Concluded(const std::vector<RevisionNumber>& concluded,
                 const std::vector<RevisionNumber>& in_effect) {
    if (concluded.size() > 1) order_.emplace(data_, concluded);
    for (const RevisionNumber r : concluded) All(r, TextWeight::kEarlier);
    // A removal leaves the last value to be known by.
    Standing(concluded, TextWeight::kConcluded, /*removals=*/false);
    Standing(in_effect, TextWeight::kInForce, /*removals=*/true);
  }

  std::vector<WeighedPut> Take() const {
    std::vector<WeighedPut> out;
    for (const auto& [id, act] : data_.acts) {
      const std::vector<TextWeight>& weights = weights_.at(&act);
      for (std::size_t i = 0; i < act.changes.size(); ++i) {
        const DraftChange& change = act.changes[i];
        if (change.put == nullptr || !data_.events[change.event].authorised) continue;
        out.push_back({&change, weights[i]});
      }
    }
    return out;
  }

 private:
  struct Place {
    TextNumber element;
    RevisionNumber revision;
    TextWeight* weight;
  };

  const ActFacts& ActOf(RevisionNumber r) const { return data_.acts.at(data_.revisions[r].act); }
  static void Lower(TextWeight to, TextWeight* weight) { *weight = std::min(*weight, to); }
  void All(RevisionNumber r, TextWeight to) {
    std::vector<TextWeight>& weights = weights_.at(&ActOf(r));
    for (const std::uint32_t at : data_.revisions[r].content) Lower(to, &weights[at]);
  }

  // What no other of these revisions, built on it, changes.
  void Standing(const std::vector<RevisionNumber>& revisions, TextWeight to, bool removals) {
    if (revisions.size() == 1) return All(revisions.front(), to);
    std::vector<Place> places;
    for (const RevisionNumber r : revisions) {
      const ActFacts& act = ActOf(r);
      std::vector<TextWeight>& weights = weights_.at(&act);
      for (const std::uint32_t at : data_.revisions[r].content) {
        const DraftChange& change = act.changes[at];
        if (removals || change.put != nullptr) places.push_back({change.element, r, &weights[at]});
      }
    }
    const auto by_element = [](const Place& a, const Place& b) { return a.element < b.element; };
    std::sort(places.begin(), places.end(), by_element);
    for (auto from = places.begin(); from != places.end();) {
      const auto until = std::upper_bound(from, places.end(), *from, by_element);
      for (auto one = from; one != until; ++one) {
        const bool superseded = std::any_of(from, until, [&](const Place& other) {
          return order_->BuildsOn(other.revision, one->revision);
        });
        if (!superseded) Lower(to, one->weight);
      }
      from = until;
    }
  }

  const StateData& data_;
  std::map<const ActFacts*, std::vector<TextWeight>> weights_;
  // Of those concluded, where there are several.
  std::optional<RevisionOrder> order_;
};

}  // namespace

std::vector<WeighedPut> WeighPuts(const StateData& data, std::optional<CivilDate> on) {
  Weigher weigher(data);
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    if (data.revisions[r].valid && !IsWithdrawn(data, r)) weigher.Frozen(r);
  }
  const std::vector<RevisionNumber> concluded = ConcludedRevisions(data);
  if (concluded.empty()) {
    weigher.Project();
  } else {
    weigher.Concluded(concluded, on.has_value() ? InEffect(data, concluded, *on) : concluded);
  }
  return weigher.Take();
}

}  // namespace greffe
