#include "server/ops/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace greffe {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildHistogram;
using prometheus::Counter;
using prometheus::Histogram;

// One fdatasync is some 300 us; a minute is the longest a call may take.
const Histogram::BucketBoundaries& Seconds() {
  static const auto& kBounds = *new Histogram::BucketBoundaries{
      0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60};
  return kBounds;
}

prometheus::MetricFamily FamilyOf(const MetricReading& reading) {
  prometheus::MetricFamily family;
  family.name = reading.name;
  family.help = reading.help;
  prometheus::ClientMetric metric;
  if (reading.kind == MetricReading::Kind::kCounter) {
    family.type = prometheus::MetricType::Counter;
    metric.counter.value = reading.value;
  } else {
    family.type = prometheus::MetricType::Gauge;
    metric.gauge.value = reading.value;
  }
  family.metric.push_back(metric);
  return family;
}

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  prometheus::Family<Histogram>& commands = BuildHistogram()
                                                .Name("greffe_command_seconds")
                                                .Help("Commands until they are durable")
                                                .Register(registry);
  prometheus::Family<Histogram>& reads =
      BuildHistogram().Name("greffe_read_seconds").Help("Reads").Register(registry);
  Histogram& commands_done = commands.Add({{"result", "done"}}, Seconds());
  Histogram& commands_refused = commands.Add({{"result", "refused"}}, Seconds());
  Histogram& reads_done = reads.Add({{"result", "done"}}, Seconds());
  Histogram& reads_refused = reads.Add({{"result", "refused"}}, Seconds());
  Counter& unauthenticated = BuildCounter()
                                 .Name("greffe_unauthenticated_total")
                                 .Help("Calls with a token or key that opens nothing")
                                 .Register(registry)
                                 .Add({});
  Counter& malformed = BuildCounter()
                           .Name("greffe_malformed_messages_total")
                           .Help("Requests and frames that do not decode")
                           .Register(registry)
                           .Add({});
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::Command(double seconds, bool done) {
  (done ? families_->commands_done : families_->commands_refused).Observe(seconds);
}

void Metrics::Read(double seconds, bool done) {
  (done ? families_->reads_done : families_->reads_refused).Observe(seconds);
}

void Metrics::Unauthenticated() { families_->unauthenticated.Increment(); }

void Metrics::Malformed() { families_->malformed.Increment(); }

std::string Metrics::Text(const std::vector<MetricReading>& readings) const {
  std::vector<prometheus::MetricFamily> families = families_->registry.Collect();
  for (const MetricReading& reading : readings) families.push_back(FamilyOf(reading));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace greffe
