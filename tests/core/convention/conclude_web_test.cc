#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "core/convention/text/conclude.h"
#include "tests/core/convention/scenario.h"

// What is concluded stays so, whatever partners weave around it with replicas of their own.
namespace greffe::test {
namespace {

// What was concluded stays so, whatever comes later: b, with two offices, signs and takes back for
// each of them hundreds of times, and goes on at a second replica that never heard of the rest.
TEST(Conclude, IsNotUndoneByAnyNumberOfLaterSignatures) {
  Scenario s;
  const auto second = s.history.AddReplica();
  s.history.Write(s.b, "b", Enrol(s.history.key(second), {"b"}));
  const auto drafted = s.history.Write(
      s.a, "a", Draft(s.original, {PartyElement("b", {"ob", "ob-2"})}, {s.Leaf(s.draft)}));
  const std::map<std::string, std::string> offices{
      {"oa", "a"}, {"ob", "b"}, {"ob-2", "b"}, {"oc", "c"}};
  const auto frozen = s.history.Write(
      s.a, "a", Freeze(s.original, {s.Leaf(s.draft), s.Leaf(drafted)}, offices, "2024-01-01"));
  s.history.LearnAll();
  const auto sign_and_retract = [&](History::Author at, int times, const std::string& date) {
    for (int i = 0; i < times; ++i) {
      for (const std::string office : {"ob", "ob-2"}) {
        const auto given = s.history.Write(at, "b", Sign(s.Leaf(frozen), office, date));
        s.history.Write(at, "b", Retract(s.Leaf(given)));
      }
    }
  };
  sign_and_retract(s.b, 240, "2024-02-01");
  s.history.Write(s.a, "a", Sign(s.Leaf(frozen), "oa", "2024-02-03"));
  s.history.Write(s.c, "c", Sign(s.Leaf(frozen), "oc", "2024-02-03"));
  s.history.Write(s.b, "b", Sign(s.Leaf(frozen), "ob", "2024-02-05"));
  s.history.Write(s.b, "b", Sign(s.Leaf(frozen), "ob-2", "2024-02-05"));
  ASSERT_TRUE(s.ConclusionOf(frozen).concluded);
  sign_and_retract(second, 250, "2024-01-01");
  const Conclusion conclusion = s.ConclusionOf(frozen);
  EXPECT_TRUE(conclusion.concluded);
  EXPECT_FALSE(conclusion.too_long);
}

// Replicas of the partner, in the roster by its own word.
std::vector<History::Author> EnrolMany(Scenario* s, History::Author by, const std::string& partner,
                                       int count) {
  std::vector<History::Author> replicas;
  for (int i = 0; i < count; ++i) {
    replicas.push_back(s->history.AddReplica());
    s->history.Write(by, partner, Enrol(s->history.key(replicas.back()), {partner}));
  }
  return replicas;
}

// Three partners have some 65 more keys each. The signatures that conclude are never taken back; of
// those around them, b's are, and a's saw it: 60 times 65 times 72 ways to choose, none of which
// stands, and each of an earlier day than that of the conclusion.
TEST(Conclude, StandsWhateverIsWovenAroundSignaturesThatNobodyTookBack) {
  Scenario s;
  const std::vector<History::Author> of_a = EnrolMany(&s, s.a, "a", 72);
  const std::vector<History::Author> of_b = EnrolMany(&s, s.b, "b", 60);
  const std::vector<History::Author> of_c = EnrolMany(&s, s.c, "c", 65);
  s.history.LearnAll();
  for (const History::Author b : of_b) {
    const auto given = s.history.Write(b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-01"));
    s.history.Write(b, "b", Retract(s.Leaf(given)));
    s.history.Learn(s.a, b);
    for (const History::Author a : of_a) s.history.Learn(a, b);
  }
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-05"));
  s.history.Write(s.b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-05"));
  s.history.Write(s.c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-05"));
  ASSERT_TRUE(s.ConclusionOf(s.frozen).concluded);

  for (const History::Author c : of_c) {
    s.history.Write(c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-02"));
  }
  for (const History::Author a : of_a) {
    s.history.Write(a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-02"));
  }

  const Conclusion conclusion = s.ConclusionOf(s.frozen);
  EXPECT_TRUE(conclusion.concluded);
  EXPECT_FALSE(conclusion.too_long);
  EXPECT_EQ(conclusion.concluded_on, Day("2024-02-05"));
  EXPECT_TRUE(IsConcluded(s.Data(), s.Data().FindRevision(s.Leaf(s.frozen))));
}

// The same without an earlier day to look for: a's signatures at 64 replicas are taken back, and
// each of c's saw that. Whoever tries them one after the other tries all of b's with each of them,
// and all of c's with each of those, before it comes to the signature of a that stands.
TEST(Conclude, LooksFirstForSignaturesThatNobodyTookBack) {
  Scenario s;
  const std::vector<History::Author> of_a = EnrolMany(&s, s.a, "a", 60);
  const std::vector<History::Author> of_b = EnrolMany(&s, s.b, "b", 65);
  const std::vector<History::Author> of_c = EnrolMany(&s, s.c, "c", 72);
  s.history.LearnAll();
  for (const History::Author a : of_a) {
    const auto given = s.history.Write(a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-01"));
    s.history.Write(a, "a", Retract(s.Leaf(given)));
    s.history.Learn(s.c, a);
    for (const History::Author c : of_c) s.history.Learn(c, a);
  }
  for (const History::Author b : of_b) {
    s.history.Write(b, "b", Sign(s.Leaf(s.frozen), "ob", "2024-02-05"));
  }
  for (const History::Author c : of_c) {
    s.history.Write(c, "c", Sign(s.Leaf(s.frozen), "oc", "2024-02-05"));
  }
  s.history.Write(s.a, "a", Sign(s.Leaf(s.frozen), "oa", "2024-02-05"));
  const Conclusion conclusion = s.ConclusionOf(s.frozen);
  EXPECT_TRUE(conclusion.concluded);
  EXPECT_FALSE(conclusion.too_long);
  EXPECT_EQ(conclusion.concluded_on, Day("2024-02-05"));
}

// Fourteen offices of one partner sign at each of thirteen of its replicas, which never meet, and
// take each signature back before the next: two signatures of one replica never go together, so
// that fourteen offices need as many replicas. A search that tries everything takes days to say so.
TEST(Conclude, GivesUpOnAHostileWebInsteadOfSearchingForEver) {
  History history({"a"});
  std::map<std::string, std::string> offices;
  for (int i = 0; i < 14; ++i) offices["o" + std::to_string(i)] = "a";
  std::vector<History::Author> replicas;
  for (int i = 0; i < 13; ++i) {
    replicas.push_back(history.AddReplica());
    history.Write(0, "a", Enrol(history.key(replicas.back()), {"a"}));
  }
  ActId act;
  history.Write(0, "a", OpenAct(history, "a", 1, v1::ACT_KIND_ORIGINAL, &act));
  const auto drafted = history.Write(0, "a", Draft(act, {ArticleElement("art-1", "un")}));
  const auto frozen =
      history.Write(0, "a", Freeze(act, {history.leaf(drafted)}, offices, "2024-01-01"));
  history.LearnAll();
  const auto sign = [&](History::Author author, const std::string& office) {
    return history.Write(author, "a", Sign(history.leaf(frozen), office, "2024-02-01"));
  };
  for (const History::Author author : replicas) {
    for (const auto& [office, partner] : offices) {
      history.Write(author, "a", Retract(history.leaf(sign(author, office))));
    }
  }
  HistoryPlayer player(history);
  player.ApplyAll();
  const StateData& data = player.state().data();
  const Conclusion conclusion = Conclude(data, data.FindRevision(history.leaf(frozen)));
  EXPECT_FALSE(conclusion.concluded);
  EXPECT_TRUE(conclusion.too_long);
}

}  // namespace
}  // namespace greffe::test
