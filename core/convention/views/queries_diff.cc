// What differs between two points.

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "core/convention/elements/diff.h"
#include "core/convention/queries.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/origin.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"

namespace greffe {
namespace {

// A text with its elements by id: a comparison asks for each of them. Borrows the text.
class TextById final {
 public:
  explicit TextById(const ConsolidatedText& text) {
    for (const PlacedElement& one : text.elements) elements_.emplace(one.id, &one);
    for (const PlacedElement& one : text.clashes) sides_.emplace(one.id, one.sides.size());
  }

  // Null for an id that is not there.
  const v1::Element* Find(absl::string_view id) const {
    const auto found = elements_.find(id);
    return found == elements_.end() ? nullptr : found->second->shown().element;
  }
  // The number of values that stand for an element: more than one is a clash.
  std::size_t Sides(absl::string_view id) const {
    const auto found = sides_.find(id);
    return found == sides_.end() ? 1 : found->second;
  }

 private:
  absl::flat_hash_map<absl::string_view, const PlacedElement*> elements_;
  absl::flat_hash_map<absl::string_view, std::size_t> sides_;
};

// What concluded acts take out that are in effect at a point. Borrows all that it is given.
class Removals final {
 public:
  explicit Removals(const Known& known)
      : data_(known.state.data()),
        concluded_(ConcludedRevisions(data_)),
        order_(data_, concluded_) {
    for (const RevisionNumber number : concluded_) {
      const Revision& revision = data_.revisions[number];
      if (!revision.effective_from || *revision.effective_from > known.in_force_on) continue;
      const auto act = data_.acts.find(revision.act);
      for (const std::uint32_t at : revision.content) {
        const DraftChange& change = act->second.changes[at];
        if (change.put != nullptr) continue;
        by_element_[data_.Text(change.element)].push_back(all_.size());
        all_.push_back(
            {.revision = number, .act = &act->first, .change = &change, .element = nullptr});
      }
    }
  }

  // The act that takes the element out, by itself or with what it stands in. Nothing when it is not
  // there for another reason: its act has no effect yet.
  v1::Origin OriginOf(const TextById& before, const std::string& id, OriginBook* origins) const {
    std::set<std::string> lineage;
    // With how far above the element each takes out.
    std::map<std::size_t, std::size_t> removals;
    for (const v1::Element* at = before.Find(id); at != nullptr;
         at = before.Find(at->parent_id())) {
      if (!lineage.insert(at->id()).second) break;
      const auto found = by_element_.find(at->id());
      if (found == by_element_.end()) continue;
      for (const std::size_t one : found->second) removals.emplace(one, lineage.size());
    }
    const ElementSide* removal = nullptr;
    std::size_t removed_above = 0;
    for (const auto& [one, above] : removals) {
      const ElementSide& next = all_[one];
      // Of one act, what goes first is what the others stand in.
      const bool later =
          removal == nullptr ||
          (removal->revision == next.revision ? above > removed_above
                                              : order_.BuildsOn(next.revision, removal->revision));
      if (!later) continue;
      removal = &next;
      removed_above = above;
    }
    if (removal == nullptr) return v1::Origin();
    // What it stands in goes, by one article, with all below.
    return origins->Of(*removal, data_.Text(removal->change->element));
  }

 private:
  const StateData& data_;
  const std::vector<RevisionNumber> concluded_;
  const RevisionOrder order_;
  // By leaf of the revision, then as it lists them.
  std::vector<ElementSide> all_;
  absl::flat_hash_map<absl::string_view, std::vector<std::size_t>> by_element_;
};

void CompareSides(std::size_t before, std::size_t after, v1::DiffEntry* entry) {
  if (before == after) return;
  v1::FieldDiff* field = entry->add_fields();
  field->set_field("clash");
  field->set_before(absl::StrCat(before));
  field->set_after(absl::StrCat(after));
}

}  // namespace

absl::StatusOr<v1::DiffView> ViewDiff(const Known& from, const Known& to) {
  const ConsolidatedText before = TextInForce(from.state.data(), from.in_force_on);
  const ConsolidatedText after = TextInForce(to.state.data(), to.in_force_on);
  v1::DiffView view;
  view.set_convention_id(to.state.id().ToHex());
  view.set_from_in_force_on(from.in_force_on.ToString());
  view.set_from_cut(from.cut);
  view.set_to_in_force_on(to.in_force_on.ToString());
  view.set_to_cut(to.cut);
  OriginBook origins(to.state.data());
  const TextById old_text(before);
  const TextById new_text(after);
  const ElementOf in_after = [&](const std::string& id) { return new_text.Find(id); };
  const ElementOf in_before = [&](const std::string& id) { return old_text.Find(id); };
  for (const PlacedElement& placed : after.elements) {
    const v1::Element* const was = old_text.Find(placed.id);
    const std::size_t sides_before = old_text.Sides(placed.id);
    const std::size_t sides_after = new_text.Sides(placed.id);
    if (was != nullptr && SameElement(*was, *placed.shown().element) &&
        sides_before == sides_after) {
      continue;
    }
    v1::DiffEntry* entry = view.add_entries();
    *entry = MakeDiffEntry(was, placed.shown().element, in_after);
    *entry->mutable_origin() = origins.Of(placed.shown(), placed.id);
    CompareSides(sides_before, sides_after, entry);
  }
  std::optional<Removals> removals;
  for (const PlacedElement& placed : before.elements) {
    if (new_text.Find(placed.id) != nullptr) continue;
    if (!removals.has_value()) removals.emplace(to);
    v1::DiffEntry* entry = view.add_entries();
    *entry = MakeDiffEntry(placed.shown().element, nullptr, in_before);
    *entry->mutable_origin() = removals->OriginOf(old_text, std::string(placed.id), &origins);
  }
  return view;
}

}  // namespace greffe
