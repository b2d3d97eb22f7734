#ifndef GREFFE_CORE_RULES_SIGNING_H_
#define GREFFE_CORE_RULES_SIGNING_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/rules/registry.h"
#include "greffe/v1/act.pb.h"

// Who signs for a party, and for whom. Pure.
namespace greffe::rules {

// L-02: a text in which no party has an office that signs. `offices`: of all its parties.
std::optional<Oddity> CheckSomebodySigns(std::size_t offices);

// L-02, L-13: a party of the text for which no office signs: the convention is concluded without
// it. An associate may be meant; serious where the text says that its assembly votes.
std::optional<Oddity> CheckPartySigns(std::size_t offices, bool deliberates);

// L-03: the signatures that a revision needs, each as the places in `signatories` of those who may
// give it: one place where each of a party's offices must sign, all of a party's where one is
// enough. In the order of their first places.
std::vector<std::vector<std::size_t>> SigningGroups(std::span<const v1::Signatory> signatories);

// L-12: signatures given apart, each on an original of its own, hold together: an act that needs
// `needed` of them is one act once each of these is given. `given`: how many of them are.
bool MakeOneAct(std::size_t given, std::size_t needed);

// Who signs for whom (L-04): the office, and the capacity of who signed for it; empty: its holder.
struct Behalf {
  absl::string_view office;
  absl::string_view capacity;
  // The signature names a delegation. A paper may say that a deputy signed and not by which.
  bool delegated = false;
};
// « pour le maire, par délégation : première adjointe », « pour le maire : première adjointe »; the
// capacity in both languages as written. Empty for the holder.
Words OnBehalf(const Behalf& behalf);

// L-04: a delegation to sign, as it is on record.
struct DelegationOnRecord {
  std::string office_id;
  std::string capacity;
  // First and last day; absent: open.
  std::optional<CivilDate> from;
  std::optional<CivilDate> until;
};
struct DelegatedSignature {
  std::string office_id;
  std::string capacity;
  CivilDate signed_on;
  // As people call it; empty: by its id.
  std::string office = {};
};
// Another office, another capacity, a day outside it. In this order.
std::vector<Oddity> CheckDelegation(const DelegationOnRecord& delegation,
                                    const DelegatedSignature& signature);
// None of these delegations allows the signature; nothing for one without a capacity, which is the
// holder's own.
std::optional<Oddity> CheckCapacity(std::span<const DelegationOnRecord> on_record,
                                    const DelegatedSignature& signature);
// Of a signature that a delegation allowed when it was given: none of those that are on record by
// now does, as where it was said since that it had ended before that day.
std::optional<Oddity> CheckCapacityStill(std::span<const DelegationOnRecord> by_now,
                                         const DelegatedSignature& signature);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_SIGNING_H_
