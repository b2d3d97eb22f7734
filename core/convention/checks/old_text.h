#ifndef GREFFE_CORE_CONVENTION_CHECKS_OLD_TEXT_H_
#define GREFFE_CORE_CONVENTION_CHECKS_OLD_TEXT_H_

#include <vector>

#include "core/convention/checks/draft_check.h"
#include "core/convention/elements/problem.h"
#include "core/convention/state/state.h"
#include "google/protobuf/repeated_field.h"
#include "greffe/v1/draft.pb.h"

// What an author takes the text to say before an act. Private to core/convention.
namespace greffe {

using OldTexts = google::protobuf::RepeatedPtrField<v1::OldText>;

// CHK-22: an act starts from the text in force. A problem for each old text that no concluded act
// says (of a convention not concluded: its project), that is of an element which `changes` leave
// alone, or that is not well formed. `changes` are normalised; paths start
// with `old_texts[0]`.
void CheckOldTexts(const StateData& data, const Changes& changes, const OldTexts& old_texts,
                   std::vector<Problem>* problems);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_OLD_TEXT_H_
