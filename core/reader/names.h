// Names of persons in running text.
#ifndef GREFFE_CORE_READER_NAMES_H_
#define GREFFE_CORE_READER_NAMES_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::reader {

// What stands where a name stood.
inline constexpr char kNameMark[] = "[nom]";

// Replaces names of persons by kNameMark: those of `known` wherever they stand, and capitalised
// words after a civility (« Mme Jeanne EXEMPLE »), particles included. « Monsieur le Maire » and
// « Madame la Présidente » name an office and stay. The civility stays too: it is the text's
// grammar.
class NameFilter final {
 public:
  explicit NameFilter(const std::vector<std::string>& known);

  // `text` without names. Adds the number of names replaced to count().
  std::string Filter(absl::string_view text);
  std::size_t count() const { return count_; }

 private:
  std::set<std::vector<std::string>> known_;  // Folded words, civility left out.
  std::size_t count_ = 0;
};

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_NAMES_H_
