#ifndef GREFFE_CORE_BASE_FIELD_NAMES_H_
#define GREFFE_CORE_BASE_FIELD_NAMES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace greffe {

// Paths of request fields, each with what fills it where people type: an option, an argument.
using FieldNames = std::vector<std::pair<std::string, std::string>>;

// The refusal with those names in the place of the paths, in its field, words and next steps: the
// layer that refuses knows the field, the command knows what was typed. The rest stays.
absl::Status NameFields(const absl::Status& status, const FieldNames& names);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_FIELD_NAMES_H_
