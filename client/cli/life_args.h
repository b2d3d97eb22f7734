#ifndef GREFFE_CLIENT_CLI_LIFE_ARGS_H_
#define GREFFE_CLIENT_CLI_LIFE_ARGS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/cli/command.h"
#include "client/cli/source_map.h"
#include "greffe/v1/life.pb.h"

namespace greffe::cli {

// Arguments and options that every command has that records a fact of life.
struct LifeArgs {
  std::string convention, fact, element, on, text, evidence, evidence_digest, reason;
  std::vector<std::string> replaces;

  // CONVENTION, and FACT when the command answers one.
  void AddConvention(Command& command);
  void AddAnswered(Command& command);
  // --on, --text, --evidence, --evidence-sha256, --replaces, --reason.
  void AddOptions(Command& command);
};

// Fills what the options say into `fact` and records it; FACT and --replaces may be shortened to
// six digits and are looked up. `map`, when not null, is of the file that `fact` comes from.
CommandResult RecordLife(Context& context, const LifeArgs& args, v1::LifeRecorded fact,
                         const SourceMap* map = nullptr);

// A usage error naming the option that is missing.
absl::Status NeedOption(const char* option, const std::string& given);

// Words of the command line for values of enums.
absl::StatusOr<v1::NoticeKind> ParseNoticeKind(absl::string_view word);
absl::StatusOr<v1::TerminationGround> ParseTerminationGround(absl::string_view word);
absl::StatusOr<v1::EvaluationKind> ParseEvaluationKind(absl::string_view word);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_LIFE_ARGS_H_
