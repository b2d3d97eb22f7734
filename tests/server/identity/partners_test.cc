#include "server/identity/partners.h"

#include <gtest/gtest.h>

#include <string>

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

TEST(PartnerCard, NamesTheFieldThatBreaksARule) {
  const auto field_of = [](const v1::PartnerCard& card) {
    return RefusalOf(NormalisePartnerCard(card, "card").status()).field;
  };
  v1::PartnerCard siren = Card("a");
  siren.set_siren("12345678");
  EXPECT_EQ(field_of(siren), "card.siren");
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
  card.set_siren("123456789");
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
