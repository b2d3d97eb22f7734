#include "client/cli/alike.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "client/cli/table.h"

namespace greffe::cli {
namespace {

using WordList = std::vector<absl::string_view>;

// Two that are alike are quicker read as they are.
constexpr std::size_t kSeveral = 3;
// Sentences open with who they are about and end with what is said of them.
constexpr std::size_t kEndWords = 4;

struct SharedWords {
  std::size_t before = 0;
  std::size_t after = 0;
};

// None where one would be left with nothing of its own, or most is.
SharedWords FindShared(const std::vector<const WordList*>& all) {
  const WordList& first = *all.front();
  SharedWords out{first.size(), first.size()};
  std::size_t shortest = first.size();
  std::size_t longest = first.size();
  for (const WordList* const one : all) {
    shortest = std::min(shortest, one->size());
    longest = std::max(longest, one->size());
    const auto before = std::mismatch(first.begin(), first.end(), one->begin(), one->end());
    out.before = std::min(out.before, static_cast<std::size_t>(before.first - first.begin()));
    const auto after = std::mismatch(first.rbegin(), first.rend(), one->rbegin(), one->rend());
    out.after = std::min(out.after, static_cast<std::size_t>(after.first - first.rbegin()));
  }
  const std::size_t shared = out.before + out.after;
  return shared >= shortest || longest - shared > shared ? SharedWords{} : out;
}

std::string JoinWords(const WordList& words, std::size_t from, std::size_t to) {
  return absl::StrJoin(words.begin() + static_cast<std::ptrdiff_t>(from),
                       words.begin() + static_cast<std::ptrdiff_t>(to), " ");
}

}  // namespace

std::vector<Alike> TellTogether(const std::vector<Sentence>& sentences) {
  std::vector<WordList> words;
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> by_end;
  words.reserve(sentences.size());
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    words.emplace_back(absl::StrSplit(sentences[i].text, ' '));
    const WordList& own = words.back();
    const std::size_t end = own.size() - std::min(own.size(), kEndWords);
    by_end[{sentences[i].kind, JoinWords(own, end, own.size())}].push_back(i);
  }
  const FrenchOrder order;
  std::vector<Alike> out;
  for (const auto& [end, places] : by_end) {
    std::vector<const WordList*> group;
    for (const std::size_t place : places) group.push_back(&words[place]);
    const SharedWords shared = places.size() < kSeveral ? SharedWords{} : FindShared(group);
    if (shared.after == 0) {
      for (const std::size_t place : places) out.push_back({place, sentences[place].text, {}});
      continue;
    }
    const WordList& first = *group.front();
    Alike& told = out.emplace_back();
    told.first = places.front();
    told.shared = absl::StrCat(JoinWords(first, 0, shared.before), shared.before > 0 ? " " : "",
                               "… ", JoinWords(first, first.size() - shared.after, first.size()));
    for (const WordList* const one : group) {
      told.each.push_back(JoinWords(*one, shared.before, one->size() - shared.after));
    }
    std::stable_sort(told.each.begin(), told.each.end(),
                     [&](const auto& a, const auto& b) { return order.Compare(a, b) < 0; });
  }
  std::sort(out.begin(), out.end(),
            [](const Alike& a, const Alike& b) { return a.first < b.first; });
  return out;
}

}  // namespace greffe::cli
