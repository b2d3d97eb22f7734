#ifndef GREFFE_CORE_EXPORT_CALENDAR_H_
#define GREFFE_CORE_EXPORT_CALENDAR_H_

#include <string>

#include "absl/status/statusor.h"
#include "core/export/partner_names.h"
#include "greffe/v1/life_service.pb.h"

namespace greffe {

// Deadlines as an iCalendar file (RFC 5545), in French: an all-day event for each last day, with
// alarms 30 and 7 days before while it is to come or due; what cannot be computed is a task without
// a date, whose description says what is missing. UIDs are convention and deadline id, so that a
// later file, from any replica, replaces these events. DTSTAMP is the view's clock date at 00:00
// UTC: equal views and names give equal bytes. Who has to act stands by name, else by id.
// INVALID_ARGUMENT when that is not a date. Pure.
absl::StatusOr<std::string> RenderCalendar(const v1::DeadlinesView& view,
                                           const PartnerNames& names = {});

}  // namespace greffe

#endif  // GREFFE_CORE_EXPORT_CALENDAR_H_
