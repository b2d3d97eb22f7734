#include "core/convention/elements/problem.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/base/refusals.h"

namespace greffe {
namespace {

// A message stays short enough to read.
constexpr std::size_t kProblemsNamed = 10;

}  // namespace

v1::DraftProblem ToDraftProblem(const Problem& problem) {
  v1::DraftProblem out;
  out.set_field(problem.field);
  out.set_text(problem.fr);
  out.set_element_id(problem.element_id);
  out.set_rule(problem.rule);
  out.set_text_en(problem.en);
  return out;
}

absl::Status ToStatus(const std::vector<Problem>& problems, DryRun dry_run) {
  if (problems.empty()) return absl::OkStatus();
  const Problem& first = problems.front();
  const bool whole = dry_run == DryRun::kNone;
  const std::size_t named = whole ? std::min(problems.size(), kProblemsNamed) : 1;
  Refusal refusal{.code = absl::StatusCode::kInvalidArgument,
                  .rule = first.rule,
                  .field = first.field,
                  .fr = absl::StrCat(first.field, " : ", first.fr),
                  .en = absl::StrCat(first.field, ": ", first.en),
                  .next_fr = "Corrigez ce champ, puis recommencez.",
                  .next_en = "Correct this field, then try again."};
  std::vector<Refusal> further;
  for (std::size_t i = 1; i < named; ++i) {
    further.push_back({.rule = problems[i].rule,
                       .field = problems[i].field,
                       .fr = problems[i].fr,
                       .en = problems[i].en});
  }
  if (const std::size_t more = problems.size() - named; more > 0) {
    Refusal& last = further.empty() ? refusal : further.back();
    absl::StrAppend(&last.fr, " (et ", more, more == 1 ? " autre problème)" : " autres problèmes)");
    absl::StrAppend(&last.en, " (and ", more, more == 1 ? " more problem)" : " more problems)");
  }
  if (problems.size() > 1) {
    refusal.next_fr = whole ? "Corrigez ces champs, puis recommencez."
                            : "Ajoutez --dry-run pour les voir tous, corrigez-les, puis "
                              "recommencez.";
    refusal.next_en = whole ? "Correct these fields, then try again."
                            : "Add --dry-run to see them all, correct them, then try again.";
  }
  return WithFurther(ToStatus(refusal), further);
}

}  // namespace greffe
