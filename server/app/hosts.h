#ifndef GREFFE_SERVER_APP_HOSTS_H_
#define GREFFE_SERVER_APP_HOSTS_H_

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "core/sync/replica_view.h"
#include "server/app/host.h"
#include "storage/event_store.h"

namespace greffe {

// Table of rows convention -> partners in its roster, so that who may see what is known without
// loading states.
inline constexpr absl::string_view kPartnersTable = "app-partners";

// The conventions of a store: which there are, who may see them, whom they are shared with, and the
// few that are in memory. Thread safe.
class Hosts final {
 public:
  // Reads rows only: quick for thousands of conventions.
  static absl::StatusOr<std::unique_ptr<Hosts>> Open(const EventStore& store, const ReplicaId& self,
                                                     std::size_t bytes_max);

  // The convention, from memory or loaded. NOT_FOUND; UNAVAILABLE from the store.
  absl::StatusOr<std::shared_ptr<ConventionHost>> Get(const ConventionId& id);
  // Calls `read` under the host's shared lock, loading it first where needed.
  // One whose state cannot be read is DATA_LOSS, unless `any`.
  absl::Status Read(const ConventionId& id,
                    absl::FunctionRef<absl::Status(const ConventionHost&)> read, bool any = false);
  // Who is told of a convention that was loaded or read and failed its proof, from any thread and
  // perhaps again and again. Set once, before any read.
  void OnDamage(std::function<void(const ConventionId&)> on_damage);
  // Somebody read what fails its proof.
  void ReportDamage(const ConventionId& id) const;
  // True when it is kept as damaged.
  bool ReadOnly(const ConventionId& id) const;

  bool Holds(const ConventionId& id) const;
  // Ids visible to a partner, ascending, after `after`, at most `count_max`; every one for "".
  std::vector<ConventionId> List(const std::string& partner, const ConventionId* after,
                                 std::size_t count_max) const;
  // Lower-case hex or a unique prefix of it of at least 6 digits, among those visible to the
  // partner. NOT_FOUND, INVALID_ARGUMENT.
  absl::StatusOr<ConventionId> Find(const std::string& partner, const std::string& text) const;

  // Conventions shared with a replica and what is held of them; ascending. The digest of a damaged
  // one is no other replica's, so that peers compare it. Empty when the store fails.
  std::vector<sync::SharedConvention> Shared(const ReplicaId& peer);
  bool MayShare(const ConventionId& id, const ReplicaId& peer);
  // Whether a convention that the partner may see is shared with the replica.
  bool SharesWith(const std::string& partner, const ReplicaId& peer);

  // The partners in conventions that the partner may see, itself included where there is one.
  std::set<std::string> PartnersBeside(const std::string& partner) const;

  // After a commit: what it changed of one convention. The caller holds host->mutex.
  void Publish(const std::shared_ptr<ConventionHost>& host);
  // The row alone: of a convention whose state is not to be trusted.
  void PublishRow(const ConventionRow& row);
  void PublishShared(const std::vector<SyncIndexRow>& rows);
  // Forgets a state that is not what is on disk.
  void Drop(const ConventionId& id);
  // Calls `reopen` while nothing is being loaded, then forgets everything and reads the rows anew.
  // Its status, or the store's.
  absl::Status Reload(absl::FunctionRef<absl::Status()> reopen);
  // Lets go of what was not used for longest until the rest fits. Hosts in use stay.
  void Trim();

  // The largest number in use plus one.
  ConventionNumber next_convention() const;
  std::uint64_t loaded() const;

 private:
  struct Slot {
    absl::Mutex loading;
    std::shared_ptr<ConventionHost> host;
    std::size_t bytes = 0;
    std::list<ConventionId>::iterator used;
  };
  struct Entry {
    // From a value of kPartnersTable.
    void SetPartners(const std::string& value);

    ConventionRow row;
    std::string partners_value;
    std::set<std::string> partners;
    bool MayRead(const std::string& partner) const;
  };

  Hosts(const EventStore& store, const ReplicaId& self, std::size_t bytes_max);
  absl::Status ReadRows();
  // Sets whether it was just loaded, and found damaged.
  absl::StatusOr<std::shared_ptr<ConventionHost>> GetOrLoad(const ConventionId& id, bool* damaged);
  // Rows of a replica, read from the store once; null when the store fails. Needs mutex_.
  const std::map<ConventionId, Digest>* SharedRows(const ReplicaId& peer);

  const EventStore& store_;
  const ReplicaId self_;
  const std::size_t bytes_max_;
  std::function<void(const ConventionId&)> on_damage_ = [](const ConventionId&) {};

  // Held for reading while a convention is loaded, so that its row and what lies behind it are of
  // one opening of the store. Taken before mutex_.
  absl::Mutex store_mutex_;
  mutable absl::Mutex mutex_;
  std::map<ConventionId, Entry> entries_;
  std::map<ConventionId, std::shared_ptr<Slot>> slots_;
  // Most recently used first.
  std::list<ConventionId> used_;
  std::size_t bytes_ = 0;
  std::uint64_t loaded_ = 0;
  std::map<ReplicaId, std::map<ConventionId, Digest>> shared_;
  ConventionNumber next_convention_ = 1;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_HOSTS_H_
