#ifndef GREFFE_CORE_CONVENTION_VIEWS_FORCE_VIEW_H_
#define GREFFE_CORE_CONVENTION_VIEWS_FORCE_VIEW_H_

#include "absl/status/statusor.h"
#include "core/convention/queries.h"
#include "core/convention/reading/life.h"
#include "core/convention/text/consolidate.h"
#include "greffe/v1/view.pb.h"

// What is in force on a date, with efficacy kept apart (L-14). Private to core/convention.
namespace greffe {

// `text` is the consolidated text on known.in_force_on. Errors of the reader. Of several
// predecessors on record, in conflict, the one that ends last.
absl::StatusOr<v1::ForceView> MakeForceView(const Known& known, const ConsolidatedText& text,
                                            const LifeBook& book);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_FORCE_VIEW_H_
