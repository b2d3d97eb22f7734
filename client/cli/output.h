#ifndef GREFFE_CLIENT_CLI_OUTPUT_H_
#define GREFFE_CLIENT_CLI_OUTPUT_H_

#include <google/protobuf/message.h>

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "client/cli/messages.h"

namespace greffe::cli {

// kDraft: indented, a file that people correct and LoadDraft reads; what holds nothing is left out.
enum class JsonForm { kIndented, kOneLine, kDraft };

// Exit codes of interface.md.
enum ExitCode : int {
  kDone = 0,
  kRefused = 1,
  kWrongUsage = 2,
  kNotReachable = 3,
  kIntegrity = 4,
};

// Protobuf JSON, the same for every command: names as in the .proto files; zeros, false and empty
// lists written out (but in a draft), messages that are unset left out. Ends with a line feed.
// Equal messages give equal bytes.
std::string ToJson(const google::protobuf::Message& message, JsonForm form = JsonForm::kIndented);

// Makes a next step one that can be pasted (complete.h).
using Complete = std::function<std::string(absl::string_view)>;

// What a failed command tells people: text, rule, field, next step, further problems; each on its
// own line, ending with a line feed. Next steps pass through `complete`, and stay without it.
std::string RenderError(Lang lang, const absl::Status& status, const Complete& complete = nullptr);
int ExitCodeOf(const absl::Status& status);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_OUTPUT_H_
