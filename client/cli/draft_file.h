#ifndef GREFFE_CLIENT_CLI_DRAFT_FILE_H_
#define GREFFE_CLIENT_CLI_DRAFT_FILE_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/source_map.h"

namespace greffe::cli {

// A file of 4 MiB of content may take twice that once written out with names and spaces.
inline constexpr std::size_t kDraftFileBytes = 8 * 1024 * 1024;

// Reads protobuf JSON (`.json`) or text format (`.txtpb`, `.textproto`), else by the first
// character that is no space: `{` is JSON. The size is checked before the bytes are read.
// INVALID_ARGUMENT names every unknown field, unknown enum value and syntax error by line and
// column; `map` says where fields stand. `command`: whose --help shows such a file, `act propose`;
// empty where none does.
absl::Status LoadDraft(const std::string& path, google::protobuf::Message& message, SourceMap& map,
                       absl::string_view command = "");

// As LoadDraft, from the text itself. `name` stands for the file in messages.
absl::Status ParseDraft(absl::string_view text, const std::string& name,
                        google::protobuf::Message& message, SourceMap& map,
                        absl::string_view command = "");

// A refusal by the replica about a message read from a file, with the line of each field put
// before it.
absl::Status WithLines(const absl::Status& status, const SourceMap& map);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_DRAFT_FILE_H_
