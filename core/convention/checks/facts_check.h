#ifndef GREFFE_CORE_CONVENTION_CHECKS_FACTS_CHECK_H_
#define GREFFE_CORE_CONVENTION_CHECKS_FACTS_CHECK_H_

#include <set>
#include <string>
#include <vector>

#include "core/convention/checks/authority.h"
#include "core/convention/state/finding_cap.h"
#include "core/convention/state/state.h"
#include "core/convention/text/party_book.h"
#include "core/convention/text/text_to_sign.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// What people should look at in facts that were recorded: found when read, never stored, never a
// reason to refuse. Private to core/convention.
namespace greffe {

// Figures that do not add up (L-06), decisions not taken (L-05), dates out of order, receipt or
// publication missing (L-07), a mandate whose limits cannot be or whose sentence is not on record
// (L-09, L-34), a vote where none was to be held, or on a text that was replaced
// (L-11).
std::vector<v1::Finding> DeliberationFindings(const StateData& data, const PartyBook& book,
                                              const DeliberationFact& fact,
                                              Replacements* replacements);
// Findings of the convention: the stored ones that are shown (StoredFindings), those above,
// signatures before the deliberation was executory (L-08), refusals after a signature, withdrawals
// that a signatory had not seen; sorted by (leaf, code, text). `reading`: by `book`.
FindingList AllFindings(const StateData& data, const PartyBook& book, const VoteReading& reading);
// Of these, those about one signature on record, at the cost of its own revision.
std::vector<v1::Finding> SignatureFindings(const StateData& data, const PartyBook& book,
                                           const VoteReading& reading, SignatureNumber signature);

// « conseil municipal, séance du 12 mars 2025, 35 pour, 0 contre, 2 abstentions »; « votes non
// connus » where the members in office are not.
rules::Words DeliberationText(const v1::Deliberation& deliberation);
// The current deliberations of that partner on that revision.
rules::Words CurrentDeliberations(const StateData& data, const v1::Deliberation& like);
// Deliberations of a revision that stand, in order.
std::vector<const DeliberationFact*> StandingDeliberations(const StateData& data,
                                                           RevisionNumber revision);
// A record of a deliberation and all that it corrects: what is said of one of them is said of it.
std::set<EventNumber> RecordsOf(const StateData& data, const DeliberationFact& fact);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_FACTS_CHECK_H_
