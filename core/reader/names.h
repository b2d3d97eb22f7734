// Names of persons in running text.
#ifndef GREFFE_CORE_READER_NAMES_H_
#define GREFFE_CORE_READER_NAMES_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/name_shape.h"

namespace greffe::reader {

// What stands where a name stood.
inline constexpr char kNameMark[] = "[nom]";

// Replaces names of persons by kNameMark:
// - those of `known` and those learnt, whichever of their words comes first;
// - capitalised words after a civility (« Mme Jeanne EXEMPLE »), and the list after « Mesdames »;
// - in lists of attendance and under signatures, whatever is not the name of a body: where it is
//   not sure there, it is replaced;
// - after « pouvoir à », « secrétaire de séance », « représenté par », and beside an office;
// - a given name with a surname in capitals, wherever no street and no facility bears it.
// « Monsieur le Maire » and « Madame la Présidente » name an office and stay. The civility stays
// too: it is the text's grammar. What `kept` holds (parties, facilities) is the name of no person,
// unless a civility says so.
class NameFilter final {
 public:
  explicit NameFilter(const std::vector<std::string>& known,
                      const std::vector<std::string>& kept = {});

  // Takes the names that `text` tells for sure, so that Filter knows them elsewhere.
  void Learn(absl::string_view text);

  // `text` without names. Adds the number of names replaced to count().
  std::string Filter(absl::string_view text);
  std::size_t count() const { return count_; }

 private:
  struct Found {
    std::size_t first = 0;  // The first word of the name.
    std::size_t length = 0;
  };
  std::vector<Found> FindIn(const NameText& in) const;
  std::size_t KnownAt(const std::vector<Word>& words, std::size_t i) const;
  bool Keeps(const NameText& in, std::size_t at, std::size_t length) const;

  std::set<std::vector<std::string>> known_;  // Folded words in order of the alphabet.
  std::set<std::vector<std::string>> kept_;   // Folded words that follow each other in a name.
  std::size_t count_ = 0;
};

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_NAMES_H_
