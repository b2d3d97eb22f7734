#ifndef GREFFE_TESTS_SUPPORT_STATUS_MATCHERS_H_
#define GREFFE_TESTS_SUPPORT_STATUS_MATCHERS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Upstream Abseil's names and meaning, for the packaged Abseil that has none.
namespace greffe::testing_support {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status) {
  return status.status();
}

MATCHER(IsOk, "is OK") {
  const absl::Status& status = StatusOf(arg);
  if (!status.ok()) *result_listener << status.ToString();
  return status.ok();
}

MATCHER_P(StatusIs, code, "has the code") {
  const absl::Status& status = StatusOf(arg);
  *result_listener << status.ToString();
  return status.code() == code;
}

MATCHER_P2(StatusIs, code, message, "has the code and message") {
  const absl::Status& status = StatusOf(arg);
  *result_listener << status.ToString();
  return status.code() == code && ::testing::Matches(message)(std::string(status.message()));
}

}  // namespace greffe::testing_support

#define EXPECT_OK(expr) EXPECT_THAT((expr), ::greffe::testing_support::IsOk())
#define ASSERT_OK(expr) ASSERT_THAT((expr), ::greffe::testing_support::IsOk())

#define GREFFE_TEST_CONCAT_INNER_(a, b) a##b
#define GREFFE_TEST_CONCAT_(a, b) GREFFE_TEST_CONCAT_INNER_(a, b)
#define ASSERT_OK_AND_ASSIGN(lhs, expr) \
  GREFFE_ASSERT_OK_AND_ASSIGN_(GREFFE_TEST_CONCAT_(greffe_test_, __LINE__), lhs, expr)
#define GREFFE_ASSERT_OK_AND_ASSIGN_(result, lhs, expr)   \
  auto result = (expr);                                   \
  ASSERT_TRUE(result.ok()) << result.status().ToString(); \
  lhs = *std::move(result)

#endif  // GREFFE_TESTS_SUPPORT_STATUS_MATCHERS_H_
