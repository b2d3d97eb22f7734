// Axes and objectives of a plan, merged over the places that print them.
//
// Pure. Not thread safe.
#ifndef GREFFE_CORE_READER_OUTLINE_H_
#define GREFFE_CORE_READER_OUTLINE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/model.h"

namespace greffe::reader {

class Outline {
 public:
  // The axis `ref` with this title: a new one, or the one of the same reference (of the same title
  // when there is none), which takes another wording as an alias. It becomes the current one, and
  // no objective is current.
  void EnterAxis(absl::string_view ref, Text title);
  // The same for an objective of the axis `axis_ref`, or of the current one when it is empty.
  void EnterObjective(absl::string_view axis_ref, absl::string_view ref, Text title);

  // Makes the axis (and objective) with this reference current where there is one.
  void Select(absl::string_view axis_ref, absl::string_view objective_ref);

  bool HasAxis(absl::string_view ref) const;
  // The printed title of an axis; empty when there is none.
  absl::string_view AxisTitle(absl::string_view ref) const;
  const std::string& axis() const { return axis_; }
  const std::string& objective() const { return objective_; }
  const std::vector<Axis>& axes() const { return axes_; }

  std::vector<Axis> Take() && { return std::move(axes_); }

 private:
  Axis* Find(absl::string_view ref);

  std::vector<Axis> axes_;
  std::string axis_;
  std::string objective_;
};

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_OUTLINE_H_
