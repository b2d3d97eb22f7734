#ifndef GREFFE_TESTS_CORE_CONVENTION_HISTORY_VIEWS_H_
#define GREFFE_TESTS_CORE_CONVENTION_HISTORY_VIEWS_H_

#include <string>
#include <vector>

#include "tests/support/history.h"

namespace greffe::test {

// Everything that a replica which applied the whole history answers about one date, view by view,
// or why it does not answer, and what people take out of it: the same bytes on every replica
// (invariant 12). `player` has applied all of it. Adds to `refused`, unless null, why views that
// there always are do not answer: the convention, its status, its acts, its calendar.
std::string AllViews(const History& history, const HistoryPlayer& player,
                     const std::string& in_force_on, std::vector<std::string>* refused = nullptr);

// Where two long texts begin to differ, with some of what is before; empty when they do not.
std::string FirstDifference(const std::string& one, const std::string& other);

}  // namespace greffe::test

#endif  // GREFFE_TESTS_CORE_CONVENTION_HISTORY_VIEWS_H_
