#ifndef GREFFE_STORAGE_CHECK_H_
#define GREFFE_STORAGE_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/ids.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace greffe {

// One thing that does not hold.
struct CheckProblem {
  enum class Kind {
    // A file of the store is damaged or missing; `file` names it.
    kFile,
    // The store cannot be opened; `file` is set when known.
    kOpen,
    // A row other than an event cannot be read, is missing or contradicts another.
    kRow,
    // Events `first` to `last` of a feed are not what the author signed, or cannot be read.
    kEvents,
    // A signed head is missing or does not verify, and the events it covers do.
    kHead,
    // What was applied, and when, contradicts what events say.
    kArrival,
    // What tells peers that something is missing is not up to date.
    kSyncIndex,
    // A personal value does not match its commitment.
    kSealed,
  };
  Kind kind = Kind::kRow;
  // Name inside the store's folder, or empty.
  std::string file;
  std::optional<ConventionId> convention;
  std::optional<ReplicaId> replica;
  // Sequences, both included.
  std::optional<std::uint64_t> first;
  std::optional<std::uint64_t> last;
  // One sentence each, ready to print.
  std::string fr;
  std::string en;
};

struct CheckReport {
  std::vector<CheckProblem> problems;
  // More were found than `problems` holds.
  bool more = false;
  // What was looked at.
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t conventions = 0;
  std::uint64_t feeds = 0;
  std::uint64_t events = 0;
  std::uint64_t heads = 0;
  std::uint64_t arrivals = 0;
  std::uint64_t sealed = 0;

  bool ok() const { return problems.empty(); }
};

struct CheckOptions {
  // Folder of the store.
  std::string path;
  // File system, for tests. Null: the machine's own.
  rocksdb::Env* env = nullptr;
};

// Verifies everything in a store that no process has open, trusting only the public keys of feeds:
// each table file against its checksum, each event against its leaf and a signed head, nodes, order
// of arrival, sealed values, sync index. Changes nothing. Memory does not grow with the store.
// Damage is in the report. Status: NOT_FOUND, no store there; FAILED_PRECONDITION, in use or of
// newer software; UNAVAILABLE, the disk does not answer.
absl::StatusOr<CheckReport> CheckStore(const CheckOptions& options);

}  // namespace greffe

#endif  // GREFFE_STORAGE_CHECK_H_
