#include "server/rpc/peer_commands.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "server/identity/certificate.h"
#include "server/identity/token.h"
#include "server/ops/host_port.h"
#include "server/ops/random.h"
#include "server/peers/dial.h"
#include "server/peers/manager.h"
#include "server/rpc/admin_commands.h"
#include "server/rpc/host_admin.h"
#include "server/rpc/unary.h"

namespace greffe {
namespace {

constexpr char kInvitationPrefix[] = "greffe-invite-1.";
// Certificate, name and address in base64.
constexpr std::size_t kInvitationCharacters = 8192;
constexpr std::size_t kSecretBytes = 32;
constexpr int kJoinSeconds = 20;

absl::Status BadInvitationForm(absl::string_view why_fr, absl::string_view why_en) {
  return ToStatus({.rule = "invitation-form",
                   .field = "invitation",
                   .fr = absl::StrCat("Cette ligne n'est pas une invitation entière : ", why_fr),
                   .en = absl::StrCat("This line is not a whole invitation: ", why_en),
                   .next_fr = "Collez toute la ligne que « greffe peer invite » a imprimée, de "
                              "greffe-invite-1. à la fin.",
                   .next_en = "Paste the whole line that \"greffe peer invite\" printed, from "
                              "greffe-invite-1. to its end."});
}

// Another machine can call it: 0.0.0.0, [::] and port 0 are where one listens.
bool CanBeCalled(absl::string_view address) {
  const std::optional<HostPort> parsed = ParseHostPort(address);
  return parsed.has_value() && parsed->port > 0 && parsed->host != "0.0.0.0" &&
         parsed->host != "[::]";
}

// What a replica says of itself cannot be kept: no text of its own, which its people would have to
// correct, but a refusal in both languages.
absl::Status BadIntroduction(const absl::Status& why) {
  const Refusal cause = RefusalOf(why);
  return ToStatus(
      {.code = absl::StatusCode::kInvalidArgument,
       .rule = "peer-introduction",
       .field = cause.field,
       .fr = "Ce que la réplique qui se relie dit d'elle-même (nom, adresse, partenaires ou "
             "certificat) ne se reçoit pas.",
       .en = absl::StrCat("What the joining replica says of itself (name, address, partners or "
                          "certificate) cannot be taken: ",
                          cause.en),
       .next_fr = "Vérifiez-y le nom dans greffed.json et les partenaires (greffe partner list), "
                  "puis reprenez la même invitation.",
       .next_en = "Check there the name in greffed.json and the partners (greffe partner list), "
                  "then use the same invitation again."});
}

absl::StatusOr<v1::PeerRecord> RecordOf(
    const PublicKey& key, const std::string& certificate, absl::string_view name,
    const std::string& address,
    const google::protobuf::RepeatedPtrField<v1::PartnerCard>& partners) {
  v1::PeerRecord record;
  record.set_public_key(key.ToBytes());
  record.set_certificate(certificate);
  ASSIGN_OR_RETURN(*record.mutable_name(), NormaliseLine(name, "name", limits::kOfficeCharacters));
  if (!address.empty()) RETURN_IF_ERROR(CheckAddress(address, "address"));
  record.set_address(address);
  ASSIGN_OR_RETURN(const std::vector<v1::PartnerCard> cards, NormalisePartnerCards(partners));
  for (const v1::PartnerCard& card : cards) *record.add_partners() = card;
  return record;
}

absl::StatusOr<Peer> FindPeer(RpcRooms& rooms, const UserCall& call, absl::string_view wanted) {
  RETURN_IF_ERROR(RequireHostAdmin(rooms, call));
  return rooms.peers.Find(wanted);
}

}  // namespace

absl::Status CheckAddress(absl::string_view address, absl::string_view field) {
  if (CanBeCalled(address)) return absl::OkStatus();
  return ToStatus({.rule = "address",
                   .field = std::string(field),
                   .fr = absl::StrCat("« ", address.substr(0, kHostPortCharacters),
                                      " » n'est pas une adresse HÔTE:PORT que l'autre réplique "
                                      "pourrait appeler."),
                   .en = absl::StrCat("\"", address.substr(0, kHostPortCharacters),
                                      "\" is not a HOST:PORT that the other replica could call."),
                   .next_fr = "Donnez-la par --address, par exemple greffe.example.fr:7443.",
                   .next_en = "Give it with --address, such as greffe.example.org:7443."});
}

std::string PrintInvitation(const v1::Invitation& invitation) {
  return absl::StrCat(kInvitationPrefix, EncodeBase64Url(invitation.SerializeAsString()));
}

absl::StatusOr<v1::Invitation> ParseInvitation(absl::string_view line) {
  line = absl::StripAsciiWhitespace(line);
  if (!absl::StartsWith(line, kInvitationPrefix) || line.size() > kInvitationCharacters) {
    return BadInvitationForm("le début ou la longueur ne va pas.",
                             "its beginning or length is wrong.");
  }
  const auto bytes =
      DecodeBase64Url(line.substr(absl::string_view(kInvitationPrefix).size()), "invitation");
  v1::Invitation invitation;
  if (!bytes.ok() || !invitation.ParseFromString(*bytes) ||
      invitation.secret().size() != kSecretBytes) {
    return BadInvitationForm("elle est coupée ou abîmée.", "it is cut or damaged.");
  }
  const absl::StatusOr<PublicKey> key = KeyOfCertificateDer(invitation.certificate());
  if (!key.ok() || key->view() != invitation.public_key()) {
    return BadInvitationForm("sa clé et son certificat ne vont pas ensemble.",
                             "its key and certificate do not match.");
  }
  RETURN_IF_ERROR(CheckAddress(invitation.address(), "invitation"));
  return invitation;
}

absl::StatusOr<v1::ListPeersResponse> ListPeers(RpcRooms& rooms, const UserCall& call) {
  v1::ListPeersResponse out;
  for (const Peer& peer : PeersShown(rooms, call)) {
    *out.add_peers() = ViewOfPeer(rooms, call, peer);
  }
  return out;
}

absl::StatusOr<v1::InvitePeerResponse> InvitePeer(RpcRooms& rooms, const UserCall& call,
                                                  const v1::InvitePeerRequest& request) {
  RETURN_IF_ERROR(RequireHostAdmin(rooms, call));
  v1::Invitation invitation;
  invitation.set_address(request.address().empty() ? rooms.address() : request.address());
  RETURN_IF_ERROR(CheckAddress(invitation.address(), "address"));
  invitation.set_public_key(rooms.identity.key->public_key().ToBytes());
  invitation.set_certificate(rooms.identity.certificate_der);
  invitation.set_secret(SecureRandomBytes(kSecretBytes));
  invitation.set_name(rooms.replica.name());
  ASSIGN_OR_RETURN(const Instant expires,
                   rooms.peers.AddInvitation(invitation.secret(), rooms.clock.Now()));
  v1::InvitePeerResponse out;
  out.set_invitation(PrintInvitation(invitation));
  out.mutable_expires_at()->set_seconds(expires.micros / 1'000'000);
  return out;
}

absl::StatusOr<v1::JoinPeerResponse> JoinPeer(RpcRooms& rooms, const UserCall& call,
                                              const v1::JoinPeerRequest& request) {
  RETURN_IF_ERROR(RequireHostAdmin(rooms, call));
  ASSIGN_OR_RETURN(const v1::Invitation invitation, ParseInvitation(request.invitation()));
  ASSIGN_OR_RETURN(const PublicKey key,
                   PublicKey::FromBytes(invitation.public_key(), "public_key"));
  if (key == rooms.identity.key->public_key()) {
    return BadInvitationForm("c'est celle de cette réplique elle-même.",
                             "it is this replica's own.");
  }
  v1::JoinRequest join;
  join.set_secret(invitation.secret());
  join.set_certificate(rooms.identity.certificate_der);
  join.set_name(rooms.replica.name());
  for (const v1::PartnerCard& card : rooms.partners.List()) *join.add_partners() = card;
  if (!request.address().empty()) {
    RETURN_IF_ERROR(CheckAddress(request.address(), "address"));
    join.set_address(request.address());
  } else if (CanBeCalled(rooms.address())) {
    join.set_address(rooms.address());
  }
  ASSIGN_OR_RETURN(const v1::JoinResponse joined,
                   CallJoin(rooms.identity, invitation, join, kJoinSeconds));
  ASSIGN_OR_RETURN(v1::PeerRecord record, RecordOf(key, invitation.certificate(), joined.name(),
                                                   invitation.address(), joined.partners()));
  ASSIGN_OR_RETURN(const Peer peer, rooms.peers.Pin(std::move(record), rooms.clock.Now()));
  rooms.manager.OnPinned(peer.id);
  v1::JoinPeerResponse out;
  *out.mutable_peer() = ViewOfPeer(rooms, call, peer);
  return out;
}

absl::StatusOr<v1::JoinResponse> AcceptJoin(RpcRooms& rooms, const PublicKey& caller,
                                            const v1::JoinRequest& request) {
  const absl::StatusOr<PublicKey> certified = KeyOfCertificateDer(request.certificate());
  if (!certified.ok() || *certified != caller || caller == rooms.identity.key->public_key()) {
    return BadIntroduction(
        absl::InvalidArgumentError("certificate: not the one of this connection"));
  }
  auto record = RecordOf(caller, request.certificate(), request.name(), request.address(),
                         request.partners());
  if (!record.ok()) return BadIntroduction(record.status());
  ASSIGN_OR_RETURN(const Peer peer,
                   rooms.peers.Redeem(request.secret(), rooms.clock.Now(), *std::move(record)));
  rooms.log.Log(LogLevel::kInfo, "peer-joined", {{"peer", peer.id.ToHex()}});
  rooms.manager.OnPinned(peer.id);
  v1::JoinResponse out;
  out.set_name(rooms.replica.name());
  for (const v1::PartnerCard& card : rooms.partners.List()) *out.add_partners() = card;
  return out;
}

absl::StatusOr<v1::RemovePeerResponse> RemovePeer(RpcRooms& rooms, const UserCall& call,
                                                  const v1::RemovePeerRequest& request) {
  ASSIGN_OR_RETURN(const Peer peer, FindPeer(rooms, call, request.peer()));
  RETURN_IF_ERROR(rooms.peers.Remove(peer.id));
  rooms.manager.OnRemoved(peer.id);
  return v1::RemovePeerResponse();
}

absl::StatusOr<v1::PausePeerResponse> PausePeer(RpcRooms& rooms, const UserCall& call,
                                                const v1::PausePeerRequest& request) {
  ASSIGN_OR_RETURN(const Peer found, FindPeer(rooms, call, request.peer()));
  ASSIGN_OR_RETURN(const Peer peer, rooms.peers.SetPaused(found.id, true));
  rooms.manager.OnPaused(peer.id);
  v1::PausePeerResponse out;
  *out.mutable_peer() = ViewOfPeer(rooms, call, peer);
  return out;
}

absl::StatusOr<v1::ResumePeerResponse> ResumePeer(RpcRooms& rooms, const UserCall& call,
                                                  const v1::ResumePeerRequest& request) {
  ASSIGN_OR_RETURN(const Peer found, FindPeer(rooms, call, request.peer()));
  ASSIGN_OR_RETURN(const Peer peer, rooms.peers.SetPaused(found.id, false));
  rooms.manager.OnPinned(peer.id);
  v1::ResumePeerResponse out;
  *out.mutable_peer() = ViewOfPeer(rooms, call, peer);
  return out;
}

}  // namespace greffe
