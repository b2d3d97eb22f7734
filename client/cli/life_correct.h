#ifndef GREFFE_CLIENT_CLI_LIFE_CORRECT_H_
#define GREFFE_CLIENT_CLI_LIFE_CORRECT_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/command.h"
#include "client/cli/life_commands.h"
#include "greffe/v1/life.pb.h"

namespace greffe::cli {

// The options of every command that records a fact of life, for `greffe correct`, which learns what
// kind of fact it has only once it found it. Lives as long as the command. One thread.
class LifeCorrection final {
 public:
  // `taken`: options of these names are the command's own lists already, and what was typed for
  // them.
  explicit LifeCorrection(std::map<std::string, const std::vector<std::string>*> taken)
      : taken_(std::move(taken)) {}

  void AddTo(Command& command);
  // What was typed for a text option that a fact of another kind has too.
  std::string TextOf(const char* name) const { return ValueOf(name).text; }
  // The fact as it is, evidence included, but for what the options say; without `replaces` and
  // `reason`, which are those of a correction. `emptied`: options given as "", which take out what
  // the fact said there. A usage error for an option that the command of this fact does not have,
  // and for one emptied that it cannot be without.
  absl::StatusOr<v1::LifeRecorded> Correct(const v1::LifeRecorded& was,
                                           const std::set<std::string>& emptied) const;

 private:
  LifeOptionValue ValueOf(const char* name) const;

  const std::map<std::string, const std::vector<std::string>*> taken_;
  std::string on_, text_;
  // By name; nodes stay where they are.
  std::map<std::string, LifeOptionValue> values_;
  // True and false, by name: `--final=false` takes back what was recorded as final.
  std::map<std::string, std::optional<bool>> flags_;
};

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_LIFE_CORRECT_H_
