// Records of the follow-up beside the end of their convention.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/convention/checks/follow_up_check.h"
#include "core/convention/queries.h"
#include "core/convention/text/follow_up.h"
#include "tests/core/convention/followed.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using testing_support::SamplePlay;

v1::Event Met(const std::string& held_on) {
  v1::Event event;
  event.mutable_meeting_recorded()->set_element_id("body-1");
  event.mutable_meeting_recorded()->set_held_on(held_on);
  return event;
}

v1::Event Reported(const std::string& as_of) {
  v1::Event event = Progress("act-1", v1::PROGRESS_STATE_DONE);
  event.mutable_progress_reported()->set_as_of(as_of);
  return event;
}

TEST(FollowUp, StartsOnTheFirstDayOfItsPeriod) {
  EXPECT_EQ(FirstDayOf("2029"), Day("2029-01-01"));
  EXPECT_EQ(FirstDayOf("2029-T1"), Day("2029-01-01"));
  EXPECT_EQ(FirstDayOf("2029-T2"), Day("2029-04-01"));
  EXPECT_EQ(FirstDayOf("2029-T3"), Day("2029-07-01"));
  EXPECT_EQ(FirstDayOf("2029-T4"), Day("2029-10-01"));
  EXPECT_EQ(FirstDayOf("2029-11"), Day("2029-11-01"));
  for (const char* const none : {"", "2029-13", "2029-T5", "xy", "2029-01-01", "0000"}) {
    EXPECT_FALSE(FirstDayOf(none).has_value()) << none;
  }
}

// A command refuses it; a peer may have written it.
TEST(FollowUp, OfADayThatWasToComeInParisIsFoundOfAProjectToo) {
  for (const bool concluded : {false, true}) {
    Followed life(concluded);
    v1::Event early = Reported("2025-03-02");
    early.mutable_recorded_at()->set_seconds(1740869940);  // 1 March 2025, 23:59 in Paris.
    v1::Event done = Met("2025-03-02");
    done.mutable_recorded_at()->set_seconds(1740870000);  // A minute later.
    const std::string found = life.Write(std::move(early));
    life.Write(std::move(done));

    const FindingList list = life.Find();

    ASSERT_THAT(list.found, SizeIs(1));
    EXPECT_EQ(list.found[0].leaf(), found);
    EXPECT_EQ(list.found[0].code(), "future-date");
    EXPECT_EQ(list.found[0].field(), "progress.as_of");
    EXPECT_THAT(list.found[0].text(), HasSubstr("2 mars 2025 est après le jour de son "
                                                "enregistrement, le 1er mars 2025"));
    EXPECT_THAT(list.found[0].text_en(), HasSubstr("after the day of its record, 1 March 2025"));
    const StateData& data = life.play.Data();
    const auto of_one = FollowUpFindingsOf(data, data.FindEvent(absl::HexStringToBytes(found)));
    ASSERT_THAT(of_one, Not(IsEmpty()));
    EXPECT_EQ(of_one.back().code(), "future-date");
  }
}

TEST(FollowUp, OfADayAfterTheTermIsFoundWithRuleAndField) {
  Followed life;
  const std::string value = life.Write(Measure("ind", "2029", "3"));
  const std::string meeting = life.Write(Met("2029-01-01"));
  const std::string report = life.Write(Reported("2029-01-02"));

  const FindingList list = life.Find();

  EXPECT_THAT(life.Leaves(), UnorderedElementsAre(value, meeting, report));
  EXPECT_THAT(list.left_out, IsEmpty());
  std::vector<std::string> fields;
  for (const v1::Finding& one : list.found) {
    EXPECT_EQ(one.code(), "follow-up-after-end");
    EXPECT_EQ(one.rule(), "L-55");
    EXPECT_EQ(one.severity(), v1::FINDING_SEVERITY_WARNING);
    EXPECT_THAT(one.text(), HasSubstr("31 décembre 2028, à son terme"));
    EXPECT_THAT(one.text_en(), HasSubstr("31 December 2028, at its term"));
    fields.push_back(one.field());
    if (one.leaf() == value) {
      EXPECT_EQ(one.element_id(), "ind");
      EXPECT_THAT(one.text(), HasSubstr("L-55 : « ind », 2029 : "));
    }
    if (one.leaf() == report) {
      EXPECT_THAT(one.text_en(), HasSubstr("L-55: “act-1”: "));
    }
  }
  EXPECT_THAT(fields,
              UnorderedElementsAre("measurement.period", "meeting.held_on", "progress.as_of"));
}

// What an indicator starts from is measured before the term; a period that the end falls in began
// in time.
TEST(FollowUp, OfADayUntilTheTermIsAsItShouldBe) {
  Followed life;
  for (const char* const period : {"2019", "2023-T4", "2028", "2028-T4", "2028-12"}) {
    life.Write(Measure("ind", period, "3"));
  }
  life.Write(Met("2028-12-31"));
  life.Write(Reported("2028-12-31"));
  life.Write(Reported("xy"));
  EXPECT_THAT(life.Leaves(), IsEmpty());
}

TEST(FollowUp, AfterATerminationIsFoundWhateverTheDateAsked) {
  Followed life;
  const std::string before = life.Write(Met("2024-05-11"));
  const std::string after = life.Write(Met("2024-05-12"));
  EXPECT_THAT(life.Leaves(), IsEmpty());

  life.EndOn("2024-05-11");

  for (const char* const on : {"2024-03-01", "2024-05-11", "2024-05-12", "2029-06-01"}) {
    EXPECT_THAT(life.Leaves(on), ElementsAre(after)) << on;
  }
  ASSERT_FALSE(life.Find().found.empty());
  EXPECT_EQ(life.Find().found.front().rule(), "L-54");
  EXPECT_THAT(life.Find().found.front().text(), HasSubstr("avant son terme"));
}

TEST(FollowUp, WithinTheTermThatAnAvenantGaveIsNotLate) {
  Followed life;
  life.Write(Measure("ind", "2029", "3"));
  v1::Event longer = Draft(life.play.original, {TermsElement("2024-01-01", "2029-12-31")});
  const auto avenant = life.play.Avenant(life.play.a, "a", 7, std::move(longer), "2026-01-01",
                                         {life.play.Leaf(life.play.frozen)});
  EXPECT_FALSE(life.Leaves().empty());
  life.play.SignByAll(avenant, "2025-12-01");
  EXPECT_THAT(life.Leaves(), IsEmpty());
  const std::string later = life.Write(Measure("ind", "2030-T1", "3"));
  EXPECT_THAT(life.Leaves(), ElementsAre(later));
}

TEST(FollowUp, ThatDoesNotStandIsNotFound) {
  Followed life;
  const auto wrong = life.play.history.Write(life.play.a, "a", Measure("ind", "2029", "3"));
  const std::string right = life.Write(Measure("ind", "2029", "4", {life.play.Leaf(wrong)}));
  // By nobody's replica.
  const auto stranger = life.play.history.AddReplica();
  life.play.history.Learn(stranger, life.play.a);
  life.play.history.Write(stranger, "x", Measure("ind", "2030", "4"));
  EXPECT_THAT(life.Leaves(), ElementsAre(right));

  Followed project(/*concluded=*/false);
  project.Write(Measure("ind", "2029", "3"));
  EXPECT_THAT(project.Leaves(), IsEmpty());
}

TEST(FollowUp, AfterTheEndIsListedUpToTheCapAndCounted) {
  Followed life;
  const int more = 7;
  for (int i = 0; i < static_cast<int>(limits::kFindingsOfAKind) + more; ++i) {
    v1::Event event = Measure("ind", absl::StrCat(2029 + i), "3");
    event.mutable_recorded_at()->set_seconds(253402200000);  // The year 9999.
    life.play.history.Write(life.play.a, "a", std::move(event));
  }
  life.Write(Measure("other", "2029", "3"));
  const FindingList list = life.Find();
  ASSERT_EQ(list.found.size(), limits::kFindingsOfAKind);
  EXPECT_TRUE(std::is_sorted(list.found.begin(), list.found.end(),
                             [](const auto& x, const auto& y) { return x.leaf() < y.leaf(); }));
  const FindingList::LeftOut& rest = list.left_out.at("follow-up-after-end");
  EXPECT_EQ(rest.count, static_cast<std::size_t>(more) + 1);
  EXPECT_EQ(rest.worst, v1::FINDING_SEVERITY_WARNING);
  // Of one element, the others leave room.
  const absl::flat_hash_set<absl::string_view> scope = {"other"};
  EXPECT_EQ(life.Find("2026-06-30", &scope).found.size(), 1u);
  EXPECT_THAT(life.Find("2026-06-30", &scope).left_out, IsEmpty());
}

TEST(FollowUp, KeepsItsDayInASnapshot) {
  Followed life;
  const std::string report = life.Write(Reported("2029-01-02"));
  const auto read = ConventionState::FromSnapshot(life.play.State().Snapshot());
  ASSERT_OK(read);
  const FindingList list = Followed::FindIn(read->data(), "2026-06-30", nullptr);
  ASSERT_EQ(list.found.size(), 1u);
  EXPECT_EQ(list.found.front().leaf(), report);
}

// Of one record, as the command that makes it says it.
TEST(FollowUp, AfterAnEarlyEndIsFoundOfEachRecordByItself) {
  Followed life;
  const auto found = [&life](const std::string& leaf) {
    const StateData& data = life.play.Data();
    return FollowUpFindingsOf(data, data.FindEvent(*Digest::FromHex(leaf, "leaf")));
  };
  const std::string before = life.Write(Reported("2024-06-01"));
  const std::string after = life.Write(Reported("2024-07-01"));
  EXPECT_THAT(found(after), IsEmpty());

  life.EndOn("2024-06-15");

  EXPECT_THAT(found(before), IsEmpty());
  ASSERT_THAT(found(after), SizeIs(1));
  EXPECT_EQ(found(after)[0].leaf(), after);
  EXPECT_EQ(found(after)[0].rule(), "L-54");
  EXPECT_THAT(found(life.Write(Met("2029-01-01"))), SizeIs(1));
}

// In the answers that people read.
TEST(FollowUp, AfterTheEndIsSaidBesideTheTextAndOnTheBoard) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::RecordMeasurementRequest request;
  request.mutable_measurement()->set_element_id("ind-1");
  request.mutable_measurement()->set_period("2099");
  request.mutable_measurement()->set_value("3");
  // Refused before its time.
  play.agglo().today = test::Day("2099-06-30");
  ASSERT_OK(play.agglo().Do(request, play.Coordinator()));

  const auto codes = [](const auto& view) {
    std::vector<std::string> out;
    for (const v1::Finding& one : view.findings()) out.push_back(one.code());
    return out;
  };
  EXPECT_THAT(codes(ViewStatus(play.agglo().At("2025-06-30")).value()),
              Contains("follow-up-after-end"));
  EXPECT_THAT(codes(ViewConvention(play.agglo().At("2025-06-30"), "").value()),
              Contains("follow-up-after-end"));
  EXPECT_THAT(codes(ViewConvention(play.agglo().At("2025-06-30"), "ind-1").value()),
              Contains("follow-up-after-end"));
  EXPECT_THAT(codes(ViewConvention(play.agglo().At("2025-06-30"), "art-1").value()),
              Not(Contains("follow-up-after-end")));
}

}  // namespace
}  // namespace greffe::test
