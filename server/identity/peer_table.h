#ifndef GREFFE_SERVER_IDENTITY_PEER_TABLE_H_
#define GREFFE_SERVER_IDENTITY_PEER_TABLE_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "core/base/digest.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/convention/decide.h"
#include "greffe/v1/record.pb.h"
#include "server/identity/records.h"

namespace greffe {

// How long an invitation may be used.
inline constexpr std::int64_t kInvitationMicros = 24ll * 3600 * 1'000'000;

// One pinned replica.
struct Peer {
  ReplicaId id;
  v1::PeerRecord record;
};

// The replicas whose keys are pinned here, and the invitations not used yet. Only a key in this
// table is a peer. Thread safe; changes block until they are on disk.
class PeerTable final {
 public:
  static absl::StatusOr<std::unique_ptr<PeerTable>> Open(const EventStore& store,
                                                         RecordWriter writer);

  // By fingerprint.
  std::vector<Peer> List() const;
  std::optional<Peer> Get(const ReplicaId& id) const;
  // By name, or by a prefix of the fingerprint of at least 6 digits. NOT_FOUND, or
  // INVALID_ARGUMENT when several match.
  absl::StatusOr<Peer> Find(absl::string_view name_or_prefix) const;
  // What the domain may bring into rosters.
  std::vector<RosterCandidate> Candidates() const;
  // Replicas that were removed, as they were known then: key, name, partners. They are no peers; in
  // conventions of their time they are no strangers either.
  std::vector<RosterCandidate> Former() const;

  // Keeps the hash of a one-time secret until `now` + kInvitationMicros, and returns that instant.
  // Those that ran out are dropped. RESOURCE_EXHAUSTED (rule "limit-invitations").
  absl::StatusOr<Instant> AddInvitation(absl::string_view secret, Instant now);
  // Uses up the secret and pins the peer, in one commit. PERMISSION_DENIED (rule "invitation") when
  // the secret is unknown, used or out of date.
  absl::StatusOr<Peer> Redeem(absl::string_view secret, Instant now, v1::PeerRecord peer);
  // Pins a peer, or refreshes one pinned before. RESOURCE_EXHAUSTED (rule "limit-peers").
  absl::StatusOr<Peer> Pin(v1::PeerRecord peer, Instant now);
  // NOT_FOUND.
  absl::Status Remove(const ReplicaId& id);
  absl::StatusOr<Peer> SetPaused(const ReplicaId& id, bool paused);
  // What the peer says of itself now; writes only when it differs. Its claims are what was told at
  // the invitation that people exchanged: a card refreshes a partner claimed there, a partner it no
  // longer names is dropped, and what it claims beyond is ignored until the peers join again.
  // Returns how many cards were ignored. NOT_FOUND; INVALID_ARGUMENT for a name that no invitation
  // could bear, and for no partner at all, which no replica acts for: nothing is changed then.
  absl::StatusOr<std::size_t> Learn(const ReplicaId& id, absl::string_view name,
                                    const std::vector<v1::PartnerCard>& partners);
  // What the peer says of its signing now: the first time that it says that it stopped is kept
  // while it goes on saying so. NOT_FOUND.
  absl::Status LearnSigning(const ReplicaId& id, bool stopped, Instant now);
  // Those that said that they sign no more, and when they first did.
  std::map<ReplicaId, Instant> Stopped() const;
  // Reads the tables again: a change that failed may have reached the disk all the same. As Open.
  absl::Status Reload();

 private:
  struct Rows {
    std::map<ReplicaId, v1::PeerRecord> peers;
    std::map<ReplicaId, v1::PeerRecord> former;
    std::map<std::string, v1::InvitationRecord> invitations;
  };
  static absl::StatusOr<Rows> Read(const EventStore& store);
  PeerTable(const EventStore& store, RecordWriter writer, Rows rows)
      : store_(store),
        writer_(std::move(writer)),
        invitations_(std::move(rows.invitations)),
        peers_(std::move(rows.peers)),
        former_(std::move(rows.former)) {}
  // Writes the peer's row after `rows`, then publishes it.
  absl::StatusOr<Peer> Put(v1::PeerRecord peer, std::vector<RecordRow> rows)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(change_mu_);
  absl::StatusOr<Peer> PinLocked(v1::PeerRecord peer, Instant now, std::vector<RecordRow> rows)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(change_mu_);

  const EventStore& store_;
  const RecordWriter writer_;
  absl::Mutex change_mu_ ABSL_ACQUIRED_BEFORE(mu_);
  std::map<std::string, v1::InvitationRecord> invitations_ ABSL_GUARDED_BY(change_mu_);
  mutable absl::Mutex mu_;
  std::map<ReplicaId, v1::PeerRecord> peers_ ABSL_GUARDED_BY(mu_);
  std::map<ReplicaId, v1::PeerRecord> former_ ABSL_GUARDED_BY(mu_);
};

}  // namespace greffe

#endif  // GREFFE_SERVER_IDENTITY_PEER_TABLE_H_
