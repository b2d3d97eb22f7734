#include "core/convention/checks/to_come.h"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "core/convention/elements/french.h"
#include "core/rules/authority.h"
#include "core/rules/calendar.h"

namespace greffe {
namespace {

constexpr std::int64_t kMicrosOfDay = std::int64_t{24} * 60 * 60 * 1000000;

}  // namespace

bool WasToCome(const EventRow& row, CivilDate day) {
  // No day in Paris begins after that day in UTC: nearly all are told by this alone.
  if (row.recorded_micros == 0 || day.days * kMicrosOfDay <= row.recorded_micros) return false;
  return rules::ParisTimeOf(Instant{row.recorded_micros}).day < day;
}

rules::Words WasToComeWords(const EventRow& row, CivilDate day) {
  const std::string recorded = rules::ParisTimeOf(Instant{row.recorded_micros}).day.ToString();
  return {absl::StrCat("le ", FrenchDate(day.ToString()),
                       " est après le jour de son enregistrement, le ", FrenchDate(recorded),
                       " : il n'y avait encore rien à constater."),
          absl::StrCat(EnglishDate(day.ToString()), " is after the day of its record, ",
                       EnglishDate(recorded), ": there was nothing to be seen of it yet.")};
}

void CheckWasToCome(const StateData& data, const v1::Deliberation& one, EventNumber event,
                    FactFindings::Who who, FactFindings* out) {
  const EventRow& row = data.events[event];
  using Day = std::tuple<const char*, const char*, const std::string*>;
  for (const auto& [fr, en, day] :
       {Day("séance", "sitting", &one.sitting_on()),
        Day("publication", "publication", &one.published_on()),
        Day("réception", "receipt", &one.received_on()),
        Day("convocation", "convening", &one.convened_on()),
        Day("transmission", "transmission", &one.transmitted_on()),
        Day("certificat exécutoire", "certificate", &one.certified_executory_on())}) {
    const auto parsed = CivilDate::TryParse(*day);
    if (!parsed.has_value() || !WasToCome(row, *parsed)) continue;
    const rules::Words words = WasToComeWords(row, *parsed);
    out->Add(event, kFutureDate, v1::FINDING_SEVERITY_WARNING,
             absl::StrCat(who().fr, " : ", fr, " : ", words.fr),
             absl::StrCat(who().en, ": ", en, ": ", words.en));
  }
  if (row.recorded_micros == 0) return;
  using Time = std::tuple<const char*, const char*, const std::string*, const std::string*>;
  for (const auto& [fr, en, day, time] :
       {Time("publication", "publication", &one.published_on(), &one.published_time()),
        Time("réception", "receipt", &one.received_on(), &one.received_time())}) {
    if (time->empty()) continue;
    const rules::Minute minute = rules::ParseMinute(*time);
    const rules::ParisTime recorded = rules::ParisTimeOf(Instant{row.recorded_micros});
    if (!minute.has_value() || *day != recorded.day.ToString() || *minute <= recorded.minute) {
      continue;
    }
    out->Add(
        event, kFutureDate, v1::FINDING_SEVERITY_WARNING,
        absl::StrCat(who().fr, " : ", fr, " à ", *time, ", après l'heure de son enregistrement."),
        absl::StrCat(who().en, ": ", en, " at ", *time, ", after the time of its record."));
  }
}

}  // namespace greffe
