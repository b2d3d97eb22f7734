// First stage: bytes of documents become healed lines.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_LINES_H_
#define GREFFE_CORE_READER_LINES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/reader/model.h"

namespace greffe::reader {

// Limits of one reading: the largest known convention has 200 KB and 3,600 lines.
inline constexpr std::size_t kInputBytes = 16 * 1024 * 1024;
inline constexpr std::size_t kLineBytes = 1024 * 1024;
inline constexpr std::size_t kInputLines = 400'000;
inline constexpr std::size_t kInputDocuments = 64;

// One document: its name for people and its bytes, UTF-8.
struct InputText {
  std::string name;
  std::string bytes;
};

// Splits at LF, CR LF and CR; a form feed (a page break) counts as white space. Heals, so that
// every line is UTF-8 in NFC and printable: bytes that are not UTF-8 are read as Windows-1252,
// control and invisible characters (soft hyphens, byte order marks) go. RESOURCE_EXHAUSTED (rule
// limit-import) beyond the limits above, checked before memory is taken; INVALID_ARGUMENT (rule
// import-binary) naming document and line for NUL bytes or UTF-16.
absl::StatusOr<std::vector<Document>> SplitLines(const std::vector<InputText>& inputs);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_LINES_H_
