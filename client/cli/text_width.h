#ifndef GREFFE_CLIENT_CLI_TEXT_WIDTH_H_
#define GREFFE_CLIENT_CLI_TEXT_WIDTH_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::cli {

// Text on a terminal. Widths are columns: 2 for wide East Asian characters, 0 for combining marks.

// Without what could drive a terminal: control characters become a space, broken UTF-8 and
// direction overrides U+FFFD. LF stays when `text` may have several lines. Texts come from other
// replicas: none reaches a terminal without this.
std::string Printable(absl::string_view text);
std::string PrintableLine(absl::string_view text);

// Where the first byte stands that is not UTF-8; npos where all of it is.
std::size_t FirstNotUtf8(absl::string_view text);

int DisplayWidth(absl::string_view text);
// At most `width` columns, ending in … when something was cut. `width` at least 1.
std::string Ellipsize(absl::string_view text, int width);
// Lines of at most `width` columns, broken at spaces, and inside a word that is longer. At least
// one line. `width` at least 2.
std::vector<std::string> Wrap(absl::string_view text, int width);
// The text with no line longer than `width` columns: a longer one is broken at spaces, its rest
// set under its second column, or indented two more. A word that is longer is never broken, since
// people copy hashes and tokens: it stands alone on its line. `width` at least 40.
std::string FitLines(absl::string_view text, int width);
// Filled with spaces on the right, or on the left.
std::string PadRight(absl::string_view text, int width);
std::string PadLeft(absl::string_view text, int width);

// Columns of the terminal behind `fd`, else COLUMNS, else 80; at least 40.
int TerminalWidth(int fd);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_TEXT_WIDTH_H_
