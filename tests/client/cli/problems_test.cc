// Files that the command line writes: whole or not there.

#include "client/cli/problems.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// No file of this process grows beyond so many bytes: the write that meets the bound is a short
// one.
class FileBound {
 public:
  explicit FileBound(rlim_t bytes) : before_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit bounded{bytes, limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &bounded);
  }
  ~FileBound() {
    setrlimit(RLIMIT_FSIZE, &limit_);
    std::signal(SIGXFSZ, before_);
  }

 private:
  rlimit limit_{};
  void (*const before_)(int);
};

using ProblemsTest = GreffeTest;

TEST_F(ProblemsTest, LeavesNoHalfOfAFileAndSaysWhatFailed) {
  const std::string path = replica_.home() + "/half";
  const auto fd = OpenNewFile("--output", path, 0600);
  ASSERT_TRUE(fd.ok());
  const FileBound bound(4);
  errno = ENOENT;

  EXPECT_EQ(FinishFile(*fd, path, "12345678"), EFBIG);

  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ProblemsTest, LeavesNoFileThatCouldNotBeClosed) {
  const std::string path = replica_.home() + "/late";
  const auto fd = OpenNewFile("--output", path, 0600);
  ASSERT_TRUE(fd.ok());

  const int error = FinishFile(*fd, path, "12345678", [](int open) {
    close(open);
    errno = EDQUOT;
    return -1;
  });

  EXPECT_EQ(error, EDQUOT);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ProblemsTest, KeepsADeviceThatTakesNothing) {
  const int fd = open("/dev/full", O_WRONLY);
  ASSERT_GE(fd, 0);

  EXPECT_EQ(FinishFile(fd, "/dev/full", "12345678"), ENOSPC);

  EXPECT_TRUE(std::filesystem::exists("/dev/full"));
}

TEST_F(ProblemsTest, ReplacesAFileWholeOrLeavesIt) {
  const std::string path = replica_.home() + "/draft";
  ASSERT_TRUE(WriteOutput(path, "one").ok());
  {
    const FileBound bound(2);
    EXPECT_FALSE(ReplaceOutput(path, "three").ok());
    EXPECT_FALSE(WriteOutput(path + "2", "three").ok());
  }
  EXPECT_EQ(ReadFile(path), "one");
  EXPECT_FALSE(std::filesystem::exists(path + "2"));

  EXPECT_TRUE(ReplaceOutput(path, "three").ok());
  EXPECT_EQ(ReadFile(path), "three");
}

TEST_F(ProblemsTest, ShowsATokenThatItsFileHoldsInPartOnly) {
  replica_.admin.add_user = [](const v1::AddUserRequest& request, v1::AddUserResponse* response) {
    response->mutable_user()->set_user(request.user());
    response->set_token("secret-1");
    return grpc::Status::OK;
  };
  const std::string file = replica_.home() + "/maire.token";
  const FileBound bound(3);

  const Outcome added =
      Greffe({"user", "add", "maire", "--role", "signatory", "--token-out", file});

  EXPECT_EQ(added.code, 1);
  EXPECT_EQ(added.out, "secret-1\n");
  EXPECT_THAT(added.err, AllOf(HasSubstr(file), HasSubstr("File too large")));
  EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace greffe::cli
