// What several places of a plan say of one action, put together.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_ACTION_MERGE_H_
#define GREFFE_CORE_READER_ACTION_MERGE_H_

#include <vector>

#include "core/reader/model.h"

namespace greffe::reader {

// Gives `to` the names of `from`: references that `to` lacks are copied, its own stay; another
// number becomes a label, another wording of the title an alias (a hundred at most). The title,
// aliases and labels of `from` are moved out of it.
void AddNames(Action* from, Action* to);

// The same with what `from` says: rubrics, parts, results, schedule and indicators go behind those
// of `to`. A date without words becomes a label where the schedule of `to` has words. What `to`
// says of its axis, its objective and whether its schedule is filled stands against `from`.
void AddSaid(Action from, Action* to);

// Adds the indicators that another place prints to those of `to`, as they are where `to` has none.
// Else an equal wording adds its lines, and its kind where none was known; a like one becomes an
// alias; any other an indicator of at most confidence 60. Two neighbours that are one wording of
// `to`, cut at its hyphen, are joined first. Compared are the first 200 of `to`.
void AddIndicators(std::vector<Indicator> again, std::vector<Indicator>* to);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_ACTION_MERGE_H_
