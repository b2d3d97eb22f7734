#include "server/identity/home.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "core/base/refusal.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace greffe {
namespace {

using testing_support::StatusIs;

int ModeOf(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return static_cast<int>(status.st_mode & 0777);
}

class HomeTest : public testing::Test {
 protected:
  TempFolder folder_;
  HomePaths paths_{folder_.path() + "/home"};
};

TEST_F(HomeTest, KeepsItsKeyToItsOwner) {
  ASSERT_OK(MakeHome(paths_));
  ASSERT_OK(MakeIdentity(paths_, std::string(32, 'k')));

  EXPECT_EQ(ModeOf(paths_.home), 0700);
  EXPECT_EQ(ModeOf(paths_.key()), 0600);
}

TEST_F(HomeTest, GivesTheSameIdentityBack) {
  ASSERT_OK(MakeHome(paths_));
  ASSERT_OK_AND_ASSIGN(const Identity made, MakeIdentity(paths_, std::string(32, 'k')));

  ASSERT_OK_AND_ASSIGN(const Identity loaded, LoadIdentity(paths_));

  EXPECT_EQ(loaded.key->replica_id(), made.key->replica_id());
  EXPECT_EQ(loaded.certificate_der, made.certificate_der);
}

TEST_F(HomeTest, RefusesAKeyThatOthersCanRead) {
  ASSERT_OK(MakeHome(paths_));
  ASSERT_OK(MakeIdentity(paths_, std::string(32, 'k')));
  ASSERT_EQ(::chmod(paths_.key().c_str(), 0640), 0);

  EXPECT_EQ(RefusalOf(LoadIdentity(paths_).status()).rule, "secret-mode");
}

TEST_F(HomeTest, RefusesAnAdministratorsTokenThatOthersCanRead) {
  ASSERT_OK(MakeHome(paths_));
  ASSERT_OK(MakeIdentity(paths_, std::string(32, 'k')));
  std::ofstream(paths_.admin_token()) << "secret\n";
  ASSERT_EQ(::chmod(paths_.admin_token().c_str(), 0644), 0);

  const Refusal refusal = RefusalOf(LoadIdentity(paths_).status());
  EXPECT_EQ(refusal.rule, "secret-mode");
  EXPECT_EQ(refusal.field, paths_.admin_token());

  ASSERT_EQ(::chmod(paths_.admin_token().c_str(), 0600), 0);
  EXPECT_OK(LoadIdentity(paths_));
}

// Another certificate, address or file: as good as the key.
TEST_F(HomeTest, RefusesAFolderCertificateOrConfigurationThatOthersCanWrite) {
  ASSERT_OK(MakeHome(paths_));
  ASSERT_OK(MakeIdentity(paths_, std::string(32, 'k')));
  v1::ServerConfig config;
  config.set_name("Caf d'essai");
  ASSERT_OK(SaveConfig(paths_, config));
  const auto load = [this] {
    const absl::Status read = LoadConfig(paths_).status();
    return read.ok() ? LoadIdentity(paths_).status() : read;
  };
  for (const std::string& path : {paths_.home, paths_.certificate(), paths_.config()}) {
    for (const int mode : {0720, 0702}) {
      ASSERT_EQ(::chmod(path.c_str(), mode), 0);
      const Refusal refusal = RefusalOf(load());
      EXPECT_EQ(refusal.rule, "file-mode") << path;
      EXPECT_EQ(refusal.field, path);
      for (const std::string& next : {refusal.next_fr, refusal.next_en}) {
        EXPECT_NE(next.find("chmod go-w '" + path + "'"), std::string::npos) << next;
      }
    }
    // What others may read of these is no secret.
    ASSERT_EQ(::chmod(path.c_str(), 0755), 0);
    EXPECT_OK(load());
  }
}

TEST_F(HomeTest, FindsACertificateOfAnotherKey) {
  ASSERT_OK(MakeHome(paths_));
  ASSERT_OK(MakeIdentity(paths_, std::string(32, 'k')));
  std::ofstream(paths_.key(), std::ios::binary) << std::string(32, 'l');

  EXPECT_THAT(LoadIdentity(paths_), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(HomeTest, IsNeverMadeOverAnother) {
  ASSERT_OK(MakeHome(paths_));
  std::ofstream(paths_.home + "/something") << "x";

  EXPECT_EQ(RefusalOf(MakeHome(paths_)).rule, "home");
}

TEST_F(HomeTest, IsLockedByOneAtATime) {
  ASSERT_OK(MakeHome(paths_));
  ASSERT_OK_AND_ASSIGN(auto lock, HomeLock::Take(paths_));

  const Refusal refusal = RefusalOf(HomeLock::Take(paths_).status());
  EXPECT_EQ(refusal.rule, "home-in-use");
  // Who holds it, so that people find it.
  const std::string process = std::to_string(::getpid());
  EXPECT_NE(refusal.fr.find("(processus " + process + ")"), std::string::npos) << refusal.fr;
  EXPECT_NE(refusal.en.find("(process " + process + ")"), std::string::npos) << refusal.en;
  lock.reset();
  EXPECT_OK(HomeLock::Take(paths_));
}

// An init that failed takes its folder away while another command waits at the lock file's door:
// the file that this one then has in hand is nobody's lock any more.
TEST_F(HomeTest, IsNotHeldByALockFileThatAnotherOneReplaced) {
  ASSERT_OK(MakeHome(paths_));
  // Until this lease is given back, whoever opens the file waits in the middle of it.
  const auto ignored = std::signal(SIGIO, SIG_IGN);
  const int fd = ::open(paths_.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_GE(fd, 0);
  if (::fcntl(fd, F_SETLEASE, F_WRLCK) != 0)
    GTEST_SKIP() << "file leases: this file system has none";
  absl::Status first;
  std::thread opener([this, &first] { first = HomeLock::Take(paths_).status(); });
  bool waits = false;
  for (int i = 0; i < 10'000 && !waits; ++i) {
    waits = ::fcntl(fd, F_GETLEASE) != F_WRLCK;
    ::usleep(1000);
  }

  std::filesystem::remove(paths_.lock());
  const auto second = HomeLock::Take(paths_);
  ::fcntl(fd, F_SETLEASE, F_UNLCK);
  opener.join();
  ::close(fd);
  std::signal(SIGIO, ignored);

  EXPECT_TRUE(waits);
  EXPECT_OK(second);
  EXPECT_EQ(RefusalOf(first).rule, "home-in-use") << first;
}

TEST_F(HomeTest, NamesNoHolderOfThePastAndKeepsTheNameOfTheOneThatHolds) {
  ASSERT_OK(MakeHome(paths_));
  ASSERT_OK_AND_ASSIGN(auto lock, HomeLock::Take(paths_));
  // A refusal takes nothing from the holder's name.
  EXPECT_FALSE(HomeLock::Take(paths_).ok());
  EXPECT_GT(std::filesystem::file_size(paths_.lock()), 0u);

  lock.reset();

  EXPECT_EQ(std::filesystem::file_size(paths_.lock()), 0u);
}

TEST_F(HomeTest, IsMadeAgainWhereAFailedInitTookItAway) {
  ASSERT_OK(MakeHome(paths_));
  std::filesystem::remove_all(paths_.home);

  EXPECT_OK(HomeLock::TakeNew(paths_));
  // A replica that is run is not made.
  std::filesystem::remove_all(paths_.home);
  EXPECT_EQ(RefusalOf(HomeLock::Take(paths_).status()).rule, "home");
}

TEST_F(HomeTest, IsFilledByOneOfTwoThatFoundItEmpty) {
  // Both find it empty; the first one has done its work when the second one asks for the lock.
  ASSERT_OK(MakeHome(paths_));
  ASSERT_OK(MakeHome(paths_));
  {
    ASSERT_OK_AND_ASSIGN(const auto lock, HomeLock::TakeNew(paths_));
    EXPECT_EQ(RefusalOf(HomeLock::TakeNew(paths_).status()).rule, "home-in-use");
    ASSERT_OK(MakeIdentity(paths_, std::string(32, 'k')));
  }

  const Refusal refusal = RefusalOf(HomeLock::TakeNew(paths_).status());

  EXPECT_EQ(refusal.rule, "home");
  EXPECT_NE(refusal.fr.find("Une autre commande"), std::string::npos) << refusal.fr;
  EXPECT_NE(refusal.next_en.find("greffed run --home " + paths_.home), std::string::npos);
}

TEST_F(HomeTest, RefusesAnUnknownFieldInItsConfigurationByName) {
  ASSERT_OK(MakeHome(paths_));
  std::ofstream(paths_.config()) << R"({"name": "x", "lisen": "127.0.0.1:1"})";

  const absl::Status status = LoadConfig(paths_).status();

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_NE(RefusalOf(status).fr.find("lisen"), std::string::npos);
}

TEST_F(HomeTest, SaysInFrenchWhatIsWrongWithItsConfiguration) {
  ASSERT_OK(MakeHome(paths_));
  const auto said = [this](const char* json) {
    std::ofstream(paths_.config()) << json;
    return RefusalOf(LoadConfig(paths_).status()).fr;
  };

  EXPECT_EQ(said(R"({"lisen": "x"})"),
            "Configuration illisible, " + paths_.config() + " : le champ « lisen » est inconnu.");
  EXPECT_EQ(said(R"({"name": 12})"), "Configuration illisible, " + paths_.config() +
                                         " : le champ « name » n'admet pas cette valeur.");
  EXPECT_EQ(said("{\n  \"name\": \"é\",\n  \"listen\" \"x\"\n}\n"),
            "Configuration illisible, " + paths_.config() + " : ligne 3, ce n'est pas du JSON.");
  EXPECT_EQ(said("[]"),
            "Configuration illisible, " + paths_.config() + " : ce n'est pas la forme attendue.");
}

TEST(SocketPath, IsTakenUpTo107Bytes) {
  EXPECT_OK(CheckSocketPath(std::string(107, 'x')));

  const absl::Status status = CheckSocketPath(std::string(108, 'x'));
  EXPECT_EQ(RefusalOf(status).rule, "socket-path");
  EXPECT_NE(RefusalOf(status).fr.find("107"), std::string::npos);
}

}  // namespace
}  // namespace greffe
