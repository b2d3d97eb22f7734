// Cuts items that run together where a document lost the line breaks between them.
//
// Pure and thread safe. A cut stands at a semicolon outside brackets, and before a capital word that opens an item: one of
// lexicon/starters.inc, or, with no bullet near, a word that the documents also print small.
#ifndef GREFFE_CORE_READER_GLUE_H_
#define GREFFE_CORE_READER_GLUE_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/model.h"

namespace greffe::reader {

// The words that documents print in small letters.
class Vocabulary {
 public:
  explicit Vocabulary(const std::vector<Document>& documents);
  bool PrintsSmall(const std::string& folded) const { return small_.count(folded) > 0; }

 private:
  std::set<std::string> small_;
};

enum class Cutting {
  kStarters,  // Before words of the lexicon only.
  kCapitals,  // Also before other common words and infinitives.
};

// The items of `text` in order, without white space at their ends; at least one unless it is blank.
std::vector<std::string> CutGlued(absl::string_view text, const Vocabulary& vocabulary,
                                  Cutting cutting);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_GLUE_H_
