#ifndef GREFFE_TESTS_SCENARIOS_RECORD_H_
#define GREFFE_TESTS_SCENARIOS_RECORD_H_

#include <string>

#include "absl/status/status.h"
#include "greffe/v1/life.pb.h"
#include "tests/scenarios/world.h"

// Facts of a convention's life as sentences record them, always of today.
namespace greffe::scenario {

// Records a fact; remembers it under `name` unless that is empty.
absl::Status Record(World& world, Who who, v1::LifeRecorded fact, const std::string& name);
// The same as an answer to the last fact of that name. INVALID_ARGUMENT when there is none.
absl::Status AnswerTo(World& world, Who who, v1::LifeRecorded fact, const std::string& name);
// By whoever recorded the fact answered.
absl::Status AnswerToOwn(World& world, v1::LifeRecorded fact, const std::string& name);

}  // namespace greffe::scenario

#endif  // GREFFE_TESTS_SCENARIOS_RECORD_H_
