#ifndef GREFFE_CORE_RULES_VOTE_H_
#define GREFFE_CORE_RULES_VOTE_H_

#include <vector>

#include "core/rules/registry.h"
#include "greffe/v1/act.pb.h"

// Votes of assemblies: whether they add up, and whether they give a mandate. Pure.
namespace greffe::rules {

// L-05: true when the assembly approves the text, authorises its signature, and has no more votes
// against than for. Only then is its party counted as having voted.
bool GivesMandate(const v1::Deliberation& vote);

// L-06, CHK-10: more members there than in office; more votes than members there; a majority
// against. In this order.
std::vector<Oddity> CheckVote(const v1::Deliberation& vote);
// CHK-10: no more than half of the members in office present (proxies do not count).
std::vector<Oddity> CheckQuorum(const v1::Deliberation& vote);
// CHK-06: received, published or certified executory before the sitting; transmitted after receipt.
std::vector<Oddity> CheckOrderOfDates(const v1::Deliberation& vote);

// CHK-11: fewer than three clear days between convening and sitting; fewer than five, which are
// wanted from 3,500 inhabitants. Neither day counts.
std::vector<Oddity> CheckConvening(const v1::Deliberation& vote);

// « 30 pour + 1 contre + 1 abstention = 32 = 29 présents + 3 représentés, sur 35 en exercice ».
Words VoteArithmetic(const v1::Deliberation& vote);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_VOTE_H_
