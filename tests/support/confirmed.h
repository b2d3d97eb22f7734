#ifndef GREFFE_TESTS_SUPPORT_CONFIRMED_H_
#define GREFFE_TESTS_SUPPORT_CONFIRMED_H_

#include <utility>

#include "core/base/refusal.h"
#include "core/convention/decide.h"

namespace greffe::testing_support {

// The freeze as somebody sends it who looked at what it asks, and confirms it.
inline v1::FreezeActRequest Confirmed(const ConventionState& state, v1::FreezeActRequest freeze,
                                      const CommandContext& context) {
  freeze.set_confirmed(RefusalOf(Decide(state, freeze, context).status()).confirm);
  return freeze;
}

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_SUPPORT_CONFIRMED_H_
