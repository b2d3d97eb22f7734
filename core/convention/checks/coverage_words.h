#ifndef GREFFE_CORE_CONVENTION_CHECKS_COVERAGE_WORDS_H_
#define GREFFE_CORE_CONVENTION_CHECKS_COVERAGE_WORDS_H_

#include "core/convention/checks/authority.h"
#include "core/convention/text/party_book.h"
#include "core/rules/authority.h"
#include "core/rules/registry.h"
#include "greffe/v1/instrument.pb.h"

namespace greffe {

// What the words of coverage are said of, and by which names. Private to core/convention; pure.
struct CoveredAct {
  // Partner that proposes it, and the day on which the mandate is to be used.
  rules::Avenant avenant;
  // Borrowed.
  const PartyBook& book;
};

// Says whether a party's mandate covers an act, why in both languages, and the sentence of the vote
// that says so (L-05, L-34).
void SayCoverage(const PartyAuthority& authority, const CoveredAct& act, v1::PartyCoverage* out);
// « il a pris fin le 31 décembre 2025 »: each condition of the mandate given that the act does not
// meet. Empty without a mandate.
rules::Words WhyNotCovered(const PartyAuthority& authority, const CoveredAct& act);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_COVERAGE_WORDS_H_
