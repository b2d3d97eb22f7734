// Tokens are shown once, in one place, and kept in files of their owner alone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "client/cli/files.h"
#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(GreffeTest, WritesANewTokenForItsOwnerAlone) {
  replica_.admin.add_user = [](const v1::AddUserRequest& request, v1::AddUserResponse* response) {
    EXPECT_EQ(request.roles_size(), 2);
    response->mutable_user()->set_user(request.user());
    response->set_token("secret-1");
    return grpc::Status::OK;
  };
  const std::string file = replica_.home() + "/maire.token";

  const Outcome added =
      Greffe({"user", "add", "maire", "--role", "signatory,reader", "--token-out", file});

  EXPECT_EQ(added.code, 0) << added.err;
  EXPECT_EQ(ReadAll(file), "secret-1\n");
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_THAT(added.out, Not(HasSubstr("secret-1")));
}

// A reader that waits for the file never finds one without its token.
TEST_F(GreffeTest, PutsATokenInItsPlaceOnceItIsWhole) {
  const std::string file = replica_.home() + "/maire.token";
  bool there = true;
  replica_.admin.add_user = [&](const v1::AddUserRequest&, v1::AddUserResponse* response) {
    there = std::filesystem::exists(file);
    response->set_token("secret-1");
    return grpc::Status::OK;
  };

  EXPECT_EQ(Greffe({"user", "add", "maire", "--role", "reader", "--token-out", file}).code, 0);

  EXPECT_FALSE(there);
  EXPECT_EQ(ReadAll(file), "secret-1\n");

  // Another came there meanwhile: it stays, and the token is shown.
  const std::string taken = replica_.home() + "/taken.token";
  replica_.admin.add_user = [&](const v1::AddUserRequest&, v1::AddUserResponse* response) {
    std::ofstream(taken) << "secret-0\n";
    response->set_token("secret-2");
    return grpc::Status::OK;
  };
  const Outcome late = Greffe({"user", "add", "adjoint", "--role", "reader", "--token-out", taken});
  EXPECT_EQ(late.code, 1);
  EXPECT_EQ(late.out, "secret-2\n");
  EXPECT_THAT(late.err, AllOf(HasSubstr("existe à présent"), Not(HasSubstr("rien n'est fait"))));
  EXPECT_EQ(ReadAll(taken), "secret-0\n");
}

TEST_F(GreffeTest, ShowsATokenInOnePlaceAlone) {
  replica_.admin.add_user = [](const v1::AddUserRequest& request, v1::AddUserResponse* response) {
    response->mutable_user()->set_user(request.user());
    response->set_token("secret-1");
    return grpc::Status::OK;
  };
  const auto add = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"user", "add", "maire", "--role", "signatory"});
    return Greffe(more);
  };
  const std::string file = replica_.home() + "/maire.token";

  const Outcome json = add({"--json", "--token-out", file});
  EXPECT_EQ(json.code, 0) << json.err;
  EXPECT_EQ(FromJson<v1::AddUserResponse>(json.out).user().user(), "maire");
  EXPECT_THAT(json.out, Not(HasSubstr("secret-1")));
  EXPECT_EQ(ReadAll(file), "secret-1\n");

  // A file that takes nothing: the user exists, and the token comes once.
  const Outcome full = add({"--token-out", "/dev/full"});
  EXPECT_EQ(full.code, 1);
  EXPECT_EQ(full.out, "secret-1\n");
  EXPECT_THAT(full.err, HasSubstr("ne s'écrit pas"));
  const Outcome full_json = add({"--json", "--token-out", "/dev/full"});
  EXPECT_EQ(full_json.code, 1);
  EXPECT_EQ(FromJson<v1::AddUserResponse>(full_json.out).token(), "secret-1");
}

TEST_F(GreffeTest, NeverWritesOverAFileNorAsksForATokenItCouldNotKeep) {
  bool asked = false;
  replica_.admin.add_user = [&](const auto&, auto*) {
    asked = true;
    return grpc::Status::OK;
  };
  const std::string file = replica_.home() + "/maire.token";
  std::ofstream(file) << "secret-0\n";

  const Outcome added =
      Greffe({"user", "add", "maire", "--role", "signatory", "--token-out", file});
  const Outcome drafted = Greffe({"convention", "template", "--output", file});
  const Outcome exported = Greffe({"audit", "export", "c0c0c0", "--output", file});

  for (const Outcome& one : {added, drafted, exported}) {
    EXPECT_EQ(one.code, 1);
    EXPECT_THAT(one.err, AllOf(HasSubstr("existe déjà"), HasSubstr("À faire")));
  }
  EXPECT_FALSE(asked);
  EXPECT_EQ(ReadAll(file), "secret-0\n");
}

}  // namespace
}  // namespace greffe::cli
