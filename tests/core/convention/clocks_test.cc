// Clocks are claims: whatever they show, the same things count.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/convention/state/state.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "tests/core/convention/random_history.h"

namespace greffe::test {
namespace {

using Clocks = std::function<std::int64_t(History::Author, std::int64_t)>;

// What a history comes to, by the numbers of its events: authority, what was replaced, revisions
// concluded and on which days, the elements in force on some days with the values that stand.
// Leaf hashes are left out: they hold the time claimed.
std::string Outcome(const StateData& data) {
  std::string out;
  for (const EventRow& event : data.events) {
    absl::StrAppend(&out, event.authorised, event.replaced, event.understood, " ");
  }
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    const Conclusion conclusion = Conclude(data, r);
    absl::StrAppend(&out, "\nrevision ", r, " ", conclusion.concluded, " ",
                    conclusion.concluded_on ? conclusion.concluded_on->ToString() : "");
  }
  for (const char* day : {"2023-06-01", "2024-07-01", "2026-02-01", "2029-02-01"}) {
    absl::StrAppend(&out, "\non ", day);
    const ConsolidatedText text = Consolidate(data, *CivilDate::Parse(day, "day"));
    // Of several frozen projects the one shown follows the order of hashes.
    if (text.project) continue;
    std::vector<std::string> elements;
    for (const PlacedElement& element : text.elements) {
      // Several sides stand in the order of hashes.
      std::vector<std::string> sides;
      for (const ElementSide& side : element.sides) {
        sides.push_back(side.element == nullptr ? "removed" : side.element->SerializeAsString());
      }
      std::sort(sides.begin(), sides.end());
      elements.push_back(absl::StrCat(element.id, ":"));
      for (const std::string& side : sides) elements.back() += side;
    }
    std::sort(elements.begin(), elements.end());
    for (const std::string& element : elements) absl::StrAppend(&out, "\n", element);
  }
  return out;
}

TEST(Clocks, DecideNoOutcomeWhateverTheyShow) {
  constexpr std::int64_t kYear = 365 * 86'400;
  const std::vector<Clocks> wrong = {
      // Backwards.
      [](History::Author, std::int64_t seconds) { return 3'000'000'000 - seconds; },
      // Years apart from one replica to the next.
      [](History::Author author, std::int64_t seconds) { return seconds + author * 10 * kYear; },
      // Stopped.
      [](History::Author, std::int64_t) { return std::int64_t{1}; },
      // No time at all.
      [](History::Author, std::int64_t) { return std::int64_t{-1} << 40; },
  };
  const std::uint64_t seed = TestSeed(8);
  int concluded = 0;
  for (int round = 0; round < 100; ++round) {
    const auto outcome = [&](const Clocks& clocks) {
      std::mt19937_64 random(seed + static_cast<std::uint64_t>(round));
      const History history =
          MakeRandomHistory(random, {.events = 30 + round % 90, .clocks = clocks});
      HistoryPlayer player(history);
      player.ApplyAll();
      const StateData& data = player.state().data();
      for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
        concluded += Conclude(data, r).concluded ? 1 : 0;
      }
      return Outcome(data);
    };
    const std::string right = outcome(nullptr);
    for (std::size_t i = 0; i < wrong.size(); ++i) {
      ASSERT_EQ(outcome(wrong[i]), right) << "round " << round << ", clocks " << i;
    }
  }
  EXPECT_GT(concluded, 100);
}

}  // namespace
}  // namespace greffe::test
