#include "core/sync/ingest.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/limits.h"
#include "core/feed/checkpoint.h"
#include "tests/core/sync/memory_replica.h"
#include "tests/support/status_matchers.h"

namespace greffe::sync {
namespace {

// An author with a convention of a few events, and a reader that may hold some of them.
class IngestTest : public ::testing::Test {
 protected:
  IngestTest() : author_("author"), reader_("reader"), convention_(author_.OpenConvention(1)) {
    author_.Admit(convention_, reader_);
  }

  v1::Run RunFrom(std::uint64_t from) const {
    return *author_.ReadRun(convention_, 1, from, limits::kFrameBytes);
  }
  std::variant<IngestPlan, IngestRefusal> PlanAt(const MemoryReplica& at, const v1::Run& run) {
    return *PlanIngest(at.Context(convention_, author_.key().public_key()), run);
  }
  // The reason, or nothing when there is a plan.
  std::optional<NackReason> RefusalAt(const MemoryReplica& at, const v1::Run& run) {
    const auto outcome = PlanAt(at, run);
    const auto* refusal = std::get_if<IngestRefusal>(&outcome);
    return refusal == nullptr ? std::nullopt : std::optional(refusal->reason);
  }
  void Store(MemoryReplica& at, const v1::Run& run) {
    ASSERT_FALSE(at.Ingest({.ticket = 1, .run = run}).refused);
  }
  // A run of one event that the author signs, whatever it says.
  v1::Run SignedRun(std::uint64_t from, const v1::Event& event) {
    const std::string bytes = event.SerializeAsString();
    const auto held = author_.Context(convention_, author_.key().public_key());
    MerkleFrontier frontier =
        from == 0 ? MerkleFrontier() : *MerkleFrontier::At(from, held.branches[0].read_node);
    frontier.Append(LeafHash(bytes));
    v1::Run run;
    run.set_convention_id(convention_.ToBytes());
    run.set_public_key(author_.key().public_key().ToBytes());
    run.set_from(from);
    run.add_events(bytes);
    run.set_head(SignCheckpoint({.convention = convention_,
                                 .replica = author_.id(),
                                 .size = from + 1,
                                 .root = frontier.Root()},
                                author_.key()));
    return run;
  }
  // The author's feed from its start, as these events.
  v1::Run SignedRunOf(const std::vector<v1::Event>& events) {
    MerkleFrontier frontier;
    v1::Run run;
    run.set_convention_id(convention_.ToBytes());
    run.set_public_key(author_.key().public_key().ToBytes());
    for (const v1::Event& event : events) {
      run.add_events(event.SerializeAsString());
      frontier.Append(LeafHash(run.events(run.events_size() - 1)));
    }
    run.set_head(SignCheckpoint({.convention = convention_,
                                 .replica = author_.id(),
                                 .size = events.size(),
                                 .root = frontier.Root()},
                                author_.key()));
    return run;
  }
  v1::Event HonestEvent(std::uint64_t sequence) const {
    v1::Event event;
    event.set_format(1);
    event.set_convention_id(convention_.ToBytes());
    event.set_replica_id(author_.id().ToBytes());
    event.set_sequence(sequence);
    return event;
  }

  MemoryReplica author_;
  MemoryReplica reader_;
  const ConventionId convention_;
};

TEST_F(IngestTest, PlansANewFeedFromItsOpening) {
  const auto outcome = PlanAt(reader_, RunFrom(0));

  const IngestPlan& plan = std::get<IngestPlan>(outcome);
  EXPECT_FALSE(plan.branch);
  EXPECT_FALSE(plan.parent);
  EXPECT_EQ(plan.events.size(), 2u);
  EXPECT_EQ(plan.head.size, 2u);
  EXPECT_EQ(plan.frontier.Root(), plan.head.root);
  EXPECT_EQ(plan.nodes.size(), 3u);
}

TEST_F(IngestTest, AppendsOnlyWhatIsNotHeldWhenARunOverlaps) {
  Store(reader_, RunFrom(0));
  author_.Append(convention_, "more", 3);

  const auto outcome = PlanAt(reader_, RunFrom(0));

  const IngestPlan& plan = std::get<IngestPlan>(outcome);
  EXPECT_EQ(plan.branch, FeedNumber{1});
  ASSERT_EQ(plan.events.size(), 3u);
  EXPECT_EQ(plan.events.front().sequence, 2u);
  EXPECT_EQ(plan.frontier.Root(), plan.head.root);
}

TEST_F(IngestTest, PlansNothingWhenAllIsHeld) {
  Store(reader_, RunFrom(0));

  const auto outcome = PlanAt(reader_, RunFrom(0));

  EXPECT_TRUE(std::get<IngestPlan>(outcome).events.empty());
  EXPECT_EQ(std::get<IngestPlan>(outcome).branch, FeedNumber{1});
}

TEST_F(IngestTest, RefusesAGap) {
  Store(reader_, RunFrom(0));
  author_.Append(convention_, "one", 1);
  author_.Append(convention_, "two", 1);

  EXPECT_EQ(RefusalAt(reader_, RunFrom(3)), NackReason::kGap);
  EXPECT_EQ(RefusalAt(reader_, RunFrom(2)), std::nullopt);
}

TEST_F(IngestTest, RefusesAByteChangedAnywhereInARun) {
  const v1::Run honest = RunFrom(0);
  const std::string bytes = honest.SerializeAsString();

  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    v1::Run run;
    // Cut anywhere, or another field number: what is left may be the honest run.
    if (!run.ParseFromString(changed) || run.events_size() != honest.events_size()) continue;
    const auto outcome = PlanIngest(reader_.Context(convention_, author_.key().public_key()), run);
    ASSERT_OK(outcome);
    const IngestPlan* plan = std::get_if<IngestPlan>(&*outcome);
    if (plan == nullptr) continue;
    ASSERT_EQ(plan->events.size(), 2u) << "byte " << i;
    EXPECT_EQ(plan->events[0].bytes, honest.events(0)) << "byte " << i;
    EXPECT_EQ(plan->events[1].bytes, honest.events(1)) << "byte " << i;
  }
}

TEST_F(IngestTest, BlamesTheHeadNotTheAuthorWhenARelayChangesAnEvent) {
  v1::Run run = RunFrom(0);
  run.mutable_events(1)->assign("not an event at all");

  EXPECT_EQ(RefusalAt(reader_, run), NackReason::kBadHead);
}

TEST_F(IngestTest, RefusesAHeadOfAnotherSizeAuthorOrConvention) {
  v1::Run run = RunFrom(0);
  Checkpoint head = *ParseCheckpoint(run.head());

  head.size = 3;
  run.set_head(SignCheckpoint(head, author_.key()));
  EXPECT_EQ(RefusalAt(reader_, run), NackReason::kBadHead);
  head.size = 2;
  head.convention.bytes[0] ^= 1;
  run.set_head(SignCheckpoint(head, author_.key()));
  EXPECT_EQ(RefusalAt(reader_, run), NackReason::kBadHead);
  run.set_head("greffe");
  EXPECT_EQ(RefusalAt(reader_, run), NackReason::kBadHead);
}

TEST_F(IngestTest, RefusesAnAuthorWhomNoRosterEventNames) {
  Store(reader_, RunFrom(0));
  MemoryReplica stranger("stranger");
  stranger.RestoreFrom(convention_, reader_);
  stranger.Append(convention_, "uninvited", 1);
  const v1::Run run = *stranger.ReadRun(convention_, 2, 0, limits::kFrameBytes);

  const auto outcome = PlanIngest(reader_.Context(convention_, stranger.key().public_key()), run);

  EXPECT_EQ(std::get<IngestRefusal>(*outcome).reason, NackReason::kUnknownAuthor);
}

TEST_F(IngestTest, OpensAConventionOnlyWithItsFoundersFirstEvent) {
  v1::Event event = HonestEvent(0);
  event.mutable_progress_reported()->set_comment("no opening");

  EXPECT_EQ(RefusalAt(reader_, SignedRun(0, event)), NackReason::kUnknownAuthor);
  event.mutable_convention_opened()->set_public_key(author_.key().public_key().ToBytes());
  event.mutable_convention_opened()->set_nonce(std::string(16, 'n'));
  EXPECT_EQ(RefusalAt(reader_, SignedRun(0, event)), NackReason::kUnknownAuthor);
}

// ADR 10: who knows the author, or is told by who knows it, opens; nobody else in our name.
TEST_F(IngestTest, RefusesAnOpeningInTheNameOfAGuardedPartner) {
  const std::string nonce = Sha256({"nonce 1"}).ToBytes().substr(0, 16);
  v1::Event event = HonestEvent(0);
  event.mutable_convention_opened()->set_public_key(author_.key().public_key().ToBytes());
  event.mutable_convention_opened()->set_nonce(nonce);
  event.mutable_convention_opened()->add_partner_ids("theirs");
  event.mutable_convention_opened()->add_partner_ids("ours");
  const v1::Run run = SignedRunOf({event});
  const auto refusal = [&](std::vector<std::string> guarded) {
    IngestContext context = reader_.Context(convention_, author_.key().public_key());
    context.guarded_partners = std::move(guarded);
    const auto outcome = *PlanIngest(context, run);
    const auto* refused = std::get_if<IngestRefusal>(&outcome);
    return refused == nullptr ? std::nullopt : std::optional(refused->reason);
  };

  EXPECT_EQ(refusal({"others", "ours"}), NackReason::kPartnerClaimed);
  EXPECT_EQ(refusal({"others"}), std::nullopt);
  EXPECT_EQ(refusal({}), std::nullopt);
}

TEST_F(IngestTest, TakesOfStrangersWhatAPeerMayBringAndNoMore) {
  const v1::Run run = RunFrom(0);
  const auto refusal = [&](std::size_t conventions, std::uint64_t bytes) {
    IngestContext context = reader_.Context(convention_, author_.key().public_key());
    context.strangers = {.conventions = conventions, .bytes = bytes};
    const auto outcome = *PlanIngest(context, run);
    const auto* refused = std::get_if<IngestRefusal>(&outcome);
    return refused == nullptr ? std::nullopt : std::optional(refused->reason);
  };

  EXPECT_EQ(refusal(kStrangersPerPeerMax, kStrangerBytesPerPeerMax - run.ByteSizeLong()),
            std::nullopt);
  EXPECT_EQ(refusal(kStrangersPerPeerMax + 1, 0), NackReason::kNotParty);
  EXPECT_EQ(refusal(1, kStrangerBytesPerPeerMax - run.ByteSizeLong() + 1), NackReason::kNotParty);
  // What is held costs nothing.
  Store(reader_, run);
  EXPECT_EQ(refusal(kStrangersPerPeerMax + 1, 0), std::nullopt);
}

TEST(NackReason, HasANameThatIsReadBack) {
  for (int reason = 0; reason <= static_cast<int>(NackReason::kNotParty); ++reason) {
    EXPECT_EQ(NackReasonOf(NackReasonName(static_cast<NackReason>(reason))),
              static_cast<NackReason>(reason));
  }
}

TEST_F(IngestTest, RefusesHeadersThatDoNotFitTheirPlace) {
  Store(reader_, RunFrom(0));
  const auto refusal = [&](auto change) {
    v1::Event event = HonestEvent(2);
    change(event);
    return RefusalAt(reader_, SignedRun(2, event));
  };

  EXPECT_EQ(refusal([](v1::Event&) {}), std::nullopt);
  EXPECT_EQ(refusal([](v1::Event& e) { e.set_format(0); }), NackReason::kMalformed);
  EXPECT_EQ(refusal([](v1::Event& e) { e.set_sequence(3); }), NackReason::kMalformed);
  EXPECT_EQ(refusal([](v1::Event& e) { e.set_convention_id(std::string(16, 'x')); }),
            NackReason::kMalformed);
  EXPECT_EQ(refusal([](v1::Event& e) { e.set_replica_id(std::string(32, 'x')); }),
            NackReason::kMalformed);
  EXPECT_EQ(refusal([](v1::Event& e) { e.mutable_convention_opened(); }), NackReason::kMalformed);
}

TEST_F(IngestTest, RefusesCitationsOfTheOwnFeedOrOfWrongLengthAndTakesUnknownOnes) {
  Store(reader_, RunFrom(0));
  const auto refusal = [&](const std::string& replica, std::uint64_t size,
                           const std::string& root) {
    v1::Event event = HonestEvent(2);
    v1::FeedPoint& seen = *event.add_seen();
    seen.set_replica_id(replica);
    seen.set_size(size);
    seen.set_root(root);
    return RefusalAt(reader_, SignedRun(2, event));
  };
  const std::string other(32, 'o');

  EXPECT_EQ(refusal(author_.id().ToBytes(), 1, other), NackReason::kMalformed);
  EXPECT_EQ(refusal(other, 0, other), NackReason::kMalformed);
  EXPECT_EQ(refusal(other, 1, "short"), NackReason::kMalformed);
  EXPECT_EQ(refusal("short", 1, other), NackReason::kMalformed);
  EXPECT_EQ(refusal(other, 1, other), std::nullopt);
}

TEST_F(IngestTest, TakesAnEventAtTheLimitAndRefusesOneByteMore) {
  Store(reader_, RunFrom(0));
  v1::Event event = HonestEvent(2);
  event.mutable_progress_reported()->set_comment(std::string(limits::kEventBytes - 200, 'x'));
  std::string& comment = *event.mutable_progress_reported()->mutable_comment();
  comment.append(limits::kEventBytes - event.ByteSizeLong(), 'x');

  EXPECT_EQ(RefusalAt(reader_, SignedRun(2, event)), std::nullopt);
  comment.push_back('x');
  EXPECT_EQ(RefusalAt(reader_, SignedRun(2, event)), NackReason::kMalformed);
}

TEST_F(IngestTest, RefusesSequencesThatOverflow) {
  v1::Run run = RunFrom(0);
  run.set_from(std::numeric_limits<std::uint64_t>::max());

  EXPECT_EQ(RefusalAt(reader_, run), NackReason::kMalformed);
}

TEST_F(IngestTest, TakesPayloadsOfNewerSoftware) {
  Store(reader_, RunFrom(0));
  v1::Event event = HonestEvent(2);
  // Field 999, length 3: no payload that this version knows.
  event.GetReflection()->MutableUnknownFields(&event)->AddLengthDelimited(999, "new");

  EXPECT_EQ(RefusalAt(reader_, SignedRun(2, event)), std::nullopt);
}

TEST_F(IngestTest, TakesALaterFormatOfEvents) {
  Store(reader_, RunFrom(0));
  v1::Event event = HonestEvent(2);
  event.set_format(2);

  EXPECT_EQ(RefusalAt(reader_, SignedRun(2, event)), std::nullopt);
}

TEST_F(IngestTest, TakesOnlySealedValuesThatFitTheirCommitments) {
  const std::string salt(32, 's');
  v1::Run run = RunFrom(0);
  v1::SealedValue& sealed = *run.add_sealed();
  sealed.set_commitment(SealedCommitment(salt, "Présidente").ToBytes());
  sealed.set_salt(salt);
  sealed.set_value("Présidente");

  EXPECT_EQ(RefusalAt(reader_, run), std::nullopt);
  sealed.set_value("Directrice");
  EXPECT_EQ(RefusalAt(reader_, run), NackReason::kMalformed);
  sealed.set_erased(true);
  EXPECT_EQ(RefusalAt(reader_, run), NackReason::kMalformed);
  sealed.clear_salt();
  sealed.clear_value();
  EXPECT_EQ(RefusalAt(reader_, run), std::nullopt);
}

TEST_F(IngestTest, TakesSealedValuesUpToTheirLimit) {
  const std::string salt(32, 's');
  const auto with = [&](std::size_t bytes, std::size_t salt_bytes) {
    v1::Run run = RunFrom(0);
    v1::SealedValue& sealed = *run.add_sealed();
    sealed.set_salt(salt.substr(0, salt_bytes));
    sealed.set_value(std::string(bytes, 'v'));
    sealed.set_commitment(SealedCommitment(sealed.salt(), sealed.value()).ToBytes());
    return run;
  };

  EXPECT_EQ(RefusalAt(reader_, with(limits::kSealedBytes, 32)), std::nullopt);
  EXPECT_EQ(RefusalAt(reader_, with(limits::kSealedBytes + 1, 32)), NackReason::kMalformed);
  EXPECT_EQ(RefusalAt(reader_, with(1, 31)), NackReason::kMalformed);
}

TEST_F(IngestTest, PlansABranchFromTheFirstDifferingEvent) {
  author_.Append(convention_, "shared", 3);
  Store(reader_, RunFrom(0));
  MemoryReplica twin("author");
  twin.RestoreFrom(convention_, author_);
  author_.Append(convention_, "one story", 2);
  Store(reader_, RunFrom(5));
  twin.Append(convention_, "another story", 4);

  const auto outcome = PlanAt(reader_, *twin.ReadRun(convention_, 1, 0, limits::kFrameBytes));

  const IngestPlan& plan = std::get<IngestPlan>(outcome);
  EXPECT_FALSE(plan.branch);
  EXPECT_EQ(plan.parent, FeedNumber{1});
  EXPECT_EQ(plan.forked_at, 5u);
  EXPECT_EQ(plan.events.size(), 4u);
  EXPECT_EQ(plan.frontier.Root(), plan.head.root);
}

TEST_F(IngestTest, AppendsToTheBranchThatARunGoesOnFrom) {
  MemoryReplica twin("author");
  Store(reader_, RunFrom(0));
  twin.RestoreFrom(convention_, author_);
  author_.Append(convention_, "one story", 2);
  twin.Append(convention_, "another story", 2);
  Store(reader_, RunFrom(2));
  Store(reader_, *twin.ReadRun(convention_, 1, 2, limits::kFrameBytes));
  twin.Append(convention_, "goes on", 1);

  const auto outcome = PlanAt(reader_, *twin.ReadRun(convention_, 1, 4, limits::kFrameBytes));

  EXPECT_EQ(std::get<IngestPlan>(outcome).branch, FeedNumber{2});
  EXPECT_EQ(std::get<IngestPlan>(outcome).events.size(), 1u);
}

TEST_F(IngestTest, KeepsSixteenBranchesAndRefusesTheNext) {
  Store(reader_, RunFrom(0));
  for (std::size_t i = 0; i < limits::kBranches; ++i) {
    MemoryReplica twin("author");
    twin.RestoreFrom(convention_, author_);
    twin.Append(convention_, absl::StrCat("story ", i), 1);
    Store(reader_, *twin.ReadRun(convention_, 1, 2, limits::kFrameBytes));
  }
  MemoryReplica twin("author");
  twin.RestoreFrom(convention_, author_);
  twin.Append(convention_, "one story too many", 1);

  EXPECT_EQ(RefusalAt(reader_, *twin.ReadRun(convention_, 1, 2, limits::kFrameBytes)),
            NackReason::kBranchLimit);
}

TEST_F(IngestTest, KeepsAsManyFeedsAsTheLimitAndRefusesTheNext) {
  IngestContext context = reader_.Context(convention_, author_.key().public_key());
  context.convention_held = context.author_known = true;

  context.feeds_held = kFeedsPerConventionMax - 1;
  EXPECT_TRUE(std::holds_alternative<IngestPlan>(*PlanIngest(context, RunFrom(0))));
  context.feeds_held = kFeedsPerConventionMax;
  const auto outcome = PlanIngest(context, RunFrom(0));
  EXPECT_EQ(std::get<IngestRefusal>(*outcome).reason, NackReason::kLimit);
}

}  // namespace
}  // namespace greffe::sync
