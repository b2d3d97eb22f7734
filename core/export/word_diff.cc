#include "core/export/word_diff.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <utility>

#include "core/base/amount_words.h"
#include "core/base/word_byte.h"

namespace greffe {
namespace {

using Kind = DiffRun::Kind;
using Tokens = std::vector<absl::string_view>;

// Words and amounts, runs of blanks, line ends and single marks.
Tokens Words(absl::string_view text) {
  Tokens out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (IsWordByte(text[at])) {
      end = at + std::max<std::size_t>(1, AmountAt(text.substr(at)));
      // Nothing splits a word: « 24 000 m² », « 2e ».
      while (end < text.size() && IsWordByte(text[end])) ++end;
    } else if (text[at] == ' ' || text[at] == '\t') {
      while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
    }
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

// Lines, each with its line end.
Tokens Alineas(absl::string_view text) {
  Tokens out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t size = end == absl::string_view::npos ? text.size() : end + 1;
    out.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return out;
}

// Myers, “An O(ND) difference algorithm and its variations” (1986), section 4b.
class ShortestEdit final {
 public:
  ShortestEdit(const Tokens& before, const Tokens& after, long steps_max) : steps_max_(steps_max) {
    std::unordered_map<std::string, int> numbers;
    const auto number_all = [&](const Tokens& tokens, std::vector<int>* out) {
      out->reserve(tokens.size());
      for (const absl::string_view token : tokens) {
        out->push_back(
            numbers.emplace(std::string(token), static_cast<int>(numbers.size())).first->second);
      }
    };
    number_all(before, &a_);
    number_all(after, &b_);
    removed_.resize(a_.size());
    added_.resize(b_.size());
    const std::size_t diagonals = 2 * ((a_.size() + b_.size() + 1) / 2 + 1) + 1;
    forward_.resize(diagonals);
    backward_.resize(diagonals);
  }

  // False when the budget ran out; nothing is known then.
  bool Run() { return Compare({0, Size(a_), 0, Size(b_)}); }
  long steps() const { return steps_; }
  bool removed(std::size_t i) const { return removed_[i]; }
  bool added(std::size_t i) const { return added_[i]; }

 private:
  // [a0, a1) of `before` against [b0, b1) of `after`.
  struct Box {
    long a0, a1, b0, b1;
  };
  // Equal tokens from (x0, y0) to (x1, y1) on a shortest path, counted from the box's corner.
  struct Snake {
    long x0, y0, x1, y1;
  };

  static long Size(const std::vector<int>& tokens) { return static_cast<long>(tokens.size()); }
  long& Forward(long k) { return forward_[static_cast<std::size_t>(k + offset_)]; }
  long& Backward(long k) { return backward_[static_cast<std::size_t>(k + offset_)]; }
  int A(long i) const { return a_[static_cast<std::size_t>(i)]; }
  int B(long i) const { return b_[static_cast<std::size_t>(i)]; }

  // Depth is the logarithm of the difference: each half has at most half of it.
  bool Compare(Box box) {
    while (box.a0 < box.a1 && box.b0 < box.b1 && A(box.a0) == B(box.b0)) ++box.a0, ++box.b0;
    while (box.a0 < box.a1 && box.b0 < box.b1 && A(box.a1 - 1) == B(box.b1 - 1)) {
      --box.a1, --box.b1;
    }
    if (box.a0 == box.a1 || box.b0 == box.b1) {
      for (long i = box.a0; i < box.a1; ++i) removed_[static_cast<std::size_t>(i)] = true;
      for (long i = box.b0; i < box.b1; ++i) added_[static_cast<std::size_t>(i)] = true;
      return true;
    }
    Snake middle;
    if (!FindMiddle(box, &middle)) return false;
    return Compare({box.a0, box.a0 + middle.x0, box.b0, box.b0 + middle.y0}) &&
           Compare({box.a0 + middle.x1, box.a1, box.b0 + middle.y1, box.b1});
  }

  bool FindMiddle(const Box& box, Snake* middle) {
    const long n = box.a1 - box.a0;
    const long m = box.b1 - box.b0;
    const long delta = n - m;
    const bool odd = delta % 2 != 0;
    const long most = (n + m + 1) / 2;
    offset_ = most + 1;
    Forward(1) = 0;
    Backward(1) = 0;
    for (long d = 0; d <= most; ++d) {
      steps_ += 2 * (d + 1);
      if (steps_ > steps_max_) return false;
      for (long k = -d; k <= d; k += 2) {
        long x = k == -d || (k != d && Forward(k - 1) < Forward(k + 1)) ? Forward(k + 1)
                                                                        : Forward(k - 1) + 1;
        const long x0 = x;
        while (x < n && x - k < m && A(box.a0 + x) == B(box.b0 + x - k)) ++x;
        steps_ += x - x0;
        Forward(k) = x;
        if (odd && delta - d < k && k < delta + d && x + Backward(delta - k) >= n) {
          *middle = {x0, x0 - k, x, x - k};
          return true;
        }
      }
      for (long k = -d; k <= d; k += 2) {
        long x = k == -d || (k != d && Backward(k - 1) < Backward(k + 1)) ? Backward(k + 1)
                                                                          : Backward(k - 1) + 1;
        const long x0 = x;
        while (x < n && x - k < m && A(box.a1 - 1 - x) == B(box.b1 - 1 - (x - k))) ++x;
        steps_ += x - x0;
        Backward(k) = x;
        if (!odd && -d <= delta - k && delta - k <= d && x + Forward(delta - k) >= n) {
          *middle = {n - x, m - (x - k), n - x0, m - (x0 - k)};
          return true;
        }
      }
    }
    return false;
  }

  std::vector<int> a_, b_;
  std::vector<bool> removed_, added_;
  // Furthest x on each diagonal.
  std::vector<long> forward_, backward_;
  long offset_ = 0;
  const long steps_max_;
  long steps_ = 0;
};

void Append(std::vector<DiffRun>* runs, Kind kind, absl::string_view text) {
  if (text.empty()) return;
  if (runs->empty() || runs->back().kind != kind) runs->push_back({kind, ""});
  runs->back().text.append(text.data(), text.size());
}

bool Compare(const Tokens& before, const Tokens& after, long* budget, std::vector<DiffRun>* runs) {
  ShortestEdit edit(before, after, std::min(*budget, kWordDiffSteps));
  const bool found = edit.Run();
  *budget -= edit.steps();
  if (!found) return false;
  std::size_t b = 0;
  for (std::size_t a = 0; a < before.size() || b < after.size();) {
    if (a < before.size() && edit.removed(a)) {
      Append(runs, Kind::kRemoved, before[a++]);
    } else if (b < after.size() && edit.added(b)) {
      Append(runs, Kind::kAdded, after[b++]);
    } else {
      Append(runs, Kind::kSame, before[a++]);
      ++b;
    }
  }
  return true;
}

bool HasWord(absl::string_view text) {
  for (const char c : text) {
    if (IsWordByte(c) || c == '\n') return true;
  }
  return false;
}

// Changes with nothing but blanks and marks between them read as one: « deux ans » for « trois
// mois », not word by word.
std::vector<DiffRun> Gathered(const std::vector<DiffRun>& runs) {
  std::vector<DiffRun> out;
  std::string removed;
  std::string added;
  const auto flush = [&] {
    Append(&out, Kind::kRemoved, removed);
    Append(&out, Kind::kAdded, added);
    removed.clear();
    added.clear();
  };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const DiffRun& run = runs[i];
    if (run.kind == Kind::kRemoved) {
      removed += run.text;
    } else if (run.kind == Kind::kAdded) {
      added += run.text;
    } else if (!removed.empty() && !added.empty() && i + 1 < runs.size() && !HasWord(run.text)) {
      removed += run.text;
      added += run.text;
    } else {
      flush();
      Append(&out, Kind::kSame, run.text);
    }
  }
  flush();
  return out;
}

}  // namespace

std::vector<DiffRun> WordDiff(absl::string_view before, absl::string_view after, long* budget) {
  std::vector<DiffRun> runs;
  long own = 2 * kWordDiffSteps;
  if (budget == nullptr) budget = &own;
  if (Compare(Words(before), Words(after), budget, &runs)) return Gathered(runs);
  runs.clear();
  if (Compare(Alineas(before), Alineas(after), budget, &runs)) return Gathered(runs);
  runs.clear();
  Append(&runs, Kind::kRemoved, before);
  Append(&runs, Kind::kAdded, after);
  return runs;
}

}  // namespace greffe
