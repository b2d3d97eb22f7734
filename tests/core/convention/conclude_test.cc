#include "core/convention/text/conclude.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

TEST(Conclude, NeedsEachSignatoryAndTakesTheLatestDate) {
  Scenario s;
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-03"));
  s.history.Write(s.b, "b", PaperSign(s.Leaf(s.frozen), "ob", "2024-03-05"));
  EXPECT_FALSE(s.ConclusionOf(s.frozen).concluded);
  EXPECT_EQ(s.ConclusionOf(s.frozen).chosen[2], kNone);
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-01"));
  const Conclusion conclusion = s.ConclusionOf(s.frozen);
  EXPECT_TRUE(conclusion.concluded);
  EXPECT_EQ(conclusion.concluded_on, Day("2024-03-05"));
}

// It counts like one on paper; without its file there is nothing that anybody signed.
TEST(Conclude, CountsASignatureInAnOutsideFileWithTheDigestOfThatFileAlone) {
  Scenario s;
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-03"));
  s.history.Write(s.c, "c", PaperSign(s.Leaf(s.frozen), "oc", "2024-02-01"));
  v1::Event nothing = SignOutside(s.Leaf(s.frozen), "ob", "2024-03-05");
  nothing.mutable_signature_given()->clear_scan_digest();
  const auto without = s.history.Write(s.b, "b", nothing);
  EXPECT_FALSE(s.ConclusionOf(s.frozen).concluded);
  EXPECT_TRUE(s.Found(without, FindingCode::kOutsideWithoutFile));
  const auto with = s.history.Write(s.b, "b", SignOutside(s.Leaf(s.frozen), "ob", "2024-03-06"));
  const Conclusion conclusion = s.ConclusionOf(s.frozen);
  EXPECT_TRUE(conclusion.concluded);
  EXPECT_EQ(conclusion.concluded_on, Day("2024-03-06"));
  EXPECT_FALSE(s.Found(with, FindingCode::kOutsideWithoutFile));
}

TEST(Conclude, DoesNotCountASignatureThatSawTheWithdrawal) {
  Scenario s;
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-01"));
  s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  s.history.Write(s.a, "a", Withdraw(s.Leaf(s.frozen)));
  s.history.Learn(s.c, s.a);
  const auto late = s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-01"));
  EXPECT_FALSE(s.ConclusionOf(s.frozen).concluded);
  EXPECT_TRUE(s.Found(late, FindingCode::kSawWithdrawal));
}

TEST(Conclude, IsNotUndoneByAWithdrawalThatNoSignatureSaw) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto withdrawn = s.history.Write(s.a, "a", Withdraw(s.Leaf(s.frozen)));
  EXPECT_TRUE(s.ConclusionOf(s.frozen).concluded);
  EXPECT_TRUE(s.Authorised(withdrawn));
  EXPECT_TRUE(IsWithdrawn(s.Data(), s.Data().FindRevision(s.Leaf(s.frozen))));
}

TEST(Conclude, IgnoresTheWithdrawalOfSomebodyElse) {
  Scenario s;
  const auto withdrawn = s.history.Write(s.b, "b", Withdraw(s.Leaf(s.frozen)));
  s.SignByAll(s.frozen, "2024-02-01");
  EXPECT_FALSE(s.Authorised(withdrawn));
  EXPECT_TRUE(s.ConclusionOf(s.frozen).concluded);
}

TEST(Conclude, DoesNotJoinASignatureWithARetractionItSaw) {
  Scenario s;
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-01"));
  const auto signed_b = s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  s.history.Write(s.b, "b", Retract(s.Leaf(signed_b)));
  s.history.Learn(s.c, s.b);
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-02"));
  const Conclusion conclusion = s.ConclusionOf(s.frozen);
  EXPECT_FALSE(conclusion.concluded);
  EXPECT_EQ(conclusion.chosen[1], kNone);
}

TEST(Conclude, TakesARetractedSignatureWhoseRetractionNobodySaw) {
  Scenario s;
  const auto signed_b = s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  s.history.Write(s.b, "b", Retract(s.Leaf(signed_b)));
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-01"));
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-01"));
  EXPECT_TRUE(s.ConclusionOf(s.frozen).concluded);
}

TEST(Conclude, TakesBackASignatureWithItsCorrection) {
  Scenario s;
  const auto first = s.history.Write(s.b, "b", PaperSign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  const auto second =
      s.history.Write(s.b, "b", PaperSign(s.Leaf(s.frozen), "ob", "2024-02-02", {s.Leaf(first)}));
  s.history.Write(s.b, "b", Retract(s.Leaf(second)));
  s.history.LearnAll();
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-03"));
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-03"));
  EXPECT_FALSE(s.ConclusionOf(s.frozen).concluded);
}

TEST(Conclude, TakesBackACorrectionWithTheSignatureThatItCorrects) {
  Scenario s;
  const auto first = s.history.Write(s.b, "b", PaperSign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  s.history.Write(s.b, "b", PaperSign(s.Leaf(s.frozen), "ob", "2024-02-02", {s.Leaf(first)}));
  s.history.Write(s.b, "b", Retract(s.Leaf(first)));
  s.history.LearnAll();
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-03"));
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-03"));
  EXPECT_FALSE(s.ConclusionOf(s.frozen).concluded);
}

TEST(Conclude, CountsANewSignatureAfterARetraction) {
  Scenario s;
  const auto signed_b = s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  s.history.Write(s.b, "b", Retract(s.Leaf(signed_b)));
  s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-09"));
  s.history.LearnAll();
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-03"));
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-03"));
  EXPECT_EQ(s.ConclusionOf(s.frozen).concluded_on, Day("2024-02-09"));
}

// b signs, retracts, signs again at a later date; c signs before and after: only some pairs go
// together, and the search must find the one that does.
TEST(Conclude, FindsTheChoiceThatHoldsAmongConflicts) {
  Scenario s;
  const auto b1 = s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  s.history.Write(s.b, "b", Retract(s.Leaf(b1)));
  s.history.Learn(s.c, s.b);
  const auto c1 = s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-02"));
  s.history.Write(s.c, "c", Retract(s.Leaf(c1)));
  s.history.Learn(s.b, s.c);
  s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-03"));
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-01"));
  // c's first stands with neither: b's first was taken back before it, b's second saw it go.
  EXPECT_FALSE(s.ConclusionOf(s.frozen).concluded);
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-04"));
  const Conclusion conclusion = s.ConclusionOf(s.frozen);
  EXPECT_TRUE(conclusion.concluded);
  EXPECT_EQ(conclusion.concluded_on, Day("2024-02-04"));
}

TEST(Conclude, KeepsItsConclusionWhenAPaperSignatureIsCorrected) {
  Scenario s;
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-01"));
  const auto paper = s.history.Write(s.b, "b", PaperSign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-01"));
  const auto corrected =
      s.history.Write(s.b, "b", PaperSign(s.Leaf(s.frozen), "ob", "2024-02-20", {s.Leaf(paper)}));
  const Conclusion conclusion = s.ConclusionOf(s.frozen);
  EXPECT_TRUE(conclusion.concluded);
  EXPECT_EQ(conclusion.concluded_on, Day("2024-02-20"));
  const StateData& data = s.Data();
  EXPECT_EQ(ShownFor(data, data.FindSignature(s.Leaf(paper))),
            data.FindSignature(s.Leaf(corrected)));
}

TEST(Conclude, IgnoresASignatureForAnotherPartner) {
  Scenario s;
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-01"));
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-01"));
  const auto forged = s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  EXPECT_FALSE(s.ConclusionOf(s.frozen).concluded);
  EXPECT_FALSE(s.Authorised(forged));
  EXPECT_TRUE(s.Found(forged, FindingCode::kNotAuthorised));
  // Nor when it claims to act for it.
  const auto posing = s.history.Write(s.c, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  EXPECT_FALSE(s.ConclusionOf(s.frozen).concluded);
  EXPECT_FALSE(s.Authorised(posing));
}

TEST(Conclude, IgnoresASignatureThatHadNotSeenTheFreeze) {
  Scenario s;
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-01"));
  s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  const auto second =
      s.history.Write(s.a, "a", Freeze(s.original, {s.Leaf(s.draft)}, s.offices, "2024-01-02"));
  const auto blind = s.history.Write(s.c, "c", Sign(s.Leaf(second), "oc", "2024-02-01"));
  EXPECT_TRUE(s.Found(blind, FindingCode::kUnknownRevision));
  EXPECT_EQ(s.Data().FindSignature(s.Leaf(blind)), kNone);
}

TEST(Conclude, IgnoresASignatureWithoutARealDate) {
  Scenario s;
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-01"));
  s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  const auto undated = s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2022-02-30"));
  EXPECT_FALSE(s.ConclusionOf(s.frozen).concluded);
  EXPECT_TRUE(s.Found(undated, FindingCode::kMalformed));
}

TEST(Conclude, NeverConcludesARevisionThatListsAnUnknownChange) {
  Scenario s;
  const auto odd = s.history.Write(
      s.a, "a",
      Freeze(s.original, {s.Leaf(s.draft), Sha256({"nothing"})}, s.offices, "2024-01-01"));
  s.SignByAll(odd, "2024-02-01");
  EXPECT_FALSE(s.ConclusionOf(odd).concluded);
  EXPECT_TRUE(s.Found(odd, FindingCode::kRevisionInvalid));
}

// Nobody may change the contract alone, whatever software wrote the freeze.
TEST(Conclude, NeverConcludesARevisionThatLeavesAPartyOut) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  ActId act;
  s.history.Write(s.c, "c", OpenAct(s.history, "c", 7, v1::ACT_KIND_AVENANT, &act));
  const auto drafted = s.history.Write(s.c, "c", Draft(act, {ArticleElement("art-1", "pour c")}));
  const auto alone = s.history.Write(
      s.c, "c", Freeze(act, {s.Leaf(drafted)}, {{"oc", "c"}}, "2024-03-01", {s.Leaf(s.frozen)}));
  const auto without_base =
      s.history.Write(s.c, "c", Freeze(act, {s.Leaf(drafted)}, {{"oc", "c"}}, "2024-03-01"));
  s.history.Write(s.c, "c", Sign(s.Leaf(alone), "oc", "2024-02-02"));
  s.history.Write(s.c, "c", Sign(s.Leaf(without_base), "oc", "2024-02-02"));
  EXPECT_FALSE(s.ConclusionOf(alone).concluded);
  EXPECT_FALSE(s.ConclusionOf(without_base).concluded);
  EXPECT_TRUE(s.Found(alone, FindingCode::kSignatoriesMissing));
}

// L-03: one office is enough only where the party's own policy says so.
TEST(Conclude, NeverConcludesARevisionWhoseFreezeInventsAPolicy) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  ActId act;
  s.history.Write(s.c, "c", OpenAct(s.history, "c", 7, v1::ACT_KIND_AVENANT, &act));
  const auto drafted = s.history.Write(s.c, "c", Draft(act, {ArticleElement("art-1", "pour c")}));
  v1::Event freeze = Freeze(act, {s.Leaf(drafted)}, s.offices, "2024-03-01", {s.Leaf(s.frozen)});
  for (v1::Signatory& one : *freeze.mutable_revision_frozen()->mutable_signatories()) {
    one.set_one_of(true);
  }
  const auto invented = s.history.Write(s.c, "c", freeze);
  s.SignByAll(invented, "2024-02-02");
  EXPECT_FALSE(s.ConclusionOf(invented).concluded);
  EXPECT_TRUE(s.Found(invented, FindingCode::kSignatoriesMissing));
}

// A text of one's own making, without the other parties, is no base to build a signed act on.
TEST(Conclude, NeverConcludesAnActOnABaseThatNobodyConcluded) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  ActId act;
  s.history.Write(s.c, "c", OpenAct(s.history, "c", 7, v1::ACT_KIND_AVENANT, &act));
  const auto drafted = s.history.Write(s.c, "c",
                                       Draft(act, {PartyElement("a", {}), PartyElement("b", {}),
                                                   ArticleElement("art-1", "pour c")}));
  const auto unsigned_base = s.history.Write(
      s.c, "c", Freeze(act, {s.Leaf(drafted)}, s.offices, "2024-03-01", {s.Leaf(s.frozen)}));
  const auto alone = s.Avenant(s.c, "c", 8, Draft(act, {ArticleElement("art-2", "pour c")}),
                               "2024-03-01", {s.Leaf(unsigned_base)});
  s.history.Write(s.c, "c", Sign(s.Leaf(alone), "oc", "2024-02-02"));
  EXPECT_FALSE(s.ConclusionOf(alone).concluded);
  EXPECT_TRUE(s.Found(alone, FindingCode::kBaseIneffective));
  EXPECT_TRUE(s.Found(alone, FindingCode::kRevisionInvalid));
}

// The founder's second text cannot join one that it has seen concluded.
TEST(Conclude, NeverConcludesASecondOriginalBesideOneSeenConcluded) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto drafted =
      s.history.Write(s.a, "a", Draft(s.original, {ArticleElement("art-9", "pour a")}));
  const auto again =
      s.history.Write(s.a, "a", Freeze(s.original, {s.Leaf(drafted)}, {{"oa", "a"}}, "2024-03-01"));
  s.history.Write(s.a, "a", Sign(s.Leaf(again), "oa", "2024-02-02"));
  EXPECT_FALSE(s.ConclusionOf(again).concluded);
  EXPECT_TRUE(s.Found(again, FindingCode::kRevisionInvalid));
}

TEST(Conclude, NeedsThePartiesThatAnAvenantBringsIn) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  ActId act;
  s.history.Write(s.c, "c", OpenAct(s.history, "c", 7, v1::ACT_KIND_AVENANT, &act));
  const auto drafted = s.history.Write(s.c, "c", Draft(act, {PartyElement("d", {"od"})}));
  const auto without = s.history.Write(
      s.c, "c", Freeze(act, {s.Leaf(drafted)}, s.offices, "2024-03-01", {s.Leaf(s.frozen)}));
  s.SignByAll(without, "2024-02-02");
  EXPECT_FALSE(s.ConclusionOf(without).concluded);
  EXPECT_TRUE(s.Found(without, FindingCode::kSignatoriesMissing));
}

// What is concluded has its date: a signature given by somebody who had seen it concluded does not
// move it.
TEST(Conclude, KeepsItsDateWhenSomebodySignsAgainLater) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const auto again = s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-01-02"));
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-01-01"));
  const StateData& data = s.Data();
  EXPECT_FALSE(data.signatures[data.FindSignature(s.Leaf(again))].counts);
  EXPECT_EQ(s.ConclusionOf(s.frozen).concluded_on, CivilDate::Parse("2024-02-01", "d").value());
}

TEST(Conclude, NeverConcludesAnOriginalThatIsNotTheFounders) {
  Scenario s;
  ActId act;
  s.history.Write(s.c, "c", OpenAct(s.history, "c", 7, v1::ACT_KIND_ORIGINAL, &act));
  const auto drafted = s.history.Write(s.c, "c", Draft(act, {ArticleElement("art-1", "pour c")}));
  const auto frozen =
      s.history.Write(s.c, "c", Freeze(act, {s.Leaf(drafted)}, {{"oc", "c"}}, "2024-03-01"));
  s.history.Write(s.c, "c", Sign(s.Leaf(frozen), "oc", "2024-02-02"));
  EXPECT_FALSE(s.ConclusionOf(frozen).concluded);
  EXPECT_TRUE(s.Found(frozen, FindingCode::kNotFounder));
}

// An office that signs at two replicas leaves a choice of feeds: at the first one its signature was
// taken back before c signed, at the second it stands.
TEST(Conclude, ChoosesAmongTheReplicasOfOneOffice) {
  Scenario s;
  const auto second = s.history.AddReplica();
  s.history.Write(s.b, "b", Enrol(s.history.key(second), {"b"}));
  s.history.LearnAll();
  const auto first = s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  s.history.Write(s.b, "b", Retract(s.Leaf(first)));
  const auto stands = s.history.Write(second, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-09"));
  s.history.Learn(s.c, s.b);
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-02"));
  EXPECT_FALSE(s.ConclusionOf(s.frozen).concluded);
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-03"));
  const Conclusion conclusion = s.ConclusionOf(s.frozen);
  EXPECT_EQ(conclusion.concluded_on, Day("2024-02-09"));
  EXPECT_EQ(conclusion.chosen[1], s.Data().FindSignature(s.Leaf(stands)));
}

// c's feed forked: one branch saw that b took its signature back, the other did not and concludes.
// What the first branch signs later, having seen the other, takes nothing away.
TEST(Conclude, IsNotUndoneByASiblingBranchThatSawBoth) {
  Scenario s;
  ActId act;
  s.history.Write(s.c, "c", OpenAct(s.history, "c", 7, v1::ACT_KIND_AVENANT, &act));
  const auto other = s.history.Fork(s.c, s.history.feed(s.c).size());
  const auto given = s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
  s.history.Write(s.b, "b", Retract(s.Leaf(given)));
  s.history.Learn(s.c, s.b);
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-01"));
  s.history.Write(other, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-01"));
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-01"));
  ASSERT_TRUE(s.ConclusionOf(s.frozen).concluded);

  s.history.Learn(s.c, other);
  const auto late = s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-01"));

  const StateData& data = s.Data();
  ASSERT_TRUE(data.signatures[data.FindSignature(s.Leaf(late))].counts);
  EXPECT_TRUE(s.ConclusionOf(s.frozen).concluded);
}

TEST(Conclude, NeverConcludesARevisionOfMoreSignatoriesThanAConventionHas) {
  Scenario s;
  const auto freeze = [&](std::size_t signatories) {
    std::map<std::string, std::string> offices = s.offices;
    for (std::size_t i = offices.size(); i < signatories; ++i) {
      offices["x" + std::to_string(i)] = "a";
    }
    const auto frozen =
        s.history.Write(s.a, "a", Freeze(s.original, {s.Leaf(s.draft)}, offices, "2024-01-01"));
    const StateData& data = s.Data();
    return std::pair(frozen, data.revisions[data.FindRevision(s.Leaf(frozen))]);
  };
  const auto [at, most] = freeze(limits::kSignatories);
  EXPECT_TRUE(most.valid);
  const auto [above, more] = freeze(limits::kSignatories + 1);
  EXPECT_FALSE(more.valid);
  EXPECT_TRUE(more.signatories.empty());
  EXPECT_TRUE(s.Found(above, FindingCode::kRevisionInvalid));
}

}  // namespace
}  // namespace greffe::test
