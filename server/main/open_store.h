#ifndef GREFFE_SERVER_MAIN_OPEN_STORE_H_
#define GREFFE_SERVER_MAIN_OPEN_STORE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "server/identity/home.h"
#include "storage/rocks_event_store.h"

namespace greffe {

// Opens the store of a home that init made. DATA_LOSS (rule "store-open") whatever the cause, with
// the way out: a replica never starts on less than it acknowledged.
absl::StatusOr<std::unique_ptr<RocksEventStore>> OpenHomeStore(const HomePaths& paths);

}  // namespace greffe

#endif  // GREFFE_SERVER_MAIN_OPEN_STORE_H_
