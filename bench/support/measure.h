#ifndef GREFFE_BENCH_SUPPORT_MEASURE_H_
#define GREFFE_BENCH_SUPPORT_MEASURE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace greffe::bench {

// Monotonic seconds.
double Seconds();

// The fastest of `runs` runs of `work`, in seconds: on a shared machine the least disturbed one.
double Fastest(int runs, const std::function<void()>& work);

// The value below which `share` (0 to 1) of the samples lie. Sorts.
double Percentile(std::vector<double>& samples, double share);

// Resident memory of this process in bytes; 0 when unknown.
std::uint64_t ResidentBytes();
// The most it was since ForgetPeak, or since the start: what lasted an instant counts too.
std::uint64_t PeakResidentBytes();
void ForgetPeak();

// Median latency in seconds of appending `bytes` to a file in `dir` and calling fdatasync: what a
// durable write costs on this disk with nothing around it.
double FdatasyncLatency(const std::string& dir, std::size_t bytes, int times);

// Prints one row of the common table: what, figure, what one would use instead, ratio, mark.
void PrintHeader();
void PrintRow(const std::string& what, const std::string& figure, const std::string& instead,
              const std::string& ratio, const std::string& mark);
std::string Rate(double per_second);
std::string Micros(double seconds);
std::string Mebibytes(double bytes);
std::string Ratio(double value);

}  // namespace greffe::bench

#endif  // GREFFE_BENCH_SUPPORT_MEASURE_H_
