#ifndef GREFFE_CORE_CONVENTION_CHECKS_LIFE_CHECK_H_
#define GREFFE_CORE_CONVENTION_CHECKS_LIFE_CHECK_H_

#include <vector>

#include "core/convention/reading/life.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/party_book.h"
#include "greffe/v1/view.pb.h"

// What people should look at in facts of life that were recorded: found when read, never stored,
// never a reason to refuse. Private to core/convention.
namespace greffe {

struct Successors;

inline constexpr char kDeemedUnwritten[] = "deemed-unwritten";
// A partner holds a place by law since a day (L-60).
inline constexpr char kPartySucceeded[] = "party-succeeded";

// Notices before the conclusion (L-13), without proof (CHK-30) or standing (CHK-29), denunciations
// that change nothing (CHK-31) or are to be qualified (L-53), terminations that do not hold (L-50
// to L-52) or end for more than two parties, changes observed without an avenant that end nothing
// yet (CHK-25), who holds whose place by law, successions that give nobody a place, and parties
// that act after one (L-60), decisions on data before the opinion (CHK-36), evaluations of years
// that are not over or validated by a body that the text does not charge with it (L-23), renewals
// that leave a gap or overlap, by the days of the convention that follows where it was read and is
// concluded, else by those of the link (L-56); on the day `on`, clauses deemed unwritten (L-40).
// `text` is the one in force on `on`. Sorted by (leaf, code). `successors`: Known::successors.
std::vector<v1::Finding> LifeFindings(const StateData& data, const PartyBook& names,
                                      const LifeBook& book, const ConsolidatedText& text,
                                      CivilDate on, const Successors* successors = nullptr);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_LIFE_CHECK_H_
