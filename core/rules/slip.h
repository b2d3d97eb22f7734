#ifndef GREFFE_CORE_RULES_SLIP_H_
#define GREFFE_CORE_RULES_SLIP_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "core/rules/registry.h"

// How little a clerical error changes of the words of a text. Pure.
namespace greffe::rules {

// True when `right` is `wrong` with other blanks at its ends, and no word of the text is joined to
// another or divided by that: nobody reads a difference.
bool ReadsTheSame(absl::string_view text, absl::string_view wrong, absl::string_view right);

// L-30, L-27 and domain.md section 5.6: a clerical error is a slip of the pen. Case, accents,
// punctuation and spacing are, and
//   a word of which at most one letter in five is another, missing, too many or changed places with
//   its neighbour; one letter of a shorter word;
//   one digit of a figure that keeps its length, or two that changed places;
//   an article or preposition (« le », « de », « à ») left out or too many, and a word written
//   twice.
// Never: another number in words, other marks of a figure (« 2,5 » and « 25 », « 30 % » and « 30
// »), a negation put in or taken out, letters put before a word that make another of it (« mensuel
// », « bimensuel »), any other word put in, taken out or replaced: another place, party or name is
// an avenant. Whether what is left has an effect, the party that attests it answers for. More than
// 32 words that differ in a row are no slip either.
std::optional<Oddity> CheckSlip(absl::string_view before, absl::string_view after);
// The same of `wrong` and `right` wherever `wrong` stands in the text, each with the whole of the
// words that it is a part of.
std::optional<Oddity> CheckSlipIn(absl::string_view text, absl::string_view wrong,
                                  absl::string_view right);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_SLIP_H_
