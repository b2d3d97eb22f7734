#include "client/cli/table.h"

#include <unicode/coll.h>
#include <unicode/locid.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "client/cli/text_width.h"

namespace greffe::cli {
namespace {

constexpr int kGap = 2;
// Below it a column tells nothing.
constexpr int kColumnMin = 8;

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = Printable(cell);
  rows_.push_back(std::move(cells));
}

std::vector<int> Table::Widths(int width) const {
  std::vector<int> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    int natural = DisplayWidth(columns_[i].header);
    for (const auto& row : rows_) {
      for (const std::string& line : Wrap(row[i], 1 << 20)) {
        natural = std::max(natural, DisplayWidth(line));
      }
    }
    widths.push_back(natural);
  }
  const int gaps = kGap * (static_cast<int>(columns_.size()) - 1);
  int excess = std::accumulate(widths.begin(), widths.end(), gaps) - width;
  // The widest column that may give way gives way, until all fit or none can.
  while (excess > 0) {
    int widest = -1;
    int second = kColumnMin;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].fit == Fit::kKeep || widths[i] <= kColumnMin) continue;
      if (widest < 0 || widths[i] > widths[widest]) {
        if (widest >= 0) second = std::max(second, widths[widest]);
        widest = static_cast<int>(i);
      } else {
        second = std::max(second, widths[i]);
      }
    }
    if (widest < 0) break;
    const int step = std::clamp(widths[widest] - second, 1, excess);
    widths[widest] -= step;
    excess -= step;
  }
  return widths;
}

void Table::PrintRow(std::ostream& out, const std::vector<std::string>& cells,
                     const std::vector<int>& widths) const {
  std::vector<std::vector<std::string>> lines;
  std::size_t height = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (columns_[i].fit == Fit::kEllipsize) {
      lines.push_back({Ellipsize(PrintableLine(cells[i]), widths[i])});
    } else {
      lines.push_back(Wrap(cells[i], std::max(widths[i], 2)));
    }
    height = std::max(height, lines.back().size());
  }
  for (std::size_t row = 0; row < height; ++row) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = row < lines[i].size() ? lines[i][row] : std::string();
      line += columns_[i].right ? PadLeft(cell, widths[i]) : PadRight(cell, widths[i]);
      if (i + 1 < cells.size()) line.append(kGap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
}

// Each row as facts, one under the other: for a terminal too narrow for the columns.
void Table::PrintStacked(std::ostream& out, int width) const {
  bool first = true;
  for (const auto& row : rows_) {
    if (!first) out << '\n';
    first = false;
    Facts facts;
    for (std::size_t i = 0; i < row.size(); ++i) facts.Add(columns_[i].header, row[i]);
    facts.Print(out, width);
  }
}

void Table::Print(std::ostream& out, int width) const {
  const std::vector<int> widths = Widths(width);
  const int gaps = kGap * (static_cast<int>(columns_.size()) - 1);
  if (std::accumulate(widths.begin(), widths.end(), gaps) > width) {
    return PrintStacked(out, width);
  }
  std::vector<std::string> headers;
  std::vector<std::string> rules;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    headers.push_back(columns_[i].header);
    std::string rule;
    for (int n = 0; n < widths[i]; ++n) rule += "─";
    rules.push_back(std::move(rule));
  }
  PrintRow(out, headers, widths);
  PrintRow(out, rules, widths);
  for (const auto& row : rows_) PrintRow(out, row, widths);
}

FrenchOrder::FrenchOrder() {
  UErrorCode code = U_ZERO_ERROR;
  icu::Collator* collator = icu::Collator::createInstance(icu::Locale::getFrance(), code);
  if (U_SUCCESS(code)) {
    collator_ = collator;
  } else {
    delete collator;
  }
}

FrenchOrder::~FrenchOrder() { delete static_cast<icu::Collator*>(collator_); }

int FrenchOrder::Compare(absl::string_view a, absl::string_view b) const {
  UErrorCode code = U_ZERO_ERROR;
  if (collator_ != nullptr) {
    const UCollationResult result = static_cast<icu::Collator*>(collator_)->compareUTF8(
        icu::StringPiece(a.data(), static_cast<std::int32_t>(a.size())),
        icu::StringPiece(b.data(), static_cast<std::int32_t>(b.size())), code);
    if (U_SUCCESS(code) && result != UCOL_EQUAL) return result;
  }
  return a.compare(b);
}

void Facts::Add(absl::string_view label, absl::string_view value) {
  if (!value.empty()) facts_.emplace_back(std::string(label), Printable(value));
}

void Facts::Print(std::ostream& out, int width) const {
  int labels = 0;
  // A label that takes more than half of the width stands alone, above its value.
  const int label_max = width / 2;
  for (const auto& [label, value] : facts_) {
    if (DisplayWidth(label) <= label_max) labels = std::max(labels, DisplayWidth(label));
  }
  const int room = std::max(width - labels - kGap, 20);
  for (const auto& [label, value] : facts_) {
    absl::string_view head = label;
    if (DisplayWidth(label) > label_max) {
      for (const std::string& line : Wrap(label, width)) out << line << '\n';
      head = "";
    }
    // Tokens and digests are copied by hand: never broken, alone on a line when they are long.
    const bool one_word = value.find(' ') == std::string::npos;
    if (one_word && DisplayWidth(value) > room) {
      if (!head.empty()) out << head << '\n';
      out << std::string(kGap, ' ') << value << '\n';
      continue;
    }
    for (const std::string& line : one_word ? std::vector{value} : Wrap(value, room)) {
      out << PadRight(head, labels + kGap) << line << '\n';
      head = "";
    }
  }
}

}  // namespace greffe::cli
