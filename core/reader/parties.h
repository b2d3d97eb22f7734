// Who concludes the convention: parties with kind, address, aliases and representatives.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PARTIES_H_
#define GREFFE_CORE_READER_PARTIES_H_

#include <cstddef>
#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/model.h"

namespace greffe::reader {

// The parties that blocks [begin, end) name, in order. A block that opens with the name of an
// organisation of the lexicon starts one; what follows says who represents it and where it sits.
// Text that is none of these is left alone, for the accounting to show.
std::vector<Party> ReadParties(const Blocks& blocks, std::size_t begin, std::size_t end);

// Parties outside any « Entre : … », in blocks [begin, end): tables under column heads, and
// paragraphs that open with an organisation and say who represents it.
std::vector<Party> ReadScatteredParties(const Blocks& blocks, std::size_t begin, std::size_t end);

// The parties of an article « Parties »: each a name alone on its line, then « Siège : … », « SIREN
// : … » and « Signataire : … », « Représentant : … ». A name without who signs for it is none.
std::vector<Party> ReadListedParties(const Blocks& blocks, std::size_t begin, std::size_t end);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PARTIES_H_
