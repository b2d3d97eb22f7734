// How fast a history becomes a state: from memory, and from a cold store.
//   bench_apply [EVENTS]
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "bench/support/history.h"
#include "bench/support/measure.h"
#include "core/convention/convention.h"
#include "storage/rocks_event_store.h"

namespace greffe::bench {
namespace {

struct History {
  ConventionId id;
  ReplicaId author;
  // Serialised events of one feed, about 400 bytes each after the first.
  std::vector<std::string> events;
};

v1::Event Header(const History& history, std::uint64_t sequence) {
  v1::Event event;
  event.set_format(1);
  event.set_convention_id(history.id.ToBytes());
  event.set_replica_id(history.author.ToBytes());
  event.set_sequence(sequence);
  event.mutable_recorded_at()->set_seconds(1700000000 + static_cast<std::int64_t>(sequence));
  event.mutable_actor()->set_person_id(std::string(16, 'p'));
  event.mutable_actor()->set_office("Chargée de coopération");
  event.mutable_actor()->set_partner_id("caf-47");
  event.set_request_id(absl::StrCat(absl::Hex(sequence, absl::kZeroPad16)));
  return event;
}

History Make(std::uint64_t count) {
  History out;
  const auto key = *SigningKey::FromSeed(std::string(32, 'b'));
  const std::string nonce(16, 'n');
  out.author = key->replica_id();
  out.id = DeriveConventionId(out.author, nonce);
  v1::Event opened = Header(out, 0);
  opened.mutable_convention_opened()->set_nonce(nonce);
  opened.mutable_convention_opened()->set_public_key(key->public_key().ToBytes());
  opened.mutable_convention_opened()->add_partner_ids("caf-47");
  out.events.push_back(opened.SerializeAsString());
  for (std::uint64_t i = 1; i < count; ++i) {
    v1::Event event = Header(out, i);
    *event.mutable_indicator_measured() = Measurement("", "i-1", i).measurement();
    event.mutable_indicator_measured()->set_source(std::string(200, 's'));
    out.events.push_back(event.SerializeAsString());
  }
  return out;
}

void ApplyOne(ConventionState& state, const std::string& bytes, std::uint64_t sequence) {
  v1::Event event;
  event.ParseFromString(bytes);
  state.Apply({.at = {1, sequence}, .leaf = LeafHash(bytes), .seen = {}, .event = &event});
}

ConventionState Empty(const History& history) {
  ConventionState state(history.id);
  state.AddBranch({.number = 1, .replica = history.author});
  return state;
}

void FromMemory(const History& history) {
  std::size_t memory = 0;
  const double seconds = Fastest(3, [&] {
    ConventionState state = Empty(history);
    for (std::uint64_t i = 0; i < history.events.size(); ++i) {
      ApplyOne(state, history.events[i], i);
    }
    memory = state.MemoryBytes();
  });
  const double parse_only = Fastest(3, [&] {
    for (const std::string& bytes : history.events) {
      v1::Event event;
      event.ParseFromString(bytes);
      if (LeafHash(bytes) == Digest()) std::abort();
    }
  });
  const auto count = static_cast<double>(history.events.size());
  PrintRow("apply from memory, 400-byte events", Rate(count / seconds),
           absl::StrCat("parse and hash alone ", Rate(count / parse_only)),
           Ratio(parse_only / seconds), ">= 500,000/s");
  PrintRow("  state held per event", absl::StrCat(memory / history.events.size(), " bytes"),
           absl::StrCat("event itself ", history.events.back().size(), " bytes"), "", "");
}

void FromStore(const History& history) {
  const std::filesystem::path dir =
      std::filesystem::temp_directory_path() / absl::StrCat("greffe-bench-apply-", getpid());
  {
    auto store = *RocksEventStore::Open({.path = dir.string()});
    BenchReplica::Require(store->Commit({.conventions = {{.number = 1, .id = history.id}},
                                         .feeds = {{.number = 1,
                                                    .convention = 1,
                                                    .replica = history.author,
                                                    .held = history.events.size()}}}));
    WriteSet writes;
    for (std::uint64_t i = 0; i < history.events.size(); ++i) {
      writes.events.push_back({.at = {1, i},
                               .convention = 1,
                               .leaf = LeafHash(history.events[i]),
                               .bytes = history.events[i]});
      if (writes.events.size() == 512 || i + 1 == history.events.size()) {
        BenchReplica::Require(store->Commit(writes));
        writes = {};
      }
    }
  }
  double best = 1e9;
  double scan = 1e9;
  for (int run = 0; run < 3; ++run) {
    // Opened anew each time: the store's own cache is cold.
    auto store = *RocksEventStore::Open({.path = dir.string()});
    double start = Seconds();
    ConventionState state = Empty(history);
    std::uint64_t sequence = 0;
    while (sequence < history.events.size()) {
      const auto events = *store->ReadEvents(1, sequence, 512, 1 << 20);
      for (const std::string& bytes : events) ApplyOne(state, bytes, sequence++);
    }
    best = std::min(best, Seconds() - start);
    start = Seconds();
    for (sequence = 0; sequence < history.events.size();) {
      sequence += store->ReadEvents(1, sequence, 512, 1 << 20)->size();
    }
    scan = std::min(scan, Seconds() - start);
  }
  const auto count = static_cast<double>(history.events.size());
  PrintRow("apply from RocksDB, opened cold", Rate(count / best),
           absl::StrCat("reading alone ", Rate(count / scan)), Ratio(scan / best), ">= 200,000/s");
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace greffe::bench

int main(int argc, char** argv) {
  const std::uint64_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200000;
  const greffe::bench::History history = greffe::bench::Make(count);
  greffe::bench::PrintHeader();
  greffe::bench::FromMemory(history);
  greffe::bench::FromStore(history);
  return 0;
}
