// What is followed up: progress of the action, values of its indicator, meetings of bodies, and how
// such records are corrected and settled.

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "core/base/status_macros.h"
#include "core/convention/decide.h"
#include "tests/scenarios/language.h"

namespace greffe::scenario {
namespace {

constexpr char kAction[] = "action-1";
constexpr char kIndicator[] = "indicateur-1";

// The values of one subject that this replica shows today.
absl::StatusOr<v1::FollowUpView> Shown(World& world, Who who, const std::string& element,
                                       const std::string& period) {
  ASSIGN_OR_RETURN(const Known known, world.At(who, world.today(), world.today()));
  ASSIGN_OR_RETURN(const v1::ConventionView view, ViewConvention(known, ""));
  for (const v1::FollowUpView& one : view.follow_up()) {
    if (one.element_id() == element && one.period() == period) return one;
  }
  return absl::InvalidArgumentError("rien n'est enregistré");
}

v1::IndicatorMeasured Measure(const std::string& value, const std::string& period,
                              const std::string& source) {
  v1::IndicatorMeasured out;
  out.set_element_id(kIndicator);
  out.set_value(value);
  out.set_period(period);
  out.set_source(source);
  return out;
}

absl::Status RecordValue(World& world, const Words& words) {
  v1::RecordMeasurementRequest request;
  *request.mutable_measurement() = Measure(words[2], words[3], words[4]);
  return world.Do(WhoIn(words[1]), request);
}

// The leaf of the value that says this.
absl::StatusOr<std::string> LeafOf(World& world, Who who, const std::string& value,
                                   const std::string& period) {
  ASSIGN_OR_RETURN(const v1::FollowUpView shown, Shown(world, who, kIndicator, period));
  for (const v1::FollowUpValue& one : shown.values()) {
    if (one.measurement().value() == value) return one.event().leaf();
  }
  return absl::InvalidArgumentError("aucune valeur enregistrée ne dit " + value);
}

absl::Status CorrectValue(World& world, const Words& words) {
  const Who who = WhoIn(words[1]);
  v1::CorrectFactRequest request;
  ASSIGN_OR_RETURN(*request.mutable_fact(), LeafOf(world, who, words[4], words[2]));
  *request.mutable_measurement() = Measure(words[3], words[2], "");
  request.set_reason(words[5]);
  return world.Do(who, request);
}

absl::Status SettleValue(World& world, const Words& words) {
  const Who who = WhoIn(words[1]);
  ASSIGN_OR_RETURN(const Known known, world.At(who, world.today(), world.today()));
  ASSIGN_OR_RETURN(const v1::ConflictsView conflicts, ViewConflicts(known));
  for (const v1::ConflictView& one : conflicts.conflicts()) {
    if (one.element_id() != kIndicator) continue;
    v1::SettleConflictRequest request;
    request.set_conflict_id(one.conflict_id());
    ASSIGN_OR_RETURN(*request.mutable_keep(), LeafOf(world, who, words[2], words[3]));
    return world.Do(who, request);
  }
  return absl::InvalidArgumentError("aucun conflit sur l'indicateur");
}

absl::Status ReportProgress(World& world, const Words& words) {
  v1::ReportProgressRequest request;
  v1::ProgressReported& progress = *request.mutable_progress();
  progress.set_element_id(kAction);
  progress.set_state(ProgressIn(words[2]));
  progress.set_as_of(world.today().ToString());
  std::uint32_t percent = 0;
  if (absl::SimpleAtoi(words[3].str(), &percent)) progress.set_percent(percent);
  return world.Do(WhoIn(words[1]), request);
}

// « la Maire, la Présidente de la CAF » are two of them.
v1::MeetingRecorded Meeting(const std::string& body, const std::string& day,
                            const std::string& present, const std::string& decision) {
  v1::MeetingRecorded out;
  out.set_element_id(BodyIn(body));
  out.set_held_on(day);
  for (const absl::string_view one : absl::StrSplit(present, ", ")) {
    out.add_attendance(std::string(one));
  }
  out.add_decisions(decision);
  return out;
}

absl::Status RecordMeeting(World& world, const Words& words) {
  v1::RecordMeetingRequest request;
  *request.mutable_meeting() = Meeting(words[2], words[3], words[4], words[5]);
  return world.Do(WhoIn(words[1]), request);
}

absl::Status CorrectMeeting(World& world, const Words& words) {
  const Who who = WhoIn(words[1]);
  ASSIGN_OR_RETURN(const v1::FollowUpView shown, Shown(world, who, BodyIn(words[2]), words[3]));
  v1::CorrectFactRequest request;
  request.set_fact(shown.values(0).event().leaf());
  *request.mutable_meeting() = Meeting(words[2], words[3], words[4], words[5]);
  request.set_reason(words[6]);
  return world.Do(who, request);
}

}  // namespace

const std::vector<Sentence>& FollowSteps() {
  static const auto* const kSteps = new std::vector<Sentence>{
      {"{QUI} mesure l'indicateur : {VALEUR} pour {PÉRIODE}, d'après {TEXTE}", RecordValue},
      {"{QUI} corrige la mesure de {PÉRIODE} : {VALEUR} au lieu de {VALEUR}, {TEXTE}",
       CorrectValue},
      {"{QUI} retient la mesure {VALEUR} pour {PÉRIODE}", SettleValue},
      {"{QUI} note l'action {AVANCEMENT}(?:, à {N} %)?", ReportProgress},
      {"{QUI} enregistre la réunion du {COMITÉ} du {DATE}, en présence de {TEXTE}, qui décide "
       "{TEXTE}",
       RecordMeeting},
      {"{QUI} corrige la réunion du {COMITÉ} du {DATE}, en présence de {TEXTE}, qui décide "
       "{TEXTE}, "
       "{TEXTE}",
       CorrectMeeting},
  };
  return *kSteps;
}

}  // namespace greffe::scenario
