#ifndef GREFFE_TESTS_CLIENT_CLI_RUN_GREFFE_H_
#define GREFFE_TESTS_CLIENT_CLI_RUN_GREFFE_H_

#include <sstream>
#include <string>
#include <vector>

#include "client/cli/app.h"

namespace greffe::cli {

// One run of the command line in this process, and what it left.
struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

struct Terminal {
  bool present = false;
  std::string typed;
  int width = 100;
};

inline Outcome RunGreffe(std::vector<std::string> arguments, const Terminal& terminal = {}) {
  arguments.insert(arguments.begin(), "greffe");
  std::vector<const char*> argv;
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  std::istringstream in(terminal.typed);
  std::ostringstream out;
  std::ostringstream err;
  const int code = Run(static_cast<int>(argv.size()), argv.data(),
                       {.in = in,
                        .out = out,
                        .err = err,
                        .in_is_terminal = terminal.present,
                        .err_is_terminal = false,
                        .width = terminal.width});
  return {code, out.str(), err.str()};
}

}  // namespace greffe::cli

#endif  // GREFFE_TESTS_CLIENT_CLI_RUN_GREFFE_H_
