#ifndef GREFFE_CLIENT_CLI_PROBLEMS_H_
#define GREFFE_CLIENT_CLI_PROBLEMS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "client/cli/context.h"
#include "client/cli/source_map.h"

namespace greffe::cli {

// All problems of a dry run, each with the line of the file where the element stands, in the order
// of the file; or that there is none.
void PrintProblems(Context& context, const std::string& file,
                   const google::protobuf::RepeatedPtrField<v1::DraftProblem>& problems,
                   const SourceMap& map);

// Writes a file whole. A usage error when that cannot be done.
absl::Status WriteOutput(const std::string& path, absl::string_view content);

// SHA-256 of a file in lower-case hex, read in pieces. A usage error naming `option`.
absl::StatusOr<std::string> DigestOfFile(const std::string& path, absl::string_view option);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_PROBLEMS_H_
