#ifndef GREFFE_TESTS_CLIENT_PDF_SAMPLE_PDF_H_
#define GREFFE_TESTS_CLIENT_PDF_SAMPLE_PDF_H_

#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace greffe::testing_support {

// Numbered objects as a PDF file; the first is its catalogue.
inline std::string PdfOf(const std::vector<std::string>& objects) {
  std::string out = "%PDF-1.4\n";
  std::string table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    char entry[24];
    std::snprintf(entry, sizeof(entry), "%010zu 00000 n \n", out.size());
    table += entry;
    absl::StrAppend(&out, i + 1, " 0 obj\n", objects[i], "\nendobj\n");
  }
  const std::size_t start = out.size();
  absl::StrAppend(&out, "xref\n0 ", objects.size() + 1, "\n0000000000 65535 f \n", table,
                  "trailer\n<< /Size ", objects.size() + 1, " /Root 1 0 R >>\nstartxref\n", start,
                  "\n%%EOF\n");
  return out;
}

inline std::string PdfStream(const std::string& extra, const std::string& content) {
  return absl::StrCat("<< ", extra, " /Length ", content.size(), " >>\nstream\n", content,
                      "\nendstream");
}

// A PDF of these pages, each of these lines (ASCII).
inline std::string MakePdf(const std::vector<std::vector<std::string>>& pages) {
  std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>", "",
                                      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string kids;
  for (const auto& lines : pages) {
    std::string content = "BT /F1 11 Tf 14 TL 60 780 Td\n";
    for (const std::string& line : lines) {
      const std::string escaped =
          absl::StrReplaceAll(line, {{"\\", "\\\\"}, {"(", "\\("}, {")", "\\)"}});
      absl::StrAppend(&content, "(", escaped, ") Tj T*\n");
    }
    content += "ET";
    const std::size_t page = objects.size() + 1;
    absl::StrAppend(&kids, page, " 0 R ");
    objects.push_back(absl::StrCat("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ",
                                   "/Resources << /Font << /F1 3 0 R >> >> /Contents ", page + 1,
                                   " 0 R >>"));
    objects.push_back(PdfStream("", content));
  }
  objects[1] = absl::StrCat("<< /Type /Pages /Kids [", kids, "] /Count ", pages.size(), " >>");
  return PdfOf(objects);
}

// A few kilobytes that draw one word ten to the power of `levels` times.
inline std::string MakePdfBomb(int levels) {
  std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> "
      ">> /Contents 5 0 R >>",
      PdfStream("", "/X Do")};
  for (int level = 0; level < levels; ++level) {
    std::string content;
    for (int i = 0; i < 10; ++i) content += "/X Do ";
    objects.push_back(PdfStream(
        absl::StrCat("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << ",
                     "/X ", objects.size() + 2, " 0 R >> >>"),
        content));
  }
  objects.push_back(PdfStream(
      "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R "
      ">> >>",
      "BT /F1 11 Tf 60 780 Td (mot) Tj ET"));
  return PdfOf(objects);
}

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_CLIENT_PDF_SAMPLE_PDF_H_
