// HTML put together from texts of strangers.
#ifndef GREFFE_CORE_READER_HTML_H_
#define GREFFE_CORE_READER_HTML_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace greffe::reader {

// `text` for element content and quoted attributes: the five characters of markup as references,
// control characters other than LF and TAB as U+FFFD, so that no text of a document ends an
// element, opens one or sets an attribute.
std::string EscapeHtml(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_HTML_H_
