#ifndef GREFFE_CORE_CONVENTION_STATE_RECORDED_AT_H_
#define GREFFE_CORE_CONVENTION_STATE_RECORDED_AT_H_

#include <cstdint>
#include <optional>

#include "google/protobuf/timestamp.pb.h"

namespace greffe {

// The time that an event claims, in microseconds since 1970-01-01T00:00:00Z. Nothing when it is no
// time between the years 1 and 9999, as google.protobuf.Timestamp has it: peers write any number.
std::optional<std::int64_t> RecordedMicros(const google::protobuf::Timestamp& time);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_RECORDED_AT_H_
