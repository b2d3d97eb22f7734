#include "server/main/open_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/refusal.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

absl::Status Cause(absl::StatusCode code, const char* rule, const char* next) {
  return ToStatus({.code = code,
                   .rule = rule,
                   .field = "",
                   .fr = "une cause",
                   .en = "a cause",
                   .next_fr = next,
                   .next_en = next});
}

TEST(StoreNotOpened, GivesTheStepOfItsCauseAlone) {
  const HomePaths paths("/h");
  const auto no_backup = AllOf(Not(HasSubstr("sauvegarde")), Not(HasSubstr("de lui-même")));
  const absl::Status full =
      StoreNotOpened(paths,
                     Cause(absl::StatusCode::kResourceExhausted, "disk-full",
                           "libérez de la place ; greffed reprend alors de lui-même"),
                     StoreUser::kRun);
  EXPECT_EQ(full.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(RefusalOf(full).next_fr, AllOf(HasSubstr("relancez la même commande"), no_backup));
  EXPECT_THAT(RefusalOf(full).next_en, Not(HasSubstr("backup")));
  for (const auto& [code, rule] :
       {std::pair(absl::StatusCode::kUnavailable, "store-io"),
        std::pair(absl::StatusCode::kPermissionDenied, "store-permission"),
        std::pair(absl::StatusCode::kFailedPrecondition, "store-locked")}) {
    const Refusal refusal =
        RefusalOf(StoreNotOpened(paths, Cause(code, rule, "le pas"), StoreUser::kRun));
    // Exit code 4, whatever the cause: nothing of the store can be proven.
    EXPECT_EQ(refusal.code, absl::StatusCode::kDataLoss) << rule;
    EXPECT_EQ(refusal.next_fr, "le pas") << rule;
    EXPECT_THAT(refusal.fr, HasSubstr("une cause"));
  }
}

TEST(StoreNotOpened, AsksForTheWholeBackupAndASyncWhenItIsDamagedOrGone) {
  const HomePaths paths("/h");
  for (const auto code : {absl::StatusCode::kDataLoss, absl::StatusCode::kNotFound}) {
    for (const StoreUser user : {StoreUser::kRun, StoreUser::kCheck}) {
      const Refusal refusal = RefusalOf(StoreNotOpened(paths, Cause(code, "x", "init"), user));
      EXPECT_EQ(refusal.code, absl::StatusCode::kDataLoss);
      EXPECT_THAT(refusal.next_fr, HasSubstr("avant toute nouvelle commande : greffe sync --wait"));
      EXPECT_THAT(refusal.next_en, HasSubstr("before any new command: greffe sync --wait"));
      EXPECT_THAT(refusal.next_fr, Not(HasSubstr("init")));
      // Who is checking already is not sent to check.
      const bool sent = user == StoreUser::kRun;
      EXPECT_EQ(refusal.next_fr.find("greffed check") != std::string::npos, sent);
      EXPECT_EQ(refusal.next_en.find("greffed check") != std::string::npos, sent);
    }
  }
}

}  // namespace
}  // namespace greffe
