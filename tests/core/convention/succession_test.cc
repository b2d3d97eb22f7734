#include "core/convention/text/succession.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/convention/checks/life_check.h"
#include "core/convention/reading/ending.h"
#include "core/convention/text/party_book.h"
#include "core/convention/views/queries_life.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"

namespace greffe {
namespace {

using ::testing::Contains;
using ::testing::Not;
using ::testing::UnorderedElementsAre;
using Life = v1::LifeRecorded;
using test::Day;

Life Succeeded(const std::string& partner, const std::string& successor, const std::string& day) {
  Life fact = test::Plain(Life::kPartySucceeded, day);
  fact.set_element_id("partie-" + partner);
  fact.mutable_party_succeeded()->set_successor_name("nouvelle");
  fact.mutable_party_succeeded()->set_successor_partner_id(successor);
  fact.mutable_party_succeeded()->set_reference("décret");
  return fact;
}

// Partners a, b, c are the parties, d is none; all hold the convention, concluded in February 2024.
struct SucceededPlay {
  test::Scenario play;
  test::History::Author d;

  SucceededPlay() : d(play.history.AddReplica()) {
    play.SignByAll(play.frozen, "2024-02-01");
    play.history.Write(play.a, "a", test::Enrol(play.history.key(d), {"d"}));
    play.history.LearnAll();
  }

  test::History::Author Of(const std::string& partner) {
    if (partner == "d") return d;
    return partner == "a" ? play.a : partner == "b" ? play.b : play.c;
  }
  Digest Write(const std::string& partner, Life fact) {
    const auto event = play.history.Write(Of(partner), partner, test::Happened(std::move(fact)));
    play.history.LearnAll();
    return play.Leaf(event);
  }
  // Partner in the place of a party on a day.
  std::string HolderOf(const std::string& party, const char* day) {
    return PartyRolls(play.Data()).On(Day(day)).HolderOf("partie-" + party);
  }
  std::vector<std::string> Findings() {
    const StateData& data = play.Data();
    const CivilDate day = Day("2026-01-01");
    const ConsolidatedText text = Consolidate(data, day);
    std::vector<std::string> out;
    for (const auto& one :
         LifeFindings(data, PartyBook(data), LifeBook(data, text, day), text, day)) {
      out.push_back(one.code());
    }
    return out;
  }
  // An avenant of `a` frozen for these signatories.
  test::History::Event Freeze(const std::map<std::string, std::string>& offices, int request,
                              const std::vector<v1::Element>& put) {
    ActId act;
    auto& history = play.history;
    history.Write(play.a, "a", test::OpenAct(history, "a", request, v1::ACT_KIND_AVENANT, &act));
    const auto drafted = history.Write(play.a, "a", test::Draft(act, put));
    return history.Write(play.a, "a",
                         test::Freeze(act, {history.leaf(drafted)}, offices, "2025-06-01",
                                      {play.Leaf(play.frozen)}));
  }
  bool IsValid(test::History::Event frozen) {
    const StateData& data = play.Data();
    const RevisionNumber number = data.FindRevision(play.Leaf(frozen));
    return number != kNone && data.revisions[number].valid;
  }
};

TEST(PartyRolls, PutTheSuccessorInThePlaceFromItsDay) {
  SucceededPlay life;
  life.Write("c", Succeeded("c", "d", "2025-01-01"));

  EXPECT_EQ(life.HolderOf("c", "2024-12-31"), "c");
  EXPECT_EQ(life.HolderOf("c", "2025-01-01"), "d");
  const StateData& data = life.play.Data();
  const PartyRolls rolls(data);
  EXPECT_TRUE(rolls.On(Day("2025-01-01")).IsSide("d"));
  EXPECT_FALSE(rolls.On(Day("2025-01-01")).IsParty("c"));
  EXPECT_EQ(rolls.On(Day("2025-01-01")).sides, 3u);
  EXPECT_FALSE(rolls.On(Day("2024-12-31")).IsParty("d"));
}

TEST(PartyRolls, CountAPartyThatAbsorbsAnotherOnce) {
  SucceededPlay life;
  life.Write("c", Succeeded("c", "b", "2025-01-01"));

  const StateData& data = life.play.Data();
  const PartyRolls rolls(data);
  EXPECT_EQ(rolls.On(Day("2024-12-31")).sides, 3u);
  EXPECT_EQ(rolls.On(Day("2025-01-01")).sides, 2u);
}

TEST(PartyRolls, FollowAChainOfSuccessions) {
  SucceededPlay life;
  life.Write("c", Succeeded("c", "d", "2025-01-01"));
  life.Write("d", Succeeded("c", "b", "2025-07-01"));

  EXPECT_EQ(life.HolderOf("c", "2025-06-30"), "d");
  EXPECT_EQ(life.HolderOf("c", "2025-07-01"), "b");
}

// Nobody takes a party's place by its own word, by that of who is no party, or by that of one other
// party alone.
TEST(PartyRolls, WantTheWordOfThePartyItselfOrOfTwoOthers) {
  SucceededPlay life;
  life.Write("b", Succeeded("c", "b", "2025-01-01"));
  EXPECT_EQ(life.HolderOf("c", "2025-01-01"), "c");
  life.Write("d", Succeeded("c", "a", "2025-01-02"));
  EXPECT_EQ(life.HolderOf("c", "2025-01-02"), "c");
  life.Write("a", Succeeded("c", "d", "2025-01-03"));
  EXPECT_EQ(life.HolderOf("c", "2025-01-03"), "c");
  EXPECT_THAT(life.Findings(), Contains("succession-unattested"));

  life.Write("b", Succeeded("c", "d", "2025-01-03"));
  EXPECT_EQ(life.HolderOf("c", "2025-01-03"), "d");
}

TEST(PartyRolls, WantTheTwoOthersAtTwoReplicas) {
  SucceededPlay life;
  life.play.history.Write(life.play.b, "b",
                          test::Enrol(life.play.history.key(life.play.a), {"a", "b"}));
  life.play.history.LearnAll();
  const auto say = [&](test::History::Author at, const std::string& partner) {
    life.play.history.Write(at, partner, test::Happened(Succeeded("c", "d", "2025-01-03")));
    life.play.history.LearnAll();
  };
  say(life.play.a, "a");
  say(life.play.a, "b");
  EXPECT_EQ(life.HolderOf("c", "2025-01-03"), "c");
  say(life.play.b, "b");
  EXPECT_EQ(life.HolderOf("c", "2025-01-03"), "d");
}

TEST(PartyRolls, GiveThePlaceToNoneOfTwoSuccessorsOfOneDay) {
  SucceededPlay life;
  const Digest first = life.Write("c", Succeeded("c", "d", "2025-01-01"));
  EXPECT_EQ(life.HolderOf("c", "2025-01-01"), "d");
  const Digest second = life.Write("c", Succeeded("c", "a", "2025-01-01"));
  EXPECT_EQ(life.HolderOf("c", "2025-01-01"), "c");
  EXPECT_THAT(life.Findings(), Contains("succession-contested"));

  Life corrected = test::Replacing(Succeeded("c", "a", "2025-01-01"), {first, second});
  corrected.set_reason("erreur");
  life.Write("c", corrected);
  EXPECT_EQ(life.HolderOf("c", "2025-01-01"), "a");
  EXPECT_THAT(life.Findings(), Not(Contains("succession-contested")));
}

// One party says that all others are succeeded by a partner of its own: it changes nothing alone.
TEST(Successor, OfAllOtherPartiesChangesNoContractAlone) {
  SucceededPlay life;
  life.Write("b", Succeeded("a", "d", "2025-01-01"));
  life.Write("b", Succeeded("c", "d", "2025-01-01"));
  ActId act;
  auto& history = life.play.history;
  history.Write(life.play.b, "b", test::OpenAct(history, "b", 7, v1::ACT_KIND_AVENANT, &act));
  const auto drafted = history.Write(
      life.play.b, "b", test::Draft(act, {test::TermsElement("2024-01-01", "2040-12-31")}));
  const auto frozen = history.Write(
      life.play.b, "b",
      test::Freeze(act, {history.leaf(drafted)}, {{"oa", "d"}, {"ob", "b"}, {"oc", "d"}},
                   "2025-06-01", {life.play.Leaf(life.play.frozen)}));
  EXPECT_FALSE(life.IsValid(frozen));
}

TEST(PartyRolls, SayWhatIsMissingWhereTheSuccessorHasANameAlone) {
  SucceededPlay life;
  life.Write("a", Succeeded("c", "", "2025-01-01"));

  EXPECT_EQ(life.HolderOf("c", "2025-01-01"), "c");
  EXPECT_THAT(life.Findings(), Contains("succession-unnamed"));
}

// L-60 and L-53: the successor has the standing, the party before it no more.
TEST(Successor, EndsTheConventionInThePlaceOfItsParty) {
  SucceededPlay life;
  const Digest breach = life.Write("c", test::Notice(v1::NOTICE_KIND_BREACH, "2024-12-15", {"a"}));
  life.Write("c", Succeeded("c", "d", "2025-01-01"));
  life.Write("d", test::Answering(test::Plain(Life::kNoticeFruitless, "2025-01-16"), breach));
  Life termination = test::Answering(test::Plain(Life::kTerminationDeclared, "2025-02-01"), breach);
  termination.mutable_termination_declared()->set_ground(v1::TERMINATION_GROUND_FRUITLESS_NOTICE);
  life.Write("c", termination);
  const auto ending = [&] {
    const StateData& data = life.play.Data();
    return FindEnding(data, LifeBook(data)).ending;
  };
  EXPECT_FALSE(ending().has_value());
  EXPECT_THAT(life.Findings(), Contains("succeeded-party-acts"));

  life.Write("d", termination);
  ASSERT_TRUE(ending().has_value());
  EXPECT_EQ(ending()->last_day, Day("2025-02-01"));
}

TEST(Successor, SpeaksForANoticeThatItsPartySent) {
  SucceededPlay life;
  const Digest breach = life.Write("c", test::Notice(v1::NOTICE_KIND_BREACH, "2024-12-15", {"a"}));
  life.Write("c", Succeeded("c", "d", "2025-01-01"));
  const auto cured = [&](const std::string& partner) {
    life.Write(partner, test::Answering(test::Plain(Life::kNoticeCured, "2025-01-10"), breach));
    const StateData& data = life.play.Data();
    const LifeBook book(data);
    for (const LifeLine& line : book.lines()) {
      if (line.kind() == Life::kNoticeSent) return ReadNotice(data, book, line).cured != nullptr;
    }
    return false;
  };

  EXPECT_FALSE(cured("a"));
  EXPECT_FALSE(cured("c"));
  EXPECT_TRUE(cured("d"));
}

TEST(Successor, MustActOnANoticeToItsParty) {
  SucceededPlay life;
  life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2024-12-15", {"c"}));
  life.Write("c", Succeeded("c", "d", "2025-01-01"));
  const EventReader none;
  const auto owed = [&](const char* day, const std::string& partner) {
    const v1::DeadlinesView view = ViewDeadlines(
        {life.play.State(), "cut", Day(day), Day(day), none}, {.partner_id = partner});
    int out = 0;
    for (const v1::Deadline& one : view.deadlines()) out += one.partner_id() == partner ? 1 : 0;
    return out;
  };

  EXPECT_EQ(owed("2024-12-31", "c"), 1);
  EXPECT_EQ(owed("2025-01-01", "c"), 0);
  EXPECT_EQ(owed("2025-01-01", "d"), 1);
}

// The board shows three rows: who signed then, who is to sign now.
TEST(Successor, IsOnTheBoardOfWhatItIsToSign) {
  SucceededPlay life;
  life.Write("c", Succeeded("c", "d", "2025-01-01"));
  const EventReader none;
  const auto board = [&] {
    const auto view =
        ViewStatus({life.play.State(), "cut", Day("2025-02-01"), Day("2025-02-01"), none}, {});
    std::vector<std::string> out;
    if (!view.ok()) return out;
    for (const v1::PartyStanding& one : view->parties()) out.push_back(one.partner_id());
    return out;
  };

  EXPECT_THAT(board(), UnorderedElementsAre("a", "b", "c"));
  life.Freeze({{"oa", "a"}, {"ob", "b"}, {"oc", "d"}}, 7, {test::ArticleElement("art-1", "neuf")});
  EXPECT_THAT(board(), UnorderedElementsAre("a", "b", "d"));
}

// Who freezes for the successor must have known of the succession; a stranger never signs.
TEST(Successor, SignsAnAvenantInThePlaceOfItsParty) {
  SucceededPlay life;
  const std::map<std::string, std::string> successor{{"oa", "a"}, {"ob", "b"}, {"oc", "d"}};
  const std::vector<v1::Element> put{test::ArticleElement("art-1", "neuf")};
  EXPECT_FALSE(life.IsValid(life.Freeze(successor, 7, put)));
  life.Write("c", Succeeded("c", "d", "2025-01-01"));

  const auto frozen = life.Freeze(successor, 8, put);
  EXPECT_TRUE(life.IsValid(frozen));
  EXPECT_FALSE(life.IsValid(life.Freeze({{"oa", "a"}, {"ob", "b"}, {"oc", "a"}}, 9, put)));
  auto& history = life.play.history;
  history.LearnAll();
  history.Write(life.play.a, "a", test::Sign(life.play.Leaf(frozen), "oa", "2025-05-01"));
  history.Write(life.play.b, "b", test::Sign(life.play.Leaf(frozen), "ob", "2025-05-01"));
  history.Write(life.d, "d", test::Sign(life.play.Leaf(frozen), "oc", "2025-05-01"));
  history.LearnAll();
  EXPECT_TRUE(life.play.ConclusionOf(frozen).concluded);
}

// What was frozen before the succession is not frozen again (L-60).
TEST(Successor, SignsWhatWasFrozenBeforeItTookThePlace) {
  SucceededPlay life;
  const auto frozen = life.Freeze({{"oa", "a"}, {"ob", "b"}, {"oc", "c"}}, 7,
                                  {test::ArticleElement("art-1", "neuf")});
  ASSERT_TRUE(life.IsValid(frozen));
  auto& history = life.play.history;
  history.LearnAll();
  const auto sign = [&](const std::string& partner, const std::string& office) {
    history.Write(life.Of(partner), partner,
                  test::Sign(life.play.Leaf(frozen), office, "2025-05-01"));
    history.LearnAll();
    return life.play.ConclusionOf(frozen).concluded;
  };
  EXPECT_FALSE(sign("a", "oa"));
  EXPECT_FALSE(sign("b", "ob"));
  // Before anybody says that it has the place, and in no other.
  EXPECT_FALSE(sign("d", "oc"));
  life.Write("c", Succeeded("c", "d", "2025-01-01"));
  EXPECT_FALSE(life.play.ConclusionOf(frozen).concluded);
  EXPECT_FALSE(sign("b", "oc"));
  EXPECT_TRUE(sign("d", "oc"));
}

// Its party's word stays its party's: a correction by the successor changes what was said, not who
// said it.
TEST(Successor, CorrectsWhatItsPartyRecorded) {
  SucceededPlay life;
  const Digest breach = life.Write("c", test::Notice(v1::NOTICE_KIND_BREACH, "2024-12-15", {"a"}));
  const auto correct = [&](const std::string& partner, const char* day) {
    life.Write(partner,
               test::Replacing(test::Notice(v1::NOTICE_KIND_BREACH, day, {"a"}), {breach}));
    const StateData& data = life.play.Data();
    const LifeBook book(data);
    for (const LifeLine& line : book.lines()) {
      if (line.kind() == Life::kNoticeSent && line.root->event == data.FindEvent(breach)) {
        return ReadNotice(data, book, line);
      }
    }
    return NoticeFacts();
  };
  EXPECT_EQ(correct("d", "2024-12-16").sent_on, Day("2024-12-15"));
  life.Write("c", Succeeded("c", "d", "2025-01-01"));
  EXPECT_EQ(correct("b", "2024-12-17").sent_on, Day("2024-12-15"));

  const NoticeFacts notice = correct("d", "2024-12-18");
  EXPECT_EQ(notice.sent_on, Day("2024-12-18"));
  EXPECT_EQ(notice.sender, "c");
  EXPECT_EQ(notice.defect, NoticeDefect::kNone);
}

// A party that keeps another place speaks for itself.
TEST(Successor, CorrectsNothingOfWhoIsStillAParty) {
  SucceededPlay life;
  const Digest breach = life.Write("b", test::Notice(v1::NOTICE_KIND_BREACH, "2024-12-15", {"a"}));
  life.Write("c", Succeeded("c", "b", "2024-12-20"));
  life.Write("b", Succeeded("c", "d", "2025-01-01"));

  EXPECT_EQ(life.HolderOf("c", "2025-01-01"), "d");
  const StateData& data = life.play.Data();
  EXPECT_FALSE(Speakers(data).SpeaksForAuthor("d", data.FindEvent(breach)));
  EXPECT_TRUE(Speakers(data).SpeaksForAuthor("b", data.FindEvent(breach)));
}

// Nor of who lost its own place and has another one by law.
TEST(Successor, CorrectsNothingOfWhoHasAnotherPlaceByLaw) {
  SucceededPlay life;
  const Digest breach = life.Write("b", test::Notice(v1::NOTICE_KIND_BREACH, "2024-12-15", {"a"}));
  life.Write("c", Succeeded("c", "b", "2024-12-20"));
  life.Write("b", Succeeded("b", "d", "2025-01-01"));

  const StateData& data = life.play.Data();
  EXPECT_FALSE(Speakers(data).SpeaksForAuthor("d", data.FindEvent(breach)));
}

TEST(Successor, IsCalledByItsNameAndVotesLikeItsParty) {
  SucceededPlay life;
  life.Write("c", Succeeded("c", "d", "2025-01-01"));

  const StateData& data = life.play.Data();
  EXPECT_EQ(PartyBook(data).Name("d"), "nouvelle");
  EXPECT_EQ(PartyBook(data).Deliberates("d"), PartyBook(data).Deliberates("c"));
  const auto places = OfOnePlace(data);
  EXPECT_THAT(places.at("c"), UnorderedElementsAre("c", "d"));
  EXPECT_THAT(places.at("d"), UnorderedElementsAre("c", "d"));
  EXPECT_EQ(places.count("a"), 0u);
}

// The avenant that tidies the text names the successor; the succession then moves nothing more.
TEST(Successor, IsNamedByAnAvenantThatTidiesTheText) {
  SucceededPlay life;
  life.Write("c", Succeeded("c", "d", "2025-01-01"));
  v1::Element tidied = test::PartyElement("c", {"oc"});
  tidied.mutable_party()->set_partner_id("d");
  const auto avenant = life.Freeze({{"oa", "a"}, {"ob", "b"}, {"oc", "d"}}, 7, {tidied});
  ASSERT_TRUE(life.IsValid(avenant));
  auto& history = life.play.history;
  history.LearnAll();
  history.Write(life.play.a, "a", test::Sign(life.play.Leaf(avenant), "oa", "2025-05-01"));
  history.Write(life.play.b, "b", test::Sign(life.play.Leaf(avenant), "ob", "2025-05-01"));
  history.Write(life.d, "d", test::Sign(life.play.Leaf(avenant), "oc", "2025-05-01"));
  history.LearnAll();

  EXPECT_EQ(life.HolderOf("c", "2025-05-31"), "d");
  EXPECT_EQ(life.HolderOf("c", "2025-06-01"), "d");
  const StateData& data = life.play.Data();
  EXPECT_EQ(PartyRolls(data).On(Day("2025-06-01")).sides, 3u);
  // A record about the party before says nothing of the one that the text names now.
  const PartyPlaces places = SigningPlaces(data, ElementsOf(data, ConcludedRevisions(data)));
  EXPECT_EQ(places.at("partie-c"), "d");
}

}  // namespace
}  // namespace greffe
