#ifndef GREFFE_CORE_CONVENTION_UNWRITTEN_H_
#define GREFFE_CORE_CONVENTION_UNWRITTEN_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/convention/state.h"

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

// A record is about the words in force on its day, or on the day from which it holds where that is
// later: it holds until a concluded act that takes effect after it changes them, or takes the
// element out. What is put anew with the same words, such as another number, stays unwritten. The
// words are the body of an article, an annex or a block of text, and everything of another element.
// In time linear in the records and in what concluded acts put of their elements, but for sorting.
class UnwrittenBook final {
 public:
  UnwrittenBook() = default;
  UnwrittenBook(const StateData& data, const std::vector<UnwrittenRecord>& records);

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

#endif  // GREFFE_CORE_CONVENTION_UNWRITTEN_H_
