#ifndef GREFFE_CORE_CONVENTION_TEXT_TEXT_IN_MAKING_H_
#define GREFFE_CORE_CONVENTION_TEXT_TEXT_IN_MAKING_H_

#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/base/time.h"
#include "core/convention/state/state.h"
#include "core/convention/text/check_tree.h"
#include "greffe/v1/element.pb.h"

namespace greffe {

// A date on which every concluded act has effect: the end of the calendar.
CivilDate EndOfTime();

// A text in the making: what changes make of another text. Holds pointers to elements that live
// elsewhere. Private to core/convention.
class TextInMaking final {
 public:
  // What concluded acts say on `on`; of clashing values the one shown. The project when nothing is
  // concluded.
  static TextInMaking InForce(const StateData& data, CivilDate on);
  // What the draft of `act` would make of the text on `on`; of an original, its draft alone. Of
  // conflicting draft values the first.
  static TextInMaking OfAct(const StateData& data, const ActFacts& act, CivilDate on);

  // The element with everything below it.
  void Remove(const std::string& id);
  void Put(const v1::Element& element, std::string path);

  // Null when the id is not in the text.
  const v1::Element* Find(const std::string& id) const;
  // By id.
  std::vector<DraftedElement> Elements() const;

 private:
  void Index();

  std::map<std::string, DraftedElement> by_id_;
  // Elements below an id, whether that is in the text or not; while `indexed_`, all that are in the
  // text, and some that were taken out of it.
  absl::flat_hash_map<std::string, std::vector<const v1::Element*>> children_;
  bool indexed_ = false;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_TEXT_IN_MAKING_H_
