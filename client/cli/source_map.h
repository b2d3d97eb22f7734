#ifndef GREFFE_CLIENT_CLI_SOURCE_MAP_H_
#define GREFFE_CLIENT_CLI_SOURCE_MAP_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "client/cli/messages.h"

namespace greffe::cli {

// A place in a text file, from 1; columns count characters.
struct Place {
  int line = 1;
  int column = 1;
  friend bool operator==(const Place&, const Place&) = default;
};

// Where the fields of a message stand in the file it was read from, by path with the names of the
// .proto files, such as `elements[12].facility.name`.
class SourceMap final {
 public:
  void Set(std::string path, Place place) { places_.emplace(std::move(path), place); }
  // Remembers which path holds the element of this id.
  void SetElement(std::string id, std::string path) {
    elements_.emplace(std::move(id), std::move(path));
  }

  // The place of `path`, or of the nearest thing around it that the file has; by `element_id` when
  // the path says nothing. Absent when nothing fits.
  std::optional<Place> Find(absl::string_view path, absl::string_view element_id = "") const;
  // The field that begins last at `place` or before it; empty when none does.
  std::string PathAt(Place place) const;

 private:
  std::map<std::string, Place, std::less<>> places_;
  std::map<std::string, std::string, std::less<>> elements_;
};

// The field as the file has it: the replica names the one of its request, and the file is the
// draft, the deliberation or the fact within, `draft.elements[3]`.
absl::string_view PathInFile(absl::string_view field);

// Something wrong in a file, with the place.
struct FileProblem {
  Place place;
  std::string fr;
  std::string en;
};

// What is said with the place put first, as `$0`.
template <typename... Args>
FileProblem ProblemAt(Place place, const Message& message, const Args&... args) {
  return {place,
          Fill(Lang::kFrench, message,
               Fill(Lang::kFrench, msg::kLineColumn, place.line, place.column), args...),
          Fill(Lang::kEnglish, message,
               Fill(Lang::kEnglish, msg::kLineColumn, place.line, place.column), args...)};
}

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_SOURCE_MAP_H_
