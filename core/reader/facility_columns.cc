#include "core/reader/facility_columns.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <string>

#include "core/reader/facility_text.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

struct ColumnWords {
  absl::string_view words;
  FacilityColumn column;
};
constexpr ColumnWords kColumnWords[] = {
#include "core/reader/lexicon/facility_columns.inc"
};

constexpr absl::string_view kOwners[] = {
#include "core/reader/lexicon/facility_owners.inc"
};

constexpr std::size_t kColumnHeadingWords = 10;

// What a cell of a heading row names; kNone when it is no such cell.
FacilityColumn ColumnOf(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  if (words.empty() || words.size() > kColumnHeadingWords || HasPostcode(text))
    return FacilityColumn::kNone;
  FacilityColumn first = FacilityColumn::kNone;
  bool name = false;
  bool address = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    for (const ColumnWords& each : kColumnWords) {
      if (MatchPhrase(each.words, words, at) == 0) continue;
      if (first == FacilityColumn::kNone) first = each.column;
      name = name || each.column == FacilityColumn::kName;
      address = address || each.column == FacilityColumn::kAddress;
      break;
    }
  }
  if (first == FacilityColumn::kType || first == FacilityColumn::kManager ||
      first == FacilityColumn::kOther)
    return first;
  return name && address ? FacilityColumn::kNameAndAddress : first;
}

// What the cells of one column hold.
struct Contents {
  std::size_t filled = 0;
  std::size_t postcodes = 0;
  std::size_t starts = 0;  // With an address.
  std::size_t types = 0;
  std::size_t owners = 0;
  std::size_t words = 0;
  std::set<std::string> texts;

  // Three in five.
  bool Mostly(std::size_t count) const { return filled > 0 && count * 5 >= filled * 3; }
};

Contents LookAtColumn(const std::vector<Row>& rows, std::size_t column) {
  constexpr std::size_t kLetters = 3;
  Contents contents;
  for (const Row& row : rows) {
    if (column >= row.cells.size() || row.cells[column].text.empty()) continue;
    const auto filled = std::count_if(row.cells.begin(), row.cells.end(),
                                      [](const Cell& cell) { return !cell.text.empty(); });
    if (filled < 2) continue;  // « EAJE » over the rows below.
    const std::string& text = row.cells[column].text;
    ++contents.filled;
    contents.postcodes += HasPostcode(text) ? 1 : 0;
    contents.starts += StartsAddress(text) ? 1 : 0;
    contents.types += IsTypeOnly(text) && !FacilityTypeAt(text).name.empty() ? 1 : 0;
    contents.owners += IsOwner(text) ? 1 : 0;
    contents.words += LetterCount(text) >= kLetters ? 1 : 0;
    contents.texts.insert(Fold(text));
  }
  return contents;
}

}  // namespace

std::vector<FacilityColumn> HeadingColumns(const Row& row) {
  std::vector<FacilityColumn> columns;
  std::size_t named = 0;
  std::size_t filled = 0;
  for (const Cell& cell : row.cells) {
    columns.push_back(ColumnOf(cell.text));
    filled += cell.text.empty() ? 0 : 1;
    named += columns.back() == FacilityColumn::kNone ? 0 : 1;
  }
  const bool has_name = std::any_of(columns.begin(), columns.end(), [](FacilityColumn column) {
    return column == FacilityColumn::kName || column == FacilityColumn::kNameAndAddress;
  });
  // One column in three may have a name of its own: « Prestation », « Observations ».
  if (named < 2 || named * 3 < filled * 2 || !has_name) return {};
  return columns;
}

bool NamesColumns(const Row& row) {
  constexpr std::size_t kNamesLeast = 2;
  std::size_t named = 0;
  std::size_t filled = 0;
  for (const Cell& cell : row.cells) {
    if (HasPostcode(cell.text) || IsTypeOnly(cell.text)) return false;
    filled += cell.text.empty() ? 0 : 1;
    named += ColumnOf(cell.text) == FacilityColumn::kNone ? 0 : 1;
  }
  return filled >= 3 && named >= kNamesLeast;
}

std::vector<FacilityColumn> InferColumns(const std::vector<Row>& rows) {
  constexpr std::size_t kColumnsMost = 20;
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.cells.size());
  if (width < 2 || width > kColumnsMost) return {};
  std::vector<FacilityColumn> columns(width, FacilityColumn::kOther);
  bool address = false;
  bool name = false;
  for (std::size_t i = 0; i < width; ++i) {
    const Contents contents = LookAtColumn(rows, i);
    if (!address && contents.Mostly(contents.postcodes)) {
      if (!contents.Mostly(contents.starts)) return {};  // Names stand before the addresses.
      columns[i] = FacilityColumn::kAddress;
      address = true;
    } else if (contents.Mostly(contents.types)) {
      columns[i] = FacilityColumn::kType;
    } else if (!name && contents.Mostly(contents.words) && contents.Mostly(contents.texts.size()) &&
               !(i > 0 && contents.Mostly(contents.owners))) {
      columns[i] = FacilityColumn::kName;
      name = true;
    } else if (contents.Mostly(contents.owners)) {
      columns[i] = FacilityColumn::kOwner;
    }
  }
  if (!address || !name) return {};
  return columns;
}

bool IsTypeCell(absl::string_view text) {
  const FacilityType type = FacilityTypeAt(text);
  return type.bytes > 0 && !HasPostcode(text) && Words(text).size() <= 12;
}

bool IsTypeOnly(absl::string_view text) {
  const FacilityType type = FacilityTypeAt(text);
  return type.bytes > 0 && !HasWords(text.substr(type.bytes));
}

bool IsOwner(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  if (words.empty() || words.size() > 16 || HasPostcode(text)) return false;
  return std::find(std::begin(kOwners), std::end(kOwners), words[0].folded) != std::end(kOwners);
}

}  // namespace greffe::reader
