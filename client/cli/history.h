#ifndef GREFFE_CLIENT_CLI_HISTORY_H_
#define GREFFE_CLIENT_CLI_HISTORY_H_

#include "client/cli/command.h"

namespace greffe::cli {

// `greffe convention history`.
void AddHistoryCommand(CommandLine& line);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_HISTORY_H_
