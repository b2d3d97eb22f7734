#ifndef GREFFE_SERVER_RPC_PEER_COMMANDS_H_
#define GREFFE_SERVER_RPC_PEER_COMMANDS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/signature.h"
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/replication_service.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// The commands about peers, without gRPC. All but ListPeers need an administrator of
// the replica's own partner; those that change something block until it is on disk.
absl::StatusOr<v1::ListPeersResponse> ListPeers(RpcRooms& rooms, const UserCall& call);
absl::StatusOr<v1::InvitePeerResponse> InvitePeer(RpcRooms& rooms, const UserCall& call,
                                                  const v1::InvitePeerRequest& request);
absl::StatusOr<v1::JoinPeerResponse> JoinPeer(RpcRooms& rooms, const UserCall& call,
                                              const v1::JoinPeerRequest& request);
absl::StatusOr<v1::RemovePeerResponse> RemovePeer(RpcRooms& rooms, const UserCall& call,
                                                  const v1::RemovePeerRequest& request);
absl::StatusOr<v1::PausePeerResponse> PausePeer(RpcRooms& rooms, const UserCall& call,
                                                const v1::PausePeerRequest& request);
absl::StatusOr<v1::ResumePeerResponse> ResumePeer(RpcRooms& rooms, const UserCall& call,
                                                  const v1::ResumePeerRequest& request);

// The other end of JoinPeer: `caller` proved by TLS that it holds its key. PERMISSION_DENIED (rule
// "invitation"); INVALID_ARGUMENT (rule "peer-introduction") for a certificate other than the
// connection's, or a name, address or partner that cannot be kept.
absl::StatusOr<v1::JoinResponse> AcceptJoin(RpcRooms& rooms, const PublicKey& caller,
                                            const v1::JoinRequest& request);

// The line that `greffe peer invite` prints, and back. INVALID_ARGUMENT (rule "invitation-form").
std::string PrintInvitation(const v1::Invitation& invitation);
absl::StatusOr<v1::Invitation> ParseInvitation(absl::string_view line);

// HOST:PORT that another machine could call. INVALID_ARGUMENT (rule "address").
absl::Status CheckAddress(absl::string_view address, absl::string_view field);

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_PEER_COMMANDS_H_
