#include "core/convention/reading/ended.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "tests/core/convention/followed.h"
#include "tests/support/status_matchers.h"

namespace greffe::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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

// L-36: what was signed on paper before is taken up, said to be so.
TEST(RequireNotEnded, NamesTheWayOutOfWhatWasSignedOnPaper) {
  Followed life;
  EXPECT_OK(RequireNotEnded(life.play.Data(), Day("2028-12-31")));
  const Refusal refused = RefusalOf(RequireNotEnded(life.play.Data(), Day("2029-01-01")));
  EXPECT_EQ(refused.rule, "L-36");
  EXPECT_THAT(refused.next_fr,
              HasSubstr("signé sur papier avant cette fin se reprend : --on-paper"));
  EXPECT_THAT(refused.next_en, HasSubstr("greffe convention new"));
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
