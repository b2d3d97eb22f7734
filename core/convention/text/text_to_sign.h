#ifndef GREFFE_CORE_CONVENTION_TEXT_TEXT_TO_SIGN_H_
#define GREFFE_CORE_CONVENTION_TEXT_TEXT_TO_SIGN_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/convention/state/finding_cap.h"
#include "core/convention/state/same_text.h"
#include "core/convention/state/state.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// Whether a frozen text is still the one that its parties are to sign: not replaced by a later
// freeze of its act (L-11), nor overtaken by another act concluded on its base (L-35, CHK-23).
// Functions of the facts and of who had seen which, so that every replica says the same. Private to
// core/convention.
namespace greffe {

// The revision to sign in place of this one: the last of its act, valid and not withdrawn, that was
// frozen by somebody who knew this one. kNone when there is none, as for two frozen at the same
// time, each unaware of the other, and in an act that is concluded.
RevisionNumber ReplacedBy(const StateData& data, RevisionNumber revision);
// The same for many revisions: each act is read once. Borrows the state.
class Replacements final {
 public:
  explicit Replacements(const StateData& data) : data_(data) {}

  RevisionNumber Of(RevisionNumber revision);
  // The concluded text of its act when this one is not, and who wrote `fact` knew of that text's
  // freeze (L-11); else kNone.
  RevisionNumber ConcludedInstead(RevisionNumber revision, EventNumber fact);
  // SameTexts::Are.
  bool AreOneText(RevisionNumber one, RevisionNumber other);

 private:
  const StateData& data_;
  // Made when it is first asked for.
  std::optional<SameTexts> same_;
  // Of each act the revisions that are concluded.
  std::map<ActId, std::vector<RevisionNumber>> concluded_;
  // Of each act the freezes that may be the last one, in order; none where it is concluded.
  std::map<ActId, std::vector<EventNumber>> last_;
};

// Revisions of other acts concluded on the base of this one: neither builds on the other, and no
// act concluded since builds on both. By leaf. None for a text that builds on nothing.
std::vector<RevisionNumber> ConcludedBeside(const StateData& data, RevisionNumber revision);
// CHK-23 of those, by label: a text that is not concluded is taken up again; what two concluded
// acts say is settled by a further one.
std::vector<rules::Oddity> CheckBeside(const std::vector<std::string>& labels, bool concluded);

// FAILED_PRECONDITION naming the text to sign instead, or the acts concluded since and how to take
// this one up again. For commands alone.
absl::Status CheckStillToSign(const StateData& data, RevisionNumber revision);

// Adds what a text to be signed, or signed all the same, was overtaken by, and signatures given on
// a text that was replaced: by leaf, as many of each kind as are shown. Votes:
// DeliberationFindings.
void AddOvertakenFindings(const StateData& data, Replacements* replacements, FindingList* list);

// « révision 3f9a2c11d0ab, « avenant n° 2 » ».
rules::Words NameOfRevision(const StateData& data, RevisionNumber revision);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_TEXT_TO_SIGN_H_
