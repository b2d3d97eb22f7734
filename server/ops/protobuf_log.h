#ifndef GREFFE_SERVER_OPS_PROTOBUF_LOG_H_
#define GREFFE_SERVER_OPS_PROTOBUF_LOG_H_

#include <cstdint>

namespace greffe {

// Takes the lines that protobuf would write to stderr in a form of its own, among them one for each
// malformed message that anybody sends: they are counted and not written. What ends the process is
// still told, as a line of our log. For the whole process; before threads.
void QuietProtobuf();
// How many were taken. Thread safe.
std::uint64_t ProtobufComplaints();

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_PROTOBUF_LOG_H_
