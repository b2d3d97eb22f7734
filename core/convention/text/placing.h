#ifndef GREFFE_CORE_CONVENTION_TEXT_PLACING_H_
#define GREFFE_CORE_CONVENTION_TEXT_PLACING_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/convention/text/text_in_making.h"
#include "greffe/v1/element.pb.h"

// Where what an act adds comes to stand when nobody placed it. Private to core/convention. Pure.
namespace greffe {

// Gives a position to elements that have none, in the text `before` the changes. A numbered one
// comes after the sibling of its kind with the greatest number that is not beyond its own, « 6 bis
// » after « 6 »; before its kind when all are beyond. Another comes after the last of its kind;
// without a sibling of its kind, after the last sibling. Several in one place keep the order given,
// numbered ones that of their numbers. `added` are by parent, in the order of the file.
void PlaceAdded(const TextInMaking& before,
                const std::map<std::string, std::vector<v1::Element*>>& added);

// The number of what comes next and is inserted: « 6 bis » after « 6 », « 6 ter » after « 6 bis »,
// « 1 bis » after « 1er ».
std::string NumberAfter(absl::string_view number);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_PLACING_H_
