#ifndef GREFFE_CLIENT_CLI_HELP_LAYOUT_H_
#define GREFFE_CLIENT_CLI_HELP_LAYOUT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace greffe::cli {

// How --help looks. No line of prose is wider than `width` columns, at least 40; a name, or a line
// that people copy, is never broken.

// A name, and what it is in a second column.
std::string HelpEntry(absl::string_view name, absl::string_view text, int width);

// Paragraphs, filled anew: a line goes on in the next one unless it ends a sentence or a heading
// (« . », « : », « ? »). Lines that begin with a space are examples, and stay as they are.
std::string HelpText(absl::string_view text, int width);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_HELP_LAYOUT_H_
