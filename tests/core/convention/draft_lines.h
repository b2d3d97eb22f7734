#ifndef GREFFE_TESTS_CORE_CONVENTION_DRAFT_LINES_H_
#define GREFFE_TESTS_CORE_CONVENTION_DRAFT_LINES_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/convention/checks/draft_check.h"
#include "tests/support/sample_play.h"

// What the tests of drafts share: a sound draft with one thing changed, and what is said of it.
namespace greffe::testing_support {

// Problems as "field: text" lines.
inline std::string Lines(const std::vector<v1::DraftProblem>& problems) {
  std::string out;
  for (const v1::DraftProblem& one : problems) {
    absl::StrAppend(&out, one.field(), ": ", one.text(), "\n");
  }
  return out;
}

inline std::string Lines(const v1::ConventionDraft& draft) { return Lines(CheckDraft(draft)); }

inline v1::Element& Named(v1::ConventionDraft& draft, const std::string& id) {
  for (v1::Element& element : *draft.mutable_elements()) {
    if (element.id() == id) return element;
  }
  ADD_FAILURE() << id;
  return *draft.mutable_elements(0);
}

// A draft with one thing changed, and what CheckDraft says of it.
template <typename Change>
std::string With(Change change) {
  v1::ConventionDraft draft = SampleDraft();
  change(draft);
  return Lines(draft);
}

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_CORE_CONVENTION_DRAFT_LINES_H_
