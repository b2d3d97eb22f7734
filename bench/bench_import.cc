// Reading documents: text in, draft and report out; time and memory.
//   bench_import FILE...      each read as a convention of its own, and once more repeated to 200
//   KB
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/support/measure.h"
#include "core/convention/decide.h"
#include "core/reader/draft.h"
#include "core/reader/reader.h"
#include "core/reader/report_html.h"

namespace greffe::bench {
namespace {

constexpr std::size_t kLargeBytes = 200 * 1024;

std::string FileText(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

double PeakBytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024;
}

void Require(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "bench_import: %s\n", std::string(status.message()).c_str());
  std::exit(1);
}

// What one would do instead: split the text at its line ends and keep the lines.
double SplitAlone(const std::string& text) {
  return Fastest(5, [&] {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(std::move(line));
  });
}

void Measure(const std::string& name, const std::string& text) {
  const double read = Fastest(3, [&] { Require(reader::Read({{"document.txt", text}}).status()); });
  const auto reading = reader::Read({{"document.txt", text}});
  const std::vector<reader::DocumentFile> files = {
      {std::string(64, '0'), text.size(), "text/plain"}};
  const double rest = Fastest(3, [&] {
    const reader::Draft draft = reader::MakeDraft(*reading, files);
    reader::ReportHtml(*reading, files, draft, CheckDraft(draft.draft));
  });
  const double alone = SplitAlone(text);
  const std::string what = absl::StrCat("import ", name, ", ", text.size() / 1024, " KiB");
  PrintRow(absl::StrCat(what, ": reading"), Micros(read),
           absl::StrCat("splitting its lines alone ", Micros(alone)), Ratio(read / alone),
           text.size() >= kLargeBytes ? "<= 1,000,000 us" : "");
  PrintRow(absl::StrCat(what, ": draft, checks, report"), Micros(rest), "", "", "");
}

void Run(const char* path) {
  const std::string text = FileText(path);
  const std::string name = absl::string_view(path).find('/') == absl::string_view::npos
                               ? std::string(path)
                               : std::string(path).substr(std::string(path).rfind('/') + 1);
  if (text.empty()) return Require(absl::NotFoundError(absl::StrCat(path, " cannot be read")));
  Measure(name, text);
  std::string large = text;
  while (large.size() < kLargeBytes) large += text;
  Measure(name + " repeated", large);
}

}  // namespace
}  // namespace greffe::bench

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "bench_import FILE...\n");
    return 2;
  }
  greffe::bench::PrintHeader();
  for (int i = 1; i < argc; ++i) greffe::bench::Run(argv[i]);
  greffe::bench::PrintRow("import, memory at its peak",
                          greffe::bench::Mebibytes(greffe::bench::PeakBytes()), "", "",
                          "<= 100 MiB");
  return 0;
}
