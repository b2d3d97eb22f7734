#include "core/convention/text/consolidate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/convention/reading/origin.h"
#include "core/convention/state/order.h"
#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

std::vector<std::string> Ids(const ConsolidatedText& text) {
  std::vector<std::string> ids;
  for (const PlacedElement& element : text.elements) ids.emplace_back(element.id);
  return ids;
}

bool HasFinding(const ConsolidatedText& text, FindingCode code) {
  return std::any_of(text.findings.begin(), text.findings.end(), [&](const v1::Finding& finding) {
    return finding.code() == std::string(FindingName(code));
  });
}

std::string Body(const ConsolidatedText& text, const std::string& id) {
  const PlacedElement* const element = text.Find(id);
  return element == nullptr ? "absent" : element->shown().element->article().body();
}

TEST(Consolidate, ShowsTheDraftThenTheFrozenTextWhileNothingIsConcluded) {
  Scenario s;
  s.history.Write(s.a, "a",
                  Draft(s.original, {ArticleElement("art-1", "revu")}, {s.Leaf(s.draft)}));
  const ConsolidatedText frozen = Consolidate(s.Data(), Day("2024-05-01"));
  EXPECT_TRUE(frozen.project);
  EXPECT_EQ(Body(frozen, "art-1"), "un");
  s.history.Write(s.a, "a", Withdraw(s.Leaf(s.frozen)));
  const ConsolidatedText draft = Consolidate(s.Data(), Day("2024-05-01"));
  EXPECT_EQ(Body(draft, "art-1"), "revu");
  EXPECT_EQ(StandingOn(draft, Day("2024-05-01")), v1::CONVENTION_STANDING_PROJECT);
}

TEST(Consolidate, OrdersElementsByTreePositionAndId) {
  Scenario s;
  const ConsolidatedText text = Consolidate(s.Data(), Day("2024-05-01"));
  EXPECT_EQ(Ids(text), (std::vector<std::string>{"terms", "partie-a", "partie-b", "partie-c",
                                                 "art-1", "art-2"}));
  EXPECT_EQ(text.elements.back().depth, 1u);
  EXPECT_EQ(CountsOf(text).parties(), 3u);
  EXPECT_EQ(CountsOf(text).signatories(), 3u);
  EXPECT_EQ(CountsOf(text).articles(), 2u);
}

TEST(Consolidate, AppliesAnAvenantFromItsFirstDayOfEffect) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto avenant = s.Avenant(s.b, "b", 2, Draft({}, {ArticleElement("art-1", "nouveau")}),
                                 "2025-03-01", {s.Leaf(s.frozen)});
  s.SignByAll(avenant, "2025-01-10");
  const StateData& data = s.Data();
  const ConsolidatedText before = Consolidate(data, Day("2025-02-28"));
  const ConsolidatedText after = Consolidate(data, Day("2025-03-01"));
  EXPECT_EQ(Body(before, "art-1"), "un");
  EXPECT_EQ(Body(after, "art-1"), "nouveau");
  EXPECT_TRUE(after.clashes.empty());
  EXPECT_NE(TextDigest(before), TextDigest(after));
  OriginBook origins(data);
  const v1::Origin origin = origins.Of(after.Find("art-1")->shown(), "art-1");
  EXPECT_EQ(origin.revision(), s.Leaf(avenant).ToHex());
  EXPECT_EQ(origin.effective_from(), "2025-03-01");
  EXPECT_EQ(origins.Of(after.Find("art-2")->shown(), "art-2").revision(), s.Leaf(s.frozen).ToHex());
}

TEST(Consolidate, DoesNotApplyAnAvenantThatIsNotConcluded) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto avenant = s.Avenant(s.b, "b", 2, Draft({}, {ArticleElement("art-1", "nouveau")}),
                                 "2025-03-01", {s.Leaf(s.frozen)});
  s.history.Write(s.b, "b", Sign(s.Leaf(avenant), "ob", "2025-01-10"));
  EXPECT_EQ(Body(Consolidate(s.Data(), Day("2026-01-01")), "art-1"), "un");
}

// Design, idea 1: concluded acts that clash are shown as both, and only a further act settles them.
TEST(Consolidate, ShowsBothSidesOfTwoActsOnOneBaseUntilAFurtherActSettlesThem) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto x = s.Avenant(s.b, "b", 2, Draft({}, {ArticleElement("art-1", "selon b")}),
                           "2025-01-01", {s.Leaf(s.frozen)});
  const auto y = s.Avenant(s.c, "c", 3, Draft({}, {ArticleElement("art-1", "selon c")}),
                           "2025-01-01", {s.Leaf(s.frozen)});
  s.SignByAll(x, "2024-12-01");
  s.SignByAll(y, "2024-12-01");
  const ConsolidatedText clash = Consolidate(s.Data(), Day("2025-06-01"));
  ASSERT_EQ(clash.clashes.size(), 1u);
  EXPECT_EQ(clash.clashes[0].sides.size(), 2u);
  EXPECT_EQ(clash.Find("art-1")->sides.size(), 2u);

  const auto settled = s.Avenant(s.a, "a", 4, Draft({}, {ArticleElement("art-1", "accord")}),
                                 "2025-07-01", {s.Leaf(x), s.Leaf(y)});
  s.SignByAll(settled, "2025-06-15");
  const ConsolidatedText text = Consolidate(s.Data(), Day("2025-07-01"));
  EXPECT_TRUE(text.clashes.empty());
  EXPECT_EQ(Body(text, "art-1"), "accord");
}

TEST(Consolidate, DoesNotClashWhenTwoActsSayTheSame) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto x = s.Avenant(s.b, "b", 2, Draft({}, {ArticleElement("art-1", "pareil")}),
                           "2025-01-01", {s.Leaf(s.frozen)});
  const auto y = s.Avenant(s.c, "c", 3, Draft({}, {ArticleElement("art-1", "pareil")}),
                           "2025-01-01", {s.Leaf(s.frozen)});
  s.SignByAll(x, "2024-12-01");
  s.SignByAll(y, "2024-12-01");
  const ConsolidatedText text = Consolidate(s.Data(), Day("2025-06-01"));
  EXPECT_TRUE(text.clashes.empty());
  EXPECT_EQ(text.Find("art-1")->sides.size(), 1u);
}

TEST(Consolidate, ReplacesOnlyWhatItsBasesHold) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto x = s.Avenant(s.b, "b", 2, Draft({}, {ArticleElement("art-1", "x")}), "2025-01-01",
                           {s.Leaf(s.frozen)});
  s.SignByAll(x, "2024-12-01");
  // Builds on the original alone, though its author knew x.
  const auto y = s.Avenant(s.c, "c", 3, Draft({}, {ArticleElement("art-1", "y")}), "2025-02-01",
                           {s.Leaf(s.frozen)});
  s.SignByAll(y, "2025-01-15");
  EXPECT_EQ(Consolidate(s.Data(), Day("2025-06-01")).clashes.size(), 1u);
  // Builds on y, and through it on the original.
  const auto z = s.Avenant(s.a, "a", 4, Draft({}, {ArticleElement("art-2", "z", "art-1")}),
                           "2025-03-01", {s.Leaf(y)});
  s.SignByAll(z, "2025-02-15");
  const ConsolidatedText text = Consolidate(s.Data(), Day("2025-06-01"));
  EXPECT_EQ(Body(text, "art-2"), "z");
  EXPECT_EQ(text.Find("art-2")->sides.size(), 1u);
}

TEST(Consolidate, ShowsTwoConcludedRevisionsOfOneActWithAFinding) {
  Scenario s;
  const auto later = s.history.Write(
      s.a, "a", Draft(s.original, {ArticleElement("art-1", "autre")}, {s.Leaf(s.draft)}));
  const auto second = s.history.Write(
      s.a, "a", Freeze(s.original, {s.Leaf(s.draft), s.Leaf(later)}, s.offices, "2024-01-01"));
  s.SignByAll(s.frozen, "2024-02-01");
  s.SignByAll(second, "2024-02-02");
  const ConsolidatedText text = Consolidate(s.Data(), Day("2024-06-01"));
  EXPECT_EQ(text.clashes.size(), 1u);
  EXPECT_TRUE(HasFinding(text, FindingCode::kSeveralConcluded));
}

TEST(Consolidate, ShowsWhatOnlyOneOfTwoConcludedOriginalsHasAsAClash) {
  Scenario s;
  // The second text has art-3, and no art-2.
  v1::Event drop = Remove(s.original, "art-2", {s.Leaf(s.draft)});
  drop.mutable_changes_drafted()->mutable_changes(0)->set_drop(true);
  const auto dropped = s.history.Write(s.a, "a", std::move(drop));
  const auto added =
      s.history.Write(s.a, "a", Draft(s.original, {ArticleElement("art-3", "trois")}));
  const auto second =
      s.history.Write(s.a, "a",
                      Freeze(s.original, {s.Leaf(s.draft), s.Leaf(dropped), s.Leaf(added)},
                             s.offices, "2024-01-01"));
  s.SignByAll(s.frozen, "2024-02-01");
  s.SignByAll(second, "2024-02-02");
  const ConsolidatedText text = Consolidate(s.Data(), Day("2024-06-01"));
  std::vector<std::string> clashes;
  for (const PlacedElement& clash : text.clashes) {
    clashes.emplace_back(clash.id);
    ASSERT_EQ(clash.sides.size(), 2u);
    EXPECT_EQ((clash.sides[0].element == nullptr) + (clash.sides[1].element == nullptr), 1);
  }
  EXPECT_EQ(clashes, (std::vector<std::string>{"art-2", "art-3"}));
  EXPECT_EQ(Body(text, "art-2"), "deux") << "shown until somebody settles it";
  EXPECT_EQ(Body(text, "art-3"), "trois");

  // An act on the first alone says nothing of what the second leaves out; one on both settles it.
  const auto partial =
      s.Avenant(s.b, "b", 2, Draft({}, {ArticleElement("art-2", "deux bis", "art-1")}),
                "2025-01-01", {s.Leaf(s.frozen)});
  s.SignByAll(partial, "2024-12-01");
  EXPECT_EQ(Consolidate(s.Data(), Day("2025-06-01")).clashes.size(), 2u);
  const auto both =
      s.Avenant(s.b, "b", 3, Draft({}, {ArticleElement("art-2", "deux ter", "art-1")}),
                "2025-02-01", {s.Leaf(partial), s.Leaf(second)});
  s.SignByAll(both, "2025-01-10");
  const ConsolidatedText settled = Consolidate(s.Data(), Day("2025-06-01"));
  ASSERT_EQ(settled.clashes.size(), 1u);
  EXPECT_EQ(settled.clashes[0].id, "art-3");
  EXPECT_EQ(Body(settled, "art-2"), "deux ter");
}

TEST(Consolidate, RemovesAnElementWithWhatIsBelowIt) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto avenant =
      s.Avenant(s.b, "b", 2, Remove({}, "art-1"), "2025-01-01", {s.Leaf(s.frozen)});
  s.SignByAll(avenant, "2024-12-01");
  const ConsolidatedText text = Consolidate(s.Data(), Day("2025-01-01"));
  EXPECT_EQ(text.Find("art-1"), nullptr);
  EXPECT_EQ(text.Find("art-2"), nullptr);
  EXPECT_FALSE(HasFinding(text, FindingCode::kOrphan));
}

// What ElementsOf says of one element, without the others.
TEST(Puts, AnElementThatStandsWithAllThatIsBuiltOn) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto first = s.Avenant(s.b, "b", 2, Remove({}, "art-2"), "2025-01-01", {s.Leaf(s.frozen)});
  s.SignByAll(first, "2024-12-01");
  const auto second = s.Avenant(s.c, "c", 3, Draft({}, {ArticleElement("art-2", "revenu")}),
                                "2026-01-01", {s.Leaf(first)});
  s.history.LearnAll();
  const StateData& data = s.Data();
  const auto puts = [&](History::Event revision, const std::string& id) {
    const std::vector<RevisionNumber> one = {data.FindRevision(s.Leaf(revision))};
    const std::vector<const v1::Element*> all = ElementsOf(data, one);
    const bool there = std::any_of(all.begin(), all.end(),
                                   [&](const v1::Element* element) { return element->id() == id; });
    EXPECT_EQ(Puts(data, one, id), there) << id;
    return there;
  };
  EXPECT_TRUE(puts(s.frozen, "art-2"));
  EXPECT_FALSE(puts(first, "art-2"));
  EXPECT_TRUE(puts(first, "art-1"));
  EXPECT_TRUE(puts(second, "art-2"));
  EXPECT_FALSE(puts(second, "ailleurs"));
}

TEST(RevisionOrder, KnowsWhatBuildsOnWhatDirectlyOrThroughOthers) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto avenant = [&](History::Author author, const std::string& partner, int request,
                           History::Event base) {
    s.history.LearnAll();
    return s.Avenant(author, partner, request, Draft({}, {ArticleElement("art-1", partner)}),
                     "2025-01-01", {s.Leaf(base)});
  };
  const auto left = avenant(s.b, "b", 2, s.frozen);
  const auto right = avenant(s.c, "c", 3, s.frozen);
  s.SignByAll(left, "2024-12-01");
  const auto last = avenant(s.a, "a", 4, left);
  s.history.LearnAll();
  const StateData& data = s.Data();
  const auto number = [&](History::Event event) { return data.FindRevision(s.Leaf(event)); };
  const RevisionOrder order(data, {number(last), number(right)});
  const auto builds_on = [&](History::Event later, History::Event base) {
    return order.BuildsOn(number(later), number(base));
  };
  EXPECT_TRUE(builds_on(last, left));
  EXPECT_TRUE(builds_on(last, s.frozen));
  EXPECT_TRUE(builds_on(left, s.frozen));
  EXPECT_TRUE(builds_on(right, s.frozen));
  EXPECT_FALSE(builds_on(last, right));
  EXPECT_FALSE(builds_on(right, left));
  EXPECT_FALSE(builds_on(s.frozen, last));
  EXPECT_FALSE(builds_on(last, last));
  // Of others nothing is known.
  EXPECT_FALSE(RevisionOrder(data, {number(left)}).BuildsOn(number(last), number(left)));
}

TEST(Consolidate, KeepsWhatWasPutBelowARemovedElementByAnotherAct) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto removes =
      s.Avenant(s.b, "b", 2, Remove({}, "art-1"), "2025-01-01", {s.Leaf(s.frozen)});
  const auto adds = s.Avenant(s.c, "c", 3, Draft({}, {ArticleElement("art-3", "ajout", "art-1")}),
                              "2025-01-01", {s.Leaf(s.frozen)});
  s.SignByAll(removes, "2024-12-01");
  s.SignByAll(adds, "2024-12-01");
  const ConsolidatedText text = Consolidate(s.Data(), Day("2025-01-01"));
  ASSERT_NE(text.Find("art-3"), nullptr);
  EXPECT_EQ(text.Find("art-3")->depth, 0u);
  EXPECT_TRUE(HasFinding(text, FindingCode::kOrphan));
}

TEST(Consolidate, ShowsLoopsAtTheTopAndEndsThem) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto avenant = s.Avenant(
      s.b, "b", 2,
      Draft({}, {ArticleElement("art-1", "un", "art-2"), ArticleElement("art-4", "bas", "art-1"),
                 ArticleElement("art-5", "soi", "art-5")}),
      "2025-01-01", {s.Leaf(s.frozen)});
  s.SignByAll(avenant, "2024-12-01");
  const ConsolidatedText text = Consolidate(s.Data(), Day("2025-01-01"));
  for (const char* id : {"art-1", "art-2", "art-4", "art-5"}) EXPECT_NE(text.Find(id), nullptr);
  EXPECT_EQ(text.Find("art-1")->depth, 0u);
  EXPECT_EQ(text.elements.size(), 8u);
  EXPECT_TRUE(HasFinding(text, FindingCode::kTreeLoop));
}

TEST(Consolidate, StandsConcludedThenInForceThenExpired) {
  Scenario s;
  s.SignByAll(s.frozen, "2023-11-05");
  const StateData& data = s.Data();
  const auto standing = [&](const char* on) {
    return StandingOn(Consolidate(data, Day(on)), Day(on));
  };
  EXPECT_EQ(standing("2023-12-31"), v1::CONVENTION_STANDING_CONCLUDED);
  EXPECT_EQ(standing("2024-01-01"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_EQ(standing("2028-12-31"), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_EQ(standing("2029-01-01"), v1::CONVENTION_STANDING_EXPIRED);
  // Before its first day the text that will have effect is shown.
  EXPECT_EQ(Body(Consolidate(data, Day("2023-12-01")), "art-1"), "un");
  EXPECT_EQ(InForceSince(data), Day("2023-11-05"));
}

TEST(Consolidate, ShowsBothValuesOfADraftThatTwoPeopleChanged) {
  Scenario s;
  s.history.Write(s.a, "a", Withdraw(s.Leaf(s.frozen)));
  s.history.Write(s.b, "b", Draft(s.original, {ArticleElement("art-1", "b")}, {s.Leaf(s.draft)}));
  s.history.Write(s.c, "c", Draft(s.original, {ArticleElement("art-1", "c")}, {s.Leaf(s.draft)}));
  const ConsolidatedText text = Consolidate(s.Data(), Day("2024-06-01"));
  ASSERT_EQ(text.clashes.size(), 1u);
  EXPECT_EQ(text.Find("art-1")->sides.size(), 2u);
}

TEST(Consolidate, FindsASecondOriginalOfTheFounder) {
  Scenario s;
  EXPECT_FALSE(
      HasFinding(Consolidate(s.Data(), Day("2024-06-01")), FindingCode::kSeveralOriginals));
  ActId act;
  s.history.Write(s.a, "a", OpenAct(s.history, "a", 5, v1::ACT_KIND_ORIGINAL, &act));
  const ConsolidatedText text = Consolidate(s.Data(), Day("2024-06-01"));
  EXPECT_TRUE(HasFinding(text, FindingCode::kSeveralOriginals));
  // The first one is shown.
  EXPECT_NE(text.Find("art-1"), nullptr);
}

TEST(RevisionContent, LeavesOutWhatAnotherListedChangeReplaces) {
  Scenario s;
  const auto second = s.history.Write(
      s.a, "a", Draft(s.original, {ArticleElement("art-1", "revu")}, {s.Leaf(s.draft)}));
  const auto frozen = s.history.Write(
      s.a, "a", Freeze(s.original, {s.Leaf(s.draft), s.Leaf(second)}, s.offices, "2024-01-01"));
  const StateData& data = s.Data();
  const ConsolidatedText text = RevisionText(data, data.FindRevision(s.Leaf(frozen)));
  EXPECT_EQ(Body(text, "art-1"), "revu");
  EXPECT_TRUE(text.clashes.empty());
  EXPECT_EQ(text.elements.size(), 6u);
}

TEST(RevisionContent, ShowsTwoListedValuesOfOneElementWithAFinding) {
  Scenario s;
  const auto second =
      s.history.Write(s.a, "a", Draft(s.original, {ArticleElement("art-1", "revu")}));
  const auto frozen = s.history.Write(
      s.a, "a", Freeze(s.original, {s.Leaf(s.draft), s.Leaf(second)}, s.offices, "2024-01-01"));
  const StateData& data = s.Data();
  EXPECT_EQ(RevisionText(data, data.FindRevision(s.Leaf(frozen))).clashes.size(), 1u);
  EXPECT_TRUE(s.Found(frozen, FindingCode::kRevisionClash));
}

TEST(RevisionContent, DropsADraftChangeThatWasTakenBack) {
  Scenario s;
  v1::Event drop = Remove(s.original, "art-1", {s.Leaf(s.draft)});
  drop.mutable_changes_drafted()->mutable_changes(0)->set_drop(true);
  const auto dropped = s.history.Write(s.a, "a", std::move(drop));
  const auto frozen = s.history.Write(
      s.a, "a", Freeze(s.original, {s.Leaf(s.draft), s.Leaf(dropped)}, s.offices, "2024-01-01"));
  const StateData& data = s.Data();
  const ConsolidatedText text = RevisionText(data, data.FindRevision(s.Leaf(frozen)));
  EXPECT_EQ(text.Find("art-1"), nullptr);
  EXPECT_NE(text.Find("art-2"), nullptr);
}

}  // namespace
}  // namespace greffe::test
