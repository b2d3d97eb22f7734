// The text of a PDF, read in a process of its own.
#ifndef GREFFE_CLIENT_PDF_PDF_TEXT_H_
#define GREFFE_CLIENT_PDF_PDF_TEXT_H_

#include <chrono>
#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace greffe {

// What one PDF may cost. A PDF of a few kilobytes can unpack to gigabytes, or never end.
struct PdfLimits {
  std::size_t file_bytes = 64 * 1024 * 1024;
  std::size_t text_bytes = 16 * 1024 * 1024;
  int pages = 2000;
  // Beyond what this process has mapped when it starts.
  std::size_t memory_bytes = 512 * 1024 * 1024;
  int cpu_seconds = 20;
  std::chrono::seconds wall{60};
};

// True for bytes that start as a PDF does (its mark stands within the first 1,024 bytes).
bool LooksLikePdf(absl::string_view bytes);

// The text of all pages, in the order and layout that a reader sees, a blank line between pages;
// UTF-8 as the document has it. Poppler runs in a child with bounds on memory, time and output, so
// that whatever a PDF does to it ends as a refusal here that names `name`: INVALID_ARGUMENT for
// what is no PDF, is locked, or holds no text (a scan); RESOURCE_EXHAUSTED beyond a limit; INTERNAL
// when no child can be made. Blocks until then. Thread safe.
absl::StatusOr<std::string> PdfText(absl::string_view bytes, absl::string_view name,
                                    const PdfLimits& limits = {});

}  // namespace greffe

#endif  // GREFFE_CLIENT_PDF_PDF_TEXT_H_
