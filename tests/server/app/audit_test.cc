// What proves events, and what is told beside the repeatable part of answers.

#include <gtest/gtest.h>

#include "core/feed/proof.h"
#include "core/feed/verifier.h"
#include "tests/server/app/test_replica.h"

namespace greffe::test {
namespace {

using testing_support::StatusIs;

TEST(Audit, EventsArePagedInTheOrderOfArrivalAndEachIsProvenAlone) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  for (int i = 0; i < 7; ++i) {
    ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, std::to_string(2000 + i), "1")));
  }
  v1::ListEventsRequest list;
  list.set_convention_id(id);
  list.set_page_size(3);
  std::vector<std::string> leaves;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, caf->ListEvents(caf.User("caf-12"), list));
    for (const v1::EventView& event : page.events()) {
      EXPECT_EQ(event.sequence(), leaves.size());
      leaves.push_back(event.leaf());
    }
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  ASSERT_GE(leaves.size(), 8u);

  for (const std::string& leaf : leaves) {
    v1::ProveEventRequest prove;
    prove.set_convention_id(id);
    prove.set_leaf(leaf);
    ASSERT_OK_AND_ASSIGN(const auto proof, caf->ProveEvent(caf.User("caf-12"), prove));
    std::vector<Digest> path;
    for (const std::string& step : proof.path()) path.push_back(*Digest::FromBytes(step, "step"));
    EXPECT_OK(VerifyEventProof(proof.event(), proof.sequence(), path, proof.head(),
                               *PublicKey::FromBytes(proof.public_key(), "key")));
  }
  v1::ProveEventRequest prove;
  prove.set_convention_id(id);
  prove.set_leaf(std::string(64, '0'));
  EXPECT_THAT(caf->ProveEvent(caf.User("caf-12"), prove), StatusIs(absl::StatusCode::kNotFound));
}

TEST(Audit, ExportVerifiesWithoutTheReplica) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  const std::string id = CreateSmall(caf, "caf-12");
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  for (int i = 0; i < 20; ++i) {
    v1::RecordMeasurementRequest request = Measure(id, std::to_string(2001 + i), "1");
    request.mutable_measurement()->set_source(std::string(1900, 's'));
    ASSERT_OK(rodez.Do(rodez.User("rodez"), request));
  }
  ASSERT_TRUE(rodez.SendTo(caf, IdOf(id)).empty());
  v1::ExportConventionRequest request;
  request.set_convention_id(id);
  ASSERT_OK_AND_ASSIGN(const auto reader, caf->Export(caf.User("caf-12"), request));
  std::map<std::string, FeedVerifier> feeds;
  std::size_t events = 0;
  while (true) {
    ASSERT_OK_AND_ASSIGN(const auto piece, reader->Next());
    if (!piece.has_value()) break;
    FeedVerifier& verifier = feeds
                                 .try_emplace(piece->public_key(), IdOf(id),
                                              *PublicKey::FromBytes(piece->public_key(), "key"))
                                 .first->second;
    EXPECT_EQ(verifier.size(), piece->from());
    for (const std::string& event : piece->events()) verifier.Add(event);
    EXPECT_OK(verifier.CheckHead(piece->head()));
    events += static_cast<std::size_t>(piece->events_size());
  }
  EXPECT_EQ(feeds.size(), 2u);
  EXPECT_EQ(events, caf->Examine(caf.User("caf-12"), "caf-12").figures.front().events_held());
}

TEST(Audit, WatchGoesOnWhereItWas) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  v1::WatchConventionRequest watch;
  watch.set_convention_id(id);
  std::uint64_t told = 0;
  const std::uint64_t listener =
      caf->AddListener([&](const Published& published) { told = published.arrivals; });
  ASSERT_OK_AND_ASSIGN(std::uint64_t from, caf->WatchFrom(caf.User("caf-12"), watch));
  EXPECT_TRUE(caf->ReadWatch(caf.User("caf-12"), id, from, 10)->empty());
  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2025", "1")));
  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2026", "1")));
  EXPECT_EQ(told, from + 2);
  ASSERT_OK_AND_ASSIGN(const auto first, caf->ReadWatch(caf.User("caf-12"), id, from, 1));
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].arrival(), from);
  ASSERT_OK_AND_ASSIGN(const auto rest, caf->ReadWatch(caf.User("caf-12"), id, from + 1, 10));
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].event().kind(), "indicator_measured");
  caf->RemoveListener(listener);
  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2023", "1")));
  EXPECT_EQ(told, from + 2);
  watch.set_after(0);
  EXPECT_EQ(*caf->WatchFrom(caf.User("caf-12"), watch), 0u);
}

TEST(Audit, NamesOfSignersStandOutsideTheEventsAndAreForThoseWhoMayReadThem) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  v1::CreateConventionRequest create;
  *create.mutable_draft() = SmallDraft();
  ASSERT_OK_AND_ASSIGN(const auto created, caf.Do(caf.User("caf-12"), create));
  const std::string id = created.receipt().convention_id();
  v1::FreezeActRequest freeze;
  freeze.set_convention_id(id);
  freeze.set_act_id(created.act_id());
  const UserCall user = caf.User("caf-12");
  ASSERT_OK_AND_ASSIGN(const auto frozen, caf.Do(user, caf.Confirmed(user, freeze)));
  v1::SignActRequest sign;
  sign.set_convention_id(id);
  sign.set_act_id(created.act_id());
  sign.set_revision(frozen.revision());
  sign.set_signatory_id("signe-caf-12");
  sign.set_signer_name("Une Personne");
  UserCall signatory = caf.User("caf-12");
  signatory.office = "Directrice";
  ASSERT_OK(caf.Do(signatory, sign));
  ASSERT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());

  v1::GetStatusRequest status;
  status.set_convention_id(id);
  for (TestReplica* replica : {&caf, &rodez}) {
    const std::string partner = replica == &caf ? "caf-12" : "rodez";
    ASSERT_OK_AND_ASSIGN(const auto read, (*replica)->GetStatus(replica->User(partner), status));
    ASSERT_EQ(read.context().personal_values_size(), 1);
    EXPECT_EQ(read.context().personal_values(0).value(), "Une Personne");
    EXPECT_EQ(read.view().DebugString().find("Une Personne"), std::string::npos);
  }
  UserCall admin = caf.User("caf-12");
  admin.roles = {v1::ROLE_ADMIN};
  ASSERT_OK_AND_ASSIGN(const auto hidden, caf->GetStatus(admin, status));
  EXPECT_EQ(hidden.context().personal_values_size(), 0);
}

TEST(Audit, MissingPersonalValueIsTakenWhenAPeerGivesItAndNothingElseIs) {
  TestReplica caf('c', "Caf", {"caf-12"});
  TestReplica rodez('r', "Rodez", {"rodez"});
  caf.Pin(rodez);
  v1::CreateConventionRequest create;
  *create.mutable_draft() = SmallDraft();
  ASSERT_OK_AND_ASSIGN(const auto created, caf.Do(caf.User("caf-12"), create));
  const std::string id = created.receipt().convention_id();
  v1::FreezeActRequest freeze;
  freeze.set_convention_id(id);
  freeze.set_act_id(created.act_id());
  const UserCall user = caf.User("caf-12");
  ASSERT_OK_AND_ASSIGN(const auto frozen, caf.Do(user, caf.Confirmed(user, freeze)));
  v1::SignActRequest sign;
  sign.set_convention_id(id);
  sign.set_act_id(created.act_id());
  sign.set_revision(frozen.revision());
  sign.set_signatory_id("signe-caf-12");
  sign.set_signer_name("Une Personne");
  UserCall signatory = caf.User("caf-12");
  signatory.office = "Directrice";
  ASSERT_OK(caf.Do(signatory, sign));

  auto run =
      caf->view().ReadRun(IdOf(id), caf->view().Branches(IdOf(id)).front().number, 0, 200 * 1024);
  ASSERT_OK(run);
  ASSERT_EQ(run->sealed_size(), 1);
  const v1::SealedValue value = run->sealed(0);
  run->clear_sealed();
  std::optional<sync::StoredRun> stored;
  rodez->SubmitRun(caf.key().replica_id(), sync::IngestRun{7, *run},
                   [&](sync::StoredRun outcome) { stored = std::move(outcome); });
  rodez.Drain();
  EXPECT_EQ(stored->ticket, 7u);
  ASSERT_EQ(stored->missing_sealed.size(), 1u);
  const Digest commitment = stored->missing_sealed.front();
  EXPECT_EQ(commitment.ToBytes(), value.commitment());

  const auto give = [&](v1::SealedValue given) {
    v1::SealedReply reply;
    reply.set_convention_id(IdOf(id).ToBytes());
    *reply.add_values() = std::move(given);
    rodez->SubmitSealed(caf.key().replica_id(), reply,
                        [](absl::Status status) { EXPECT_OK(status); });
    rodez.Drain();
  };
  v1::SealedValue false_value = value;
  false_value.set_value("Une Autre");
  give(false_value);
  EXPECT_THAT(rodez->view().ReadSealed(IdOf(id), commitment),
              StatusIs(absl::StatusCode::kNotFound));
  v1::SealedValue unasked;
  unasked.set_salt(std::string(32, 's'));
  unasked.set_value("x");
  unasked.set_commitment(SealedCommitment(unasked.salt(), "x").ToBytes());
  give(unasked);
  EXPECT_THAT(rodez->view().ReadSealed(IdOf(id), SealedCommitment(unasked.salt(), "x")),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_TRUE(rodez->Wanted(ReplicaId()).empty());
  EXPECT_EQ(rodez->Wanted(caf.key().replica_id()),
            (std::map<ConventionId, std::vector<Digest>>{{IdOf(id), {commitment}}}));
  // That it was erased, a peer may say; nobody has to believe it.
  v1::SealedValue erased;
  erased.set_commitment(value.commitment());
  erased.set_erased(true);
  give(erased);
  EXPECT_THAT(rodez->view().ReadSealed(IdOf(id), commitment),
              StatusIs(absl::StatusCode::kNotFound));
  give(value);
  ASSERT_OK_AND_ASSIGN(const auto kept, rodez->view().ReadSealed(IdOf(id), commitment));
  EXPECT_EQ(kept.value(), "Une Personne");
}

}  // namespace
}  // namespace greffe::test
