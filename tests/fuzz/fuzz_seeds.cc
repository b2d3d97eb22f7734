// With libFuzzer: writes a target's seeds into the corpus folder that it is given, so that it
// starts from well-formed inputs as fuzz_driver.cc does.
//   TARGET CORPUS_FOLDER [-max_total_time=60 ...]     the folder exists
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  for (int i = 1; i < *argc; ++i) {
    const std::filesystem::path folder = (*argv)[i];
    if (!std::filesystem::is_directory(folder)) continue;
    const std::vector<std::string> seeds = Seeds();
    for (std::size_t n = 0; n < seeds.size(); ++n) {
      std::ofstream(folder / ("seed-" + std::to_string(n)), std::ios::binary) << seeds[n];
    }
    break;
  }
  return 0;
}
