#ifndef GREFFE_CORE_BASE_TEXT_H_
#define GREFFE_CORE_BASE_TEXT_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace greffe {

// As NormaliseText, on one line and not empty: INVALID_ARGUMENT (rule `text-line`) for LF and TAB,
// for nothing but blanks and characters of no width, and for more than `characters_max` characters.
absl::StatusOr<std::string> NormaliseLine(absl::string_view text, absl::string_view field,
                                          std::size_t characters_max);

// Text as it is hashed: NFC, CR LF and CR turned into LF. INVALID_ARGUMENT naming `field` for bytes
// that are not UTF-8, for control characters other than LF and TAB (rule `text-control`), and for
// those that turn the direction of writing (rule `text-direction`). Sizes are checked first: more
// than `bytes_max` bytes is refused.
absl::StatusOr<std::string> NormaliseText(absl::string_view text, absl::string_view field,
                                          std::size_t bytes_max);

// True of a text in which a reader sees nothing: empty, blanks, characters of no width. Valid
// UTF-8.
bool IsInvisible(absl::string_view text);

// Number of code points of valid UTF-8.
std::size_t CountCodePoints(absl::string_view utf8);

// 1 to 64 characters of [a-z0-9-], not starting or ending with '-'. INVALID_ARGUMENT naming
// `field`.
absl::Status CheckSlug(absl::string_view id, absl::string_view field);

// Fractional keys in [0-9A-Za-z], compared by bytes. `before` and `after` may be empty: no bound.
// The result lies strictly between. INVALID_ARGUMENT when before >= after or a key is malformed.
absl::StatusOr<std::string> PositionBetween(absl::string_view before, absl::string_view after);

// The key of place `index` among `count` siblings made at once: equally long, in order.
std::string PositionOf(std::size_t index, std::size_t count);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_TEXT_H_
