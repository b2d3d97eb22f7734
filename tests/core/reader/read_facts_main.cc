// Reads documents and prints their facts, for those who work on the reader:
//   greffe_read_facts [--unread | --findings] FILE...
// --unread prints the lines nobody read and, on stderr, their share; --findings what the checks
// say.
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "core/reader/facts.h"
#include "core/reader/reader.h"

namespace {

using greffe::reader::InputText;
using greffe::reader::LineUse;
using greffe::reader::Reading;

void PrintUnread(const Reading& reading) {
  size_t unread = 0;
  size_t full = 0;
  for (size_t d = 0; d < reading.uses.size(); ++d) {
    for (size_t i = 0; i < reading.uses[d].size(); ++i) {
      if (reading.uses[d][i] == LineUse::kBlank) continue;
      ++full;
      if (reading.uses[d][i] != LineUse::kUnread) continue;
      ++unread;
      std::cout << reading.documents[d].name << ":" << i + 1 << "\t"
                << reading.documents[d].lines[i] << "\n";
    }
  }
  std::cerr << unread << " of " << full << " lines unread ("
            << (full == 0 ? 0.0 : 100.0 * static_cast<double>(unread) / static_cast<double>(full))
            << " %)\n";
}

void PrintFindings(const Reading& reading) {
  for (const auto& finding : reading.findings) {
    greffe::reader::Source source;
    source.lines = finding.lines;
    std::cout << finding.rule << "\t" << finding.fr << "\t"
              << greffe::reader::SourceText(reading, source) << "\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  bool unread = false;
  bool findings = false;
  std::vector<InputText> inputs;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--unread") == 0) {
      unread = true;
    } else if (std::strcmp(argv[i], "--findings") == 0) {
      findings = true;
    } else {
      std::ifstream file(argv[i], std::ios::binary);
      std::stringstream bytes;
      bytes << file.rdbuf();
      if (!file) {
        std::cerr << argv[i] << ": cannot be read\n";
        return 2;
      }
      const std::string path = argv[i];
      inputs.push_back({path.substr(path.rfind('/') + 1), bytes.str()});
    }
  }
  const auto reading = greffe::reader::Read(std::move(inputs));
  if (!reading.ok()) {
    std::cerr << reading.status() << "\n";
    return 1;
  }
  if (unread) {
    PrintUnread(*reading);
  } else if (findings) {
    PrintFindings(*reading);
  } else {
    std::cout << greffe::reader::FactsTsv(*reading);
  }
  return 0;
}
