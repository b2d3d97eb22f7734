#ifndef GREFFE_SERVER_IDENTITY_HOME_FILES_H_
#define GREFFE_SERVER_IDENTITY_HOME_FILES_H_

#include <sys/stat.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace greffe {

// The files of a home as home.cc and home_lock.cc read them, and what people are told of them.

// Closed when it goes.
struct FileHandle {
  int fd;
  ~FileHandle();
};

// UNAVAILABLE (rule "file"): what the system says of the path, and what to do about it. `error` is
// an errno.
absl::Status FileError(absl::string_view path, int error);
// FAILED_PRECONDITION (rule "home").
absl::Status NoReplicaHere(absl::string_view home);
// FAILED_PRECONDITION (rule "file-mode") where the group or others may write.
absl::Status CheckOwnersAlone(const std::string& path, mode_t mode);
// A small file of a home. NOT_FOUND, of which the caller says what it means; FAILED_PRECONDITION as
// above; UNAVAILABLE.
absl::StatusOr<std::string> ReadHomeFile(const std::string& path);

}  // namespace greffe

#endif  // GREFFE_SERVER_IDENTITY_HOME_FILES_H_
