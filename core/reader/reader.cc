#include "core/reader/reader.h"

#include <utility>

#include "core/base/status_macros.h"
#include "core/reader/blocks.h"

namespace greffe::reader {

absl::StatusOr<Reading> Read(std::vector<InputText> inputs) {
  ASSIGN_OR_RETURN(std::vector<Document> documents, SplitLines(inputs));
  Blocks blocks = BuildBlocks(std::move(documents));
  Reading reading;
  reading.uses = blocks.uses;
  reading.documents = std::move(blocks.documents);
  return reading;
}

}  // namespace greffe::reader
