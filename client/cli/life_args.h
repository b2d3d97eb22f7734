#ifndef GREFFE_CLIENT_CLI_LIFE_ARGS_H_
#define GREFFE_CLIENT_CLI_LIFE_ARGS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/cli/command.h"
#include "client/cli/source_map.h"
#include "client/client.h"
#include "greffe/v1/life.pb.h"
#include "greffe/v1/life_service.pb.h"

namespace greffe::cli {

// Arguments and options that every command has that records a fact of life.
struct LifeArgs {
  std::string convention, fact, element, on, text, evidence, evidence_digest, reason;
  std::vector<std::string> replaces;
  bool dry_run = false;

  // CONVENTION, and FACT when the command answers one.
  void AddConvention(Command& command);
  void AddAnswered(Command& command);
  // --on, --text, --evidence, --evidence-sha256, --replaces, --reason, --dry-run.
  void AddOptions(Command& command);
  // The file of --evidence becomes its digest; a usage error for one that cannot be read.
  absl::Status ReadEvidence();
};

// The facts on record, once they are asked for. Not thread safe.
class LifeFacts final {
 public:
  LifeFacts(Client& client, std::string convention)
      : client_(client), convention_(std::move(convention)) {}

  // The fact that `text` names: its hash, or the only one that starts so, with six digits or more.
  // Valid as long as this is. NOT_FOUND, or INVALID_ARGUMENT for several.
  absl::StatusOr<const v1::LifeFactView*> Find(const std::string& text);
  // Bytes of its leaf; a whole hash is taken as it is.
  absl::StatusOr<std::string> FindLeaf(const std::string& text, const char* option);

 private:
  absl::Status Read();

  Client& client_;
  const std::string convention_;
  std::optional<v1::LifeView> view_;
};

// Hash in hex of the deliberation that `text` names, likewise, as the convention's history has it.
absl::StatusOr<std::string> FindDeliberation(Client& client, const std::string& convention,
                                             const std::string& text);

// Puts what the options say into `fact`; it happened today when neither says a day.
absl::Status FillLife(const LifeArgs& args, LifeFacts& facts, v1::LifeRecorded* fact);
// Records it and shows the answer; with --dry-run, shows what would be recorded and found, or why
// it would be refused. `map`, when not null, is of the file that `fact` comes from.
CommandResult SendLife(Context& context, Client& client, const LifeArgs& args,
                       v1::LifeRecorded fact, const SourceMap* map = nullptr);

// A usage error naming the option that is missing.
absl::Status NeedOption(const char* option, const std::string& given);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_LIFE_ARGS_H_
