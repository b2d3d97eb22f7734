#include "server/rpc/host_admin.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/rpc/call_context.h"

namespace greffe {

bool IsHostAdmin(const RpcRooms& rooms, const UserCall& call) {
  return call.Has(v1::ROLE_ADMIN) && call.partner_id == rooms.partners.Own();
}

absl::Status RequireHostAdmin(const RpcRooms& rooms, const UserCall& call) {
  RETURN_IF_ERROR(RequireRole(call, {v1::ROLE_ADMIN}));
  const std::string own = rooms.partners.Own();
  if (call.partner_id == own) return absl::OkStatus();
  return ToStatus(
      {.code = absl::StatusCode::kPermissionDenied,
       .rule = "host-admin",
       .fr = absl::StrCat("Cette réplique est celle de « ", own, " » et héberge « ",
                          call.partner_id, " » : seul l'administrateur de « ", own,
                          " » en gère les partenaires et les pairs."),
       .en = absl::StrCat("This replica is that of \"", own, "\" and hosts \"", call.partner_id,
                          "\": only the administrator of \"", own,
                          "\" manages its partners and peers."),
       .next_fr = absl::StrCat("Adressez-vous à l'administrateur de « ", own,
                               " ». Pour vos propres utilisateurs : greffe user add, greffe user "
                               "list, greffe user remove"),
       .next_en = absl::StrCat("Ask the administrator of \"", own,
                               "\". For your own users: greffe user add, greffe user list, greffe "
                               "user remove")});
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
