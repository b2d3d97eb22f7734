// The passage of a document that names a party, and what it says: name, kind, seat, aliases, who
// represents it.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PARTY_PASSAGE_H_
#define GREFFE_CORE_READER_PARTY_PASSAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/blocks.h"
#include "core/reader/model.h"

namespace greffe::reader {

// Text with the lines that print it.
struct PartyPassage {
  std::string text;
  // Byte of `text` → line, in order: where each line's words start.
  std::vector<std::pair<std::size_t, uint32_t>> line_starts;
  uint32_t document = 0;

  // Adds the words of a line, one space before them; none after a word cut at the line's end.
  void AddLine(absl::string_view words, uint32_t line);
  void AddBlock(const Block& block);
  // The line of a byte of `text`; 0 of a passage without lines.
  uint32_t LineAt(std::size_t byte) const;
};

// The one party that the passage opens with; its name may be empty.
Party ReadParty(PartyPassage passage);

// Every party of the passage, in order: another may start inside a paragraph, and « les communes de
// A, B et C, représentées chacune par son maire » are as many parties.
std::vector<Party> ReadPartiesOf(PartyPassage passage);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PARTY_PASSAGE_H_
