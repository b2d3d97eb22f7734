#ifndef GREFFE_CLIENT_CLI_IMPORT_FILES_H_
#define GREFFE_CLIENT_CLI_IMPORT_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/reader/draft.h"
#include "core/reader/reader.h"

namespace greffe::cli {

// Documents to read, and what the draft says of their files. One entry a file, in the order given.
struct ImportInputs {
  std::vector<reader::InputText> texts;
  std::vector<reader::DocumentFile> files;
};

// Reads files whole; of a PDF, its text. Refused by name: what cannot be read, has more bytes than
// a PDF may, is empty, is no text and no PDF, or is given twice.
absl::StatusOr<ImportInputs> LoadInputs(const std::vector<std::string>& paths);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_IMPORT_FILES_H_
