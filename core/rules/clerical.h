#ifndef GREFFE_CORE_RULES_CLERICAL_H_
#define GREFFE_CORE_RULES_CLERICAL_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/rules/registry.h"

// What a clerical error cannot be. Pure.
namespace greffe::rules {

// L-30, and domain.md section 5.6: a correction has no effect on what was agreed (L-27). One that
// gives a duration or an amount other figures, or takes one of the days of the term away, changes
// the contract, and is an avenant. `before` and `after`: the text with and without the error;
// `days`: those of the term, as far as they are known.
std::optional<Oddity> CheckClerical(absl::string_view before, absl::string_view after,
                                    const std::vector<CivilDate>& days);
// The same of what is an avenant whatever it says: terms, parties, amounts of their own.
std::optional<Oddity> ClericalNever();

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_CLERICAL_H_
