#include "client/cli/context.h"

#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <sstream>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "client/cli/parse.h"
#include "client/cli/text_width.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

constexpr std::chrono::milliseconds kTimeout{30'000};
constexpr std::chrono::milliseconds kLongTimeout{600'000};

}  // namespace

std::string Context::Home() const {
  if (!globals.home.empty()) return globals.home;
  const char* home = std::getenv("GREFFE_HOME");
  if (home != nullptr && *home != '\0') return home;
  std::error_code ignored;
  if (std::filesystem::is_directory("greffe-home", ignored)) return "greffe-home";
  if (std::filesystem::is_directory("/var/lib/greffe", ignored)) return "/var/lib/greffe";
  return "greffe-home";
}

bool Context::Flush() {
  // Where an earlier write failed, no call of the system came between.
  if (console_.out.good()) errno = 0;
  if (console_.out.flush()) return true;
  if (output_error_ == 0) output_error_ = errno;
  return false;
}

absl::StatusOr<std::chrono::milliseconds> Context::Timeout(
    std::chrono::milliseconds otherwise) const {
  if (globals.timeout.empty()) return otherwise;
  return ParseDuration(globals.timeout);
}

absl::StatusOr<Client*> Context::Connect(Work work) {
  if (client_ == nullptr) {
    ClientOptions options;
    ASSIGN_OR_RETURN(options.timeout, Timeout(work == Work::kLong ? kLongTimeout : kTimeout));
    options.language = lang_ == Lang::kFrench ? "fr" : "en";
    ASSIGN_OR_RETURN(client_, Client::Open({.home = Home(),
                                            .server = globals.server,
                                            .server_cert = globals.server_cert,
                                            .token_file = globals.token_file},
                                           options));
  }
  return client_.get();
}

absl::StatusOr<std::string> Context::RequestId() {
  if (request_id_.empty()) {
    if (globals.request_id.empty()) {
      request_id_ = NewRequestId();
    } else {
      ASSIGN_OR_RETURN(request_id_, ParseRequestId(globals.request_id));
    }
  }
  return request_id_;
}

std::string Context::RepeatOptions() const {
  // Without a connection nothing was sent.
  if (request_id_.empty() || client_ == nullptr) return "";
  std::string out = absl::StrCat("--request-id ", absl::BytesToHexString(request_id_));
  if (!repeat_cut_.empty()) absl::StrAppend(&out, " --read-cut ", repeat_cut_);
  return out;
}

void Context::ShowText(const std::function<void()>& people) {
  std::ostringstream text;
  text_ = &text;
  people();
  text_ = nullptr;
  console_.out << FitLines(text.str(), width());
}

void Context::Note(const std::string& line) { console_.err << FitLines(line, width()) << '\n'; }

void Context::ShowBanner(const std::string& banner) {
  for (const std::string& line : Wrap(Printable(banner), width() - 2)) {
    out() << "! " << line << '\n';
  }
}

void Context::ShowAnswered(const v1::ReplyContext& from, const std::string& ask_again) {
  const std::string said = ask_again.empty() ? "" : SayAnswered(lang_, from, ask_again);
  if (!said.empty()) out() << '\n' << said << '\n';
}

absl::Status Context::Confirm(const Message& question) {
  if (globals.yes) return absl::OkStatus();
  if (!console_.in_is_terminal) {
    return RefuseBy("confirmation", absl::StatusCode::kFailedPrecondition, msg::kNoTerminal,
                    msg::kNoTerminalNext);
  }
  console_.err << T(question) << std::flush;
  std::string answer;
  std::getline(console_.in, answer);
  const std::string word = absl::AsciiStrToLower(absl::StripAsciiWhitespace(answer));
  for (const char* yes : {"o", "oui", "y", "yes"}) {
    if (word == yes) return absl::OkStatus();
  }
  return RefuseBy("confirmation", absl::StatusCode::kAborted, msg::kNotConfirmed, {"", ""});
}

struct Progress::Ticker {
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  std::thread thread;
};

Progress::Progress(Context& context, const Message& what) {
  if (!context.shows_progress()) return;
  ticker_ = std::make_unique<Ticker>();
  ticker_->thread = std::thread(
      [ticker = ticker_.get(), &err = context.err(), text = std::string(context.T(what))] {
        const auto start = std::chrono::steady_clock::now();
        std::unique_lock lock(ticker->mutex);
        bool shown = false;
        while (!ticker->changed.wait_for(lock, std::chrono::milliseconds(500),
                                         [&] { return ticker->done; })) {
          const auto passed = std::chrono::duration_cast<std::chrono::seconds>(
              std::chrono::steady_clock::now() - start);
          err << '\r' << text << "… " << passed.count() << " s" << std::flush;
          shown = true;
        }
        if (shown) err << "\r\x1b[K" << std::flush;
      });
}

Progress::~Progress() {
  if (ticker_ == nullptr) return;
  {
    const std::lock_guard lock(ticker_->mutex);
    ticker_->done = true;
  }
  ticker_->changed.notify_all();
  ticker_->thread.join();
}

}  // namespace greffe::cli
