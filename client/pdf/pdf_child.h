#ifndef GREFFE_CLIENT_PDF_PDF_CHILD_H_
#define GREFFE_CLIENT_PDF_PDF_CHILD_H_

#include "absl/strings/string_view.h"
#include "client/pdf/pdf_text.h"

namespace greffe {

// How a child ends by itself.
enum PdfExit : int {
  kPdfDone = 0,
  kPdfNotReadable = 10,
  kPdfLocked = 11,
  kPdfTooManyPages = 12,
  kPdfNoMemory = 13,
  kPdfTextTooLong = 14,
};

// What a child does: takes its limits, reads the PDF and writes the text to `fd`. Never returns.
[[noreturn]] void RunPdfChild(absl::string_view bytes, const PdfLimits& limits, int fd);

}  // namespace greffe

#endif  // GREFFE_CLIENT_PDF_PDF_CHILD_H_
