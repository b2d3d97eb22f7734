#ifndef GREFFE_TESTS_CORE_CONVENTION_RANDOM_DRAW_H_
#define GREFFE_TESTS_CORE_CONVENTION_RANDOM_DRAW_H_

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "tests/support/history.h"

namespace greffe::test {

// What a random history is made with: numbers, days, and events to name that exist, or nearly.
// Borrows the generator of numbers and the history, which grows meanwhile.
class Draw {
 public:
  using Case = v1::Event::PayloadCase;

  Draw(std::mt19937_64& random, const History& history) : random_(random), history_(history) {}

  // From 0 to bound - 1.
  int Below(int bound);
  bool Chance(int percent) { return Below(100) < percent; }
  // Often of a few days, so that days tie; rarely after the end of the term.
  std::string Date();

  // A random event that the author knows and `wanted` takes, seldom one that it does not know; -1
  // where there is none.
  History::Event PickWhere(History::Author author,
                           const std::function<bool(const v1::Event&)>& wanted);
  History::Event Pick(History::Author author, Case kind);
  // One of the author's partner's own, or as good as any.
  History::Event PickOwn(History::Author author, const std::string& partner, Case kind);
  // Of no event where there is none.
  Digest PickLeaf(History::Author author, Case kind);
  std::vector<Digest> Some(History::Author author, Case kind);

 private:
  std::mt19937_64& random_;
  const History& history_;
};

}  // namespace greffe::test

#endif  // GREFFE_TESTS_CORE_CONVENTION_RANDOM_DRAW_H_
