#ifndef GREFFE_TESTS_SERVER_IDENTITY_RECORD_STORE_H_
#define GREFFE_TESTS_SERVER_IDENTITY_RECORD_STORE_H_

#include <memory>
#include <utility>
#include <vector>

#include "server/identity/records.h"
#include "storage/rocks_event_store.h"
#include "tests/support/temp_folder.h"

namespace greffe {

// A real store for tables, without a sequencer: rows are committed at once.
class RecordStore final {
 public:
  RecordStore() {
    auto opened = RocksEventStore::Open({.path = folder_.path() + "/store"});
    if (opened.ok()) store_ = *std::move(opened);
  }

  const EventStore& store() const { return *store_; }
  RecordWriter writer() {
    return [this](std::vector<RecordRow> rows) {
      if (!broken.ok() && !late) return broken;
      const absl::Status written = store_->Commit({.records = std::move(rows)});
      return broken.ok() ? written : broken;
    };
  }

  // What the next writes answer, when not OK; `late`: they reach the disk all the same.
  absl::Status broken;
  bool late = false;

 private:
  TempFolder folder_;
  std::unique_ptr<RocksEventStore> store_;
};

}  // namespace greffe

#endif  // GREFFE_TESTS_SERVER_IDENTITY_RECORD_STORE_H_
