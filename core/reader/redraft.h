// A new reading against a draft that people may have corrected.
#ifndef GREFFE_CORE_READER_REDRAFT_H_
#define GREFFE_CORE_READER_REDRAFT_H_

#include <vector>

#include "greffe/v1/draft.pb.h"
#include "greffe/v1/import.pb.h"

namespace greffe::reader {

// Fills `as_read` from the elements and, under the id `on_paper`, the section of that name: what a
// later Redraft compares with.
void SetAsRead(v1::ConventionDraft* draft);

struct Redrafted {
  // The new reading with every correction kept; `as_read` is the new reading's.
  v1::ConventionDraft draft;
  // What differs, in the order of the new draft; removed elements last.
  std::vector<v1::ImportChange> changes;
};

// Compares by id and wording; where a wording was read does not count. What `before` says otherwise
// than its own `as_read`, added or took away, is a correction and stays, also where the documents
// changed as well (BOTH). In a draft without `as_read` every difference counts as a correction: the
// work of people is never lost. Elements that people added stand after what they stood after.
// All of it holds for the section `on_paper` as a whole, told under the id `on_paper`.
Redrafted Redraft(const v1::ConventionDraft& before, const v1::ConventionDraft& fresh);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_REDRAFT_H_
