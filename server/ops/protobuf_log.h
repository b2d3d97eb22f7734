#ifndef GREFFE_SERVER_OPS_PROTOBUF_LOG_H_
#define GREFFE_SERVER_OPS_PROTOBUF_LOG_H_

namespace greffe {

// Takes the lines that protobuf would write to stderr in a form of its own, among them one for each
// text that is no UTF-8, whoever sends it: they are not written. What ends the process is still
// told, as a line of our log. For the whole process; before threads.
void QuietProtobuf();

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_PROTOBUF_LOG_H_
