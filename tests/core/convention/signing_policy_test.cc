// How many of a party's offices sign (L-03), and in which capacity (L-04).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state/state.h"
#include "tests/support/confirmed.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using testing_support::Put;
using testing_support::SampleDraft;
using testing_support::SamplePlay;

struct PolicySigning {
  SamplePlay play;
  std::string revision;

  void FreezeOneOf() {
    v1::ReviseActRequest request;
    request.set_act_id(play.original());
    const v1::ConventionDraft draft = SampleDraft();
    for (const v1::Element& one : draft.elements()) {
      if (one.id() != "party-caf") continue;
      v1::Element party = one;
      party.mutable_party()->set_signing_policy(v1::SIGNING_POLICY_ONE_OF);
      *request.add_changes() = Put(party);
    }
    ASSERT_OK(play.agglo().Do(request, play.Coordinator()));
    revision = play.Freeze(play.original());
  }
  v1::StatusView View() { return ViewStatus(play.agglo().At("2025-06-30"), {}).value(); }
  v1::PartyStanding Party(const std::string& partner) {
    const v1::StatusView view = View();
    for (const v1::PartyStanding& one : view.parties()) {
      if (one.partner_id() == partner) return one;
    }
    return {};
  }
};

TEST(SigningPolicy, IsSatisfiedByOneOfItsOffices) {
  PolicySigning signing;
  signing.FreezeOneOf();
  EXPECT_EQ(signing.View().revision().needed(), 3u);
  EXPECT_EQ(signing.Party("caf").offices(), 1u);
  EXPECT_EQ(signing.Party("caf").next_step(),
            "Signer : Directrice ou Présidente du conseil d'administration.");
  EXPECT_TRUE(signing.Party("caf").signing(0).one_of());

  signing.play.Sign(signing.play.original(), signing.revision, "agglo", "president");
  signing.play.Sign(signing.play.original(), signing.revision, "vallon", "maire");
  EXPECT_FALSE(signing.View().revision().concluded());
  signing.play.Sign(signing.play.original(), signing.revision, "caf", "caf-dir");
  EXPECT_TRUE(signing.View().revision().concluded());
  EXPECT_EQ(signing.View().revision().signed_(), 3u);
}

TEST(SigningPolicy, StopsWaitingForTheOtherOffices) {
  PolicySigning signing;
  signing.FreezeOneOf();
  signing.play.Sign(signing.play.original(), signing.revision, "caf", "caf-pres");
  EXPECT_EQ(signing.Party("caf").next_step(), "");
  EXPECT_FALSE(signing.Party("caf").blocking());
  EXPECT_EQ(signing.Party("caf").signed_(), 1u);
}

TEST(SigningPolicy, WantsEachOfficeWhereNothingElseIsSaid) {
  PolicySigning signing;
  signing.revision = signing.play.Freeze(signing.play.original());
  EXPECT_EQ(signing.View().revision().needed(), 4u);
  EXPECT_EQ(signing.Party("caf").offices(), 2u);
}

// A text that changes the policy of a party is signed by all of its offices, as before.
TEST(SigningPolicy, IsNotEasedByTheActThatChangesIt) {
  PolicySigning signing;
  signing.play.ConcludeOriginal();
  v1::Element party;
  const v1::ConventionDraft draft = SampleDraft();
  for (const v1::Element& one : draft.elements()) {
    if (one.id() == "party-caf") party = one;
  }
  party.mutable_party()->set_signing_policy(v1::SIGNING_POLICY_ONE_OF);
  const std::string act = signing.play.Propose({Put(party)});
  signing.play.Freeze(act, "2026-01-01");
  EXPECT_EQ(signing.View().revision().needed(), 4u);
}

struct Delegated : PolicySigning {
  std::string delegation;

  Delegated() { revision = play.Freeze(play.original()); }
  void Record(const std::string& capacity, const std::string& until) {
    Write(capacity, until, "");
    play.Vote("vallon", revision);
  }
  // The delegation on record ends on another day.
  void Correct(const std::string& until) { Write("première adjointe", until, delegation); }
  void Write(const std::string& capacity, const std::string& until, const std::string& corrected) {
    Decision decision;
    v1::LifeRecorded* life = decision.events.emplace_back().mutable_life_recorded();
    life->set_element_id("party-vallon");
    life->set_happened_on("2025-01-15");
    life->mutable_delegation_recorded()->set_office_id("maire");
    life->mutable_delegation_recorded()->set_capacity(capacity);
    life->mutable_delegation_recorded()->set_from("2025-01-15");
    life->mutable_delegation_recorded()->set_until(until);
    if (!corrected.empty()) {
      life->add_replaces(Digest::FromHex(corrected, "delegation")->ToBytes());
      life->set_reason("retrait");
    }
    delegation = play.agglo().Write(decision, play.Secretariat("vallon")).front().ToHex();
  }
  absl::Status Sign(const std::string& capacity, const std::string& office) {
    v1::SignActRequest request;
    request.set_act_id(play.original());
    request.set_revision(revision);
    request.set_signatory_id("maire");
    request.set_capacity(capacity);
    request.set_delegation(delegation);
    CommandContext context = play.Signatory("vallon", office);
    context.read_event = play.agglo().reader();
    return play.agglo().Do(request, context);
  }
};

TEST(Capacity, IsToldOnTheBoardAndInTheHistory) {
  Delegated signing;
  signing.Record("première adjointe", "2025-12-31");
  ASSERT_OK(signing.Sign("première adjointe", "première adjointe"));

  const v1::PartyStanding party = signing.Party("vallon");
  ASSERT_EQ(party.signing_size(), 1);
  EXPECT_EQ(party.signing(0).on_behalf(), "pour le maire, par délégation : première adjointe");
  const v1::StatusView view = signing.View();
  for (const v1::SignatoryView& one : view.revision().signatories()) {
    if (one.signatory().id() != "maire") continue;
    ASSERT_EQ(one.signatures_size(), 1);
    EXPECT_EQ(one.signatures(0).capacity(), "première adjointe");
    EXPECT_EQ(one.signatures(0).delegation(), signing.delegation);
    EXPECT_THAT(one.signatures(0).event().summary(),
                HasSubstr("pour le maire, par délégation : première adjointe"));
  }
}

TEST(Capacity, IsRefusedWhereTheDelegationDoesNotAllowIt) {
  Delegated ended;
  ended.Record("première adjointe", "2025-06-29");
  EXPECT_EQ(RefusalOf(ended.Sign("première adjointe", "première adjointe")).rule, "L-04");

  Delegated other;
  other.Record("deuxième adjoint", "2025-12-31");
  EXPECT_EQ(RefusalOf(other.Sign("première adjointe", "première adjointe")).rule, "L-04");
  EXPECT_EQ(RefusalOf(other.Sign("", "Maire")).rule, "capacity");

  Delegated unknown;
  unknown.Record("première adjointe", "2025-12-31");
  unknown.delegation = std::string(64, 'a');
  EXPECT_EQ(RefusalOf(unknown.Sign("première adjointe", "première adjointe")).rule, "delegation");
}

TEST(Capacity, FindsTheDelegationOnRecordWhereNoneIsNamed) {
  Delegated signing;
  signing.Record("première adjointe", "2025-12-31");
  const std::string delegation = signing.delegation;
  signing.delegation.clear();
  ASSERT_OK(signing.Sign("première adjointe", "première adjointe"));

  EXPECT_EQ(signing.play.agglo().state().data().signatures.back().delegation->ToHex(), delegation);
}

TEST(Capacity, GivesNobodyTheOfficeWithoutADelegation) {
  Delegated signing;
  signing.play.Vote("vallon", signing.revision);

  const absl::Status refused = signing.Sign("première adjointe", "première adjointe");
  EXPECT_EQ(RefusalOf(refused).rule, "L-04");
  EXPECT_EQ(RefusalOf(refused).field, "capacity");
  EXPECT_THAT(RefusalOf(refused).fr, HasSubstr("aucune délégation enregistrée"));
  EXPECT_THAT(RefusalOf(refused).next_fr, HasSubstr("greffe delegation give"));
  // An account of the office itself signs for it, and in nobody else's capacity.
  EXPECT_EQ(RefusalOf(signing.Sign("première adjointe", "Maire")).rule, "L-04");
  EXPECT_EQ(RefusalOf(signing.Sign("", "première adjointe")).rule, "own-office");
  EXPECT_OK(signing.Sign("", "Maire"));
}

// What a peer recorded is a fact: it counts, and people are told.
TEST(Capacity, WithoutADelegationIsFoundOfASignatureThatAPeerRecorded) {
  const auto given = [](Delegated& signing, const std::string& delegation) {
    Decision decision;
    v1::SignatureGiven* one = decision.events.emplace_back().mutable_signature_given();
    one->set_revision(Digest::FromHex(signing.revision, "revision")->ToBytes());
    one->set_signatory_id("maire");
    one->set_kind(v1::SIGNATURE_KIND_ELECTRONIC);
    one->set_signed_on("2025-06-30");
    one->set_capacity("première adjointe");
    if (!delegation.empty()) {
      one->set_delegation(Digest::FromHex(delegation, "delegation")->ToBytes());
    }
    signing.play.agglo().Write(decision, signing.play.Signatory("vallon", "Maire"));
  };
  const auto found = [](Delegated& signing) {
    const v1::StatusView view = signing.View();
    return std::count_if(view.findings().begin(), view.findings().end(), [](const auto& one) {
      return one.code() == "capacity-without-delegation" &&
             one.severity() == v1::FINDING_SEVERITY_SERIOUS;
    });
  };
  Delegated none;
  given(none, "");
  EXPECT_EQ(found(none), 1);
  EXPECT_EQ(none.View().revision().signed_(), 1u);
  // One that is recorded later heals nothing: the signature had not seen it.
  none.Record("première adjointe", "2025-12-31");
  EXPECT_EQ(found(none), 1);

  Delegated holds;
  holds.Record("première adjointe", "2025-12-31");
  given(holds, "");
  EXPECT_EQ(found(holds), 0);

  Delegated ended;
  ended.Record("première adjointe", "2025-06-29");
  given(ended, ended.delegation);
  EXPECT_EQ(found(ended), 1);

  // A correction counts where the signature had seen it.
  Delegated corrected;
  corrected.Record("première adjointe", "2025-12-31");
  corrected.Correct("2025-06-29");
  given(corrected, "");
  EXPECT_EQ(found(corrected), 1);
  // And where it was recorded since that the delegation had ended before that day.
  Delegated afterwards;
  afterwards.Record("première adjointe", "2025-12-31");
  given(afterwards, "");
  EXPECT_EQ(found(afterwards), 0);
  afterwards.Correct("2025-06-30");
  EXPECT_EQ(found(afterwards), 0);
  afterwards.Correct("2025-06-29");
  EXPECT_EQ(found(afterwards), 1);
}

// Who ends a delegation is told of the signatures that stand on it.
TEST(Capacity, IsToldToWhoEndsTheDelegationBeforeASignature) {
  Delegated signing;
  signing.Record("première adjointe", "2025-12-31");
  ASSERT_OK(signing.Sign("première adjointe", "première adjointe"));
  // One that a peer recorded and that stands on none: another finding, told elsewhere.
  Decision peers;
  v1::SignatureGiven* other = peers.events.emplace_back().mutable_signature_given();
  other->set_revision(Digest::FromHex(signing.revision, "revision")->ToBytes());
  other->set_signatory_id("maire");
  other->set_kind(v1::SIGNATURE_KIND_ELECTRONIC);
  other->set_signed_on("2025-06-30");
  other->set_capacity("deuxième adjointe");
  signing.play.agglo().Write(peers, signing.play.Signatory("vallon", "Maire"));
  const auto end = [&](const char* until) {
    v1::RecordFactRequest request;
    v1::LifeRecorded& fact = *request.mutable_fact();
    fact.set_element_id("party-vallon");
    fact.set_happened_on("2025-06-30");
    fact.mutable_delegation_recorded()->set_office_id("maire");
    fact.mutable_delegation_recorded()->set_capacity("première adjointe");
    fact.mutable_delegation_recorded()->set_until(until);
    fact.add_replaces(Digest::FromHex(signing.delegation, "delegation")->ToBytes());
    fact.set_reason("retrait");
    std::vector<Digest> leaves;
    EXPECT_OK(signing.play.agglo().Do(request, signing.play.Secretariat("vallon"), &leaves));
    signing.delegation = leaves.front().ToHex();
    v1::RecordFactResponse response;
    FillAnswer(signing.play.agglo().state(), request, leaves, &response);
    return response;
  };
  EXPECT_EQ(end("2025-06-30").findings_size(), 0);

  const v1::RecordFactResponse told = end("2025-06-29");

  ASSERT_EQ(told.findings_size(), 1);
  EXPECT_EQ(told.findings(0).code(), "capacity-without-delegation");
  EXPECT_THAT(told.findings(0).text(),
              HasSubstr("L-04 : Commune du Vallon : signé le 30 juin 2025 pour « Maire »"));
  EXPECT_THAT(told.findings(0).text(), HasSubstr("la délégation a pris fin le 29 juin 2025."));
}

// The board is asked for at every turn: what it finds of a delegation stands in memory.
TEST(Capacity, IsJudgedWithoutReadingTheStore) {
  Delegated signing;
  signing.Record("première adjointe", "2025-12-31");
  ASSERT_OK(signing.Sign("première adjointe", "première adjointe"));
  int reads = 0;
  const EventReader closed = [&](EventPosition) -> absl::StatusOr<std::string> {
    ++reads;
    return absl::DataLossError("closed");
  };
  const CivilDate day = *CivilDate::Parse("2025-06-30", "day");

  const auto view = ViewStatus({signing.play.agglo().state(), "cut", day, day, closed}, {});

  ASSERT_OK(view);
  EXPECT_EQ(reads, 0);
  for (const v1::Finding& one : view->findings()) {
    EXPECT_NE(one.code(), "capacity-without-delegation");
  }
}

// « P/ le maire empêché, la première adjointe », on paper.
struct OnPaper : Delegated {
  v1::RecordSignatureRequest request;
  std::vector<Digest> leaves;
  v1::RecordSignatureResponse told;

  OnPaper() {
    request.set_act_id(play.original());
    request.set_revision(revision);
    request.set_signatory_id("maire");
    request.set_signed_on("2025-06-28");
    request.set_scan_digest(std::string(64, 'a'));
    request.set_capacity("première adjointe");
  }
  absl::Status Record() {
    CommandContext context = play.Secretariat("vallon");
    context.read_event = play.agglo().reader();
    const absl::Status done = play.agglo().Do(request, context, &leaves);
    told.Clear();
    if (done.ok()) FillAnswer(play.agglo().state(), request, leaves, &told);
    return done;
  }
  bool IsTold() const {
    return std::any_of(told.findings().begin(), told.findings().end(), [](const auto& one) {
      return one.code() == "capacity-without-delegation" && one.rule() == "L-04";
    });
  }
  const SignatureFact& Last() { return play.agglo().state().data().signatures.back(); }
};

TEST(CapacityOnPaper, IsToldWithTheDelegationThatAllowedIt) {
  OnPaper paper;
  paper.Delegated::Record("première adjointe", "2025-12-31");
  ASSERT_OK(paper.Record());

  EXPECT_FALSE(paper.IsTold());
  EXPECT_EQ(paper.Last().delegation->ToHex(), paper.delegation);
  const v1::PartyStanding party = paper.Party("vallon");
  EXPECT_EQ(party.signing(0).on_behalf(), "pour le maire, par délégation : première adjointe");
  EXPECT_EQ(party.paper(), 1u);
}

TEST(CapacityOnPaper, IsRecordedAndFoundWhereNoDelegationAllowedIt) {
  OnPaper none;
  none.play.Vote("vallon", none.revision);
  ASSERT_OK(none.Record());
  EXPECT_TRUE(none.IsTold());
  EXPECT_EQ(none.Party("vallon").signing(0).on_behalf(), "pour le maire : première adjointe");
  EXPECT_EQ(none.Party("vallon").signed_(), 1u);

  // Of the day on the paper, not of the day of its record.
  OnPaper ended;
  ended.Delegated::Record("première adjointe", "2025-06-28");
  ASSERT_OK(ended.Record());
  EXPECT_FALSE(ended.IsTold());

  // One that does not fit is kept as it was named.
  OnPaper named;
  named.Delegated::Record("première adjointe", "2025-06-27");
  named.request.set_delegation(named.delegation);
  ASSERT_OK(named.Record());
  EXPECT_TRUE(named.IsTold());
  EXPECT_EQ(named.Last().delegation->ToHex(), named.delegation);

  // One that is none is no fact.
  OnPaper unknown;
  unknown.request.set_delegation(std::string(64, 'b'));
  EXPECT_EQ(RefusalOf(unknown.Record()).rule, "delegation");
  OnPaper alone;
  alone.Delegated::Record("première adjointe", "2025-12-31");
  alone.request.set_delegation(alone.delegation);
  alone.request.clear_capacity();
  EXPECT_EQ(RefusalOf(alone.Record()).rule, "capacity");
  OnPaper long_one;
  long_one.request.set_capacity("première\nadjointe");
  EXPECT_EQ(RefusalOf(long_one.Record()).rule, "one-line");
}

TEST(CapacityOnPaper, StaysWhatItWasUnlessACorrectionSpeaksOfIt) {
  OnPaper paper;
  paper.Delegated::Record("première adjointe", "2025-12-31");
  ASSERT_OK(paper.Record());
  paper.request.add_replaces(paper.leaves.front().ToHex());
  paper.request.clear_capacity();
  paper.request.set_signed_on("2025-06-27");
  ASSERT_OK(paper.Record());
  EXPECT_EQ(paper.Last().capacity, "première adjointe");
  EXPECT_TRUE(paper.Last().delegation.has_value());

  paper.request.set_replaces(0, paper.leaves.front().ToHex());
  paper.request.set_capacity("");
  ASSERT_OK(paper.Record());
  EXPECT_EQ(paper.Last().capacity, "");
  EXPECT_FALSE(paper.Last().delegation.has_value());
}

// Whoever leaves and whoever comes both sign: under one id nobody could tell who did.
TEST(SigningOffices, AreToldApartWhenOnePartyLeavesAndAnotherComes) {
  SamplePlay play;
  play.ConcludeOriginal();
  const v1::ConventionDraft draft = SampleDraft();
  v1::Element party;
  for (const v1::Element& one : draft.elements()) {
    if (one.id() == "party-vallon") party = one;
  }
  party.set_id("party-plaine");
  party.mutable_party()->set_partner_id("plaine");
  party.mutable_party()->set_name("Commune de la Plaine");
  const std::string act = play.Propose(
      {testing_support::Remove("party-vallon"), Put(party),
       Put(testing_support::Facility("fac-1", "annex-1", "Crèche Les Lutins", "agglo"))});
  v1::FreezeActRequest freeze;
  freeze.set_act_id(act);
  freeze.set_effective_from("2026-01-01");

  const absl::Status refused = play.agglo().Do(freeze, play.Coordinator());

  EXPECT_EQ(RefusalOf(refused).rule, "unique-office");
  EXPECT_THAT(RefusalOf(refused).fr, HasSubstr("« maire »"));

  party.mutable_party()->mutable_signing_offices(0)->set_id("maire-plaine");
  v1::ReviseActRequest revise;
  revise.set_act_id(act);
  *revise.add_changes() = Put(party);
  ASSERT_OK(play.agglo().Do(revise, play.Coordinator()));
  EXPECT_OK(
      play.agglo().Do(testing_support::Confirmed(play.agglo().state(), freeze, play.Coordinator()),
                      play.Coordinator()));
}

}  // namespace
}  // namespace greffe
