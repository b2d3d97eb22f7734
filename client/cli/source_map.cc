#include "client/cli/source_map.h"

#include <utility>

#include "absl/strings/strip.h"

namespace greffe::cli {

std::optional<Place> SourceMap::Find(absl::string_view path, absl::string_view element_id) const {
  for (absl::string_view rest = path; !rest.empty();) {
    if (const auto it = places_.find(rest); it != places_.end()) return it->second;
    // One step out: `a.b[3]` → `a.b` → `a`.
    const std::size_t cut = rest.find_last_of(".[");
    if (cut == absl::string_view::npos) break;
    rest = rest.substr(0, cut);
    // A list as a whole tells less than the element that is named.
    if (!element_id.empty() && rest.find('[') == absl::string_view::npos) break;
  }
  if (const auto it = elements_.find(element_id); it != elements_.end()) {
    return Find(it->second);
  }
  return std::nullopt;
}

absl::string_view PathInFile(absl::string_view field) {
  for (const absl::string_view outer : {"draft.", "deliberation.", "fact."}) {
    if (absl::ConsumePrefix(&field, outer)) break;
  }
  return field;
}

std::string SourceMap::PathAt(Place place) const {
  const auto key = [](Place p) { return std::make_pair(p.line, p.column); };
  std::pair<int, int> best;
  std::string path;
  for (const auto& [name, at] : places_) {
    if (key(at) > key(place) || key(at) < best) continue;
    best = key(at);
    path = name;
  }
  return path;
}

}  // namespace greffe::cli
