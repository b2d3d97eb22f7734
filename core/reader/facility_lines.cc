#include "core/reader/facility_lines.h"

#include <utility>
#include <vector>

#include "core/reader/facility_columns.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

bool StartsWithPostcode(absl::string_view address) {
  const std::vector<Word> words = Words(address);
  return !words.empty() && words[0].number && HasPostcode(address.substr(0, words[0].end + 4));
}

}  // namespace

bool IsListing(const Block& block) {
  constexpr std::size_t kLineBytes = 140;
  if (block.parts.size() < 2) return false;
  bool listed = IsTypeHead(block.parts[0].text);
  for (const BlockLine& line : block.parts) {
    const bool sentence = EndsSentence(line.text) && line.text.back() != ':';
    if (line.text.size() > kLineBytes || sentence) return false;
    listed = listed || HasPostcode(line.text);
  }
  return listed;
}

bool IsTypeHead(absl::string_view text) {
  if (HasPostcode(text)) return false;
  return IsTypeOnly(text) || BracketedType(text).bytes > 0;
}

FacilityType BracketedType(absl::string_view text) {
  const std::size_t open = text.rfind('(');
  if (open == absl::string_view::npos || text.back() != ')') return {};
  const absl::string_view inside = text.substr(open + 1, text.size() - open - 2);
  return IsTypeOnly(inside) ? FacilityTypeAt(inside) : FacilityType{};
}

bool HasAddress(absl::string_view text) {
  const std::vector<NamedPlace> places = SplitFacilities(text);
  return !places.empty() && !places[0].address.empty();
}

bool IsBareAddress(absl::string_view text) {
  if (!HasPostcode(text) || FacilityTypeAt(text).bytes > 0) return false;
  const std::vector<NamedPlace> places = SplitFacilities(text);
  return places.size() == 1 && StartsWithPostcode(places[0].address);
}

std::optional<NamedPlace> SplitAtDash(absl::string_view text) {
  std::optional<NamedPlace> found;
  for (const absl::string_view dash : {" \u2013 ", " - "}) {
    for (std::size_t at = text.find(dash); at != text.npos; at = text.find(dash, at + 1)) {
      const absl::string_view rest = TrimBlanks(text.substr(at + dash.size()));
      if (at == 0 || !HasPostcode(rest) || HasPostcode(text.substr(0, at))) continue;
      if (StartsWithPostcode(rest)) continue;
      NamedPlace place{std::string(TrimBlanks(text.substr(0, at))), std::string(rest)};
      if (StartsAddress(rest)) return place;
      found = std::move(place);
    }
  }
  return found;
}

}  // namespace greffe::reader
