#ifndef GREFFE_CORE_CONVENTION_READING_PROMPT_H_
#define GREFFE_CORE_CONVENTION_READING_PROMPT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/finding_cap.h"
#include "core/convention/state/state.h"
#include "core/rules/registry.h"

// The evaluation that led to an act (L-33). Private to core/convention.
namespace greffe {

// The evaluation that was reported in the event of that leaf hash, raw bytes of any length, with
// authority; null when that is none, or when the author of `seen_by` had not received it (kNone:
// whatever is applied).
const LifeFact* FindEvaluation(const StateData& data, absl::string_view leaf,
                               EventNumber seen_by = kNone);

// « l'évaluation annuelle 2025, rendue le 3 mai 2026 »: as it was corrected since, by the record
// that `book` shows.
rules::Words EvaluationText(const StateData& data, const LifeBook& book,
                            const LifeFact& evaluation);

// Leaf hash of the evaluation that an opening names, in hex; empty when it names none.
std::string PromptOf(const StateData& data, const ActOpening& opening);

// The leaf hash that a command names, as bytes; empty for none. INVALID_ARGUMENT by L-33 when no
// evaluation bears it, or the act is of a kind that none leads to; ABORTED, `changed-since-read`,
// when the one that bears it was corrected since.
absl::StatusOr<std::string> CheckedPrompt(const StateData& data, absl::string_view hex,
                                          v1::ActKind kind);

// What is odd about the evaluations that acts name (L-33), by leaf: the first
// limits::kFindingsOfAKind of a kind, the others counted.
void AddPromptFindings(const StateData& data, FindingList* list);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_PROMPT_H_
