#ifndef GREFFE_CLIENT_CLI_PROBLEMS_H_
#define GREFFE_CLIENT_CLI_PROBLEMS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "client/cli/context.h"
#include "client/cli/source_map.h"

namespace greffe::cli {

// Gives each problem the line of the file where its field or element stands, and puts them in the
// order of the file. What is not found there comes first, without a line.
void PlaceProblems(google::protobuf::RepeatedPtrField<v1::DraftProblem>* problems,
                   const SourceMap& map);
// All problems of a dry run, placed; or that there is none.
void PrintProblems(Context& context, const std::string& file,
                   const google::protobuf::RepeatedPtrField<v1::DraftProblem>& problems);

// Opens a file that did not exist, with these permissions; what people have is never written over.
// Refused when there is one; a usage error naming `option` when it cannot be made. A device or a
// pipe is opened as it is. The caller closes it.
absl::StatusOr<int> OpenNewFile(absl::string_view option, const std::string& path, int mode);

// Writes all of `content` to what OpenNewFile gave, and closes it. 0 once it is on disk; else the
// errno of what failed, and a regular file is removed: it is whole or it is not there. `closing` is
// for tests.
int FinishFile(int fd, const std::string& path, absl::string_view content,
               int (*closing)(int) = nullptr);
// Closes it and removes what was made for content that never came; a device or a pipe stays.
void DiscardFile(int fd, const std::string& path);

// Who may read what is written, before the umask.
enum class Readers { kAll, kOwner };
// Writes a new file whole, by the rules of OpenNewFile.
absl::Status WriteOutput(const std::string& path, absl::string_view content,
                         Readers readers = Readers::kAll);
// Writes a file whole, in the place of one that may be there: others see the old or the new one.
// What the old one allowed stays allowed, within `readers`.
absl::Status ReplaceOutput(const std::string& path, absl::string_view content,
                           Readers readers = Readers::kAll);

// SHA-256 of a file in lower-case hex, read in pieces. A usage error naming `option`.
absl::StatusOr<std::string> DigestOfFile(const std::string& path, absl::string_view option);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_PROBLEMS_H_
