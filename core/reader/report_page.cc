#include "core/reader/report_page.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/html.h"

namespace greffe::reader {

const char* UseWord(LineUse use) {
  switch (use) {
    case LineUse::kPageHeader:
      return "en-tête de page";
    case LineUse::kLabel:
      return "libellé";
    case LineUse::kWatermark:
      return "filigrane";
    case LineUse::kContents:
      return "sommaire";
    case LineUse::kPageStamp:
      return "tampon ou numéro de page";
    case LineUse::kUnread:
      return "non lue";
    case LineUse::kRead:
      return "lue";
    case LineUse::kBlank:
      return "vide";
  }
  return "";
}

ReportPage::ReportPage(const Reading& reading, const std::vector<DocumentFile>& files,
                       const Draft& draft, const std::vector<v1::DraftProblem>& problems)
    : reading_(reading), draft_(draft), problems_(problems) {
  // Of two equal documents the first is meant.
  for (std::size_t d = files.size(); d-- > 0;) documents_[files[d].sha256] = static_cast<int>(d);
}

int ReportPage::DocumentOf(const std::string& sha256) const {
  const auto found = documents_.find(sha256);
  return found == documents_.end() ? -1 : found->second;
}

void ReportPage::PutText(absl::string_view text) { out_ += EscapeHtml(text); }

std::string ReportPage::LinesLink(const Lines& lines) const {
  if (lines.document >= reading_.documents.size()) return "";
  std::string words = absl::StrCat(lines.first == lines.last ? "ligne " : "lignes ", lines.first);
  if (lines.first != lines.last) absl::StrAppend(&words, " à ", lines.last);
  const std::string name = reading_.documents.size() > 1
                               ? EscapeHtml(reading_.documents[lines.document].name) + ", "
                               : "";
  return absl::StrCat("<a href=\"#", LineId(lines.document, lines.first), "\">", name, words,
                      "</a>");
}
std::string ReportPage::LinesLinks(const std::vector<Lines>& all) const {
  std::string out;
  std::size_t count = 0;
  for (const Lines& lines : all) {
    if (++count > 20) return absl::StrCat(out, " …");
    absl::StrAppend(&out, out.empty() ? "" : " ; ", LinesLink(lines));
  }
  return out;
}
std::string ReportPage::LineId(std::size_t document, std::size_t line) {
  return absl::StrCat("d", document + 1, "-l", line);
}
}  // namespace greffe::reader
