#include "core/convention/text/placing.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/base/text.h"
#include "core/convention/text/amended_text.h"

namespace greffe {
namespace {

// A piece of a number: a figure, a Latin suffix by its rank, or letters. Figures come first.
struct Piece {
  enum class Kind { kFigure, kSuffix, kLetters };
  Kind kind = Kind::kFigure;
  std::size_t value = 0;
  std::string letters = {};

  friend bool operator<(const Piece& a, const Piece& b) {
    return std::tie(a.kind, a.value, a.letters) < std::tie(b.kind, b.value, b.letters);
  }
};
// « 6 bis »: 6, then the suffix. Compared piece by piece: « 6 » is before « 6 bis ».
using Number = std::vector<Piece>;

constexpr absl::string_view kSuffixes[] = {"bis",     "ter",    "quater", "quinquies", "sexies",
                                           "septies", "octies", "nonies", "decies"};
// Beyond, a figure is not one that a text was numbered with.
constexpr std::size_t kFigureMax = 1000000;

// 0 for what is no Roman number of capital letters. L and C alone are letters: annexes A, B and C
// are common, fifty of them are not.
std::size_t RomanOf(absl::string_view word) {
  if (word == "L" || word == "C") return 0;
  const auto value = [](char c) -> std::size_t {
    return c == 'I' ? 1 : c == 'V' ? 5 : c == 'X' ? 10 : c == 'L' ? 50 : c == 'C' ? 100 : 0;
  };
  std::size_t sum = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const std::size_t one = value(word[i]);
    if (one == 0) return 0;
    const bool taken_off = i + 1 < word.size() && one < value(word[i + 1]);
    // A unit that is taken off is made up for by the larger one that follows it.
    sum = taken_off ? sum - one : sum + one;
  }
  return sum;
}

Piece PieceOf(absl::string_view word, bool first) {
  if (first) {
    if (const std::size_t roman = RomanOf(word); roman > 0) return {Piece::Kind::kFigure, roman};
  }
  const std::string lower = absl::AsciiStrToLower(word);
  const auto* const suffix = std::find(std::begin(kSuffixes), std::end(kSuffixes), lower);
  if (suffix != std::end(kSuffixes)) {
    return {Piece::Kind::kSuffix, static_cast<std::size_t>(suffix - std::begin(kSuffixes))};
  }
  return {Piece::Kind::kLetters, 0, lower};
}

Number NumberOf(const v1::Element& element) {
  Number out;
  const std::string* const text = PartOf(element, TextPart::kNumber);
  if (text == nullptr) return out;
  for (std::size_t at = 0; at < text->size();) {
    const auto digit = [&](std::size_t i) {
      return absl::ascii_isdigit(static_cast<unsigned char>((*text)[i]));
    };
    const auto letter = [&](std::size_t i) {
      return absl::ascii_isalpha(static_cast<unsigned char>((*text)[i]));
    };
    const std::size_t start = at;
    if (digit(at)) {
      std::size_t value = 0;
      for (; at < text->size() && digit(at); ++at) {
        value = std::min(kFigureMax, value * 10 + static_cast<std::size_t>((*text)[at] - '0'));
      }
      out.push_back({Piece::Kind::kFigure, value});
    } else if (letter(at)) {
      while (at < text->size() && letter(at)) ++at;
      const absl::string_view word = absl::string_view(*text).substr(start, at - start);
      // « 1er » is 1.
      if (word != "er") out.push_back(PieceOf(word, out.empty()));
    } else {
      ++at;
    }
  }
  return out;
}

// The siblings of one kind.
struct Kin {
  // Places among all siblings.
  std::size_t first = 0;
  std::size_t last = 0;
  // By number, then place.
  std::vector<std::pair<Number, std::size_t>> numbered;
};

// The children of one parent, in reading order.
class Siblings final {
 public:
  explicit Siblings(std::vector<const v1::Element*> all) : all_(std::move(all)) {
    std::sort(all_.begin(), all_.end(), [](const v1::Element* a, const v1::Element* b) {
      return std::tie(a->position(), a->id()) < std::tie(b->position(), b->id());
    });
    for (std::size_t place = 0; place < all_.size(); ++place) {
      const auto [kin, added] = kin_.emplace(all_[place]->content_case(), Kin{place, place, {}});
      kin->second.last = place;
      Number number = NumberOf(*all_[place]);
      if (!number.empty()) kin->second.numbered.emplace_back(std::move(number), place);
    }
    for (auto& [kind, kin] : kin_) std::sort(kin.numbered.begin(), kin.numbered.end());
  }

  // How many siblings come before the new one.
  std::size_t GapOf(const v1::Element& added) const {
    const auto found = kin_.find(added.content_case());
    if (found == kin_.end()) return all_.size();
    const Kin& kin = found->second;
    const Number number = NumberOf(added);
    if (number.empty() || kin.numbered.empty()) return kin.last + 1;
    const auto beyond =
        std::upper_bound(kin.numbered.begin(), kin.numbered.end(), std::pair(number, all_.size()));
    return beyond == kin.numbered.begin() ? kin.first : std::prev(beyond)->second + 1;
  }

  bool HasKin(const v1::Element& added) const { return kin_.count(added.content_case()) > 0; }

  // A key within the gap that every longer key with this start stays in.
  std::string KeyIn(std::size_t gap) const {
    const std::string before = gap == 0 ? "" : all_[gap - 1]->position();
    // Siblings may share a position, then told apart by their ids: what follows all of these.
    std::size_t next = gap;
    while (next < all_.size() && all_[next]->position() <= before) ++next;
    auto key = PositionBetween(before, next == all_.size() ? "" : all_[next]->position());
    // No room: at the end, as long as there is some.
    if (!key.ok()) key = PositionBetween(all_.back()->position(), "");
    return key.ok() ? *key : "";
  }

 private:
  std::vector<const v1::Element*> all_;
  std::map<v1::Element::ContentCase, Kin> kin_;
};

// New elements of one gap as they shall stand: by kind, what has siblings of its kind first.
std::vector<v1::Element*> InOrder(const Siblings& siblings, std::vector<v1::Element*> added) {
  std::map<v1::Element::ContentCase, std::size_t> rank;
  for (const v1::Element* one : added) rank.emplace(one->content_case(), rank.size());
  std::stable_sort(added.begin(), added.end(), [&](const v1::Element* a, const v1::Element* b) {
    const auto key = [&](const v1::Element* one) {
      return std::pair(!siblings.HasKin(*one), rank[one->content_case()]);
    };
    return key(a) < key(b);
  });
  for (auto start = added.begin(); start != added.end();) {
    const auto end = std::find_if(start, added.end(), [&](const v1::Element* one) {
      return one->content_case() != (*start)->content_case();
    });
    const bool numbered =
        std::none_of(start, end, [](const v1::Element* one) { return NumberOf(*one).empty(); });
    if (numbered && siblings.HasKin(**start)) {
      std::stable_sort(start, end, [](const v1::Element* a, const v1::Element* b) {
        return NumberOf(*a) < NumberOf(*b);
      });
    }
    start = end;
  }
  return added;
}

}  // namespace

std::string NumberAfter(absl::string_view number) {
  const std::size_t blank = number.rfind(' ');
  if (blank != absl::string_view::npos) {
    const std::string last = absl::AsciiStrToLower(number.substr(blank + 1));
    const auto* const suffix = std::find(std::begin(kSuffixes), std::end(kSuffixes), last);
    if (suffix != std::end(kSuffixes) && std::next(suffix) != std::end(kSuffixes)) {
      return absl::StrCat(number.substr(0, blank), " ", *std::next(suffix));
    }
  }
  if (absl::ConsumeSuffix(&number, "1er")) return absl::StrCat(number, "1 ", kSuffixes[0]);
  return absl::StrCat(number, " ", kSuffixes[0]);
}

void PlaceAdded(const TextInMaking& before,
                const std::map<std::string, std::vector<v1::Element*>>& added) {
  if (added.empty()) return;
  std::map<std::string, std::vector<const v1::Element*>> children;
  for (const DraftedElement& one : before.Elements()) {
    if (added.count(one.element->parent_id()) == 0) continue;
    children[one.element->parent_id()].push_back(one.element);
  }
  for (const auto& [parent, elements] : added) {
    const Siblings siblings(std::move(children[parent]));
    std::map<std::size_t, std::vector<v1::Element*>> gaps;
    for (v1::Element* one : elements) gaps[siblings.GapOf(*one)].push_back(one);
    for (auto& [gap, together] : gaps) {
      const std::string key = siblings.KeyIn(gap);
      if (key.empty()) continue;
      const std::vector<v1::Element*> ordered = InOrder(siblings, std::move(together));
      // All share a prefix, so that keys stay short however many come at once.
      for (std::size_t i = 0; i < ordered.size(); ++i) {
        ordered[i]->set_position(
            ordered.size() == 1 ? key : absl::StrCat(key, PositionOf(i, ordered.size())));
      }
    }
  }
}

}  // namespace greffe
