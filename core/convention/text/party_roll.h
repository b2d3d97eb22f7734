#ifndef GREFFE_CORE_CONVENTION_TEXT_PARTY_ROLL_H_
#define GREFFE_CORE_CONVENTION_TEXT_PARTY_ROLL_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/succession.h"
#include "greffe/v1/element.pb.h"

// Who is party to the convention, day by day. Private to core/convention.
namespace greffe {

// Who lost a place by law (true) or took one (false), with the number of successions before it, in
// that order; by partner.
using PlaceMoves = std::map<std::string, std::vector<std::pair<std::size_t, bool>>>;

// The parties on one day.
struct PartyRoll {
  struct Entry {
    v1::PartnerKind kind = v1::PARTNER_KIND_UNSPECIFIED;
    // It signs; an associate is no side of the contract.
    bool side = false;
  };
  // By partner id.
  std::map<std::string, Entry> parties;
  // Those that sign: associates are no sides of the contract.
  std::size_t sides = 0;
  // The partner in each party's place, by element.
  PartyPlaces places;
  // Successions of all days, and how many of them until this one; null where nobody succeeded.
  const PlaceMoves* moves = nullptr;
  std::size_t successions = 0;
  // Last day of the term that the text of that day gives; absent when it gives none. The end of
  // the convention is what PartyRolls::TermEndFrom says.
  std::optional<CivilDate> term_last;
  // Articles of that text about its end, in reading order, each with the ids of the elements that
  // it stands in, its own last. Whether they stand on a day is what EndArticlesOn says (L-40).
  struct EndArticle {
    const v1::Element* element = nullptr;
    std::vector<std::string> within;
  };
  std::vector<EndArticle> end_articles;

  bool IsParty(const std::string& partner) const { return parties.count(partner) > 0; }
  bool IsSide(const std::string& partner) const;
  // True for a partner whose place another took by law (L-60), and who took none since.
  bool IsSucceeded(const std::string& partner) const;
  // UNSPECIFIED for who is no party.
  v1::PartnerKind KindOf(const std::string& partner) const;
  // Element of the party whose place a partner holds, the least one; empty for who is no party.
  std::string PlaceOf(const std::string& partner) const;
  // The partner in that place; empty when there is no such party.
  std::string HolderOf(const std::string& place) const;
};
// As the text names them, whoever succeeded them.
PartyRoll RollOf(const ConsolidatedText& text);

// The parties of every day: those of the text in force on it, and in their places who succeeded
// them by law until then. Each text is consolidated once, when it is first asked for, and a roll is
// made from the nearest one before it: days asked about cost alike, however many successions there
// are. Borrows the state. One thread.
class PartyRolls final {
 public:
  explicit PartyRolls(const StateData& data) : data_(data) {}
  // Rolls point into it.
  PartyRolls(const PartyRolls&) = delete;
  PartyRolls& operator=(const PartyRolls&) = delete;

  const PartyRoll& On(CivilDate day) const;
  // The last day of the term as known here, seen from a day: that of the text of that day, or what
  // concluded texts make of it that take effect before it is over, or on the day after (L-36). An
  // extension counts from its conclusion on, whenever it takes effect; a text that takes effect
  // later than that prolongs nothing. Absent when a text gives none.
  struct TermEnd {
    CivilDate last;
    // Day of effect of the text that gives it; absent for the text of the day asked about.
    std::optional<CivilDate> given_from;
  };
  std::optional<TermEnd> TermEndFrom(CivilDate day) const;
  // A day with the same text on which everything in it had effect: `day` itself, or the last day
  // before a text that takes effect once the term is over, which is stillborn (L-36).
  CivilDate TextDay(CivilDate day) const;
  // Spares consolidating the text of that day, which must live as long as this.
  void Lend(const ConsolidatedText& text, CivilDate on);
  // Every succession on record about who was a party on its day, in the order of the days.
  const std::vector<Succession>& successions() const;

 private:
  std::size_t TextPeriod(CivilDate day) const;
  void FindBreaks() const;
  const PartyRoll& OfText(CivilDate day) const;
  // TermEndFrom a period of the text that is not over by its own term.
  const std::optional<TermEnd>& TermEndOf(CivilDate day) const;
  // All successions as they move the places of the text of a day.
  const PlaceMoves& MovesOf(CivilDate day) const;

  const StateData& data_;
  const ConsolidatedText* lent_ = nullptr;
  CivilDate lent_on_;
  // Made when first asked for. First days of the texts in force, sorted; without those after the
  // end of the term.
  mutable std::optional<std::vector<CivilDate>> breaks_;
  // First day of effect of the first text that is left out so.
  mutable std::optional<CivilDate> stillborn_from_;
  // First days of the texts that put the term anew, sorted.
  mutable std::vector<CivilDate> term_breaks_;
  mutable std::map<std::size_t, PartyRoll> by_text_;
  // By period of the text.
  mutable std::map<std::size_t, std::optional<TermEnd>> term_ends_;
  mutable std::optional<std::vector<Succession>> successions_;
  // By period of the text and number of successions until then.
  mutable std::map<std::pair<std::size_t, std::size_t>, PartyRoll> moved_;
  // By period of the text.
  mutable std::map<std::size_t, PlaceMoves> moves_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_PARTY_ROLL_H_
