// `greffe audit`: all pages in one document, and proofs that the command checks by itself.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/feed/checkpoint.h"
#include "core/feed/merkle.h"
#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::HasSubstr;

TEST_F(GreffeTest, MergesAllPagesOfEventsIntoOneDocument) {
  replica_.audit.events = [](const v1::ListEventsRequest& request,
                             v1::ListEventsResponse* response) {
    response->add_events()->set_leaf(request.page_token().empty() ? "aa" : "bb");
    if (request.page_token().empty()) response->set_next_page_token("2");
    return grpc::Status::OK;
  };

  const Outcome outcome = Greffe({"audit", "events", "c0c0c0", "--json"});

  const auto all = FromJson<v1::ListEventsResponse>(outcome.out);
  ASSERT_EQ(all.events_size(), 2);
  EXPECT_EQ(all.events(1).leaf(), "bb");
  EXPECT_EQ(all.next_page_token(), "");
}

TEST_F(GreffeTest, ExitsFourWhenVerificationFails) {
  bool ok = true;
  replica_.audit.verify = [&](const auto&, v1::VerifyResponse* response) {
    response->set_ok(ok);
    auto* feed = response->add_feeds();
    feed->set_ok(ok);
    if (!ok) feed->set_problem("événement 7 : l'empreinte diffère");
    return grpc::Status::OK;
  };
  EXPECT_EQ(Greffe({"audit", "verify"}).code, 0);

  ok = false;
  const Outcome failed = Greffe({"audit", "verify"});

  EXPECT_EQ(failed.code, 4);
  EXPECT_THAT(failed.out, HasSubstr("événement 7"));
}

TEST_F(GreffeTest, VerifiesAProofItselfAndExitsFourWhenItDoesNotHold) {
  const auto key = *SigningKey::FromSeed(std::string(32, 'k'));
  MerkleFrontier frontier;
  frontier.Append(LeafHash("zero"));
  frontier.Append(LeafHash("one"));
  v1::ProveEventResponse proof;
  proof.set_event("one");
  proof.set_sequence(1);
  proof.add_path(LeafHash("zero").ToBytes());
  proof.set_head(SignCheckpoint({.convention = *ConventionId::FromBytes(std::string(16, 'c'), "c"),
                                 .replica = key->replica_id(),
                                 .size = 2,
                                 .root = frontier.Root()},
                                *key));
  proof.set_public_key(key->public_key().ToBytes());
  replica_.audit.prove = [&](const auto&, v1::ProveEventResponse* response) {
    *response = proof;
    return grpc::Status::OK;
  };
  const std::string leaf = LeafHash("one").ToHex();

  EXPECT_THAT(Greffe({"audit", "prove", "abc", "--convention", "c0c0c0"}).err,
              HasSubstr("Champ : Empreinte de l'événement (leaf)"));
  const Outcome good = Greffe({"audit", "prove", leaf, "--convention", "c0c0c0"});
  EXPECT_EQ(good.code, 0) << good.err;
  EXPECT_THAT(good.err, HasSubstr("Vérifié ici"));

  // Another event under the hash asked for; a wrong place; a head of another key.
  v1::ProveEventResponse sound = proof;
  proof.set_event("two");
  EXPECT_EQ(Greffe({"audit", "prove", leaf, "--convention", "c0c0c0"}).code, 4);
  proof = sound;
  proof.set_sequence(0);
  EXPECT_EQ(Greffe({"audit", "prove", leaf, "--convention", "c0c0c0"}).code, 4);
  proof = sound;
  proof.set_public_key((*SigningKey::FromSeed(std::string(32, 'x')))->public_key().ToBytes());
  EXPECT_EQ(Greffe({"audit", "prove", leaf, "--convention", "c0c0c0"}).code, 4);
}

}  // namespace
}  // namespace greffe::cli
