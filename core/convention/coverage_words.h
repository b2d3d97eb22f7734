#ifndef GREFFE_CORE_CONVENTION_COVERAGE_WORDS_H_
#define GREFFE_CORE_CONVENTION_COVERAGE_WORDS_H_

#include "core/convention/authority.h"
#include "greffe/v1/instrument.pb.h"

namespace greffe {

// Says whether a party's mandate covers an act, why in both languages, and the sentence of the vote
// that says so (L-05, L-34). Private to core/convention; pure.
void SayCoverage(const PartyAuthority& authority, v1::PartyCoverage* out);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_COVERAGE_WORDS_H_
