#include "server/identity/peer_table.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/ascii.h"
#include "core/base/refusal.h"
#include "tests/server/identity/record_store.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing_support::StatusIs;
constexpr Instant kNow{1'700'000'000'000'000};

v1::PeerRecord Record(char key, const std::string& name) {
  v1::PeerRecord out;
  out.set_public_key(std::string(32, key));
  out.set_name(name);
  out.set_address("127.0.0.1:1");
  return out;
}

class PeerTableTest : public testing::Test {
 protected:
  std::unique_ptr<PeerTable> Open() {
    auto table = PeerTable::Open(records_.store(), records_.writer());
    EXPECT_OK(table);
    return *std::move(table);
  }
  RecordStore records_;
};

TEST_F(PeerTableTest, TakesASecretOnce) {
  const auto table = Open();
  ASSERT_OK(table->AddInvitation("secret", kNow));

  ASSERT_OK(table->Redeem("secret", kNow, Record('a', "A")));

  EXPECT_THAT(table->Redeem("secret", kNow, Record('b', "B")),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(table->List().size(), 1u);
}

TEST_F(PeerTableTest, RefusesAnUnknownSecretAndSaysWhatToDo) {
  const absl::Status status = Open()->Redeem("guess", kNow, Record('a', "A")).status();

  EXPECT_EQ(RefusalOf(status).rule, "invitation");
  EXPECT_NE(RefusalOf(status).next_fr.find("greffe peer invite"), std::string::npos);
}

TEST_F(PeerTableTest, LetsAnInvitationRunOut) {
  const auto table = Open();
  ASSERT_OK_AND_ASSIGN(const Instant expires, table->AddInvitation("secret", kNow));

  EXPECT_EQ(expires.micros - kNow.micros, kInvitationMicros);
  EXPECT_THAT(table->Redeem("secret", expires, Record('a', "A")),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_OK(table->Redeem("secret", Instant{expires.micros - 1}, Record('a', "A")));
}

TEST_F(PeerTableTest, KeepsInvitationsAndPeersThroughARestart) {
  {
    const auto table = Open();
    ASSERT_OK(table->AddInvitation("later", kNow));
    ASSERT_OK_AND_ASSIGN(const Peer peer, table->Pin(Record('a', "A"), kNow));
    ASSERT_OK(table->SetPaused(peer.id, true));
  }

  const auto table = Open();

  ASSERT_EQ(table->List().size(), 1u);
  EXPECT_TRUE(table->List()[0].record.paused());
  EXPECT_OK(table->Redeem("later", kNow, Record('b', "B")));
}

// No peer any more, and no stranger in the conventions of its time.
TEST_F(PeerTableTest, RemembersForWhomARemovedPeerActed) {
  v1::PeerRecord record = Record('a', "A");
  record.add_partners()->set_partner_id("caf-12");
  {
    const auto table = Open();
    ASSERT_OK_AND_ASSIGN(const Peer peer, table->Pin(record, kNow));
    EXPECT_TRUE(table->Former().empty());
    ASSERT_OK(table->Remove(peer.id));
    EXPECT_EQ(table->Former().size(), 1u);
  }

  const auto table = Open();

  EXPECT_TRUE(table->List().empty());
  EXPECT_TRUE(table->Candidates().empty());
  ASSERT_EQ(table->Former().size(), 1u);
  EXPECT_EQ(table->Former()[0].name, "A");
  EXPECT_EQ(table->Former()[0].partner_ids, std::vector<std::string>{"caf-12"});
}

TEST_F(PeerTableTest, KeepsNoSecretInTheStore) {
  ASSERT_OK(Open()->AddInvitation("the secret itself", kNow));

  ASSERT_OK_AND_ASSIGN(const auto rows, records_.store().ReadTable("invitations"));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ((rows[0].key + *rows[0].value).find("the secret"), std::string::npos);
}

TEST_F(PeerTableTest, FindsByNameAndByPrefix) {
  const auto table = Open();
  ASSERT_OK_AND_ASSIGN(const Peer peer, table->Pin(Record('a', "Agen"), kNow));
  ASSERT_OK(table->Pin(Record('b', "Caf"), kNow));

  EXPECT_OK(table->Find("Agen"));
  EXPECT_OK(table->Find(peer.id.ToHex().substr(0, 6)));
  EXPECT_OK(table->Find(absl::AsciiStrToUpper(peer.id.ToHex())));
  EXPECT_THAT(table->Find(peer.id.ToHex().substr(0, 5)), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(table->Find("Rodez"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(PeerTableTest, AsksForMoreWhenANameIsNotUnique) {
  const auto table = Open();
  ASSERT_OK(table->Pin(Record('a', "Agen"), kNow));
  ASSERT_OK(table->Pin(Record('b', "Agen"), kNow));

  EXPECT_THAT(table->Find("Agen"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(PeerTableTest, OffersPeersAsCandidatesWithTheirPartners) {
  const auto table = Open();
  v1::PeerRecord record = Record('a', "A");
  record.add_partners()->set_partner_id("commune-1");
  ASSERT_OK_AND_ASSIGN(const Peer peer, table->Pin(record, kNow));
  v1::PartnerCard card;
  card.set_partner_id("commune-1");
  ASSERT_OK(table->Learn(peer.id, "A new name", {card}));

  const auto candidates = table->Candidates();

  ASSERT_EQ(candidates.size(), 1u);
  EXPECT_EQ(candidates[0].name, "A new name");
  EXPECT_EQ(candidates[0].partner_ids, std::vector<std::string>{"commune-1"});
  EXPECT_EQ(ReplicaIdOf(candidates[0].key), peer.id);
}

TEST_F(PeerTableTest, KeepsWhenAPeerFirstSaidThatItSignsNoMoreWhileItSaysSo) {
  const Instant later{kNow.micros + 5'000'000};
  ReplicaId id;
  {
    const auto table = Open();
    ASSERT_OK_AND_ASSIGN(const Peer peer, table->Pin(Record('a', "A"), kNow));
    id = peer.id;
    ASSERT_OK(table->LearnSigning(id, /*stopped=*/false, kNow));
    EXPECT_TRUE(table->Stopped().empty());
    ASSERT_OK(table->LearnSigning(id, /*stopped=*/true, kNow));
    ASSERT_OK(table->LearnSigning(id, /*stopped=*/true, later));
    // Who joins again has not begun to sign by that.
    ASSERT_OK(table->Pin(Record('a', "A"), later));
  }

  const auto table = Open();

  EXPECT_EQ(table->Stopped(), (std::map<ReplicaId, Instant>{{id, kNow}}));
  ASSERT_OK(table->LearnSigning(id, /*stopped=*/false, later));
  EXPECT_TRUE(table->Stopped().empty());
  EXPECT_THAT(table->LearnSigning(ReplicaId(), /*stopped=*/true, later),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(PeerTableTest, LearnsNoClaimThatWasNotToldAtTheJoin) {
  const auto table = Open();
  v1::PeerRecord record = Record('a', "A");
  record.add_partners()->set_partner_id("commune-1");
  ASSERT_OK_AND_ASSIGN(const Peer peer, table->Pin(record, kNow));
  v1::PartnerCard known;
  known.set_partner_id("commune-1");
  known.set_name("Commune nouvelle");
  v1::PartnerCard claimed;
  claimed.set_partner_id("caf-12");

  ASSERT_OK_AND_ASSIGN(const std::size_t ignored, table->Learn(peer.id, "A", {known, claimed}));

  EXPECT_EQ(ignored, 1u);
  EXPECT_EQ(table->Candidates()[0].partner_ids, std::vector<std::string>{"commune-1"});
  EXPECT_EQ(table->Get(peer.id)->record.partners(0).name(), "Commune nouvelle");
  // People exchanged another invitation.
  *record.add_partners() = claimed;
  ASSERT_OK(table->AddInvitation("again", kNow));
  ASSERT_OK(table->Redeem("again", kNow, record));
  EXPECT_EQ(table->Candidates()[0].partner_ids, (std::vector<std::string>{"caf-12", "commune-1"}));
}

// A peer that says nonsense of itself, or nothing, is what it was.
TEST_F(PeerTableTest, LearnsNoNameThatNoInvitationBearsAndNoEmptyClaim) {
  const auto table = Open();
  v1::PeerRecord record = Record('a', "A");
  v1::PartnerCard card;
  card.set_partner_id("commune-1");
  *record.add_partners() = card;
  ASSERT_OK_AND_ASSIGN(const Peer peer, table->Pin(record, kNow));

  for (const std::string& name : {std::string(), std::string("A\nB"), std::string("A\tB"),
                                  std::string("  "), std::string(201, 'a')}) {
    EXPECT_THAT(table->Learn(peer.id, name, {card}), StatusIs(absl::StatusCode::kInvalidArgument))
        << name;
  }
  EXPECT_THAT(table->Learn(peer.id, "B", {}), StatusIs(absl::StatusCode::kInvalidArgument));

  EXPECT_EQ(table->Get(peer.id)->record.name(), "A");
  EXPECT_EQ(table->Candidates()[0].partner_ids, std::vector<std::string>{"commune-1"});
  EXPECT_OK(table->Learn(peer.id, std::string(200, 'a'), {card}));
}

TEST_F(PeerTableTest, ForgetsARemovedPeer) {
  const auto table = Open();
  ASSERT_OK_AND_ASSIGN(const Peer peer, table->Pin(Record('a', "A"), kNow));

  ASSERT_OK(table->Remove(peer.id));

  EXPECT_FALSE(table->Get(peer.id).has_value());
  EXPECT_THAT(table->Remove(peer.id), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_TRUE(Open()->List().empty());
}

}  // namespace
}  // namespace greffe
