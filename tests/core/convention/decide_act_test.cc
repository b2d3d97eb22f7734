#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/text/element_lookup.h"
#include "tests/support/confirmed.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::Facility;
using testing_support::Indicator;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SampleElement;
using testing_support::SamplePlay;
using testing_support::StatusIs;

v1::ProposeActRequest Proposal(const std::vector<v1::Change>& changes) {
  v1::ProposeActRequest request;
  request.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  request.mutable_draft()->set_title("Avenant");
  for (const v1::Change& change : changes) *request.mutable_draft()->add_changes() = change;
  return request;
}

v1::ReviseActRequest Revision(const std::string& act, const v1::Change& change) {
  v1::ReviseActRequest request;
  request.set_act_id(act);
  *request.add_changes() = change;
  return request;
}

v1::FreezeActRequest FreezeOf(const std::string& act, const std::string& from = "",
                              const std::string& label = "") {
  v1::FreezeActRequest request;
  request.set_act_id(act);
  request.set_effective_from(from);
  request.set_label(label);
  return request;
}

// By the coordinator of agglo, who looked at what the freeze asks.
absl::StatusOr<Decision> DecideFreeze(SamplePlay& play, const v1::FreezeActRequest& freeze) {
  const CommandContext context = play.Coordinator();
  const ConventionState& state = play.agglo().state();
  return Decide(state, testing_support::Confirmed(state, freeze, context), context);
}

v1::Change NewFacility(const std::string& name = "Relais") {
  return Put(Facility("fac-2", "annex-1", name, "vallon"));
}

TEST(DecidePropose, OpensAnActUnderADerivedId) {
  SamplePlay play;
  play.ConcludeOriginal();
  const CommandContext context = play.Coordinator();

  const auto decision = Decide(play.agglo().state(), Proposal({NewFacility()}), context);

  ASSERT_OK(decision);
  ASSERT_EQ(decision->events.size(), 2u);
  EXPECT_EQ(decision->events[0].act_opened().act_id(),
            DeriveActId(play.net().convention(), "agglo", context.request).ToBytes());
  EXPECT_FALSE(decision->events[1].changes_drafted().changes(0).put().position().empty());
}

TEST(DecidePropose, RefusesAPartnerForWhomThisReplicaDoesNotAct) {
  SamplePlay play;
  const CommandContext context = play.agglo().Context("caf", {v1::ROLE_COORDINATOR});

  EXPECT_THAT(Decide(play.agglo().state(), Proposal({NewFacility()}), context),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("n'agit pas pour la Caisse d'allocations familiales")));
}

TEST(DecidePropose, RefusesAChangeToWhatWasConcludedAfterTheCut) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({Put(Indicator("ind-1", "act-1", "Nouveau libellé"))});
  CommandContext context = play.Coordinator();
  play.Conclude(act, play.Freeze(act, "2026-01-01"));

  const auto decision = Decide(
      play.agglo().state(), Proposal({Put(Indicator("ind-1", "act-1", "Mon libellé"))}), context);

  EXPECT_THAT(decision, StatusIs(absl::StatusCode::kAborted,
                                 AllOf(HasSubstr("L-35"), HasSubstr("Nouveau libellé"),
                                       HasSubstr("Mon libellé"), HasSubstr("avenant n° 1"))));
}

TEST(DecideRevise, ReplacesTheValueThatTheAuthorWasShown) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({NewFacility()});

  ASSERT_OK(play.agglo().Do(Revision(act, NewFacility("Relais rénové")), play.Coordinator()));

  const auto view = ViewConflicts(play.agglo().At("2025-06-30"));
  ASSERT_OK(view);
  EXPECT_EQ(view->conflicts_size(), 0);
  const auto shown = ViewAct(play.agglo().At("2025-06-30"), act);
  ASSERT_OK(shown);
  ASSERT_EQ(shown->drafts_size(), 1);
  EXPECT_EQ(shown->drafts(0).element().facility().name(), "Relais rénové");
}

TEST(DecideRevise, RefusesWithBothValuesWhatChangedSinceItWasRead) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({NewFacility()});
  const CommandContext read_before = play.Coordinator();
  ASSERT_OK(play.agglo().Do(Revision(act, NewFacility("Leur nom")), play.Coordinator()));

  const auto decision =
      Decide(play.agglo().state(), Revision(act, NewFacility("Mon nom")), read_before);

  EXPECT_THAT(decision, StatusIs(absl::StatusCode::kAborted,
                                 AllOf(HasSubstr("Leur nom"), HasSubstr("Mon nom"),
                                       HasSubstr("Agglomération du Vallon"))));
}

TEST(DecideRevise, NamesTheElementThatDiffersNotOneThatBothDraftedAlike) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({NewFacility()});
  const CommandContext read_before = play.Coordinator();
  v1::ReviseActRequest theirs = Revision(act, NewFacility("Le même nom"));
  *theirs.add_changes() = Put(Indicator("ind-1", "act-1", "Leur libellé"));
  ASSERT_OK(play.agglo().Do(theirs, play.Coordinator()));
  v1::ReviseActRequest mine = Revision(act, NewFacility("Le même nom"));
  EXPECT_OK(Decide(play.agglo().state(), mine, read_before));
  *mine.add_changes() = Put(Indicator("ind-1", "act-1", "Mon libellé"));

  EXPECT_THAT(
      Decide(play.agglo().state(), mine, read_before),
      StatusIs(absl::StatusCode::kAborted,
               AllOf(HasSubstr("ind-1"), HasSubstr("Leur libellé »"), HasSubstr("Mon libellé"),
                     testing::Not(HasSubstr("fac-2")), testing::Not(HasSubstr(". (")))));
}

TEST(DecideRevise, TellsADropFromARemoval) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({Put(Indicator("ind-1", "act-1", "Autre libellé"))});
  const CommandContext read_before = play.Coordinator();
  ASSERT_OK(play.agglo().Do(Revision(act, Remove("ind-1")), play.Coordinator()));
  v1::Change drop = Remove("ind-1");
  drop.set_drop(true);

  EXPECT_OK(Decide(play.agglo().state(), Revision(act, Remove("ind-1")), read_before));
  EXPECT_THAT(Decide(play.agglo().state(), Revision(act, drop), read_before),
              StatusIs(absl::StatusCode::kAborted));
}

TEST(DecideRevise, LeavesAConflictBetweenAuthorsWhoDidNotSeeEachOther) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({NewFacility()});
  ASSERT_OK(play.agglo().Do(Revision(act, NewFacility("Un")), play.Coordinator()));
  ASSERT_OK(play.caf().Do(Revision(act, NewFacility("Deux")), play.CafCoordinator()));
  play.net().SyncAll();

  const Refusal refusal = RefusalOf(DecideFreeze(play, FreezeOf(act, "2026-01-01")).status());

  EXPECT_EQ(refusal.rule, "draft-conflict");
  EXPECT_THAT(refusal.fr, HasSubstr("deux rédactions de l'élément « fac-2 »"));
  const std::string conflict =
      ViewConflicts(play.agglo().At("2025-06-30"))->conflicts(0).conflict_id();
  EXPECT_THAT(refusal.next_fr, HasSubstr("greffe conflict settle CONVENTION " + conflict));
}

TEST(DecideRevise, AnswersAlikeForAnActThatDoesNotExist) {
  SamplePlay play;

  EXPECT_THAT(
      Decide(play.agglo().state(), Revision("abcdef", NewFacility()), play.Coordinator()),
      StatusIs(absl::StatusCode::kNotFound, HasSubstr("introuvable, ou qui n'est pas le vôtre")));
}

TEST(DecideRevise, RefusesAConcludedAct) {
  SamplePlay play;
  play.ConcludeOriginal();

  EXPECT_THAT(
      Decide(play.agglo().state(), Revision(play.original(), NewFacility()), play.Coordinator()),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-30")));
}

TEST(DecideRevise, TakesADraftChangeBack) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({NewFacility(), Remove("body-1")});
  v1::Change drop = Remove("fac-2");
  drop.set_drop(true);

  ASSERT_OK(play.agglo().Do(Revision(act, drop), play.Coordinator()));

  const auto shown = ViewAct(play.agglo().At("2025-06-30"), act);
  ASSERT_OK(shown);
  ASSERT_EQ(shown->redline_size(), 1);
  EXPECT_EQ(shown->redline(0).element_id(), "body-1");
}

TEST(DecideFreeze, NamesTheOriginalAndTakesTheStartOfItsTerm) {
  SamplePlay play;

  const auto decision = DecideFreeze(play, FreezeOf(play.original()));

  ASSERT_OK(decision);
  const v1::RevisionFrozen& frozen = decision->events[0].revision_frozen();
  EXPECT_EQ(frozen.label(), "convention");
  EXPECT_EQ(frozen.effective_from(), "2025-01-01");
  EXPECT_EQ(frozen.base_revisions_size(), 0);
  ASSERT_EQ(frozen.signatories_size(), 4);
  EXPECT_EQ(frozen.signatories(0).id(), "caf-dir");
  EXPECT_EQ(frozen.signatories(0).partner_id(), "caf");
}

TEST(DecideFreeze, BuildsAnAvenantOnWhatIsConcluded) {
  SamplePlay play;
  const std::string original = play.ConcludeOriginal();
  const std::string act = play.Propose({NewFacility()});

  const auto decision = DecideFreeze(play, FreezeOf(act, "2026-01-01"));

  ASSERT_OK(decision);
  const v1::RevisionFrozen& frozen = decision->events[0].revision_frozen();
  EXPECT_EQ(frozen.label(), "avenant n° 1");
  ASSERT_EQ(frozen.base_revisions_size(), 1);
  EXPECT_EQ(Digest::FromBytes(frozen.base_revisions(0), "base")->ToHex(), original);
  EXPECT_EQ(frozen.signatories_size(), 4);
}

TEST(DecideFreeze, AsksAPartyThatLeavesToSign) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({Remove("party-agglo")});

  const auto decision = DecideFreeze(play, FreezeOf(act, "2026-01-01"));

  ASSERT_OK(decision);
  EXPECT_EQ(decision->events[0].revision_frozen().signatories_size(), 4);
}

TEST(DecideFreeze, RefusesAnAvenantBeforeTheConvention) {
  SamplePlay play;
  const std::string act = play.Propose({NewFacility()});

  EXPECT_THAT(DecideFreeze(play, FreezeOf(act, "2026-01-01")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-30")));
}

TEST(DecideFreeze, WantsADayOfEffectThatExistsWithinTheConvention) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({NewFacility()});
  const auto freeze = [&](const std::string& from) {
    return DecideFreeze(play, FreezeOf(act, from));
  };

  EXPECT_THAT(freeze(""), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(freeze("2022-02-30"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("2022-02-30")));
  EXPECT_THAT(freeze("2024-12-31"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_OK(freeze("2025-01-01"));
}

TEST(DecideFreeze, RefusesADraftMadeBeforeAnotherActWasConcluded) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string first = play.Propose({Put(Indicator("ind-1", "act-1", "Un"))});
  const std::string second = play.Propose({Put(Indicator("ind-1", "act-1", "Deux"))});
  play.Conclude(first, play.Freeze(first, "2026-01-01"));

  const auto decision = DecideFreeze(play, FreezeOf(second, "2026-06-01"));

  EXPECT_THAT(decision, StatusIs(absl::StatusCode::kAborted, HasSubstr("L-35")));
}

TEST(DecideFreeze, AcceptsTheDraftOnceItWasRevisedKnowingTheOtherAct) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string first = play.Propose({Put(Indicator("ind-1", "act-1", "Un"))});
  const std::string second = play.Propose({Put(Indicator("ind-1", "act-1", "Deux"))});
  play.Conclude(first, play.Freeze(first, "2026-01-01"));

  ASSERT_OK(play.agglo().Do(Revision(second, Put(Indicator("ind-1", "act-1", "Trois"))),
                            play.Coordinator()));

  EXPECT_OK(DecideFreeze(play, FreezeOf(second, "2026-06-01")));
}

// Nobody takes out what another act changed in it meanwhile.
TEST(DecideFreeze, RefusesToTakeOutWhatWasChangedBelowSince) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string changes = play.Propose({NewFacility("Relais du Port")});
  const std::string takes_out = play.Propose({Remove("annex-1")});
  const std::string beside = play.Propose({Remove("axis-1")});
  play.Conclude(changes, play.Freeze(changes, "2026-01-01"));

  const Refusal refused = RefusalOf(DecideFreeze(play, FreezeOf(takes_out, "2026-06-01")).status());
  EXPECT_EQ(refused.rule, "L-35");
  EXPECT_THAT(refused.fr, AllOf(HasSubstr("(fac-2) a été changé par « avenant n° 1 »"),
                                HasSubstr("Votre acte : supprimé")));
  EXPECT_THAT(refused.next_fr, HasSubstr("remove: \"annex-1\" drop: true"));
  EXPECT_OK(DecideFreeze(play, FreezeOf(beside, "2026-06-01")));
}

// What a revision took back, or another act made of the text meanwhile, is not signed again.
TEST(DecideFreeze, RefusesAnActThatChangesNothing) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element changed = SampleElement("art-1");
  changed.mutable_article()->set_body("Autrement dit.");
  const std::string emptied = play.Propose({Put(changed), Remove("axis-1")});
  EXPECT_OK(DecideFreeze(play, FreezeOf(emptied, "2026-01-01")));
  ASSERT_OK(play.agglo().Do(Revision(emptied, Put(SampleElement("art-1"))), play.Coordinator()));
  EXPECT_OK(DecideFreeze(play, FreezeOf(emptied, "2026-01-01"))) << "it still takes an axis out";
  v1::Change dropped = Remove("axis-1");
  dropped.set_drop(true);
  ASSERT_OK(play.agglo().Do(Revision(emptied, dropped), play.Coordinator()));

  const Refusal refused = RefusalOf(DecideFreeze(play, FreezeOf(emptied, "2026-01-01")).status());
  EXPECT_EQ(refused.rule, "no-change");
  EXPECT_THAT(refused.next_fr, HasSubstr("greffe act revise"));

  const std::string first = play.Propose({Put(changed), Remove("axis-1")});
  const std::string second = play.Propose({Put(changed), Remove("axis-1")});
  play.Conclude(first, play.Freeze(first, "2027-01-01"));
  EXPECT_EQ(RefusalOf(DecideFreeze(play, FreezeOf(second, "2027-06-01")).status()).rule,
            "no-change");
  // Before that day it changes what is in force then; its author looks at what was concluded first.
  EXPECT_EQ(RefusalOf(DecideFreeze(play, FreezeOf(second, "2026-06-01")).status()).rule, "L-35");
}

TEST(DecideFreeze, RefusesTheSameTextTwiceAndALabelInUse) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({NewFacility()});
  play.Freeze(act, "2026-01-01");

  EXPECT_THAT(DecideFreeze(play, FreezeOf(act, "2026-01-01")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("déjà figé")));
  EXPECT_THAT(DecideFreeze(play, FreezeOf(act, "2026-01-01", "convention")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("déjà un autre acte")));
}

// « avenant n° 2 » is one act: whoever freezes again takes a free number, higher than those of the
// acts that it builds on, and keeps its own until then.
TEST(DecideFreeze, GivesNoTwoAvenantsOneNumber) {
  SamplePlay play;
  play.ConcludeOriginal();
  const auto propose = [&](const std::string& id) {
    return play.Propose({Put(testing_support::Facility(id, "annex-1", "Relais", "vallon"))});
  };
  const auto label = [&](const std::string& act) {
    const auto decided = DecideFreeze(play, FreezeOf(act, "2026-01-01"));
    EXPECT_OK(decided);
    return decided.ok() ? decided->events.front().revision_frozen().label() : "";
  };
  const std::string first = propose("fac-8");
  const std::string second = propose("fac-9");
  play.Freeze(first, "2026-01-01");
  const std::string of_second = play.Freeze(second, "2026-01-01");
  EXPECT_THAT(DecideFreeze(play, FreezeOf(first, "2026-01-01")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("déjà figé")))
      << "its own number is free";

  play.Conclude(second, of_second);
  v1::ReviseActRequest revise;
  revise.set_act_id(first);
  *revise.add_changes() =
      Put(testing_support::Facility("fac-8", "annex-1", "Relais petite enfance", "vallon"));
  ASSERT_OK(play.agglo().Do(revise, play.Coordinator()));

  EXPECT_EQ(label(first), "avenant n° 3");
  EXPECT_THAT(DecideFreeze(play, FreezeOf(first, "2026-01-01", "Avenant n°2")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("déjà un autre acte")));
  EXPECT_OK(DecideFreeze(play, FreezeOf(first, "2026-01-01", "Avenant n°1")));
  // A year is no number of an act.
  const std::string named = propose("fac-10");
  const v1::FreezeActRequest freeze = FreezeOf(named, "2026-01-01", "avenant n° 2026");
  ASSERT_OK(
      play.agglo().Do(testing_support::Confirmed(play.agglo().state(), freeze, play.Coordinator()),
                      play.Coordinator()));
  EXPECT_EQ(label(first), "avenant n° 3");
  // Whatever others were called.
  for (const char* const taken : {"avenant n° 999", "avenant n° 1000"}) {
    const std::string act = propose(absl::StrCat("fac-", 20 + std::string(taken).size()));
    const v1::FreezeActRequest other = FreezeOf(act, "2026-01-01", taken);
    ASSERT_OK(
        play.agglo().Do(testing_support::Confirmed(play.agglo().state(), other, play.Coordinator()),
                        play.Coordinator()));
  }
  EXPECT_EQ(label(first), "avenant n° 1001");
}

TEST(DecideFreeze, BoundsTheLabel) {
  SamplePlay play;
  const auto with_label = [&](std::size_t n) {
    return DecideFreeze(play, FreezeOf(play.original(), "", std::string(n, 'l')));
  };

  EXPECT_OK(with_label(200));
  EXPECT_THAT(with_label(201), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("label")));
}

TEST(DecideWithdraw, TakesBackWhatIsNotConcludedByItsProposerOnly) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  v1::WithdrawActRequest request;
  request.set_act_id(play.original());
  request.set_revision(revision);
  request.set_reason("Erreur de date");

  EXPECT_THAT(Decide(play.caf().state(), request, play.CafCoordinator()),
              StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK(play.agglo().Do(request, play.Coordinator()));
  EXPECT_THAT(Decide(play.agglo().state(), request, play.Coordinator()),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("déjà retirée")));
}

TEST(DecideWithdraw, RefusesAConcludedRevision) {
  SamplePlay play;
  v1::WithdrawActRequest request;
  request.set_act_id(play.original());
  request.set_revision(play.ConcludeOriginal());

  EXPECT_THAT(Decide(play.agglo().state(), request, play.Coordinator()),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("conclue")));
}

// A part that each of many elements has says of which it is.
TEST(ElementName, OfAPartOfManyNamesWhatItStandsIn) {
  SamplePlay play;
  const StateData& data = play.agglo().state().data();
  const std::string action = ElementName(data, "act-1");
  EXPECT_EQ(ElementName(data, "act-1-sched"), action + " › Échéancier");
  EXPECT_EQ(ElementBook(data).Name("act-1-sched"), action + " › Échéancier");
  EXPECT_EQ(ElementBook(data).Name("act-1"), action);
  EXPECT_EQ(ElementName(data, "nulle-part"), "nulle-part");

  play.ConcludeOriginal();
  v1::Element later = SampleElement("act-1-sched");
  later.mutable_schedule()->set_to("2031");
  const std::string first = play.Propose({Put(later)});
  later.mutable_schedule()->set_to("2032");
  const std::string second = play.Propose({Put(later)});
  play.Conclude(first, play.Freeze(first, "2025-07-01"));
  v1::FreezeActRequest freeze;
  freeze.set_act_id(second);
  freeze.set_effective_from("2025-08-01");
  const absl::Status stale = Decide(play.agglo().state(), freeze, play.Coordinator()).status();
  EXPECT_THAT(stale.message(), HasSubstr("« " + action + " › Échéancier »"));
}

}  // namespace
}  // namespace greffe
