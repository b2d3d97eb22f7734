// What several places of a plan say of one action, put together.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_ACTION_MERGE_H_
#define GREFFE_CORE_READER_ACTION_MERGE_H_

#include <vector>

#include "core/reader/model.h"

namespace greffe::reader {

// Gives `to` the references and wordings of `from`, and takes them out of it: what `to` lacks is
// filled in, another numbering becomes a label, another wording of the title an alias.
void AddNames(Action* from, Action* to);

// The same with all that `from` says. What `to` says stays first; nothing is dropped: a date that
// the schedule of `to` says better becomes a label.
void AddSaid(Action from, Action* to);

// Adds the indicators that another place prints to those of `to`: an equal wording adds its lines,
// a like one becomes an alias, any other an indicator of at most confidence 60. Compared are the
// first 200 of `to`.
void AddIndicators(std::vector<Indicator> again, std::vector<Indicator>* to);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_ACTION_MERGE_H_
