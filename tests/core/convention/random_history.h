#ifndef GREFFE_TESTS_CORE_CONVENTION_RANDOM_HISTORY_H_
#define GREFFE_TESTS_CORE_CONVENTION_RANDOM_HISTORY_H_

#include <cstdint>
#include <functional>
#include <random>

#include "tests/support/history.h"

namespace greffe::test {

struct RandomOptions {
  int events = 40;
  // Chance in percent that an event is nonsense of some kind.
  int garbage = 5;
  // Chance in percent, per event, that a feed forks.
  int forks = 2;
  // History::SetClocks; null for clocks that are right.
  std::function<std::int64_t(History::Author, std::int64_t)> clocks;
};

// Three partners with a replica each, a fourth that joins late or never, and a stranger: drafts,
// freezes, decisions of a committee, signatures, retractions, withdrawals, deliberations, values,
// roster changes, facts of life of every kind (random_life.h) and forks, with replicas that meet
// now and then.
History MakeRandomHistory(std::mt19937_64& random, const RandomOptions& options);

}  // namespace greffe::test

#endif  // GREFFE_TESTS_CORE_CONVENTION_RANDOM_HISTORY_H_
