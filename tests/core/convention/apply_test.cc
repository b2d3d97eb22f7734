#include <gtest/gtest.h>

#include <algorithm>

#include "core/convention/state/finding_cap.h"
#include "google/protobuf/unknown_field_set.h"
#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

std::vector<EventNumber> Current(const StateData& data, const std::string& element,
                                 const std::string& period) {
  std::vector<EventNumber> current;
  const std::uint32_t subject = data.FindSubject(v1::Event::kIndicatorMeasured, element, period);
  if (subject == kNone) return current;
  for (const EventNumber e : data.subjects[subject].events) {
    if (data.events[e].authorised && !data.events[e].replaced) current.push_back(e);
  }
  return current;
}

TEST(FollowUp, KeepsConcurrentValuesUntilSomebodyShownBothReplacesBoth) {
  Scenario s;
  const auto one = s.history.Write(s.b, "b", Measure("ind", "2024", "1"));
  const auto two = s.history.Write(s.c, "c", Measure("ind", "2024", "2"));
  EXPECT_EQ(Current(s.Data(), "ind", "2024").size(), 2u);
  s.history.LearnAll();
  const auto settled =
      s.history.Write(s.a, "a", Measure("ind", "2024", "2", {s.Leaf(one), s.Leaf(two)}));
  const StateData& data = s.Data();
  EXPECT_EQ(Current(data, "ind", "2024"),
            std::vector<EventNumber>{data.FindEvent(s.Leaf(settled))});
}

TEST(FollowUp, DoesNotReplaceWhatItsAuthorHadNotSeenOrWhatIsAboutSomethingElse) {
  Scenario s;
  const auto one = s.history.Write(s.b, "b", Measure("ind", "2024", "1"));
  const auto blind = s.history.Write(s.c, "c", Measure("ind", "2024", "2", {s.Leaf(one)}));
  const auto other = s.history.Write(s.b, "b", Measure("ind", "2025", "3", {s.Leaf(one)}));
  EXPECT_EQ(Current(s.Data(), "ind", "2024").size(), 2u);
  EXPECT_TRUE(s.Found(blind, FindingCode::kReplacesIneffective));
  EXPECT_TRUE(s.Found(other, FindingCode::kReplacesIneffective));
}

TEST(FollowUp, IsNotReplacedByAnAuthorWithoutAuthority) {
  Scenario s;
  const auto one = s.history.Write(s.b, "b", Measure("ind", "2024", "1"));
  const auto stranger = s.history.AddReplica();
  s.history.Learn(stranger, s.b);
  s.history.Write(stranger, "z", Measure("ind", "2024", "0", {s.Leaf(one)}));
  const StateData& data = s.Data();
  EXPECT_EQ(Current(data, "ind", "2024"), std::vector<EventNumber>{data.FindEvent(s.Leaf(one))});
}

TEST(Apply, NotesAClockThatStepsBack) {
  Scenario s;
  v1::Event early = Measure("ind", "2024", "1");
  early.mutable_recorded_at()->set_seconds(1000000000);
  const auto event = s.history.Write(s.a, "a", early);
  EXPECT_TRUE(s.Found(event, FindingCode::kRecordedAtStepsBack));
  EXPECT_FALSE(s.Found(s.frozen, FindingCode::kRecordedAtStepsBack));
}

TEST(Apply, NotesAClockThatStepsBackOnABranchAgainstTheSharedPrefix) {
  Scenario s;
  const auto branch = s.history.Fork(s.a, 2);
  s.history.Write(s.a, "a", Measure("ind", "2024", "1"));
  v1::Event early = Measure("ind", "2024", "1");
  early.mutable_recorded_at()->set_seconds(1000000000);
  EXPECT_TRUE(s.Found(s.history.Write(branch, "a", early), FindingCode::kRecordedAtStepsBack));
  EXPECT_FALSE(s.Found(s.history.Write(branch, "a", Measure("ind", "2024", "2")),
                       FindingCode::kRecordedAtStepsBack));
}

TEST(Apply, NeedsNewerSoftwareForUnknownFieldsPayloadsAndEnumValues) {
  const auto mangled = [](const std::function<void(v1::Event&)>& mangle) {
    Scenario s;
    s.history.WriteMangled(s.a, "a", Progress("act-1", v1::PROGRESS_STATE_DONE), mangle);
    return s.State().needs_newer_software();
  };
  EXPECT_FALSE(mangled([](v1::Event&) {}));
  EXPECT_TRUE(mangled([](v1::Event& event) {
    event.clear_payload();
    event.GetReflection()->MutableUnknownFields(&event)->AddLengthDelimited(77, "new");
  }));
  EXPECT_TRUE(mangled([](v1::Event& event) {
    event.mutable_progress_reported()->set_state(static_cast<v1::ProgressState>(99));
  }));
  EXPECT_TRUE(mangled([](v1::Event& event) {
    v1::ProgressReported& progress = *event.mutable_progress_reported();
    progress.GetReflection()->MutableUnknownFields(&progress)->AddVarint(50, 1);
  }));
  EXPECT_TRUE(mangled([](v1::Event& event) {
    v1::Actor& actor = *event.mutable_actor();
    actor.GetReflection()->MutableUnknownFields(&actor)->AddVarint(50, 1);
  }));
  EXPECT_TRUE(mangled([](v1::Event& event) {
    v1::Element& put = *event.mutable_changes_drafted()->add_changes()->mutable_put();
    put.GetReflection()->MutableUnknownFields(&put)->AddVarint(50, 1);
  }));
  EXPECT_TRUE(mangled([](v1::Event& event) { event.set_format(2); }));
}

TEST(Apply, IgnoresAnEventWhoseHeaderNamesAnotherPlace) {
  Scenario s;
  const auto event = s.history.WriteMangled(s.a, "a", Measure("ind", "2024", "1"),
                                            [](v1::Event& e) { e.set_sequence(99); });
  EXPECT_TRUE(s.Found(event, FindingCode::kHeaderMismatch));
  EXPECT_TRUE(Current(s.Data(), "ind", "2024").empty());
}

TEST(Apply, KeepsBytesThatAreNoEvent) {
  const History history({"a"});
  ConventionState state(history.convention());
  state.AddBranch({.number = 3, .replica = history.replica(0), .parent = {}, .forked_at = 0});
  const Digest leaf = LeafHash("garbage");
  state.Apply({{3, 0}, leaf, {}, nullptr});
  EXPECT_EQ(state.events(), 1u);
  ASSERT_FALSE(StoredFindings(state.data()).found.empty());
  EXPECT_EQ(StoredFindings(state.data()).found[0].leaf(), leaf.ToHex());
}

TEST(Apply, OpensNoActUnderAnIdThatIsNotDerived) {
  Scenario s;
  ActId id;
  v1::Event open = OpenAct(s.history, "a", 9, v1::ACT_KIND_AVENANT, &id);
  const auto stolen = s.history.Write(s.b, "b", open);
  EXPECT_TRUE(s.Found(stolen, FindingCode::kActIdNotDerived));
  EXPECT_EQ(s.Data().FindAct(id), nullptr);
}

TEST(Apply, FindsDraftsOfAnActThatTheirAuthorHadNotSeen) {
  Scenario s;
  ActId id;
  s.history.Write(s.b, "b", OpenAct(s.history, "b", 9, v1::ACT_KIND_AVENANT, &id));
  const auto blind = s.history.Write(s.c, "c", Draft(id, {ArticleElement("art-9", "x")}));
  EXPECT_TRUE(s.Found(blind, FindingCode::kUnknownAct));
  EXPECT_TRUE(s.Data().FindAct(id)->changes.empty());
}

TEST(Apply, LetsADraftReplaceOnlyWhatItsAuthorSaw) {
  Scenario s;
  const auto by_b = s.history.Write(
      s.b, "b", Draft(s.original, {ArticleElement("art-1", "b")}, {s.Leaf(s.draft)}));
  const auto by_c =
      s.history.Write(s.c, "c", Draft(s.original, {ArticleElement("art-1", "c")}, {s.Leaf(by_b)}));
  EXPECT_TRUE(s.Found(by_c, FindingCode::kReplacesIneffective));
  const StateData& data = s.Data();
  int values = 0;
  for (const DraftChange* change : data.CurrentDraft(*data.FindAct(s.original))) {
    if (data.Text(change->element) == "art-1") ++values;
  }
  EXPECT_EQ(values, 2);
}

TEST(Apply, LetsNobodyWithoutAuthorityReplaceADraft) {
  Scenario s;
  const auto stranger = s.history.AddReplica();
  s.history.Learn(stranger, s.a);
  s.history.Write(stranger, "z",
                  Draft(s.original, {ArticleElement("art-1", "z")}, {s.Leaf(s.draft)}));
  const StateData& data = s.Data();
  for (const DraftChange* change : data.CurrentDraft(*data.FindAct(s.original))) {
    EXPECT_EQ(change->event, data.FindEvent(s.Leaf(s.draft)));
  }
  EXPECT_EQ(data.CurrentDraft(*data.FindAct(s.original)).size(), 6u);
}

TEST(Apply, KeepsACorrectedDeliberationAside) {
  Scenario s;
  const auto first = s.history.Write(s.b, "b", Deliberate(s.Leaf(s.frozen), "b"));
  s.history.Write(s.b, "b", Deliberate(s.Leaf(s.frozen), "b", {s.Leaf(first)}));
  const auto foreign = s.history.Write(s.c, "c", Deliberate(s.Leaf(s.frozen), "b"));
  const StateData& data = s.Data();
  EXPECT_EQ(data.deliberations.size(), 3u);
  EXPECT_TRUE(data.events[data.FindEvent(s.Leaf(first))].replaced);
  EXPECT_FALSE(s.Authorised(foreign));
}

TEST(Findings, AreReadableAndNameTheirEvent) {
  for (int code = 0; code < kFindingCodes; ++code) {
    const v1::Finding finding = MakeFinding(static_cast<FindingCode>(code), "", "aa", "");
    EXPECT_FALSE(finding.code().empty());
    EXPECT_GT(finding.text().size(), 20u);
    EXPECT_NE(finding.severity(), v1::FINDING_SEVERITY_UNSPECIFIED);
  }
}

}  // namespace
}  // namespace greffe::test
