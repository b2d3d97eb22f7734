#ifndef GREFFE_SERVER_RPC_HOST_ADMIN_H_
#define GREFFE_SERVER_RPC_HOST_ADMIN_H_

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "server/rpc/rooms.h"

namespace greffe {

// Who may administer what, on a replica that acts for several partners: an administrator of its own
// partner (the one of `greffed init`) the machine and everybody on it; an administrator of a
// partner hosted there the users of that partner, and nothing else.

bool IsHostAdmin(const RpcRooms& rooms, const UserCall& call);
// Whether the caller is a user of the replica's own partner, whatever the roles.
bool IsOfOwnPartner(const RpcRooms& rooms, const UserCall& call);
// The peers that the caller is told of: of a hosted partner, those with which this replica shares a
// convention of that partner.
std::vector<Peer> PeersShown(const RpcRooms& rooms, const UserCall& call);
// The partners that the caller is told of: of a hosted partner itself, the replica's own, and those
// in its conventions; absent for everybody.
std::optional<std::set<std::string>> PartnersShown(const RpcRooms& rooms, const UserCall& call);
// Whose conventions the caller is told of where none is asked for: its own partner's, or "" for
// everybody's.
std::string PartnerShown(const RpcRooms& rooms, const UserCall& call);
// PERMISSION_DENIED: rule "role" without one of the roles, "host-admin" for a hosted partner's.
absl::Status RequireHostRole(const RpcRooms& rooms, const UserCall& call,
                             std::initializer_list<v1::Role> roles);
absl::Status RequireHostAdmin(const RpcRooms& rooms, const UserCall& call);
// May administer the users of `partner_id`. PERMISSION_DENIED: rule "role", "other-partner".
absl::Status RequireAdminOf(const RpcRooms& rooms, const UserCall& call,
                            absl::string_view partner_id);

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_HOST_ADMIN_H_
