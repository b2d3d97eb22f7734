#include "core/convention/ended.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/convention/follow_up.h"
#include "core/convention/follow_up_check.h"
#include "core/convention/queries.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"
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
using Life = v1::LifeRecorded;

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

// From 2024-01-01 to 2028-12-31, concluded unless the test says otherwise.
struct Followed {
  Scenario play;

  explicit Followed(bool concluded = true) {
    if (concluded) play.SignByAll(play.frozen, "2024-02-01");
  }
  std::string Write(v1::Event event) {
    // On 1 January 2040: after all days of these tests.
    if (!event.has_recorded_at()) event.mutable_recorded_at()->set_seconds(2208988800);
    const auto written = play.history.Write(play.a, "a", std::move(event));
    play.history.LearnAll();
    return play.Leaf(written).ToHex();
  }
  // a gives notice for a breach, finds it without effect and ends the convention on that day.
  void EndOn(const std::string& day) {
    const auto notice = play.history.Write(
        play.a, "a", Happened(Notice(v1::NOTICE_KIND_BREACH, "2024-03-10", {"b"})));
    play.history.Write(
        play.a, "a",
        Happened(Answering(Plain(Life::kNoticeFruitless, "2024-05-10"), play.Leaf(notice))));
    Life ends = Answering(Plain(Life::kTerminationDeclared, day), play.Leaf(notice));
    ends.mutable_termination_declared()->set_ground(v1::TERMINATION_GROUND_FRUITLESS_NOTICE);
    Write(Happened(std::move(ends)));
  }
  FindingList Find(const char* on = "2026-06-30",
                   const absl::flat_hash_set<absl::string_view>* scope = nullptr) {
    return FindIn(play.Data(), on, scope);
  }
  static FindingList FindIn(const StateData& data, const char* on,
                            const absl::flat_hash_set<absl::string_view>* scope) {
    const ConsolidatedText text = Consolidate(data, Day(on));
    FindingList list;
    AddFollowUpFindings(data, LifeBook(data, text, Day(on)), text, scope, &list);
    return list;
  }
  std::vector<std::string> Leaves(const char* on = "2026-06-30") {
    std::vector<std::string> out;
    for (const v1::Finding& one : Find(on).found) out.push_back(one.leaf());
    return out;
  }
};

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

// L-54: what a termination ends is signed no more, by peers or on paper.
TEST(EndedFindings, AreOfSignaturesAfterATermination) {
  Followed life;
  Scenario& s = life.play;
  const auto avenant = s.Avenant(s.a, "a", 7, Draft(s.original, {ArticleElement("art-1", "autre")}),
                                 "2024-03-01", {s.Leaf(s.frozen)});
  s.history.LearnAll();
  s.history.Write(s.b, "b", Sign(s.Leaf(avenant), "ob", "2024-05-31"));
  const auto late = s.history.Write(s.a, "a", Sign(s.Leaf(avenant), "oa", "2024-06-02"));
  s.history.LearnAll();
  life.EndOn("2024-06-01");

  const StateData& data = s.Data();
  const std::vector<v1::Finding> found = EndedFindings(data, LifeBook(data));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].leaf(), s.Leaf(late).ToHex());
  EXPECT_THAT(found[0].text(), HasSubstr("1er juin 2024"));
}

// L-54: and takes effect no more.
TEST(RequireEffectBeforeEnd, OfATermination) {
  Followed life;
  EXPECT_OK(RequireEffectBeforeEnd(life.play.Data(), Day("2028-12-31"), Day("2024-06-02"),
                                   Day("2024-05-30")));
  life.EndOn("2024-06-01");
  const absl::Status refused = RequireEffectBeforeEnd(life.play.Data(), Day("2028-12-31"),
                                                      Day("2024-06-02"), Day("2024-06-01"));
  EXPECT_EQ(RefusalOf(refused).rule, "L-36");
}

// L-36: a peer opened an act after the end; commands refuse it.
TEST(EndedFindings, AreOfActsProposedAfterTheEnd) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto open = [&](int request, v1::ActKind kind, const char* recorded) {
    ActId act;
    v1::Event event = OpenAct(s.history, "b", request, kind, &act);
    event.mutable_recorded_at()->set_seconds(Instant::Parse(recorded, "at")->micros / 1'000'000);
    const auto opened = s.history.Write(s.b, "b", std::move(event));
    const auto drafted = s.history.Write(s.b, "b", Draft(act, {ArticleElement("art-1", "autre")}));
    s.history.LearnAll();
    return std::pair(s.Leaf(opened).ToHex(), std::pair(act, s.Leaf(drafted)));
  };
  open(11, v1::ACT_KIND_AVENANT, "2028-12-31T22:00:00Z");
  const auto late = open(12, v1::ACT_KIND_AVENANT, "2029-01-01T10:00:00Z");
  const auto found = [&] {
    const StateData& data = s.Data();
    return EndedFindings(data, LifeBook(data));
  };
  ASSERT_THAT(found(), SizeIs(1));
  EXPECT_EQ(found()[0].leaf(), late.first);
  EXPECT_EQ(found()[0].code(), "act-proposed-after-end");
  EXPECT_EQ(found()[0].rule(), "L-36");
  EXPECT_THAT(found()[0].text(), HasSubstr("à retirer (greffe act withdraw)"));
  // Its author took it back.
  v1::Event drop = Remove(late.second.first, "art-1", {late.second.second});
  drop.mutable_changes_drafted()->mutable_changes(0)->set_drop(true);
  s.history.Write(s.b, "b", std::move(drop));
  s.history.LearnAll();
  EXPECT_THAT(found(), IsEmpty());
}

// L-36: what signs nothing is no act after the end.
TEST(EndedFindings, AreOfSignaturesThatCount) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto avenant = s.Avenant(s.a, "a", 7, Draft(s.original, {ArticleElement("art-1", "autre")}),
                                 "2028-06-01", {s.Leaf(s.frozen)});
  s.history.LearnAll();
  const auto late = s.history.Write(s.a, "a", Sign(s.Leaf(avenant), "oa", "2029-02-01"));
  const auto wrong = s.history.Write(s.b, "b", PaperSign(s.Leaf(avenant), "ob", "2029-03-01"));
  s.history.Write(s.b, "b", PaperSign(s.Leaf(avenant), "ob", "2028-03-01", {s.Leaf(wrong)}));
  // Of another party's office, and without a day.
  s.history.Write(s.c, "c", Sign(s.Leaf(avenant), "oa", "2029-02-01"));
  s.history.Write(s.c, "c", Sign(s.Leaf(avenant), "oc", ""));
  s.history.LearnAll();

  const auto find = [&] {
    const StateData& data = s.Data();
    std::vector<std::string> out;
    for (const v1::Finding& one : EndedFindings(data, LifeBook(data))) out.push_back(one.leaf());
    return out;
  };
  EXPECT_THAT(find(), ElementsAre(s.Leaf(late).ToHex()));
  const auto other = s.history.Write(s.c, "c", Sign(s.Leaf(avenant), "oc", "2029-01-01"));
  std::vector<std::string> both = {s.Leaf(late).ToHex(), s.Leaf(other).ToHex()};
  std::sort(both.begin(), both.end());
  EXPECT_EQ(find(), both);
}

// A draft that gives the term another last day.
v1::Event Terms(Scenario& s, const char* last) {
  return Draft(s.original, {TermsElement("2024-01-01", last)});
}

// What is signed on one day by all, of an avenant on the original alone, is found or not.
struct SignedByAll {
  Scenario s;
  int acts = 20;

  SignedByAll() { s.SignByAll(s.frozen, "2024-02-01"); }
  Digest Prolong(const char* last, const char* from, const char* signed_on,
                 std::vector<Digest> bases = {}) {
    if (bases.empty()) bases = {s.Leaf(s.frozen)};
    const auto frozen = s.Avenant(s.a, "a", ++acts, Terms(s, last), from, bases);
    s.SignByAll(frozen, signed_on);
    return s.Leaf(frozen);
  }
  std::size_t Found() {
    const StateData& data = s.Data();
    return EndedFindings(data, LifeBook(data)).size();
  }
  // How many more there are once an avenant that changes a clause is signed on that day.
  std::size_t FoundOn(const char* day, std::vector<Digest> bases = {}) {
    if (bases.empty()) bases = {s.Leaf(s.frozen)};
    const std::size_t before = Found();
    const auto frozen = s.Avenant(
        s.a, "a", ++acts, Draft(s.original, {ArticleElement("art-1", absl::StrCat("v", acts))}),
        "2026-01-01", bases);
    s.history.LearnAll();
    s.history.Write(s.a, "a", Sign(s.Leaf(frozen), "oa", day));
    s.history.LearnAll();
    return Found() - before;
  }
};

// L-36: an extension concluded in time is the term, whatever an act signed later builds on.
TEST(EndedFindings, CountAnExtensionConcludedInTime) {
  SignedByAll signing;
  EXPECT_EQ(signing.FoundOn("2029-06-01"), 1u);
  signing.Prolong("2030-12-31", "2028-06-01", "2028-03-01");
  EXPECT_EQ(signing.FoundOn("2029-06-01"), 0u);
  EXPECT_EQ(signing.FoundOn("2030-12-31"), 0u);
  EXPECT_EQ(signing.FoundOn("2031-01-01"), 1u);
  // In the order in which they were concluded, whichever was frozen first.
  SignedByAll orders;
  const auto frozen = [&](const char* last) {
    return orders.s.Avenant(orders.s.a, "a", ++orders.acts, Terms(orders.s, last), "2028-06-01",
                            {orders.s.Leaf(orders.s.frozen)});
  };
  const auto second = frozen("2031-12-31");
  const auto first = frozen("2030-12-31");
  orders.s.SignByAll(first, "2028-03-01");
  orders.s.SignByAll(second, "2029-06-01");
  EXPECT_EQ(orders.FoundOn("2031-06-01"), 0u);
  // Nor does what is frozen and not concluded move the end.
  signing.s.Avenant(signing.s.a, "a", 90, Terms(signing.s, "2033-12-31"), "2029-01-01",
                    {signing.s.Leaf(signing.s.frozen)});
  EXPECT_EQ(signing.FoundOn("2031-01-01"), 1u);
}

TEST(EndedFindings, AreNotExcusedByAnExtensionThatCameTooLate) {
  SignedByAll signing;
  // By all three, a month after the end: each signature is found.
  const Digest late = signing.Prolong("2031-12-31", "2028-06-01", "2029-01-31");
  EXPECT_EQ(signing.Found(), 3u);
  EXPECT_EQ(signing.FoundOn("2029-03-01", {late}), 1u);

  SignedByAll gap;
  gap.Prolong("2031-12-31", "2029-01-02", "2028-03-01");
  EXPECT_EQ(gap.FoundOn("2029-03-01"), 1u);
  SignedByAll next;
  next.Prolong("2031-12-31", "2029-01-01", "2028-12-31");
  EXPECT_EQ(next.FoundOn("2029-03-01"), 0u);
}

TEST(EndedFindings, CountATermMadeShorterFromItsConclusionOn) {
  SignedByAll signing;
  signing.Prolong("2026-12-31", "2026-06-01", "2026-05-01");
  EXPECT_EQ(signing.FoundOn("2026-12-31"), 0u);
  EXPECT_EQ(signing.FoundOn("2027-01-01"), 1u);

  // It ends nothing before its own day of effect, nor before it was concluded.
  SignedByAll back;
  EXPECT_EQ(back.FoundOn("2026-03-01"), 0u);
  back.Prolong("2025-12-31", "2026-06-01", "2026-05-01");
  EXPECT_EQ(back.FoundOn("2026-03-01"), 0u);
  EXPECT_EQ(back.FoundOn("2026-05-31"), 0u);
  EXPECT_EQ(back.FoundOn("2026-06-01"), 1u);
}

// Two acts on one base that give the term two ends clash: nobody is late by the earlier one.
TEST(EndedFindings, OfTwoTermsThatClashTakeTheLater) {
  SignedByAll signing;
  signing.Prolong("2031-12-31", "2028-06-01", "2027-03-01");
  signing.Prolong("2029-12-31", "2028-06-01", "2027-04-01");
  EXPECT_EQ(signing.FoundOn("2030-06-01"), 0u);
  // Built on it, the shorter one replaces it.
  SignedByAll after;
  const Digest longer = after.Prolong("2031-12-31", "2028-06-01", "2027-03-01");
  after.Prolong("2029-12-31", "2028-06-01", "2027-04-01", {longer});
  EXPECT_EQ(after.FoundOn("2030-06-01"), 1u);
}

TEST(EndedFindings, AreOfActsThatFindAnEnd) {
  Scenario s;
  // The original found none: it makes the term.
  s.SignByAll(s.frozen, "2029-02-01");
  const StateData& data = s.Data();
  EXPECT_THAT(EndedFindings(data, LifeBook(data)), IsEmpty());

  // From that day on it is over; before, nothing was concluded that could be.
  for (const char* const day : {"2029-01-31", "2029-02-01"}) {
    const auto avenant =
        s.Avenant(s.a, "a", day[9], Draft(s.original, {ArticleElement("art-1", day)}), "2028-06-01",
                  {s.Leaf(s.frozen)});
    s.history.LearnAll();
    s.history.Write(s.a, "a", Sign(s.Leaf(avenant), "oa", day));
  }
  s.history.LearnAll();
  const StateData& after = s.Data();
  EXPECT_THAT(EndedFindings(after, LifeBook(after)), SizeIs(1));
}

TEST(EndedFindings, AreOfActsSignedOnceSomethingElseEndedIt) {
  Followed life;
  life.EndOn("2024-06-01");
  Scenario& s = life.play;
  const auto avenant = s.Avenant(s.a, "a", 7, Draft(s.original, {ArticleElement("art-1", "autre")}),
                                 "2024-03-01", {s.Leaf(s.frozen)});
  s.history.LearnAll();
  s.history.Write(s.a, "a", Sign(s.Leaf(avenant), "oa", "2024-06-01"));
  const auto late = s.history.Write(s.b, "b", Sign(s.Leaf(avenant), "ob", "2024-06-02"));
  s.history.LearnAll();
  const StateData& data = s.Data();
  const std::vector<v1::Finding> found = EndedFindings(data, LifeBook(data));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].leaf(), s.Leaf(late).ToHex());
}

// What can never be concluded changes nothing, whoever signed it.
TEST(EndedFindings, AreOfNothingThatCanNotBeConcluded) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  ActId act;
  s.history.Write(s.a, "a", OpenAct(s.history, "a", 7, v1::ACT_KIND_AVENANT, &act));
  const auto drafted = s.history.Write(s.a, "a", Draft(act, {ArticleElement("art-1", "autre")}));
  // Without the offices of b and c.
  const auto frozen = s.history.Write(
      s.a, "a", Freeze(act, {s.Leaf(drafted)}, {{"oa", "a"}}, "2028-06-01", {s.Leaf(s.frozen)}));
  s.history.Write(s.a, "a", Sign(s.Leaf(frozen), "oa", "2029-02-01"));
  s.history.LearnAll();
  const StateData& data = s.Data();
  EXPECT_THAT(EndedFindings(data, LifeBook(data)), IsEmpty());
}

}  // namespace
}  // namespace greffe::test
