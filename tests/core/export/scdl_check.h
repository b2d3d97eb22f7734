#ifndef GREFFE_TESTS_CORE_EXPORT_SCDL_CHECK_H_
#define GREFFE_TESTS_CORE_EXPORT_SCDL_CHECK_H_

#include <string>
#include <vector>

namespace greffe::testing_support {

// Fields of a CSV file by RFC 4180, line by line. An empty result for one that breaks it.
std::vector<std::vector<std::string>> ParseCsv(const std::string& text, char separator);

// What the SCDL schema « délibérations » 2.1 finds wrong in a file, row by row: patterns, required
// values and rules between fields. Written from the schema, not from the writer.
std::vector<std::string> ProblemsOfScdl(const std::string& text, char separator = ',');

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_CORE_EXPORT_SCDL_CHECK_H_
