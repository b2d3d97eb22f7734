#ifndef GREFFE_CLIENT_CLI_UNFINISHED_H_
#define GREFFE_CLIENT_CLI_UNFINISHED_H_

#include <string>

namespace greffe::cli {

// The name of a file that is being written, for as long as this lives: a signal that ends the
// program removes it. A few at a time; what does not fit is not removed. Any thread.
class Unfinished final {
 public:
  // Of nothing, when `path` is empty.
  explicit Unfinished(const std::string& path);
  ~Unfinished();
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

 private:
  int slot_ = -1;
};

// SIGHUP, SIGINT and SIGTERM end the program as they always do, once what is unfinished is removed.
// One that is ignored (nohup) stays ignored. Called once, before there are threads.
void RemoveUnfinishedOnSignals();

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_UNFINISHED_H_
