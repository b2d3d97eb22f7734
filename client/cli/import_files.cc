#include "client/cli/import_files.h"

#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "client/cli/messages.h"
#include "client/cli/text_width.h"
#include "client/connection.h"
#include "client/pdf/pdf_text.h"
#include "client/status.h"
#include "core/base/digest.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

constexpr Message kEmpty = {"« $0 » est vide.", "“$0” is empty."};
constexpr Message kEmptyNext = {"donnez le document lui-même", "give the document itself"};
constexpr Message kTwice = {"« $0 » a les mêmes octets qu'un fichier donné avant lui.",
                            "“$0” has the same bytes as a file given before it."};
constexpr Message kTwiceNext = {"donnez chaque document une fois", "give each document once"};
constexpr Message kOffice = {"« $0 » est un fichier compressé ou de traitement de texte.",
                             "“$0” is a compressed or word processor file."};
constexpr Message kOfficeNext = {"enregistrez-le en PDF ou en texte UTF-8, et donnez ce fichier",
                                 "save it as PDF or UTF-8 text, and give that file"};

absl::Status Refuse(const char* rule, const Message& text, const Message& next,
                    const std::string& path) {
  const std::string shown = PrintableLine(path);
  return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                   .rule = rule,
                   .field = shown,
                   .fr = Fill(Lang::kFrench, text, shown),
                   .en = Fill(Lang::kEnglish, text, shown),
                   .next_fr = next.fr,
                   .next_en = next.en});
}

std::string NameOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return PrintableLine(slash == std::string::npos ? path : path.substr(slash + 1));
}

// Archives (also .docx and .odt), and the binary word processor of before.
bool LooksLikeOffice(absl::string_view bytes) {
  return absl::StartsWith(bytes, "PK\x03\x04") || absl::StartsWith(bytes, "\x1F\x8B") ||
         absl::StartsWith(bytes, "\xD0\xCF\x11\xE0");
}

}  // namespace

absl::StatusOr<ImportInputs> LoadInputs(const std::vector<std::string>& paths) {
  ImportInputs inputs;
  std::set<std::string> digests;
  for (const std::string& path : paths) {
    ASSIGN_OR_RETURN(std::string bytes, ReadSmallFile(path, path, PdfLimits{}.file_bytes));
    if (bytes.empty()) return Refuse("import-empty", kEmpty, kEmptyNext, path);
    if (LooksLikeOffice(bytes)) return Refuse("import-form", kOffice, kOfficeNext, path);
    const std::string digest = Sha256({bytes}).ToHex();
    if (!digests.insert(digest).second) return Refuse("import-twice", kTwice, kTwiceNext, path);
    const bool pdf = LooksLikePdf(bytes);
    inputs.files.push_back({.sha256 = digest,
                            .bytes = bytes.size(),
                            .media_type = pdf ? "application/pdf" : "text/plain"});
    if (pdf) {
      ASSIGN_OR_RETURN(bytes, PdfText(bytes, NameOf(path)));
    }
    inputs.texts.push_back({NameOf(path), std::move(bytes)});
  }
  return inputs;
}

}  // namespace greffe::cli
