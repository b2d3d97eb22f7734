// The wording of the contract: visas, preamble, articles with their roles, closing, annexes.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_ARTICLES_H_
#define GREFFE_CORE_READER_ARTICLES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/blocks.h"
#include "core/reader/contract_parts.h"
#include "core/reader/model.h"

namespace greffe::reader {

// Adds visas, sections and articles of `parts` to `convention`, in their order. An article's title
// may stand on the block after its number.
void ReadArticles(const Blocks& blocks, const std::vector<ContractPart>& parts,
                  Convention* convention);

// Adds the annexes: those with a heading of their own, then those that only the contents announce.
// Bodies stay empty: the later stages read what annexes hold, and the rest comes to them last.
void ReadAnnexes(const Blocks& blocks, const std::vector<ContractPart>& parts,
                 Convention* convention);

// What an article with this title and body provides, found by content (L-27).
v1::ClauseRole RoleOf(absl::string_view title, absl::string_view body);

// The text of a block as bodies hold it: items with « - » before them, rows of tables with « | »
// between their cells and a line each.
std::string BodyText(const Block& block);

// Appends a block to a body: its text on a line of its own, its lines to the source.
void AppendBlock(const Block& block, Text* body);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_ARTICLES_H_
