#include "core/reader/facility.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/facility_columns.h"
#include "core/reader/facility_lines.h"
#include "core/reader/facility_text.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/plan_columns.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

constexpr uint32_t kSplitConfidence = 90;  // Name and address are cut by rule, not by a mark.
constexpr std::size_t kListedBytes = 400;  // A name with its address is no longer.

class FacilityWalk {
 public:
  FacilityReading Walk(const std::vector<Block>& blocks, const std::vector<Region>& regions) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const Block& block = blocks[i];
      const bool listed = regions[i] == Region::kFacilities;
      if (!listed && regions[i] != Region::kPlan) continue;
      if (block.heading.kind == HeadingKind::kAnnex) {
        Reset();
        in_title_ = block.heading.title.empty();
        continue;
      }
      if (block.kind == BlockKind::kTable) {
        in_title_ = false;
        if (listed || IsFacilityTable(block.rows)) ReadTable(block.rows);
      } else if (listed) {
        ReadLine(block);
      } else {
        Reset();
      }
    }
    return std::move(reading_);
  }

 private:
  void Reset() {
    owner_ = Text{};
    type_.clear();
    columns_.clear();
  }

  // « Commune de … », a type over its list, or one facility a line.
  void ReadLine(const Block& block) {
    if (block.kind == BlockKind::kContents) return;
    if (std::exchange(in_title_, false) && block.kind == BlockKind::kHeading) return;
    if (block.kind != BlockKind::kListItem && IsOwner(block.text)) {
      SetOwner(block.text, block.lines);
      return;
    }
    if (block.kind != BlockKind::kListItem && IsListing(block)) {
      for (const BlockLine& line : block.parts) {
        ReadListed(line.text, {block.lines.document, line.number, line.number});
      }
      EndListed();
      return;
    }
    const FacilityType type = FacilityTypeAt(block.text);
    const bool colon = !block.text.empty() && block.text.back() == ':';
    if (block.kind != BlockKind::kListItem && type.bytes > 0 && IsTypeCell(block.text) &&
        (colon || block.kind == BlockKind::kHeading || block.bold ||
         type.bytes + 4 >= block.text.size())) {
      SetType(block.text, block.lines);
      return;
    }
    // « EAJE : Les Lutins, 3 rue… », « EAJE » and the name in the next line
    std::string text = block.text;
    if (block.parts.size() > 1 && IsTypeOnly(block.parts[0].text)) {
      const uint32_t line = block.parts[0].number;
      SetType(block.parts[0].text, {block.lines.document, line, line});
      text = std::string(TrimBlanks(absl::string_view(text).substr(block.parts[0].text.size())));
    }
    const std::size_t mark = text.find(':');
    if (mark != std::string::npos && mark < 80 && IsTypeCell(text.substr(0, mark)) &&
        mark + 1 < text.size()) {
      SetType(text.substr(0, mark), block.lines);
      text.erase(0, mark + 1);
    }
    const bool item = block.kind == BlockKind::kListItem && (type.bytes > 0 || !type_.empty());
    // Lines below « EAJE », « Crèches »: one facility each, bullets or not. A sentence is prose.
    const bool below = block.kind != BlockKind::kListItem && !type_.empty() && HasPostcode(text) &&
                       !EndsSentence(text);
    if (block.kind != BlockKind::kListItem && !below && ReadProse(block)) return;
    if (item || below || (type.bytes > 0 && HasPostcode(block.text))) {
      for (NamedPlace& place : SplitFacilities(text)) Add(std::move(place), block.lines);
      return;
    }
    // « Animation de la vie sociale » over a list: what the lines above it are is over.
    if (block.kind != BlockKind::kListItem && HasWords(block.text) && !EndsSentence(block.text) &&
        block.parts.size() == 1) {
      type_.clear();
    }
  }

  void ReadListed(const std::string& line, Lines lines) {
    if (!HasWords(line)) return;  // « / », « - »: there is none.
    const std::size_t colon = line.find(':');
    if (listed_.empty() && IsTypeHead(line)) {
      SetType(line, lines);
      if (const FacilityType type = BracketedType(line); type.bytes > 0) type_ = type.name;
      return;
    }
    if (colon != std::string::npos && IsTypeOnly(line.substr(0, colon))) {
      EndListed();
      SetType(line.substr(0, colon), lines);
      const absl::string_view named = absl::string_view(line).substr(colon + 1);
      if (HasWords(named)) listed_ = std::string(TrimBlanks(named));
      listed_lines_ = lines;
      return;
    }
    if (listed_.empty() || HasPostcode(listed_)) {
      EndListed();
      if (IsTypeHead(line)) return ReadListed(line, lines);
      const bool owner = IsOwner(line) || IsAllCaps(line);
      if (!HasPostcode(line) && owner && FacilityTypeAt(line).bytes == 0)
        return SetOwner(line, lines);
      listed_ = line;
      listed_lines_ = lines;
      return;
    }
    // A name waits for its address, unless this is the next name.
    const bool cut = HasAddress(listed_);
    if (!HasPostcode(line) && !cut) {
      EndListed();
      return ReadListed(line, lines);
    }
    if (!cut && (FacilityTypeAt(line).bytes == 0 || StartsAddress(line))) {
      NamedPlace place{listed_, line};
      listed_lines_.last = lines.last;
      Add(std::move(place), listed_lines_);
      listed_.clear();
      return;
    }
    if (listed_.size() + line.size() > kListedBytes) {  // Prose below a name.
      EndListed();
      type_.clear();
      return;
    }
    absl::StrAppend(&listed_, " ", line);
    listed_lines_.last = lines.last;
  }

  // The name that no address follows counts under a type.
  void EndListed() {
    const std::string text = std::exchange(listed_, {});
    if (text.empty()) return;
    if (std::optional<NamedPlace> place = SplitAtDash(text)) {
      return Add(*std::move(place), listed_lines_);
    }
    if (!HasPostcode(text) && type_.empty()) return;
    for (NamedPlace& place : SplitFacilities(text)) Add(std::move(place), listed_lines_);
  }

  // « Le relais (RPE) « Les Lutins », 3 rue…, est soutenu par… »
  bool ReadProse(const Block& block) {
    std::vector<ProsePlace> places = FacilitiesInProse(block.text);
    for (ProsePlace& place : places) {
      SetType(place.type, block.lines);
      Add(std::move(place.place), block.lines);
    }
    if (!places.empty()) type_.clear();
    return !places.empty();
  }

  void SetOwner(const std::string& text, Lines lines) {
    owner_ = MakeText(text, lines);
    type_.clear();
    columns_.clear();
  }

  void SetType(absl::string_view cell, Lines lines) {
    type_text_ = MakeText(std::string(TrimBlanks(cell)), lines);
    const FacilityType type = FacilityTypeAt(cell);
    std::string printed(TrimBlanks(cell));
    while (!printed.empty() && (printed.back() == ':' || printed.back() == ' ')) printed.pop_back();
    type_ = type.name.empty() ? printed : type.name;
  }

  void ReadTable(const std::vector<Row>& rows) {
    const bool headed = std::any_of(rows.begin(), rows.end(),
                                    [](const Row& row) { return !HeadingColumns(row).empty(); });
    std::vector<FacilityColumn> inferred;
    // A table of the same width without headings goes on with the one above.
    const bool goes_on = !columns_.empty() && rows[0].cells.size() == columns_.size();
    if (!headed && !goes_on) inferred = InferColumns(rows);
    if (!inferred.empty()) columns_ = inferred;
    for (const Row& row : rows) {
      const auto filled = std::count_if(row.cells.begin(), row.cells.end(),
                                        [](const Cell& cell) { return !cell.text.empty(); });
      if (filled == 0) continue;
      std::vector<FacilityColumn> heading = HeadingColumns(row);
      if (!heading.empty()) {
        columns_ = std::move(heading);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
          if (columns_[i] == FacilityColumn::kNone && !row.cells[i].text.empty()) {
            columns_[i] = FacilityColumn::kOther;
          }
        }
        reading_.labels.push_back(row.lines);
        type_.clear();
        continue;
      }
      if (&row == &rows[0] && filled > 1 && !inferred.empty() && HeadsInferred(row)) {
        reading_.labels.push_back(row.lines);
        continue;
      }
      if (rows.size() == 1 && NamesColumns(row)) {
        reading_.labels.push_back(row.lines);
        columns_.clear();
        continue;
      }
      if (filled == 1 && !row.cells[0].text.empty() && !HasPostcode(row.cells[0].text)) {
        const std::string& text = row.cells[0].text;
        if (IsTypeCell(text) && row.cells.size() > 1) {
          SetType(text, row.lines);
        } else if (IsOwner(text) || columns_.empty()) {
          SetOwner(text, row.lines);
        } else {
          ReadCell(row.cells[0]);
        }
        continue;
      }
      ReadRow(row);
    }
  }

  // The first row of columns told by their cells names them: no address, no type in it.
  bool HeadsInferred(const Row& row) const {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const FacilityColumn column = ColumnAt(i);
      const std::string& text = row.cells[i].text;
      if (column == FacilityColumn::kAddress && (text.empty() || HasPostcode(text))) return false;
      if (column == FacilityColumn::kType && IsTypeOnly(text)) return false;
    }
    return true;
  }

  FacilityColumn ColumnAt(std::size_t i) const {
    return i < columns_.size() ? columns_[i] : FacilityColumn::kNone;
  }

  void ReadRow(const Row& row) {
    const bool split_columns =
        std::count(columns_.begin(), columns_.end(), FacilityColumn::kAddress) > 0 &&
        std::count(columns_.begin(), columns_.end(), FacilityColumn::kName) > 0;
    if (split_columns) {
      ReadColumns(row);
      return;
    }
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Cell& cell = row.cells[i];
      if (cell.text.empty()) continue;
      const FacilityColumn column = ColumnAt(i);
      if (column == FacilityColumn::kOwner) {
        owner_ = MakeText(cell.text, cell.lines);
      } else if (column == FacilityColumn::kManager || column == FacilityColumn::kOther) {
        continue;
      } else if (!HasPostcode(cell.text) && (column == FacilityColumn::kType || i == 0) &&
                 row.cells.size() > 1) {
        SetType(cell.text, cell.lines);
      } else {
        ReadCell(cell);
      }
    }
  }

  // Name and address in columns of their own.
  void ReadColumns(const Row& row) {
    NamedPlace place;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Cell& cell = row.cells[i];
      if (cell.text.empty()) continue;
      switch (ColumnAt(i)) {
        case FacilityColumn::kType:
          SetType(cell.text, cell.lines);
          break;
        case FacilityColumn::kName:
        case FacilityColumn::kNameAndAddress:
          absl::StrAppend(&place.name, place.name.empty() ? "" : " ", cell.text);
          break;
        case FacilityColumn::kAddress:
          absl::StrAppend(&place.address, place.address.empty() ? "" : " ", cell.text);
          break;
        case FacilityColumn::kOwner:
          owner_ = MakeText(cell.text, cell.lines);
          break;
        default:
          break;
      }
    }
    if (place.name.empty()) {
      if (!place.address.empty()) Add(std::move(place), row.lines);
      return;
    }
    Add(std::move(place), row.lines);
  }

  // A name and, in its own paragraph, its address; or both in one.
  void ReadCell(const Cell& cell) {
    const std::size_t before = reading_.facilities.size();
    for (const Part& part : cell.parts) {
      const bool named =
          reading_.facilities.size() > before && reading_.facilities.back().address.text.empty();
      if (named && (StartsAddress(part.text) || IsBareAddress(part.text))) {
        reading_.facilities.back().address = MakeText(part.text, cell.lines, kSplitConfidence);
        continue;
      }
      for (NamedPlace& place : SplitFacilities(part.text)) Add(std::move(place), cell.lines);
    }
  }

  void Add(NamedPlace place, Lines lines) {
    if (place.name.empty()) {  // The end of an address that a page cut.
      if (reading_.facilities.empty() || place.address.empty()) return;
      Text& address = reading_.facilities.back().address;
      absl::StrAppend(&address.text, address.text.empty() ? "" : " ", place.address);
      address.source.lines.push_back(lines);
      return;
    }
    Facility facility;
    const FacilityType own = FacilityTypeAt(place.name);
    facility.type = !type_.empty() ? type_ : own.name;
    facility.planned = Fold(place.name).find("projet de") == 0 ||
                       Fold(place.name).find("en projet") != std::string::npos;
    facility.name = MakeText(std::move(place.name), lines, kSplitConfidence);
    if (!place.address.empty()) {
      facility.address = MakeText(std::move(place.address), lines, kSplitConfidence);
    }
    facility.supported_by = owner_;
    if (!type_.empty()) facility.type_text = type_text_;
    reading_.facilities.push_back(std::move(facility));
  }

  FacilityReading reading_;
  Text owner_;
  std::string type_;
  Text type_text_;
  std::vector<FacilityColumn> columns_;
  std::string listed_;  // A name whose address may stand in the next line.
  Lines listed_lines_;
  bool in_title_ = false;
};

}  // namespace

bool IsFacilityTable(const std::vector<Row>& rows) {
  // « Action | Pilote | Indicateurs » says what its rows are.
  const Columns columns = FindColumns(rows);
  if (std::any_of(columns.labels.begin(), columns.labels.end(),
                  [](const Text& label) { return Fold(label.text).substr(0, 6) == "action"; })) {
    return false;
  }
  std::size_t types = 0;
  std::size_t others = 0;
  for (const Row& row : rows) {
    const std::vector<FacilityColumn> heading = HeadingColumns(row);
    if (!heading.empty() &&
        std::count(heading.begin(), heading.end(), FacilityColumn::kName) +
                std::count(heading.begin(), heading.end(), FacilityColumn::kNameAndAddress) >
            0 &&
        std::count(heading.begin(), heading.end(), FacilityColumn::kAddress) +
                std::count(heading.begin(), heading.end(), FacilityColumn::kNameAndAddress) >
            0) {
      return true;
    }
    if (row.cells.size() < 2 || row.cells[0].text.empty()) continue;
    const bool type = IsTypeCell(row.cells[0].text) && HasPostcode(row.cells[1].text);
    (type ? types : others) += 1;
  }
  if (types >= 2 && types > others) return true;
  // Columns told by their cells, with types among them or above the rows.
  const std::vector<FacilityColumn> inferred = InferColumns(rows);
  const bool typed = std::any_of(rows.begin(), rows.end(), [](const Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [](const Cell& cell) { return IsTypeOnly(cell.text); });
  });
  return !inferred.empty() && typed && rows.size() >= 3;
}

FacilityReading ReadFacilities(const std::vector<Block>& blocks,
                               const std::vector<Region>& regions) {
  return FacilityWalk().Walk(blocks, regions);
}

}  // namespace greffe::reader
