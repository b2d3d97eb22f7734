#ifndef GREFFE_CORE_CONVENTION_COMMITTEE_H_
#define GREFFE_CORE_CONVENTION_COMMITTEE_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/convention/amended_text.h"
#include "core/convention/state.h"
#include "core/rules/instrument.h"

// Which committee a clause speaks of, and whose offices decide for it. Private to core/convention.
namespace greffe {

// The bodies of a text that fit a sentence best: by name, by kind, or, where it names none that the
// text has, all of them. The body in whose own words the sentence stands fits by kind at least.
struct FittingBodies {
  rules::CommitteeFit fit = rules::CommitteeFit::kNotNamed;
  // By id. Borrowed from the text.
  std::vector<const v1::Element*> bodies;
};
FittingBodies BodiesThatFit(const AmendedText& text, absl::string_view quote,
                            absl::string_view clause_id);

// What an act is about to change, or changes, as its freeze says it.
struct CommitteeMatter {
  // The draft changes that make its text.
  std::vector<const DraftChange*> content;
  // Revisions that it builds on.
  std::vector<RevisionNumber> bases;
  CivilDate effective_from;
  // The freeze in whose past it is judged; kNone: all that is on record.
  EventNumber seen_by = kNone;
};

// L-20 (domain.md section 5.5, "committee decision"): partner ids of the parties whose offices
// decide it, the co-chairs of the bodies to which the clauses quoted leave each change (class B);
// where a clause names no body, of the steering committees.
//
// Empty: every office of the text decides. So it is where one change is not of class B by the text
// that the act builds on, where a body names no co-chair or one that is no party with an office,
// where there is one co-chair in all (L-20: one of either side), where that text is read in two
// ways, where the act takes effect before what it builds on, and where its author had seen a text
// concluded that it does not build on.
//
// A function of the matter and of what lies behind its bases and the freeze alone, so that each
// replica judges a freeze alike. The words by which a clause delegates enter it: other words,
// another fold version.
std::set<std::string> CommitteeDeciders(const StateData& data, const CommitteeMatter& matter);
// The same of the draft of an act, frozen on these bases; empty for any other kind of act, and
// where a clause quoted is deemed unwritten on the day of effect, as far as is on record here
// (L-40): what Greffe proposes, where other replicas may not know of it yet.
std::set<std::string> DecidersOfDraft(const StateData& data, const ActFacts& act,
                                      const std::vector<RevisionNumber>& bases, CivilDate from);
// True for a valid freeze of a committee decision that is not for every office of the text to sign:
// its co-chairs decide.
bool LeftToCoChairs(const StateData& data, RevisionNumber revision);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_COMMITTEE_H_
