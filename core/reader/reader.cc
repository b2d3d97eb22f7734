#include "core/reader/reader.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace greffe::reader {

absl::StatusOr<Reading> Read(std::vector<InputText> inputs) {
  Reading reading;
  for (InputText& input : inputs) {
    Document document;
    document.name = std::move(input.name);
    document.lines = absl::StrSplit(input.bytes, '\n');
    std::vector<LineUse> uses;
    for (const std::string& line : document.lines) {
      const bool blank = absl::StripAsciiWhitespace(line).empty();
      uses.push_back(blank ? LineUse::kBlank : LineUse::kUnread);
    }
    reading.uses.push_back(std::move(uses));
    reading.documents.push_back(std::move(document));
  }
  return reading;
}

}  // namespace greffe::reader
