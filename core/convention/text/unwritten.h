#ifndef GREFFE_CORE_CONVENTION_TEXT_UNWRITTEN_H_
#define GREFFE_CORE_CONVENTION_TEXT_UNWRITTEN_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/convention/state/state.h"

// Clauses deemed unwritten (L-40), version by version (domain.md section 5.2, region H). Private to
// core/convention.
namespace greffe {

// A record that stands.
struct UnwrittenRecord {
  std::string element;
  // Absent: since the start of the term.
  std::optional<CivilDate> from;
  // Of the rule of law or the decision.
  CivilDate day;
};
// Those that stand as the author of `seen_by` had seen them (kNone: as far as is on record). Of two
// corrections of one record made at the same time, the one with the least leaf (LifeLine).
std::vector<UnwrittenRecord> UnwrittenRecordsIn(const StateData& data, EventNumber seen_by = kNone);

// A record is about the words in force on its day, or on the day from which it holds where that is
// later: it holds until an act of the text that takes effect after it changes them, or takes the
// element out. What is put anew with the same words, such as another number, stays unwritten. The
// words are the body of an article, an annex or a block of text, and everything of another element.
// In time linear in the records and in what those acts put of their elements, but for sorting.
class UnwrittenBook final {
 public:
  UnwrittenBook() = default;
  // `revisions`: the acts that make the text of each day.
  UnwrittenBook(const StateData& data, const std::vector<UnwrittenRecord>& records,
                const std::vector<RevisionNumber>& revisions);

  bool empty() const { return spans_.empty(); }
  // `text_day`: a day with the text of `day` (PartyRolls::TextDay).
  bool Has(const std::string& element, CivilDate day, CivilDate text_day) const;

 private:
  struct Span {
    // Absent: before all days.
    std::optional<CivilDate> from;
    // First day on which other words are in force; absent: open.
    std::optional<CivilDate> until;
  };
  // By element; sorted, and none meets another.
  std::map<std::string, std::vector<Span>> spans_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_UNWRITTEN_H_
