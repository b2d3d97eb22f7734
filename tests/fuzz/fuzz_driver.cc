// Runs a fuzz target without libFuzzer: seeded mutations of its seeds, the same on every machine.
//   TARGET [ITERATIONS [SEED]]     the seed is printed; GREFFE_LONG in the environment: thirty
//   times
//                                  as many, and the seed that GREFFE_SEED says
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_target.h"

namespace {

constexpr std::size_t kInputBytesMax = 1 << 20;

using Random = std::mt19937_64;

void FlipBit(std::string& input, Random& random) {
  input[random() % input.size()] ^= static_cast<char>(1 << (random() % 8));
}

void SetInteresting(std::string& input, Random& random) {
  static constexpr unsigned char kValues[] = {0x00, 0x01, 0x7f, 0x80, 0xff, '\n', '{', '"', '-'};
  input[random() % input.size()] =
      static_cast<char>(kValues[random() % (sizeof(kValues) / sizeof(kValues[0]))]);
}

void Cut(std::string& input, Random& random) { input.resize(random() % input.size()); }

void Repeat(std::string& input, Random& random) {
  const std::size_t from = random() % input.size();
  const std::size_t count = 1 + random() % std::min<std::size_t>(64, input.size() - from);
  if (input.size() + count <= kInputBytesMax) {
    input.insert(random() % input.size(), input.substr(from, count));
  }
}

void Remove(std::string& input, Random& random) {
  const std::size_t from = random() % input.size();
  input.erase(from, 1 + random() % 16);
}

std::string Mutate(std::string input, const std::vector<std::string>& seeds, Random& random) {
  static constexpr void (*kMutations[])(std::string&, Random&) = {FlipBit, SetInteresting, Cut,
                                                                  Repeat, Remove};
  const int times = 1 + static_cast<int>(random() % 8);
  for (int i = 0; i < times; ++i) {
    if (input.empty()) input = seeds[random() % seeds.size()];
    if (input.empty()) break;
    kMutations[random() % 5](input, random);
  }
  return input;
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_long = std::getenv("GREFFE_LONG") != nullptr;
  const char* const wanted = is_long ? std::getenv("GREFFE_SEED") : nullptr;
  const char* const given = argc > 2 ? argv[2] : wanted;
  const long iterations = (argc > 1 ? std::atol(argv[1]) : 20000) * (is_long ? 30 : 1);
  const unsigned long long seed = given == nullptr ? 20250301 : std::strtoull(given, nullptr, 10);
  std::printf("seed %llu, %ld inputs\n", seed, iterations);
  Random random(seed);
  const std::vector<std::string> seeds = Seeds();
  for (const std::string& input : seeds) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  }
  for (long i = 0; i < iterations; ++i) {
    const std::string input = Mutate(seeds[random() % seeds.size()], seeds, random);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  }
  std::printf("done\n");
  return 0;
}
