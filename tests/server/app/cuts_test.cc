// Reads at cuts: what was known when, on which replica.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "absl/strings/escaping.h"
#include "absl/strings/strip.h"
#include "core/base/refusal.h"
#include "core/feed/checkpoint.h"
#include "tests/server/app/test_replica.h"

namespace greffe::test {
namespace {

using testing_support::StatusIs;

constexpr std::int64_t kMinute = 60'000'000;

struct Pair {
  Pair() {
    caf.Pin(rodez);
    rodez.Pin(caf);
    id = CreateSmall(caf, "caf-12");
    EXPECT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
  }
  void Meet() {
    EXPECT_TRUE(caf.SendTo(rodez, IdOf(id)).empty());
    EXPECT_TRUE(rodez.SendTo(caf, IdOf(id)).empty());
  }
  TestReplica caf{'c', "Caf", {"caf-12"}};
  TestReplica rodez{'r', "Rodez", {"rodez"}};
  std::string id;
};

std::string DigestOf(TestReplica& replica, const std::string& partner) {
  const auto figures = replica->Examine(replica.User(partner), partner).figures;
  return figures.empty() ? "" : figures.front().state_digest();
}

TEST(Cuts, TwoReplicasWithTheSameEventsHaveOneStateAndOneToken) {
  Pair pair;
  ASSERT_OK(pair.caf.Do(pair.caf.User("caf-12"), Measure(pair.id, "2026", "1")));
  ASSERT_OK(pair.rodez.Do(pair.rodez.User("rodez"), Measure(pair.id, "2026", "2")));
  pair.Meet();
  EXPECT_EQ(DigestOf(pair.caf, "caf-12"), DigestOf(pair.rodez, "rodez"));
  EXPECT_EQ(TokenOf(pair.caf, "caf-12", pair.id), TokenOf(pair.rodez, "rodez", pair.id));
}

TEST(Cuts, ATokenOfNothingIsDamagedAndOfNoOtherConvention) {
  Pair pair;
  v1::GetConventionRequest request;
  request.set_convention_id(pair.id);
  request.mutable_at()->set_cut("gt1.");

  const absl::Status refused = pair.caf->GetConvention(pair.caf.User("caf-12"), request).status();

  EXPECT_EQ(RefusalOf(refused).rule, "cut-form");
}

// Invariant 12.
TEST(Cuts, SameTokenGivesTheSameBytesOnBothReplicas) {
  Pair pair;
  std::vector<std::string> tokens;
  for (int i = 0; i < 3; ++i) {
    const std::string year = std::to_string(2024 + i);
    ASSERT_OK(pair.caf.Do(pair.caf.User("caf-12"), Measure(pair.id, year, "1")));
    tokens.push_back(TokenOf(pair.caf, "caf-12", pair.id));
    ASSERT_OK(pair.rodez.Do(pair.rodez.User("rodez"), Measure(pair.id, year, "2")));
    tokens.push_back(TokenOf(pair.rodez, "rodez", pair.id));
  }
  pair.Meet();
  std::set<std::string> views;
  for (const std::string& token : tokens) {
    const std::string here = ViewBytes(pair.caf, "caf-12", pair.id, AtCut(token));
    EXPECT_EQ(here, ViewBytes(pair.rodez, "rodez", pair.id, AtCut(token)));
    views.insert(here);
  }
  EXPECT_EQ(views.size(), tokens.size());
}

TEST(Cuts, TokenNotAppliedHereIsRefusedNamingTheReplica) {
  Pair pair;
  ASSERT_OK(pair.rodez.Do(pair.rodez.User("rodez"), Measure(pair.id, "2026", "2")));
  const std::string token = TokenOf(pair.rodez, "rodez", pair.id);
  v1::GetConventionRequest request;
  request.set_convention_id(pair.id);
  *request.mutable_at() = AtCut(token);
  const auto refused = pair.caf->GetConvention(pair.caf.User("caf-12"), request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(RefusalOf(refused.status()).rule, "cut-not-applied");
  EXPECT_THAT(RefusalOf(refused.status()).fr, testing::HasSubstr("Rodez"));
}

TEST(Cuts, KnownAtIsWhatThisReplicaHadAppliedByThen) {
  Pair pair;
  pair.caf.clock().Forward(kMinute);
  pair.rodez.clock().Forward(kMinute);
  ASSERT_OK(pair.caf.Do(pair.caf.User("caf-12"), Measure(pair.id, "2026", "1")));
  ASSERT_OK(pair.rodez.Do(pair.rodez.User("rodez"), Measure(pair.id, "2026", "2")));
  const std::string caf_then = TokenOf(pair.caf, "caf-12", pair.id);
  const std::string rodez_then = TokenOf(pair.rodez, "rodez", pair.id);
  v1::ReadAt then;
  then.set_known_at(pair.caf.clock().now.ToString());
  pair.caf.clock().Forward(kMinute);
  pair.rodez.clock().Forward(kMinute);
  pair.Meet();
  const std::string at_caf = ViewBytes(pair.caf, "caf-12", pair.id, then);
  const std::string at_rodez = ViewBytes(pair.rodez, "rodez", pair.id, then);
  EXPECT_NE(at_caf, at_rodez);
  EXPECT_EQ(at_caf, ViewBytes(pair.rodez, "rodez", pair.id, AtCut(caf_then)));
  EXPECT_EQ(at_rodez, ViewBytes(pair.caf, "caf-12", pair.id, AtCut(rodez_then)));
}

TEST(Cuts, BeforeAnythingWasKnownHereTheyAreRefused) {
  Pair pair;
  v1::GetConventionRequest request;
  request.set_convention_id(pair.id);
  const auto rule = [&] {
    return RefusalOf(pair.caf->GetConvention(pair.caf.User("caf-12"), request).status()).rule;
  };
  request.mutable_at()->set_known_at("2001-01-01T00:00:00Z");
  EXPECT_EQ(rule(), "not-known-yet");
  request.mutable_at()->set_recorded_by("2001-01-01T00:00:00Z");
  EXPECT_EQ(rule(), "not-known-yet");
}

// A date is the whole of that day in Paris.
TEST(Cuts, KnownAtADateIsTheEndOfThatDay) {
  Pair pair;
  v1::ReadAt then;
  then.set_known_at(pair.caf.clock().Today().ToString());
  EXPECT_EQ(ViewBytes(pair.caf, "caf-12", pair.id, then),
            ViewBytes(pair.caf, "caf-12", pair.id, AtCut(TokenOf(pair.caf, "caf-12", pair.id))));
}

TEST(Cuts, RecordedByIsTheLargestClosedCutOfClaimsUpToThen) {
  Pair pair;
  ASSERT_OK(pair.rodez.Do(pair.rodez.User("rodez"), Measure(pair.id, "2025", "2")));
  const std::string wanted = TokenOf(pair.rodez, "rodez", pair.id);
  v1::ReadAt then;
  then.set_recorded_by(pair.rodez.clock().now.ToString());
  pair.caf.clock().Forward(kMinute);
  ASSERT_OK(pair.caf.Do(pair.caf.User("caf-12"), Measure(pair.id, "2026", "1")));
  pair.Meet();
  EXPECT_EQ(ViewBytes(pair.caf, "caf-12", pair.id, then),
            ViewBytes(pair.caf, "caf-12", pair.id, AtCut(wanted)));
}

TEST(Cuts, RecordedByLeavesOutWhatClaimsATimeThatDoesNotExist) {
  Pair pair;
  const std::string before = TokenOf(pair.caf, "caf-12", pair.id);
  v1::Event event;
  event.set_format(1);
  event.set_convention_id(IdOf(pair.id).ToBytes());
  event.set_replica_id(pair.rodez.key().replica_id().ToBytes());
  event.mutable_recorded_at()->set_seconds(std::numeric_limits<std::int64_t>::max());
  event.mutable_actor()->set_partner_id("rodez");
  event.mutable_indicator_measured()->set_element_id("indicateur-1");
  v1::Run run;
  run.set_convention_id(event.convention_id());
  run.set_public_key(pair.rodez.key().public_key().ToBytes());
  run.add_events(event.SerializeAsString());
  MerkleFrontier tree;
  tree.Append(LeafHash(run.events(0)));
  run.set_head(SignCheckpoint(
      Checkpoint{IdOf(pair.id), pair.rodez.key().replica_id(), 1, tree.Root()}, pair.rodez.key()));
  ASSERT_EQ(pair.caf.Take(pair.rodez.key().replica_id(), std::move(run)), std::nullopt);
  ASSERT_NE(TokenOf(pair.caf, "caf-12", pair.id), before);

  v1::ReadAt then;
  then.set_recorded_by(pair.caf.clock().now.ToString());
  EXPECT_EQ(ViewBytes(pair.caf, "caf-12", pair.id, then),
            ViewBytes(pair.caf, "caf-12", pair.id, AtCut(before)));
}

TEST(Cuts, HostileTokensAreRefused) {
  Pair pair;
  const std::string token = TokenOf(pair.caf, "caf-12", pair.id);
  v1::GetConventionRequest request;
  request.set_convention_id(pair.id);
  for (std::size_t i = 0; i < token.size(); i += 7) {
    std::string broken = token;
    broken[i] = broken[i] == 'A' ? 'B' : 'A';
    *request.mutable_at() = AtCut(broken);
    EXPECT_FALSE(pair.caf->GetConvention(pair.caf.User("caf-12"), request).ok()) << broken;
    *request.mutable_at() = AtCut(token.substr(0, i));
    EXPECT_FALSE(pair.caf->GetConvention(pair.caf.User("caf-12"), request).ok()) << i;
  }
}

TEST(Cuts, TokenWithoutThePastOfItsEventsIsRefusedInBothLanguages) {
  Pair pair;
  ASSERT_OK(pair.caf.Do(pair.caf.User("caf-12"), Measure(pair.id, "2026", "1")));
  pair.Meet();
  ASSERT_OK(pair.rodez.Do(pair.rodez.User("rodez"), Measure(pair.id, "2023", "2")));
  pair.Meet();
  const std::string token = TokenOf(pair.caf, "caf-12", pair.id);
  std::string bytes;
  v1::Cut cut;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(absl::StripPrefix(token, "gt1."), &bytes));
  ASSERT_TRUE(cut.ParseFromString(bytes));
  ASSERT_EQ(cut.points_size(), 2);
  // One of the two feeds alone: what rodez wrote had seen the measure of the CAF.
  int refused = 0;
  for (int i = 0; i < 2; ++i) {
    v1::Cut open = cut;
    open.mutable_points()->DeleteSubrange(i, 1);
    v1::GetConventionRequest request;
    request.set_convention_id(pair.id);
    *request.mutable_at() = AtCut("gt1." + absl::WebSafeBase64Escape(open.SerializeAsString()));
    const auto read = pair.caf->GetConvention(pair.caf.User("caf-12"), request);
    if (read.ok()) continue;
    const Refusal refusal = RefusalOf(read.status());
    EXPECT_EQ(refusal.rule, "token");
    EXPECT_THAT(refusal.fr, testing::HasSubstr("n'a pas été fait par Greffe"));
    EXPECT_THAT(refusal.en, testing::HasSubstr("was not made by Greffe"));
    ++refused;
  }
  EXPECT_GE(refused, 1);
}

// Invariant 3.
TEST(Cuts, StateFromASnapshotIsTheStateFromTheStart) {
  TestReplica caf('c', "Caf", {"caf-12"});
  caf.Tune(64u << 20, 8);
  caf.Reopen();
  const std::string id = CreateSmall(caf, "caf-12");
  std::vector<std::string> tokens;
  std::vector<std::string> views;
  for (int i = 0; i < 40; ++i) {
    ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, std::to_string(1980 + i), "1")));
    tokens.push_back(TokenOf(caf, "caf-12", id));
    views.push_back(ViewBytes(caf, "caf-12", id, {}));
  }
  EXPECT_GE(caf.store().snapshots(), 3u);
  caf.Reopen();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    EXPECT_EQ(ViewBytes(caf, "caf-12", id, AtCut(tokens[i])), views[i]) << i;
  }
  ASSERT_OK_AND_ASSIGN(const auto verified, caf->Verify(caf.User("caf-12"), {}));
  EXPECT_TRUE(verified.ok());
  EXPECT_EQ(verified.digests(0).state_digest(), DigestOf(caf, "caf-12"));
}

// Invariant 11: what does not fit is let go of and loaded again.
TEST(Cuts, ConventionsBeyondTheMemoryBudgetAreLoadedWhenRead) {
  TestReplica caf('c', "Caf", {"caf-12"});
  caf.Tune(1, 1024);
  caf.Reopen();
  std::vector<std::string> ids;
  std::vector<std::string> views;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(CreateSmall(caf, "caf-12"));
    views.push_back(ViewBytes(caf, "caf-12", ids.back(), {}));
  }
  const std::uint64_t loaded = caf->Counters().hosts_loaded;
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      EXPECT_EQ(ViewBytes(caf, "caf-12", ids[i], {}), views[i]);
    }
  }
  EXPECT_GE(caf->Counters().hosts_loaded, loaded + 10);
}

TEST(Cuts, HistoryPagesStayAtTheirCut) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  for (int i = 0; i < 5; ++i) {
    ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, std::to_string(2020 + i), "1")));
  }
  v1::GetHistoryRequest request;
  request.set_convention_id(id);
  request.set_element_id("indicateur-1");
  ASSERT_OK_AND_ASSIGN(const auto whole, caf->GetHistory(caf.User("caf-12"), request));
  ASSERT_GE(whole.view().entries_size(), 5);
  request.set_page_size(2);
  v1::HistoryView pages;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, caf->GetHistory(caf.User("caf-12"), request));
    pages.MergeFrom(page.view());
    request.set_page_token(page.next_page_token());
    // What comes meanwhile does not move the pages.
    ASSERT_OK(
        caf.Do(caf.User("caf-12"), Measure(id, std::to_string(1950 + pages.entries_size()), "1")));
  } while (!request.page_token().empty());
  EXPECT_EQ(pages.SerializeAsString(), whole.view().SerializeAsString());
}

}  // namespace
}  // namespace greffe::test
