#ifndef GREFFE_CLIENT_CLI_CONTEXT_H_
#define GREFFE_CLIENT_CLI_CONTEXT_H_

#include <chrono>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/answered.h"
#include "client/cli/messages.h"
#include "client/cli/output.h"
#include "client/client.h"
#include "core/base/refusal.h"

namespace greffe::cli {

// What a command answers: an exit code, or why it failed.
using CommandResult = absl::StatusOr<int>;

// Options that every command takes.
struct Globals {
  std::string home;
  std::string server;
  std::string server_cert;
  std::string token_file;
  std::string lang;
  std::string timeout;
  std::string request_id;
  bool json = false;
  bool yes = false;
};

// Where a command reads and writes, and what kind of things these are.
struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool in_is_terminal = false;
  bool err_is_terminal = false;
  // Columns of the terminal that shows `out`.
  int width = 80;
};

enum class Work { kShort, kLong };

// One run of the command line: options, terminal, connection. One thread.
class Context final {
 public:
  Context(Console console, Lang lang) : console_(console), lang_(lang) {}

  Globals globals;
  // Completes the commands that a next step names by what this run's command was given; null
  // before it was read.
  Complete complete;
  // What the answer says beside that, by placeholder: the act that a board is about.
  std::map<std::string, std::string> known;

  Lang lang() const { return lang_; }
  // What is printed inside Show() is fitted to the width; documents are printed outside of it.
  std::ostream& out() { return text_ == nullptr ? console_.out : *text_; }
  std::ostream& err() { return console_.err; }
  // Sends on what was printed; false once stdout takes no more, so that nobody works for nothing.
  bool Flush();
  // errno of what stdout refused first; 0 where it took everything that was flushed, or where it is
  // not known.
  int output_error() const { return output_error_; }
  int width() const { return console_.width; }
  bool shows_progress() const { return console_.err_is_terminal && !globals.json; }

  const char* T(const Message& message) const { return Say(lang_, message); }
  template <typename... Args>
  std::string F(const Message& message, const Args&... args) const {
    return Fill(lang_, message, args...);
  }

  // The replica; connected once. Long work may take ten minutes where no --timeout is given.
  absl::StatusOr<Client*> Connect(Work work = Work::kShort);
  // The id of this run's command: --request-id, else 16 random bytes, the same each time.
  absl::StatusOr<std::string> RequestId();
  // Empty until RequestId was asked for.
  const std::string& request_id() const { return request_id_; }
  // A command that is repeated must say the same: its token too, where this run chose one.
  void RepeatWithCut(const std::string& cut) { repeat_cut_ = cut; }
  // The options that repeat this run's command; empty when it sent none.
  std::string RepeatOptions() const;
  // Whose token this run printed: it comes once, so that it is lost where stdout did not take it.
  // Empty where none was printed.
  const std::string& user_of_shown_token() const { return user_of_shown_token_; }
  absl::StatusOr<std::chrono::milliseconds> Timeout(std::chrono::milliseconds otherwise) const;

  // One document on stdout with --json; else banners of the answer, then what `people` prints, then
  // what a dated answer was computed from; no line of it wider than the terminal (FitLines).
  template <typename Response>
  void Show(const Response& response, const std::function<void()>& people) {
    if constexpr (requires {
                    response.token();
                    response.user();
                  }) {
      if (!response.token().empty()) user_of_shown_token_ = response.user().user();
    }
    if (globals.json) {
      out() << ToJson(response);
      return;
    }
    ShowText([&] {
      if constexpr (requires { response.context().banners(); }) {
        for (const std::string& banner : response.context().banners()) ShowBanner(banner);
      }
      people();
      if constexpr (requires { response.context().replica(); }) {
        ShowAnswered(response.context(), AskAgain(response));
      }
    });
  }
  // The same for what is no answer of a replica.
  void ShowText(const std::function<void()>& people);
  void ShowBanner(const std::string& banner);
  // Below an answer at a cut: by which replica, and how to ask for the same again (CHK-38).
  void ShowAnswered(const v1::ReplyContext& from, const std::string& ask_again);

  // A next step as it can be pasted.
  std::string Completed(const std::string& step) const {
    return complete == nullptr ? step : complete(step);
  }

  // Something said beside the answer, on stderr.
  void Note(const std::string& line);

  // OK when --yes was given or the person says yes. FAILED_PRECONDITION when there is no terminal
  // to ask at, ABORTED when the person does not say yes. What is asked about is shown before.
  absl::Status Confirm(const Message& question);

  // A refusal made here, in both languages, by the rule named: scripts tell refusals by it.
  template <typename... Args>
  static absl::Status RefuseBy(std::string rule, absl::StatusCode code, const Message& text,
                               const Message& next, const Args&... args) {
    return ToStatus({.code = code,
                     .rule = std::move(rule),
                     .fr = Fill(Lang::kFrench, text, args...),
                     .en = Fill(Lang::kEnglish, text, args...),
                     .next_fr = Fill(Lang::kFrench, next, args...),
                     .next_en = Fill(Lang::kEnglish, next, args...)});
  }

 private:
  std::string Home() const;

  Console console_;
  // What is being printed for people, until it is fitted.
  std::ostream* text_ = nullptr;
  const Lang lang_;
  std::unique_ptr<Client> client_;
  std::string request_id_;
  std::string repeat_cut_;
  std::string user_of_shown_token_;
  int output_error_ = 0;
};

// Says on a terminal's stderr what is being done, and for how long; gone when it ends.
class Progress final {
 public:
  Progress(Context& context, const Message& what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  struct Ticker;
  std::unique_ptr<Ticker> ticker_;
};

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_CONTEXT_H_
