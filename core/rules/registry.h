#ifndef GREFFE_CORE_RULES_REGISTRY_H_
#define GREFFE_CORE_RULES_REGISTRY_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "greffe/v1/view.pb.h"

// The legal rules that Greffe knows, each with its source and the function that holds it. They are
// pure functions over plain values: no state, no clock. docs/rules.md is made from this table.
namespace greffe::rules {

// One per row of Registry(), in its order.
enum class Rule : std::uint8_t {
  kTwoDecisions,
  kVoteArithmetic,
  kQuorum,
  kExecutory,
  kOrderOfDates,
  kScdlFigures,
  kActesForm,
  kActesParty,
  kActesDate,
  kDiagnosis,
  kSignatureOrder,
  kMandateScope,
  kEfficacyAndForce,
  kExpiry,
  kStatedDuration,
  kRetroactive,
  kGapOrOverlap,
  kContractPeriod,
  kChallengePeriod,
  kReferralPeriod,
  kAmendment,
  kAvenantNeeded,
  kDelegatedChange,
  kScheduleInsideTerm,
  kBaseCurrent,
  kConcludedSince,
  kOperationsComplete,
  kCommitteeConsulted,
  kPlaceholders,
  kReferences,
  kConvening,
  kSigningPolicy,
  kDelegation,
  kNoticeByCaf,
  kWithoutNotice,
  kDenunciation,
  kDenunciationUseful,
  kProofOfSending,
  kTermination,
  kUnwritten,
  kSuccession,
  kSteering,
  kCadence,
  kEvaluations,
  kPromptedByEvaluation,
  kDpoFirst,
  kSirenKey,
  kAfterConclusion,
  kBeforeEnd,
  kCommuneOfSiren,
  kStampsAgree,
  kOneDay,
  kTransmitted,
  kNamesHint,
  kPostcode,
  kSentinelDate,
  kSomebodySigns,
  kFilledAfterVote,
  kVotedText,
  kMandateLimits,
  kOriginals,
  kFacilities,
  kFunding,
  kGuests,
  kSecrecy,
  kCommonAgreement,
  kContentPrevails,
  kOwnBase,
  kCourt,
  kPartyReady,
  kStampedAnswer,
};

// What a broken rule leads to. Only kBlock ever stops a command; a fact is recorded whatever it
// breaks, with its finding. kError: what is on record, or written, cannot be right, as serious to
// people as what kBlock marks; kWarn: look at it.
enum class Severity : std::uint8_t { kInfo, kWarn, kError, kBlock };

struct Row {
  Rule rule;
  // Stable, such as "L-07". What refusals and findings are named by.
  absl::string_view id;
  // The check that goes with it, such as "CHK-09", or empty.
  absl::string_view check;
  absl::string_view title_fr;
  absl::string_view title_en;
  // Article of law, or what the texts of the conventions say.
  absl::string_view source;
  Severity severity;
  // Function of core/rules that holds it.
  absl::string_view function;
};

std::span<const Row> Registry();
const Row& RowOf(Rule rule);
// By id; null when there is none.
const Row* FindRow(absl::string_view id);
// How people see it beside a fact.
v1::FindingSeverity FindingSeverityOf(Severity severity);

// A sentence for people in both languages.
struct Words {
  std::string fr;
  std::string en;
};

// Something odd about a fact.
struct Oddity {
  Rule rule;
  // Stable name, such as "votes-sum".
  absl::string_view code;
  v1::FindingSeverity severity;
  Words words;
  // The field of the record at fault, such as "members_present"; empty where it is no single one.
  absl::string_view field = {};
};

// --- For the test run alone ---
// A rule switched off finds nothing, blocks nothing and counts nothing. The test run switches each
// off in turn and wants its tests to fail: a rule that no test needs is not shown to work. Set
// once, before anything else runs; nothing in the product calls it.
void SwitchOffForTest(Rule rule);
bool IsOn(Rule rule);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_REGISTRY_H_
