// What must be so of follow-up: the values shown, and those that two partners recorded apart.

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/scenarios/language.h"

namespace greffe::scenario {
namespace {

std::vector<v1::FollowUpValue> Values(const Answer& answer, const std::string& element,
                                      const std::string& period) {
  for (const v1::FollowUpView& one : answer.convention.follow_up()) {
    if (one.element_id() == element && one.period() == period) {
      return {one.values().begin(), one.values().end()};
    }
  }
  return {};
}

std::string Told(const std::vector<v1::FollowUpValue>& values) {
  return absl::StrJoin(values, " ; ", [](std::string* out, const v1::FollowUpValue& one) {
    absl::StrAppend(out, one.event().summary());
    if (one.has_measurement()) absl::StrAppend(out, " (", one.measurement().source(), ")");
  });
}

absl::Status Measured(const Answer& answer, const Words& words) {
  const auto values = Values(answer, "indicateur-1", words[2]);
  const bool right =
      values.size() == 1 && values[0].measurement().value() == words[1] &&
      (!words[3].matched || absl::StrContains(values[0].measurement().source(), words[3].str()));
  return Want(right, Told(values));
}

absl::Status MeasuredTwice(const Answer& answer, const Words& words) {
  const auto values = Values(answer, "indicateur-1", words[3]);
  std::vector<std::string> got;
  for (const v1::FollowUpValue& one : values) got.push_back(one.measurement().value());
  std::vector<std::string> want = {words[1], words[2]};
  std::sort(got.begin(), got.end());
  std::sort(want.begin(), want.end());
  return Want(got == want, Told(values));
}

absl::Status HasProgress(const Answer& answer, const Words& words) {
  const auto values = Values(answer, "action-1", "");
  const bool right =
      values.size() == 1 && values[0].progress().state() == ProgressIn(words[1]) &&
      (!words[2].matched || absl::StrCat(values[0].progress().percent()) == words[2].str());
  return Want(right, Told(values));
}

// The only minutes of that meeting; none when there are two, or no meeting.
v1::MeetingRecorded MeetingOf(const Answer& answer, const Words& words) {
  const auto values = Values(answer, BodyIn(words[1]), words[2]);
  return values.size() == 1 ? values[0].meeting() : v1::MeetingRecorded();
}

absl::Status HasAttended(const Answer& answer, const Words& words) {
  const v1::MeetingRecorded meeting = MeetingOf(answer, words);
  const auto& present = meeting.attendance();
  return Want(std::find(present.begin(), present.end(), words[3].str()) != present.end(),
              absl::StrCat("présents : ", absl::StrJoin(present, ", ")));
}

absl::Status HasDecided(const Answer& answer, const Words& words) {
  const std::string decisions = absl::StrJoin(MeetingOf(answer, words).decisions(), "\n");
  return Want(absl::StrContains(decisions, words[3].str()), decisions);
}

absl::Status HasConflicts(const Answer& answer, const Words& words) {
  const auto& conflicts = answer.conflicts.conflicts();
  const std::string wanted = words[1] == "aucun" ? "0" : words[1].str();
  return Want(absl::StrCat(conflicts.size()) == wanted,
              absl::StrJoin(conflicts, " ", [](std::string* out, const v1::ConflictView& one) {
                out->append(one.subject());
              }));
}

}  // namespace

const std::vector<Phrase>& FollowPhrases() {
  static const auto* const kPhrases = new std::vector<Phrase>{
      {"l'indicateur vaut {VALEUR} pour {PÉRIODE}(?:, d'après {TEXTE})?", Measured},
      {"l'indicateur vaut {VALEUR} ou {VALEUR} pour {PÉRIODE}", MeasuredTwice},
      {"l'indicateur n'est pas mesuré pour {PÉRIODE}",
       [](const Answer& answer, const Words& words) {
         const auto values = Values(answer, "indicateur-1", words[1]);
         return Want(values.empty(), Told(values));
       }},
      {"l'action est {AVANCEMENT}(?:, à {N} %)?", HasProgress},
      {"le {COMITÉ} s'est réuni le {DATE}",
       [](const Answer& answer, const Words& words) {
         return Want(MeetingOf(answer, words).held_on() == words[2].str(), "aucune réunion");
       }},
      {"la réunion du {COMITÉ} du {DATE} compte {TEXTE} parmi les présents", HasAttended},
      {"la réunion du {COMITÉ} du {DATE} décide {TEXTE}", HasDecided},
      {"(aucun|\\d+) conflits? à trancher", HasConflicts},
  };
  return *kPhrases;
}

}  // namespace greffe::scenario
