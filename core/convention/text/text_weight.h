#ifndef GREFFE_CORE_CONVENTION_TEXT_TEXT_WEIGHT_H_
#define GREFFE_CORE_CONVENTION_TEXT_TEXT_WEIGHT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/time.h"
#include "core/convention/state/state.h"

// Which of several values of one element or party is the convention's, where the question is asked
// outside a text of one day: names in summaries, subjects of facts. Private to core/convention.
namespace greffe {

// Less binds more. What somebody drafts or freezes never outweighs what everybody signed.
enum class TextWeight : std::uint8_t {
  // Stands in what is concluded and in effect; while nothing is concluded, in the project.
  kInForce,
  // The last value that a concluded text of another day gives it.
  kConcluded,
  // A value that another concluded text replaced.
  kEarlier,
  // In a frozen text that waits for signatures.
  kFrozen,
  // In a draft.
  kDraft,
  // Drafted once: replaced since, or in a text withdrawn.
  kPast,
};

struct WeighedPut {
  // Puts an element, and its author had the authority.
  const DraftChange* change = nullptr;
  TextWeight weight = TextWeight::kPast;
};

// Every element that any act puts, by act, then as ActFacts.changes. In effect on `on`; without a
// day, whatever the day of effect. Costs one pass over the changes: made once per view.
std::vector<WeighedPut> WeighPuts(const StateData& data, std::optional<CivilDate> on);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_TEXT_WEIGHT_H_
