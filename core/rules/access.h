#ifndef GREFFE_CORE_RULES_ACCESS_H_
#define GREFFE_CORE_RULES_ACCESS_H_

#include <span>

#include "core/rules/registry.h"
#include "greffe/v1/admin_service.pb.h"

// Who reads a convention, and who does something in it. Pure.
namespace greffe::rules {

// L-22: who holds one of the roles that a command wants does it. Guests and readers hold none: they
// are heard, and decide nothing.
bool MayDecide(std::span<const v1::Role> held, std::span<const v1::Role> wanted);

// L-25: who is a partner in the roster of a convention reads it, and nobody else. No day is asked:
// secrecy holds after the end as it did before.
bool MayRead(bool in_roster);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_ACCESS_H_
