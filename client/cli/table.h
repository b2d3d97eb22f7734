#ifndef GREFFE_CLIENT_CLI_TABLE_H_
#define GREFFE_CLIENT_CLI_TABLE_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::cli {

// How a column behaves when the table is wider than the terminal.
enum class Fit { kKeep, kEllipsize, kWrap };

struct Column {
  std::string header;
  Fit fit = Fit::kKeep;
  bool right = false;
};

// Rows of text in columns, two spaces apart, no wider than asked; where the columns that may give
// way are not enough, each row is written as facts instead. Cells are made printable. Not thread
// safe.
class Table final {
 public:
  explicit Table(std::vector<Column> columns);

  // As many cells as columns; missing ones are empty.
  void AddRow(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  void Print(std::ostream& out, int width) const;

 private:
  std::vector<int> Widths(int width) const;
  void PrintStacked(std::ostream& out, int width) const;
  void PrintRow(std::ostream& out, const std::vector<std::string>& cells,
                const std::vector<int>& widths) const;

  const std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// Order of a French dictionary (ICU): accents and case count last.
class FrenchOrder final {
 public:
  FrenchOrder();
  ~FrenchOrder();
  FrenchOrder(const FrenchOrder&) = delete;
  FrenchOrder& operator=(const FrenchOrder&) = delete;
  // Below 0 when `a` comes first, 0 when they are the same.
  int Compare(absl::string_view a, absl::string_view b) const;

 private:
  // An icu::Collator; null where ICU has no data, then bytes decide.
  void* collator_ = nullptr;
};

// Pairs of label and value, values aligned and wrapped.
class Facts final {
 public:
  // Left out when `value` is empty.
  void Add(absl::string_view label, absl::string_view value);
  void Print(std::ostream& out, int width) const;

 private:
  std::vector<std::pair<std::string, std::string>> facts_;
};

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_TABLE_H_
