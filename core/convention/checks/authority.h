#ifndef GREFFE_CORE_CONVENTION_CHECKS_AUTHORITY_H_
#define GREFFE_CORE_CONVENTION_CHECKS_AUTHORITY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "core/convention/state/same_text.h"
#include "core/convention/state/state.h"
#include "core/convention/text/party_book.h"
#include "core/convention/text/succession.h"
#include "core/rules/authority.h"
#include "greffe/v1/view.pb.h"

// How far a party has come on the way to its signature: the rules of core/rules/authority.h over
// the facts on record. Private to core/convention.
namespace greffe {

// What became of a vote, by its own party's word (L-58).
struct Strike {
  v1::ChallengeKind kind = v1::CHALLENGE_KIND_UNSPECIFIED;
  CivilDate on;
};
// « annulée le 12 mars 2025 », of a délibération.
rules::Words StrikeWords(const Strike& strike);

struct PartyAuthority {
  v1::AuthorityStage stage = v1::AUTHORITY_STAGE_UNSPECIFIED;
  // The vote that gives the mandate, else the last one on record; null when there is none.
  const DeliberationFact* vote = nullptr;
  // Of `vote`.
  rules::Executory executory;
  // The vote is withdrawn, suspended or annulled: it gives no mandate (L-58).
  std::optional<Strike> struck;
  // What in the record of `vote` cannot have been: it gives no mandate until it is corrected.
  std::optional<rules::Oddity> contradiction;
  // The last vote of the party on the same text that gives no mandate, where `vote` gave one before
  // it and none was given since: nobody signs until people say which holds.
  const DeliberationFact* contrary = nullptr;
  // Names of those whose assemblies gave `vote` and `contrary`, where they are two (L-60).
  std::string voter;
  std::string contrary_voter;
  // The revision that `vote` was given on; kNone without one.
  RevisionNumber voted_on = kNone;
  // For an avenant without a vote of its own: what a mandate given on a text it builds on says.
  v1::MandateCoverage coverage = v1::MANDATE_COVERAGE_UNSPECIFIED;
};

// « séance du 9 novembre, 30 pour, 0 contre ; séance du 16 novembre, 5 pour, 25 contre »: the vote
// and its contrary. Of two assemblies, each with the name of its party.
rules::Words DisagreeingVotes(const PartyAuthority& authority);
// The command lines that lift that: of the record of the later of the two, which takes the mandate
// away, a correction, or what became of it.
std::string CommandToCorrect(const StateData& data, const PartyAuthority& authority);
std::string CommandToChallenge(const StateData& data, const PartyAuthority& authority);

// Why nobody may sign on the authority, short of executory: « la délibération enregistrée
// n'autorise pas sa signature (L-05). », « aucune délibération sur ce texte n'est enregistrée. »
rules::Words WhyNoBasis(const StateData& data, const PartyAuthority& authority);

// Records of votes that their own party says do not stand.
enum class Struck : std::uint8_t {
  // Withdrawn or annulled: the act is gone.
  kForGood,
  // Or suspended: it gives no mandate meanwhile (L-58).
  kOrSuspended,
};
std::set<EventNumber> StruckVotes(const StateData& data, Struck how);
// The same with what became of each: of several words on one record the gravest, then the first.
std::map<EventNumber, Strike> FindStrikes(const StateData& data, Struck how);
// « n'approuve pas le texte », « n'autorise pas sa signature », or both: what a vote that gives no
// mandate leaves out.
rules::Words WhatIsNotVoted(const v1::Deliberation& vote);

// Revisions on which an assembly voted a mandate that says that it holds for avenants (L-09), by
// leaf.
std::vector<RevisionNumber> VotedForAvenants(const StateData& data);

// The votes on every revision as they are judged. Those of one revision are read once, when they
// are first asked for: each avenant of a chain looks at the votes on all that it builds on. Made
// once for all that a request asks. Borrows all that it is given; one thread.
class VoteReading final {
 public:
  VoteReading(const StateData& data, const PartyBook& book)
      : moved(FindMovedPlaces(data)),
        data_(data),
        book_(book),
        struck_(FindStrikes(data, Struck::kOrSuspended)),
        same_(data),
        for_avenants_(VotedForAvenants(data)) {}
  // Lends pointers into itself.
  VoteReading(const VoteReading&) = delete;
  VoteReading& operator=(const VoteReading&) = delete;

  struct Ballot {
    const DeliberationFact* vote = nullptr;
    // Absent for a day that is none.
    std::optional<CivilDate> sat_on;
    bool mandate = false;
    // Its own party says that it does not stand any more; absent of one that stands.
    std::optional<Strike> struck;
    std::optional<rules::Oddity> contradiction;
    rules::Executory executory;
  };
  // The ballots of one place. Points into Votes.
  struct Ballots {
    // In the order of the records.
    std::vector<const Ballot*> all;
    // Those that stand and give no mandate, and the mandates, by day of sitting; and the best of
    // each mandate and those that follow it.
    std::vector<const Ballot*> refusals;
    std::vector<const Ballot*> mandates;
    std::vector<const Ballot*> best_from;
  };
  struct Votes {
    Votes() = default;
    // A copy would point into the original.
    Votes(Votes&&) = default;
    Votes& operator=(Votes&&) = default;

    std::vector<Ballot> ballots;
    std::map<std::string, Ballots> by_voter;
    // As in MovedPlaces.
    std::vector<Ballots> by_place;
  };
  // Lives as long as this.
  const Votes& On(RevisionNumber revision) const;
  // Less is better: a record that holds together first, executory before not, the earliest of
  // these.
  static std::tuple<bool, bool, CivilDate> RankOf(const Ballot& ballot);
  // VotedForAvenants of the state.
  const std::vector<RevisionNumber>& for_avenants() const { return for_avenants_; }
  // Of the same state.
  const SameTexts& same() const { return same_; }

  const MovedPlaces moved;

 private:
  static void Sort(Ballots* ballots);
  std::optional<Strike> StrikeOf(const DeliberationFact& fact) const;
  Ballot ReadVote(const DeliberationFact& fact) const;
  Votes ReadAll(RevisionNumber revision) const;

  const StateData& data_;
  const PartyBook& book_;
  const std::map<EventNumber, Strike> struck_;
  mutable std::map<RevisionNumber, Votes> by_text_;
  const SameTexts same_;
  const std::vector<RevisionNumber> for_avenants_;
};

// The authorities of all parties on one revision. A vote that gives no mandate takes away, from its
// day of sitting on, those that were given before. Of several mandates left, the one that was
// executory first serves. A vote binds to the text voted (L-11), whichever freeze of that text it
// names: votes on other texts count only where their scope covers the avenant (L-34), those on what
// it builds on first, then those on any other act. A vote serves whoever stands by law in the
// place in which it was given (L-60): votes are judged place by place, those of a successor with
// those of its party from its day on; what it voted before that day was of its own place, and
// serves here only where nothing else was voted. Borrows all that it is given.
class Authorities final {
 public:
  Authorities(const StateData& data, const PartyBook& book, const VoteReading& reading,
              RevisionNumber revision);
  // Of an avenant in the making: only mandates given earlier count.
  struct Draft {
    std::vector<RevisionNumber> foundation;
    // Partner that proposes it.
    std::string proposer;
    // False where clauses leave all of it to a committee.
    bool votes = true;
  };
  Authorities(const StateData& data, const PartyBook& book, const VoteReading& reading,
              Draft draft);

  // Holds pointers into itself.
  Authorities(const Authorities&) = delete;
  Authorities& operator=(const Authorities&) = delete;

  // `on`: the day on which the mandate is to be used.
  PartyAuthority Of(const std::string& partner, CivilDate on);
  // What assemblies voted on the revision that serves `partner`, in the order of the records.
  std::vector<const DeliberationFact*> VotesOf(const std::string& partner) const;

 private:
  using Ballot = VoteReading::Ballot;
  using Ballots = VoteReading::Ballots;
  using Votes = VoteReading::Votes;
  // What counts of a place on a day.
  struct Choice {
    const Ballot* ballot = nullptr;
    // What takes the mandate of `ballot` away; null when nothing does.
    const Ballot* contrary = nullptr;
  };
  // The last that gives no mandate, of that day or earlier; null for none.
  static const Ballot* LastRefusal(const Ballots& ballots, CivilDate on);
  // Place in `mandates` of the first that `refusal` does not take away.
  static std::size_t FirstSince(const Ballots& ballots, const Ballot* refusal);
  static Choice Choose(const Ballots& ballots, CivilDate on);
  // Those that are the partner's and in which something was voted; more than one only for who came
  // to several by law. Null: of a draft, on which nothing is.
  std::vector<const Ballots*> PlacesOf(const Votes* votes, const std::string& partner) const;
  void LookBehind(const std::string& partner, CivilDate on, PartyAuthority* out);

  const StateData& data_;
  const PartyBook& book_;
  const VoteReading& reading_;
  // kNone for a draft.
  const RevisionNumber revision_;
  const Draft draft_;
  // Null for a draft.
  const Votes* const votes_;
  // VotesFor, of those asked for.
  std::map<std::string, bool> votes_for_;
  // Of every revision that this one builds on, nearest first, then of the others with mandates for
  // avenants, the votes, where there are any, and the place in that order; made when the first
  // party asks.
  struct Earlier {
    RevisionNumber revision = kNone;
    std::size_t distance = 0;
    const Votes* votes = nullptr;
  };
  std::optional<std::vector<Earlier>> earlier_;
  // How many of that order this one builds on.
  std::size_t below_ = 0;
};

// True when an assembly votes for the party: the text that binds most of those that name it says so
// (PartyBook: a draft speaks only for who is in no other text), or the revision itself, which may
// bring the party in or make it vote. A revision never spares an assembly its vote, but for one all
// of which clauses leave to a committee, as its freeze was judged (Revision.clauses): they voted
// these. kNone: no revision.
bool VotesFor(const StateData& data, const PartyBook& book, RevisionNumber revision,
              const std::string& partner);

// FAILED_PRECONDITION naming what is missing and what would lift it, where the party's assembly
// votes and its mandate is not executory before this moment (L-08); naming the rule and the figure,
// where the mandate relies on a record that contradicts itself (L-06, CHK-33, CHK-06); where it is
// a decision by a clause that is on record as deemed unwritten (L-40).
absl::Status CheckMaySign(const StateData& data, RevisionNumber revision,
                          const std::string& partner, CivilDate today, rules::Minute now);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_AUTHORITY_H_
