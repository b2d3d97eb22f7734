#include "client/cli/follow_args.h"

#include "client/cli/files.h"
#include "client/cli/parse.h"
#include "core/base/status_macros.h"

namespace greffe::cli {

void ProgressArgs::AddTo(Command& command) {
  command
      .Option("--state", "STATE", &state,
              {"not-started, in-progress, done, delayed, abandoned",
               "not-started, in-progress, done, delayed, abandoned"})
      .Number("--percent", &percent, {"Part faite, de 0 à 100", "Share done, 0 to 100"})
      .Option("--as-of", "DATE", &as_of, {"Jour décrit (aujourd'hui)", "Day described (today)"})
      .Option("--comment", "TEXT", &comment, {"Commentaire", "Comment"});
}

absl::Status ProgressArgs::Fill(v1::ProgressReported& out) const {
  if (!state.empty()) {
    ASSIGN_OR_RETURN(const v1::ProgressState parsed, ParseProgressState(state));
    out.set_state(parsed);
  }
  if (percent.has_value()) out.set_percent(*percent);
  if (!as_of.empty()) out.set_as_of(as_of);
  if (!comment.empty()) out.set_comment(comment);
  return absl::OkStatus();
}

void MeasurementArgs::AddTo(Command& command) {
  command
      .Option("--period", "PERIOD", &period,
              {"2024, 2024-T2 ou 2024-03", "2024, 2024-T2 or 2024-03"})
      .Option("--value", "VALUE", &value,
              {"Nombre à point, comme 12 ou 12.5", "Number with a point, such as 12 or 12.5"})
      .Option("--source", "TEXT", &source, {"D'où vient le nombre", "Where the number comes from"});
}

void MeasurementArgs::Fill(v1::IndicatorMeasured& out) const {
  if (!period.empty()) out.set_period(period);
  if (!value.empty()) out.set_value(value);
  if (!source.empty()) out.set_source(source);
}

void MeetingArgs::AddTo(Command& command) {
  command.Option("--held-on", "DATE", &held_on, {"Jour de la réunion", "Day of the meeting"})
      .List("--attendance", "TEXT", &attendance,
            {"Fonction ou organisation présente ; à répéter",
             "Office or organisation present; repeat"})
      .List("--decision", "TEXT", &decisions, {"Décision ; à répéter", "Decision; repeat"})
      .Option("--minutes", "FILE", &minutes,
              {"Le compte rendu ; seule son empreinte est gardée",
               "The minutes; only their digest is kept"})
      .Option("--minutes-digest", "HEX", &minutes_digest,
              {"Ou son SHA-256, 64 chiffres", "Or their SHA-256, 64 digits"});
}

absl::Status MeetingArgs::Fill(v1::MeetingRecorded& out) const {
  if (!held_on.empty()) out.set_held_on(held_on);
  if (!attendance.empty()) {
    out.mutable_attendance()->Assign(attendance.begin(), attendance.end());
  }
  if (!decisions.empty()) out.mutable_decisions()->Assign(decisions.begin(), decisions.end());
  std::string digest = minutes_digest;
  if (!minutes.empty()) {
    ASSIGN_OR_RETURN(digest, DigestOfFile(minutes, "--minutes"));
  }
  if (!digest.empty()) {
    ASSIGN_OR_RETURN(*out.mutable_minutes_digest(), ParseHex(digest, 32, "--minutes-digest"));
  }
  return absl::OkStatus();
}

void PredecessorArgs::AddTo(Command& command) {
  command
      .Option("--previous-title", "TEXT", &title,
              {"Titre de la convention précédente", "Title of the previous convention"})
      .Option("--previous-start", "DATE", &start,
              {"Son premier jour d'effet", "Its first day of effect"})
      .Option("--previous-end", "DATE", &end,
              {"Son dernier jour d'effet", "Its last day of effect"})
      .Option("--previous", "CONVENTION", &kept_as,
              {"Son identifiant, si Greffe la garde", "Its id, when Greffe keeps it"});
}

void PredecessorArgs::Fill(v1::Predecessor& out) const {
  if (!title.empty()) out.set_title(title);
  if (!start.empty()) out.set_start_date(start);
  if (!end.empty()) out.set_end_date(end);
  if (!kept_as.empty()) out.set_convention_id(kept_as);
  if (!source.empty()) out.set_source(source);
}

}  // namespace greffe::cli
