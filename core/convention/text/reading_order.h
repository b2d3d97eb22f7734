#ifndef GREFFE_CORE_CONVENTION_TEXT_READING_ORDER_H_
#define GREFFE_CORE_CONVENTION_TEXT_READING_ORDER_H_

#include <set>
#include <string>
#include <vector>

#include "core/convention/text/amend.h"

// The order of an avenant's operations for who reads them one after the other. Private to
// core/convention; pure.
namespace greffe {

// What is taken out before anything else: what bears a number that is given anew. Not what holds
// something that stays, which has to have its new place first.
std::set<std::string> TakenOutFirst(const AmendedText& base,
                                    const std::vector<AmendedElement>& changes,
                                    const std::set<std::string>& removed);

// No number is given while another element bears it: who bears it and gives it up comes first. Else
// as given.
std::vector<AmendedElement> InReadingOrder(const AmendedText& base,
                                           const std::vector<AmendedElement>& given);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_READING_ORDER_H_
