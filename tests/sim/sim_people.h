#ifndef GREFFE_TESTS_SIM_SIM_PEOPLE_H_
#define GREFFE_TESTS_SIM_SIM_PEOPLE_H_

#include <deque>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "tests/sim/sim_node.h"

namespace greffe::sim {

// The draft of a small convention between partners `c<index>`.
v1::ConventionDraft SmallDraft(const std::vector<int>& members);
inline std::string PartnerOf(int index) { return "c" + std::to_string(index); }
v1::IndicatorMeasured Measurement(const std::string& value);

// What people do at the nodes: random commands, and commands sent once more. Answers are checked
// against each other where they must be the same.
class People final {
 public:
  using Report = std::function<void(std::string)>;

  // All outlive this. `report` gets what is wrong.
  People(std::mt19937_64* random, Report report) : random_(*random), report_(std::move(report)) {}

  // Queues one command at the node, about one of its conventions.
  void Act(Node& node);
  // Queues it; what is acknowledged is noted at the node.
  template <typename Request>
  void Send(Node& node, const Request& request);

 private:
  // A command that was answered, to be sent again.
  struct Done {
    std::string node;
    std::function<void(Node&)> again;
  };

  int Pick(int count) { return static_cast<int>(random_() % static_cast<std::uint64_t>(count)); }
  std::string RequestIdFor(Node& node) { return node.RandomBytes(16); }
  void Measure(Node& node, const std::string& convention, const std::string& cut);
  void ReportProgress(Node& node, const std::string& convention, const std::string& cut);
  void Meet(Node& node, const std::string& convention);
  void WorkOnActs(Node& node, const std::string& convention);
  void Settle(Node& node, const std::string& convention);
  void Attach(Node& node, const std::string& convention);

  std::mt19937_64& random_;
  const Report report_;
  std::deque<Done> done_;
  int files_ = 0;
};

template <typename Request>
void People::Send(Node& node, const Request& request) {
  node.Submit(request, [this, &node, request](absl::StatusOr<ResponseOf<Request>> response) {
    if (!response.ok()) return;
    Acknowledged acknowledged;
    acknowledged.convention = response->receipt().convention_id();
    for (const std::string& leaf : response->receipt().leaves()) {
      acknowledged.leaves.push_back(leaf);
    }
    node.acknowledged.push_back(acknowledged);
    const std::string first = response->receipt().SerializeAsString();
    done_.push_back({.node = node.name(), .again = [this, request, first](Node& where) {
                       where.Submit(
                           request, [this, first](absl::StatusOr<ResponseOf<Request>> answer) {
                             // Refused for another reason, such as a disk that fails, is no second
                             // effect.
                             if (answer.ok() && answer->receipt().SerializeAsString() != first) {
                               report_("a command sent again had another answer");
                             }
                           });
                     }});
    if (done_.size() > 32) done_.pop_front();
  });
}

}  // namespace greffe::sim

#endif  // GREFFE_TESTS_SIM_SIM_PEOPLE_H_
