#ifndef GREFFE_CORE_READER_DRAFT_PLAN_H_
#define GREFFE_CORE_READER_DRAFT_PLAN_H_

#include "core/reader/draft_builder.h"

namespace greffe::reader {

// The plan's part of a draft: axes, objectives, actions with their sheets, facilities, bodies,
// funding, mission sheets. The parties stand in `builder` already, named
// « party:N » by their index.
void AddPlan(const Convention& convention, DraftBuilder& builder);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_DRAFT_PLAN_H_
