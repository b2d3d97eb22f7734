// What the parts of a report share: the page being written, and links between lines and elements.
#ifndef GREFFE_CORE_READER_REPORT_PAGE_H_
#define GREFFE_CORE_READER_REPORT_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/report_html.h"

namespace greffe::reader {

// What became of a line, in French.
const char* UseWord(LineUse use);

// Lives for one report; what it is made of outlives it.
class ReportPage final {
 public:
  // Nobody reads longer lists, and browsers slow down.
  static constexpr std::size_t kRowsShown = 2000;

  ReportPage(const Reading& reading, const std::vector<DocumentFile>& files, const Draft& draft,
             const std::vector<v1::DraftProblem>& problems);

  const Reading& reading() const { return reading_; }
  const Draft& draft() const { return draft_; }
  const std::vector<v1::DraftProblem>& problems() const { return problems_; }
  // The document of a digest; -1 when none has it.
  int DocumentOf(const std::string& sha256) const;

  void Put(absl::string_view html) { out_.append(html.data(), html.size()); }
  void PutText(absl::string_view text);
  std::size_t size() const { return out_.size(); }
  std::string Take() { return std::move(out_); }

  // « lignes 12 à 14 », linked; several by semicolons.
  std::string LinesLink(const Lines& lines) const;
  std::string LinesLinks(const std::vector<Lines>& all) const;
  static std::string LineId(std::size_t document, std::size_t line);

 private:
  const Reading& reading_;
  const Draft& draft_;
  const std::vector<v1::DraftProblem>& problems_;
  std::map<std::string, int> documents_;
  std::string out_;
};

// The parts, in the order of the page.
void PutHead(ReportPage& page);
void PutLists(ReportPage& page);
void PutSides(ReportPage& page);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_REPORT_PAGE_H_
