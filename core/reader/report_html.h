// The report of a reading, as one HTML page.
#ifndef GREFFE_CORE_READER_REPORT_HTML_H_
#define GREFFE_CORE_READER_REPORT_HTML_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/reader/draft.h"
#include "core/reader/model.h"
#include "greffe/v1/convention_service.pb.h"

namespace greffe::reader {

// A page never grows beyond this; what is left out is said where it is missing.
inline constexpr std::size_t kReportBytes = 32 * 1024 * 1024;

// How many lines became what. Blank lines do not count.
struct LineCounts {
  std::size_t full = 0;  // All lines that are not blank.
  std::size_t read = 0;
  std::size_t set_aside = 0;
  std::size_t unread = 0;
  // Unread of full, in tenths of a percent, rounded up: only 0 means none.
  std::size_t UnreadPerMille() const;
  // Of `read`: kept as plain text alone (PlainPassages), and of full as above.
  std::size_t plain = 0;
  std::size_t PlainPerMille() const;
};
LineCounts CountLines(const Reading& reading);

// Passages whose words the draft keeps and of which nothing was understood: what no stage of the
// reader took, kept as prose below kSureConfidence or as the bare wording of an annex. In order;
// what touches is one.
std::vector<Lines> PlainPassages(const Reading& reading);
// Percent; below it a person is asked to look.
inline constexpr std::uint32_t kSureConfidence = 60;

// One page in French, without scripts and outside resources: the shares of unread lines and of
// lines kept as plain text, findings, the passages kept so, the signing on paper, what the draft
// still lacks (`problems`, of core/convention/checks/draft_check.h), unread lines, persons named,
// then source and draft side by side, linked both ways by line. Texts of the documents are escaped.
// Holds names of persons: it is for those who correct the draft, not for publication. Pure; the
// same reading gives the same bytes.
std::string ReportHtml(const Reading& reading, const std::vector<DocumentFile>& files,
                       const Draft& draft, const std::vector<v1::DraftProblem>& problems);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_REPORT_HTML_H_
