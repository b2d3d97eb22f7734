#ifndef GREFFE_TESTS_CONTRACT_STORE_PLACE_H_
#define GREFFE_TESTS_CONTRACT_STORE_PLACE_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "storage/event_store.h"
#include "tests/support/status_matchers.h"

// Where the contract of stores is tested. An implementation includes both of its parts,
// event_store_contract.h and store_life_contract.h, and instantiates the suite in its own test:
//   INSTANTIATE_TEST_SUITE_P(Mine, EventStoreContract, testing::Values(StoreMaker{"Mine", ...}));
namespace greffe {

// One place where a store lives: opened, closed by destroying it, opened again with what was
// committed.
class StorePlace {
 public:
  virtual ~StorePlace() = default;
  virtual absl::StatusOr<std::unique_ptr<EventStore>> Open(bool read_only) = 0;
  // Where a copy of the store may go, and that copy opened for writing.
  virtual std::string copy_path() const = 0;
  virtual absl::StatusOr<std::unique_ptr<EventStore>> OpenCopy() = 0;
};

struct StoreMaker {
  std::string name;
  // An empty place of its own for each call.
  std::function<std::unique_ptr<StorePlace>()> make;
  friend void PrintTo(const StoreMaker& maker, std::ostream* out) { *out << maker.name; }
};

class EventStoreContract : public testing::TestWithParam<StoreMaker> {
 protected:
  EventStoreContract() : place_(GetParam().make()) { Reopen(); }

  void Reopen(bool read_only = false) {
    store_.reset();
    auto opened = place_->Open(read_only);
    ASSERT_OK(opened);
    store_ = *std::move(opened);
  }

  void Snapshot(const SnapshotName& name, const std::vector<std::string>& pieces) {
    ASSERT_OK(store_->WriteSnapshot(name, [&](const EventStore::PutPiece& put) {
      for (const std::string& piece : pieces) put(piece);
    }));
  }

  std::unique_ptr<StorePlace> place_;
  std::unique_ptr<EventStore> store_;
};

}  // namespace greffe

#endif  // GREFFE_TESTS_CONTRACT_STORE_PLACE_H_
