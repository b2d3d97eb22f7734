// HTML put together from texts of strangers.
#ifndef GREFFE_CORE_BASE_HTML_H_
#define GREFFE_CORE_BASE_HTML_H_

#include <string>

#include "absl/strings/string_view.h"

namespace greffe {

// `text` for element content and quoted attributes: the five characters of markup as references, so
// that no text of a document ends an element, opens one or sets an attribute. Control characters
// other than LF and TAB, broken UTF-8 and direction overrides, by which a text could pass for
// another, become U+FFFD. The result is valid UTF-8.
std::string EscapeHtml(absl::string_view text);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_HTML_H_
