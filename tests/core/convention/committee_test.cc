// Who decides what a clause leaves to a committee (L-20, domain.md section 5.5).

#include "core/convention/reading/committee.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/refusal.h"
#include "core/convention/checks/draft_check.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state/state.h"
#include "core/convention/text/conclude.h"
#include "core/convention/views/markdown.h"
#include "tests/core/convention/committee_play.h"
#include "tests/support/confirmed.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing_support::Article;
using testing_support::Confirmed;
using testing_support::Deciding;
using testing_support::DeemedUnwritten;
using testing_support::Indicator;
using testing_support::kAllOffices;
using testing_support::kCoChairOffices;
using testing_support::kCoChairs;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SampleDraft;
using testing_support::SampleElement;
using testing_support::Schedule;
using testing_support::Steering;
using testing_support::Technical;
using testing_support::WithClause;

TEST(Committee, DecidesByTheOfficesOfItsCoChairsAlone) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  const auto draft = ViewInstrument(deciding.play.agglo().At("2026-06-30"), act);
  EXPECT_THAT(draft->heading(), Not(HasSubstr("Maire")));
  const std::string revision = deciding.play.Freeze(act, "2026-01-01");
  EXPECT_THAT(deciding.SignatoriesOf(revision), kCoChairOffices);

  const v1::StatusView board = ViewStatus(deciding.play.agglo().At("2026-06-30"), {}).value();
  ASSERT_EQ(board.parties_size(), 3);
  EXPECT_THAT(board.parties(0).next_step(),
              HasSubstr("Décider pour le comité, par la signature (L-20) : Président."));
  EXPECT_THAT(board.parties(0).next_step_en(), HasSubstr("Decide for the committee"));
  EXPECT_EQ(board.parties(1).partner_id(), "vallon");
  EXPECT_FALSE(board.parties(1).blocking());
  EXPECT_EQ(board.parties(1).offices(), 0u);
  EXPECT_EQ(board.parties(1).why(), "Les coprésidents du comité décident seuls (L-20).");
  EXPECT_THAT(board.parties(1).why_en(), HasSubstr("co-chairs of the committee"));
  const auto frozen = ViewInstrument(deciding.play.agglo().At("2026-06-30"), act);
  EXPECT_THAT(frozen->heading(), Not(HasSubstr("Maire")));
  EXPECT_THAT(frozen->heading(), HasSubstr("Pour l'Agglomération du Vallon – Président"));

  deciding.play.Sign(act, revision, "agglo", "president");
  deciding.play.Sign(act, revision, "caf", "caf-pres");
  EXPECT_FALSE(ViewStatus(deciding.play.caf().At("2026-06-30"), {})->revision().concluded());
  deciding.play.Sign(act, revision, "caf", "caf-dir");
  EXPECT_TRUE(ViewStatus(deciding.play.caf().At("2026-06-30"), {})->revision().concluded());
  const auto text = ViewConvention(deciding.play.agglo().At("2026-06-30"), "");
  bool found = false;
  for (const v1::ElementView& one : text->elements()) {
    if (one.element().id() != "act-1-sched") continue;
    found = true;
    EXPECT_EQ(one.element().schedule().to(), "2027");
  }
  EXPECT_TRUE(found);
}

TEST(Committee, DecidesByEveryOfficeWhereItsBodyNamesNoCoChair) {
  Deciding deciding({WithClause(Steering({}))});
  EXPECT_THAT(deciding.Frozen(deciding.Propose({Put(Schedule("2027"))})), kAllOffices);
  const v1::StatusView board = ViewStatus(deciding.play.agglo().At("2026-06-30"), {}).value();
  EXPECT_EQ(board.parties(0).next_step(), "Signer : Président.");
  EXPECT_THAT(board.parties(1).why(), IsEmpty());
}

// Every other act is signed by all, whatever it changes.
TEST(Committee, DecidesNothingByAnAvenant) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))}, v1::ACT_KIND_AVENANT);
  EXPECT_THAT(deciding.Frozen(act), kAllOffices);
  EXPECT_FALSE(deciding.Valid(act, kCoChairs));
}

// The body whose own words they are, the one that they name, else the steering committee.
TEST(Committee, IsTheOneThatTheClauseMeans) {
  Deciding own({Steering({"agglo", "vallon"}), WithClause(Technical({"caf", "vallon"}))});
  EXPECT_THAT(own.Frozen(own.Propose({Put(Schedule("2027"))})),
              ElementsAre("caf-dir", "caf-pres", "maire"));

  Deciding named({Steering({"agglo", "vallon"}), Technical({"caf", "vallon"}),
                  Article("Le calendrier des actions peut être ajusté par le comité technique.")});
  EXPECT_THAT(named.Frozen(named.Propose({Put(Schedule("2027"))})),
              ElementsAre("caf-dir", "caf-pres", "maire"));

  Deciding steering({Steering({"caf", "agglo"}), Technical({"caf", "vallon"}),
                     Article("Le calendrier des actions est à affiner chaque année.")});
  EXPECT_THAT(steering.Frozen(steering.Propose({Put(Schedule("2027"))})), kCoChairOffices);

  Deciding silent({Steering({"agglo", "vallon"}), WithClause(Technical({}))});
  EXPECT_THAT(silent.Frozen(silent.Propose({Put(Schedule("2027"))})), kAllOffices);
}

// L-20: a committee has a co-chair of either side; one party changes nothing by itself.
TEST(Committee, DecidesNothingByOneCoChairAlone) {
  Deciding deciding({WithClause(Steering({"agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  EXPECT_FALSE(deciding.Valid(act, {{"president", "agglo"}}));
  EXPECT_THAT(deciding.Frozen(act), kAllOffices);
}

// Two communes are one side, however many they are.
TEST(Committee, DecidesNothingWithoutTheCafOrWithoutAnAuthority) {
  Deciding communes({WithClause(Steering({"agglo", "vallon"}))});
  const std::string act = communes.Propose({Put(Schedule("2027"))});
  EXPECT_FALSE(communes.Valid(act, {{"maire", "vallon"}, {"president", "agglo"}}));
  EXPECT_THAT(communes.Frozen(act), kAllOffices);

  v1::Element state = SampleElement("party-vallon");
  state.mutable_party()->set_kind(v1::PARTNER_KIND_STATE);
  Deciding others({state, WithClause(Steering({"caf", "vallon"}))});
  EXPECT_THAT(others.Frozen(others.Propose({Put(Schedule("2027"))})), kAllOffices);
}

// L-60: who has by law the places of both co-chairs is one party, and would decide alone.
TEST(Committee, DecidesNothingByOneThatHoldsThePlacesOfBothSides) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  v1::LifeRecorded fact = test::Plain(v1::LifeRecorded::kPartySucceeded, "2025-06-01");
  fact.set_element_id("party-agglo");
  fact.mutable_party_succeeded()->set_successor_partner_id("caf");
  fact.mutable_party_succeeded()->set_successor_name("Caisse");
  fact.mutable_party_succeeded()->set_reference("décret");
  deciding.Record("agglo", fact);
  const testing_support::Signs alone = {
      {"caf-dir", "caf"}, {"caf-pres", "caf"}, {"president", "caf"}};
  EXPECT_FALSE(deciding.Valid(act, alone));
  EXPECT_FALSE(deciding.Valid(act, kCoChairs));
  // With the third party it is nobody's alone.
  EXPECT_TRUE(deciding.Valid(
      act, {{"caf-dir", "caf"}, {"caf-pres", "caf"}, {"maire", "vallon"}, {"president", "caf"}}));
}

// Two clauses leave the two changes to two bodies: the co-chairs of both decide.
TEST(Committee, DecidesWithTheOthersWhatIsLeftToSeveral) {
  Deciding deciding(
      {WithClause(Steering({"agglo"})),
       WithClause(Technical({"caf"}), "Des indicateurs pourront être ajoutés aux fiches.")});
  EXPECT_THAT(deciding.Frozen(deciding.Propose(
                  {Put(Schedule("2027")), Put(Indicator("ind-2", "act-1", "Familles reçues"))})),
              kCoChairOffices);
}

// What a peer froze for fewer than decide can never be concluded, whatever its software.
TEST(Committee, IsNotHeardWhereACoChairIsLeftOut) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  EXPECT_TRUE(deciding.Valid(act, kCoChairs));
  const StateData& data = deciding.play.agglo().state().data();
  EXPECT_TRUE(data.revisions.back().left_to_co_chairs);
  EXPECT_FALSE(deciding.Valid(act, {{"president", "agglo"}}));
  // Nobody decides by it.
  EXPECT_FALSE(data.revisions.back().left_to_co_chairs);
  EXPECT_TRUE(data.revisions.back().clauses.empty());
  EXPECT_FALSE(deciding.Valid(act, {{"caf-dir", "caf"}, {"president", "agglo"}}));
  EXPECT_FALSE(
      deciding.Valid(act, {{"caf-dir", "caf"}, {"caf-pres", "agglo"}, {"president", "agglo"}}));
}

// Two co-chairs change nothing between them that the convention does not leave to them.
TEST(Committee, DecidesNothingThatNoClauseLeavesToIt) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  EXPECT_FALSE(deciding.Valid(deciding.Propose({Put(Article("Autre chose."))}), kCoChairs));
  EXPECT_FALSE(deciding.Valid(deciding.Propose({Remove("ind-1")}), kCoChairs));
  v1::Element party = SampleElement("party-vallon");
  party.mutable_party()->set_name("Autre commune");
  EXPECT_FALSE(deciding.Valid(deciding.Propose({Put(party)}), kCoChairs));
  EXPECT_FALSE(deciding.Valid(deciding.Propose({Put(Schedule("2031"))}), kCoChairs));
  EXPECT_FALSE(deciding.Valid(
      deciding.Propose({Put(Schedule("2027")), Put(Article("Autre chose."))}), kCoChairs));

  Deciding without({Steering({"caf", "agglo"})});
  EXPECT_FALSE(without.Valid(without.Propose({Put(Schedule("2027"))}), kCoChairs));
}

// One wording is shown, the other would come with it.
TEST(Committee, DecidesNothingThatIsDraftedTwice) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  Decision second;
  v1::ChangesDrafted* drafted = second.events.emplace_back().mutable_changes_drafted();
  drafted->set_act_id(ActId::FromHex(act, "act_id")->ToBytes());
  *drafted->add_changes() = Put(Schedule("2026"));
  deciding.play.agglo().Write(second, deciding.play.Coordinator());
  EXPECT_FALSE(deciding.Valid(act, kCoChairs));
}

// What hangs nowhere yet, or is of newer software, could turn out to be anything.
TEST(Committee, DecidesNothingThatIsNotKnown) {
  Deciding deciding(
      {WithClause(Steering({"caf", "agglo"}), "Des indicateurs pourront être ajoutés.")});
  const auto valid = [&](const v1::Element& put) {
    const std::string act = deciding.Propose({Put(Indicator("ind-2", "act-1", "Familles"))});
    const ActId id = *ActId::FromHex(act, "act_id");
    Decision draft;
    v1::ChangesDrafted* drafted = draft.events.emplace_back().mutable_changes_drafted();
    drafted->set_act_id(id.ToBytes());
    *drafted->add_changes() = Put(put);
    const StateData& data = deciding.play.agglo().state().data();
    for (const Digest& leaf : data.DraftLeaves(*data.FindAct(id))) {
      drafted->mutable_changes(0)->add_replaces(leaf.ToBytes());
    }
    deciding.play.agglo().Write(draft, deciding.play.Coordinator());
    return deciding.Valid(act, kCoChairs);
  };
  EXPECT_TRUE(valid(Indicator("ind-2", "act-1", "Familles reçues")));
  EXPECT_FALSE(valid(Indicator("ind-2", "nowhere", "Familles reçues")));
  v1::Element newer = Indicator("ind-2", "act-1", "Familles reçues");
  newer.GetReflection()->MutableUnknownFields(&newer)->AddVarint(900, 1);
  EXPECT_FALSE(valid(newer));
}

// Two avenants were concluded, each unaware of the other: until an act settles what they say, each
// of the parties decides.
TEST(Committee, DecidesNothingWhileItsTextIsReadInTwoWays) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const auto avenant = [&](const std::string& body) {
    return deciding.Propose({Put(Article(body))}, v1::ACT_KIND_AVENANT);
  };
  const std::string first = avenant("La première.");
  const std::string of_first = deciding.play.Freeze(first, "2026-01-01");
  const std::string second = avenant("La seconde.");
  const std::string of_second = deciding.play.Freeze(second, "2026-01-01");
  deciding.play.ConcludeBoth(first, of_first, second, of_second);
  EXPECT_THAT(deciding.Frozen(deciding.Propose({Put(Schedule("2027"))})), kAllOffices);
}

TEST(Committee, DecidesNothingByACoChairThatHasNobodyToSign) {
  v1::Element state = SampleElement("party-vallon");
  state.set_id("party-etat");
  state.mutable_party()->set_partner_id("etat");
  state.mutable_party()->clear_signing_offices();
  state.mutable_party()->set_deliberates(false);
  Deciding deciding({state, WithClause(Steering({"caf", "etat"}))});
  EXPECT_THAT(deciding.Frozen(deciding.Propose({Put(Schedule("2027"))})), kAllOffices);
  const v1::StatusView board = ViewStatus(deciding.play.agglo().At("2026-06-30"), {}).value();
  ASSERT_EQ(board.parties_size(), 4);
  for (const v1::PartyStanding& one : board.parties()) EXPECT_EQ(one.why_en(), "");
}

// A later text took the clause away: a decision dated before it would replace what it says.
TEST(Committee, DecidesNothingBeforeTheTextThatItBuildsOn) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string avenant = deciding.Propose(
      {Put(Steering({"caf", "agglo"})), Put(Schedule("2028"))}, v1::ACT_KIND_AVENANT);
  const std::string later = deciding.play.Freeze(avenant, "2026-06-01");
  deciding.play.Conclude(avenant, later);
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  EXPECT_FALSE(deciding.Valid(act, kCoChairs, "2026-01-01", {later}));
  // Nor by the older text alone: its author had seen the later one concluded.
  EXPECT_FALSE(deciding.Valid(act, kCoChairs, "2026-01-01", {deciding.original}));

  // With the clause still there it is for all parties too, and Greffe freezes it so.
  Deciding still({WithClause(Steering({"caf", "agglo"}))});
  const std::string other = still.Propose({Put(Article("Autre chose."))}, v1::ACT_KIND_AVENANT);
  still.play.Conclude(other, still.play.Freeze(other, "2026-06-01"));
  const std::string early = still.Propose({Put(Schedule("2027"))});
  const auto heading = [&](const std::string& today) {
    return ViewInstrument(still.play.agglo().At(today), early)->heading();
  };
  EXPECT_THAT(heading("2026-05-31"), HasSubstr("Maire"));
  EXPECT_THAT(heading("2026-06-01"), Not(HasSubstr("Maire")));
  EXPECT_THAT(still.Frozen(early, "2026-01-01"), kAllOffices);
  EXPECT_THAT(still.Frozen(early, "2026-06-01"), kCoChairOffices);
}

// L-40: what nobody may go by leaves nothing to anybody, from its day on.
TEST(Committee, DecidesNothingByAClauseDeemedUnwritten) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  v1::LifeRecorded fact = DeemedUnwritten("body-1", "2026-03-01");
  const Digest leaf = deciding.Record("agglo", fact);

  EXPECT_THAT(deciding.Frozen(act, "2026-02-28"), kCoChairOffices);
  v1::FreezeActRequest late;
  late.set_act_id(act);
  late.set_effective_from("2026-03-01");
  late = Confirmed(deciding.play.agglo().state(), late, deciding.play.Coordinator());
  EXPECT_THAT(
      deciding.play.agglo().Do(late, deciding.play.Coordinator()).ToString(),
      HasSubstr("aucune clause de la convention qui laisse ce changement à un comité n'a été"));
  EXPECT_TRUE(deciding.Valid(act, kCoChairs, "2026-02-28"));
  EXPECT_FALSE(deciding.Valid(act, kCoChairs, "2026-03-01"));

  fact.set_element_id("art-1");
  fact.set_reason("mauvais élément");
  deciding.Record("agglo", test::Replacing(fact, {leaf}));
  EXPECT_THAT(deciding.Frozen(act, "2026-04-01"), kCoChairOffices);
  EXPECT_TRUE(deciding.Valid(act, kCoChairs, "2026-03-01"));
}

// Another clause may leave the same to another committee: what was frozen for the first one is no
// reason not to ask the second.
TEST(Committee, DecidesByAnotherClauseThatLeavesItTheSame) {
  Deciding deciding(
      {WithClause(Steering({"caf", "agglo"})), WithClause(Technical({"caf", "vallon"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  EXPECT_THAT(deciding.Frozen(act), kCoChairOffices);
  v1::FreezeActRequest again;
  again.set_act_id(act);
  again.set_effective_from("2026-01-01");
  again = Confirmed(deciding.play.agglo().state(), again, deciding.play.Coordinator());
  EXPECT_THAT(deciding.play.agglo().Do(again, deciding.play.Coordinator()).ToString(),
              HasSubstr("already-frozen"));
  deciding.Record("agglo", DeemedUnwritten("body-1", "2025-06-01"));
  EXPECT_THAT(deciding.Frozen(act), ElementsAre("caf-dir", "caf-pres", "maire"));
}

// By their names, as everything else that a text says of a party.
TEST(Committee, ReadsWithTheNamesOfItsCoChairs) {
  Deciding deciding({Steering({"caf", "agglo"})});
  const auto text = ViewConvention(deciding.play.agglo().At("2026-06-30"), "");
  EXPECT_THAT(RenderMarkdown(*text),
              HasSubstr("**Coprésidence\u00a0:** Caisse d'allocations familiales, Agglomération "
                        "du Vallon"));
}

TEST(Committee, IsChairedByPartiesOfTheTextEachOnce) {
  v1::ConventionDraft draft = SampleDraft();
  const auto rules = [&] {
    std::vector<std::string> out;
    for (const v1::DraftProblem& one : CheckDraft(draft)) {
      out.push_back(one.rule() + " " + one.field());
    }
    return out;
  };
  v1::Body* body = nullptr;
  for (v1::Element& one : *draft.mutable_elements()) {
    if (one.id() == "body-1") body = one.mutable_body();
  }
  body->add_co_chairs("caf");
  body->add_co_chairs("agglo");
  EXPECT_THAT(rules(), IsEmpty());
  body->add_co_chairs("caf");
  body->add_co_chairs("departement");
  EXPECT_THAT(rules(), ElementsAre(HasSubstr("co-chairs elements"), HasSubstr("co_chairs[3]")));
}

}  // namespace
}  // namespace greffe
