#include "server/identity/home_copy.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "core/base/refusal.h"
#include "storage/rocks_event_store.h"
#include "tests/support/faulty_fs.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_samples.h"
#include "tests/support/temp_folder.h"

namespace greffe {
namespace {

namespace fs = std::filesystem;

class HomeCopyTest : public testing::Test {
 protected:
  HomeCopyTest() {
    EXPECT_OK(MakeHome(paths_));
    EXPECT_OK(MakeIdentity(paths_, std::string(32, 'k')));
    v1::ServerConfig config;
    config.set_name("Caf d'essai");
    config.set_listen("127.0.0.1:0");
    EXPECT_OK(SaveConfig(paths_, config));
    EXPECT_OK(WritePrivateFile(paths_.admin_token(), "secret\n"));
    store_ = *RocksEventStore::Open({.path = paths_.store()});
    SampleConvention convention(1, 0, 1);
    EXPECT_OK(store_->Commit(convention.Append(0, 9)));
    fs::create_directory(above_);
  }

  absl::StatusOr<HomeCopy> Copy(const std::string& to) {
    return CopyHome(paths_, *store_, to, [] { return true; });
  }
  // The rule by which it was refused, where that leaves nothing.
  std::string Refused(const std::string& to, const std::string& field = "to") {
    const auto before = Names();
    const Refusal refusal = RefusalOf(Copy(to).status());
    EXPECT_EQ(Names(), before) << to;
    EXPECT_EQ(refusal.field, field) << refusal.fr;
    EXPECT_NE(refusal.next_fr, "") << refusal.fr;
    EXPECT_NE(refusal.next_en, "") << refusal.en;
    return refusal.rule;
  }
  std::vector<std::string> Names() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(above_)) {
      out.push_back(entry.path().string());
    }
    return out;
  }

  const TempFolder folder_;
  const HomePaths paths_{folder_.path() + "/home"};
  const std::string above_ = folder_.path() + "/backups";
  std::unique_ptr<RocksEventStore> store_;
};

TEST_F(HomeCopyTest, IsAHomeThatItsOwnerAloneMayEnter) {
  ::umask(022);
  ASSERT_OK_AND_ASSIGN(const HomeCopy made, Copy(above_ + "/one/"));

  EXPECT_EQ(made.path, fs::canonical(above_).string() + "/one");
  EXPECT_EQ(made.store.events, 9u);
  const HomePaths copy(made.path);
  ASSERT_OK_AND_ASSIGN(const Identity identity, LoadIdentity(copy));
  EXPECT_EQ(identity.key->replica_id(), (*LoadIdentity(paths_)).key->replica_id());
  EXPECT_EQ(LoadConfig(copy)->name(), "Caf d'essai");
  EXPECT_TRUE(fs::exists(copy.admin_token()));
  EXPECT_FALSE(fs::exists(copy.lock()));
  // Until it has met its peers, once it is restored.
  EXPECT_TRUE(fs::exists(copy.from_backup()));
  EXPECT_OK(RemoveBackupMark(copy));
  EXPECT_FALSE(fs::exists(copy.from_backup()));
  EXPECT_OK(RemoveBackupMark(copy));
  struct stat status {};
  ASSERT_EQ(::stat(copy.home.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(copy.home)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  EXPECT_EQ(made.bytes, bytes);
  for (const std::string& secret : {copy.key(), copy.admin_token()}) {
    ASSERT_EQ(::stat(secret.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u) << secret;
  }
  const auto store = RocksEventStore::Open({.path = copy.store(), .create_if_missing = false});
  ASSERT_OK(store);
  EXPECT_EQ((*store)->ReadEvents(0, 0, 100, 1 << 20)->size(), 9u);
  EXPECT_EQ(std::distance(fs::directory_iterator(above_), fs::directory_iterator()), 1);
}

TEST_F(HomeCopyTest, GoesNowhereButToANewFolderOutsideTheHome) {
  EXPECT_EQ(Refused("backups/one"), "backup-path");
  EXPECT_EQ(Refused(""), "backup-path");
  EXPECT_EQ(Refused("/"), "backup-path");
  EXPECT_EQ(Refused(above_ + std::string("/a\0b", 4)), "backup-path");
  EXPECT_EQ(Refused(above_ + "/" + std::string(4096, 'x')), "backup-path");
  // Perhaps of a disk that is not mounted.
  EXPECT_EQ(Refused(above_ + "/none/one"), "file");

  EXPECT_EQ(Refused(above_), "backup-exists");
  EXPECT_EQ(Refused(above_ + "/.."), "backup-exists");
  fs::create_symlink("/nowhere", above_ + "/link");
  EXPECT_EQ(Refused(above_ + "/link"), "backup-exists");
  // Interrupted, or under way.
  fs::create_directory(above_ + "/.two.unfinished");
  EXPECT_EQ(Refused(above_ + "/two"), "backup-exists");

  EXPECT_EQ(Refused(paths_.home + "/one"), "backup-inside-home");
  EXPECT_EQ(Refused(paths_.store() + "/one"), "backup-inside-home");
  fs::create_symlink(paths_.home, above_ + "/in");
  EXPECT_EQ(Refused(above_ + "/in/one"), "backup-inside-home");
  EXPECT_FALSE(fs::exists(paths_.home + "/one"));
  // Beside the home, and named like it, is outside.
  EXPECT_OK(Copy(paths_.home + "-copy"));
}

TEST_F(HomeCopyTest, LeavesNothingWhereItFails) {
  const auto stopped = CopyHome(paths_, *store_, above_ + "/one", [] { return false; });
  EXPECT_EQ(stopped.status().code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(Names().empty());

  // Somebody's folder that came there meanwhile stays what it is.
  const auto late = CopyHome(paths_, *store_, above_ + "/late", [this] {
    fs::create_directory(above_ + "/late");
    return true;
  });
  EXPECT_EQ(RefusalOf(late.status()).rule, "backup-exists");
  EXPECT_EQ(Names(), std::vector<std::string>{above_ + "/late"});
  EXPECT_TRUE(fs::is_empty(above_ + "/late"));

  // What could not be started again is no backup.
  const std::string key = paths_.key();
  fs::rename(key, key + ".away");
  EXPECT_EQ(Refused(above_ + "/one", key), "home-file");
  fs::rename(key + ".away", key);
  EXPECT_OK(Copy(above_ + "/one"));
}

TEST_F(HomeCopyTest, SaysThatTheDiskOfTheBackupIsFull) {
  FaultyFs disk;
  const auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  disk.set_space_left(100);

  const auto copied = CopyHome(paths_, *store, above_ + "/one", [] { return true; });

  const Refusal refusal = RefusalOf(copied.status());
  EXPECT_EQ(refusal.code, absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(refusal.rule, "disk-full");
  EXPECT_EQ(refusal.field, "to");
  EXPECT_NE(refusal.fr.find("le disque de " + fs::canonical(above_).string() + " est plein"),
            std::string::npos)
      << refusal.fr;
  EXPECT_NE(refusal.next_fr.find("d'un autre disque"), std::string::npos) << refusal.next_fr;
  EXPECT_TRUE(Names().empty());
}

}  // namespace
}  // namespace greffe
