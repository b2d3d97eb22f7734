#ifndef GREFFE_CORE_RULES_CLEAR_DAYS_H_
#define GREFFE_CORE_RULES_CLEAR_DAYS_H_

#include <vector>

#include "core/rules/registry.h"
#include "greffe/v1/act.pb.h"

// How long before its sitting an assembly is convened. Pure.
namespace greffe::rules {

// CHK-11: an assembly convened later than its kind wants, as far as the record shows the kind.
// Clear days count neither the day of convening nor that of the sitting.
// - The council of a commune: three clear days (CGCT art. L. 2121-11), five from 3,500 inhabitants
//   (art. L. 2121-12). 27 members or more show such a commune, 23 or fewer a smaller one (art.
//   L. 2121-2); where neither shows, fewer than five are a note.
// - Of an EPCI, which a syndicat of communes is: five, whatever its size (art. L. 5211-1).
// - Of a syndicat mixte: five where it is « fermé » (art. L. 5711-1); of one that is « ouvert » its
//   statutes say, and nothing is found. Where neither shows, fewer than five are a note.
// - Of a département or région: the report on each matter goes out twelve days before (art.
//   L. 3121-19, L. 4132-18), which the law does not call clear. A note: that day is not on record.
// Nothing of a commission permanente, of which those articles do not speak.
std::vector<Oddity> CheckConvening(const v1::Deliberation& vote);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_CLEAR_DAYS_H_
