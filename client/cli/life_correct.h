#ifndef GREFFE_CLIENT_CLI_LIFE_CORRECT_H_
#define GREFFE_CLIENT_CLI_LIFE_CORRECT_H_

#include <map>
#include <set>
#include <string>
#include <utility>

#include "client/cli/command.h"
#include "client/cli/life_commands.h"
#include "greffe/v1/life.pb.h"

namespace greffe::cli {

// The options of every command that records a fact of life, for `greffe correct`, which learns what
// kind of fact it has only once it found it. Lives as long as the command. One thread.
class LifeCorrection final {
 public:
  // `taken`: options of these names are the command's own already, and what was typed for them.
  explicit LifeCorrection(std::map<std::string, const std::string*> taken)
      : taken_(std::move(taken)) {}

  void AddTo(Command& command);
  // The fact as it is, but for what the options say; without `replaces`, `reason` and evidence of
  // its own. A usage error for an option that the command of this fact does not have.
  absl::StatusOr<v1::LifeRecorded> Correct(const v1::LifeRecorded& was) const;

 private:
  LifeOptionValue ValueOf(const char* name) const;

  const std::map<std::string, const std::string*> taken_;
  std::string on_, text_;
  // By name; nodes stay where they are.
  std::map<std::string, LifeOptionValue> values_;
};

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_LIFE_CORRECT_H_
