// Files that the command line writes: whole or not there.

#include "client/cli/files.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/unfinished.h"
#include "client/status.h"
#include "core/base/digest.h"
#include "greffe/v1/attachment_service.grpc.pb.h"
#include "greffe/v1/audit_service.grpc.pb.h"
#include "tests/client/cli/greffe_test.h"
#include "tests/client/cli/served_test.h"

namespace {
// Folders that were made to last.
int folders_synced = 0;
}  // namespace

// In the place of libc's, to see what it is called for.
extern "C" int fsync(int fd) {
  struct stat there {};
  folders_synced += fstat(fd, &there) == 0 && S_ISDIR(there.st_mode) ? 1 : 0;
  return static_cast<int>(syscall(SYS_fsync, fd));
}

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Files of the folder whose name starts so, those half made included.
int FilesIn(const std::string& folder, const std::string& start) {
  int found = 0;
  for (const auto& one : std::filesystem::directory_iterator(folder)) {
    found += one.path().filename().string().rfind(start, 0) == 0;
  }
  return found;
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

absl::Status Replace(const std::string& path, absl::string_view content,
                     Readers readers = Readers::kAll) {
  return WriteOutput("--output", path, content, readers, Old::kReplaced);
}

using FilesTest = GreffeTest;

TEST_F(FilesTest, LeavesNoHalfOfAFileAndSaysWhatFailed) {
  const std::string path = replica_.home() + "/half";
  const auto fd = OpenNewFile("--output", path, 0600);
  ASSERT_TRUE(fd.ok());
  const FileBound bound(4);
  errno = ENOENT;

  EXPECT_EQ(FinishFile(*fd, path, "12345678"), EFBIG);

  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(FilesTest, LeavesNoFileThatCouldNotBeClosed) {
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

TEST_F(FilesTest, KeepsADeviceThatTakesNothing) {
  const int fd = open("/dev/full", O_WRONLY);
  ASSERT_GE(fd, 0);

  EXPECT_EQ(FinishFile(fd, "/dev/full", "12345678"), ENOSPC);

  EXPECT_TRUE(std::filesystem::exists("/dev/full"));
}

TEST_F(FilesTest, ReplacesAFileWholeOrLeavesIt) {
  const std::string path = replica_.home() + "/draft";
  ASSERT_TRUE(WriteOutput("--output", path, "one").ok());
  {
    const FileBound bound(2);
    EXPECT_FALSE(Replace(path, "three").ok());
    EXPECT_FALSE(WriteOutput("--output", path + "2", "three").ok());
  }
  EXPECT_EQ(ReadFile(path), "one");
  EXPECT_FALSE(std::filesystem::exists(path + "2"));

  EXPECT_TRUE(Replace(path, "three").ok());
  EXPECT_EQ(ReadFile(path), "three");
}

TEST_F(FilesTest, ShowsATokenThatItsFileHoldsInPartOnly) {
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

TEST_F(FilesTest, AreReadByTheirOwnerAloneWhereTheySaySo) {
  using std::filesystem::perms;
  const auto mode = [](const std::string& path) {
    return std::filesystem::status(path).permissions();
  };
  const std::string own = replica_.home() + "/facts.tsv";
  const std::string open = replica_.home() + "/draft.json";
  ASSERT_TRUE(WriteOutput("--output", own, "x", Readers::kOwner).ok());
  const mode_t mask = umask(027);
  ASSERT_TRUE(WriteOutput("--output", open, "x").ok());
  umask(mask);

  EXPECT_EQ(mode(own), perms::owner_read | perms::owner_write);
  EXPECT_EQ(mode(open), static_cast<perms>(0640));

  // What everybody could read is no longer.
  std::filesystem::permissions(open, static_cast<perms>(0644));
  ASSERT_TRUE(Replace(open, "y", Readers::kOwner).ok());
  EXPECT_EQ(mode(open), perms::owner_read | perms::owner_write);
  EXPECT_EQ(ReadFile(open), "y");
}

TEST_F(FilesTest, ComeWholeAndTakeNobodysPlace) {
  const std::string path = replica_.home() + "/export";
  auto file = NewFile::Make("--output", path);
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE((*file)->Append("half").ok());
  EXPECT_FALSE(std::filesystem::exists(path));
  std::ofstream(path) << "another's";

  EXPECT_EQ((*file)->Keep().code(), absl::StatusCode::kAlreadyExists);

  EXPECT_EQ(ReadFile(path), "another's");
  EXPECT_EQ(FilesIn(replica_.home(), "export"), 1);
}

TEST_F(FilesTest, TakeTheLongestNamesThatThereAre) {
  const std::string path = absl::StrCat(replica_.home(), "/", std::string(255, 'n'));

  EXPECT_TRUE(WriteOutput("--output", path, "one").ok());
  EXPECT_TRUE(Replace(path, "two").ok());

  EXPECT_EQ(ReadFile(path), "two");
  EXPECT_EQ(FilesIn(replica_.home(), "."), 0);
  EXPECT_FALSE(WriteOutput("--output", path + "n", "one").ok());
}

TEST_F(FilesTest, WriteADeviceAsItIs) {
  EXPECT_TRUE(WriteOutput("--output", "/dev/null", "x").ok());
  const absl::Status full = WriteOutput("--output", "/dev/full", "x");
  EXPECT_EQ(full.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(full.message()), HasSubstr("No space left"));
}

// Also where it would be replaced: what is no file takes the bytes, and nothing its place.
TEST_F(FilesTest, ReplaceNeitherAPipeNorALinkNorAFolder) {
  const std::string path = replica_.home() + "/draft";
  const std::string link = replica_.home() + "/link";
  const std::string pipe = replica_.home() + "/pipe";
  ASSERT_TRUE(WriteOutput("--output", path, "one").ok());
  std::filesystem::create_symlink("draft", link);
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);

  EXPECT_TRUE(Replace(link, "two").ok());
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(ReadFile(path), "two");
  EXPECT_TRUE(Replace(pipe, "x").ok());
  EXPECT_TRUE(std::filesystem::is_fifo(pipe));
  char taken = 0;
  EXPECT_EQ(read(reader, &taken, 1), 1);
  EXPECT_EQ(taken, 'x');
  close(reader);
  EXPECT_TRUE(IsUsageError(Replace(replica_.home(), "x")));
}

TEST_F(FilesTest, AreUnderTheirNamesOnDisk) {
  folders_synced = 0;
  EXPECT_TRUE(WriteOutput("--output", replica_.home() + "/new", "one").ok());
  EXPECT_EQ(folders_synced, 1);
  EXPECT_TRUE(Replace(replica_.home() + "/new", "two").ok());
  EXPECT_EQ(folders_synced, 2);
}

TEST(FilesDeathTest, LeaveNothingWhenASignalEndsTheProgram) {
  const std::string path = absl::StrCat(::testing::TempDir(), "unfinished-", getpid());
  for (const int signal : {SIGHUP, SIGINT, SIGTERM}) {
    EXPECT_EXIT(
        {
          RemoveUnfinishedOnSignals();
          const auto done = NewFile::Make("--output", path + "-done");
          static_cast<void>((*done)->Keep());
          const auto file = NewFile::Make("--output", path);
          static_cast<void>((*file)->Append("half"));
          raise(signal);
        },
        ::testing::KilledBySignal(signal), "");
    EXPECT_EQ(FilesIn(::testing::TempDir(), std::filesystem::path(path).filename()), 1);
    EXPECT_EQ(std::remove((path + "-done").c_str()), 0);
  }
  // What a program was told to live through, it lives through.
  EXPECT_EXIT(
      {
        std::signal(SIGHUP, SIG_IGN);
        RemoveUnfinishedOnSignals();
        raise(SIGHUP);
        _exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

// A replica that only gives files.
class GivingTest : public ServedTest,
                   public v1::AuditService::Service,
                   public v1::AttachmentService::Service {
 protected:
  GivingTest() {
    Serve({static_cast<v1::AuditService::Service*>(this),
           static_cast<v1::AttachmentService::Service*>(this)});
  }

  grpc::Status ExportConvention(grpc::ServerContext*, const v1::ExportConventionRequest*,
                                grpc::ServerWriter<v1::ExportConventionResponse>* writer) override {
    v1::ExportConventionResponse piece;
    piece.add_events(std::string(1000, 'e'));
    for (int i = 0; i < 3; ++i) writer->Write(piece);
    return grpc::Status::OK;
  }
  grpc::Status DownloadAttachment(
      grpc::ServerContext*, const v1::DownloadAttachmentRequest* request,
      grpc::ServerWriter<v1::DownloadAttachmentResponse>* writer) override {
    EXPECT_EQ(request->sha256(), "abcdef");
    v1::DownloadAttachmentResponse piece;
    piece.mutable_attachment()->set_sha256(sha256_);
    piece.set_chunk("the minutes");
    writer->Write(piece);
    return grpc::Status::OK;
  }

  std::string sha256_ = Sha256({"the minutes"}).ToHex();
};

TEST_F(GivingTest, LeavesNoHalfOfAnExportOnAFullDisk) {
  const std::string path = folder() + "/export";
  {
    const FileBound bound(1500);
    const Outcome full = Greffe({"audit", "export", "c0c0c0", "--output", path});
    EXPECT_EQ(full.code, 1);
    EXPECT_THAT(full.err, AllOf(HasSubstr(path), HasSubstr("File too large"),
                                HasSubstr("Règle : output"), HasSubstr("faites de la place")));
  }
  EXPECT_EQ(FilesIn(folder(), "export"), 0);

  const Outcome done = Greffe({"audit", "export", "c0c0c0", "--output", path});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(FilesIn(folder(), "export"), 1);
  EXPECT_GT(std::filesystem::file_size(path), 3000u);
}

TEST_F(GivingTest, LeavesNoHalfOfAnAttachmentNorAFalseOne) {
  const std::string path = folder() + "/minutes";
  {
    const FileBound bound(4);
    const Outcome full = Greffe({"attachment", "get", "c0c0c0", "ABCDEF", "--out", path});
    EXPECT_EQ(full.code, 1);
    EXPECT_THAT(full.err, AllOf(HasSubstr(path), HasSubstr("File too large")));
  }
  EXPECT_EQ(FilesIn(folder(), "minutes"), 0);

  EXPECT_EQ(Greffe({"attachment", "get", "c0c0c0", "abcdef", "--out", path}).code, 0);
  EXPECT_EQ(ReadFile(path), "the minutes");

  sha256_ = std::string(64, '0');
  EXPECT_EQ(Greffe({"attachment", "get", "c0c0c0", "abcdef", "--out", path + "2"}).code, 4);
  EXPECT_EQ(FilesIn(folder(), "minutes"), 1);
}

}  // namespace
}  // namespace greffe::cli
