#include "client/pdf/pdf_text.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "client/pdf/pdf_child.h"
#include "core/base/refusal.h"

namespace greffe {
namespace {

using Clock = std::chrono::steady_clock;

absl::Status Refuse(absl::StatusCode code, const char* rule, absl::string_view name,
                    absl::string_view fr, absl::string_view en, absl::string_view next_fr,
                    absl::string_view next_en) {
  return ToStatus({.code = code,
                   .rule = rule,
                   .field = std::string(name),
                   .fr = absl::StrCat(name, " : ", fr),
                   .en = absl::StrCat(name, ": ", en),
                   .next_fr = std::string(next_fr),
                   .next_en = std::string(next_en)});
}

absl::Status TooLarge(absl::string_view name, absl::string_view fr, absl::string_view en) {
  return Refuse(absl::StatusCode::kResourceExhausted, "limit-pdf", name, fr, en,
                "tirez-en le texte avec un autre outil, et donnez ce texte",
                "take its text out with another tool, and give that text");
}

absl::Status NoMemory(absl::string_view name, const PdfLimits& limits) {
  const std::size_t mib = limits.memory_bytes >> 20;
  return TooLarge(name, absl::StrCat("ce PDF demande plus de ", mib, " Mio de mémoire."),
                  absl::StrCat("this PDF takes more than ", mib, " MiB of memory."));
}

absl::Status TooLongText(absl::string_view name, const PdfLimits& limits) {
  return TooLarge(
      name, absl::StrCat("le texte de ce PDF dépasse ", limits.text_bytes, " octets."),
      absl::StrCat("the text of this PDF is longer than ", limits.text_bytes, " bytes."));
}

absl::Status NoTime(absl::string_view name, const PdfLimits& limits) {
  return TooLarge(
      name, absl::StrCat("ce PDF demande plus de ", limits.cpu_seconds, " s de calcul."),
      absl::StrCat("this PDF takes more than ", limits.cpu_seconds, " s of computing."));
}

// What the way a child ended says about the PDF.
absl::Status Explain(int status, absl::string_view name, const PdfLimits& limits) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    if (signal == SIGXCPU || signal == SIGKILL) return NoTime(name, limits);
    if (signal == SIGPIPE) return TooLongText(name, limits);
    return Refuse(absl::StatusCode::kInvalidArgument, "pdf-form", name,
                  "ce PDF fait échouer sa lecture.", "this PDF makes its reading fail.",
                  "enregistrez-le à nouveau, ou donnez son texte",
                  "save it anew, or give its text");
  }
  switch (WEXITSTATUS(status)) {
    case kPdfDone:
      return absl::OkStatus();
    case kPdfLocked:
      return Refuse(absl::StatusCode::kInvalidArgument, "pdf-locked", name,
                    "ce PDF demande un mot de passe.", "this PDF wants a password.",
                    "enregistrez-le sans mot de passe", "save it without a password");
    case kPdfTooManyPages:
      return TooLarge(name, absl::StrCat("plus de ", limits.pages, " pages."),
                      absl::StrCat("more than ", limits.pages, " pages."));
    case kPdfNoMemory:
      return NoMemory(name, limits);
    case kPdfTextTooLong:
      return TooLongText(name, limits);
    default:
      return Refuse(absl::StatusCode::kInvalidArgument, "pdf-form", name,
                    "ce n'est pas un PDF lisible.", "this is not a readable PDF.",
                    "vérifiez le fichier, ou donnez son texte", "check the file, or give its text");
  }
}

// One child and the pipe it writes to. Ended and waited for, whatever happens.
class Child final {
 public:
  Child(pid_t pid, int fd) : pid_(pid), fd_(fd) {}
  ~Child() {
    if (fd_ >= 0) close(fd_);
    if (pid_ > 0) End();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // What it writes, until it closes its end: at most `bytes_max`, until `deadline`. The status says
  // why reading stopped before.
  absl::Status ReadAll(std::size_t bytes_max, Clock::time_point deadline, std::string* text) {
    char buffer[64 * 1024];
    for (;;) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (left <= 0) return absl::DeadlineExceededError("");
      pollfd wait{fd_, POLLIN, 0};
      const int ready = poll(&wait, 1, static_cast<int>(std::min<long long>(left, 1000)));
      if (ready < 0 && errno != EINTR) return absl::InternalError(std::strerror(errno));
      if (ready <= 0) continue;
      const ssize_t size = read(fd_, buffer, sizeof(buffer));
      if (size < 0 && errno == EINTR) continue;
      if (size < 0) return absl::InternalError(std::strerror(errno));
      if (size == 0) return absl::OkStatus();
      if (text->size() + static_cast<std::size_t>(size) > bytes_max) {
        return absl::ResourceExhaustedError("");
      }
      text->append(buffer, static_cast<std::size_t>(size));
    }
  }

  // Waits for its end, as waitpid tells it.
  int Wait() {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return status;
  }

 private:
  void End() {
    kill(pid_, SIGKILL);
    Wait();
  }

  pid_t pid_;
  int fd_;
};

}  // namespace

bool LooksLikePdf(absl::string_view bytes) {
  return bytes.substr(0, 1024).find("%PDF-") != absl::string_view::npos;
}

absl::StatusOr<std::string> PdfText(absl::string_view bytes, absl::string_view name,
                                    const PdfLimits& limits) {
  if (bytes.size() > limits.file_bytes) {
    const std::size_t mib = limits.file_bytes >> 20;
    return TooLarge(name, absl::StrCat("un PDF a au plus ", mib, " Mio."),
                    absl::StrCat("a PDF has at most ", mib, " MiB."));
  }
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return absl::InternalError(std::strerror(errno));
  const pid_t pid = fork();
  if (pid == 0) {
    close(pipe_ends[0]);
    RunPdfChild(bytes, limits, pipe_ends[1]);
  }
  close(pipe_ends[1]);
  if (pid < 0) {
    close(pipe_ends[0]);
    return absl::InternalError(std::strerror(errno));
  }
  Child child(pid, pipe_ends[0]);
  std::string text;
  const absl::Status read = child.ReadAll(limits.text_bytes, Clock::now() + limits.wall, &text);
  if (absl::IsDeadlineExceeded(read)) return NoTime(name, limits);
  if (absl::IsResourceExhausted(read)) return TooLongText(name, limits);
  if (!read.ok()) return read;
  if (absl::Status end = Explain(child.Wait(), name, limits); !end.ok()) return end;
  if (text.find_first_not_of(" \n\t\r") == std::string::npos) {
    return Refuse(absl::StatusCode::kInvalidArgument, "pdf-scan", name,
                  "ce PDF n'a pas de texte : c'est une image.",
                  "this PDF has no text: it is an image.",
                  "passez-le d'abord à la reconnaissance de caractères",
                  "run character recognition over it first");
  }
  return text;
}

}  // namespace greffe
