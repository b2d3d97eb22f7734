#ifndef GREFFE_CLIENT_CLI_FILES_H_
#define GREFFE_CLIENT_CLI_FILES_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

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

// A new file that comes in pieces: written beside its path, and put there once it is whole.
// Destroyed before, it leaves nothing. A device or a pipe is written as it is. Not thread safe.
class NewFile final {
 public:
  // Refused when there is a file already.
  static absl::StatusOr<std::unique_ptr<NewFile>> Make(absl::string_view option,
                                                       const std::string& path,
                                                       Readers readers = Readers::kAll);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  absl::Status Append(absl::string_view bytes);
  // Once it is on disk, under its path; refused when another file came there meanwhile. Once.
  absl::Status Keep();

 private:
  NewFile(int fd, std::string path, std::string beside);

  int fd_;
  const std::string path_;
  // Where it is until it is whole; `path_` itself for a device or a pipe.
  const std::string beside_;
};

// Writes a new file whole, by the rules of NewFile.
absl::Status WriteOutput(absl::string_view option, const std::string& path,
                         absl::string_view content, Readers readers = Readers::kAll);
// Writes a file whole, in the place of one that may be there: others see the old or the new one.
// What the old one allowed stays allowed, within `readers`.
absl::Status ReplaceOutput(absl::string_view option, const std::string& path,
                           absl::string_view content, Readers readers = Readers::kAll);

// The usage error for a file that cannot be read; `error` is an errno.
absl::Status CannotRead(absl::string_view option, const std::string& path, int error);

// SHA-256 of a file in lower-case hex, read in pieces.
absl::StatusOr<std::string> DigestOfFile(const std::string& path, absl::string_view option);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_FILES_H_
