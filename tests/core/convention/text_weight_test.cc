// Whose word counts for a name: what is in force, not what somebody drafts.

#include "core/convention/text/text_weight.h"

#include <gtest/gtest.h>

#include "core/base/refusal.h"
#include "core/convention/checks/authority.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/party_book.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"

namespace greffe {
namespace {

using test::ArticleElement;
using test::Day;
using test::Draft;
using test::Freeze;
using test::History;
using test::OpenAct;
using test::PartyElement;
using test::Scenario;

v1::Element Named(const std::string& partner, const std::string& name) {
  v1::Element out = PartyElement(partner, {"o" + partner});
  out.mutable_party()->set_name(name);
  return out;
}

v1::Element Voting(v1::Element party) {
  party.mutable_party()->set_deliberates(true);
  return party;
}

// An act of its own, drafted and not frozen.
void DraftAside(Scenario* s, const v1::Element& element, int request = 7) {
  ActId act;
  s->history.Write(s->b, "b", OpenAct(s->history, "b", request, v1::ACT_KIND_AVENANT, &act));
  s->history.Write(s->b, "b", Draft(act, {element}));
  s->history.LearnAll();
}

TEST(PartyBook, HearsNoDraftAboutAPartyOfTheText) {
  Scenario s;
  const std::string name = PartyBook(s.Data()).Name("a");
  for (int i = 0; i < 8; ++i) DraftAside(&s, Voting(Named("a", "(faux nom)")), 10 + i);
  EXPECT_EQ(PartyBook(s.Data()).Name("a"), name);
  EXPECT_FALSE(PartyBook(s.Data()).Deliberates("a"));

  s.SignByAll(s.frozen, "2024-02-01");

  EXPECT_EQ(PartyBook(s.Data()).Name("a"), name);
  const StateData& data = s.Data();
  EXPECT_TRUE(
      CheckMaySign(data, data.FindRevision(s.Leaf(s.frozen)), "a", Day("2024-02-01"), {}).ok());
}

// Of two drafts that name the same stranger one gives no name: whichever came first.
TEST(PartyBook, TakesANameWhateverCameFirst) {
  for (const bool nameless_first : {true, false}) {
    Scenario s;
    DraftAside(&s, Named("z", nameless_first ? "" : "Zone"), 10);
    DraftAside(&s, Named("z", nameless_first ? "Zone" : ""), 11);
    EXPECT_EQ(PartyBook(s.Data()).Name("z"), "Zone");
  }
}

// Of two names the least, and one that says that it votes: nothing depends on who came first.
TEST(PartyBook, TakesTheSameOfTwoDraftsWhateverCameFirst) {
  for (const bool forth : {true, false}) {
    Scenario s;
    const v1::Element zone = Named("z", "Zone");
    const v1::Element area = Voting(Named("z", "Aire"));
    // Acts are read by their ids, which are chance: both drafts are of one act.
    ActId act;
    s.history.Write(s.b, "b", OpenAct(s.history, "b", 10, v1::ACT_KIND_AVENANT, &act));
    s.history.LearnAll();
    s.history.Write(s.b, "b", Draft(act, {forth ? zone : area}));
    s.history.Write(s.c, "c", Draft(act, {forth ? area : zone}));
    EXPECT_EQ(PartyBook(s.Data()).Name("z"), "Aire");
    EXPECT_TRUE(PartyBook(s.Data()).Deliberates("z"));
  }
}

// What its author replaced or took back weighs no more than any draft.
TEST(PartyBook, ForgetsWhatWasReplacedOrWithdrawn) {
  Scenario s;
  ActId act;
  s.history.Write(s.b, "b", OpenAct(s.history, "b", 10, v1::ACT_KIND_AVENANT, &act));
  const auto first = s.history.Write(s.b, "b", Draft(act, {Named("z", "Aire")}));
  const auto second = s.history.Write(s.b, "b", Draft(act, {Named("z", "Zone")}, {s.Leaf(first)}));
  EXPECT_EQ(PartyBook(s.Data()).Name("z"), "Zone");
  DraftAside(&s, Named("z", "Bassin"), 11);
  EXPECT_EQ(PartyBook(s.Data()).Name("z"), "Bassin");

  const auto offices = [&] {
    std::map<std::string, std::string> out = s.offices;
    out["oz"] = "z";
    return out;
  }();
  s.SignByAll(s.frozen, "2024-02-01");
  const auto frozen = s.history.Write(
      s.b, "b",
      Freeze(act, {s.Leaf(first), s.Leaf(second)}, offices, "2025-01-01", {s.Leaf(s.frozen)}));
  const StateData& data = s.Data();
  ASSERT_TRUE(data.revisions[data.FindRevision(s.Leaf(frozen))].valid);
  EXPECT_EQ(PartyBook(s.Data()).Name("z"), "Zone");
  s.history.Write(s.b, "b", test::Withdraw(s.Leaf(frozen)));
  EXPECT_EQ(PartyBook(s.Data()).Name("z"), "Bassin");
}

// The project reads as it was frozen, whatever is drafted of it since.
TEST(PartyBook, SpeaksByTheFrozenProject) {
  Scenario s;
  const std::string name = PartyBook(s.Data()).Name("a");
  s.history.Write(s.b, "b", Draft(s.original, {Named("a", "(faux nom)")}));
  EXPECT_EQ(PartyBook(s.Data()).Name("a"), name);
}

// Nobody without authority names anybody or anything.
TEST(PartyBook, HearsNobodyWithoutAuthority) {
  Scenario s;
  s.history.Write(s.c, "b", Draft(s.original, {Named("z", "Zone"), ArticleElement("art-9", "z")}));
  EXPECT_EQ(PartyBook(s.Data()).Name("z"), "z");
  EXPECT_EQ(FindElementAnywhere(s.Data(), "art-9"), nullptr);
  EXPECT_EQ(ElementBook(s.Data()).Find("art-9"), nullptr);
}

// L-60: a successor votes where its party does.
TEST(PartyBook, LetsASuccessorVoteLikeItsParty) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const History::Event avenant = s.Avenant(s.b, "b", 7, Draft({}, {Voting(Named("c", "C"))}),
                                           "2024-03-01", {s.Leaf(s.frozen)});
  s.SignByAll(avenant, "2024-02-10");
  for (const std::string party : {"b", "c"}) {
    v1::LifeRecorded succeeded = test::Plain(v1::LifeRecorded::kPartySucceeded, "2025-01-01");
    succeeded.set_element_id("partie-" + party);
    succeeded.mutable_party_succeeded()->set_successor_partner_id("new-" + party);
    s.history.Write(party == "b" ? s.b : s.c, party, test::Happened(std::move(succeeded)));
  }
  EXPECT_TRUE(PartyBook(s.Data()).Deliberates("new-c"));
  EXPECT_FALSE(PartyBook(s.Data()).Deliberates("new-b"));
}

TEST(PartyBook, HearsNoFrozenTextThatNobodySigned) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const std::string name = PartyBook(s.Data()).Name("a");

  s.Avenant(s.b, "b", 7, Draft({}, {Named("a", "(faux nom)")}), "2025-01-01", {s.Leaf(s.frozen)});
  s.history.LearnAll();

  EXPECT_EQ(PartyBook(s.Data()).Name("a"), name);
}

TEST(PartyBook, NamesWhoIsOnlyProposedByTheProposal) {
  Scenario s;
  DraftAside(&s, Named("d", "Commune D"));

  EXPECT_EQ(PartyBook(s.Data()).Name("d"), "Commune D");
}

TEST(PartyBook, SpeaksByTheLastConcludedText) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const std::string founding = PartyBook(s.Data()).Name("a");

  const History::Event avenant = s.Avenant(s.b, "b", 7, Draft({}, {Named("a", "zz Nouveau nom")}),
                                           "2025-01-01", {s.Leaf(s.frozen)});
  s.SignByAll(avenant, "2024-12-01");

  EXPECT_NE(founding, "zz Nouveau nom");
  EXPECT_EQ(PartyBook(s.Data()).Name("a"), "zz Nouveau nom");
}

TEST(PartyBook, KnowsNoSirenOfADraftAndTwoOfTwoConcludedTexts) {
  const auto with = [](v1::Element party, const std::string& siren) {
    party.mutable_party()->set_siren(siren);
    return party;
  };
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  DraftAside(&s, with(Named("a", "A"), "000000001"));
  EXPECT_EQ(PartyBook(s.Data()).ReceiptOwnerOf("a").siren, "");

  const History::Event first =
      s.Avenant(s.b, "b", 8, Draft({}, {with(Named("a", "A"), "000000002")}), "2025-01-01",
                {s.Leaf(s.frozen)});
  s.SignByAll(first, "2024-12-01");
  EXPECT_EQ(PartyBook(s.Data()).ReceiptOwnerOf("a").siren, "000000002");

  // A receipt of before bears the number of before.
  const History::Event second = s.Avenant(
      s.b, "b", 9, Draft({}, {with(Named("a", "A"), "000000003")}), "2026-01-01", {s.Leaf(first)});
  s.SignByAll(second, "2025-12-01");
  EXPECT_EQ(PartyBook(s.Data()).ReceiptOwnerOf("a").siren, "");
}

TEST(VotesFor, AsksTheRevisionThatBringsThePartyIn) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const History::Event avenant = s.Avenant(s.b, "b", 7, Draft({}, {Voting(Named("a", "A"))}),
                                           "2025-01-01", {s.Leaf(s.frozen)});
  s.history.LearnAll();
  const StateData& data = s.Data();
  const PartyBook book(data);

  EXPECT_TRUE(VotesFor(data, book, data.FindRevision(s.Leaf(avenant)), "a"));
  EXPECT_FALSE(VotesFor(data, book, data.FindRevision(s.Leaf(s.frozen)), "a"));
  EXPECT_FALSE(VotesFor(data, book, data.FindRevision(s.Leaf(avenant)), "b"));
  EXPECT_EQ(
      RefusalOf(CheckMaySign(data, data.FindRevision(s.Leaf(avenant)), "a", Day("2024-12-01"), {}))
          .rule,
      "L-08");
}

// Every avenant of a chain asks for the votes on all that it builds on.
TEST(VoteReading, ReadsTheVotesOnATextOnce) {
  Scenario s;
  s.history.Write(s.b, "b", test::Deliberate(s.Leaf(s.frozen), "b"));
  s.history.LearnAll();
  const StateData& data = s.Data();
  const PartyBook book(data);
  const VoteReading reading(data, book);
  const RevisionNumber frozen = data.FindRevision(s.Leaf(s.frozen));

  const VoteReading::Ballot* const read = reading.On(frozen).ballots.data();

  // Read anew, it would lie elsewhere.
  EXPECT_EQ(reading.On(frozen).ballots.data(), read);
  EXPECT_EQ(reading.On(frozen).ballots.size(), 1u);
}

TEST(ElementBook, ReadsTheTextOfTheDayAfterAConcludedAvenant) {
  // Which of the leaves is least is chance: many histories, so that order decides in none.
  for (int i = 0; i < 12; ++i) {
    Scenario s;
    s.SignByAll(s.frozen, "2024-02-01");
    const History::Event avenant =
        s.Avenant(s.b, "b", 100 + i, Draft({}, {ArticleElement("art-1", "nouveau")}), "2025-01-01",
                  {s.Leaf(s.frozen)});
    s.SignByAll(avenant, "2024-12-01");
    DraftAside(&s, ArticleElement("art-1", "brouillon"), 200 + i);
    const StateData& data = s.Data();

    EXPECT_EQ(FindElementAnywhere(data, "art-1", Day("2025-06-01"))->article().body(), "nouveau");
    EXPECT_EQ(FindElementAnywhere(data, "art-1", Day("2024-06-01"))->article().body(), "un");
    EXPECT_EQ(FindElementAnywhere(data, "art-1")->article().body(), "nouveau");
    EXPECT_EQ(ElementBook(data).Find("art-1")->article().body(), "nouveau");
  }
}

TEST(ElementBook, KeepsTheLastValueOfWhatWasRemovedAndTakesADraftWhereNothingElseIs) {
  for (int i = 0; i < 12; ++i) {
    Scenario s;
    s.SignByAll(s.frozen, "2024-02-01");
    const History::Event first =
        s.Avenant(s.b, "b", 100 + i, Draft({}, {ArticleElement("art-2", "le dernier")}),
                  "2025-01-01", {s.Leaf(s.frozen)});
    s.SignByAll(first, "2024-12-01");
    const History::Event second =
        s.Avenant(s.b, "b", 200 + i, test::Remove({}, "art-2"), "2026-01-01", {s.Leaf(first)});
    s.SignByAll(second, "2025-12-01");
    DraftAside(&s, ArticleElement("art-9", "proposé"));
    const StateData& data = s.Data();

    EXPECT_EQ(FindElementAnywhere(data, "art-2", Day("2026-06-01"))->article().body(),
              "le dernier");
    EXPECT_EQ(FindElementAnywhere(data, "art-9")->article().body(), "proposé");
    EXPECT_EQ(FindElementAnywhere(data, "art-8"), nullptr);
  }
}

}  // namespace
}  // namespace greffe
