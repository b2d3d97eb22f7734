#include "core/convention/text/tree.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/convention/elements/number_table.h"

namespace greffe {
namespace {

const v1::Element* Shown(const ElementSides& sides) {
  for (const ElementSide& side : sides) {
    if (side.element != nullptr) return side.element;
  }
  return nullptr;
}

class Tree {
 public:
  Tree(std::vector<StandingElement> standing, bool whole, const Covers& covers,
       ConsolidatedText& text)
      : whole_(whole), covers_(covers), text_(text) {
    nodes_.reserve(standing.size());
    place_.reserve(standing.size());
    for (StandingElement& element : standing) {
      if (element.sides.size() > 1) text_.clashes.push_back({element.id, 0, element.sides});
      const v1::Element* const shown = Shown(element.sides);
      if (shown == nullptr) {
        removed_.emplace(element.id, std::move(element.sides));
      } else {
        place_.emplace(element.id, static_cast<Place>(nodes_.size()));
        nodes_.push_back({element.id, shown, std::move(element.sides), kNone, 0, 0, false});
      }
    }
    SortChildren();
  }

  void Arrange() {
    std::vector<Place> top;
    for (Place n = 0; n < nodes_.size(); ++n) {
      if (nodes_[n].parent == kNone && AtTop(n)) top.push_back(n);
    }
    std::sort(kept_.begin(), kept_.end());
    for (const Place n : kept_) AddFinding(FindingCode::kOrphan, n);
    top.insert(top.end(), kept_.begin(), kept_.end());
    std::sort(top.begin(), top.end(), [this](Place a, Place b) { return Before(a, b); });
    for (const Place n : top) Visit(n);
    PlaceLoops();
  }

 private:
  // Place of a node in nodes_, which are in order of id.
  using Place = std::uint32_t;

  struct Node {
    absl::string_view id;
    const v1::Element* shown = nullptr;
    ElementSides sides;
    Place parent = kNone;
    // Range of children_.
    std::uint32_t first_child = 0;
    std::uint32_t end_child = 0;
    // Placed, or taken out with its parent.
    bool visited = false;
  };

  // Siblings by position, ties by id.
  bool Before(Place a, Place b) const {
    const int order = nodes_[a].shown->position().compare(nodes_[b].shown->position());
    return order != 0 ? order < 0 : a < b;
  }

  void SortChildren() {
    for (Place n = 0; n < nodes_.size(); ++n) {
      const auto parent = place_.find(nodes_[n].shown->parent_id());
      if (parent == place_.end()) continue;
      nodes_[n].parent = parent->second;
      children_.push_back(n);
    }
    std::sort(children_.begin(), children_.end(), [this](Place a, Place b) {
      if (nodes_[a].parent != nodes_[b].parent) return nodes_[a].parent < nodes_[b].parent;
      return Before(a, b);
    });
    for (std::uint32_t c = 0; c < children_.size(); ++c) {
      Node& parent = nodes_[nodes_[children_[c]].parent];
      if (parent.end_child == 0) parent.first_child = c;
      parent.end_child = c + 1;
    }
  }

  void AddFinding(FindingCode code, Place n) {
    text_.findings.push_back(MakeFinding(code, "", "", nodes_[n].id));
  }

  // For a node without a parent in the text: true when it starts a tree there, false when it was
  // taken out with its parent.
  bool AtTop(Place n) {
    const std::string& parent = nodes_[n].shown->parent_id();
    if (parent.empty()) return true;
    const auto removed = removed_.find(parent);
    if (removed != removed_.end() && TakenOut(removed->second, n)) {
      TakeOut(n, removed->second);
      return false;
    }
    if (whole_) AddFinding(FindingCode::kOrphan, n);
    return true;
  }

  bool TakenOut(const ElementSides& removals, Place n) const {
    const ElementSides& sides = nodes_[n].sides;
    return std::all_of(sides.begin(), sides.end(), [&](const ElementSide& side) {
      return side.element == nullptr ||
             std::any_of(removals.begin(), removals.end(),
                         [&](const ElementSide& removal) { return covers_(removal, side); });
    });
  }

  // The node goes, and what is below it as far as the removal covers it; the rest comes to the top.
  void TakeOut(Place first, const ElementSides& removals) {
    std::vector<Place> going{first};
    while (!going.empty()) {
      Node& node = nodes_[going.back()];
      going.pop_back();
      node.visited = true;
      for (std::uint32_t c = node.first_child; c < node.end_child; ++c) {
        (TakenOut(removals, children_[c]) ? going : kept_).push_back(children_[c]);
      }
    }
  }

  // What is left hangs below loops: no way leads there from the top. Each loop is opened at its
  // least id.
  void PlaceLoops() {
    std::vector<Place> walk_of(nodes_.size(), kNone);
    std::vector<Place> loops;
    for (Place start = 0; start < nodes_.size(); ++start) {
      if (nodes_[start].visited) continue;
      Place n = start;
      while (walk_of[n] == kNone) {
        walk_of[n] = start;
        n = nodes_[n].parent;
      }
      if (walk_of[n] != start) continue;
      Place least = n;
      for (Place m = nodes_[n].parent; m != n; m = nodes_[m].parent) least = std::min(least, m);
      AddFinding(FindingCode::kTreeLoop, least);
      loops.push_back(least);
    }
    std::sort(loops.begin(), loops.end());
    for (const Place n : loops) Visit(n);
  }

  void Visit(Place top) {
    // Not recursive: depth is whatever peers sent.
    std::vector<std::pair<Place, std::uint32_t>> stack{{top, 0}};
    while (!stack.empty()) {
      const auto [n, depth] = stack.back();
      stack.pop_back();
      Node& node = nodes_[n];
      if (node.visited) continue;
      node.visited = true;
      text_.elements.push_back({node.id, depth, std::move(node.sides)});
      for (std::uint32_t c = node.end_child; c > node.first_child; --c) {
        stack.emplace_back(children_[c - 1], depth + 1);
      }
    }
  }

  const bool whole_;
  const Covers& covers_;
  ConsolidatedText& text_;
  std::vector<Node> nodes_;
  // Nodes with a parent, by parent, in reading order.
  std::vector<Place> children_;
  absl::flat_hash_map<absl::string_view, Place> place_;
  absl::flat_hash_map<absl::string_view, ElementSides> removed_;
  // Below what was taken out, but not covered by the removal.
  std::vector<Place> kept_;
};

}  // namespace

void PlaceElements(std::vector<StandingElement> standing, bool whole, const Covers& covers,
                   ConsolidatedText& text) {
  text.elements.reserve(standing.size());
  Tree(std::move(standing), whole, covers, text).Arrange();
}

}  // namespace greffe
