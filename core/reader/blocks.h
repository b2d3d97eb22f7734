// Second stage: lines become blocks, the units that the later stages read.
//
// A block is a heading, a paragraph, an item of a list, a table or a line of a contents list, with
// its source lines. Lines that pages add are left out, sentences that they cut are joined again.
// Pure and thread safe. Every line that is neither blank nor furniture lies in some block.
#ifndef GREFFE_CORE_READER_BLOCKS_H_
#define GREFFE_CORE_READER_BLOCKS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/reader/heading.h"
#include "core/reader/model.h"
#include "core/reader/table.h"

namespace greffe::reader {

enum class BlockKind {
  // Opens with a word of the heading lexicon and a number, or is marked up as a heading, or stands
  // alone in bold or capitals. A line like « I – Soutenir… » without any of these is a kParagraph
  // whose `heading.kind` is kNumbered.
  kHeading,
  kParagraph,
  kListItem,
  kTable,
  // One line of a contents list, without its dots and page number.
  kContents,
};

// One source line of a block, without markup and bullet, one-spaced.
struct BlockLine {
  uint32_t number = 0;
  std::string text;
};

struct Block {
  BlockKind kind = BlockKind::kParagraph;
  uint32_t level = 0;  // Depth of an item (0 is a top one); of a Markdown heading, its number of #.
  std::string marker;  // The bullet of an item: "-", "•", "- ✓" gives "✓".
  std::string text;    // Its lines joined by spaces, without markup and bullet.
  Heading heading;     // When it opens like one, whatever its kind. Title joined over its lines.
  bool bold = false;   // All of it.
  bool after_page = false;  // Furniture or a gap of three lines stands before it.
  Lines lines;
  std::vector<BlockLine> parts;  // Not for tables.
  std::vector<Row> rows;  // Tables only: at least one. Rows between blank lines are one table.
};

// What became of each line: per document, per line.
using LineUses = std::vector<std::vector<LineUse>>;

struct Blocks {
  std::vector<Document> documents;
  std::vector<Block> blocks;  // In the order of the documents and their lines.
  // Per document and line: blank, furniture, or kUnread for what lies in a block.
  LineUses uses;
  // Stretches in two columns, whose blocks stand in the order of reading.
  std::vector<Lines> columns;
};

Blocks BuildBlocks(std::vector<Document> documents);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_BLOCKS_H_
