#ifndef GREFFE_TESTS_SCENARIOS_RUNNER_H_
#define GREFFE_TESTS_SCENARIOS_RUNNER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::scenario {

// Plays a scenario (README.md beside) and returns what is wrong with it or with what it expects,
// each as `name:line: …` in French; empty when all is as it says. Play ends at the first sentence
// that is not understood or not possible; expectations are all checked. One without expectations is
// wrong.
std::vector<std::string> RunScenario(absl::string_view text, absl::string_view name);

}  // namespace greffe::scenario

#endif  // GREFFE_TESTS_SCENARIOS_RUNNER_H_
