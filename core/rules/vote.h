#ifndef GREFFE_CORE_RULES_VOTE_H_
#define GREFFE_CORE_RULES_VOTE_H_

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/rules/receipt.h"
#include "core/rules/registry.h"
#include "greffe/v1/act.pb.h"

// Votes of assemblies: whether they add up, and whether they give a mandate. Pure.
namespace greffe::rules {

// L-06, CGCT art. L. 2121-20: more votes for than against; as many, when somebody voted for and the
// casting vote of whoever presides is for. A record without any votes says nothing against it.
bool IsCarried(const v1::Deliberation& vote);
// As many for as against, and no casting vote on record.
bool IsUndecidedTie(const v1::Deliberation& vote);
// L-05: true when the assembly approves the text, authorises its signature, and carries it. Only
// then is its party counted as having voted.
bool GivesMandate(const v1::Deliberation& vote);

// L-06, CHK-10: figures that cannot be (more members present, or there, than in office; more
// proxies than members present, of whom each holds one at most; more votes than members there),
// then a vote that is not carried. In this order.
std::vector<Oddity> CheckVote(const v1::Deliberation& vote);
// CHK-33 (VOTE_REEL, domain.md section 7.2), CHK-10: fewer votes and abstentions than members
// there.
std::vector<Oddity> CheckScdlFigures(const v1::Deliberation& vote);
// CHK-10, CGCT art. L. 2121-17: no more than half of the members in office present (proxies do not
// count); serious where they were counted. Nothing where the remark says that the assembly had been
// convened a second time (OnSecondConvening), which takes no quorum.
std::vector<Oddity> CheckQuorum(const v1::Deliberation& vote);
// CHK-06: received, published or certified executory before the sitting, where that has a day;
// transmitted after receipt.
std::vector<Oddity> CheckOrderOfDates(const v1::Deliberation& vote);

// What in the record cannot have been, or proves nothing: figures (L-06, CHK-33) before dates
// (CHK-06), the receipt of another party or day (CHK-04, CHK-05); absent when it holds together. No
// mandate rests on such a record until somebody corrects it: nobody can tell which of its figures
// is wrong, nor what the assembly decided. A vote without quorum (CHK-10) is irregular, which the
// figures say clearly; it stands until somebody annuls it (L-58).
std::optional<Oddity> FirstContradiction(const v1::Deliberation& vote, const ReceiptOwner& owner);
// Of these, what makes its dates of publication and receipt worth nothing (CHK-04 to CHK-06).
std::optional<Oddity> FirstContradictionOfDates(const v1::Deliberation& vote,
                                                const ReceiptOwner& owner);

// « 30 pour + 1 contre + 1 abstention = 32 = 29 présents + 3 représentés, sur 35 en exercice »;
// where as many are for as against, what the casting vote says.
Words VoteArithmetic(const v1::Deliberation& vote);

// L-11, CHK-20: a vote on a frozen text that another one replaced, `current` for people; absent:
// the vote is on the text to sign.
std::optional<Oddity> CheckVotedText(const std::optional<Words>& current);
// A vote on a text: whose, and on which day.
struct DatedVote {
  std::string who;
  CivilDate sitting_on;
};
// L-11: of votes on one text, those of a sitting before the day on which it was first frozen, told
// together: one that was voted before it was entered here has one for each party. Of a single one
// the field is said.
std::optional<Oddity> CheckVotesAfterText(std::vector<DatedVote> votes, CivilDate frozen_on);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_VOTE_H_
