#ifndef GREFFE_CORE_RULES_RECEIPT_H_
#define GREFFE_CORE_RULES_RECEIPT_H_

#include <map>
#include <string>
#include <vector>

#include "core/rules/registry.h"
#include "greffe/v1/act.pb.h"

// The identifier that the prefecture's receipt bears, beside the vote that it is a receipt of.
// Pure.
namespace greffe::rules {

// Whose vote it is; empty where the text does not say.
struct ReceiptOwner {
  std::string siren;
  // INSEE code of a commune, which begins with its département.
  std::string insee;
  // Where texts name no SIREN of it: parties by the SIREN that they name of these. May be null; the
  // caller's.
  const std::map<std::string, std::string>* others = nullptr;
};

// CHK-03: it has not the form of @ctes, or its date, number or nature is none; a warning where it
// does not even begin like one, since a receipt given on paper bears another number. CHK-04:
// another organisation's, or of another département; of a party without SIREN, that of another
// party. CHK-05: dated another day than the sitting. In this order; nothing without an identifier.
std::vector<Oddity> CheckActesId(const v1::Deliberation& vote, const ReceiptOwner& owner);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_RECEIPT_H_
