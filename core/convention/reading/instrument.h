#ifndef GREFFE_CORE_CONVENTION_READING_INSTRUMENT_H_
#define GREFFE_CORE_CONVENTION_READING_INSTRUMENT_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/convention/decide_common.h"
#include "core/convention/state/state.h"
#include "core/convention/text/amend.h"
#include "core/convention/text/amended_text.h"
#include "core/convention/text/text_in_making.h"
#include "core/rules/change_class.h"

// An act as an instrument: the text it starts from, what it changes, and of which class each change
// is. Private to core/convention.
namespace greffe {

struct Instrument {
  // Revisions that say the text it starts from.
  std::vector<RevisionNumber> foundation;
  AmendedText base;
  AmendedText after;
  // In reading order, what is taken out last.
  std::vector<AmendedElement> changes;
  Digest base_digest;
  // Of the text that consolidation gives, not of the operations.
  Digest consolidated_digest;
};

// Of a frozen revision: what its bases in effect on its day say, and these with it. Of a draft
// (`revision` kNone): what is concluded, and what its draft makes of that; of conflicting draft
// values one. Points into the state.
Instrument MakeInstrument(const StateData& data, const ActRef& act, RevisionNumber revision);

// The operations that a frozen revision is printed as (MakeOperations), without the rest of an
// instrument: of the text it starts from, what it changes alone is looked at.
std::vector<TextOperation> OperationsOf(const StateData& data, RevisionNumber revision);

// The text it starts from alone.
AmendedText BaseOf(const StateData& data, const ActId& act, RevisionNumber revision);

// What the clauses of a text leave to a committee (core/rules/change_class.h), in reading order.
std::vector<rules::Delegation> DelegationsIn(const AmendedText& text);
// The clause that wants avenants shown to a committee first, and its sentence (L-32).
struct ConsultationClause {
  std::string element_id;
  std::string quote;
};
std::optional<ConsultationClause> ConsultationIn(const AmendedText& text);

// One changed element and its class, from the text before and after the act. Borrows the
// delegations.
rules::Classified Classify(const AmendedText& base, const AmendedText& after,
                           const AmendedElement& change,
                           const std::vector<rules::Delegation>& delegations);

// CHK-25, CHK-26: what forbids an act of this kind a change of its draft, to have effect on that
// day; the element first.
struct ForbiddenChange {
  std::string element_id;
  rules::Oddity why;
};
std::vector<ForbiddenChange> ForbiddenChanges(const StateData& data, const ActRef& act,
                                              CivilDate from);
// The same of a committee decision that nobody opened yet: what makes `text` of what is concluded,
// by changing these elements.
std::vector<ForbiddenChange> ForbiddenChanges(const StateData& data, const TextInMaking& text,
                                              const std::set<std::string>& changed, CivilDate from);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_INSTRUMENT_H_
