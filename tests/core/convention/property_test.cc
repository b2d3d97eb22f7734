#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "core/convention/checks/facts_check.h"
#include "core/convention/checks/life_check.h"
#include "core/convention/reading/committee.h"
#include "core/convention/reading/delegation.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/ending.h"
#include "core/convention/reading/prompt.h"
#include "core/convention/state/finding_cap.h"
#include "core/convention/state/state.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/offices.h"
#include "core/convention/text/party_book.h"
#include "core/convention/text/succession.h"
#include "core/convention/views/queries_life.h"
#include "google/protobuf/stubs/logging.h"
#include "tests/core/convention/history_census.h"
#include "tests/core/convention/history_views.h"
#include "tests/core/convention/random_history.h"

namespace greffe::test {
namespace {

using ::testing::IsEmpty;

std::string StateOf(const History& history, const std::vector<History::Event>& order,
                    FeedNumber first_feed) {
  HistoryPlayer player(history, first_feed);
  player.Apply(order);
  return player.state().CanonicalBytes();
}

// Acts that name what is no evaluation.
std::vector<v1::Finding> Misnamed(const StateData& data) {
  FindingList list;
  AddPromptFindings(data, &list);
  return list.found;
}

// Of each revision, by leaf: who may sign it, and which signatures conclude it or would.
std::string Signed(const StateData& data) {
  std::map<std::string, std::string> out;
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    std::string& said = out[data.LeafOf(data.revisions[r].event).ToHex()];
    const Conclusion conclusion = Conclude(data, r);
    if (conclusion.concluded) said += conclusion.concluded_on->ToString();
    said += data.revisions[r].left_to_co_chairs ? "co" : "";
    for (const SignatureNumber s : conclusion.chosen) {
      said += s == kNone ? "-" : data.LeafOf(data.signatures[s].event).ToHex();
    }
    for (const auto& [id, partner] : SigningPartners(data, r)) said += id + partner;
    for (const v1::Element* one : ElementsOf(data, {r})) said += one->SerializeAsString();
  }
  std::string all;
  for (const auto& [leaf, said] : out) all += leaf + said;
  return all;
}

// What people are called and what elements read like, whoever said so first.
std::string Names(const StateData& data, CivilDate day) {
  std::string out;
  const PartyBook parties(data);
  for (const char* const partner : {"a", "b", "c", "d", "z"}) {
    out += parties.Name(partner) + (parties.Deliberates(partner) ? "+" : "-");
  }
  const ElementBook elements(data);
  const ElementBook of_day(data, day);
  for (const char* const id : {"art-0", "art-1", "art-2", "art-3", "partie-a", "partie-b"}) {
    for (const v1::Element* const one : {elements.Find(id), of_day.Find(id)}) {
      if (one != nullptr) out += one->SerializeAsString();
    }
  }
  const PartyRolls rolls(data);
  const OfficeBook offices(data, rolls);
  for (const OfficeChange& one : offices.changes()) {
    out += one.party + one.office_id + one.reads;
  }
  for (const auto& [partner, others] : OfOnePlace(data)) {
    out += partner;
    for (const std::string& other : others) out += other;
  }
  for (const auto& [id, act] : data.acts) {
    out += data.LeafOf(data.OpeningOf(act).event).ToHex() + PromptOf(data, data.OpeningOf(act));
  }
  for (const v1::Finding& finding : Misnamed(data)) out += finding.SerializeAsString();
  return out;
}

// Everything that reading derives, in words.
std::string Derived(const ConventionState& state) {
  const StateData& data = state.data();
  std::string out = Signed(data);
  const ConsolidatedText text = Consolidate(data, *CivilDate::Parse("2024-07-01", "on"));
  out += TextDigest(text).ToHex();
  for (const v1::Finding& finding : text.findings) out += finding.SerializeAsString();
  for (const v1::Finding& finding : CapFindings(StoredFindings(data)))
    out += finding.SerializeAsString();
  for (const RosterEntry& entry : state.Roster()) out += entry.leaf.ToHex();
  const CivilDate day = *CivilDate::Parse("2024-07-01", "on");
  const LifeBook book(data, text, day);
  for (const v1::Finding& finding : LifeFindings(data, PartyBook(data), book, text, day)) {
    out += finding.SerializeAsString();
  }
  for (const v1::Finding& finding : EndedFindings(data, book)) out += finding.SerializeAsString();
  for (const v1::Finding& finding : CapacityFindings(data)) out += finding.SerializeAsString();
  out += Names(data, day);
  const EndingFacts end = FindEnding(data, book);
  if (end.ending.has_value()) {
    out += end.ending->last_day.ToString() + data.LeafOf(end.fact->event).ToHex();
  }
  for (const auto& [place, partner] : book.RollOn(day).places) out += place + partner;
  const EventReader none;
  out += ViewDeadlines({state, "cut", day, day, none}).SerializeAsString();
  return out;
}

// Decisions of a committee that only some of the parties signed, and that are concluded.
std::size_t DecidedByCoChairs(const StateData& data) {
  std::size_t out = 0;
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    out += IsConcluded(data, r) && data.revisions[r].left_to_co_chairs ? 1 : 0;
  }
  return out;
}

// Texts called a committee decision that take an avenant's votes.
std::size_t NotLeftToCommittee(const StateData& data) {
  return static_cast<std::size_t>(std::count_if(
      data.findings.begin(), data.findings.end(),
      [](const FindingFact& one) { return one.code == FindingCode::kNotLeftToCommittee; }));
}

// Decisions by a clause that is on record as deemed unwritten, frozen by who did not know of it.
std::size_t DecidedByUnwrittenClauses(const StateData& data) {
  return UnwrittenClauseFindings(data).size();
}

// Invariant 2, and that the histories are worth it: each kind of event is among them.
TEST(CausalOrders, OfRandomHistoriesGiveTheSameState) {
  std::mt19937_64 random(TestSeed(1));
  Census census;
  std::size_t by_co_chairs = 0, not_left = 0, unwritten = 0;
  for (int round = 0; round < 400; ++round) {
    const History history = MakeRandomHistory(random, {.events = 30 + round % 90});
    HistoryPlayer first(history);
    first.ApplyAll();
    const std::string state = first.state().CanonicalBytes();
    const std::string derived = Derived(first.state());
    census.Count(history, first.state().data());
    by_co_chairs += DecidedByCoChairs(first.state().data());
    not_left += NotLeftToCommittee(first.state().data());
    unwritten += DecidedByUnwrittenClauses(first.state().data());
    for (int order = 0; order < 4; ++order) {
      HistoryPlayer player(history, 100 * order);
      player.Apply(history.RandomOrder(random));
      ASSERT_EQ(player.state().CanonicalBytes(), state) << "round " << round;
      ASSERT_EQ(Derived(player.state()), derived) << "round " << round;
    }
  }
  EXPECT_GT(by_co_chairs, 50u);
  EXPECT_GT(not_left, 10u);
  EXPECT_GT(unwritten, 5u);
  EXPECT_THAT(census.Lacking(), IsEmpty());
}

// Invariant 12: what a replica answers does not depend on the order in which it learned.
TEST(Views, OfRandomHistoriesAreTheSameOnEveryReplica) {
  std::mt19937_64 random(TestSeed(6));
  for (int round = 0; round < 150; ++round) {
    const History history = MakeRandomHistory(random, {.events = 30 + round % 90});
    const std::string on = round % 3 == 0 ? "2029-02-01" : "2024-07-01";
    HistoryPlayer first(history);
    first.ApplyAll();
    HistoryPlayer other(history, 100);
    other.Apply(history.RandomOrder(random));

    ASSERT_EQ(FirstDifference(AllViews(history, other, on), AllViews(history, first, on)), "")
        << "round " << round;
  }
}

// What the other tests of this file hold, they hold of these too.
TEST(RandomHistories, HoldSignaturesInOutsideFilesAndActsThatAnEvaluationLedTo) {
  std::mt19937_64 random(TestSeed(6));
  int counting = 0, without_file = 0, prompted = 0, misnamed = 0;
  for (int round = 0; round < 150; ++round) {
    const History history = MakeRandomHistory(random, {.events = 90});
    HistoryPlayer player(history);
    player.ApplyAll();
    const StateData& data = player.state().data();
    for (const SignatureFact& one : data.signatures) {
      counting += one.counts && one.kind == v1::SIGNATURE_KIND_OUTSIDE_FILE ? 1 : 0;
    }
    for (const FindingFact& one : data.findings) {
      without_file += one.code == FindingCode::kOutsideWithoutFile ? 1 : 0;
    }
    for (const auto& [id, act] : data.acts) {
      prompted += PromptOf(data, data.OpeningOf(act)).empty() ? 0 : 1;
    }
    misnamed += Misnamed(data).empty() ? 0 : 1;
  }
  EXPECT_GT(counting, 20);
  EXPECT_GT(without_file, 5);
  EXPECT_GT(prompted, 5);
  EXPECT_GT(misnamed, 5);
}

// What is said of one signature at the cost of its revision is what the whole convention's findings
// say of it.
TEST(SignatureFindings, AreThoseOfAllThatAreAboutTheSignature) {
  std::mt19937_64 random(TestSeed(9));
  std::size_t found = 0;
  for (int round = 0; round < 100; ++round) {
    const History history = MakeRandomHistory(random, {.events = 30 + round % 90});
    HistoryPlayer player(history);
    player.ApplyAll();
    const StateData& data = player.state().data();
    const PartyBook names(data);
    const VoteReading reading(data, names);
    const FindingList all = AllFindings(data, names, reading);
    // Stored ones of a kind beyond the cap are counted, and not among them.
    if (!all.left_out.empty()) continue;
    const auto say = [](const std::vector<v1::Finding>& some, const std::string& leaf) {
      std::string out;
      for (const v1::Finding& one : some) {
        if (one.leaf() == leaf) out += one.ShortDebugString() + "\n";
      }
      return out;
    };
    for (SignatureNumber number = 0; number < data.signatures.size(); ++number) {
      const std::string leaf = data.LeafOf(data.signatures[number].event).ToHex();
      const std::vector<v1::Finding> here = SignatureFindings(data, names, reading, number);
      found += here.size();
      ASSERT_EQ(say(here, leaf), say(all.found, leaf)) << "round " << round;
    }
  }
  EXPECT_GT(found, 50u);
}

// Invariant 2, exhaustively where that is possible: two signatures, a withdrawal, a retraction and
// two values, all concurrent.
TEST(CausalOrders, OfASmallHistoryAllGiveTheSameState) {
  History history({"a"});
  const History::Author b = history.AddReplica();
  const History::Author c = history.AddReplica();
  ActId act;
  history.Write(0, "a", Enrol(history.key(b), {"b"}));
  history.Write(0, "a", Enrol(history.key(c), {"c"}));
  history.Write(0, "a", OpenAct(history, "a", 1, v1::ACT_KIND_ORIGINAL, &act));
  const auto draft = history.Write(0, "a", Draft(act, {ArticleElement("art-1", "un")}));
  const auto frozen = history.Write(
      0, "a", Freeze(act, {history.leaf(draft)}, {{"oa", "a"}, {"ob", "b"}}, "2024-01-01"));
  history.LearnAll();
  const auto sign_b = history.Write(b, "b", Sign(history.leaf(frozen), "ob", "2024-02-01"));
  history.Learn(c, b);
  history.Write(0, "a", Sign(history.leaf(frozen), "oa", "2024-02-02"));
  history.Write(0, "a", Withdraw(history.leaf(frozen)));
  history.Write(b, "b", Retract(history.leaf(sign_b)));
  history.Write(c, "c", Measure("ind-1", "2024", "1"));
  history.Write(b, "b", Measure("ind-1", "2024", "2"));
  history.Learn(0, c);
  history.Write(0, "a", Sign(history.leaf(frozen), "oa", "2024-02-03"));
  HistoryPlayer first(history);
  first.ApplyAll();
  const std::string state = first.state().CanonicalBytes();
  int orders = 0;
  history.EachOrder(20000, [&](const std::vector<History::Event>& order) {
    ++orders;
    ASSERT_EQ(StateOf(history, order, 7), state);
  });
  EXPECT_GT(orders, 50);
}

// Invariant 3.
TEST(Snapshots, AtRandomPointsGoOnAsTheOriginalWould) {
  std::mt19937_64 random(TestSeed(2));
  for (int round = 0; round < 60; ++round) {
    const History history = MakeRandomHistory(random, {.events = 60});
    const std::vector<History::Event> order = history.RandomOrder(random);
    HistoryPlayer whole(history);
    whole.Apply(order);
    HistoryPlayer parts(history);
    for (const History::Event event : order) {
      parts.Apply(event);
      if (random() % 10 != 0) continue;
      absl::StatusOr<ConventionState> read =
          ConventionState::FromSnapshot(parts.state().Snapshot());
      ASSERT_TRUE(read.ok()) << read.status();
      ASSERT_EQ(read->Snapshot(), parts.state().Snapshot());
      parts.Continue(*std::move(read));
    }
    ASSERT_EQ(parts.state().CanonicalBytes(), whole.state().CanonicalBytes()) << "round " << round;
    ASSERT_EQ(parts.state().Snapshot(), whole.state().Snapshot());
    ASSERT_EQ(Derived(parts.state()), Derived(whole.state()));
  }
}

// Invariant 1.
TEST(Apply, IsTotalUnderGarbageAndEachNonsenseIsFound) {
  std::mt19937_64 random(TestSeed(3));
  for (int round = 0; round < 60; ++round) {
    const History history = MakeRandomHistory(random, {.events = 80, .garbage = 60});
    HistoryPlayer player(history);
    player.ApplyAll();
    const StateData& data = player.state().data();
    EXPECT_EQ(player.state().events(), static_cast<std::uint64_t>(history.size()));
    // What stands in it is read in full, and as everywhere.
    HistoryPlayer other(history, 100);
    other.Apply(history.RandomOrder(random));
    ASSERT_EQ(Derived(other.state()), Derived(player.state())) << "round " << round;
    std::vector<std::string> refused;
    const std::string views = AllViews(history, player, "2024-07-01", &refused);
    EXPECT_THAT(refused, IsEmpty()) << "round " << round;
    ASSERT_EQ(FirstDifference(AllViews(history, other, "2024-07-01"), views), "")
        << "round " << round;
    for (History::Event e = 0; e < history.size(); ++e) {
      const EventNumber number = data.FindEvent(history.leaf(e));
      ASSERT_NE(number, kNone);
      if (data.events[number].authorised && data.events[number].understood) continue;
      // Without effect for people: then there is a finding that says why.
      const auto found = data.findings.lower_bound({number, FindingCode::kNewerSoftware, ""});
      ASSERT_TRUE(found != data.findings.end() && found->event == number) << "round " << round;
    }
  }
}

// Bits flipped at random: whatever still parses is applied.
TEST(Apply, IsTotalUnderFlippedBytes) {
  std::mt19937_64 random(TestSeed(4));
  const History source = MakeRandomHistory(random, {.events = 60, .garbage = 0, .forks = 0});
  int applied = 0;
  const google::protobuf::LogSilencer quiet;
  for (int round = 0; round < 2000; ++round) {
    History history({"a"});
    const History::Event e = static_cast<History::Event>(random() % source.size());
    std::string bytes = source.bytes(e);
    for (int flips = 0; flips < 3; ++flips) {
      bytes[random() % bytes.size()] ^= static_cast<char>(1 << (random() % 8));
    }
    v1::Event garbage;
    if (!garbage.ParseFromString(bytes)) continue;
    history.WriteMangled(0, "a", v1::Event(), [&](v1::Event& event) {
      const v1::Event header = event;
      event = garbage;
      event.set_convention_id(header.convention_id());
      event.set_replica_id(header.replica_id());
      event.set_sequence(header.sequence());
    });
    HistoryPlayer player(history);
    player.ApplyAll();
    EXPECT_FALSE(Derived(player.state()).empty());
    ++applied;
  }
  EXPECT_GT(applied, 200);
}

// The state's own reckoning of the past against the history's slow one.
TEST(Causality, AgreesWithTheSlowReckoning) {
  std::mt19937_64 random(TestSeed(5));
  for (int round = 0; round < 30; ++round) {
    const History history = MakeRandomHistory(random, {.events = 70, .forks = 8});
    HistoryPlayer player(history);
    player.Apply(history.RandomOrder(random));
    const StateData& data = player.state().data();
    for (History::Event later = 0; later < history.size(); ++later) {
      const std::vector<LocalPoint> past = player.state().PastOf(player.PositionOf(later));
      for (History::Event earlier = 0; earlier <= later; ++earlier) {
        const bool saw = history.Saw(later, earlier);
        const EventNumber number = data.FindEvent(history.leaf(earlier));
        ASSERT_EQ(data.Saw(data.FindEvent(history.leaf(later)), number), saw);
        ASSERT_EQ(data.InCut(past, number), saw);
      }
    }
    const std::vector<LocalPoint> tips = player.state().Tips();
    for (EventNumber e = 0; e < data.events.size(); ++e) ASSERT_TRUE(data.InCut(tips, e));
  }
}

}  // namespace
}  // namespace greffe::test
