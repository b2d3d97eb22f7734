// Reads documents of one convention: texts in, what they say and where out.
#ifndef GREFFE_CORE_READER_READER_H_
#define GREFFE_CORE_READER_READER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/reader/model.h"

namespace greffe::reader {

// Limits of one reading: the largest known convention has 200 KB.
inline constexpr std::size_t kInputBytes = 16 * 1024 * 1024;
inline constexpr std::size_t kLineBytes = 1024 * 1024;

// One document: its name for people and its bytes, UTF-8.
struct InputText {
  std::string name;
  std::string bytes;
};

// Reads `inputs` as one convention. RESOURCE_EXHAUSTED and INVALID_ARGUMENT are refusals that
// name the document and the line. Pure; the same inputs give the same reading.
absl::StatusOr<Reading> Read(std::vector<InputText> inputs);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_READER_H_
