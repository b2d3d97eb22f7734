#ifndef GREFFE_TESTS_CORE_READER_DOCUMENTS_H_
#define GREFFE_TESTS_CORE_READER_DOCUMENTS_H_

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace greffe::testing_support {

struct TestDocument {
  std::string name;
  std::string text;
};

inline std::string FileText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// The texts of a folder, by name.
inline void AddDocuments(const std::filesystem::path& folder, std::vector<TestDocument>* out) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string kind = entry.path().extension();
    if (kind == ".txt" || kind == ".md") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) out->push_back({path.filename(), FileText(path)});
}

// The project's own example and its documents in other layouts, then the real documents beside the
// project where they are; says what is left out where they are not. Tests run in the root of the
// tree.
inline std::vector<TestDocument> AllDocuments() {
  std::vector<TestDocument> out = {{"convention.txt", FileText("examples/import/convention.txt")}};
  AddDocuments("tests/reader/documents", &out);
  const std::filesystem::path shared = "../shared/documents";
  if (!std::filesystem::is_directory(shared)) {
    std::cout << "left out: " << shared << " is not there; only the project's own are read\n";
    return out;
  }
  AddDocuments(shared, &out);
  return out;
}

inline std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

inline std::string Joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_CORE_READER_DOCUMENTS_H_
