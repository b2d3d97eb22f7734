#include "client/cli/signature_evidence.h"

#include "client/cli/files.h"
#include "client/cli/messages.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {

void SignatureEvidence::AddTo(Command& command) {
  command
      .Option("--scan", "FILE", &scan,
              {"L'image du papier signé ; seule son empreinte est gardée",
               "The scan of the signed paper; only its digest is kept"})
      .Option("--scan-digest", "HEX", &scan_digest,
              {"Ou son SHA-256, 64 chiffres", "Or its SHA-256, 64 digits"})
      .Option("--outside-file", "FILE", &outside_file,
              {"Ou le fichier d'un autre outil de signature ; Greffe n'en garde que l'empreinte et "
               "ne le vérifie pas",
               "Or the file of another signing tool; Greffe keeps its digest alone and does not "
               "verify it"})
      .Option("--outside-digest", "HEX", &outside_digest,
              {"Ou son SHA-256, 64 chiffres", "Or its SHA-256, 64 digits"});
}

absl::Status SignatureEvidence::Fill(v1::RecordSignatureRequest& request) const {
  const bool paper = !scan.empty() || !scan_digest.empty();
  const bool outside = !outside_file.empty() || !outside_digest.empty();
  if (!paper && !outside) return absl::OkStatus();
  const bool both =
      (!scan.empty() && !scan_digest.empty()) || (!outside_file.empty() && !outside_digest.empty());
  if (both || (paper && outside)) return NeedOne();
  request.set_kind(paper ? v1::SIGNATURE_KIND_PAPER : v1::SIGNATURE_KIND_OUTSIDE_FILE);
  request.set_scan_digest(paper ? scan_digest : outside_digest);
  if (!scan.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_scan_digest(), DigestOfFile(scan, "--scan"));
  }
  if (!outside_file.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_scan_digest(), DigestOfFile(outside_file, "--outside-file"));
  }
  return absl::OkStatus();
}

absl::Status SignatureEvidence::NeedOne() {
  constexpr const char* kOptions = "--scan, --scan-digest, --outside-file, --outside-digest";
  return UsageError({.field = "--scan",
                     .fr = ::greffe::cli::Fill(Lang::kFrench, msg::kNeedOneOf, kOptions),
                     .en = ::greffe::cli::Fill(Lang::kEnglish, msg::kNeedOneOf, kOptions)});
}

}  // namespace greffe::cli
