#ifndef GREFFE_CORE_CONVENTION_DECIDE_COMMON_H_
#define GREFFE_CORE_CONVENTION_DECIDE_COMMON_H_

#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/state/state.h"

// What the families of commands share. Private to core/convention.
namespace greffe {

// PERMISSION_DENIED naming the roles of which one is needed, when the user has none of them.
absl::Status RequireRole(const CommandContext& context, std::initializer_list<v1::Role> roles);
absl::Status RequireRole(const CommandContext& context, std::span<const v1::Role> roles);
// NOT_FOUND when the convention is not opened here; FAILED_PRECONDITION when this replica is not in
// its roster for the user's partner.
absl::Status RequirePartner(const StateData& data, const CommandContext& context);
// FAILED_PRECONDITION when events of newer software are applied: what they say may matter.
absl::Status RequireUnderstood(const StateData& data);

// NOT_FOUND in the words used for what the user may not see.
absl::Status ActNotFound(absl::string_view given);
absl::Status ElementNotFound(absl::string_view id);
absl::Status RevisionNotFound(absl::string_view given);

struct ActRef {
  ActId id;
  const ActFacts* facts = nullptr;
};
// Hex, or a unique prefix of at least 6 digits.
absl::StatusOr<ActRef> FindActByText(const StateData& data, absl::string_view text);
// A leaf hash in hex, in full. INVALID_ARGUMENT naming `field`.
absl::StatusOr<Digest> ParseLeaf(absl::string_view hex, absl::string_view field);

// A revision of the act, given by its leaf hash in full.
absl::StatusOr<RevisionNumber> FindRevisionOfAct(const StateData& data, const ActRef& act,
                                                 absl::string_view hex);
// Revisions of the act in an order that every replica gives alike: causes before effects.
std::vector<RevisionNumber> RevisionsInOrder(const StateData& data, const ActFacts& act);

// True when the user's read cut contains the event. Without a cut the user was shown nothing.
bool WasShown(const StateData& data, const CommandContext& context, EventNumber event);

// A day of a request: of the calendar, and none that stands for « none » (CHK-37).
absl::StatusOr<CivilDate> ParseDay(absl::string_view text, absl::string_view field);

// INVALID_ARGUMENT: a wrong field of a request.
absl::Status FieldError(absl::string_view rule, absl::string_view field, std::string fr,
                        std::string en);
// FAILED_PRECONDITION: what the rule forbids as things stand, and what would lift that.
absl::Status RuleError(std::string rule, std::string fr, std::string en, std::string next_fr,
                       std::string next_en);
// A text of at most `characters_max` code points, normalised. Empty is refused when `required`.
struct TextWanted {
  absl::string_view field;
  std::size_t characters_max = 0;
  bool required = false;
};
absl::StatusOr<std::string> CheckedText(absl::string_view text, const TextWanted& wanted);

// OK when each event fits its limit with what its author has seen.
absl::Status CheckEventSizes(const Decision& decision);

// « la CAF de Lot-et-Garonne », or the partner's id when no text names it.
std::string PartnerName(const StateData& data, const std::string& partner_id);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_DECIDE_COMMON_H_
