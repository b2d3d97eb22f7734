#ifndef GREFFE_CORE_RULES_LIFE_H_
#define GREFFE_CORE_RULES_LIFE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/time.h"
#include "core/rules/registry.h"

// What happens to clauses and parties while a convention lives. Pure.
namespace greffe::rules {

// L-40: a clause is deemed unwritten from a day on, the start of the term unless the fact says
// otherwise (domain.md section 9.5); the rest of the text stands.
bool IsUnwritten(std::optional<CivilDate> effective_from, std::optional<CivilDate> term_first,
                 CivilDate on);

// L-40: what is done by a clause that is deemed unwritten, such as « article 12 », on that day.
// `ends`: it would end the convention; what only gives notice may still do so by the general law.
Oddity RestsOnUnwritten(const std::string& clause, bool ends);
// What is said of a period that such a clause would have given.
Words PeriodOfUnwritten(const std::string& clause, const Words& length);

// What becomes of the place of a party that is said to be succeeded.
enum class SucceededPlace : std::uint8_t {
  kTaken,
  // The successor is known by name alone.
  kByNameAlone,
  // Too few parties say so.
  kUnattested,
  // Another successor is given for the same day.
  kContested,
};

// L-60: a party succeeded by law goes on as its successor from that day; contracts run on and no
// avenant is needed. The sentence for that day, absent before it; of a place that nobody takes it
// says so, and `next` what is to be done.
struct PartySuccession {
  std::string before;
  std::string after;
  CivilDate on;
  SucceededPlace place = SucceededPlace::kTaken;
};
struct SuccessionSaid {
  Words text;
  Words next;
};
std::optional<SuccessionSaid> SuccessionNote(const PartySuccession& succession, CivilDate on);

// L-24, CHK-36: the holder of the data decides after the opinion of its data protection officer.
std::optional<Oddity> CheckMayDecideExchange(std::optional<CivilDate> opinion_on,
                                             CivilDate decided_on);

// L-24: an exchange that is accepted has its entry in the register of processing.
std::optional<Oddity> CheckExchangeRegistered(bool registered);
// L-24: the opinion does not bind the holder; an exchange accepted against it is found.
std::optional<Oddity> CheckAgainstOpinion(bool favourable, CivilDate given_on);

// L-57: where a case before the administrative court stands.
enum class Case : std::uint8_t { kPending, kOpenToAppeal, kClosed };
// `decision`: whether the court's last one on record is final; absent without one.
Case CaseOf(std::optional<bool> decision);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_LIFE_H_
