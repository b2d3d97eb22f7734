#include <google/protobuf/stubs/logging.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "client/cli/app.h"
#include "client/cli/text_width.h"
#include "client/cli/unfinished.h"

int main(int argc, char** argv) {
  // gRPC and protobuf write to people's terminals otherwise; what matters comes as a status.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  google::protobuf::SetLogHandler(nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  // A file that may not grow is a write that fails, like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  greffe::cli::RemoveUnfinishedOnSignals();
  std::ios::sync_with_stdio(false);
  const greffe::cli::Console console{.in = std::cin,
                                     .out = std::cout,
                                     .err = std::cerr,
                                     .in_is_terminal = isatty(STDIN_FILENO) == 1,
                                     .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                     .width = greffe::cli::TerminalWidth(STDOUT_FILENO)};
  return greffe::cli::Run(argc, argv, console);
}
