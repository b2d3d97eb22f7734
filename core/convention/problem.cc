#include "core/convention/problem.h"

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"

namespace greffe {

v1::DraftProblem ToDraftProblem(const Problem& problem) {
  v1::DraftProblem out;
  out.set_field(problem.field);
  out.set_text(problem.fr);
  out.set_element_id(problem.element_id);
  return out;
}

absl::Status ToStatus(const std::vector<Problem>& problems) {
  if (problems.empty()) return absl::OkStatus();
  const Problem& first = problems.front();
  const std::size_t more = problems.size() - 1;
  Refusal refusal{.code = absl::StatusCode::kInvalidArgument,
                  .rule = first.rule,
                  .field = first.field,
                  .fr = absl::StrCat(first.field, " : ", first.fr),
                  .en = absl::StrCat(first.field, ": ", first.en),
                  .next_fr = "Corrigez ce champ, puis recommencez.",
                  .next_en = "Correct this field, then try again."};
  if (more > 0) {
    refusal.fr = absl::StrCat(refusal.fr, " (et ", more,
                              more == 1 ? " autre problème)" : " autres problèmes)");
    refusal.en =
        absl::StrCat(refusal.en, " (and ", more, more == 1 ? " more problem)" : " more problems)");
    refusal.next_fr = "Ajoutez --dry-run pour les voir tous, corrigez-les, puis recommencez.";
    refusal.next_en = "Add --dry-run to see them all, correct them, then try again.";
  }
  return ToStatus(refusal);
}

}  // namespace greffe
