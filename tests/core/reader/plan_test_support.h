#ifndef GREFFE_TESTS_CORE_READER_PLAN_TEST_SUPPORT_H_
#define GREFFE_TESTS_CORE_READER_PLAN_TEST_SUPPORT_H_

#include <string>
#include <vector>

#include "core/reader/reader.h"
#include "gtest/gtest.h"

namespace greffe::testing_support {

// The convention that one document says.
inline reader::Convention ReadText(const std::string& text) {
  auto reading = reader::Read({{"plan.txt", text}});
  EXPECT_TRUE(reading.ok()) << reading.status();
  return reading.ok() ? reading->convention : reader::Convention{};
}

inline std::vector<std::string> Texts(const std::vector<reader::Indicator>& indicators) {
  std::vector<std::string> texts;
  for (const reader::Indicator& each : indicators) texts.push_back(each.text.text);
  return texts;
}

// « when|text » of each step.
inline std::vector<std::string> Steps(const std::vector<reader::ScheduleStep>& steps) {
  std::vector<std::string> texts;
  for (const reader::ScheduleStep& each : steps) texts.push_back(each.when + "|" + each.text.text);
  return texts;
}

inline std::vector<std::string> RefsAndTitles(const std::vector<reader::Action>& actions) {
  std::vector<std::string> texts;
  for (const reader::Action& each : actions) texts.push_back(each.ref + "|" + each.title.text);
  return texts;
}

// The first rubric of this kind; fails and gives an empty one when there is none.
inline reader::Rubric RubricOf(const reader::Action& action, v1::RubricKind kind) {
  for (const reader::Rubric& rubric : action.rubrics) {
    if (rubric.kind == kind) return rubric;
  }
  ADD_FAILURE() << "no rubric of kind " << kind << " in " << action.title.text;
  return {};
}

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_CORE_READER_PLAN_TEST_SUPPORT_H_
