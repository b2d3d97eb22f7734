#include "core/convention/reading/paper.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

// The scenario's text, frozen once more as signed on paper.
struct PaperScenario : Scenario {
  PaperScenario() {
    paper =
        history.Write(a, "a", FreezePaper(Freeze(original, {Leaf(draft)}, offices, "2024-01-01")));
    history.LearnAll();
  }
  std::size_t Attested() {
    const StateData& data = Data();
    return CountAttested(data, data.revisions[data.FindRevision(Leaf(paper))]);
  }
  // Attests and records the office's signature.
  void AttestAndSign(History::Author author, const std::string& partner, const std::string& date) {
    history.Write(author, partner, AttestPaper(Leaf(paper)));
    history.Write(author, partner, PaperSign(Leaf(paper), "o" + partner, date));
  }
  History::Event paper = 0;
};

TEST(Paper, StatementsConcludeNothingForAnybody) {
  PaperScenario s;
  s.history.Write(s.a, "a",
                  StatePaper(s.Leaf(s.paper),
                             {{"oa", "2023-12-01"}, {"ob", "2023-12-02"}, {"oc", "2023-12-03"}}));
  const Conclusion conclusion = s.ConclusionOf(s.paper);
  EXPECT_FALSE(conclusion.concluded);
  EXPECT_EQ(conclusion.chosen, std::vector<SignatureNumber>(3, kNone));
  EXPECT_EQ(s.Attested(), 0u);
}

TEST(Paper, FounderCannotSpeakForTheOthers) {
  PaperScenario s;
  s.AttestAndSign(s.a, "a", "2023-12-01");
  const auto attested = s.history.Write(s.a, "b", AttestPaper(s.Leaf(s.paper)));
  s.history.Write(s.a, "b", PaperSign(s.Leaf(s.paper), "ob", "2023-12-02"));
  s.history.Write(s.a, "a", PaperSign(s.Leaf(s.paper), "oc", "2023-12-02"));
  const Conclusion conclusion = s.ConclusionOf(s.paper);
  EXPECT_FALSE(s.Authorised(attested));
  EXPECT_EQ(conclusion.chosen[1], kNone);
  EXPECT_EQ(conclusion.chosen[2], kNone);
  EXPECT_EQ(s.Attested(), 1u);
}

TEST(Paper, WhoSignsNothingHasNothingToAttest) {
  PaperScenario s;
  const History::Author d = s.history.AddReplica();
  s.history.Write(s.a, "a", Enrol(s.history.key(d), {"d"}));
  s.history.LearnAll();
  const auto attested = s.history.Write(d, "d", AttestPaper(s.Leaf(s.paper)));
  EXPECT_FALSE(s.Authorised(attested));
  EXPECT_FALSE(s.Data().attestations[0].counts);
}

TEST(Paper, ConcludesOnceEachPartnerAttestedWithTheLatestDate) {
  PaperScenario s;
  s.AttestAndSign(s.a, "a", "2023-12-01");
  s.AttestAndSign(s.b, "b", "2023-12-15");
  EXPECT_FALSE(s.ConclusionOf(s.paper).concluded);
  s.AttestAndSign(s.c, "c", "2023-12-03");
  const Conclusion conclusion = s.ConclusionOf(s.paper);
  EXPECT_TRUE(conclusion.concluded);
  EXPECT_EQ(conclusion.concluded_on, Day("2023-12-15"));
}

TEST(Paper, SignatureNeedsItsOwnPartnersAttestationBeforeIt) {
  PaperScenario s;
  const auto early = s.history.Write(s.b, "b", PaperSign(s.Leaf(s.paper), "ob", "2023-12-02"));
  s.history.Write(s.b, "b", AttestPaper(s.Leaf(s.paper)));
  s.history.Write(s.c, "c", AttestPaper(s.Leaf(s.paper)));
  s.history.LearnAll();
  EXPECT_EQ(s.ConclusionOf(s.paper).chosen[1], kNone);
  EXPECT_TRUE(s.Found(early, FindingCode::kNotAttested));
  s.history.Write(s.b, "b", PaperSign(s.Leaf(s.paper), "ob", "2023-12-02"));
  EXPECT_NE(s.ConclusionOf(s.paper).chosen[1], kNone);
}

TEST(Paper, AttestationAfterTheWithdrawalWasSeenDoesNotCount) {
  PaperScenario s;
  s.history.Write(s.a, "a", Withdraw(s.Leaf(s.paper)));
  s.history.Learn(s.b, s.a);
  const auto late = s.history.Write(s.b, "b", AttestPaper(s.Leaf(s.paper)));
  EXPECT_TRUE(s.Found(late, FindingCode::kSawWithdrawal));
  EXPECT_EQ(s.Attested(), 0u);
}

TEST(Paper, AttestationOfATextSignedInGreffeHasNoEffect) {
  PaperScenario s;
  const auto attested = s.history.Write(s.b, "b", AttestPaper(s.Leaf(s.frozen)));
  const auto stated = s.history.Write(s.b, "b", StatePaper(s.Leaf(s.frozen), {{"ob", ""}}));
  EXPECT_TRUE(s.Found(attested, FindingCode::kNotOnPaper));
  EXPECT_TRUE(s.Found(stated, FindingCode::kNotOnPaper));
  EXPECT_TRUE(s.Data().attestations.empty());
}

TEST(Paper, RefusalTakesTheAttestationBackAndTheNextOneStands) {
  PaperScenario s;
  s.history.Write(s.b, "b", AttestPaper(s.Leaf(s.paper)));
  EXPECT_EQ(s.Attested(), 1u);
  s.history.Write(s.b, "b", Refuse(s.Leaf(s.paper), "ob"));
  EXPECT_EQ(s.Attested(), 0u);
  s.history.Write(s.b, "b", AttestPaper(s.Leaf(s.paper)));
  EXPECT_EQ(s.Attested(), 1u);
}

TEST(Paper, ListsWhatIsMissingOfEachPartner) {
  PaperScenario s;
  s.history.Write(s.a, "a", StatePaper(s.Leaf(s.paper), {{"oa", "2023-12-01"}, {"ob", ""}}));
  s.AttestAndSign(s.c, "c", "2023-12-03");
  const StateData& data = s.Data();
  const auto findings = PaperFindings(data, PartyBook(data), data.FindRevision(s.Leaf(s.paper)));
  ASSERT_EQ(findings.size(), 4u);
  // a: date stated; b: none; c: its own.
  EXPECT_EQ(findings[0].text().find("date de signature"), std::string::npos);
  EXPECT_NE(findings[0].text().find("numérisation"), std::string::npos);
  EXPECT_NE(findings[1].text().find("date de signature"), std::string::npos);
  EXPECT_EQ(findings[2].text().find("date de signature"), std::string::npos);
  EXPECT_EQ(findings[3].code(), "paper-not-attested");
  EXPECT_EQ(SummarisePaper(data, data.FindRevision(s.Leaf(s.paper))).text(),
            "déclarée signée sur papier, attestée par 1 sur 3");
}

// Invariant 2: statements, attestations, signatures, a refusal and a withdrawal, all concurrent.
TEST(Paper, AnyCausalOrderGivesTheSameState) {
  PaperScenario s;
  const int known = s.history.size();
  s.history.Write(s.a, "a", StatePaper(s.Leaf(s.paper), {{"ob", "2023-12-02"}}));
  s.history.Write(s.a, "a", Withdraw(s.Leaf(s.paper)));
  s.AttestAndSign(s.b, "b", "2023-12-02");
  s.history.Write(s.c, "c", AttestPaper(s.Leaf(s.paper)));
  s.history.Write(s.c, "c", Refuse(s.Leaf(s.paper), "oc"));
  std::set<std::string> states;
  int orders = 0;
  std::mt19937_64 random(TestSeed(7));
  for (; orders < 60; ++orders) {
    HistoryPlayer player(s.history);
    player.Apply(s.history.RandomOrder(random));
    states.insert(player.state().CanonicalBytes());
  }
  EXPECT_GT(s.history.size(), known);
  EXPECT_EQ(states.size(), 1u);
}

}  // namespace
}  // namespace greffe::test
