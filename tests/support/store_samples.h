#ifndef GREFFE_TESTS_SUPPORT_STORE_SAMPLES_H_
#define GREFFE_TESTS_SUPPORT_STORE_SAMPLES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/signature.h"
#include "core/feed/merkle.h"
#include "storage/event_store.h"

namespace greffe {

// A convention with sound feeds for tests of stores: events that parse, leaf hashes, nodes, signed
// heads, arrivals and a sync index, as a replica would write them. Its events mean nothing more.
// Deterministic. Not thread safe.
class SampleConvention final {
 public:
  // Feeds take the numbers `first_feed` and following, one per replica; feed i of two conventions
  // has the same author.
  SampleConvention(ConventionNumber number, FeedNumber first_feed, int replicas);
  ~SampleConvention();

  const ConventionId& id() const { return id_; }
  ConventionNumber number() const { return number_; }
  const FeedRow& feed(int replica) const { return feeds_[static_cast<std::size_t>(replica)].row; }
  std::uint64_t arrivals() const { return arrivals_; }
  const SigningKey& key(int replica) const;

  // The next `count` events of one replica's feed, each of about `text_bytes` bytes, with a signed
  // head at the end and all rows that go with them. Each event has seen the other feeds' ends.
  WriteSet Append(int replica, int count, std::size_t text_bytes = 40);
  // Signed head over what Append gave so far, and its rows alone.
  StoredHead Head(int replica) const;

 private:
  struct Feed {
    std::unique_ptr<SigningKey> key;
    FeedRow row;
    MerkleFrontier frontier;
    // What this feed has cited of each other one.
    std::vector<std::uint64_t> seen;
  };
  std::string EventBytes(std::size_t replica, std::size_t text_bytes);
  ConventionRow Row() const;

  const ConventionNumber number_;
  ConventionId id_;
  std::vector<Feed> feeds_;
  std::uint64_t arrivals_ = 0;
};

// A replica key of its own for each number.
std::unique_ptr<SigningKey> SampleKey(std::uint8_t number);

}  // namespace greffe

#endif  // GREFFE_TESTS_SUPPORT_STORE_SAMPLES_H_
