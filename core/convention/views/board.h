#ifndef GREFFE_CORE_CONVENTION_VIEWS_BOARD_H_
#define GREFFE_CORE_CONVENTION_VIEWS_BOARD_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/convention/checks/authority.h"
#include "core/convention/reading/event_teller.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/state.h"
#include "core/convention/text/conclude.h"
#include "core/rules/force.h"
#include "greffe/v1/convention_service.pb.h"
#include "greffe/v1/view.pb.h"

// The mandate board: per party the way from the sitting to the signature. Private to
// core/convention.
namespace greffe {

// Borrows all that it is given.
class Board final {
 public:
  // `revision` may be kNone: nothing is frozen yet. `today` is the day of the question, `over` the
  // end of the convention once it lies before (EndBefore). `book`: of the same state; `reading`:
  // that of the teller's book.
  Board(const StateData& data, const LifeBook& book, RevisionNumber revision, CivilDate today,
        const std::optional<rules::End>& over, const VoteReading& reading, EventTeller* teller);

  v1::PartyStanding Of(const std::string& partner);

  // Marks the steps of parties asked for before (PartyStanding.marks): those about whose records
  // one of the findings is serious, or says that who signed had no mandate yet (L-08).
  void Mark(std::span<const v1::Finding> findings, v1::StatusView* view) const;

 private:
  // A record on which a party's way rests.
  struct Link {
    std::string partner;
    bool vote = false;
  };

  void FillAuthority(const PartyAuthority& authority, v1::PartyStanding* out);
  void FillSignatures(const std::string& partner, v1::PartyStanding* out);
  // What the party has to do next, in both languages; empty when nothing.
  rules::Words NextStep(const PartyAuthority& authority, const v1::PartyStanding& party) const;
  // Where no mandate given covers the act; says which condition fails (L-34).
  rules::Words StepToVote(const PartyAuthority& authority) const;
  rules::Words StepToSign(const v1::PartyStanding& party) const;
  std::string Successor(const v1::PartyStanding& party) const;
  // What comes first where an office of the party refused to sign and did not sign since.
  rules::Words RefusalStep(const std::string& partner) const;
  // Of a concluded act whose vote its party says does not stand any more (L-58).
  rules::Words StepOnceStruck(const PartyAuthority& authority) const;
  // What comes before all else once another act was concluded on the same base (L-35).
  // Who proposed or froze the act takes it up again; the others wait for that.
  rules::Words RebaseStep(bool author) const;
  bool MayWithdraw(const std::string& partner) const;
  // « la CAF ou la commune », by name.
  rules::Words Withdrawers() const;
  // What comes before that once the act cannot have effect any more (L-36): who proposed or froze
  // it is waited for, to withdraw it, and nobody else is.
  void SayOver(v1::PartyStanding* party) const;
  // On which text a mandate was given that is not the one of the board.
  rules::Words GivenOn(const PartyAuthority& authority) const;
  rules::Words PaperStep(const v1::PartyStanding& party) const;

  const StateData& data_;
  const RevisionNumber revision_;
  const CivilDate today_;
  const MovedPlaces& moved_;
  EventTeller& teller_;
  Conclusion conclusion_;
  std::optional<Authorities> authorities_;
  // SigningPartners of the revision.
  std::map<std::string, std::string> signing_;
  // Acts concluded on the base of the revision since it was frozen; nobody signs it any more.
  std::vector<RevisionNumber> concluded_since_;
  // Why the act cannot have effect any more, the convention being over or over by then: nobody
  // signs it. Empty: it can.
  rules::Words over_;
  // Who may withdraw it: who proposed it, then who froze it if that is another.
  std::vector<std::string> withdrawers_;
  // The offices of the others do not sign (L-20).
  bool left_to_co_chairs_ = false;
  // By leaf in hex: what Mark goes by.
  std::multimap<std::string, Link> links_;
};

// True when a vote on record of the party gives the mandate for this revision.
bool IsMandated(const v1::PartyStanding& party);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_BOARD_H_
