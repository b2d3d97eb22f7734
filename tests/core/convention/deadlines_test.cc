#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/convention/decide.h"
#include "core/convention/state/state.h"
#include "core/convention/views/queries_life.h"
#include "tests/core/convention/living_play.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using Life = v1::LifeRecorded;
using test::Day;
using test::Denunciation;
using test::Viewing;
using testing_support::SamplePlay;
using testing_support::SoundDeliberation;

// CHK-06: nothing runs from a receipt before the sitting.
TEST(ViewDeadlines, OfAVoteWhoseDatesCannotBeSayWhyTheyAreNotComputable) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  v1::RecordDeliberationRequest request;
  *request.mutable_deliberation() = SoundDeliberation("vallon", revision);
  request.mutable_deliberation()->set_received_on("2025-03-09");
  ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon")));

  std::size_t windows = 0;
  const v1::DeadlinesView view = ViewDeadlines(play.agglo().At("2025-06-30"), {});
  for (const v1::Deadline& one : view.deadlines()) {
    if (one.rule() != "L-58" && one.rule() != "L-59") continue;
    ++windows;
    EXPECT_EQ(one.last_day(), "");
    EXPECT_THAT(one.why(), AllOf(HasSubstr("non calculable"), HasSubstr("CHK-06"),
                                 HasSubstr("avant la séance")));
  }
  EXPECT_EQ(windows, 2u);
}

TEST(ViewDeadlines, CountsADenunciationFromSendingAndFromReceipt) {
  Viewing life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, Denunciation("2025-06-30"));
  const auto by_end = [&](const std::string& end) {
    const v1::DeadlinesView view = ViewDeadlines(life.Now());
    for (const v1::Deadline& one : view.deadlines()) {
      if (one.rule() == "L-53" && one.id().size() > end.size() &&
          one.id().substr(one.id().size() - end.size()) == end) {
        return one;
      }
    }
    return v1::Deadline();
  };

  EXPECT_EQ(by_end("-sent").last_day(), "2025-12-30");
  // Among three parties nothing follows by itself (L-53).
  EXPECT_EQ(by_end("-sent").effect_on(), "");
  EXPECT_EQ(by_end("-received").state(), v1::DEADLINE_STATE_NOT_COMPUTABLE);
  EXPECT_THAT(by_end("-received").why(), HasSubstr("réception n'est pas enregistré"));
  life.On("2025-07-03");
  life.Record("caf", v1::ROLE_SECRETARIAT,
              test::Answering(test::Plain(Life::kNoticeReceived, "2025-07-03"), sent));
  EXPECT_EQ(by_end("-received").last_day(), "2026-01-03");
  EXPECT_THAT(by_end("-received").why(), HasSubstr("6 mois à compter du 3 juillet 2025"));
  EXPECT_EQ(by_end("-received").fact(), sent.ToHex());
  EXPECT_EQ(by_end("-received").state(), v1::DEADLINE_STATE_TO_COME);
  life.On("2025-12-04");
  EXPECT_EQ(by_end("-received").state(), v1::DEADLINE_STATE_DUE);
  life.On("2026-01-04");
  EXPECT_EQ(by_end("-received").state(), v1::DEADLINE_STATE_PASSED);
}

TEST(ViewDeadlines, GivesTheWindowsOfEachDeliberation) {
  Viewing life;

  const v1::Deadline challenge = life.Find("challenge-*");
  const v1::Deadline referral = life.Find("referral-*");
  EXPECT_EQ(challenge.rule(), "L-58");
  EXPECT_EQ(referral.rule(), "L-59");
  EXPECT_FALSE(challenge.last_day().empty());
  EXPECT_THAT(challenge.text(), HasSubstr("10 mars 2025"));
  EXPECT_THAT(challenge.text_en(), HasSubstr("of 10 March 2025"));
  EXPECT_FALSE(challenge.partner_id().empty());
}

// L-07: no period runs from what a board of the CAF votes.
TEST(ViewDeadlines, GivesNoWindowOfWhatIsNotTransmitted) {
  Viewing life;
  const std::string revision = life.play.agglo()
                                   .state()
                                   .data()
                                   .LeafOf(life.play.agglo().state().data().revisions.front().event)
                                   .ToHex();
  v1::RecordDeliberationRequest vote;
  *vote.mutable_deliberation() = SoundDeliberation("caf", revision);
  ASSERT_OK(life.play.caf().Do(vote, life.As("caf", v1::ROLE_SECRETARIAT)));
  life.play.net().SyncAll();
  const v1::DeadlinesView view = ViewDeadlines(life.Now());
  int windows = 0;
  for (const v1::Deadline& one : view.deadlines()) {
    EXPECT_NE(one.partner_id(), "caf") << one.id();
    windows += static_cast<int>(absl::StartsWith(one.id(), "challenge-"));
  }
  EXPECT_GE(windows, 1);
}

TEST(ViewDeadlines, RestartsThePrefectsWindowWithAMessageThatAsksForMore) {
  Viewing life;
  const v1::Deadline before = life.Find("referral-*");
  ASSERT_THAT(before.fact(), SizeIs(64));
  Life message = test::Plain(Life::kLegalityMessageRecorded, "2025-05-15");
  message.mutable_legality_message_recorded()->set_code("3-1");
  message.set_answers(Digest::FromHex(before.fact(), "fact")->ToBytes());
  life.Record(before.partner_id(), v1::ROLE_SECRETARIAT, message);

  EXPECT_LT(before.last_day(), "2025-07-16");
  EXPECT_EQ(life.Find(before.id()).last_day(), "2025-07-16");
}

// What a party sends or receives about the délibération whose window is `before`.
Life About(const v1::Deadline& before, Life::FactCase kind, const char* day) {
  return test::Answering(test::Plain(kind, day), *Digest::FromHex(before.fact(), "fact"));
}

TEST(ViewDeadlines, RestartsThePrefectsWindowWithARecoursGracieuxWhileItRuns) {
  Viewing life;
  const v1::Deadline before = life.Find("referral-*");
  Life message = About(before, Life::kDeliberationChallenged, "2025-05-15");
  message.mutable_deliberation_challenged()->set_kind(v1::CHALLENGE_KIND_GRACIOUS);
  life.Record(before.partner_id(), v1::ROLE_SECRETARIAT, message);

  EXPECT_EQ(life.Find(before.id()).last_day(), "2025-07-16");
}

TEST(ViewDeadlines, DoesNotRestartAWindowThatIsOver) {
  Viewing life;
  const v1::Deadline before = life.Find("referral-*");
  const std::string late = Day(before.last_day().c_str()).NextDay().ToString();
  life.On(late.c_str());
  Life message = About(before, Life::kLegalityMessageRecorded, late.c_str());
  message.mutable_legality_message_recorded()->set_code("3-1");
  life.Record(before.partner_id(), v1::ROLE_SECRETARIAT, message);

  EXPECT_EQ(life.Find(before.id()).last_day(), before.last_day());
}

TEST(ViewDeadlines, RunsNoWindowOnADeliberationThatIsGone) {
  for (const auto& [kind, runs] : {std::pair(v1::CHALLENGE_KIND_WITHDRAWN, false),
                                   std::pair(v1::CHALLENGE_KIND_ANNULLED, false),
                                   std::pair(v1::CHALLENGE_KIND_SUSPENDED, true)}) {
    Viewing life;
    const v1::Deadline before = life.Find("referral-*");
    const std::string other = absl::StrReplaceAll(before.id(), {{"referral", "challenge"}});
    ASSERT_EQ(life.Find(other).id(), other);
    Life gone = About(before, Life::kDeliberationChallenged, "2025-05-15");
    gone.mutable_deliberation_challenged()->set_kind(kind);
    life.Record(before.partner_id(), v1::ROLE_SECRETARIAT, gone);

    EXPECT_EQ(life.Find(before.id()).id(), runs ? before.id() : "");
    EXPECT_EQ(life.Find(other).id(), runs ? other : "");
  }
}

TEST(ViewDeadlines, KnowsWhatIsDueLateAndDone) {
  Viewing life;
  EXPECT_EQ(life.Find("meetings-body-1-2025").state(), v1::DEADLINE_STATE_TO_COME);
  life.On("2025-12-01");
  EXPECT_EQ(life.Find("meetings-body-1-2025").state(), v1::DEADLINE_STATE_DUE);
  life.On("2026-01-01");
  EXPECT_EQ(life.Find("meetings-body-1-2025").state(), v1::DEADLINE_STATE_LATE);

  v1::RecordMeetingRequest meeting;
  meeting.mutable_meeting()->set_element_id("body-1");
  meeting.mutable_meeting()->set_held_on("2025-11-20");
  ASSERT_OK(life.play.agglo().Do(meeting, life.play.Coordinator()));

  EXPECT_EQ(life.Find("meetings-body-1-2025").state(), v1::DEADLINE_STATE_DONE);
  EXPECT_EQ(life.Find("meetings-body-1-2026").state(), v1::DEADLINE_STATE_TO_COME);
}

TEST(ViewDeadlines, HoldsAnEvaluationDoneForTheWholeOrForEachAction) {
  Viewing life;
  life.On("2026-04-01");
  EXPECT_EQ(life.Find("evaluation-annual-2025").state(), v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(life.Find("evaluation-annual-2025").why(), HasSubstr("0 sur 1"));
  Life fact = test::Plain(Life::kEvaluationReported, "2026-04-01");
  fact.set_element_id("act-1");
  fact.mutable_evaluation_reported()->set_kind(v1::EVALUATION_KIND_ANNUAL);
  fact.mutable_evaluation_reported()->set_year("2025");
  const Digest reported = life.Record("agglo", v1::ROLE_COORDINATOR, fact);

  EXPECT_EQ(life.Find("evaluation-annual-2025").state(), v1::DEADLINE_STATE_DONE);
  EXPECT_EQ(life.Find("evaluation-annual-2026").state(), v1::DEADLINE_STATE_TO_COME);
  EXPECT_EQ(life.View().threads(0).standing(), "reported");
  Life validated = test::Answering(test::Plain(Life::kEvaluationValidated, "2026-04-01"), reported);
  validated.set_element_id("act-1");
  validated.mutable_evaluation_validated()->set_body_id("body-1");
  life.Record("agglo", v1::ROLE_SECRETARIAT, validated);
  EXPECT_EQ(life.View().threads(0).standing(), "validated");
}

// L-55: a link says what is to follow, and concludes nothing: alarms stay open.
TEST(ViewDeadlines, AlarmsBeforeTheEndThoughARenewalIsLinked) {
  Viewing life;
  life.On("2029-07-15");
  EXPECT_EQ(life.Find("renewal-12").state(), v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(life.Find("renewal-12").why_en(), HasSubstr("12 months before 31 December 2029"));
  EXPECT_EQ(life.Find("renewal-3").state(), v1::DEADLINE_STATE_TO_COME);
  EXPECT_EQ(life.Find("term-end").last_day(), "2029-12-31");
  Life renewal = test::Plain(Life::kRenewalLinked, "2029-07-01");
  renewal.mutable_renewal_linked()->set_title("CTG 2030-2034");
  renewal.mutable_renewal_linked()->set_start_date("2030-01-01");
  renewal.mutable_renewal_linked()->set_end_date("2034-12-31");
  life.Record("agglo", v1::ROLE_COORDINATOR, renewal);

  EXPECT_EQ(life.Find("renewal-12").state(), v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(life.Find("renewal-12").why(), HasSubstr("renouvellement relié, à conclure"));
  EXPECT_EQ(life.Find("renewal-3").state(), v1::DEADLINE_STATE_TO_COME);
}

TEST(ViewDeadlines, OwesNothingBeforeTheConclusion) {
  SamplePlay play;
  const v1::DeadlinesView view = ViewDeadlines(play.agglo().At("2025-06-30"));

  ASSERT_FALSE(view.deadlines().empty());
  const v1::Deadline& last = view.deadlines(view.deadlines_size() - 1);
  EXPECT_EQ(last.id(), "obligations");
  EXPECT_EQ(last.state(), v1::DEADLINE_STATE_NOT_COMPUTABLE);
  EXPECT_THAT(last.why(), HasSubstr("n'est pas conclue"));
}

TEST(ViewDeadlines, AreSortedFilteredAndTheSameOnEveryReplica) {
  Viewing life;
  life.Record("agglo", v1::ROLE_SIGNATORY, Denunciation("2025-06-30"));
  const v1::DeadlinesView all = ViewDeadlines(life.Now());
  for (int i = 1; i < all.deadlines_size(); ++i) {
    const std::string& before = all.deadlines(i - 1).last_day();
    const std::string& after = all.deadlines(i).last_day();
    EXPECT_TRUE(after.empty() || (!before.empty() && before <= after)) << i;
  }
  Known other = life.play.caf().At("2025-06-30");
  other.cut = life.Now().cut;
  EXPECT_EQ(ViewDeadlines(other).SerializeAsString(), all.SerializeAsString());

  const v1::DeadlinesView soon = ViewDeadlines(life.Now(), {.until = Day("2025-12-31")});
  EXPECT_GT(all.deadlines_size(), soon.deadlines_size());
  EXPECT_GT(soon.deadlines_size(), 1);
  for (const v1::Deadline& one : soon.deadlines()) EXPECT_LE(one.last_day(), "2025-12-31");
  life.On("2029-09-01");
  life.Record("caf", v1::ROLE_SIGNATORY,
              test::Notice(v1::NOTICE_KIND_DENUNCIATION, "2029-09-01", {"agglo"}));
  const auto late = [&](const DeadlinesWanted& wanted) {
    int count = 0;
    const v1::DeadlinesView view = ViewDeadlines(life.Now(), wanted);
    for (const v1::Deadline& one : view.deadlines()) count += one.last_day() > "2029-12-31";
    return count;
  };
  EXPECT_EQ(late({}), 0);
  EXPECT_EQ(late({.until = Day("2030-12-31")}), 1);
  const v1::DeadlinesView caf = ViewDeadlines(life.Now(), {.partner_id = "caf"});
  for (const v1::Deadline& one : caf.deadlines()) EXPECT_THAT(one.partner_id(), IsEmpty());
  EXPECT_THAT(caf.deadlines(), Not(IsEmpty()));
}

// Ids of those picked, each behind its state.
std::vector<std::string> Picked(const Known& known, const DeadlinesWanted& wanted) {
  std::vector<std::string> out;
  const v1::DeadlinesView view = ViewDeadlines(known, wanted);
  for (const v1::Deadline& one : view.deadlines()) {
    out.push_back(absl::StrCat(v1::DeadlineState_Name(one.state()), " ", one.id()));
  }
  EXPECT_GE(view.picked_from(), out.size());
  return out;
}

TEST(ViewDeadlines, PicksThoseOfTheNextDaysAndThoseThatAreLate) {
  Viewing life;
  life.On("2026-01-01");
  const std::string late = "DEADLINE_STATE_LATE meetings-body-1-2025";
  const std::string ahead = "DEADLINE_STATE_TO_COME meetings-body-1-2026";
  EXPECT_THAT(Picked(life.Now(), {.within_days = 0}), AllOf(Contains(late), Not(Contains(ahead))));
  // The last day of the year is 364 days away.
  EXPECT_THAT(Picked(life.Now(), {.within_days = 363}), Not(Contains(ahead)));
  EXPECT_THAT(Picked(life.Now(), {.within_days = 364}), AllOf(Contains(late), Contains(ahead)));
  const auto gone = AnyOf(StartsWith("DEADLINE_STATE_PASSED"), StartsWith("DEADLINE_STATE_DONE"));
  EXPECT_THAT(Picked(life.Now(), {}), Contains(gone));
  EXPECT_THAT(Picked(life.Now(), {.within_days = 364}), Not(Contains(gone)));
  EXPECT_THAT(Picked(life.Now(), {.late = true}),
              AllOf(Contains(late), Each(StartsWith("DEADLINE_STATE_LATE"))));
}

// As many days as a number holds end where dates do: nothing that is ahead is further away.
TEST(ViewDeadlines, PicksEverythingAheadWithinMoreDaysThanThereAre) {
  Viewing life;
  life.On("2029-09-01");
  life.Record("agglo", v1::ROLE_SIGNATORY,
              test::Notice(v1::NOTICE_KIND_DENUNCIATION, "2029-09-01", {"caf"}));
  const auto ahead = [&](const DeadlinesWanted& wanted) {
    int count = 0;
    const v1::DeadlinesView view = ViewDeadlines(life.Now(), wanted);
    for (const v1::Deadline& one : view.deadlines()) count += one.last_day() > "2029-12-31";
    return count;
  };
  // Beyond the end of the term too, unless a day says where to stop.
  EXPECT_EQ(ahead({.within_days = 4'294'967'295}), 1);
  EXPECT_EQ(ahead({.within_days = 36'525}), 1);
  EXPECT_EQ(ahead({.rules = {"L-53"}}), 1);
  EXPECT_EQ(ahead({.until = Day("2029-12-31"), .within_days = 36'525}), 0);
}

TEST(ViewDeadlines, PicksWhatCannotBeComputedAndThoseOfTheRulesNamed) {
  SamplePlay play;
  const Known known = play.agglo().At("2025-06-30");
  const auto unknown = Contains("DEADLINE_STATE_NOT_COMPUTABLE obligations");
  EXPECT_THAT(Picked(known, {.within_days = 0}), unknown);
  EXPECT_THAT(Picked(known, {.late = true}), unknown);

  Viewing life;
  const v1::DeadlinesView of_rule = ViewDeadlines(life.Now(), {.rules = {"L-58", "L-99"}});
  EXPECT_THAT(of_rule.deadlines(), Not(IsEmpty()));
  for (const v1::Deadline& one : of_rule.deadlines()) EXPECT_EQ(one.rule(), "L-58");
  const auto all = static_cast<std::uint32_t>(ViewDeadlines(life.Now()).deadlines_size());
  EXPECT_GE(of_rule.picked_from(), all);
}

}  // namespace
}  // namespace greffe
