#ifndef GREFFE_TESTS_CORE_EXPORT_HTML_CHECK_H_
#define GREFFE_TESTS_CORE_EXPORT_HTML_CHECK_H_

#include <string>
#include <vector>

namespace greffe::testing_support {

// What is wrong with a page that must stand alone and be read by ear: markup that does not close,
// scripts, anything fetched, attributes that nobody expects, headings with a gap, tables without
// caption or scope, links that lead nowhere, ids given twice. Knows nothing of the writer.
std::vector<std::string> ProblemsOfPage(const std::string& html);

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_CORE_EXPORT_HTML_CHECK_H_
