// Joins what a plan says of one action in several places: sheet, summary, schedule, recapitulation.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PLAN_JOIN_H_
#define GREFFE_CORE_READER_PLAN_JOIN_H_

#include <vector>

#include "core/reader/model.h"
#include "core/reader/plan_table.h"

namespace greffe::reader {

// The actions of a plan, each once, in the order of the first family of tables, else of the sheets.
// Joined by reference where titles do not speak against it, then by title, then by order inside an
// axis. A sheet without a reference takes that of the table's row in its place; its source says so
// (`recovered` = "order"), and its confidence is lower where wordings do not confirm it. Another
// wording of a title or an indicator becomes an alias; nothing is dropped.
std::vector<Action> JoinActions(std::vector<Found> found);

// Takes out of `actions` those that nothing names, neither a reference nor a title: passages under
// labels like those of a sheet, such as the profile of a post. What they say is text of its own. A
// sub-action of such a passage becomes an action.
std::vector<Action> TakeUnnamed(std::vector<Action>* actions);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_JOIN_H_
