#include "tests/scenarios/language.h"
namespace greffe::scenario {
const std::vector<Sentence>& LifeSteps() {
  static const auto* const kSteps = new std::vector<Sentence>{};
  return *kSteps;
}
}  // namespace greffe::scenario
