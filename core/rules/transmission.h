#ifndef GREFFE_CORE_RULES_TRANSMISSION_H_
#define GREFFE_CORE_RULES_TRANSMISSION_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "core/rules/registry.h"

// What @ctes takes, by which acts go to the prefecture. Pure.
namespace greffe::rules {

// CHK-32: an object with characters that ISO-8859-1 lacks (« œ », « – », « € », the first twenty
// named, each once, in order), and one of more than 499 characters. `object` is UTF-8 of any
// length.
std::vector<Oddity> CheckTransmitted(absl::string_view object);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_TRANSMISSION_H_
