#ifndef GREFFE_CORE_CONVENTION_AUTHORITY_H_
#define GREFFE_CORE_CONVENTION_AUTHORITY_H_

#include <string>

#include "absl/status/status.h"
#include "core/convention/party_book.h"
#include "core/convention/state.h"
#include "core/rules/authority.h"
#include "greffe/v1/view.pb.h"

// How far a party has come on the way to its signature: the rules of core/rules/authority.h over
// the facts on record. Private to core/convention.
namespace greffe {

struct PartyAuthority {
  v1::AuthorityStage stage = v1::AUTHORITY_STAGE_UNSPECIFIED;
  // The vote that gives the mandate, else the last one on record; null when there is none.
  const DeliberationFact* vote = nullptr;
  // Of `vote`.
  rules::Executory executory;
  // For an avenant without a vote of its own: what a mandate given on a text it builds on says.
  v1::MandateCoverage coverage = v1::MANDATE_COVERAGE_UNSPECIFIED;
};

// `on`: the day on which the mandate is to be used. Of several votes on the revision, the one that
// was executory first. A vote binds to the text voted (L-11): votes on other revisions count only
// where their scope covers the avenant (L-34).
PartyAuthority AuthorityOf(const StateData& data, const PartyBook& book, RevisionNumber revision,
                           const std::string& partner, CivilDate on);

// The day from which a party that votes may sign, as proven; absent when it is not.
std::optional<CivilDate> MaySignFrom(const StateData& data, const PartyBook& book,
                                     RevisionNumber revision, const std::string& partner,
                                     CivilDate on);

// L-08: FAILED_PRECONDITION naming what is missing and what would lift it, where the party's
// assembly votes and its mandate is not executory before this moment.
absl::Status CheckMaySign(const StateData& data, RevisionNumber revision,
                          const std::string& partner, CivilDate today, rules::Minute now);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_AUTHORITY_H_
