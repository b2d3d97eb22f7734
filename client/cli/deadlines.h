#ifndef GREFFE_CLIENT_CLI_DEADLINES_H_
#define GREFFE_CLIENT_CLI_DEADLINES_H_

#include "client/cli/command.h"

namespace greffe::cli {

// `greffe deadlines`.
void AddDeadlinesCommand(CommandLine& line);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_DEADLINES_H_
