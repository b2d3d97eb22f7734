#ifndef GREFFE_CORE_CONVENTION_TEXT_OFFICES_H_
#define GREFFE_CORE_CONVENTION_TEXT_OFFICES_H_

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/party_roll.h"

// How the offices of a party read as their holders change (class C, domain.md section 5.6): a text
// that was signed keeps its words, later ones bear the new. Private to core/convention.
namespace greffe {

// Code of the finding that says, beside the text, how an office reads since.
inline constexpr char kRepresentativeChanged[] = "representative-changed";

// A change of representative that counts: recorded by who had the party's place on its day.
struct OfficeChange {
  const LifeFact* fact = nullptr;
  // Element of the party, office and its wording from `fact->day` on.
  std::string party;
  std::string office_id;
  std::string reads;
};

class OfficeBook final {
 public:
  // Borrows both.
  OfficeBook(const StateData& data, const PartyRolls& rolls);

  // By day, then leaf.
  const std::vector<OfficeChange>& changes() const { return changes_; }
  // The last change of an office of a party until `on`, since the parties last agreed on the words
  // of its element: the last signature under the act that wrote it. Null: the text says how it
  // reads.
  const OfficeChange* Last(const PlacedElement& party, const std::string& office_id,
                           CivilDate on) const;

 private:
  const StateData& data_;
  std::vector<OfficeChange> changes_;
};

// How an office of a party reads on a day: the words that `party` gives it, which may be a draft,
// unless they are those of the text in force and a change has been recorded since.
std::string OfficeReads(const OfficeBook& book, const ConsolidatedText& in_force,
                        const v1::Element& party, const v1::SigningOffice& office, CivilDate on);

// True when a text, or a change that counts, ever gave an office these words.
bool EverRead(const StateData& data, const std::string& office_id, const std::string& words);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_OFFICES_H_
