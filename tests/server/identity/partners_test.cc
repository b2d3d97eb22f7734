#include "server/identity/partners.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "tests/server/identity/record_store.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing_support::StatusIs;

v1::PartnerCard Card(const std::string& id) {
  v1::PartnerCard out;
  out.set_partner_id(id);
  out.set_name("Commune");
  out.set_kind(v1::PARTNER_KIND_COMMUNE);
  return out;
}

TEST(Partners, AreThereAfterTheStoreIsReadAgain) {
  RecordStore records;
  {
    ASSERT_OK_AND_ASSIGN(const auto partners, Partners::Open(records.store(), records.writer()));
    ASSERT_OK(partners->Add(Card("commune-47015")));
  }

  ASSERT_OK_AND_ASSIGN(const auto partners, Partners::Open(records.store(), records.writer()));

  EXPECT_TRUE(partners->Has("commune-47015"));
  EXPECT_EQ(partners->Ids(), std::vector<std::string>{"commune-47015"});
}

TEST(Partners, AreAtMost64AReplica) {
  RecordStore records;
  ASSERT_OK_AND_ASSIGN(const auto partners, Partners::Open(records.store(), records.writer()));
  for (std::size_t i = 0; i < limits::kPartnersPerReplica; ++i) {
    ASSERT_OK(partners->Add(Card(absl::StrCat("p-", i))));
  }

  const absl::Status status = partners->Add(Card("one-more")).status();

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(RefusalOf(status).rule, "limit-partners");
}

TEST(Partners, AreAddedOnce) {
  RecordStore records;
  ASSERT_OK_AND_ASSIGN(const auto partners, Partners::Open(records.store(), records.writer()));
  ASSERT_OK(partners->Add(Card("a")));

  EXPECT_THAT(partners->Add(Card("a")), StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST(Partners, BelongToTheFirstOneAdded) {
  RecordStore records;
  {
    ASSERT_OK_AND_ASSIGN(const auto partners, Partners::Open(records.store(), records.writer()));
    EXPECT_EQ(partners->Own(), "");
    ASSERT_OK(partners->Add(Card("z")));
    ASSERT_OK(partners->Add(Card("a")));
    EXPECT_EQ(partners->Own(), "z");
  }
  ASSERT_OK_AND_ASSIGN(const auto partners, Partners::Open(records.store(), records.writer()));
  ASSERT_OK(partners->KeepOwn("a"));
  ASSERT_OK(partners->Reload());
  EXPECT_EQ(partners->Own(), "z") << "once and for all";
}

TEST(Partners, OfAnEarlierVersionAreGivenAnOwnOneOnce) {
  RecordStore records;
  // As it was written: the cards alone.
  ASSERT_OK(records.writer()(
      {MakeRecord("partners", "a", Card("a")), MakeRecord("partners", "z", Card("z"))}));
  {
    ASSERT_OK_AND_ASSIGN(const auto partners, Partners::Open(records.store(), records.writer()));
    EXPECT_EQ(partners->Own(), "");
    ASSERT_OK(partners->KeepOwn("z"));
  }
  ASSERT_OK_AND_ASSIGN(const auto partners, Partners::Open(records.store(), records.writer()));
  EXPECT_EQ(partners->Own(), "z");
}

TEST(GuessOwnPartner, TakesTheOnlyOneThenTheNameThenTheFirstAdministrator) {
  std::vector<v1::PartnerCard> partners = {Card("a")};
  std::vector<v1::UserView> users(2);
  users[0].set_partner_id("a");
  users[0].add_roles(v1::ROLE_ADMIN);
  users[0].mutable_added_at()->set_seconds(20);
  users[1].set_partner_id("z");
  users[1].add_roles(v1::ROLE_ADMIN);
  users[1].mutable_added_at()->set_seconds(10);

  EXPECT_EQ(GuessOwnPartner(partners, users, "Caf"), "a");
  partners.push_back(Card("z"));
  EXPECT_EQ(GuessOwnPartner(partners, users, "Caf"), "z") << "first administrator";
  EXPECT_EQ(GuessOwnPartner(partners, users, "Commune"), "z") << "two of that name";
  partners[0].set_name("Caf");
  EXPECT_EQ(GuessOwnPartner(partners, users, "Caf"), "a") << "by name";
  users[1].clear_roles();
  EXPECT_EQ(GuessOwnPartner(partners, users, ""), "a") << "administrators alone";
  EXPECT_EQ(GuessOwnPartner({}, {}, "Caf"), "");
}

TEST(PartnerCard, NamesTheFieldThatBreaksARule) {
  const auto field_of = [](const v1::PartnerCard& card) {
    return RefusalOf(NormalisePartnerCard(card, "card").status()).field;
  };
  v1::PartnerCard siren = Card("a");
  siren.set_siren("12345678");
  EXPECT_EQ(field_of(siren), "card.siren");
  // Nine digits of a wrong key: whoever enters them can mend that, whoever is sent them cannot.
  siren.set_siren("123456789");
  EXPECT_EQ(field_of(siren), "");
  EXPECT_EQ(RefusalOf(EnteredPartnerCard(siren, "card").status()).rule, "CHK-01");
  v1::PartnerCard insee = Card("a");
  insee.set_insee("4701");
  EXPECT_EQ(field_of(insee), "card.insee");
  v1::PartnerCard kind = Card("a");
  kind.clear_kind();
  EXPECT_EQ(field_of(kind), "card.kind");
  v1::PartnerCard name = Card("a");
  name.clear_name();
  EXPECT_EQ(field_of(name), "card.name");
}

TEST(PartnerCard, TakesNamesOfAtMost500CharactersAndCorsicanCodes) {
  v1::PartnerCard card = Card("a");
  card.set_insee("2A004");
  card.set_siren("123456782");
  card.set_name(std::string(limits::kTitleCharacters, 'x'));
  EXPECT_OK(NormalisePartnerCard(card, "card"));

  card.set_name(std::string(limits::kTitleCharacters + 1, 'x'));
  EXPECT_THAT(NormalisePartnerCard(card, "card"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(PartnerCards, OfAPeerAreAtMost64) {
  google::protobuf::RepeatedPtrField<v1::PartnerCard> cards;
  for (std::size_t i = 0; i < limits::kPartnersPerReplica; ++i) {
    *cards.Add() = Card(absl::StrCat("p-", i));
  }
  EXPECT_OK(NormalisePartnerCards(cards));

  *cards.Add() = Card("one-more");
  EXPECT_THAT(NormalisePartnerCards(cards), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace greffe
