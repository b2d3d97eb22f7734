// What became of each source line, and the text that no stage has read.
//
// A line is read when every word of it occurs in the pieces that cite it. Nothing is assumed: what
// a stage skipped stays unread, whatever stands around it. Pure and thread safe.
#ifndef GREFFE_CORE_READER_ACCOUNTING_H_
#define GREFFE_CORE_READER_ACCOUNTING_H_

#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/contract_parts.h"
#include "core/reader/model.h"

namespace greffe::reader {

// Sets lines of `uses` from kUnread to kRead where `convention` reads them, and to kLabel where
// they are a formula of the lexicon (« Entre : », « Il est convenu ce qui suit : »). Numbers and
// words that open a heading, and the formulas around a party's facts, count as read with the piece
// they open.
void Account(const std::vector<Document>& documents, const Convention& convention, LineUses* uses);

// Adds what is unread to `convention`: to the body of the annex it stands in, else as sections, a
// run of blocks each, with a confidence that asks a person to look. For after all other stages.
void ReadRest(const Blocks& blocks, const std::vector<ContractPart>& parts, const LineUses& uses,
              Convention* convention);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_ACCOUNTING_H_
