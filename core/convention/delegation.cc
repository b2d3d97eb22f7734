#include "core/convention/delegation.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/decide_common.h"
#include "core/convention/follow_up.h"
#include "core/rules/signing.h"

namespace greffe {
namespace {

std::optional<CivilDate> DayOf(const std::string& text) {
  const auto day = CivilDate::Parse(text, "date");
  return day.ok() ? std::optional<CivilDate>(*day) : std::nullopt;
}

// The event of a delegation that stands, recorded for the user's own partner; kNone for any other.
EventNumber FindDelegation(const StateData& data, const Digest& leaf, const std::string& partner) {
  const EventNumber event = data.FindEvent(leaf);
  const auto found = data.life_by_event.find(event);
  if (event == kNone || found == data.life_by_event.end()) return kNone;
  const EventRow& row = data.events[event];
  const bool stands = data.life[found->second].kind == v1::LifeRecorded::kDelegationRecorded &&
                      row.authorised && !row.replaced && data.PartnerOf(event) == partner;
  return stands ? event : kNone;
}

}  // namespace

absl::Status SetCapacity(const StateData& data, const v1::SignActRequest& request,
                         const CommandContext& context, v1::SignatureGiven* given) {
  ASSIGN_OR_RETURN(const std::string capacity,
                   CheckedText(request.capacity(),
                               {.field = "capacity", .characters_max = limits::kOfficeCharacters}));
  if (capacity.find_first_of("\n\t") != std::string::npos) {
    return FieldError("one-line", "capacity", "ce texte doit tenir sur une ligne.",
                      "this text must be a single line.");
  }
  given->set_capacity(capacity);
  if (request.delegation().empty()) return absl::OkStatus();
  if (capacity.empty()) {
    return FieldError("capacity", "capacity",
                      "dites en quelle qualité la délégation est exercée (--capacity).",
                      "say in which capacity the delegation is used (--capacity).");
  }
  ASSIGN_OR_RETURN(const Digest leaf, ParseLeaf(request.delegation(), "delegation"));
  const EventNumber event = FindDelegation(data, leaf, context.partner_id);
  if (event == kNone) {
    return FieldError("delegation", "delegation",
                      "ce n'est pas une délégation enregistrée de votre partenaire, ou elle a été "
                      "corrigée.",
                      "this is no delegation on record of your partner, or it was corrected.");
  }
  ASSIGN_OR_RETURN(const v1::Event stored, ReadStored(data, context.read_event, event));
  const v1::DelegationRecorded& record = stored.life_recorded().delegation_recorded();
  const std::vector<rules::Oddity> odd = rules::CheckDelegation(
      {record.office_id(), record.capacity(), DayOf(record.from()), DayOf(record.until())},
      {given->signatory_id(), capacity, context.today});
  if (!odd.empty()) {
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "L-04",
         .field = "delegation",
         .fr = absl::StrCat("L-04 : ", odd.front().words.fr),
         .en = absl::StrCat("L-04: ", odd.front().words.en),
         .next_fr = "Nommez une délégation qui couvre cette signature, ou faites-la enregistrer : "
                    "greffe delegation give.",
         .next_en = "Name a delegation that covers this signature, or have it recorded: greffe "
                    "delegation give."});
  }
  given->set_delegation(leaf.ToBytes());
  return absl::OkStatus();
}

}  // namespace greffe
