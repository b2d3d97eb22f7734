#ifndef GREFFE_CORE_CONVENTION_MANDATE_H_
#define GREFFE_CORE_CONVENTION_MANDATE_H_

#include "greffe/v1/act.pb.h"

namespace greffe {

// True when an assembly said yes: it approves the text, authorises its signature (L-05), and has no
// more votes against than for. Only then is its party counted as having voted.
inline bool GivesMandate(const v1::Deliberation& vote) {
  return vote.approves_text() && vote.authorises_signature() &&
         vote.votes_against() <= vote.votes_for();
}

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_MANDATE_H_
