#include "core/base/html.h"

#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>

namespace greffe {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";

// True for what no page may carry as it is. Negative: broken bytes.
bool IsUnfit(UChar32 c) {
  if (c < 0) return true;
  if (c < 0x20) return c != '\n' && c != '\t';
  return (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string EscapeHtml(absl::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, text.size(), c);
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (IsUnfit(c)) {
          out += kReplacement;
        } else {
          out.append(text.data() + start, at - start);
        }
    }
  }
  return out;
}

}  // namespace greffe
