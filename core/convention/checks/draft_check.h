#ifndef GREFFE_CORE_CONVENTION_CHECKS_DRAFT_CHECK_H_
#define GREFFE_CORE_CONVENTION_CHECKS_DRAFT_CHECK_H_

#include <optional>
#include <vector>

#include "core/convention/elements/problem.h"
#include "core/convention/state/state.h"
#include "core/convention/text/text_in_making.h"
#include "google/protobuf/repeated_field.h"
#include "greffe/v1/draft.pb.h"

// Drafts as people write them, made ready and checked. decide.h's CheckDraft is built on this.
namespace greffe {

using Changes = google::protobuf::RepeatedPtrField<v1::Change>;

// Text in NFC with LF; positions where they are empty: the place in the file decides.
void NormaliseDraft(v1::ConventionDraft* draft);
// All problems of a normalised draft. Without `today`, dates of paper signatures in the future
// pass.
std::vector<Problem> DraftProblems(const v1::ConventionDraft& draft,
                                   std::optional<CivilDate> today = std::nullopt);

// `act` is null for one that is not opened yet. Positions that are empty become those the element
// has now, or one that PlaceAdded gives (placing.h).
void NormaliseChanges(const StateData& data, const ActFacts* act, Changes* changes);
// All problems of normalised changes, paths starting with `changes[0]`. Checks the text that they
// would make, together with the act's draft.
void CheckChanges(const StateData& data, const ActFacts* act, const Changes& changes,
                  std::vector<Problem>* problems);
// The text that the changes make of what is in force, with what else the act drafts. A drop leaves
// what is there without the act. Points into the changes.
TextInMaking TextAfter(const StateData& data, const ActFacts* act, const Changes& changes);
// Kind, title, changes and old texts of a normalised draft of a further act.
std::vector<Problem> DraftProblems(const StateData& data, const v1::ActDraft& draft);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_DRAFT_CHECK_H_
