// Tables whose columns are held apart by spaces alone, as text layouts of PDFs print them.
//
// Pure and thread safe. Linear in the text but for a fixed factor.
#ifndef GREFFE_CORE_READER_COLUMNS_H_
#define GREFFE_CORE_READER_COLUMNS_H_

#include <cstdint>
#include <map>

#include "core/reader/model.h"
#include "core/reader/table.h"

namespace greffe::reader {

// The rows found, by the index of their first line. A row spans the lines after it whose only words
// stand under one of its columns. Lines that start in the same places make rows only together: a
// line alone is never one, nor are two words held apart by accident.
using SpacedRows = std::map<std::size_t, Row>;
SpacedRows FindSpacedRows(const Document& document, uint32_t index,
                          const std::vector<LineUse>& uses);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_COLUMNS_H_
