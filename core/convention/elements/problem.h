#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_PROBLEM_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_PROBLEM_H_

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

// Whether the command can list all problems without doing anything.
enum class DryRun { kOffered, kNone };

// OK for none. INVALID_ARGUMENT with the first problem, and how many more there are; the others
// named when no dry run could list them.
absl::Status ToStatus(const std::vector<Problem>& problems, DryRun dry_run = DryRun::kOffered);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_PROBLEM_H_
