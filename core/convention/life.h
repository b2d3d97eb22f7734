#ifndef GREFFE_CORE_CONVENTION_LIFE_H_
#define GREFFE_CORE_CONVENTION_LIFE_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/convention/consolidate.h"
#include "core/convention/life_kinds.h"
#include "core/convention/state.h"
#include "core/rules/deadline.h"
#include "core/rules/force.h"
#include "greffe/v1/element.pb.h"

// The facts of a convention's life as they hang together, and what they do to it: read, never
// stored. Private to core/convention. Everything borrows the state.
namespace greffe {

// A fact and everything that answers or corrects it.
struct LifeLine {
  // The record that opened it: keeps naming the thread when it is corrected.
  const LifeFact* root = nullptr;
  // The opening record that stands; of two made at the same time, the one with the least leaf.
  const LifeFact* opening = nullptr;
  // All others, corrected ones included, by day, then leaf.
  std::vector<const LifeFact*> others;

  LifeCase kind() const { return static_cast<LifeCase>(opening->kind); }
};

// Authorised facts in threads. Made once for many questions.
class LifeBook final {
 public:
  explicit LifeBook(const StateData& data);

  // By day of the opening, then leaf.
  const std::vector<LifeLine>& lines() const { return lines_; }
  // Null for an event that is no authorised fact of life.
  const LifeLine* LineOf(EventNumber event) const;

  // Records of a kind in a thread that stand, by day, then leaf.
  std::vector<const LifeFact*> Standing(const LifeLine& line, LifeCase kind) const;
  // Of one partner alone.
  std::vector<const LifeFact*> StandingBy(const LifeLine& line, LifeCase kind,
                                          const std::string& partner) const;
  // The last that stands; null when there is none.
  const LifeFact* Last(const LifeLine& line, LifeCase kind) const;
  // False for a thread whose opening was corrected into another one.
  bool Stands(const LifeLine& line) const;
  // Day of the conclusion, when some fact declares a termination; else absent.
  std::optional<CivilDate> concluded_on() const { return concluded_on_; }

 private:
  const StateData& data_;
  std::vector<LifeLine> lines_;
  std::map<EventNumber, std::size_t> line_by_event_;
  std::optional<CivilDate> concluded_on_;
};

// Day of the first opinion that the holder of the data asked for has on record (L-24): nobody
// else's officer speaks for it. `line`: a request for data.
std::optional<CivilDate> FirstOpinion(const StateData& data, const LifeBook& book,
                                      const LifeLine& line);

// The parties of a text.
struct PartyRoll {
  struct Entry {
    std::string element_id;
    std::string name;
    v1::PartnerKind kind = v1::PARTNER_KIND_UNSPECIFIED;
    // It signs; an associate is no side of the contract.
    bool side = false;
  };
  // By partner id.
  std::map<std::string, Entry> parties;
  // Those that sign: associates are no sides of the contract.
  std::size_t sides = 0;

  bool IsSide(const std::string& partner) const;
  // UNSPECIFIED for who is no party.
  v1::PartnerKind KindOf(const std::string& partner) const;
};
PartyRoll RollOf(const ConsolidatedText& text);
// Absent when a day is none, or the end precedes the start.
std::optional<rules::Term> TermBetween(const std::string& first, const std::string& last);
// Of a text; absent, too, when it has no terms.
std::optional<rules::Term> TermOf(const ConsolidatedText& text);

// Where a notice stands, from its thread alone: whatever the date.
struct NoticeFacts {
  v1::NoticeKind kind = v1::NOTICE_KIND_UNSPECIFIED;
  std::string sender;
  CivilDate sent_on;
  // The first day of receipt that a party recorded, from the day of sending on.
  std::optional<CivilDate> received_on;
  // A mise en demeure that its sender says was cured, that was found without effect by a party with
  // standing, or followed by a termination that holds; a denunciation taken back by its sender in
  // time. Null otherwise.
  const LifeFact* cured = nullptr;
  const LifeFact* fruitless = nullptr;
  const LifeFact* terminated = nullptr;
  const LifeFact* retracted = nullptr;
  // From sending; from receipt when it is known. Absent beyond the calendar.
  std::optional<rules::Deadline> from_sending;
  std::optional<rules::Deadline> from_receipt;

  // The deadline that counts: a mise en demeure from sending (L-50), a denunciation from receipt
  // (domain.md section 9.4).
  const std::optional<rules::Deadline>& counting() const {
    return kind == v1::NOTICE_KIND_DENUNCIATION ? from_receipt : from_sending;
  }
};
NoticeFacts ReadNotice(const StateData& data, const LifeBook& book, const LifeLine& line,
                       const PartyRoll& roll);

// True when a termination in the thread has the standing and the ground that it needs (L-50 to
// L-52), and ends what is concluded. `notice`: of the thread, when a notice opens it.
bool TerminationHolds(const StateData& data, const LifeBook& book, const PartyRoll& roll,
                      const LifeLine& line, const NoticeFacts* notice, const LifeFact& termination);

// What ends the convention before its term: the earliest termination that holds, or denunciation
// between two parties; and a denunciation among more that ends nothing yet.
struct EndingFacts {
  std::optional<rules::Ending> ending;
  // The fact that ends it.
  const LifeFact* fact = nullptr;
  // First day after the notice of a denunciation whose effect is to be qualified.
  std::optional<CivilDate> to_qualify;
};
EndingFacts FindEnding(const StateData& data, const LifeBook& book, const PartyRoll& roll);
// The same, made for one question; costs nothing where nothing of the kind was recorded.
EndingFacts FindEnding(const StateData& data, const ConsolidatedText& text);

// StandingOn of the text; TERMINATED once something ended the convention before its term (L-53,
// L-54).
v1::ConventionStanding StandingOn(const StateData& data, const ConsolidatedText& text,
                                  CivilDate on);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_LIFE_H_
