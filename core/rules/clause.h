#ifndef GREFFE_CORE_RULES_CLAUSE_H_
#define GREFFE_CORE_RULES_CLAUSE_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "greffe/v1/element.pb.h"

// What the convention itself says on the subject of a rule: whoever is refused is told which clause
// stands behind it, in its own words. Words only: no rule decides by them. Pure.
namespace greffe::rules {

// How a clause on the subject of a rule is known.
struct ClauseWords {
  // Ids of the rules, parted by '|'.
  absl::string_view rules;
  // Of the article that provides for it, whatever its title (L-27).
  v1::ClauseRole role;
  // Alternatives as HasWord takes them: the sentence has one of each.
  std::vector<absl::string_view> words;
  // Of one case of the rule alone: alternatives of which what is said by it has one, « évaluation
  // annuelle ». Empty: of every case.
  absl::string_view about = {};
};

// The rows of core/rules/lexicon/clauses.inc.
std::span<const ClauseWords> Clauses();
// Those for a rule and what is said by it, the best first; none for an id, such as "L-07", on which
// the law alone speaks. Live as long as the program.
std::vector<const ClauseWords*> ClausesFor(absl::string_view rule, absl::string_view said);

// The first sentence of an article that says it, at most 400 bytes and an ellipsis. A few words
// alone are the title of a paragraph, and say nothing. In time linear in the text.
std::optional<std::string> SentenceOn(const ClauseWords& clause, absl::string_view body);

// Of the passages that a message quotes, « … » in French, those that may be sentences of a clause;
// at most eight.
std::vector<absl::string_view> QuotedIn(absl::string_view message);
// True when one of the sentences of the text is quoted, whole or its beginning with an ellipsis.
bool HasSentence(absl::string_view body, std::span<const absl::string_view> quotes);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_CLAUSE_H_
