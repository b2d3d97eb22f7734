// Schedules: text of a cell or a rubric into steps that say when and what.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_SCHEDULE_H_
#define GREFFE_CORE_READER_SCHEDULE_H_

#include <vector>

#include "core/reader/markup.h"
#include "core/reader/model.h"

namespace greffe::reader {

// A paragraph or item with its place.
struct Entry {
  Part part;
  Lines lines;
};

// The steps of `entries`. A date holds for what follows until the next one; a date without text is
// a step with an empty text; text before any date has an empty `when`, unless it ends with
// « dès 2023 » and the like.
std::vector<ScheduleStep> ReadSchedule(const std::vector<Entry>& entries);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_SCHEDULE_H_
