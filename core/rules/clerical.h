#ifndef GREFFE_CORE_RULES_CLERICAL_H_
#define GREFFE_CORE_RULES_CLERICAL_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/rules/registry.h"
#include "greffe/v1/element.pb.h"

// What a clause provides whatever it is called, and what a clerical error in it cannot be. Pure.
namespace greffe::rules {

// L-27: whether a clause provides this. What it provides decides, as the parties recorded it, never
// its number or title.
bool Provides(const v1::Article& clause, v1::ClauseRole role);

// L-27: whether the word of `partner` attests a correction by `author`: that of another party does.
bool Attests(absl::string_view author, absl::string_view partner);

// L-30, and domain.md section 5.6: a correction has no effect on what was agreed (L-27). One that
// gives a duration other figures, changes a word beside a word of money (amount.h), whatever it is,
// or takes one of the days of the term away, changes the contract, and is an avenant. `before` and
// `after`: the text with and without the error; `days`: those of the term, as far as they are
// known.
std::optional<Oddity> CheckClerical(absl::string_view before, absl::string_view after,
                                    const std::vector<CivilDate>& days);
// The same of what is an avenant whatever it says: terms, parties, amounts of their own.
std::optional<Oddity> ClericalNever();

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_CLERICAL_H_
