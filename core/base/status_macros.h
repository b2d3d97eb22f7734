#ifndef GREFFE_CORE_BASE_STATUS_MACROS_H_
#define GREFFE_CORE_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Upstream's names and meaning, so that a later Abseil replaces this file by its own.

#define RETURN_IF_ERROR(expr)                                    \
  do {                                                           \
    ::absl::Status greffe_status_macro_ = (expr);                \
    if (!greffe_status_macro_.ok()) return greffe_status_macro_; \
  } while (false)

#define GREFFE_MACRO_CONCAT_INNER_(a, b) a##b
#define GREFFE_MACRO_CONCAT_(a, b) GREFFE_MACRO_CONCAT_INNER_(a, b)
#define ASSIGN_OR_RETURN(lhs, expr) \
  GREFFE_ASSIGN_OR_RETURN_(GREFFE_MACRO_CONCAT_(greffe_statusor_, __LINE__), lhs, expr)
#define GREFFE_ASSIGN_OR_RETURN_(statusor, lhs, expr)      \
  auto statusor = (expr);                                  \
  if (!statusor.ok()) return std::move(statusor).status(); \
  lhs = *std::move(statusor)

#endif  // GREFFE_CORE_BASE_STATUS_MACROS_H_
