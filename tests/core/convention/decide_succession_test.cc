// What passes to the successor of a party (L-60): what was frozen, what was asked, what was said.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state/state.h"
#include "core/convention/text/conclude.h"
#include "core/convention/views/queries_life.h"
#include "tests/core/convention/living_play.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Life = v1::LifeRecorded;
using test::FieldOf;
using test::Living;
using test::RuleOf;
using testing_support::Facility;
using testing_support::Put;
using testing_support::StatusIs;

// The commune du Vallon is merged into the agglomération on 1 September 2025.
Life Merged() {
  Life fact = test::Plain(Life::kPartySucceeded, "2025-09-01");
  fact.set_element_id("party-vallon");
  fact.mutable_party_succeeded()->set_successor_name("Agglomération du Vallon");
  fact.mutable_party_succeeded()->set_successor_partner_id("agglo");
  fact.mutable_party_succeeded()->set_reference("arrêté préfectoral");
  return fact;
}

// An avenant frozen before the merger, which every assembly voted.
struct Frozen : Living {
  std::string act;
  std::string revision;

  Frozen() {
    act = play.Propose({Put(Facility("fac-2", "annex-1", "Relais", "vallon"))});
    revision = play.Freeze(act, "2026-01-01");
  }
  void Merge() {
    On("2025-09-15");
    Record("vallon", v1::ROLE_SECRETARIAT, Merged());
  }
  // On replica 0; without `mandate` the assembly does not authorise the signature.
  void Vote(const std::string& partner, const std::string& day, bool mandate) {
    v1::RecordDeliberationRequest request;
    v1::Deliberation& vote = *request.mutable_deliberation();
    vote = testing_support::SoundDeliberation(partner, revision);
    vote.set_sitting_on(day);
    vote.set_published_on(day);
    vote.set_received_on(day);
    vote.clear_receipt_id();
    vote.set_authorises_signature(mandate);
    ASSERT_OK(play.agglo().Do(request, play.Secretariat(partner)));
    play.net().SyncAll();
  }
  absl::Status Sign(const std::string& partner, const std::string& signatory,
                    const std::string& office) {
    v1::SignActRequest request;
    request.set_act_id(act);
    request.set_revision(revision);
    request.set_signatory_id(signatory);
    const absl::Status done =
        Of(partner).Do(request, Of(partner).Context(partner, {v1::ROLE_SIGNATORY}, office));
    play.net().SyncAll();
    return done;
  }
  bool concluded() {
    const StateData& data = play.caf().state().data();
    return Conclude(data, data.FindRevision(*Digest::FromHex(revision, "revision"))).concluded;
  }
};

TEST(DecideSuccession, LetsTheSuccessorSignWhatWasFrozenForItsParty) {
  Frozen life;
  life.play.Vote("vallon", life.revision);
  life.play.Vote("agglo", life.revision);
  life.Merge();

  ASSERT_OK(life.Sign("caf", "caf-pres", "caf-pres"));
  ASSERT_OK(life.Sign("caf", "caf-dir", "caf-dir"));
  ASSERT_OK(life.Sign("agglo", "president", "president"));
  EXPECT_FALSE(life.concluded());
  ASSERT_OK(life.Sign("agglo", "maire", "maire"));
  EXPECT_TRUE(life.concluded());
}

TEST(DecideSuccession, RefusesThePartyThatHasASuccessorAndNamesIt) {
  Frozen life;
  life.play.Vote("vallon", life.revision);
  EXPECT_EQ(RuleOf(life.Sign("agglo", "maire", "maire")), "own-partner");
  life.Merge();

  const absl::Status refused = life.Sign("vallon", "maire", "maire");

  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied,
                                AllOf(HasSubstr("Commune"), HasSubstr("Agglomération du Vallon"))));
  EXPECT_EQ(RuleOf(refused), "L-60");
  EXPECT_THAT(RefusalOf(refused).next_en, HasSubstr("greffe act sign"));
}

// CGCT art. L. 2113-5: the successor stands in all deliberations of its party, and in no more.
TEST(DecideSuccession, WantsAVoteInThatPlace) {
  Frozen life;
  life.Merge();

  EXPECT_EQ(RuleOf(life.Sign("agglo", "maire", "maire")), "L-08");
  life.play.Vote("agglo", life.revision);
  EXPECT_OK(life.Sign("agglo", "maire", "maire"));
}

// What the successor turns down was voted in the same place before.
TEST(DecideSuccession, OpposesTheRefusalOfTheSuccessorToTheVoteOfItsParty) {
  Frozen life;
  life.play.Vote("vallon", life.revision);
  life.Merge();
  life.Vote("agglo", "2025-09-10", false);

  EXPECT_THAT(
      life.Sign("agglo", "maire", "maire"),
      StatusIs(absl::StatusCode::kFailedPrecondition,
               AllOf(HasSubstr("ne s'accordent pas"), HasSubstr("Commune du Vallon, séance du"),
                     HasSubstr("Agglomération du Vallon, séance du 10 septembre 2025"))));
  // A vote of its own after that gives the mandate again.
  life.Vote("agglo", "2025-09-12", true);
  EXPECT_OK(life.Sign("agglo", "maire", "maire"));
}

// No assembly takes away what another one voted in its own place, nor votes for it.
TEST(DecideSuccession, JudgesThePlacesOfTwoThatMergeApart) {
  const auto refused = StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-05"));
  {
    Frozen life;
    life.Vote("vallon", "2025-06-20", true);
    life.Vote("agglo", "2025-06-25", false);
    life.Merge();
    EXPECT_OK(life.Sign("agglo", "maire", "maire"));
    EXPECT_THAT(life.Sign("agglo", "president", "president"), refused);
  }
  {
    Frozen life;
    life.Vote("agglo", "2025-06-20", true);
    life.Vote("vallon", "2025-06-25", false);
    life.Merge();
    EXPECT_OK(life.Sign("agglo", "president", "president"));
    EXPECT_THAT(life.Sign("agglo", "maire", "maire"), refused);
    life.Vote("agglo", "2025-09-10", true);
    EXPECT_OK(life.Sign("agglo", "maire", "maire"));
  }
  {
    Frozen life;
    life.Vote("vallon", "2025-06-25", true);
    life.Merge();
    EXPECT_EQ(RuleOf(life.Sign("agglo", "president", "president")), "L-08")
        << "its own assembly voted nothing";
  }
}

// Both went on in a third one: each place keeps its own vote.
TEST(DecideSuccession, JudgesThePlacesOfTwoThatBecameAThirdApart) {
  Frozen life;
  v1::Element caf = testing_support::SampleElement("party-caf");
  caf.mutable_party()->set_deliberates(true);
  life.act = life.play.Propose({Put(caf)});
  life.revision = life.play.Freeze(life.act, "2026-01-01");
  life.On("2025-09-15");
  life.Vote("vallon", "2025-08-05", true);
  life.Vote("agglo", "2025-08-10", false);
  for (const std::string place : {"agglo", "vallon"}) {
    Life merged = Merged();
    merged.set_element_id("party-" + place);
    merged.mutable_party_succeeded()->set_successor_partner_id("caf");
    life.Record(place, v1::ROLE_SECRETARIAT, merged);
  }

  EXPECT_OK(life.Sign("caf", "maire", "maire"));
  EXPECT_THAT(life.Sign("caf", "president", "president"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-05")));
}

// On the board each row has the votes of its place.
TEST(DecideSuccession, ShowsInEachRowTheVotesOfItsPlace) {
  Frozen life;
  life.Vote("agglo", "2025-06-20", true);
  life.Vote("vallon", "2025-06-25", false);
  life.Merge();
  life.Vote("agglo", "2025-09-10", true);

  std::map<std::string, std::vector<std::string>> rows;
  const auto view = ViewStatus(life.play.agglo().At("2025-09-15"), {});
  ASSERT_OK(view);
  for (const v1::PartyStanding& party : view->parties()) {
    for (const v1::DeliberationView& one : party.deliberations()) {
      rows[party.partner_id()].push_back(one.deliberation().sitting_on());
    }
  }
  EXPECT_THAT(rows["vallon"], ElementsAre("2025-06-25", "2025-09-10"));
  EXPECT_THAT(rows["agglo"], ElementsAre("2025-06-20", "2025-09-10"));
}

// L-34: what was voted on the original serves whoever has the place.
TEST(DecideSuccession, LeavesAMandateForAvenantsToTheSuccessor) {
  testing_support::SamplePlay play;
  play.agglo().today = test::Day("2025-09-15");
  const std::string original = play.Freeze(play.original());
  v1::RecordDeliberationRequest request;
  v1::Deliberation& vote = *request.mutable_deliberation();
  vote = testing_support::SoundDeliberation("vallon", original);
  vote.mutable_scope()->set_reach(v1::MANDATE_REACH_AVENANTS);
  vote.mutable_scope()->set_quote("tout avenant");
  ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon")));
  for (const auto& [partner, office] :
       {std::pair{"agglo", "president"}, std::pair{"vallon", "maire"}, std::pair{"caf", "caf-pres"},
        std::pair{"caf", "caf-dir"}}) {
    play.Sign(play.original(), original, partner, office);
  }
  ASSERT_OK(play.agglo().Do(test::Request(Merged()), play.Secretariat("vallon")));
  play.net().SyncAll();
  const std::string act = play.Propose({Put(Facility("fac-2", "annex-1", "Relais", "vallon"))});

  const auto view = ViewInstrument(play.agglo().At("2025-09-15"), act);

  ASSERT_OK(view);
  std::map<std::string, v1::MandateCoverage> coverage;
  for (const v1::PartyCoverage& one : view->coverage()) {
    coverage[one.partner_id()] = one.coverage();
  }
  EXPECT_EQ(coverage["vallon"], v1::MANDATE_COVERAGE_COVERED);
  EXPECT_EQ(coverage["agglo"], v1::MANDATE_COVERAGE_NEW_DELIBERATION);
}

// It leaves the text by the act, and signs it all the same.
TEST(DecideSuccession, LetsTheSuccessorSignTheActByWhichItsPartyLeaves) {
  Frozen life;
  life.act = life.play.Propose(
      {testing_support::Remove("party-vallon"), testing_support::Remove("fac-1")});
  life.revision = life.play.Freeze(life.act, "2026-01-01");
  life.play.Vote("vallon", life.revision);
  life.Merge();

  EXPECT_OK(life.Sign("agglo", "maire", "maire"));
}

TEST(DecideSuccession, LetsTheSuccessorRefuse) {
  Frozen life;
  v1::RefuseActRequest request;
  request.set_act_id(life.act);
  request.set_revision(life.revision);
  request.set_signatory_id("maire");
  request.set_reason("à revoir");
  const auto refuse = [&](const std::string& partner) {
    return Decide(life.play.agglo().state(), request, life.play.Signatory(partner, "maire"))
        .status();
  };
  EXPECT_EQ(RuleOf(refuse("agglo")), "own-partner");
  EXPECT_OK(refuse("vallon"));
  life.Merge();

  EXPECT_EQ(RuleOf(refuse("vallon")), "L-60");
  EXPECT_OK(refuse("agglo"));
}

// A paper that the party signed before is a fact, whoever records it.
TEST(DecideSuccession, LetsBothRecordWhatWasSignedOnPaper) {
  Frozen life;
  life.Merge();
  v1::RecordSignatureRequest request;
  request.set_act_id(life.act);
  request.set_revision(life.revision);
  request.set_signatory_id("maire");
  request.set_signed_on("2025-08-30");
  request.set_scan_digest(std::string(64, 'a'));

  for (const char* partner : {"vallon", "agglo"}) {
    EXPECT_OK(Decide(life.play.agglo().state(), request, life.play.Secretariat(partner)));
  }
  EXPECT_FALSE(Decide(life.play.caf().state(), request, life.As("caf", v1::ROLE_SECRETARIAT)).ok());
}

TEST(DecideSuccession, TellsOnTheBoardWhoSigns) {
  Frozen life;
  life.play.Vote("vallon", life.revision);
  life.Merge();

  const auto view = ViewStatus(life.play.agglo().At("2025-09-15"), {});

  ASSERT_OK(view);
  for (const v1::PartyStanding& party : view->parties()) {
    if (party.partner_id() != "vallon") continue;
    EXPECT_THAT(party.next_step(), HasSubstr("Par le successeur : Agglomération du Vallon"));
    EXPECT_THAT(party.next_step_en(), HasSubstr("By the successor"));
    return;
  }
  ADD_FAILURE() << "no row for vallon";
}

// The text that is frozen then names who holds the place: in its heading, its visas and its places
// of signature alike, told apart from the place that the successor had before.
TEST(DecideSuccession, IsSaidAlikeInAllOfAnAvenantFrozenAfterIt) {
  Frozen life;
  life.Merge();
  const std::string act =
      life.play.Propose({Put(Facility("fac-3", "annex-1", "Ludothèque", "agglo"))});
  const std::string after = life.play.Freeze(act, "2026-01-01");

  const auto view = ViewInstrument(life.play.agglo().At("2025-09-15"), act);
  ASSERT_OK(view);
  ASSERT_EQ(view->revision(), after);
  const std::string moved = "Agglomération du Vallon, venant aux droits de la Commune du Vallon";
  EXPECT_THAT(view->heading(), HasSubstr(moved + ", agissant par : Maire"));
  EXPECT_THAT(view->heading(), HasSubstr("Pour l'" + moved + " – Maire"));
  EXPECT_THAT(view->heading(), HasSubstr("Pour l'Agglomération du Vallon – Président"));
  // One original and one vote of each that stands in the convention.
  EXPECT_THAT(view->heading(), HasSubstr("en 2 exemplaires originaux"));
  EXPECT_THAT(view->heading(), Not(HasSubstr("Vu la délibération de la Commune du Vallon")));

  // What was frozen before it is as it was signed.
  const auto before = ViewInstrument(life.play.agglo().At("2025-09-15"), life.act);
  ASSERT_OK(before);
  EXPECT_THAT(before->heading(), Not(HasSubstr("venant aux droits")));
}

// As a new holder of an office is: beside the text as signed.
TEST(DecideSuccession, IsSaidBesideTheTextAndOnTheBoard) {
  Frozen life;
  life.Merge();
  const auto said = [&](const char* day) {
    const auto view = ViewConvention(life.play.agglo().At(day), "");
    EXPECT_OK(view);
    std::string out;
    for (const v1::Finding& one : view->findings()) {
      if (one.code() == "party-succeeded") absl::StrAppend(&out, one.text());
    }
    return out;
  };
  EXPECT_EQ(said("2025-08-31"), "");
  EXPECT_THAT(said("2025-09-15"),
              HasSubstr("depuis le 1er septembre 2025, Agglomération du Vallon tient de plein "
                        "droit la place de "));

  const auto view = ViewStatus(life.play.agglo().At("2025-09-15"), {});
  ASSERT_OK(view);
  for (const v1::PartyStanding& party : view->parties()) {
    const std::vector<std::string> before(party.succeeds().begin(), party.succeeds().end());
    EXPECT_EQ(before, party.partner_id() == "agglo" ? std::vector<std::string>{"vallon"}
                                                    : std::vector<std::string>{});
  }
}

Life Asked(const std::string& holder) {
  Life fact = test::Plain(Life::kDataExchangeRequested, "2025-06-01");
  fact.mutable_data_exchange_requested()->set_holder_partner_id(holder);
  fact.mutable_data_exchange_requested()->set_purpose("effectifs");
  return fact;
}

Life Opinion(const Digest& request, const std::string& day) {
  Life fact = test::Answering(test::Plain(Life::kDpoOpinionGiven, day), request);
  fact.mutable_dpo_opinion_given()->set_favourable(true);
  return fact;
}

Life Decision(const Digest& request, const std::string& day) {
  Life fact = test::Answering(test::Plain(Life::kDataExchangeDecided, day), request);
  fact.mutable_data_exchange_decided()->set_accepted(true);
  fact.mutable_data_exchange_decided()->set_register_reference("traitement 12");
  return fact;
}

TEST(DecideSuccession, PassesAnOpenRequestForDataToTheSuccessorOfItsHolder) {
  Living life;
  const Digest request = life.Record("caf", v1::ROLE_COORDINATOR, Asked("vallon"));
  life.On("2025-09-15");
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_DPO, Opinion(request, "2025-09-10"))), "own-partner");
  life.Record("vallon", v1::ROLE_SECRETARIAT, Merged());

  // The officer of the party before gave it while that party held the data.
  EXPECT_OK(life.Say("vallon", v1::ROLE_DPO, Opinion(request, "2025-08-31")));
  EXPECT_EQ(RuleOf(life.Say("vallon", v1::ROLE_DPO, Opinion(request, "2025-09-10"))),
            "own-partner");
  life.Record("agglo", v1::ROLE_DPO, Opinion(request, "2025-09-10"));
  EXPECT_EQ(RuleOf(life.Say("vallon", v1::ROLE_SIGNATORY, Decision(request, "2025-09-12"))),
            "own-partner");
  const auto standing = [&] {
    const auto view = ViewLife(life.play.caf().At("2025-09-15"), "");
    for (const v1::LifeThread& thread : view->threads()) {
      if (thread.opening().fact().has_data_exchange_requested()) {
        return thread.standing() + " " + thread.next_step();
      }
    }
    return std::string();
  };
  EXPECT_THAT(standing(), AllOf(HasSubstr("opinion-given"), HasSubstr("Agglomération")));
  life.Record("agglo", v1::ROLE_SIGNATORY, Decision(request, "2025-09-12"));
  EXPECT_THAT(standing(), HasSubstr("accepted"));
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY, Decision(request, "2025-09-13"))), "L-24");
}

TEST(DecideSuccession, PassesARequestForDataToTheSuccessorOfWhoAsked) {
  Living life;
  const Digest request = life.Record("vallon", v1::ROLE_COORDINATOR, Asked("caf"));
  life.On("2025-09-15");
  Life corrected = test::Replacing(Asked("caf"), {request});
  corrected.mutable_data_exchange_requested()->set_purpose("effectifs de 2026");
  corrected.set_reason("une autre année");
  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_COORDINATOR, corrected)), "fact.replaces");
  life.Record("vallon", v1::ROLE_SECRETARIAT, Merged());

  EXPECT_OK(life.Say("vallon", v1::ROLE_COORDINATOR, corrected));
  life.Record("agglo", v1::ROLE_COORDINATOR, corrected);
  const auto view = ViewLife(life.play.caf().At("2025-09-15"), "");
  ASSERT_OK(view);
  std::vector<std::string> purposes;
  for (const v1::LifeThread& thread : view->threads()) {
    const v1::LifeRecorded& opening = thread.opening().fact();
    if (opening.has_data_exchange_requested()) {
      purposes.push_back(opening.data_exchange_requested().purpose());
    }
  }
  EXPECT_EQ(purposes, std::vector<std::string>{"effectifs de 2026"});
}

// Who keeps its SIREN is the same legal person.
TEST(DecideSuccession, RefusesAPartyAsItsOwnSuccessor) {
  Living life;
  v1::Element party = ViewConvention(life.play.agglo().At("2025-06-30"), "party-vallon")
                          .value()
                          .elements(0)
                          .element();
  const std::string own = "211202023";
  party.mutable_party()->set_siren(own);
  const std::string act = life.play.Propose({Put(party)});
  life.play.Conclude(act, life.play.Freeze(act, "2025-06-30"));
  Life fact = Merged();
  fact.set_happened_on("2025-06-30");
  fact.mutable_party_succeeded()->clear_successor_partner_id();
  fact.mutable_party_succeeded()->set_successor_siren(own);
  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_SECRETARIAT, fact)),
            "fact.party_succeeded.successor_siren");
  fact.mutable_party_succeeded()->set_successor_siren("200000172");
  EXPECT_OK(life.Say("agglo", v1::ROLE_SECRETARIAT, fact));
}

}  // namespace
}  // namespace greffe
