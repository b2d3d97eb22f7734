#ifndef GREFFE_SERVER_MAIN_OPEN_STORE_H_
#define GREFFE_SERVER_MAIN_OPEN_STORE_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/identity/home.h"
#include "storage/rocks_event_store.h"

namespace greffe {

// Which command meets the store: `greffed check` itself is no next step of `greffed check`.
enum class StoreUser { kRun, kCheck };

// Opens the store of a home that init made. DATA_LOSS (rule "store-open") whatever the cause, as of
// StoreNotOpened: a replica never starts on less than it acknowledged.
absl::StatusOr<std::unique_ptr<RocksEventStore>> OpenHomeStore(const HomePaths& paths);

// PERMISSION_DENIED when this account may not read the store's folder.
absl::Status CheckStoreFolder(const HomePaths& paths);

// DATA_LOSS (rule "store-open") with the step that removes the cause: room, rights, another
// process, and only for what is damaged or gone the way back from a backup.
absl::Status StoreNotOpened(const HomePaths& paths, const absl::Status& why, StoreUser user);

}  // namespace greffe

#endif  // GREFFE_SERVER_MAIN_OPEN_STORE_H_
