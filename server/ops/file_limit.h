#ifndef GREFFE_SERVER_OPS_FILE_LIMIT_H_
#define GREFFE_SERVER_OPS_FILE_LIMIT_H_

#include <cstdint>

namespace greffe {

// What greffed wants to have open at once: more connections than one address can make to one port.
inline constexpr std::uint64_t kOpenFilesWanted = 65'536;

// Raises the limit of open files of this process (RLIMIT_NOFILE) to kOpenFilesWanted, or as far as
// the system lets it; never lowers it. Returns the limit then. gRPC takes a connection that it
// cannot accept for the end of its port, for good: it must not come to that.
std::uint64_t RaiseOpenFiles();

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_FILE_LIMIT_H_
