#ifndef GREFFE_CORE_CONVENTION_PROBLEM_H_
#define GREFFE_CORE_CONVENTION_PROBLEM_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "greffe/v1/convention_service.pb.h"

namespace greffe {

// Something that a person wrote and that may not enter.
struct Problem {
  // Name of the limit or rule, such as `limit-title`.
  std::string rule;
  // Path of the field in the request or file.
  std::string field;
  // Element concerned, or empty.
  std::string element_id;
  std::string fr;
  std::string en;
};

v1::DraftProblem ToDraftProblem(const Problem& problem);

// OK for none. INVALID_ARGUMENT with the first problem, and how many more there are.
absl::Status ToStatus(const std::vector<Problem>& problems);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_PROBLEM_H_
