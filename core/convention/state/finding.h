#ifndef GREFFE_CORE_CONVENTION_STATE_FINDING_H_
#define GREFFE_CORE_CONVENTION_STATE_FINDING_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

namespace greffe {

// What Apply and consolidation find odd. Numbers enter snapshots and canonical bytes: add at the
// end, with a line in finding.cc.
enum class FindingCode : std::uint8_t {
  kNewerSoftware = 0,
  kHeaderMismatch = 1,
  kRecordedAtStepsBack = 2,
  kRecordedAtInvalid = 3,
  kOpeningMisplaced = 4,
  kNotAuthorised = 5,
  kReplacesIneffective = 6,
  kMalformed = 7,
  kUnknownAct = 8,
  kUnknownRevision = 9,
  kUnknownSignatory = 10,
  kUnknownSignature = 11,
  kActIdNotDerived = 12,
  kActOpenedTwice = 13,
  kRevisionInvalid = 14,
  kRevisionClash = 15,
  kBaseIneffective = 16,
  kSawWithdrawal = 17,
  kPaperWithoutScan = 18,
  kRosterNotAllowed = 19,
  // Found when reading, never stored.
  kOrphan = 20,
  kTreeLoop = 21,
  kSeveralOriginals = 22,
  kSeveralConcluded = 23,
  kNoTerms = 24,
  kSearchTooLong = 25,
  kSignatoriesMissing = 26,
  kNotFounder = 27,
  kNoPayload = 28,
  kNotOnPaper = 29,
  kNotAttested = 30,
  kAttachmentLimit = 31,
  kAnswersIneffective = 32,
  kFindingsOmitted = 33,
  kElementTwice = 34,
  kRosterLimit = 35,
  kOutsideWithoutFile = 36,
  kNotLeftToCommittee = 37,
};
inline constexpr int kFindingCodes = 38;

// Of an oddity in a record: its rule, its field, and texts that open with the rule and `who`.
v1::Finding MakeFinding(const rules::Oddity& odd, const rules::Words& who = {});
// The rule that a text opens with: `L-07` of « L-07 : … »; empty when it opens with none.
absl::string_view LeadingRule(absl::string_view text);

// Stable name, such as `replaces-ineffective`.
absl::string_view FindingName(FindingCode code);
// One sentence in French and in English; `detail` is worked in where there is one.
v1::Finding MakeFinding(FindingCode code, absl::string_view detail, absl::string_view leaf_hex,
                        absl::string_view element_id);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_FINDING_H_
