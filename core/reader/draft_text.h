// Small steps on texts from a reading to a draft: cleaned, cut to limits, turned into ids.
#ifndef GREFFE_CORE_READER_DRAFT_TEXT_H_
#define GREFFE_CORE_READER_DRAFT_TEXT_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::reader {

// Without control characters other than LF and TAB, without those that turn the direction of
// writing, CR LF as LF, no blanks at both ends.
std::string CleanText(absl::string_view text);
// CleanText on one line: runs of white space are one space.
std::string CleanLine(absl::string_view text);

// At most `characters` code points, cut after a word where there is one, with « … » at the end.
std::string CutLine(absl::string_view text, std::size_t characters);

// `text` in pieces of at most `bytes` bytes, cut after a line, else after a word, else between code
// points. Put together again they hold every word.
std::vector<std::string> SplitText(absl::string_view text, std::size_t bytes);

// The first `words` words as an id: [a-z0-9-], at most 40 characters; may be empty.
std::string Slug(absl::string_view text, std::size_t words);

// Ids given once each.
class IdBook final {
 public:
  // `wanted` cut to fit, « x » when empty; « -2 », « -3 »… where it is taken.
  std::string Take(absl::string_view wanted);

 private:
  std::set<std::string> taken_;
  std::map<std::string, std::size_t> next_;
};

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_DRAFT_TEXT_H_
