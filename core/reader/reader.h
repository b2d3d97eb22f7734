// Reads documents of one convention: texts in, what they say and where out.
#ifndef GREFFE_CORE_READER_READER_H_
#define GREFFE_CORE_READER_READER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "core/reader/lines.h"
#include "core/reader/model.h"

namespace greffe::reader {

// Reads `inputs` as one convention. RESOURCE_EXHAUSTED and INVALID_ARGUMENT are refusals that
// name the document and the line. Pure; the same inputs give the same reading.
absl::StatusOr<Reading> Read(std::vector<InputText> inputs);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_READER_H_
