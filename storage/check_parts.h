#ifndef GREFFE_STORAGE_CHECK_PARTS_H_
#define GREFFE_STORAGE_CHECK_PARTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/feed/merkle.h"
#include "storage/check.h"
#include "storage/rocks_event_store.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

// Inside storage/ only: the parts of CheckStore. Each adds what it finds to the report and goes on
// as far as it can.
namespace greffe::check {

// Bounds the report: a store damaged everywhere is told by its first hundreds of problems.
void Add(CheckReport& report, CheckProblem problem);

// What is checked of one convention.
struct Subject {
  const RocksEventStore& store;
  const ConventionRow& row;
  const std::vector<FeedRow>& feeds;

  const FeedRow* Find(FeedNumber feed) const;
  // The branch that stores event `sequence` of `feed`.
  const FeedRow* OwnerOf(const FeedRow& feed, std::uint64_t sequence) const;
  // Complete nodes of a branch, shared ones from where they are stored.
  NodeReader Nodes(const FeedRow& feed) const;
  // A problem with convention, and replica when given, filled in.
  CheckProblem Problem(CheckProblem::Kind kind, const FeedRow* feed = nullptr) const;
};

// Each table file against the checksum in the manifest. `store` is null when it cannot be opened:
// then each table in the folder against its own.
void CheckFiles(const std::string& path, rocksdb::Env& env, const RocksEventStore* store,
                CheckReport& report);
// All events, nodes and heads of one branch, read once.
void CheckFeed(const Subject& subject, const FeedRow& feed, CheckReport& report);
// Arrivals of a convention: dense, in the order of each feed, each event after all it has seen.
void CheckArrivals(const Subject& subject, CheckReport& report);
// Rows of all families can be read and belong to something; sealed values; sync index.
void CheckRows(const RocksEventStore& store, const std::vector<ConventionRow>& conventions,
               const std::vector<FeedRow>& feeds, CheckReport& report);

// "événement 3" or "événements 3 à 9"; the same in English.
std::string RangeFr(std::uint64_t first, std::uint64_t last);
std::string RangeEn(std::uint64_t first, std::uint64_t last);

}  // namespace greffe::check

#endif  // GREFFE_STORAGE_CHECK_PARTS_H_
