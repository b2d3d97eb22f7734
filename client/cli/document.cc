#include "client/cli/document.h"

#include "absl/strings/match.h"
#include "client/cli/files.h"
#include "client/cli/text_width.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {

absl::Status CheckDocumentOptions(const Context& context, const DocumentOptions& options) {
  if (options.markdown && options.html) {
    return UsageError({.field = "--html",
                       .fr = "Une forme à la fois : --markdown ou --html.",
                       .en = "One form at a time: --markdown or --html.",
                       .next_fr = "lancez la commande une fois pour chaque forme",
                       .next_en = "run the command once for each form"});
  }
  if (options.any() && context.globals.json) {
    return UsageError({.field = "--json",
                       .fr = "Une forme à la fois : --json, ou --markdown ou --html.",
                       .en = "One form at a time: --json, or --markdown or --html.",
                       .next_fr = "lancez la commande une fois pour chaque forme",
                       .next_en = "run the command once for each form"});
  }
  if (!options.output.empty() && !options.any()) {
    return UsageError({.field = "--output",
                       .fr = "--output écrit un document : --markdown ou --html, sans --json.",
                       .en = "--output writes a document: --markdown or --html, without --json.",
                       .next_fr = "ajoutez --html, ou redirigez la sortie : > FICHIER",
                       .next_en = "add --html, or redirect stdout: > FILE"});
  }
  return absl::OkStatus();
}

absl::Status CheckOutput(const Context& context, const std::string& output) {
  if (output.empty() || !context.globals.json) return absl::OkStatus();
  return UsageError({.field = "--output",
                     .fr = "--output écrit le fichier, --json une réponse sur la sortie : l'un ou "
                           "l'autre.",
                     .en = "--output writes the file, --json an answer on stdout: one or the "
                           "other.",
                     .next_fr = "ôtez --json, ou redirigez la sortie : > FICHIER",
                     .next_en = "leave out --json, or redirect stdout: > FILE"});
}

absl::Status PutDocument(Context& context, const std::string& output, absl::string_view document,
                         const v1::ReplyContext& beside) {
  for (const std::string& banner : beside.banners()) context.Note("! " + Printable(banner));
  // The document bears its token: it is the same at every replica that knows as much.
  if (const std::string said = SayAnswered(context.lang(), beside, ""); !said.empty()) {
    context.Note(said);
  }
  if (output.empty()) {
    context.out() << document;
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(WriteOutput("--output", output, document));
  context.Note(context.F(msg::kWritten, output));
  return absl::OkStatus();
}

absl::Status PutExported(Context& context, const std::string& output,
                         const v1::ExportDocumentResponse& answer) {
  const bool text = absl::StartsWith(answer.media_type(), "text/markdown") ||
                    absl::StartsWith(answer.media_type(), "text/html");
  return PutDocument(context, output, text ? Printable(answer.content()) : answer.content(),
                     answer.context());
}

v1::DocumentForm FormOf(const DocumentOptions& options) {
  if (options.html) return v1::DOCUMENT_FORM_HTML;
  return options.markdown ? v1::DOCUMENT_FORM_MARKDOWN : v1::DOCUMENT_FORM_UNSPECIFIED;
}

}  // namespace greffe::cli
