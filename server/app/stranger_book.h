#ifndef GREFFE_SERVER_APP_STRANGER_BOOK_H_
#define GREFFE_SERVER_APP_STRANGER_BOOK_H_

#include <cstdint>
#include <map>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/base/ids.h"
#include "core/sync/ingest.h"
#include "storage/event_store.h"

namespace greffe {

// Rows "<convention hex>/<peer hex>" -> bytes of runs, in decimal.
inline constexpr absl::string_view kStrangersTable = "app-strangers";

// The conventions held here whose roster does not have this replica for a partner of its own, or
// not yet, with what each peer brought of them: so that nobody fills the disk with what no user
// here will see. At most sync::kStrangersPerPeerMax rows for each peer. For the sequencer's thread
// alone.
class StrangerBook final {
 public:
  // `store` outlives it.
  explicit StrangerBook(const EventStore& store) : store_(store) {}

  // Reads the table before the first use, and after Forget. UNAVAILABLE, DATA_LOSS from the store.
  absl::Status Read();
  // After a commit that failed: what was kept may not be on disk.
  void Forget() { read_ = false; }

  bool Has(const ConventionId& convention) const { return rows_.count(convention) > 0; }
  // What the peer brought of all of them; `convention` counts among them.
  sync::IngestContext::Strangers Brought(const ReplicaId& peer,
                                         const ConventionId& convention) const;
  // `peer` brought so many bytes more of it. Returns what is to be written.
  RecordRow Add(const ConventionId& convention, const ReplicaId& peer, std::uint64_t bytes);
  // It is a convention of ours now. Returns what is to be written.
  std::vector<RecordRow> Remove(const ConventionId& convention);

 private:
  const EventStore& store_;
  bool read_ = false;
  std::map<ConventionId, std::map<ReplicaId, std::uint64_t>> rows_;
  std::map<ReplicaId, sync::IngestContext::Strangers> by_peer_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_STRANGER_BOOK_H_
