#ifndef GREFFE_CORE_CONVENTION_TEXT_FOLLOW_UP_H_
#define GREFFE_CORE_CONVENTION_TEXT_FOLLOW_UP_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/convention/convention.h"
#include "core/convention/state/state.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// Values of follow-up, whose texts stay in the store. Private to core/convention.
namespace greffe {

// Values of a subject that stand, causes before effects: none for kNone.
std::vector<EventNumber> CurrentValues(const StateData& data, std::uint32_t subject);

// An applied event as stored. DATA_LOSS when what is read is not that event; FAILED_PRECONDITION
// without a reader.
absl::StatusOr<v1::Event> ReadStored(const StateData& data, const EventReader& read,
                                     EventNumber event);

// « 12 », « en cours, 40 % », « réunion du 3 mai 2025, 2 décisions »: what a follow-up event says.
rules::Words ValueText(const v1::Event& event);

// The rules of the forms of core/convention: "12.5"; "2024", "2024-T2" or "2024-03".
bool IsDecimal(absl::string_view text);
bool IsPeriod(absl::string_view text);
// First day of a period; absent for what is none.
std::optional<CivilDate> FirstDayOf(absl::string_view period);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_FOLLOW_UP_H_
