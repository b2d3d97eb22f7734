#include "server/main/init_home.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <barrier>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "core/base/refusal.h"
#include "server/identity/home.h"
#include "server/main/open_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace greffe {
namespace {

InitOptions Wanted(const std::string& home) {
  InitOptions options{.home = home};
  options.partner.set_partner_id("caf-99");
  options.partner.set_name("Caf d'essai");
  options.partner.set_kind(v1::PARTNER_KIND_CAF);
  return options;
}

TEST(InitHome, GivesTheFolderToOneOfManyAndTakesNothingOfItsAway) {
  constexpr std::size_t kAtOnce = 8;
  for (int round = 0; round < 4; ++round) {
    TempFolder folder;
    const HomePaths paths(folder.path() + "/home");
    std::vector<absl::StatusOr<ReplicaId>> made(kAtOnce, absl::UnknownError("not run"));
    std::barrier start(kAtOnce);
    std::vector<std::thread> threads;
    for (auto& one : made) {
      threads.emplace_back([&one, &paths, &start] {
        start.arrive_and_wait();
        one = InitHome(Wanted(paths.home));
      });
    }
    for (std::thread& thread : threads) thread.join();

    int winners = 0;
    for (const auto& one : made) {
      if (one.ok()) {
        ++winners;
        ASSERT_OK_AND_ASSIGN(const Identity identity, LoadIdentity(paths));
        EXPECT_EQ(identity.key->replica_id(), *one);
        continue;
      }
      const Refusal refusal = RefusalOf(one.status());
      EXPECT_TRUE(refusal.rule == "home" || refusal.rule == "home-in-use") << refusal.fr;
      EXPECT_EQ(refusal.fr.find("Réplique non créée"), std::string::npos) << refusal.fr;
    }
    EXPECT_EQ(winners, 1);
    EXPECT_OK(LoadConfig(paths));
    EXPECT_OK(OpenHomeStore(paths));
    EXPECT_TRUE(std::filesystem::exists(paths.admin_token()));
  }
}

// So many files at once beyond those that are open: with 2 as many as the home itself takes, and
// none for the store.
class FewFiles final {
 public:
  explicit FewFiles(rlim_t more) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::close(next);
    rlimit few = before_;
    few.rlim_cur = static_cast<rlim_t>(next) + more;
    ::setrlimit(RLIMIT_NOFILE, &few);
  }
  ~FewFiles() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST(InitHome, LeavesNothingOfAStoreThatFailsAndNamesNoStepOfALaterOne) {
  TempFolder folder;
  const HomePaths paths(folder.path() + "/home");
  absl::Status status;
  {
    const FewFiles few(2);
    status = InitHome(Wanted(paths.home)).status();
  }

  const Refusal refusal = RefusalOf(status);
  EXPECT_NE(refusal.fr.find("rien n'est resté"), std::string::npos) << refusal.fr;
  EXPECT_NE(refusal.next_fr.find("relancez la même commande"), std::string::npos);
  EXPECT_NE(refusal.next_en.find("run the same command again"), std::string::npos);
  for (const char* later : {"redémarrez", "sauvegarde", "Libérez de la place"}) {
    EXPECT_EQ(refusal.next_fr.find(later), std::string::npos) << refusal.next_fr;
  }
  EXPECT_FALSE(std::filesystem::exists(paths.home));
  EXPECT_OK(InitHome(Wanted(paths.home)));
}

TEST(InitHome, LeavesNoFolderWhoseLockItCouldNotMake) {
  TempFolder folder;
  const HomePaths paths(folder.path() + "/home");
  absl::Status status;
  {
    const FewFiles none(0);
    status = InitHome(Wanted(paths.home)).status();
  }

  EXPECT_EQ(RefusalOf(status).rule, "file") << status;
  EXPECT_NE(RefusalOf(status).fr.find("rien n'est resté"), std::string::npos) << status;
  EXPECT_FALSE(std::filesystem::exists(paths.home));
}

}  // namespace
}  // namespace greffe
