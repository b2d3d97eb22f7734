#ifndef GREFFE_TESTS_CORE_SYNC_MEMORY_REPLICA_H_
#define GREFFE_TESTS_CORE_SYNC_MEMORY_REPLICA_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/signature.h"
#include "core/sync/digests.h"
#include "core/sync/ingest.h"
#include "core/sync/replica_view.h"
#include "core/sync/session.h"

namespace greffe::sync {

// A replica in memory for tests of core/sync: real keys, trees and heads, and a roster that simply
// counts every RosterEntrySet held. Not thread safe.
class MemoryReplica final : public ReplicaView {
 public:
  // The key's seed is made from `name`.
  explicit MemoryReplica(const std::string& name);

  // Author's side.
  ConventionId OpenConvention(std::uint64_t nonce);
  // Brings a replica into the roster.
  void Admit(const ConventionId& convention, const MemoryReplica& other);
  // Appends `count` events with `text` of their own, each its own head when `head_each`.
  void Append(const ConventionId& convention, std::string_view text, int count = 1,
              bool head_each = false);
  void AppendEvents(const ConventionId& convention, const std::vector<v1::Event>& events);
  // Takes all of a convention back to what `other` holds of it: an equivocator's second history.
  void RestoreFrom(const ConventionId& convention, const MemoryReplica& other);

  // The sequencer's side.
  StoredRun Ingest(const IngestRun& run);
  void StoreSealed(const v1::SealedReply& reply);
  // Compares with `chunk_digests`, as a sequencer would.
  StoredChunk Store(const IngestChunk& chunk);

  ReplicaId id() const override { return key_->replica_id(); }
  const SigningKey& key() const { return *key_; }
  v1::Hello Introduce() const override;
  std::vector<SharedConvention> Shared(const ReplicaId& peer) const override;
  bool MayShare(const ConventionId& convention, const ReplicaId& peer) const override;
  std::vector<HeldBranch> Branches(const ConventionId& convention) const override;
  std::optional<FeedNumber> FindBranch(const ConventionId& convention,
                                       const Point& point) const override;
  absl::StatusOr<v1::Run> ReadRun(const ConventionId& convention, FeedNumber branch,
                                  std::uint64_t from, std::size_t bytes_max) const override;
  absl::StatusOr<v1::SealedValue> ReadSealed(const ConventionId& convention,
                                             const Digest& commitment) const override;
  absl::StatusOr<std::string> ReadChunk(const ConventionId& convention, const Digest& attachment,
                                        std::uint32_t index) const override;
  std::vector<MissingChunk> MissingChunks(
      const ReplicaId& peer, std::size_t count_max,
      const std::function<bool(const MissingChunk&)>& skip) const override;

  std::vector<Point> Points(const ConventionId& convention) const;
  std::set<ConventionId> Held() const;
  std::uint64_t EventsHeld(const ConventionId& convention) const;
  // What a run on `convention` by the author of `key` meets here.
  IngestContext Context(const ConventionId& convention, const PublicKey& key) const;

  // Hellos made; each has another nonce.
  mutable int introduced = 0;
  // Feeds that a relay keeps to itself.
  std::set<ReplicaId> withheld;
  // Changes a run before it leaves.
  std::function<void(v1::Run&)> tamper;
  // Events of runs stored that were held before.
  std::uint64_t events_stored_again = 0;
  std::map<ConventionId, std::map<Digest, v1::SealedValue>> sealed;
  // Digest of each chunk of the attachments named, by place, whether held or not.
  std::map<MissingChunk, Digest> chunk_digests;
  std::map<MissingChunk, std::string> chunks;
  // Chunks given that were held before.
  int chunks_stored_again = 0;

 private:
  struct Branch {
    ReplicaId replica;
    PublicKey key;
    std::optional<FeedNumber> parent;
    std::uint64_t forked_at = 0;
    // The whole history, shared prefix included.
    std::vector<std::string> events;
    std::vector<Digest> leaves;
    // Root per size, index 0 for size 1; a head per size that has one.
    std::vector<Digest> roots;
    std::map<std::uint64_t, std::string> heads;
    MerkleFrontier frontier;
  };
  struct Convention {
    std::map<FeedNumber, Branch> branches;
    std::set<ReplicaId> roster;
    std::set<PublicKey> authors;
    FeedNumber next = 1;
  };

  void Extend(Convention& convention, Branch& branch, const std::string& bytes);
  void SignHead(const ConventionId& id, Branch& branch);
  Branch& OwnBranch(const ConventionId& id);

  const std::unique_ptr<SigningKey> key_;
  const std::string name_;
  std::map<ConventionId, Convention> conventions_;
};

}  // namespace greffe::sync

#endif  // GREFFE_TESTS_CORE_SYNC_MEMORY_REPLICA_H_
