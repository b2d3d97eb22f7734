#ifndef GREFFE_CLIENT_WRITE_ALL_H_
#define GREFFE_CLIENT_WRITE_ALL_H_

#include <unistd.h>

#include <cerrno>

#include "absl/strings/string_view.h"

namespace greffe {

// Writes all of `content`. 0, or the errno of the call that failed. A write may take a part only,
// or be interrupted by a signal.
inline int WriteAll(int fd, absl::string_view content) {
  while (!content.empty()) {
    const ssize_t written = write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return EIO;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace greffe

#endif  // GREFFE_CLIENT_WRITE_ALL_H_
