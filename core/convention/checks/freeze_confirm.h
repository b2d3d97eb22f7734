#ifndef GREFFE_CORE_CONVENTION_CHECKS_FREEZE_CONFIRM_H_
#define GREFFE_CORE_CONVENTION_CHECKS_FREEZE_CONFIRM_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/convention/decide.h"
#include "core/convention/decide_common.h"
#include "core/convention/text/text_in_making.h"
#include "core/rules/registry.h"

// What somebody must have looked at before a text is frozen. Private to core/convention.
namespace greffe {

// What a freeze is about to do.
struct FreezeInMaking {
  ActRef act;
  // The text that the act makes.
  const TextInMaking& text;
  CivilDate effective_from;
};

// A question: the words that the refusal puts behind the rule's name.
struct FreezeQuestion {
  rules::Rule rule;
  rules::Words words;
};
// CHK-16: a day of effect before today.
std::optional<FreezeQuestion> AskAboutEffect(CivilDate from, CivilDate today);
// L-01: of the text of an original.
std::optional<FreezeQuestion> AskAboutDiagnosis(const TextInMaking& text);

// FAILED_PRECONDITION with everything to be confirmed at once, each with its rule, in this order:
//   CHK-13  references of what the act puts that lead nowhere in the text it makes;
//   L-02    parties of the text for which no office signs;
//   L-07    parties whose assembly votes by what they are, and of which the text does not say so;
//   L-15    a stated duration and dates that do not agree, in what the act puts or prolongs;
//   CHK-18  schedules that go beyond the term, so;
//   CHK-16  a day of effect before today, and by how many days;
//   L-01    an original in whose text no diagnosis is spoken of;
//   L-20    co-chairs of the steering committee (without any: the CAF) other than the author's
//           partner that gave no favourable review of the draft as it stands.
// The refusal bears the rule of the first, the field `confirmed`, and in Refusal::confirm what that
// field must hold to answer it: the rules asked about and a digest of the draft as it stands
// and the words asked. OK when `confirmed` is that, so that nothing is confirmed but what somebody
// was shown. None of it forbids anything: people answer for what they freeze.
absl::Status CheckConfirmed(const StateData& data, const FreezeInMaking& freeze,
                            absl::string_view confirmed, const CommandContext& context);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_FREEZE_CONFIRM_H_
