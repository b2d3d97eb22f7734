#ifndef GREFFE_SERVER_PEERS_DIAL_H_
#define GREFFE_SERVER_PEERS_DIAL_H_

#include <grpcpp/channel.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "greffe/v1/replication_service.pb.h"
#include "server/identity/home.h"
#include "server/identity/peer_table.h"
#include "server/peers/link.h"

namespace greffe {

// A channel on which only the holder of `certificate_der`'s key answers, and on which this replica
// shows its own certificate. INVALID_ARGUMENT for a certificate that is none.
absl::StatusOr<std::shared_ptr<grpc::Channel>> MakePeerChannel(const Identity& identity,
                                                               const std::string& address,
                                                               absl::string_view certificate_der);

// Opens a Sync stream to the peer and gives it to `link`, which learns by OnEnded of any failure.
void DialPeer(const Identity& identity, const Peer& peer, std::shared_ptr<PeerLink> link);

// Calls Join at the replica of the invitation. Blocks until the answer or `seconds`.
absl::StatusOr<v1::JoinResponse> CallJoin(const Identity& identity,
                                          const v1::Invitation& invitation,
                                          const v1::JoinRequest& request, int seconds);

}  // namespace greffe

#endif  // GREFFE_SERVER_PEERS_DIAL_H_
