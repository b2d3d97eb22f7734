#include "server/identity/users.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "tests/server/identity/record_store.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing_support::StatusIs;
constexpr Instant kSomeTime{1'700'000'000'000'000};

v1::UserView Wanted(const std::string& login, v1::Role role = v1::ROLE_ADMIN) {
  v1::UserView out;
  out.set_user(login);
  out.set_partner_id("caf-99");
  out.add_roles(role);
  return out;
}

class UsersTest : public testing::Test {
 protected:
  std::unique_ptr<Users> Open() {
    auto users = Users::Open(records_.store(), records_.writer());
    EXPECT_OK(users);
    return *std::move(users);
  }
  RecordStore records_;
};

TEST_F(UsersTest, OpensWithTheTokenGivenAtTheirMaking) {
  const auto users = Open();
  ASSERT_OK_AND_ASSIGN(const NewUser added, users->Add(Wanted("martin.d"), kSomeTime));

  ASSERT_OK_AND_ASSIGN(const v1::UserView user, users->Authenticate(added.token));

  EXPECT_EQ(user.user(), "martin.d");
  EXPECT_EQ(user.partner_id(), "caf-99");
  EXPECT_EQ(user.added_at().seconds(), 1'700'000'000);
}

TEST_F(UsersTest, AreThereAfterTheStoreIsReadAgain) {
  ASSERT_OK_AND_ASSIGN(const NewUser added, Open()->Add(Wanted("a"), kSomeTime));

  EXPECT_OK(Open()->Authenticate(added.token));
}

TEST_F(UsersTest, KeepNoTokenInTheStore) {
  ASSERT_OK_AND_ASSIGN(const NewUser added, Open()->Add(Wanted("a"), kSomeTime));

  ASSERT_OK_AND_ASSIGN(const auto rows, records_.store().ReadTable("users"));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].value->find(added.token), std::string::npos);
  EXPECT_EQ(rows[0].value->find(added.token.substr(7)), std::string::npos);
}

TEST_F(UsersTest, RefuseAWrongTokenAndSayWhatToDo) {
  const auto users = Open();
  ASSERT_OK_AND_ASSIGN(NewUser added, users->Add(Wanted("a"), kSomeTime));
  added.token.back() = added.token.back() == 'A' ? 'B' : 'A';

  const absl::Status status = users->Authenticate(added.token).status();

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_EQ(RefusalOf(status).rule, "token");
  EXPECT_NE(RefusalOf(status).next_fr.find("greffe user add"), std::string::npos);
}

TEST_F(UsersTest, AreOutAtOnceWhenRemoved) {
  const auto users = Open();
  ASSERT_OK(users->Add(Wanted("admin"), kSomeTime));
  ASSERT_OK_AND_ASSIGN(const NewUser added, users->Add(Wanted("b", v1::ROLE_READER), kSomeTime));

  ASSERT_OK(users->Remove("b", "caf-99"));

  EXPECT_THAT(users->Authenticate(added.token), StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_THAT(Open()->Authenticate(added.token), StatusIs(absl::StatusCode::kUnauthenticated));
}

TEST_F(UsersTest, HaveUniqueLogins) {
  const auto users = Open();
  ASSERT_OK(users->Add(Wanted("a"), kSomeTime));

  EXPECT_THAT(users->Add(Wanted("a"), kSomeTime), StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_F(UsersTest, KeepTheLastAdministrator) {
  const auto users = Open();
  ASSERT_OK(users->Add(Wanted("a"), kSomeTime));
  ASSERT_OK(users->Add(Wanted("b", v1::ROLE_READER), kSomeTime));

  const absl::Status status = users->Remove("a", "caf-99");

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(RefusalOf(status).rule, "last-admin");
  EXPECT_EQ(users->List().size(), 2u);
}

TEST_F(UsersTest, DoWhatTheirNewRolesSayUnderTheSameToken) {
  const auto users = Open();
  ASSERT_OK(users->Add(Wanted("admin"), kSomeTime));
  ASSERT_OK_AND_ASSIGN(const NewUser added, users->Add(Wanted("b", v1::ROLE_READER), kSomeTime));

  ASSERT_OK_AND_ASSIGN(const v1::UserView changed,
                       users->SetRoles("b", {v1::ROLE_SIGNATORY}, "Maire", "caf-99"));

  EXPECT_EQ(changed.office(), "Maire");
  const auto read_again = Open();
  for (const Users* table : {users.get(), read_again.get()}) {
    ASSERT_OK_AND_ASSIGN(const v1::UserView user, table->Authenticate(added.token));
    ASSERT_EQ(user.roles_size(), 1);
    EXPECT_EQ(user.roles(0), v1::ROLE_SIGNATORY);
    EXPECT_EQ(user.office(), "Maire");
    EXPECT_EQ(user.added_at().seconds(), kSomeTime.micros / 1'000'000);
  }
  // An office that is not said stays.
  ASSERT_OK(users->SetRoles("b", {v1::ROLE_SIGNATORY, v1::ROLE_READER}, std::nullopt, "caf-99"));
  EXPECT_EQ(users->Authenticate(added.token)->office(), "Maire");
}

TEST_F(UsersTest, KeepTheirRolesWhenTheNewOnesWillNotDo) {
  const auto users = Open();
  ASSERT_OK_AND_ASSIGN(const NewUser added, users->Add(Wanted("a"), kSomeTime));
  const auto rule_of = [&](const char* login, std::vector<v1::Role> roles) {
    return RefusalOf(users->SetRoles(login, roles, std::nullopt, "caf-99").status()).rule;
  };

  EXPECT_EQ(rule_of("nobody", {v1::ROLE_READER}), "user");
  EXPECT_EQ(rule_of("a", {}), "user-roles");
  EXPECT_EQ(rule_of("a", {v1::ROLE_ADMIN, v1::ROLE_SIGNATORY}), "user-office");
  EXPECT_EQ(rule_of("a", {v1::ROLE_READER}), "last-admin");

  ASSERT_OK_AND_ASSIGN(const v1::UserView user, users->Authenticate(added.token));
  EXPECT_EQ(user.roles(0), v1::ROLE_ADMIN);
  ASSERT_OK(users->Add(Wanted("b"), kSomeTime));
  EXPECT_EQ(rule_of("a", {v1::ROLE_READER}), "");
}

TEST_F(UsersTest, GoWhenTheyAreNotTheLastAdministratorOfTheOwnPartner) {
  const auto users = Open();
  // A hosted partner's administrator and a reader, of a partner that nobody administers here.
  ASSERT_OK(users->Add(Wanted("a"), kSomeTime));
  ASSERT_OK(users->Add(Wanted("b", v1::ROLE_READER), kSomeTime));

  EXPECT_OK(users->Remove("b", "another"));
  EXPECT_OK(users->Remove("a", "another"));
}

TEST_F(UsersTest, KeepTheLastAdministratorWhateverHostedPartnersHave) {
  const auto users = Open();
  ASSERT_OK(users->Add(Wanted("a"), kSomeTime));
  v1::UserView hosted = Wanted("h");
  hosted.set_partner_id("rodez");
  ASSERT_OK(users->Add(hosted, kSomeTime));

  EXPECT_EQ(RefusalOf(users->Remove("a", "caf-99")).rule, "last-admin");
  EXPECT_OK(users->Remove("h", "caf-99"));
}

TEST_F(UsersTest, AreNotThereWhenTheWriteFailed) {
  const auto users = Open();
  records_.broken = absl::ResourceExhaustedError("disk full");

  EXPECT_THAT(users->Add(Wanted("a"), kSomeTime), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_TRUE(users->List().empty());
}

TEST_F(UsersTest, AreReadAgainAfterAWriteOfUnknownFate) {
  const auto users = Open();
  records_.broken = absl::UnavailableError("sync failed");
  records_.late = true;
  EXPECT_FALSE(users->Add(Wanted("a"), kSomeTime).ok());
  EXPECT_TRUE(users->List().empty());

  ASSERT_OK(users->Reload());
  EXPECT_EQ(users->List().size(), 1u);
}

TEST(CheckUser, TakesLoginsOfOneTo64Characters) {
  EXPECT_OK(CheckUser(Wanted("a")));
  EXPECT_OK(CheckUser(Wanted(std::string(limits::kIdCharacters, 'a'))));
  for (const std::string& bad : {std::string(), std::string(limits::kIdCharacters + 1, 'a'),
                                 std::string("Martin"), std::string("a b"), std::string("é")}) {
    EXPECT_THAT(CheckUser(Wanted(bad)), StatusIs(absl::StatusCode::kInvalidArgument)) << bad;
  }
}

TEST(CheckUser, TakesOfficesOfAtMost200Characters) {
  v1::UserView user = Wanted("a");
  std::string office;
  for (std::size_t i = 0; i < limits::kOfficeCharacters; ++i) office += "é";
  user.set_office(office);
  EXPECT_OK(CheckUser(user));

  user.set_office(office + "é");
  EXPECT_EQ(RefusalOf(CheckUser(user)).rule, "limit-office");
}

TEST(CheckUser, WantsTheOfficeForWhichASignatorySigns) {
  v1::UserView user = Wanted("maire", v1::ROLE_SIGNATORY);
  const Refusal refusal = RefusalOf(CheckUser(user));
  EXPECT_EQ(refusal.rule, "user-office");
  EXPECT_EQ(refusal.field, "office");
  EXPECT_NE(refusal.next_fr.find("--office"), std::string::npos);

  user.set_office("Maire");
  EXPECT_OK(CheckUser(user));
}

TEST(CheckUser, WantsARole) {
  v1::UserView user = Wanted("a");
  user.clear_roles();
  EXPECT_EQ(RefusalOf(CheckUser(user)).rule, "user-roles");
}

}  // namespace
}  // namespace greffe
