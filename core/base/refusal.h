#ifndef GREFFE_CORE_BASE_REFUSAL_H_
#define GREFFE_CORE_BASE_REFUSAL_H_

#include <string>

#include "absl/status/status.h"

namespace greffe {

// Why something is refused, in words for people in both languages. Travels as an absl::Status
// whose message is `fr` and whose payloads hold the rest, so that every layer passes it on
// untouched; the gRPC adapter turns it into greffe.v1.ErrorDetail.
struct Refusal {
  absl::StatusCode code = absl::StatusCode::kInvalidArgument;
  // Rule broken, such as "L-30" or "limit-title"; may be empty.
  std::string rule;
  // Path of the field concerned; may be empty.
  std::string field;
  // What was given, what is wanted, which rule.
  std::string fr;
  std::string en;
  // What to do next; may be empty.
  std::string next_fr;
  std::string next_en;
  // Of one that only asks: what the same request must bear to say that somebody looked; may be
  // empty.
  std::string confirm;
};

absl::Status ToStatus(const Refusal& refusal);
// The refusal in a status. For one made elsewhere: code and message, in both languages.
Refusal RefusalOf(const absl::Status& status);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_REFUSAL_H_
