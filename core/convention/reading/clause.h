#ifndef GREFFE_CORE_CONVENTION_READING_CLAUSE_H_
#define GREFFE_CORE_CONVENTION_READING_CLAUSE_H_

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/base/time.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "greffe/v1/life_service.pb.h"
#include "greffe/v1/view.pb.h"

// Which clause of the convention stands behind a refusal or a finding: « (article 9 – Durée : « …
// ») », by the article's role and the words of its sentence (core/rules/clause.h). Said where the
// text has such a clause, and nothing where it has none: the rule named is then the law's. The
// quote is French in both languages. Pure.
namespace greffe {

// The refusal with the clause of the text of that day behind it. Of a message that quotes the
// clause already, with the article in which it stands. A clause deemed unwritten (L-40) stands
// behind nothing. Errors are passed on; code, rule and payloads stay.
absl::Status CiteClause(const StateData& data, CivilDate on, const absl::Status& refused);

// The same for findings of a text, whole texts of at most limits::kFindingTextBytes: each clause is
// quoted once, by the first that rests on it, and named by the others.
void CiteClauses(const StateData& data, const ConsolidatedText& text, CivilDate on,
                 std::vector<v1::Finding>* findings);

// What is said, and by which rule.
struct SaidByRule {
  std::string rule;
  std::string said;
  friend auto operator<=>(const SaidByRule&, const SaidByRule&) = default;
};
// The clause of the text behind each, where it has one: the same that the two above say, in parts.
std::map<SaidByRule, v1::CitedClause> ClausesBehind(const StateData& data,
                                                    const ConsolidatedText& text, CivilDate on,
                                                    const std::set<SaidByRule>& all);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_CLAUSE_H_
