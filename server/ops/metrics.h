#ifndef GREFFE_SERVER_OPS_METRICS_H_
#define GREFFE_SERVER_OPS_METRICS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe {

// A figure counted elsewhere, read at the moment of the answer.
struct MetricReading {
  enum class Kind { kCounter, kGauge };
  std::string name;
  std::string help;
  Kind kind = Kind::kCounter;
  double value = 0;
};

// Figures of the running server in the Prometheus text format. Labels name kinds of work, never
// people, partners or conventions. Thread safe.
class Metrics final {
 public:
  Metrics();
  ~Metrics();

  // A command, from its arrival until its answer is durable.
  void Command(double seconds, bool done);
  void Read(double seconds, bool done);
  void Unauthenticated();
  // A request or frame that does not decode as what it should be.
  void Malformed();

  std::string Text(const std::vector<MetricReading>& readings) const;

 private:
  struct Families;
  const std::unique_ptr<Families> families_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_METRICS_H_
