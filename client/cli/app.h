#ifndef GREFFE_CLIENT_CLI_APP_H_
#define GREFFE_CLIENT_CLI_APP_H_

#include "client/cli/context.h"

namespace greffe::cli {

// One run of `greffe`: reads the arguments, does the command, tells people of errors. Returns the
// exit code of interface.md. Does not end the process.
int Run(int argc, const char* const* argv, const Console& console);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_APP_H_
