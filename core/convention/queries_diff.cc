// What differs between two points.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/convention/conclude.h"
#include "core/convention/consolidate.h"
#include "core/convention/diff.h"
#include "core/convention/ended.h"
#include "core/convention/origin.h"
#include "core/convention/queries.h"

namespace greffe {
namespace {

const v1::Element* ElementIn(const ConsolidatedText& text, const std::string& id) {
  const PlacedElement* placed = text.Find(id);
  return placed == nullptr ? nullptr : placed->shown().element;
}

// The concluded act, in effect at that point, that takes the element out, by itself or with what
// it stands in. Nothing when it is not there for another reason: its act has no effect yet.
v1::Origin RemovalOrigin(const Known& known, const ConsolidatedText& before, const std::string& id,
                         OriginBook* origins) {
  const StateData& data = known.state.data();
  std::vector<std::string> lineage;
  for (const v1::Element* at = ElementIn(before, id); at != nullptr;
       at = ElementIn(before, at->parent_id())) {
    if (std::count(lineage.begin(), lineage.end(), at->id()) > 0) break;
    lineage.push_back(at->id());
  }
  ElementSide removal;
  std::ptrdiff_t removed_above = 0;
  for (const RevisionNumber number : ConcludedRevisions(data)) {
    const Revision& revision = data.revisions[number];
    if (!revision.effective_from || *revision.effective_from > known.in_force_on) continue;
    const auto act = data.acts.find(revision.act);
    for (const std::uint32_t at : revision.content) {
      const DraftChange& change = act->second.changes[at];
      const auto in = std::find(lineage.begin(), lineage.end(), data.Text(change.element));
      if (change.put != nullptr || in == lineage.end()) continue;
      const std::ptrdiff_t above = in - lineage.begin();
      // Of one act, what goes first is what the others stand in.
      const bool later = removal.revision == number ? above > removed_above
                                                    : removal.revision == kNone ||
                                                          BuildsOn(data, number, removal.revision);
      if (later) {
        removal = {.revision = number, .act = &act->first, .change = &change, .element = nullptr};
        removed_above = above;
      }
    }
  }
  if (removal.revision == kNone) return v1::Origin();
  // What it stands in goes, by one article, with all below.
  return origins->Of(removal, data.Text(removal.change->element));
}

// The number of values that stand for an element: more than one is a clash.
std::size_t Sides(const ConsolidatedText& text, absl::string_view id) {
  for (const PlacedElement& clash : text.clashes) {
    if (clash.id == id) return clash.sides.size();
  }
  return 1;
}

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
  const ElementOf in_after = [&](const std::string& id) { return ElementIn(after, id); };
  const ElementOf in_before = [&](const std::string& id) { return ElementIn(before, id); };
  for (const PlacedElement& placed : after.elements) {
    const PlacedElement* old = before.Find(placed.id);
    const v1::Element* was = old == nullptr ? nullptr : old->shown().element;
    const std::size_t sides_before = Sides(before, placed.id);
    const std::size_t sides_after = Sides(after, placed.id);
    if (was != nullptr && SameElement(*was, *placed.shown().element) &&
        sides_before == sides_after) {
      continue;
    }
    v1::DiffEntry* entry = view.add_entries();
    *entry = MakeDiffEntry(was, placed.shown().element, in_after);
    *entry->mutable_origin() = origins.Of(placed.shown(), placed.id);
    CompareSides(sides_before, sides_after, entry);
  }
  for (const PlacedElement& placed : before.elements) {
    if (after.Find(placed.id) != nullptr) continue;
    v1::DiffEntry* entry = view.add_entries();
    *entry = MakeDiffEntry(placed.shown().element, nullptr, in_before);
    *entry->mutable_origin() = RemovalOrigin(to, before, std::string(placed.id), &origins);
  }
  return view;
}

}  // namespace greffe
