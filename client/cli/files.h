#ifndef GREFFE_CLIENT_CLI_FILES_H_
#define GREFFE_CLIENT_CLI_FILES_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "client/cli/unfinished.h"

namespace greffe::cli {

// Files that people name in options. What they have is never written over unless they say so, and
// what is written is whole or not there. A path that cannot be opened is a usage error naming
// `option`; a disk that does not take the bytes a refusal by rule `output`, saying why.

// Opens a file that did not exist, with these permissions. Refused when there is one. A device or a
// pipe is opened as it is. The caller closes it.
absl::StatusOr<int> OpenNewFile(absl::string_view option, const std::string& path, int mode);

// Writes all of `content` to what OpenNewFile gave, and closes it. 0 once it is on disk; else the
// errno of what failed, and a regular file is removed. `closing` is for tests.
int FinishFile(int fd, const std::string& path, absl::string_view content,
               int (*closing)(int) = nullptr);
// Closes it and removes what was made for content that never came; a device or a pipe stays.
void DiscardFile(int fd, const std::string& path);

// Who may read what is written, before the umask.
enum class Readers { kAll, kOwner };

// What becomes of a file that is there already: it stays and the new one is refused, or it is
// replaced, and others see the old or the new one. What the old one allowed stays allowed, within
// `Readers`; of a symbolic link, what it leads to is replaced.
enum class Old { kStays, kReplaced };

// A file that comes in pieces: written beside its path, and put there once it is whole. Destroyed
// before, or ended by a signal (unfinished.h), it leaves nothing. A device or a pipe is written as
// it is. Not thread safe.
class NewFile final {
 public:
  static absl::StatusOr<std::unique_ptr<NewFile>> Make(absl::string_view option,
                                                       const std::string& path,
                                                       Readers readers = Readers::kAll,
                                                       Old old = Old::kStays);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  absl::Status Append(absl::string_view bytes);
  // Once it is on disk, under its path; refused when another file came there meanwhile and stays.
  // Once.
  absl::Status Keep();

 private:
  struct Place {
    // As people named it.
    std::string path;
    // Where it will be.
    std::string target;
    // Where it is until it is whole; empty for a device or a pipe.
    std::string beside;
    Old old = Old::kStays;
  };

  NewFile(int fd, Place place);

  int fd_;
  const Place place_;
  const Unfinished unfinished_;
};

// Writes a file whole, by the rules of NewFile.
absl::Status WriteOutput(absl::string_view option, const std::string& path,
                         absl::string_view content, Readers readers = Readers::kAll,
                         Old old = Old::kStays);

// The usage error for a file that cannot be read; `error` is an errno.
absl::Status CannotRead(absl::string_view option, const std::string& path, int error);

// SHA-256 of a file in lower-case hex, read in pieces.
absl::StatusOr<std::string> DigestOfFile(const std::string& path, absl::string_view option);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_FILES_H_
