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
  ASSERT_OK(partners->Reload());
  EXPECT_EQ(partners->Own(), "z");
}

TEST(Partners, OfAnEarlierVersionAreGivenAnOwnOne) {
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

v1::UserView Admin(const std::string& partner, std::int64_t added_at) {
  v1::UserView out;
  out.set_partner_id(partner);
  out.add_roles(v1::ROLE_ADMIN);
  out.mutable_added_at()->set_seconds(added_at);
  return out;
}

v1::PartnerCard Named(const std::string& id, const std::string& name) {
  v1::PartnerCard out = Card(id);
  out.set_name(name);
  return out;
}

TEST(OwnPartner, IsTheOnlyOneOfItsNameThatHasAnAdministratorElseThatOfTheFirst) {
  const std::vector<v1::UserView> users = {Admin("a", 20), Admin("z", 10), Admin("z", 30)};

  EXPECT_EQ(OwnPartner("", {Card("a")}, {Admin("a", 20)}, "Caf"), "a");
  EXPECT_EQ(OwnPartner("", {Card("a"), Card("z")}, users, "Caf"), "z") << "first administrator";
  EXPECT_EQ(OwnPartner("", {Card("a"), Card("z")}, users, "Commune"), "z") << "two of that name";
  EXPECT_EQ(OwnPartner("", {Named("a", "Caf"), Card("z")}, users, "Caf"), "a") << "by name";
}

// Whoever is named alone administers the machine: a partner without an administrator would leave
// it to nobody.
TEST(OwnPartner, IsNeverOneThatNobodyAdministersWhileAnotherIs) {
  v1::UserView reader = Admin("caf", 1);
  reader.set_roles(0, v1::ROLE_READER);
  const std::vector<v1::PartnerCard> partners = {Named("caf", "Caf"), Card("a"), Card("z")};
  const std::vector<v1::UserView> users = {reader, Admin("z", 10), Admin("a", 20)};

  EXPECT_EQ(OwnPartner("", partners, users, "Caf"), "z")
      << "of the replica's name, no administrator";
  EXPECT_EQ(OwnPartner("caf", partners, users, "Caf"), "z") << "named by an earlier version";
  EXPECT_EQ(OwnPartner("", {Card("a"), Named("z", "Caf"), Card("caf")}, {Admin("a", 20)}, "Caf"),
            "a")
      << "the only one";
}

TEST(OwnPartner, StaysTheOneNamedAsLongAsItHasAnAdministrator) {
  const std::vector<v1::PartnerCard> partners = {Card("a"), Named("z", "Caf")};
  const std::vector<v1::UserView> users = {Admin("a", 20), Admin("z", 10)};

  EXPECT_EQ(OwnPartner("a", partners, users, "Caf"), "a");
  // Nobody administers anything: nothing is gained by another name.
  EXPECT_EQ(OwnPartner("a", partners, {}, "Caf"), "a");
  EXPECT_EQ(OwnPartner("", {Card("a")}, {}, "Caf"), "a");
  EXPECT_EQ(OwnPartner("", partners, {}, "Caf"), "");
  EXPECT_EQ(OwnPartner("", {}, {}, "Caf"), "");
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

// The layer knows the field; the options that fill it are the command's (core/base/field_names.h).
TEST(PartnerCard, SaysWhichFieldToCorrectAndNoOption) {
  v1::PartnerCard card = Card("a");
  card.set_insee("4701");

  const Refusal refusal = RefusalOf(NormalisePartnerCard(card, "card").status());

  EXPECT_EQ(refusal.next_fr, "Corrigez card.insee, puis recommencez.");
  EXPECT_EQ(refusal.next_en, "Correct card.insee, then try again.");
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
