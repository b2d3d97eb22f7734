#include "core/rules/access.h"

#include <algorithm>

namespace greffe::rules {

bool MayDecide(std::span<const v1::Role> held, std::span<const v1::Role> wanted) {
  if (!IsOn(Rule::kGuests)) return true;
  return std::any_of(wanted.begin(), wanted.end(), [&](v1::Role role) {
    return std::find(held.begin(), held.end(), role) != held.end();
  });
}

bool MayRead(bool in_roster) { return in_roster || !IsOn(Rule::kSecrecy); }

}  // namespace greffe::rules
