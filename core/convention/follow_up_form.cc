#include "core/convention/follow_up_form.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/text.h"
#include "core/convention/check_fields.h"
#include "core/convention/decide_common.h"
#include "core/convention/follow_up.h"
#include "core/convention/french.h"

namespace greffe {
namespace {

constexpr std::size_t kValueCharacters = 40;

absl::Status CheckMeasurement(const v1::IndicatorMeasured& measured, absl::string_view path) {
  if (!IsPeriod(measured.period())) {
    return FieldError(
        "period", Join(path, "period"),
        absl::StrCat("« ", measured.period(),
                     " » donné, attendu une période : 2024, 2024-T2 ou 2024-03."),
        absl::StrCat("got \"", measured.period(), "\", want a period: 2024, 2024-T2 or 2024-03."));
  }
  if (CountCodePoints(measured.value()) <= kValueCharacters && IsDecimal(measured.value())) {
    return absl::OkStatus();
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

absl::Status CheckProgress(const v1::ProgressReported& progress, absl::string_view path) {
  if (progress.state() == v1::PROGRESS_STATE_DONE && progress.has_percent() &&
      progress.percent() < 100) {
    return FieldError("percent", Join(path, "percent"),
                      absl::StrCat(progress.percent(),
                                   " % donné pour une action terminée, attendu "
                                   "100, ou rien."),
                      absl::StrCat("got ", progress.percent(),
                                   " % for an action that is done, want 100, or nothing."));
  }
  if (progress.percent() <= 100) return absl::OkStatus();
  return FieldError("percent", Join(path, "percent"),
                    absl::StrCat(progress.percent(), " donné, attendu 0 à 100."),
                    absl::StrCat("got ", progress.percent(), ", want 0 to 100."));
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
  const auto held_on = CivilDate::Parse(meeting.held_on(), "held_on");
  if (!held_on.ok() || *held_on <= today) return absl::OkStatus();
  return FieldError("future-date", Join(path, "held_on"),
                    absl::StrCat("le ", FrenchDate(meeting.held_on()), " est dans l'avenir."),
                    absl::StrCat(EnglishDate(meeting.held_on()), " is in the future."));
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

absl::Status CheckFollowUpForm(const v1::Event& event, absl::string_view path, CivilDate today) {
  if (event.has_progress_reported()) return CheckProgress(event.progress_reported(), path);
  if (event.has_indicator_measured()) return CheckMeasurement(event.indicator_measured(), path);
  if (event.has_predecessor_linked()) return CheckPredecessor(event.predecessor_linked(), path);
  return CheckMeeting(event.meeting_recorded(), path, today);
}

}  // namespace greffe
