#ifndef GREFFE_CORE_CONVENTION_READING_ORIGIN_H_
#define GREFFE_CORE_CONVENTION_READING_ORIGIN_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "greffe/v1/reply.pb.h"

// Which act put an element where it is. Private to core/convention.
namespace greffe {

// The origins of the elements of one answer: what is the same for all of an act is found once.
// Borrows the state. One thread.
class OriginBook final {
 public:
  explicit OriginBook(const StateData& data) : data_(data) {}

  // Who put a side; empty fields for what a draft lacks. `element_id`: whose articles in the act
  // are wanted; empty for those of none. A text signed on paper numbers its articles itself, and so
  // has none here.
  v1::Origin Of(const ElementSide& side, absl::string_view element_id);

 private:
  struct ActBook {
    v1::Origin origin;
    std::map<std::string, std::vector<std::uint32_t>> articles;
    bool numbered = false;
  };
  ActBook& BookOf(const ElementSide& side);

  const StateData& data_;
  std::map<RevisionNumber, ActBook> by_revision_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_ORIGIN_H_
