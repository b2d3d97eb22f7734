// Blocks that a conversion cut in two, joined again: a table whose heading row stands above a gap,
// a title marked up as two headings, a label that a page's layout centres beside its text.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_BLOCK_JOINS_H_
#define GREFFE_CORE_READER_BLOCK_JOINS_H_

#include <cstddef>
#include <vector>

#include "core/reader/blocks.h"

namespace greffe::reader {

// Joins among the blocks from `first` on, those of `document`.
void JoinCutBlocks(const Document& document, std::size_t first, std::vector<Block>* blocks);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_BLOCK_JOINS_H_
