#include "bench/support/measure.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace greffe::bench {

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double Fastest(int runs, const std::function<void()>& work) {
  double best = 1e9;
  for (int i = 0; i < runs; ++i) {
    const double start = Seconds();
    work();
    best = std::min(best, Seconds() - start);
  }
  return best;
}

double Percentile(std::vector<double>& samples, double share) {
  if (samples.empty()) return 0;
  std::sort(samples.begin(), samples.end());
  const auto at = static_cast<std::size_t>(share * static_cast<double>(samples.size() - 1));
  return samples[at];
}

namespace {

// A line of /proc/self/status such as "VmHWM:   57688 kB"; 0 when there is none.
std::uint64_t StatusBytes(absl::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (!absl::StartsWith(line, name)) continue;
    return std::strtoull(line.c_str() + name.size(), nullptr, 10) << 10;
  }
  return 0;
}

}  // namespace

std::uint64_t ResidentBytes() { return StatusBytes("VmRSS:"); }
std::uint64_t PeakResidentBytes() { return StatusBytes("VmHWM:"); }
void ForgetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

double FdatasyncLatency(const std::string& dir, std::size_t bytes, int times) {
  const std::string path = absl::StrCat(dir, "/fdatasync.tmp");
  const int fd = open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
  if (fd < 0) return 0;
  const std::string data(bytes, 'x');
  std::vector<double> samples;
  for (int i = 0; i < times; ++i) {
    const double start = Seconds();
    if (write(fd, data.data(), data.size()) < 0 || fdatasync(fd) != 0) break;
    samples.push_back(Seconds() - start);
  }
  close(fd);
  unlink(path.c_str());
  return Percentile(samples, 0.5);
}

void PrintHeader() {
  // Set by run.sh, which prints one table of several programs.
  if (std::getenv("GREFFE_BENCH_NO_HEADER") != nullptr) return;
  PrintRow("what", "Greffe", "instead, same run", "ratio", "mark");
}

void PrintRow(const std::string& what, const std::string& figure, const std::string& instead,
              const std::string& ratio, const std::string& mark) {
  std::printf("%-52s | %-22s | %-38s | %-7s | %s\n", what.c_str(), figure.c_str(), instead.c_str(),
              ratio.c_str(), mark.c_str());
  std::fflush(stdout);
}

std::string Rate(double per_second) { return absl::StrFormat("%.0f/s", per_second); }
std::string Micros(double seconds) { return absl::StrFormat("%.0f us", seconds * 1e6); }
std::string Mebibytes(double bytes) { return absl::StrFormat("%.1f MiB", bytes / 1048576.0); }
std::string Ratio(double value) { return absl::StrFormat("%.2f", value); }

}  // namespace greffe::bench
