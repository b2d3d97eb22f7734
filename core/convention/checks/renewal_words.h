#ifndef GREFFE_CORE_CONVENTION_CHECKS_RENEWAL_WORDS_H_
#define GREFFE_CORE_CONVENTION_CHECKS_RENEWAL_WORDS_H_

#include "core/convention/checks/renewal.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/state.h"

// What is said of the conventions that renew one. Private to core/convention.
namespace greffe {

// How a convention is followed, as links on record say and as was read of what they name.
struct RenewalRead {
  // The link of which the rest speaks: the first that renews the convention, else the last one
  // concluded, else the last. Null: none stands.
  const LifeFact* link = nullptr;
  // Of that link; null where it was not compared.
  const SuccessorFacts* next = nullptr;
  // L-55: a convention concluded until the day of the question has effect on the day after the end.
  bool renewed = false;
};
RenewalRead ReadRenewal(const StateData& data, const LifeBook& book, const Successors* successors,
                        CivilDate last_day, CivilDate today);

// « « CTG 2028-2030 », conclue le 4 octobre 2027, a effet du … au … ». For one with `next`.
rules::Words SayNext(const SuccessorFacts& next);
// « la convention suivante n'a pas été comparée : … », and why.
rules::Words SayNotCompared(const Successors* successors);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_RENEWAL_WORDS_H_
