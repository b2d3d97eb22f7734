#ifndef GREFFE_CORE_CONVENTION_TEXT_CHECK_TREE_H_
#define GREFFE_CORE_CONVENTION_TEXT_CHECK_TREE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/limits.h"
#include "core/convention/elements/problem.h"
#include "greffe/v1/element.pb.h"

namespace greffe {

// Largest serialised element. The rest of an event is kept for what its author has seen: a point
// of 75 bytes for each of up to 200 replicas, with room to spare.
inline constexpr std::size_t kElementBytes = limits::kEventBytes - 24 * 1024;

// An element of a text that a draft would make.
struct DraftedElement {
  const v1::Element* element = nullptr;
  // Where its author wrote it, such as `elements[3]`; empty for one that was there before.
  std::string path;
};

// What only the whole text shows: unique ids, parents that exist, no cycle, depth, exactly one
// `terms`, at least one party that signs, offices and partners named once, supporting parties and
// co-chairs that are parties. Problems about an element that was there before name `whole`.
void CheckTree(const std::vector<DraftedElement>& text, absl::string_view whole,
               std::vector<Problem>* problems);

// One element by itself: every field, its size, and rules of its type.
void CheckElement(const v1::Element& element, absl::string_view path,
                  std::vector<Problem>* problems);

// "party", "text_block", …: the field of Element.content that is set; empty for none.
std::string ContentName(const v1::Element& element);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_CHECK_TREE_H_
