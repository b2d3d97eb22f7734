#ifndef GREFFE_CORE_RULES_AUTHORITY_H_
#define GREFFE_CORE_RULES_AUTHORITY_H_

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/rules/registry.h"
#include "greffe/v1/act.pb.h"
#include "greffe/v1/view.pb.h"

// When a signatory may sign for a party whose assembly votes. Pure.
namespace greffe::rules {

// Minutes since midnight in Paris; absent when nobody said.
using Minute = std::optional<int>;
// "HH:MM"; absent for anything else.
Minute ParseMinute(absl::string_view text);

// L-07: from when a deliberation may be carried out.
struct Executory {
  // The later of publication and transmission, or the day certified; absent while not proven.
  std::optional<CivilDate> on;
  // Time of the later one, when it is known (of both, when both are of that day).
  Minute at;
  // What proves it, or what is missing.
  Words why;
};
// A deliberation that was published and received, in any order: from the later of publication and
// transmission, of which receipt is the evidence (and the day, when no other is on record). Where
// one of them is missing, the mayor's or president's certificate proves it. Says nothing about what
// was voted: GivesMandate does.
Executory ExecutoryOf(const v1::Deliberation& vote);

// L-08: how a signature stands to the day from which the deliberation is executory.
enum class Order {
  // Nothing proves that the deliberation is executory at all.
  kNotProven,
  kBefore,
  // The same day, and no times that prove the order.
  kSameDay,
  // A later day, or later the same day by the times on record.
  kAfter,
};
Order OrderOfSignature(const Executory& executory, CivilDate signed_on, Minute signed_at);

// L-34: whether a mandate given on an earlier text covers an avenant. Unless the scope says
// « avenants », with this proposer and day inside it, a new deliberation is needed; what the scope
// says of documents of execution, or says without the sentence voted, may be read either way.
struct Avenant {
  // Partner that proposes it.
  std::string proposer;
  // The day on which the mandate is to be used.
  CivilDate on;
};
// L-09: the limits that a scope sets, whatever its reach: a proposer named, a first or last day.
bool IsInScope(const v1::MandateScope& scope, const Avenant& avenant);
v1::MandateCoverage CoverageOf(const v1::MandateScope& scope, const Avenant& avenant);
// True where the sentence that the mandate rests on is on record.
bool HasQuote(const v1::MandateScope& scope);
// L-09: what no mandate can say, a period that ends before it begins or a proposer that no text of
// the convention names as a party. Fields are those of a deliberation.
std::vector<Oddity> CheckScopeLimits(const v1::MandateScope& scope, bool proposer_is_party);
// L-34: a reach beyond the text voted, and no sentence that says so: nobody can tell whether it
// covers an avenant.
std::optional<Oddity> CheckScopeQuoted(const v1::MandateScope& scope);

// CHK-19: whether a party at this stage has what it signs on: a deliberation that is executory, or
// none that is asked of it. The dates of a vote that gives no mandate prove nothing.
bool HasBasis(v1::AuthorityStage stage);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_AUTHORITY_H_
