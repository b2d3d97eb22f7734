// What differs between two points.

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/elements/diff.h"
#include "core/convention/queries.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/life.h"
#include "core/convention/reading/origin.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/views/errata.h"
#include "core/convention/views/query_common.h"

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

// What becomes of a text without an act: clauses deemed unwritten (L-40), clerical errors that
// another party attested (L-27). Borrows the text.
struct Aside {
  absl::flat_hash_set<absl::string_view> unwritten;
  std::map<std::string, std::string> errata;

  static absl::StatusOr<Aside> Of(const Known& known, const ConsolidatedText& text) {
    Aside out;
    if (known.state.data().life.empty()) return out;
    const LifeBook book(known.state.data(), text, known.in_force_on);
    out.unwritten = UnwrittenShown(known.state.data(), book, text, known.in_force_on);
    ASSIGN_OR_RETURN(out.errata, AttestedErrors(known, book));
    return out;
  }
  std::string ErrataOf(const std::string& id) const {
    const auto found = errata.find(id);
    return found == errata.end() ? "" : found->second;
  }
};

// The fields in which an element that stands in both texts differs by what is no act. What stands
// in a clause is unwritten with it, and told once.
std::vector<v1::FieldDiff> CompareAside(const Aside& before, const Aside& after,
                                        const v1::Element& was, const v1::Element& is) {
  const auto turned = [&](const std::string& id) {
    return before.unwritten.contains(id) != after.unwritten.contains(id);
  };
  std::vector<v1::FieldDiff> out;
  if (turned(is.id()) && !(was.parent_id() == is.parent_id() && turned(is.parent_id()))) {
    v1::FieldDiff& field = out.emplace_back();
    field.set_field("unwritten");
    field.set_before(before.unwritten.contains(is.id()) ? "true" : "false");
    field.set_after(after.unwritten.contains(is.id()) ? "true" : "false");
  }
  std::string old_errata = before.ErrataOf(is.id());
  std::string new_errata = after.ErrataOf(is.id());
  if (old_errata != new_errata) {
    v1::FieldDiff& field = out.emplace_back();
    field.set_field("errata");
    field.set_before(std::move(old_errata));
    field.set_after(std::move(new_errata));
  }
  return out;
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
  ASSIGN_OR_RETURN(const Aside aside_before, Aside::Of(from, before));
  ASSIGN_OR_RETURN(const Aside aside_after, Aside::Of(to, after));
  OriginBook origins(to.state.data());
  const TextById old_text(before);
  const TextById new_text(after);
  const ElementOf in_after = [&](const std::string& id) { return new_text.Find(id); };
  const ElementOf in_before = [&](const std::string& id) { return old_text.Find(id); };
  for (const PlacedElement& placed : after.elements) {
    const v1::Element* const was = old_text.Find(placed.id);
    const std::size_t sides_before = old_text.Sides(placed.id);
    const std::size_t sides_after = new_text.Sides(placed.id);
    const v1::Element& is = *placed.shown().element;
    const bool same = was != nullptr && SameElement(*was, is) && sides_before == sides_after;
    const std::vector<v1::FieldDiff> aside =
        was == nullptr ? std::vector<v1::FieldDiff>()
                       : CompareAside(aside_before, aside_after, *was, is);
    if (same && aside.empty()) continue;
    v1::DiffEntry* entry = view.add_entries();
    *entry = MakeDiffEntry(was, &is, in_after);
    // No act is behind what is deemed unwritten or was an error all along.
    if (!same) *entry->mutable_origin() = origins.Of(placed.shown(), placed.id);
    CompareSides(sides_before, sides_after, entry);
    for (const v1::FieldDiff& field : aside) *entry->add_fields() = field;
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
