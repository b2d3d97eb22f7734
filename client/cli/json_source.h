#ifndef GREFFE_CLIENT_CLI_JSON_SOURCE_H_
#define GREFFE_CLIENT_CLI_JSON_SOURCE_H_

#include <google/protobuf/descriptor.h>

#include <vector>

#include "absl/strings/string_view.h"
#include "client/cli/source_map.h"

namespace greffe::cli {

// Reads JSON text against a message type, for what protobuf's own reader does not tell: lines. All
// unknown fields, unknown enum names and wrong shapes are found in one go; the first syntax error
// ends it. Recursion is bounded; `map` gets every field read. Values themselves are protobuf's to
// judge.
std::vector<FileProblem> ScanJson(absl::string_view text, const google::protobuf::Descriptor* type,
                                  SourceMap& map);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_JSON_SOURCE_H_
