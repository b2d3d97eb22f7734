#include "core/reader/actes.h"

#include "absl/strings/ascii.h"
#include "core/base/digits.h"

namespace greffe::reader {

std::optional<ActesId> FindActesId(absl::string_view text) {
  for (std::size_t at = 0; at + 27 <= text.size(); ++at) {
    const bool starts = IsDigit(text[at]) &&
                        (at == 0 || !absl::ascii_isalnum(static_cast<unsigned char>(text[at - 1])));
    if (!starts || text[at + 3] != '-' || text[at + 13] != '-' || text[at + 22] != '-') continue;
    std::size_t end = at;
    while (end < text.size() && (absl::ascii_isalnum(static_cast<unsigned char>(text[end])) ||
                                 text[end] == '-' || text[end] == '_')) {
      ++end;
    }
    if (auto id = ParseActesId(text.substr(at, end - at))) return id;
  }
  return {};
}

}  // namespace greffe::reader
