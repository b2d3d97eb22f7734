// Identifiers of acts sent to the prefecture, where a text prints them.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_ACTES_H_
#define GREFFE_CORE_READER_ACTES_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "core/base/actes.h"

namespace greffe::reader {

// The first identifier inside `text`.
std::optional<ActesId> FindActesId(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_ACTES_H_
