#include "server/rpc/host_admin.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/rpc/call_context.h"

namespace greffe {

namespace {

absl::Status NobodysReplica() {
  return ToStatus(
      {.code = absl::StatusCode::kPermissionDenied,
       .rule = "host-admin",
       .fr = "Cette réplique n'est à aucun partenaire : personne n'en gère les partenaires, les "
             "pairs et les mesures.",
       .en = "This replica is no partner's own: nobody manages its partners, peers and figures.",
       .next_fr = "Relancez greffed : il la rend au partenaire de son premier administrateur.",
       .next_en = "Start greffed again: it gives it to the partner of its first administrator."});
}

// What the machine's own partner alone may: read its figures, as its auditors may too, or rule it.
absl::Status NotOfHost(const std::string& own, const std::string& partner, bool auditors) {
  if (own.empty()) return NobodysReplica();
  const std::string who_fr = auditors ? "l'administrateur ou l'auditeur" : "l'administrateur";
  const std::string who_en = auditors ? "the administrator or auditor" : "the administrator";
  return ToStatus(
      {.code = absl::StatusCode::kPermissionDenied,
       .rule = "host-admin",
       .fr = absl::StrCat("Cette réplique est celle de « ", own, " » et héberge « ", partner,
                          " » : seul ", who_fr, " de « ", own, " » en ",
                          auditors ? "lit les mesures." : "gère les partenaires et les pairs."),
       .en = absl::StrCat("This replica is that of \"", own, "\" and hosts \"", partner,
                          "\": only ", who_en, " of \"", own, "\" ",
                          auditors ? "reads its figures." : "manages its partners and peers."),
       .next_fr = auditors ? absl::StrCat("Demandez-les à ", who_fr, " de « ", own,
                                          " ». Ce qui est à votre partenaire : greffe admin status")
                           : absl::StrCat(
                                 "Adressez-vous à ", who_fr, " de « ", own,
                                 " ». Pour vos propres utilisateurs : greffe user add, greffe user "
                                 "list, greffe user remove"),
       .next_en = auditors
                      ? absl::StrCat("Ask ", who_en, " of \"", own,
                                     "\" for them. What is your partner's: greffe admin status")
                      : absl::StrCat("Ask ", who_en, " of \"", own,
                                     "\". For your own users: greffe user add, greffe user "
                                     "list, greffe user remove")});
}

}  // namespace

// A replica that is nobody's has nobody to rule it.
bool IsOfOwnPartner(const RpcRooms& rooms, const UserCall& call) {
  const std::string own = rooms.partners.Own();
  return !own.empty() && call.partner_id == own;
}

std::vector<Peer> PeersShown(const RpcRooms& rooms, const UserCall& call) {
  std::vector<Peer> out = rooms.peers.List();
  if (IsOfOwnPartner(rooms, call)) return out;
  std::erase_if(
      out, [&](const Peer& peer) { return !rooms.replica.SharesWith(call.partner_id, peer.id); });
  return out;
}

std::optional<std::set<std::string>> PartnersShown(const RpcRooms& rooms, const UserCall& call) {
  if (IsOfOwnPartner(rooms, call)) return std::nullopt;
  std::set<std::string> out = rooms.replica.PartnersBeside(call.partner_id);
  out.insert(call.partner_id);
  out.insert(rooms.partners.Own());
  return out;
}

bool IsHostAdmin(const RpcRooms& rooms, const UserCall& call) {
  return call.Has(v1::ROLE_ADMIN) && IsOfOwnPartner(rooms, call);
}

std::string PartnerShown(const RpcRooms& rooms, const UserCall& call) {
  return IsHostAdmin(rooms, call) ? "" : call.partner_id;
}

absl::Status RequireHostRole(const RpcRooms& rooms, const UserCall& call,
                             std::initializer_list<v1::Role> roles) {
  RETURN_IF_ERROR(RequireRole(call, roles));
  if (IsOfOwnPartner(rooms, call)) return absl::OkStatus();
  const bool auditors = std::find(roles.begin(), roles.end(), v1::ROLE_AUDITOR) != roles.end();
  return NotOfHost(rooms.partners.Own(), call.partner_id, auditors);
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
