#ifndef GREFFE_CLIENT_CLI_DOCUMENT_H_
#define GREFFE_CLIENT_CLI_DOCUMENT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "client/cli/context.h"
#include "greffe/v1/export_service.pb.h"
#include "greffe/v1/view.pb.h"

// Answers that leave as a document: Markdown, HTML, CSV, iCalendar.
namespace greffe::cli {

// --markdown, --html and --output of one command.
struct DocumentOptions {
  bool markdown = false;
  bool html = false;
  std::string output;

  // True when a document is asked for rather than a table or JSON.
  bool any() const { return markdown || html; }
};

// A usage error for two forms at once, --json among them, or --output without a form.
absl::Status CheckDocumentOptions(const Context& context, const DocumentOptions& options);
// A usage error for --json beside --output, for commands whose one document is a file.
absl::Status CheckOutput(const Context& context, const std::string& output);

// The document alone: on stdout, or in a new file named `output`. Banners of the answer go to
// stderr.
absl::Status PutDocument(Context& context, const std::string& output, absl::string_view document,
                         const v1::ReplyContext& beside);
// The same for what the replica made. Texts for people go through Printable; CSV and iCalendar keep
// the ends of their lines.
absl::Status PutExported(Context& context, const std::string& output,
                         const v1::ExportDocumentResponse& answer);

// The form that the options ask for; unspecified where they ask for none.
v1::DocumentForm FormOf(const DocumentOptions& options);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_DOCUMENT_H_
