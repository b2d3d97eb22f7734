// Signed heads come from peers and files.
#include <cstdlib>

#include "core/feed/checkpoint.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

const greffe::SigningKey& Key() {
  static const auto* key = greffe::SigningKey::FromSeed(std::string(32, 'f')).value().release();
  return *key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const absl::string_view note(reinterpret_cast<const char*>(data), size);
  const auto head = greffe::OpenCheckpoint(note, Key().public_key());
  // What opens must be exactly what signing makes: one head has one form.
  if (head.ok() && greffe::SignCheckpoint(*head, Key()) != note) std::abort();
  return 0;
}

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds;
  for (const std::uint64_t size : {1ull, 42ull, 18446744073709551615ull}) {
    greffe::Checkpoint head;
    head.replica = Key().replica_id();
    head.size = size;
    head.root = greffe::LeafHash("x");
    seeds.push_back(greffe::SignCheckpoint(head, Key()));
  }
  return seeds;
}
