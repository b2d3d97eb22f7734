#include "core/convention/tree.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

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
  Tree(ElementMap elements, bool whole, const Covers& covers, ConsolidatedText& text)
      : whole_(whole), covers_(covers), text_(text) {
    // In order of id, so that nothing depends on the order of the map.
    std::vector<absl::string_view> ids;
    ids.reserve(elements.size());
    for (const auto& [id, sides] : elements) ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    for (const absl::string_view id : ids) {
      ElementSides& sides = elements.find(id)->second;
      if (sides.size() > 1) text_.clashes.push_back({id, 0, sides});
      const v1::Element* const shown = Shown(sides);
      if (shown == nullptr) {
        removed_.emplace(id, std::move(sides));
      } else {
        place_.emplace(id, nodes_.size());
        nodes_.push_back({id, shown, std::move(sides), {}, false});
      }
    }
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      const auto parent = place_.find(nodes_[n].shown->parent_id());
      if (parent != place_.end()) nodes_[parent->second].children.push_back(n);
    }
    for (Node& node : nodes_) Sort(node.children);
  }

  void Place() {
    std::vector<std::size_t> top;
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      if (AtTop(nodes_[n])) top.push_back(n);
    }
    std::sort(kept_.begin(), kept_.end());
    for (const std::size_t n : kept_) {
      text_.findings.push_back(MakeFinding(FindingCode::kOrphan, "", "", nodes_[n].id));
    }
    top.insert(top.end(), kept_.begin(), kept_.end());
    Sort(top);
    for (const std::size_t n : top) Visit(n);
    PlaceLoops();
  }

 private:
  struct Node {
    absl::string_view id;
    const v1::Element* shown = nullptr;
    ElementSides sides;
    std::vector<std::size_t> children;
    // Placed, or taken out with its parent.
    bool visited = false;
  };

  void Sort(std::vector<std::size_t>& siblings) const {
    std::sort(siblings.begin(), siblings.end(), [this](std::size_t a, std::size_t b) {
      const int order = nodes_[a].shown->position().compare(nodes_[b].shown->position());
      return order != 0 ? order < 0 : nodes_[a].id < nodes_[b].id;
    });
  }

  // True when the node starts a tree: it has no parent, or its parent is gone and it is not.
  bool AtTop(Node& node) {
    const std::string& parent = node.shown->parent_id();
    if (parent.empty()) return true;
    if (place_.contains(parent)) return false;
    const auto removed = removed_.find(parent);
    if (removed != removed_.end() && TakenOut(removed->second, node)) {
      TakeOut(node, removed->second);
      return false;
    }
    if (whole_) {
      text_.findings.push_back(MakeFinding(FindingCode::kOrphan, "", "", node.id));
    }
    return true;
  }

  bool TakenOut(const ElementSides& removals, const Node& node) const {
    return std::all_of(node.sides.begin(), node.sides.end(), [&](const ElementSide& side) {
      return side.element == nullptr ||
             std::any_of(removals.begin(), removals.end(),
                         [&](const ElementSide& removal) { return covers_(removal, side); });
    });
  }

  // The node goes, and what is below it as far as the removal covers it; the rest comes to the top.
  void TakeOut(Node& first, const ElementSides& removals) {
    std::vector<Node*> going{&first};
    while (!going.empty()) {
      Node& node = *going.back();
      going.pop_back();
      node.visited = true;
      for (const std::size_t c : node.children) {
        if (nodes_[c].visited) continue;
        if (TakenOut(removals, nodes_[c])) {
          going.push_back(&nodes_[c]);
        } else {
          kept_.push_back(c);
        }
      }
    }
  }

  // What is left hangs below loops: no way leads there from the top. Each loop is opened at its
  // least id.
  void PlaceLoops() {
    std::vector<std::size_t> walk_of(nodes_.size(), nodes_.size());
    for (std::size_t start = 0; start < nodes_.size(); ++start) {
      if (nodes_[start].visited) continue;
      std::size_t n = start;
      while (walk_of[n] == nodes_.size()) {
        walk_of[n] = start;
        n = Parent(n);
      }
      if (walk_of[n] != start) continue;
      std::size_t least = n;
      for (std::size_t m = Parent(n); m != n; m = Parent(m)) least = std::min(least, m);
      text_.findings.push_back(MakeFinding(FindingCode::kTreeLoop, "", "", nodes_[least].id));
      loops_.push_back(least);
    }
    std::sort(loops_.begin(), loops_.end());
    for (const std::size_t n : loops_) Visit(n);
  }

  std::size_t Parent(std::size_t n) const { return place_.at(nodes_[n].shown->parent_id()); }

  void Visit(std::size_t top) {
    // Not recursive: depth is whatever peers sent.
    std::vector<std::pair<std::size_t, std::uint32_t>> stack{{top, 0}};
    while (!stack.empty()) {
      const auto [n, depth] = stack.back();
      stack.pop_back();
      Node& node = nodes_[n];
      if (node.visited) continue;
      node.visited = true;
      text_.elements.push_back({node.id, depth, std::move(node.sides)});
      for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
        stack.emplace_back(*child, depth + 1);
      }
    }
  }

  const bool whole_;
  const Covers& covers_;
  ConsolidatedText& text_;
  std::vector<Node> nodes_;
  absl::flat_hash_map<absl::string_view, std::size_t> place_;
  ElementMap removed_;
  // Below what was taken out, but not covered by the removal.
  std::vector<std::size_t> kept_;
  std::vector<std::size_t> loops_;
};

}  // namespace

void PlaceElements(ElementMap elements, bool whole, const Covers& covers, ConsolidatedText& text) {
  Tree(std::move(elements), whole, covers, text).Place();
}

}  // namespace greffe
