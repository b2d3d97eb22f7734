#include "core/convention/reading/follow_up_form.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/text.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/elements/french.h"
#include "core/convention/text/follow_up.h"

namespace greffe {
namespace {

constexpr std::size_t kValueCharacters = 40;

// Nobody has seen what is to come.
absl::Status NotToCome(const std::string& said, std::string field, CivilDate today) {
  const std::optional<CivilDate> day = CivilDate::TryParse(said);
  if (!day.has_value() || *day <= today) return absl::OkStatus();
  const std::string last = today.ToString();
  return FieldError(
      "future-date", std::move(field),
      absl::StrCat("le ", FrenchDate(said),
                   " est dans l'avenir : il n'y a encore rien à y constater ; attendu un jour "
                   "jusqu'au ",
                   FrenchDate(last), "."),
      absl::StrCat(EnglishDate(said),
                   " is in the future: there is nothing to be seen of it yet; want a day no later "
                   "than ",
                   EnglishDate(last), "."));
}

// Of years that the calendar does not have, the four digits compare as the years do.
bool HasBegun(absl::string_view period, CivilDate today) {
  const std::optional<CivilDate> first = FirstDayOf(period);
  return first.has_value() ? *first <= today : period.substr(0, 4) < today.ToString();
}

// A period that has begun may be measured before it is over.
absl::Status Begun(const std::string& period, std::string field, CivilDate today) {
  if (HasBegun(period, today)) return absl::OkStatus();
  const std::string last = today.ToString();
  return FieldError(
      "future-date", std::move(field),
      absl::StrCat(FrenchDate(period),
                   " est dans l'avenir : il n'y a encore rien à y constater ; attendu une période "
                   "commencée le ",
                   FrenchDate(last), " au plus tard."),
      absl::StrCat(EnglishDate(period),
                   " is in the future: there is nothing to be seen of it yet; want a period that "
                   "began no later than ",
                   EnglishDate(last), "."));
}

absl::Status CheckMeasurement(const v1::IndicatorMeasured& measured, absl::string_view path,
                              CivilDate today) {
  if (!IsPeriod(measured.period())) {
    return FieldError(
        "period", Join(path, "period"),
        absl::StrCat("« ", measured.period(),
                     " » donné, attendu une période : 2024, 2024-T2 ou 2024-03."),
        absl::StrCat("got \"", measured.period(), "\", want a period: 2024, 2024-T2 or 2024-03."));
  }
  if (CountCodePoints(measured.value()) <= kValueCharacters && IsDecimal(measured.value())) {
    return Begun(measured.period(), Join(path, "period"), today);
  }
  const bool comma = absl::StrContains(measured.value(), ",");
  return FieldError(
      "value", Join(path, "value"),
      absl::StrCat("« ", measured.value(), " » donné, attendu un nombre décimal avec un point, de ",
                   kValueCharacters, " caractères au plus, comme 12 ou 12.5",
                   comma ? " (un point, pas une virgule)." : "."),
      absl::StrCat("got \"", measured.value(),
                   "\", want a decimal number with a point, of at most ", kValueCharacters,
                   " characters, such as 12 or 12.5."));
}

absl::Status CheckProgress(const v1::ProgressReported& progress, absl::string_view path,
                           CivilDate today) {
  if (const auto odd = CheckPercent(progress)) {
    return FieldError("percent", Join(path, "percent"), odd->fr, odd->en);
  }
  return NotToCome(progress.as_of(), Join(path, "as_of"), today);
}

absl::Status CheckMeeting(const v1::MeetingRecorded& meeting, absl::string_view path,
                          CivilDate today) {
  if (!meeting.minutes_digest().empty() && meeting.minutes_digest().size() != Digest::kSize) {
    return FieldError(
        "digest", Join(path, "minutes_digest"),
        absl::StrCat("une empreinte SHA-256 compte 32 octets ; ici ",
                     meeting.minutes_digest().size(), "."),
        absl::StrCat("a SHA-256 digest is 32 bytes; here ", meeting.minutes_digest().size(), "."));
  }
  return NotToCome(meeting.held_on(), Join(path, "held_on"), today);
}

absl::Status CheckPredecessor(const v1::Predecessor& before, absl::string_view path) {
  if (before.start_date() <= before.end_date()) return absl::OkStatus();
  return FieldError(
      "date-order", Join(path, "end_date"),
      absl::StrCat("la fin (", FrenchDate(before.end_date()), ") précède le début (",
                   FrenchDate(before.start_date()), ")."),
      absl::StrCat("the end (", EnglishDate(before.end_date()), ") is before the start (",
                   EnglishDate(before.start_date()), ")."));
}

}  // namespace

std::optional<rules::Words> CheckPercent(const v1::ProgressReported& progress) {
  if (!progress.has_percent()) return std::nullopt;
  const std::uint32_t percent = progress.percent();
  if (progress.state() == v1::PROGRESS_STATE_DONE && percent < 100) {
    return rules::Words{
        absl::StrCat(percent, " % donné pour une action terminée, attendu 100, ou rien."),
        absl::StrCat("got ", percent, " % for an action that is done, want 100, or nothing.")};
  }
  if (progress.state() == v1::PROGRESS_STATE_NOT_STARTED && percent > 0 && percent <= 100) {
    return rules::Words{
        absl::StrCat(percent, " % donné pour une action pas commencée, attendu 0, ou rien."),
        absl::StrCat("got ", percent, " % for an action not started, want 0, or nothing.")};
  }
  if (percent <= 100) return std::nullopt;
  return rules::Words{absl::StrCat(percent, " donné, attendu 0 à 100."),
                      absl::StrCat("got ", percent, ", want 0 to 100.")};
}

absl::Status CheckFollowUpForm(const v1::Event& event, absl::string_view path, CivilDate today) {
  if (event.has_progress_reported()) return CheckProgress(event.progress_reported(), path, today);
  if (event.has_indicator_measured())
    return CheckMeasurement(event.indicator_measured(), path, today);
  if (event.has_predecessor_linked()) return CheckPredecessor(event.predecessor_linked(), path);
  return CheckMeeting(event.meeting_recorded(), path, today);
}

}  // namespace greffe
