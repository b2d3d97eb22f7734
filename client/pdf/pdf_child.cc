#include "client/pdf/pdf_child.h"

#include <fcntl.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "client/write_all.h"

namespace greffe {
namespace {

void Silence(const std::string&, void*) {}

void Limit(int resource, rlim_t value) {
  const rlimit limit{value, value};
  // A child without its bounds must not touch the PDF.
  if (setrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0) _exit(kPdfNoMemory);
}

// Bytes of address space in use; 0 when the system does not say.
std::size_t MappedBytes() {
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  unsigned long pages = 0;
  if (file == nullptr) return 0;
  const int read = std::fscanf(file, "%lu", &pages);
  std::fclose(file);
  return read == 1 ? pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) : 0;
}

int WritePages(absl::string_view bytes, const PdfLimits& limits, int fd) {
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr) return kPdfNotReadable;
  if (document->is_locked()) return kPdfLocked;
  const int pages = document->pages();
  if (pages > limits.pages) return kPdfTooManyPages;
  std::size_t total = 0;
  for (int i = 0; i < pages; ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    if (page == nullptr) continue;
    std::vector<char> text = page->text(poppler::rectf(), poppler::page::physical_layout).to_utf8();
    for (char& c : text) {
      if (c == '\f') c = '\n';
    }
    text.push_back('\n');
    total += text.size();
    if (total > limits.text_bytes) return kPdfTextTooLong;
    if (WriteAll(fd, {text.data(), text.size()}) != 0) return kPdfTextTooLong;
  }
  return kPdfDone;
}

}  // namespace

void RunPdfChild(absl::string_view bytes, const PdfLimits& limits, int fd) {
  // What this process handles, a child must not.
  for (const int signal : {SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGXCPU, SIGXFSZ}) {
    std::signal(signal, SIG_DFL);
  }
  Limit(RLIMIT_AS, MappedBytes() + limits.memory_bytes);
  Limit(RLIMIT_CPU, static_cast<rlim_t>(limits.cpu_seconds));
  Limit(RLIMIT_CORE, 0);
  Limit(RLIMIT_FSIZE, 0);
  // Its library talks to standard error by itself.
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (null >= 0) dup2(null, STDERR_FILENO);
  int code = kPdfNoMemory;
  try {
    poppler::set_debug_error_function(Silence, nullptr);
    code = WritePages(bytes, limits, fd);
  } catch (const std::bad_alloc&) {
    code = kPdfNoMemory;
  } catch (...) {
    code = kPdfNotReadable;
  }
  // No destructors and no buffers of the process that this one was made from.
  _exit(code);
}

}  // namespace greffe
