#ifndef GREFFE_CORE_CONVENTION_DECIDE_DECIDE_LIFE_H_
#define GREFFE_CORE_CONVENTION_DECIDE_DECIDE_LIFE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/convention/decide.h"
#include "core/convention/reading/ending.h"
#include "core/convention/reading/life.h"
#include "core/rules/registry.h"

// Rooms of RecordFact. Private to core/convention.
namespace greffe {

// What a fact is judged against: the state, the text in force on the day of the command, the
// parties of the day of the fact, and the fact that it answers.
struct LifeInput {
  const StateData& data;
  const CommandContext& context;
  const ConsolidatedText& text;
  const LifeBook& book;
  const PartyRoll& roll;
  CivilDate day;
  // The thread of the fact answered; null when it answers none, or an act.
  const LifeLine* line = nullptr;
  // Its evidence is attached.
  bool proven = false;
};

// A rule that stops the command, as a refusal: "L-51 : …". `next` says what would lift it.
absl::Status Blocked(const rules::Oddity& odd, absl::string_view field, const rules::Words& next);
// What a rule of the convention refuses; OK with evidence attached, since it happened: it is then
// recorded, and found (architecture.md, "How data flows"). A refusal says that evidence lifts it.
// Never for a form that is wrong, nor for who may speak for a partner.
absl::Status UnlessProven(const LifeInput& in, const absl::Status& refused);
// The user's partner was a party on the day of the fact. FAILED_PRECONDITION otherwise.
absl::Status RequireParty(const LifeInput& in);

// The convention was not over on the day of the fact (L-54, L-55); FAILED_PRECONDITION naming its
// last day otherwise. `field`: what of the request cannot be.
absl::Status RequireNotOver(const LifeInput& in, absl::string_view field);

// Notices, denunciations, terminations.
absl::Status CheckEnding(const LifeInput& in, const v1::LifeRecorded& fact);
// What is said of the text: clerical errors, changes observed, clauses deemed unwritten.
absl::Status CheckWords(const LifeInput& in, const v1::LifeRecorded& fact);
// Everything else: evaluations, data, parties, corrections, disputes, comments.
absl::Status CheckOther(const LifeInput& in, const v1::LifeRecorded& fact);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_DECIDE_DECIDE_LIFE_H_
