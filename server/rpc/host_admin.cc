#include "server/rpc/host_admin.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/rpc/call_context.h"

namespace greffe {

namespace {

// A replica that is nobody's has nobody to rule it.
bool IsOfOwnPartner(const RpcRooms& rooms, const UserCall& call) {
  const std::string own = rooms.partners.Own();
  return !own.empty() && call.partner_id == own;
}

}  // namespace

bool IsHostAdmin(const RpcRooms& rooms, const UserCall& call) {
  return call.Has(v1::ROLE_ADMIN) && IsOfOwnPartner(rooms, call);
}

absl::Status RequireHostRole(const RpcRooms& rooms, const UserCall& call,
                             std::initializer_list<v1::Role> roles) {
  RETURN_IF_ERROR(RequireRole(call, roles));
  if (IsOfOwnPartner(rooms, call)) return absl::OkStatus();
  const std::string own = rooms.partners.Own();
  return ToStatus(
      {.code = absl::StatusCode::kPermissionDenied,
       .rule = "host-admin",
       .fr = absl::StrCat("Cette réplique est celle de « ", own, " » et héberge « ",
                          call.partner_id, " » : seul l'administrateur de « ", own,
                          " » en gère les partenaires, les pairs et les mesures."),
       .en = absl::StrCat("This replica is that of \"", own, "\" and hosts \"", call.partner_id,
                          "\": only the administrator of \"", own,
                          "\" manages its partners, peers and figures."),
       .next_fr = absl::StrCat("Adressez-vous à l'administrateur de « ", own,
                               " ». Pour vos propres utilisateurs : greffe user add, greffe user "
                               "list, greffe user remove"),
       .next_en = absl::StrCat("Ask the administrator of \"", own,
                               "\". For your own users: greffe user add, greffe user list, greffe "
                               "user remove")});
}

absl::Status RequireHostAdmin(const RpcRooms& rooms, const UserCall& call) {
  return RequireHostRole(rooms, call, {v1::ROLE_ADMIN});
}

absl::Status RequireAdminOf(const RpcRooms& rooms, const UserCall& call,
                            absl::string_view partner_id) {
  RETURN_IF_ERROR(RequireRole(call, {v1::ROLE_ADMIN}));
  if (call.partner_id == partner_id || IsHostAdmin(rooms, call)) return absl::OkStatus();
  return ToStatus(
      {.code = absl::StatusCode::kPermissionDenied,
       .rule = "other-partner",
       .field = "user",
       .fr = absl::StrCat("Vous administrez les utilisateurs de « ", call.partner_id,
                          " », pas ceux d'un autre partenaire de cette réplique."),
       .en = absl::StrCat("You administer the users of \"", call.partner_id,
                          "\", not those of another partner of this replica."),
       .next_fr = absl::StrCat("Les vôtres : greffe user list. Pour les autres, adressez-vous à "
                               "l'administrateur de « ",
                               rooms.partners.Own(), " »."),
       .next_en = absl::StrCat("Yours: greffe user list. For others, ask the administrator of \"",
                               rooms.partners.Own(), "\".")});
}

}  // namespace greffe
