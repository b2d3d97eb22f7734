#ifndef GREFFE_CLIENT_CLI_ARGUMENTS_H_
#define GREFFE_CLIENT_CLI_ARGUMENTS_H_

#include "absl/status/status.h"

namespace greffe::cli {

// A usage error (rule `utf-8`) naming the first argument that is not UTF-8: what a terminal in
// Latin-1 sends. Such an argument is let through where it names a file or a folder that is there:
// names of files are bytes.
absl::Status CheckArguments(int argc, const char* const* argv);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_ARGUMENTS_H_
