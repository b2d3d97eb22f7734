#ifndef GREFFE_CORE_CONVENTION_READING_COMMITTEE_H_
#define GREFFE_CORE_CONVENTION_READING_COMMITTEE_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/convention/state/state.h"
#include "core/convention/text/amended_text.h"
#include "core/rules/change_class.h"
#include "core/rules/instrument.h"

// Which committee a clause speaks of, what it leaves to it, and whose offices decide for it.
// Private to core/convention.
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

// What leaves a matter to committees, and to whose offices.
struct CommitteeDecision {
  // Ids of the elements whose clauses leave them all of it (class B). None: it is an instrument as
  // any other, which every office of the text signs and assemblies vote (L-30).
  std::set<std::string> clauses;
  // L-20 (domain.md section 5.5, "committee decision"): partner ids of the parties whose offices
  // decide it, the co-chairs of the bodies to which the clauses leave each change; where a clause
  // names no body, of the steering committees. None: every office of the text decides.
  std::set<std::string> co_chairs;
};

// No clause where one change is not of class B by the text that the act builds on, where the clause
// that would allow it is deemed unwritten on the day of effect (L-40), where that text is read in
// two ways, where the act takes effect before what it builds on, and where its author had seen a
// text concluded that it does not build on. No co-chair where there is no clause, where a body
// names none or one that is no party with an office, and where they are not of both sides, the CAF
// and a local authority, by who holds their places (L-20, L-60).
//
// A function of the matter and of what lies behind its bases and the freeze alone, so that each
// replica judges a freeze alike. The words by which a clause delegates enter it: other words,
// another fold version.
CommitteeDecision JudgeDecision(const StateData& data, const CommitteeMatter& matter);
// The same of the draft of an act, frozen on these bases; no clause for any other kind of act.
CommitteeDecision JudgeDraftDecision(const StateData& data, const ActFacts& act,
                                     const std::vector<RevisionNumber>& bases, CivilDate from);

// What the clauses of a text leave to committees, without those of which the words are deemed
// unwritten on that day (UnwrittenBook), as the author of `seen_by` had seen it (L-40; kNone: as
// far as is on record). `foundation`: the revisions that make the text.
std::vector<rules::Delegation> DelegationsOn(const StateData& data, const AmendedText& text,
                                             const std::vector<RevisionNumber>& foundation,
                                             CivilDate on, EventNumber seen_by = kNone);

// L-40: a frozen decision of whose clause the words in force on its day of effect are on record as
// deemed unwritten (UnwrittenBook): what it changes was left to nobody. Its author may not have
// known. The element of the clause first.
struct UnwrittenClause {
  std::string element_id;
  rules::Oddity why;
};
std::optional<UnwrittenClause> FindUnwrittenClause(const StateData& data, RevisionNumber revision);
// Of every revision that is not taken back, without order.
std::vector<v1::Finding> UnwrittenClauseFindings(const StateData& data);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_COMMITTEE_H_
