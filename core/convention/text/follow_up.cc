#include "core/convention/text/follow_up.h"

#include "absl/strings/str_cat.h"
#include "core/base/digest.h"
#include "core/base/digits.h"
#include "core/base/status_macros.h"
#include "core/convention/elements/french.h"
#include "core/convention/state/order.h"

namespace greffe {

std::vector<EventNumber> CurrentValues(const StateData& data, std::uint32_t subject) {
  std::vector<EventNumber> out;
  if (subject == kNone) return out;
  for (const EventNumber event : data.subjects[subject].events) {
    if (data.events[event].authorised && !data.events[event].replaced) out.push_back(event);
  }
  SortEvents(data, &out);
  return out;
}

absl::StatusOr<v1::Event> ReadStored(const StateData& data, const EventReader& read,
                                     EventNumber event) {
  if (!read) return absl::FailedPreconditionError("no reader of stored events");
  ASSIGN_OR_RETURN(const std::string bytes, read(data.PositionOf(event)));
  v1::Event out;
  if (LeafHash(bytes) != data.LeafOf(event) || !out.ParseFromString(bytes)) {
    return absl::DataLossError(
        absl::StrCat("event ", data.LeafOf(event).ToHex(), ": the store gives other bytes"));
  }
  return out;
}

rules::Words ValueText(const v1::Event& event) {
  if (event.has_indicator_measured()) {
    return {event.indicator_measured().value(), event.indicator_measured().value()};
  }
  if (event.has_meeting_recorded()) {
    const v1::MeetingRecorded& meeting = event.meeting_recorded();
    const auto decisions = static_cast<std::size_t>(meeting.decisions_size());
    return {absl::StrCat("réunion du ", FrenchDate(meeting.held_on()), ", ",
                         Count(decisions, "décision", "décisions")),
            absl::StrCat("meeting of ", EnglishDate(meeting.held_on()), ", ",
                         CountEn(decisions, "decision", "decisions"))};
  }
  if (event.has_predecessor_linked()) {
    const v1::Predecessor& before = event.predecessor_linked();
    return {absl::StrCat("« ", before.title(), " », du ", FrenchDate(before.start_date()), " au ",
                         FrenchDate(before.end_date())),
            absl::StrCat("“", before.title(), "”, from ", EnglishDate(before.start_date()), " to ",
                         EnglishDate(before.end_date()))};
  }
  const v1::ProgressReported& progress = event.progress_reported();
  const std::string percent =
      progress.has_percent() ? absl::StrCat(", ", progress.percent(), " %") : "";
  return {
      absl::StrCat(FrenchName(progress.state()), percent, ", au ", FrenchDate(progress.as_of())),
      absl::StrCat(EnglishName(progress.state()), percent, ", on ", EnglishDate(progress.as_of()))};
}

bool IsDecimal(absl::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == absl::string_view::npos) return AllDigits(text);
  return AllDigits(text.substr(0, point)) && AllDigits(text.substr(point + 1));
}

bool IsPeriod(absl::string_view text) {
  if (text.size() < 4 || !AllDigits(text.substr(0, 4))) return false;
  const absl::string_view rest = text.substr(4);
  if (rest.empty()) return true;
  if (rest.size() != 3 || rest[0] != '-') return false;
  if (rest[1] == 'T') return rest[2] >= '1' && rest[2] <= '4';
  if (!AllDigits(rest.substr(1))) return false;
  const int month = (rest[1] - '0') * 10 + (rest[2] - '0');
  return month >= 1 && month <= 12;
}

std::optional<CivilDate> FirstDayOf(absl::string_view period) {
  if (!IsPeriod(period)) return std::nullopt;
  const absl::string_view year = period.substr(0, 4);
  if (period.size() == 4) return CivilDate::TryParse(absl::StrCat(year, "-01-01"));
  if (period[5] != 'T') return CivilDate::TryParse(absl::StrCat(period, "-01"));
  constexpr const char* kQuarters[] = {"-01-01", "-04-01", "-07-01", "-10-01"};
  return CivilDate::TryParse(absl::StrCat(year, kQuarters[period[6] - '1']));
}

}  // namespace greffe
