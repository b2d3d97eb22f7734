#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_CHECK_FIELDS_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_CHECK_FIELDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/convention/elements/problem.h"
#include "google/protobuf/message.h"

namespace greffe {

// What fields may hold, in one table by field name (field_forms.cc): limits of
// core/base/limits.h, forms of ids, dates and keys, enums that must be said. A message or field
// without a line has the rule of a title: one line of at most 500 characters.
//
// Adds every problem of `message` and of the messages in it. `path` names `message`, empty for a
// request. Fields and enum values that this version does not know are problems too: they would go
// into an event that no replica of this version understands.
void CheckFields(const google::protobuf::Message& message, absl::string_view path,
                 absl::string_view element_id, std::vector<Problem>* problems);

// Puts every text in NFC with LF. What cannot be (control characters) stays as it is: CheckFields
// says so.
void NormaliseFields(google::protobuf::Message* message);

// "path.field", or "field" when path is empty.
std::string Join(absl::string_view path, absl::string_view field);

// One problem, where `value` is not a date of the calendar written YYYY-MM-DD.
void CheckDate(absl::string_view value, absl::string_view field, absl::string_view element_id,
               std::vector<Problem>* problems);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_CHECK_FIELDS_H_
