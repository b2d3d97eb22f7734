// The tool that damages copies of stores, and that its damage is named. It shares no code with
// storage/, so neither can hide a mistake of the other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include "storage/check.h"
#include "storage/rocks_event_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_samples.h"
#include "tests/support/temp_folder.h"

namespace greffe {
namespace {

using testing::HasSubstr;

struct Ended {
  int code = -1;
  std::string out;
};

class TamperTest : public testing::Test {
 protected:
  TamperTest() : convention_(1, 0, 1), path_(folder_.path() + "/store") {
    writes_ = convention_.Append(0, 9);
    auto store = RocksEventStore::Open({.path = path_});
    EXPECT_OK(store);
    EXPECT_OK((*store)->Commit(writes_));
  }

  Ended Run(const std::string& words) {
    const std::filesystem::path bin =
        std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin";
    std::FILE* pipe = ::popen((bin.string() + "/greffe_tamper " + words + " 2>&1").c_str(), "r");
    Ended ended;
    if (pipe == nullptr) return ended;
    std::array<char, 512> buffer;
    while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) ended.out += buffer.data();
    ended.code = WEXITSTATUS(::pclose(pipe));
    return ended;
  }

  CheckProblem OnlyProblem() {
    const auto report = CheckStore({.path = path_});
    EXPECT_OK(report);
    EXPECT_EQ(report->problems.size(), 1u);
    return report->problems.empty() ? CheckProblem() : report->problems[0];
  }

  const TempFolder folder_;
  SampleConvention convention_;
  const std::string path_;
  WriteSet writes_;
};

TEST_F(TamperTest, RewritesTheEventOfALeafThatTheCheckThenNames) {
  const Ended ended = Run("rewrite " + path_ + " " + writes_.events[6].leaf.ToHex());

  EXPECT_EQ(ended.code, 0) << ended.out;
  EXPECT_THAT(ended.out, HasSubstr("\"sequence\": 6"));
  const CheckProblem problem = OnlyProblem();
  EXPECT_EQ(problem.kind, CheckProblem::Kind::kEvents);
  EXPECT_EQ(problem.first, 6u);
  EXPECT_EQ(problem.last, 6u);
  const auto bytes = (*RocksEventStore::Open({.path = path_}))->ReadEvent({0, 6});
  EXPECT_EQ(bytes->size(), writes_.events[6].bytes.size());
}

TEST_F(TamperTest, RewritesTheMiddleEventUnlessToldWhich) {
  EXPECT_THAT(Run("rewrite-event " + path_).out, HasSubstr("\"sequence\": 4"));
  EXPECT_EQ(OnlyProblem().first, 4u);

  EXPECT_THAT(Run("rewrite-event " + path_ + " --index 8").out, HasSubstr("\"sequence\": 8"));
  EXPECT_EQ(CheckStore({.path = path_})->problems.size(), 2u);
}

TEST_F(TamperTest, FlipsAByteOfATableThatTheCheckThenNames) {
  const Ended ended = Run("flip-byte " + path_);

  EXPECT_EQ(ended.code, 0) << ended.out;
  const auto report = CheckStore({.path = path_});
  ASSERT_OK(report);
  ASSERT_FALSE(report->ok());
  EXPECT_THAT(ended.out, HasSubstr("\"" + report->problems[0].file + "\""));
  EXPECT_THAT(report->problems[0].file, HasSubstr(".sst"));
}

TEST_F(TamperTest, RefusesWhatIsNotThere) {
  EXPECT_EQ(Run("rewrite " + path_ + " " + std::string(64, '0')).code, 1);
  EXPECT_EQ(Run("rewrite-event " + path_ + " --index 9").code, 1);
  EXPECT_EQ(Run("rewrite-event " + path_ + " --index x").code, 2);
  EXPECT_EQ(Run("flip-byte " + path_ + "/none").code, 1);
  EXPECT_EQ(Run("").code, 2);
  EXPECT_TRUE(CheckStore({.path = path_})->ok());
}

}  // namespace
}  // namespace greffe
