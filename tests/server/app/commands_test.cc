// Commands: once for ever, told when a value changed, nothing of a failed commit is seen.

#include <gtest/gtest.h>

#include "core/base/refusal.h"
#include "server/app/preview.h"
#include "tests/server/app/test_replica.h"
#include "tests/support/sample_play.h"

namespace greffe::test {
namespace {

using testing_support::StatusIs;

std::size_t ValuesOf(TestReplica& replica, const std::string& convention,
                     const std::string& period) {
  v1::GetConventionRequest request;
  request.set_convention_id(convention);
  const auto response = replica->GetConvention(replica.User("caf-12"), request);
  EXPECT_OK(response);
  for (const v1::FollowUpView& subject : response->view().follow_up()) {
    if (subject.period() == period) return static_cast<std::size_t>(subject.values_size());
  }
  return 0;
}

// Invariant 10.
TEST(Commands, SameRequestTwiceHappensOnceAlsoAfterReopening) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  v1::RecordMeasurementRequest request = Measure(id, "2026", "12");
  request.set_request_id(caf.NextRequest());
  ASSERT_OK_AND_ASSIGN(const auto first, caf.Do(caf.User("caf-12"), request));
  ASSERT_OK_AND_ASSIGN(const auto again, caf.Do(caf.User("caf-12"), request));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  caf.Reopen();
  ASSERT_OK_AND_ASSIGN(const auto later, caf.Do(caf.User("caf-12"), request));
  EXPECT_EQ(later.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 1u);
}

TEST(Commands, SameRequestTwiceInOneBatchHappensOnce) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  v1::RecordMeasurementRequest request = Measure(id, "2026", "12");
  request.set_request_id(caf.NextRequest());
  std::vector<std::string> answers;
  const std::size_t commits = caf.store().commits();
  for (int i = 0; i < 3; ++i) {
    caf->Submit(caf.User("caf-12"), request,
                [&](absl::StatusOr<v1::RecordMeasurementResponse> answer) {
                  answers.push_back(answer.ok() ? answer->SerializeAsString() : "refused");
                });
  }
  caf.Drain();
  EXPECT_EQ(caf.store().commits(), commits + 1);
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(answers[1], answers[0]);
  EXPECT_EQ(answers[2], answers[0]);
  EXPECT_EQ(caf.store().last().events.size(), 1u);
}

TEST(Commands, SameRequestAskedAgainAfterReadingAgainGivesTheSameAnswer) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  v1::RecordMeasurementRequest request = Measure(id, "2026", "12");
  request.set_request_id(caf.NextRequest());
  ASSERT_OK_AND_ASSIGN(const auto first, caf.Do(caf.User("caf-12"), request));

  request.set_read_cut(first.receipt().cut());

  ASSERT_OK_AND_ASSIGN(const auto again, caf.Do(caf.User("caf-12"), request));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 1u);
}

TEST(Commands, SameRequestIdWithOtherContentIsRefused) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  v1::RecordMeasurementRequest request = Measure(id, "2026", "12");
  request.set_request_id(caf.NextRequest());
  ASSERT_OK(caf.Do(caf.User("caf-12"), request));
  request.mutable_measurement()->set_value("13");
  EXPECT_THAT(caf.Do(caf.User("caf-12"), request), StatusIs(absl::StatusCode::kAlreadyExists));
  // Another user's request of the same id is another request.
  EXPECT_OK(caf.Do(caf.User("caf-12", "other"), Measure(id, "2025", "1")));
}

TEST(Commands, CreateRepeatedGivesTheSameConvention) {
  TestReplica caf('c', "Caf", {"caf-12"});
  v1::CreateConventionRequest request;
  request.set_request_id(caf.NextRequest());
  *request.mutable_draft() = SmallDraft();
  ASSERT_OK_AND_ASSIGN(const auto first, caf.Do(caf.User("caf-12"), request));
  caf.Reopen();
  ASSERT_OK_AND_ASSIGN(const auto again, caf.Do(caf.User("caf-12"), request));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  ASSERT_OK_AND_ASSIGN(const auto list, caf->ListConventions(caf.User("caf-12"), {}));
  EXPECT_EQ(list.conventions_size(), 1);
}

TEST(Commands, DryRunWritesNothingAndCounts) {
  TestReplica caf('c', "Caf", {"caf-12"});
  v1::CreateConventionRequest request;
  *request.mutable_draft() = SmallDraft();
  request.set_dry_run(true);
  const std::size_t commits = caf.store().commits();
  ASSERT_OK_AND_ASSIGN(const auto sound, caf.Do(caf.User("caf-12"), request));
  EXPECT_EQ(sound.problems_size(), 0);
  EXPECT_EQ(sound.counts().parties(), 2u);
  // SmallDraft has no diagnosis: its freeze asks about it.
  EXPECT_EQ(sound.freeze_refuses_size(), 0);
  ASSERT_GT(sound.freeze_asks_size(), 0);
  v1::Element& blank = *request.mutable_draft()->add_elements();
  blank.set_id("article-blanc");
  blank.mutable_article()->set_title("Durée");
  blank.mutable_article()->set_body("Elle court du XX/XX/2025.");
  request.clear_request_id();
  ASSERT_OK_AND_ASSIGN(const auto blanks, caf.Do(caf.User("caf-12"), request));
  ASSERT_EQ(blanks.freeze_refuses_size(), 1);
  EXPECT_EQ(blanks.freeze_refuses(0).rule(), "CHK-14");
  EXPECT_EQ(blanks.freeze_refuses(0).element_id(), "article-blanc");
  request.mutable_draft()->mutable_elements(0)->mutable_terms()->set_start_date("2022-02-30");
  request.clear_request_id();
  ASSERT_OK_AND_ASSIGN(const auto wrong, caf.Do(caf.User("caf-12"), request));
  EXPECT_GT(wrong.problems_size(), 0);
  EXPECT_EQ(caf.store().commits(), commits);
}

TEST(Commands, DryRunsAreAnsweredWhileOthersWaitForTheSequencer) {
  TestReplica caf('c', "Caf", {"caf-12"});
  v1::CreateConventionRequest request;
  *request.mutable_draft() = SmallDraft();
  request.set_request_id(caf.NextRequest());
  ASSERT_OK_AND_ASSIGN(const auto created, caf.Do(caf.User("caf-12"), request));
  bool written = false;
  request.set_request_id(caf.NextRequest());
  caf->Submit(caf.User("caf-12"), request, [&written](const auto&) { written = true; });

  // Nobody has run the sequencer since.
  bool checked = false;
  request.set_dry_run(true);
  caf->Submit(caf.User("caf-12"), request, [&checked](const auto& answer) {
    EXPECT_OK(answer);
    checked = true;
  });
  EXPECT_TRUE(checked);
  checked = false;
  v1::FreezeActRequest freeze;
  freeze.set_request_id(caf.NextRequest());
  freeze.set_convention_id(created.receipt().convention_id());
  freeze.set_act_id(created.act_id());
  freeze.set_dry_run(true);
  caf->Submit(caf.User("caf-12"), freeze, [&checked](const auto& answer) {
    EXPECT_OK(answer);
    checked = true;
  });
  EXPECT_TRUE(checked);
  EXPECT_FALSE(written);
  EXPECT_TRUE(caf->RunOnce());
  EXPECT_TRUE(written);
}

TEST(Commands, DryRunOfARevisionSaysItsProblemsInBothLanguages) {
  TestReplica caf('c', "Caf", {"caf-12"});
  v1::CreateConventionRequest create;
  create.set_request_id(caf.NextRequest());
  *create.mutable_draft() = SmallDraft();
  ASSERT_OK_AND_ASSIGN(const auto created, caf.Do(caf.User("caf-12"), create));
  v1::ReviseActRequest request;
  request.set_convention_id(created.receipt().convention_id());
  request.set_act_id(created.act_id());
  request.set_dry_run(true);
  v1::Element* element = request.add_changes()->mutable_put();
  element->set_id("article-9");
  element->set_parent_id("nulle-part");
  element->mutable_article()->set_title("Ailleurs");
  ASSERT_OK_AND_ASSIGN(const auto wrong, caf.Do(caf.User("caf-12"), request));
  ASSERT_GT(wrong.problems_size(), 0);
  EXPECT_NE(wrong.problems(0).text(), "");
  EXPECT_NE(wrong.problems(0).text_en(), "");
  EXPECT_NE(wrong.problems(0).text_en(), wrong.problems(0).text());
  EXPECT_NE(wrong.problems(0).rule(), "");
}

TEST(Commands, DryRunOfACommitteeDecisionSaysWhatItsFreezeWillRefuse) {
  testing_support::SamplePlay play;
  play.ConcludeOriginal();
  v1::ProposeActRequest request;
  request.mutable_draft()->set_kind(v1::ACT_KIND_COMMITTEE_DECISION);
  request.mutable_draft()->set_title("Décision");
  *request.mutable_draft()->add_changes() = testing_support::Remove("axis-1");
  const ConventionState& state = play.agglo().state();
  v1::ProposeActResponse response;
  ASSERT_OK(PreviewChange(state, request, play.Coordinator(), &response));
  ASSERT_EQ(response.problems_size(), 1);
  EXPECT_EQ(response.problems(0).rule(), "CHK-25");
  EXPECT_EQ(response.problems(0).field(), "changes[0]");

  request.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  response.Clear();
  ASSERT_OK(PreviewChange(state, request, play.Coordinator(), &response));
  EXPECT_EQ(response.problems_size(), 0);
}

TEST(Commands, DryRunOfAFreezeSaysWhatItAsksAndWhatItWouldMake) {
  TestReplica caf('c', "Caf", {"caf-12"});
  v1::CreateConventionRequest create;
  *create.mutable_draft() = SmallDraft();
  const UserCall user = caf.User("caf-12");
  ASSERT_OK_AND_ASSIGN(const auto created, caf.Do(user, create));
  v1::FreezeActRequest request;
  request.set_convention_id(created.receipt().convention_id());
  request.set_act_id(created.act_id());
  request.set_dry_run(true);
  const std::size_t commits = caf.store().commits();

  ASSERT_OK_AND_ASSIGN(const auto asks, caf.Do(user, request));
  ASSERT_EQ(asks.problems_size(), 1);
  EXPECT_EQ(asks.problems(0).field(), "confirmed");
  EXPECT_NE(asks.confirm(), "");
  EXPECT_EQ(asks.label(), "");

  request.set_confirmed(asks.confirm());
  ASSERT_OK_AND_ASSIGN(const auto would, caf.Do(user, request));
  EXPECT_EQ(would.problems_size(), 0);
  EXPECT_EQ(would.confirm(), "");
  EXPECT_EQ(would.label(), "convention");
  EXPECT_GT(would.needed(), 0u);
  // Nothing exists that could be signed.
  EXPECT_EQ(would.revision(), "");
  EXPECT_EQ(caf.store().commits(), commits);

  request.set_dry_run(false);
  request.set_request_id(caf.NextRequest());
  ASSERT_OK_AND_ASSIGN(const auto frozen, caf.Do(user, request));
  EXPECT_EQ(frozen.label(), would.label());
  EXPECT_EQ(frozen.needed(), would.needed());
  // Sent again by somebody who was not asked anew, it is the same command.
  v1::FreezeActRequest repeated = request;
  repeated.clear_confirmed();
  ASSERT_OK_AND_ASSIGN(const auto again, caf.Do(user, repeated));
  EXPECT_EQ(again.SerializeAsString(), frozen.SerializeAsString());
  request.clear_request_id();

  // What is refused all the same cannot be confirmed.
  request.set_dry_run(true);
  ASSERT_OK_AND_ASSIGN(const auto refused, caf.Do(user, request));
  ASSERT_EQ(refused.problems_size(), 1);
  EXPECT_EQ(refused.problems(0).rule(), "already-frozen");
  EXPECT_EQ(refused.confirm(), "");
}

TEST(Commands, SecondOfTwoUsersWhoChangeOneValueIsTold) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2026", "12")));
  const std::string seen = TokenOf(caf, "caf-12", id);
  ASSERT_OK(caf.Do(caf.User("caf-12", "first"), Measure(id, "2026", "13", seen)));
  const auto second = caf.Do(caf.User("caf-12", "second"), Measure(id, "2026", "14", seen));
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kAborted));
  // Both values are named, so that the person can decide.
  EXPECT_THAT(RefusalOf(second.status()).fr, testing::HasSubstr("13"));
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 1u);
}

TEST(Commands, FailedCommitLeavesNothingAndStopsWriting) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  const std::string before = TokenOf(caf, "caf-12", id);
  v1::RecordMeasurementRequest request = Measure(id, "2026", "12");
  request.set_request_id(caf.NextRequest());
  caf.store().FailNext(absl::ResourceExhaustedError("no space left"));
  const auto failed = caf.Do(caf.User("caf-12"), request);
  EXPECT_THAT(failed, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(RefusalOf(failed.status()).rule, "disk-full");
  EXPECT_EQ(caf.notices(), std::vector<std::string>{"commit-failed rule=disk-full"});
  // Reads go on, and show what is on disk.
  EXPECT_EQ(TokenOf(caf, "caf-12", id), before);
  const auto next = caf.Do(caf.User("caf-12"), Measure(id, "2025", "1"));
  EXPECT_THAT(next, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(RefusalOf(next.status()).rule, "store-must-be-reopened");
  caf.Reopen();
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 0u);
  EXPECT_OK(caf.Do(caf.User("caf-12"), request));
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 1u);
}

TEST(Commands, RefusedForWhatNeverBecameDurableAreToldThatTheCommitFailed) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  const std::string other = CreateSmall(caf, "caf-12");
  const std::string cut = TokenOf(caf, "caf-12", id);
  std::vector<absl::Status> answers;
  const auto submit = [&](v1::RecordMeasurementRequest request) {
    request.set_request_id(caf.NextRequest());
    caf->Submit(caf.User("caf-12"), std::move(request),
                [&](const absl::StatusOr<v1::RecordMeasurementResponse>& answer) {
                  answers.push_back(answer.status());
                });
  };
  submit(Measure(other, "20x6", "1"));
  submit(Measure(id, "2026", "12", cut));
  // Refused for the value above, which its user was not shown.
  submit(Measure(id, "2026", "13", cut));
  caf.store().FailNext(absl::ResourceExhaustedError("no space left"));

  caf.Drain();

  ASSERT_EQ(answers.size(), 3u);
  EXPECT_THAT(answers[0], StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(RefusalOf(answers[1]).rule, "disk-full");
  EXPECT_EQ(RefusalOf(answers[2]).rule, "disk-full");
}

TEST(Commands, OfOtherConventionsStandWhenOneMustNotBeSigned) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string lost = CreateSmall(caf, "caf-12");
  const StoredHead head = caf.store().last().heads.back();
  const std::string sound = CreateSmall(caf, "caf-12");
  // A head of the first convention's feed is on record beyond the events that are there.
  caf.store().PlantHead({head.feed, head.size + 3, head.note});
  std::vector<std::string> answers;
  for (const std::string& id : {lost, sound, lost}) {
    v1::RecordMeasurementRequest request = Measure(id, "2026", "12");
    request.set_request_id(caf.NextRequest());
    caf->Submit(caf.User("caf-12"), std::move(request),
                [&](const absl::StatusOr<v1::RecordMeasurementResponse>& answer) {
                  answers.push_back(answer.ok() ? "done" : RefusalOf(answer.status()).rule);
                });
  }

  caf.Drain();

  EXPECT_EQ(answers, (std::vector<std::string>{"signing-stopped", "done", "signing-stopped"}));
  EXPECT_EQ(ValuesOf(caf, sound, "2026"), 1u);
  EXPECT_EQ(ValuesOf(caf, lost, "2026"), 0u);
  // Nothing more is signed under this key, and a restart forgets nothing.
  EXPECT_EQ(caf.notices(), std::vector<std::string>{"signing-stopped rule=own-head-unknown"});
  for (int i = 0; i < 2; ++i) {
    const auto next = caf.Do(caf.User("caf-12"), Measure(sound, "2025", "1"));
    EXPECT_EQ(RefusalOf(next.status()).rule, "signing-stopped");
    caf.Reopen();
  }
}

TEST(Commands, GoOnOnceTheStoreIsOpenedAgainAfterAFailedCommit) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  v1::RecordMeasurementRequest request = Measure(id, "2026", "12");
  request.set_request_id(caf.NextRequest());
  caf.store().FailNext(absl::ResourceExhaustedError("no space left"));
  EXPECT_FALSE(caf.Do(caf.User("caf-12"), request).ok());
  caf.store().FailReopen(absl::ResourceExhaustedError("no space left"));
  EXPECT_FALSE(caf->Reopen().ok());
  EXPECT_FALSE(caf->Writable().ok());
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 0u) << "reads go on";

  caf.store().FailReopen(absl::OkStatus());
  ASSERT_OK(caf->Reopen());
  EXPECT_OK(caf->Writable());
  EXPECT_EQ(caf.notices(), (std::vector<std::string>{"commit-failed rule=disk-full",
                                                     "store-not-reopened rule=RESOURCE_EXHAUSTED",
                                                     "store-reopened conventions=1"}));
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 0u);
  EXPECT_OK(caf.Do(caf.User("caf-12"), request));
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 1u);
  ASSERT_OK_AND_ASSIGN(const auto verified, caf->Verify(caf.User("caf-12"), {}));
  EXPECT_TRUE(verified.ok());
}

TEST(Commands, StandWithoutTheirSnapshotWhenItCannotBeWritten) {
  TestReplica caf('c', "Caf", {"caf-12"});
  caf.Tune(64u << 20, 4);
  caf.Reopen();
  const std::string id = CreateSmall(caf, "caf-12");
  caf.store().FailSnapshots(absl::ResourceExhaustedError("no space left"));
  int done = 0;
  while (caf->Writable().ok() && done < 20) {
    ASSERT_OK(caf.Do(caf.User("caf-12"), Measure(id, std::to_string(2000 + done), "1")));
    ++done;
  }
  ASSERT_GT(done, 0);
  ASSERT_LT(done, 20) << "no snapshot was due";
  EXPECT_EQ(caf.notices(), std::vector<std::string>{"snapshot-failed rule=RESOURCE_EXHAUSTED"});

  caf.store().FailSnapshots(absl::OkStatus());
  ASSERT_OK(caf->Reopen());
  for (int i = 0; i < done; ++i) EXPECT_EQ(ValuesOf(caf, id, std::to_string(2000 + i)), 1u);
  EXPECT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2022", "1")));
}

TEST(Commands, WhatWasInDoubtIsThereOnceTheStoreIsOpenedAgain) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  std::vector<std::string> told;
  caf->AddListener(
      [&](const Published& published) { told.push_back(published.convention.ToHex()); });
  v1::RecordMeasurementRequest request = Measure(id, "2026", "12");
  request.set_request_id(caf.NextRequest());
  // The write reached the disk; its sync said otherwise.
  caf.store().FailNext(absl::UnavailableError("sync failed"), /*late=*/true);
  EXPECT_FALSE(caf.Do(caf.User("caf-12"), request).ok());
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 0u);
  EXPECT_TRUE(told.empty());

  ASSERT_OK(caf->Reopen());
  EXPECT_EQ(told, std::vector<std::string>{id}) << "peers and watchers learn of it";
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 1u);
  // The same request is answered, not done again; the next one goes on after it.
  EXPECT_OK(caf.Do(caf.User("caf-12"), request));
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 1u);
  EXPECT_OK(caf.Do(caf.User("caf-12"), Measure(id, "2025", "1")));
  ASSERT_OK_AND_ASSIGN(const auto verified, caf->Verify(caf.User("caf-12"), {}));
  EXPECT_TRUE(verified.ok());
}

TEST(Commands, DeadlinePassedBeforeItsTurnIsNotBegun) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  UserCall call = caf.User("caf-12");
  call.deadline = Instant{caf.clock().now.micros - 1};
  EXPECT_THAT(caf.Do(call, Measure(id, "2026", "12")),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_EQ(ValuesOf(caf, id, "2026"), 0u);
}

TEST(Commands, UnknownAndNotYoursAreOneAnswer) {
  TestReplica caf('c', "Caf", {"caf-12", "caf-47"});
  const std::string id = CreateSmall(caf, "caf-12");
  const std::string unknown(32, '0');
  const auto not_yours = caf.Do(caf.User("caf-47"), Measure(id, "2026", "1"));
  const auto not_there = caf.Do(caf.User("caf-47"), Measure(unknown, "2026", "1"));
  EXPECT_THAT(not_yours, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(not_yours.status(), not_there.status());
  v1::GetConventionRequest read;
  read.set_convention_id(id);
  const auto hidden = caf->GetConvention(caf.User("caf-47"), read);
  read.set_convention_id(unknown);
  EXPECT_EQ(hidden.status(), caf->GetConvention(caf.User("caf-47"), read).status());
  // A prefix is unique among what one sees.
  read.set_convention_id(id.substr(0, 6));
  EXPECT_OK(caf->GetConvention(caf.User("caf-12"), read));
  EXPECT_THAT(caf->GetConvention(caf.User("caf-47"), read), StatusIs(absl::StatusCode::kNotFound));
  read.set_convention_id(id.substr(0, 5));
  EXPECT_THAT(caf->GetConvention(caf.User("caf-12"), read),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Commands, EachCommitEndsWithOneSignedHead) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  for (int i = 0; i < 5; ++i) {
    caf->Submit(
        caf.User("caf-12"),
        [&] {
          v1::RecordMeasurementRequest request = Measure(id, "202" + std::to_string(i), "1");
          request.set_request_id(caf.NextRequest());
          return request;
        }(),
        [](absl::StatusOr<v1::RecordMeasurementResponse> answer) { EXPECT_OK(answer); });
  }
  caf.Drain();
  const WriteSet& last = caf.store().last();
  EXPECT_EQ(last.events.size(), 5u);
  ASSERT_EQ(last.heads.size(), 1u);
  EXPECT_EQ(last.heads.front().size, last.events.back().at.sequence + 1);
  ASSERT_OK_AND_ASSIGN(const auto verified, caf->Verify(caf.User("caf-12"), {}));
  EXPECT_TRUE(verified.ok());
}

}  // namespace
}  // namespace greffe::test
