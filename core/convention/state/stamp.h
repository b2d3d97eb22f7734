#ifndef GREFFE_CORE_CONVENTION_STATE_STAMP_H_
#define GREFFE_CORE_CONVENTION_STATE_STAMP_H_

#include "core/convention/queries.h"
#include "core/rules/answer.h"

// Private to core/convention.
namespace greffe {

// CHK-38: what the answer was made from, in the fields that it has for that.
template <typename Answer>
void PutStamp(const Known& known, Answer* answer) {
  const rules::Stamp stamp = rules::StampOf(known.in_force_on, known.clock_date, known.cut);
  answer->set_cut(stamp.cut);
  if constexpr (requires { answer->set_in_force_on(stamp.in_force_on); }) {
    answer->set_in_force_on(stamp.in_force_on);
  }
  if constexpr (requires { answer->set_clock_date(stamp.clock_date); }) {
    answer->set_clock_date(stamp.clock_date);
  }
}

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_STAMP_H_
