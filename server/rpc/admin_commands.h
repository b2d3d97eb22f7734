#ifndef GREFFE_SERVER_RPC_ADMIN_COMMANDS_H_
#define GREFFE_SERVER_RPC_ADMIN_COMMANDS_H_

#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/backup.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

inline constexpr char kVersion[] = "0.1.0";
// How long before the caller's deadline SyncNow answers.
inline constexpr std::int64_t kSyncAnswerMicros = 500'000;

// The commands about the replica, its users and partners, without gRPC. Roles as in
// greffe.v1.AdminService and server/rpc/host_admin.h; those that change something block until it is
// on disk.
absl::StatusOr<v1::WhoAmIResponse> WhoAmI(RpcRooms& rooms, const UserCall& call);
v1::GetAdminStatusResponse GetAdminStatus(RpcRooms& rooms, const UserCall& call);
absl::StatusOr<v1::GetMetricsResponse> GetMetrics(RpcRooms& rooms, const UserCall& call);
absl::StatusOr<v1::ListUsersResponse> ListUsers(RpcRooms& rooms, const UserCall& call);
absl::StatusOr<v1::AddUserResponse> AddUser(RpcRooms& rooms, const UserCall& call,
                                            const v1::AddUserRequest& request);
absl::StatusOr<v1::SetUserRolesResponse> SetUserRoles(RpcRooms& rooms, const UserCall& call,
                                                      const v1::SetUserRolesRequest& request);
absl::StatusOr<v1::RemoveUserResponse> RemoveUser(RpcRooms& rooms, const UserCall& call,
                                                  const v1::RemoveUserRequest& request);
absl::StatusOr<v1::ListPartnersResponse> ListPartners(RpcRooms& rooms, const UserCall& call);
absl::StatusOr<v1::AddPartnerResponse> AddPartner(RpcRooms& rooms, const UserCall& call,
                                                  const v1::AddPartnerRequest& request);
// `go_on`: false once the caller has left.
absl::StatusOr<v1::MakeBackupResponse> MakeBackup(RpcRooms& rooms, const UserCall& call,
                                                  const v1::MakeBackupRequest& request,
                                                  const std::function<bool()>& go_on);

// The peers that a SyncNow is about: the one named, or all that are not paused; of those that the
// caller is told of. FAILED_PRECONDITION (rule "peer-paused") for one that is.
absl::StatusOr<std::vector<Peer>> PeersToSync(const RpcRooms& rooms, const UserCall& call,
                                              absl::string_view wanted);
// OK, or the refusal (rules "signing-stopped", "restored-not-synced") of who waited for an exchange
// on a replica that signs no more, or not yet: what it has just heard may be why.
absl::Status SyncedUnlessStopped(const Replica& replica);
// After an exchange with `peers`, all in step: a replica restored from a backup that has so met
// every peer it has may sign again. OK, or why the mark in its folder could not be taken away.
absl::Status EndHoldAfter(RpcRooms& rooms, const std::vector<Peer>& peers);
// Adds a banner where the clock of a peer that was met is not that of this replica (IsClockWrong).
void AddClockBanner(const v1::PeerView& peer, bool english, v1::ReplyContext* context);
// Adds a banner where the peer said that it signs no more.
void AddStoppedBanner(const v1::PeerView& peer, bool english, v1::ReplyContext* context);
// How a peer is, as the caller may know it.
v1::PeerView ViewOfPeer(const RpcRooms& rooms, const UserCall& call, const Peer& peer);
void FillSyncNow(RpcRooms& rooms, const UserCall& call, const std::vector<Peer>& peers,
                 bool in_sync, v1::SyncNowResponse* out);

// Resident memory of this process in bytes; 0 when the system does not say.
std::uint64_t ResidentBytes();

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_ADMIN_COMMANDS_H_
