#ifndef GREFFE_TESTS_CORE_CONVENTION_HISTORY_CENSUS_H_
#define GREFFE_TESTS_CORE_CONVENTION_HISTORY_CENSUS_H_

#include <map>
#include <string>
#include <vector>

#include "core/convention/state/state.h"
#include "tests/support/history.h"

namespace greffe::test {

// What random histories hold, counted: kinds of event that a generator no longer makes, or makes
// so that they never count, are told by name instead of going untested.
class Census {
 public:
  // Of one history, with everything applied to `data`.
  void Count(const History& history, const StateData& data);

  // One line for each kind of the language that occurs less than often: with authority, at the same
  // time as another of its kind by somebody else, in answer to what it may answer, in answer to
  // what it may not or to nothing, and in the place of an earlier record. Empty when all do.
  std::vector<std::string> Lacking() const;

 private:
  struct Row {
    int authorised = 0;
    // Pairs by two authors, neither of whom had seen the other's.
    int concurrent = 0;
    int answers = 0;
    int answers_in_vain = 0;
    int corrects = 0;
  };

  void CountLife(const StateData& data, const LifeFact& fact);

  // By v1::Event::PayloadCase; by v1::LifeRecorded::FactCase.
  std::map<int, Row> payloads_;
  std::map<int, Row> life_;
};

}  // namespace greffe::test

#endif  // GREFFE_TESTS_CORE_CONVENTION_HISTORY_CENSUS_H_
