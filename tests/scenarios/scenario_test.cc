// Each file of tests/scenarios is a test of its own: Scenario.<name of the file>.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/scenarios/runner.h"

namespace greffe::scenario {
namespace {

constexpr char kFolder[] = "tests/scenarios";

class File : public ::testing::Test {
 public:
  explicit File(std::filesystem::path path) : path_(std::move(path)) {}

  void TestBody() override {
    std::ostringstream text;
    text << std::ifstream(path_).rdbuf();
    for (const std::string& problem : RunScenario(text.str(), path_.filename().string())) {
      ADD_FAILURE() << problem;
    }
  }

 private:
  const std::filesystem::path path_;
};

// Before main: gtest lists tests then.
const std::size_t registered = [] {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder, ignored)) {
    if (entry.path().extension() == ".scenario") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& file : files) {
    ::testing::RegisterTest("Scenario", file.stem().string().c_str(), nullptr, nullptr,
                            file.string().c_str(), 1,
                            [file]() -> ::testing::Test* { return new File(file); });
  }
  return files.size();
}();

TEST(Scenarios, AreFoundFromTheRootOfTheProject) { EXPECT_GE(registered, 10u); }

}  // namespace
}  // namespace greffe::scenario
