#include "server/identity/peer_table.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/naming.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "google/protobuf/util/message_differencer.h"

namespace greffe {
namespace {

constexpr char kPeers[] = "peers";
constexpr char kFormer[] = "former-peers";
constexpr char kInvitations[] = "invitations";
// A replica of a large department meets some hundred others.
constexpr std::size_t kPeersMax = 1000;
constexpr std::size_t kInvitationsMax = 100;

absl::Status BadInvitation() {
  return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                   .rule = "invitation",
                   .field = "secret",
                   .fr = "Cette invitation ne vaut plus : elle est inconnue, déjà utilisée, ou a "
                         "plus de 24 heures.",
                   .en = "This invitation is no longer good: it is unknown, used, or more than "
                         "24 hours old.",
                   .next_fr = "Demandez-en une nouvelle à l'autre réplique : greffe peer invite",
                   .next_en = "Ask the other replica for a new one: greffe peer invite"});
}

absl::Status TooMany(absl::string_view rule, absl::string_view fr, absl::string_view en) {
  return ToStatus({.code = absl::StatusCode::kResourceExhausted,
                   .rule = std::string(rule),
                   .fr = std::string(fr),
                   .en = std::string(en),
                   .next_fr = "Retirez un pair devenu inutile : greffe peer remove",
                   .next_en = "Remove a peer no longer needed: greffe peer remove"});
}

std::int64_t Micros(const google::protobuf::Timestamp& time) {
  return time.seconds() * 1'000'000 + time.nanos() / 1000;
}

void SetTime(Instant instant, google::protobuf::Timestamp* out) {
  out->set_seconds(instant.micros / 1'000'000);
  out->set_nanos(static_cast<std::int32_t>(instant.micros % 1'000'000) * 1000);
}

std::string SecretKey(absl::string_view secret) { return Sha256({secret}).ToHex(); }

// By replica id. DATA_LOSS naming table and key.
absl::StatusOr<std::map<ReplicaId, v1::PeerRecord>> ReadPeers(const EventStore& store,
                                                              absl::string_view table) {
  std::map<ReplicaId, v1::PeerRecord> out;
  ASSIGN_OR_RETURN(auto rows, LoadRecords<v1::PeerRecord>(store, table));
  for (auto& [key, row] : rows) {
    const auto public_key = PublicKey::FromBytes(row.public_key(), "public_key");
    if (!public_key.ok() || ReplicaIdOf(*public_key).ToHex() != key) {
      return absl::DataLossError(
          absl::StrCat("table ", table, ", key ", key, ": its key is damaged"));
    }
    out.emplace(ReplicaIdOf(*public_key), std::move(row));
  }
  return out;
}

std::vector<RosterCandidate> CandidatesOf(const std::map<ReplicaId, v1::PeerRecord>& peers) {
  std::vector<RosterCandidate> out;
  for (const auto& [id, record] : peers) {
    RosterCandidate candidate;
    const auto key = PublicKey::FromBytes(record.public_key(), "public_key");
    if (!key.ok()) continue;
    candidate.key = *key;
    candidate.name = record.name();
    for (const v1::PartnerCard& card : record.partners()) {
      candidate.partner_ids.push_back(card.partner_id());
    }
    std::sort(candidate.partner_ids.begin(), candidate.partner_ids.end());
    out.push_back(std::move(candidate));
  }
  return out;
}

}  // namespace

absl::StatusOr<PeerTable::Rows> PeerTable::Read(const EventStore& store) {
  Rows out;
  ASSIGN_OR_RETURN(out.peers, ReadPeers(store, kPeers));
  ASSIGN_OR_RETURN(out.former, ReadPeers(store, kFormer));
  ASSIGN_OR_RETURN(out.invitations, LoadRecords<v1::InvitationRecord>(store, kInvitations));
  return out;
}

absl::StatusOr<std::unique_ptr<PeerTable>> PeerTable::Open(const EventStore& store,
                                                           RecordWriter writer) {
  ASSIGN_OR_RETURN(Rows rows, Read(store));
  return std::unique_ptr<PeerTable>(new PeerTable(store, std::move(writer), std::move(rows)));
}

absl::Status PeerTable::Reload() {
  absl::MutexLock change(&change_mu_);
  ASSIGN_OR_RETURN(Rows rows, Read(store_));
  invitations_ = std::move(rows.invitations);
  absl::MutexLock lock(&mu_);
  peers_ = std::move(rows.peers);
  former_ = std::move(rows.former);
  return absl::OkStatus();
}

std::vector<Peer> PeerTable::List() const {
  absl::ReaderMutexLock lock(&mu_);
  std::vector<Peer> out;
  for (const auto& [id, record] : peers_) out.push_back({id, record});
  return out;
}

std::optional<Peer> PeerTable::Get(const ReplicaId& id) const {
  absl::ReaderMutexLock lock(&mu_);
  const auto it = peers_.find(id);
  if (it == peers_.end()) return std::nullopt;
  return Peer{it->first, it->second};
}

absl::StatusOr<Peer> PeerTable::Find(absl::string_view wanted) const {
  absl::ReaderMutexLock lock(&mu_);
  std::vector<PeerName> names;
  for (const auto& [id, record] : peers_) names.push_back(PeerName{record.name(), id});
  ASSIGN_OR_RETURN(const std::size_t found, FindPeer(wanted, names));
  const auto peer = std::next(peers_.begin(), static_cast<std::ptrdiff_t>(found));
  return Peer{peer->first, peer->second};
}

std::vector<RosterCandidate> PeerTable::Candidates() const {
  absl::ReaderMutexLock lock(&mu_);
  return CandidatesOf(peers_);
}

std::vector<RosterCandidate> PeerTable::Former() const {
  absl::ReaderMutexLock lock(&mu_);
  return CandidatesOf(former_);
}

absl::StatusOr<Instant> PeerTable::AddInvitation(absl::string_view secret, Instant now) {
  absl::MutexLock change(&change_mu_);
  std::vector<RecordRow> rows;
  auto kept = invitations_;
  for (auto it = kept.begin(); it != kept.end();) {
    if (Micros(it->second.expires_at()) > now.micros) {
      ++it;
      continue;
    }
    rows.push_back(MakeRemoval(kInvitations, it->first));
    it = kept.erase(it);
  }
  if (kept.size() >= kInvitationsMax) {
    return TooMany("limit-invitations",
                   absl::StrCat(kInvitationsMax, " invitations attendent déjà leur usage."),
                   absl::StrCat(kInvitationsMax, " invitations already wait to be used."));
  }
  const Instant expires{now.micros + kInvitationMicros};
  v1::InvitationRecord invitation;
  SetTime(expires, invitation.mutable_expires_at());
  rows.push_back(MakeRecord(kInvitations, SecretKey(secret), invitation));
  RETURN_IF_ERROR(writer_(std::move(rows)));
  kept[SecretKey(secret)] = invitation;
  invitations_ = std::move(kept);
  return expires;
}

absl::StatusOr<Peer> PeerTable::Redeem(absl::string_view secret, Instant now, v1::PeerRecord peer) {
  absl::MutexLock change(&change_mu_);
  const auto it = invitations_.find(SecretKey(secret));
  if (it == invitations_.end() || Micros(it->second.expires_at()) <= now.micros) {
    return BadInvitation();
  }
  const std::string key = it->first;
  ASSIGN_OR_RETURN(Peer pinned, PinLocked(std::move(peer), now, {MakeRemoval(kInvitations, key)}));
  invitations_.erase(key);
  return pinned;
}

absl::StatusOr<Peer> PeerTable::Pin(v1::PeerRecord peer, Instant now) {
  absl::MutexLock change(&change_mu_);
  return PinLocked(std::move(peer), now, {});
}

absl::StatusOr<Peer> PeerTable::PinLocked(v1::PeerRecord peer, Instant now,
                                          std::vector<RecordRow> rows) {
  ASSIGN_OR_RETURN(const PublicKey key, PublicKey::FromBytes(peer.public_key(), "public_key"));
  SetTime(now, peer.mutable_added_at());
  {
    absl::ReaderMutexLock lock(&mu_);
    const auto known = peers_.find(ReplicaIdOf(key));
    if (known != peers_.end()) {
      peer.set_paused(known->second.paused());
      *peer.mutable_added_at() = known->second.added_at();
      if (known->second.has_signing_stopped_at()) {
        *peer.mutable_signing_stopped_at() = known->second.signing_stopped_at();
      }
      if (peer.address().empty()) peer.set_address(known->second.address());
    } else if (peers_.size() >= kPeersMax) {
      return TooMany("limit-peers", absl::StrCat("Cette réplique a déjà ", kPeersMax, " pairs."),
                     absl::StrCat("This replica already has ", kPeersMax, " peers."));
    }
  }
  return Put(std::move(peer), std::move(rows));
}

absl::StatusOr<Peer> PeerTable::Put(v1::PeerRecord peer, std::vector<RecordRow> rows) {
  ASSIGN_OR_RETURN(const PublicKey key, PublicKey::FromBytes(peer.public_key(), "public_key"));
  const ReplicaId id = ReplicaIdOf(key);
  rows.push_back(MakeRecord(kPeers, id.ToHex(), peer));
  RETURN_IF_ERROR(writer_(std::move(rows)));
  absl::MutexLock lock(&mu_);
  peers_[id] = peer;
  return Peer{id, std::move(peer)};
}

absl::Status PeerTable::Remove(const ReplicaId& id) {
  absl::MutexLock change(&change_mu_);
  const std::optional<Peer> peer = Get(id);
  if (!peer.has_value()) return UnknownPeer(id.ToHex());
  v1::PeerRecord former;
  former.set_public_key(peer->record.public_key());
  former.set_name(peer->record.name());
  *former.mutable_partners() = peer->record.partners();
  RETURN_IF_ERROR(
      writer_({MakeRemoval(kPeers, id.ToHex()), MakeRecord(kFormer, id.ToHex(), former)}));
  absl::MutexLock lock(&mu_);
  peers_.erase(id);
  former_[id] = std::move(former);
  return absl::OkStatus();
}

absl::StatusOr<Peer> PeerTable::SetPaused(const ReplicaId& id, bool paused) {
  absl::MutexLock change(&change_mu_);
  std::optional<Peer> peer = Get(id);
  if (!peer.has_value()) return UnknownPeer(id.ToHex());
  if (peer->record.paused() == paused) return *std::move(peer);
  peer->record.set_paused(paused);
  return Put(std::move(peer->record), {});
}

absl::StatusOr<std::size_t> PeerTable::Learn(const ReplicaId& id, absl::string_view name,
                                             const std::vector<v1::PartnerCard>& partners) {
  absl::MutexLock change(&change_mu_);
  std::optional<Peer> peer = Get(id);
  if (!peer.has_value()) return UnknownPeer(id.ToHex());
  ASSIGN_OR_RETURN(std::string line, NormaliseLine(name, "name", limits::kOfficeCharacters));
  if (partners.empty()) return absl::InvalidArgumentError("partners: none");
  std::set<std::string> claimed;
  for (const v1::PartnerCard& card : peer->record.partners()) claimed.insert(card.partner_id());
  v1::PeerRecord told = peer->record;
  told.set_name(std::move(line));
  told.clear_partners();
  std::size_t ignored = 0;
  for (const v1::PartnerCard& card : partners) {
    if (claimed.count(card.partner_id()) > 0) {
      *told.add_partners() = card;
    } else {
      ++ignored;
    }
  }
  if (!google::protobuf::util::MessageDifferencer::Equals(told, peer->record)) {
    RETURN_IF_ERROR(Put(std::move(told), {}).status());
  }
  return ignored;
}

absl::Status PeerTable::LearnSigning(const ReplicaId& id, bool stopped, Instant now) {
  absl::MutexLock change(&change_mu_);
  std::optional<Peer> peer = Get(id);
  if (!peer.has_value()) return UnknownPeer(id.ToHex());
  if (peer->record.has_signing_stopped_at() == stopped) return absl::OkStatus();
  peer->record.clear_signing_stopped_at();
  if (stopped) SetTime(now, peer->record.mutable_signing_stopped_at());
  return Put(std::move(peer->record), {}).status();
}

std::map<ReplicaId, Instant> PeerTable::Stopped() const {
  absl::ReaderMutexLock lock(&mu_);
  std::map<ReplicaId, Instant> out;
  for (const auto& [id, record] : peers_) {
    if (!record.has_signing_stopped_at()) continue;
    out.emplace(id, Instant{Micros(record.signing_stopped_at())});
  }
  return out;
}

}  // namespace greffe
