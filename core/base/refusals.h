#ifndef GREFFE_CORE_BASE_REFUSALS_H_
#define GREFFE_CORE_BASE_REFUSALS_H_

#include <vector>

#include "absl/status/status.h"
#include "core/base/refusal.h"

namespace greffe {

// Several things that are wrong with one request: people correct them together. RefusalOf gives the
// first; the others ride in payloads beside it and count only with it, so that their code is its.

// The first in other words: what else rides in `status` rides along.
absl::Status InOtherWords(const absl::Status& status, const Refusal& words);

absl::Status WithFurther(absl::Status first, const std::vector<Refusal>& further);
// In order; empty for a status with one refusal, or none.
std::vector<Refusal> FurtherOf(const absl::Status& status);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_REFUSALS_H_
