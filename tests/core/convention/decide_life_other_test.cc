// Facts of life beside what ends a convention: who may record which, in answer to what.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state/state.h"
#include "tests/core/convention/living_play.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using Life = v1::LifeRecorded;
using test::FieldOf;
using test::Living;
using test::RuleOf;
using testing_support::StatusIs;

TEST(DecideLife, RefusesAnEvaluationOfAnUnknownActionOrYear) {
  Living life;
  const auto say = [&](const std::string& element, v1::EvaluationKind kind,
                       const std::string& year) {
    Life fact = test::Plain(Life::kEvaluationReported, "2025-06-01");
    fact.set_element_id(element);
    fact.mutable_evaluation_reported()->set_kind(kind);
    fact.mutable_evaluation_reported()->set_year(year);
    return life.Say("agglo", v1::ROLE_COORDINATOR, fact);
  };

  EXPECT_THAT(say("act-9", v1::EVALUATION_KIND_ANNUAL, "2025"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("act-9")));
  EXPECT_EQ(RuleOf(say("fac-1", v1::EVALUATION_KIND_ANNUAL, "2025")), "element");
  EXPECT_EQ(RuleOf(say("act-1", v1::EVALUATION_KIND_ANNUAL, "25")), "year");
  EXPECT_THAT(say("act-1", v1::EVALUATION_KIND_ANNUAL, "").message(), HasSubstr("--year 2025"));
  EXPECT_EQ(RuleOf(say("act-1", v1::EVALUATION_KIND_ANNUAL, "2030")), "year");
  EXPECT_EQ(RuleOf(say("act-1", v1::EVALUATION_KIND_FINAL, "2025")), "year");
  EXPECT_OK(say("act-1", v1::EVALUATION_KIND_ANNUAL, "2025"));
  EXPECT_OK(say("terms", v1::EVALUATION_KIND_FINAL, ""));
}

TEST(DecideLife, LetsTheHolderDecideOnDataAfterTheOpinionOfItsOfficer) {
  Living life;
  Life request = test::Plain(Life::kDataExchangeRequested, "2025-06-01");
  request.set_element_id("act-1");
  request.mutable_data_exchange_requested()->set_holder_partner_id("caf");
  request.mutable_data_exchange_requested()->set_purpose("effectifs par commune");
  const Digest asked = life.Record("agglo", v1::ROLE_COORDINATOR, request);
  const Life opinion = test::Answering(test::Plain(Life::kDpoOpinionGiven, "2025-06-10"), asked);
  const Life decision =
      test::Answering(test::Plain(Life::kDataExchangeDecided, "2025-06-12"), asked);

  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_DPO, opinion)), "own-partner");
  EXPECT_THAT(life.Say("caf", v1::ROLE_SIGNATORY, opinion),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY, decision)), "own-partner");
  EXPECT_EQ(RuleOf(life.Say("caf", v1::ROLE_SIGNATORY, decision)), "L-24");
  // Nor is it the opinion of another party's officer, or one that comes after the decision.
  Decision of_another;
  *of_another.events.emplace_back().mutable_life_recorded() = opinion;
  life.play.agglo().Write(of_another, life.As("agglo", v1::ROLE_DPO));
  life.play.net().SyncAll();
  EXPECT_EQ(RuleOf(life.Say("caf", v1::ROLE_SIGNATORY, decision)), "L-24");
  life.Record("caf", v1::ROLE_DPO,
              test::Answering(test::Plain(Life::kDpoOpinionGiven, "2025-06-13"), asked));
  EXPECT_EQ(RuleOf(life.Say("caf", v1::ROLE_SIGNATORY, decision)), "L-24");
  life.Record("caf", v1::ROLE_DPO, opinion);
  EXPECT_OK(life.Say("caf", v1::ROLE_SIGNATORY, decision));

  const Digest decided = life.Record("caf", v1::ROLE_SIGNATORY, decision);
  EXPECT_EQ(RuleOf(life.Say("caf", v1::ROLE_SIGNATORY, decision)), "L-24");
  Life corrected = test::Replacing(decision, {decided});
  corrected.set_reason("mauvaise pièce");
  EXPECT_OK(life.Say("caf", v1::ROLE_SIGNATORY, corrected));
}

TEST(DecideLife, RefusesASirenThatFailsItsKey) {
  Living life;
  const auto say = [&](const std::string& siren) {
    Life fact = test::Plain(Life::kPartySucceeded, "2025-06-01");
    fact.set_element_id("party-vallon");
    fact.mutable_party_succeeded()->set_successor_name("Commune nouvelle");
    fact.mutable_party_succeeded()->set_reference("arrêté du 1er mai 2025");
    fact.mutable_party_succeeded()->set_successor_siren(siren);
    return life.Say("agglo", v1::ROLE_COORDINATOR, fact);
  };

  EXPECT_OK(say("211202023"));
  EXPECT_OK(say(""));
  EXPECT_EQ(RuleOf(say("211202024")), "CHK-01");
  EXPECT_EQ(FieldOf(say("211202024")), "fact.party_succeeded.successor_siren");
}

TEST(DecideLife, CorrectsWordsThatAreThereAndLetsAnotherPartyAttest) {
  Living life;
  Life fact = test::Plain(Life::kErrorCorrected, "2025-06-01");
  fact.set_element_id("art-1");
  fact.mutable_error_corrected()->set_wrong("projet du territoire");
  fact.mutable_error_corrected()->set_right("projet de territoire");
  Life absent = fact;
  absent.mutable_error_corrected()->set_wrong("mots absents");

  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_COORDINATOR, absent)), "fact.error_corrected.wrong");
  const Digest corrected = life.Record("agglo", v1::ROLE_COORDINATOR, fact);
  const Life attested =
      test::Answering(test::Plain(Life::kCorrectionAttested, "2025-06-02"), corrected);
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY, attested)), "L-27");
  EXPECT_OK(life.Say("caf", v1::ROLE_SIGNATORY, attested));
}

TEST(DecideLife, KeepsOfficesToTheirOwnPartyAndKnown) {
  Living life;
  const auto say = [&](const std::string& partner, const std::string& office) {
    Life fact = test::Plain(Life::kRepresentativeChanged, "2025-06-01");
    fact.set_element_id("party-vallon");
    fact.mutable_representative_changed()->set_office_id(office);
    fact.mutable_representative_changed()->set_office("Maire par intérim");
    return life.Say(partner, v1::ROLE_SECRETARIAT, fact);
  };

  EXPECT_OK(say("vallon", "maire"));
  EXPECT_EQ(RuleOf(say("vallon", "president")), "office");
  EXPECT_EQ(RuleOf(say("agglo", "maire")), "own-partner");
}

TEST(DecideLife, WantsTheDayOnWhichADecisionOnAClauseBecameFinal) {
  Living life;
  Life fact = test::Plain(Life::kClauseDeemedUnwritten, "2025-06-01");
  fact.set_element_id("art-1");
  fact.mutable_clause_deemed_unwritten()->set_cause(v1::UNWRITTEN_CAUSE_COURT_DECISION);
  fact.mutable_clause_deemed_unwritten()->set_reference("TA, n° 25-001");

  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_SIGNATORY, fact)),
            "fact.clause_deemed_unwritten.final_on");
  fact.mutable_clause_deemed_unwritten()->set_final_on("2025-05-20");
  EXPECT_OK(life.Say("agglo", v1::ROLE_SIGNATORY, fact));
  fact.set_element_id("party-caf");
  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_SIGNATORY, fact)), "fact.element_id");
}

TEST(DecideLife, ValidatesByABodyAndAsksAnotherPartyForData) {
  Living life;
  Life evaluation = test::Plain(Life::kEvaluationReported, "2025-06-01");
  evaluation.mutable_evaluation_reported()->set_kind(v1::EVALUATION_KIND_FINAL);
  const Digest reported = life.Record("agglo", v1::ROLE_COORDINATOR, evaluation);
  const auto validate = [&](const std::string& body) {
    Life fact = test::Answering(test::Plain(Life::kEvaluationValidated, "2025-06-02"), reported);
    fact.mutable_evaluation_validated()->set_body_id(body);
    return life.Say("agglo", v1::ROLE_SECRETARIAT, fact);
  };
  const auto ask = [&](const std::string& holder) {
    Life fact = test::Plain(Life::kDataExchangeRequested, "2025-06-01");
    fact.mutable_data_exchange_requested()->set_holder_partner_id(holder);
    fact.mutable_data_exchange_requested()->set_purpose("effectifs");
    return life.Say("agglo", v1::ROLE_COORDINATOR, fact);
  };

  EXPECT_OK(validate("body-1"));
  EXPECT_EQ(RuleOf(validate("act-1")), "element");
  EXPECT_THAT(validate("body-9"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_OK(ask("caf"));
  EXPECT_EQ(RuleOf(ask("agglo")), "party");
  EXPECT_EQ(RuleOf(ask("nobody")), "party");
}

TEST(DecideLife, RecordsDelegationsOfKnownOfficesInTheRightOrder) {
  Living life;
  const auto say = [&](const std::string& office, const std::string& from,
                       const std::string& until) {
    Life fact = test::Plain(Life::kDelegationRecorded, "2025-06-01");
    fact.set_element_id("party-vallon");
    fact.mutable_delegation_recorded()->set_office_id(office);
    fact.mutable_delegation_recorded()->set_capacity("première adjointe");
    fact.mutable_delegation_recorded()->set_from(from);
    fact.mutable_delegation_recorded()->set_until(until);
    return life.Say("vallon", v1::ROLE_SECRETARIAT, fact);
  };

  EXPECT_OK(say("maire", "2025-06-01", "2025-12-31"));
  EXPECT_OK(say("maire", "2025-06-01", ""));
  EXPECT_EQ(RuleOf(say("president", "", "")), "office");
  EXPECT_EQ(RuleOf(say("maire", "2025-06-02", "2025-06-01")), "date-order");
}

TEST(DecideLife, KnowsTheCodesOfTheLegalityControl) {
  Living life;
  std::string deliberation;
  for (const DeliberationFact& fact : life.play.agglo().state().data().deliberations) {
    deliberation = life.play.agglo().state().data().LeafOf(fact.event).ToBytes();
  }
  const auto say = [&](const std::string& code) {
    Life fact = test::Plain(Life::kLegalityMessageRecorded, "2025-06-01");
    fact.set_answers(deliberation);
    fact.mutable_legality_message_recorded()->set_code(code);
    return life.Say("agglo", v1::ROLE_SECRETARIAT, fact);
  };

  EXPECT_OK(say("3-1"));
  EXPECT_OK(say("4-12"));
  for (const char* bad : {"", "3", "3-", "-1", "8-1", "0-1", "3-123", "a-1", "31-1"}) {
    EXPECT_EQ(RuleOf(say(bad)), "message-code") << bad;
  }
}

// L-30, domain.md section 5.6: what makes the contract is no clerical error.
TEST(DecideLife, CorrectsNeitherTheTermNorAPartyByAnErrorOfWriting) {
  Living life;
  const auto say = [&](const char* element, const char* wrong, const char* right) {
    Life fact = test::Plain(Life::kErrorCorrected, "2025-06-01");
    fact.set_element_id(element);
    fact.mutable_error_corrected()->set_wrong(wrong);
    fact.mutable_error_corrected()->set_right(right);
    return life.Say("agglo", v1::ROLE_COORDINATOR, fact);
  };

  const absl::Status term = say("terms", "2029-12-31", "2030-12-31");
  EXPECT_EQ(RuleOf(term), "L-30");
  EXPECT_EQ(FieldOf(term), "fact.error_corrected.right");
  EXPECT_THAT(RefusalOf(term).next_fr, HasSubstr("avenant"));
  EXPECT_EQ(RuleOf(say("party-caf", "caf", "agglo")), "L-30");
}

// domain.md section 5.6: a slip of the pen, not another word, and something that is read.
TEST(DecideLife, CorrectsASlipOfThePenAlone) {
  Living life;
  const auto say = [&](const char* wrong, const char* right) {
    Life fact = test::Plain(Life::kErrorCorrected, "2025-06-01");
    fact.set_element_id("art-1");
    fact.mutable_error_corrected()->set_wrong(wrong);
    fact.mutable_error_corrected()->set_right(right);
    return life.Say("agglo", v1::ROLE_COORDINATOR, fact);
  };
  EXPECT_OK(say("territoire", "térritoire"));

  const absl::Status other = say("territoire", "département");
  EXPECT_EQ(RuleOf(other), "L-30");
  EXPECT_EQ(FieldOf(other), "fact.error_corrected.right");
  EXPECT_THAT(RefusalOf(other).next_fr, HasSubstr("greffe act propose"));

  const absl::Status same = say("territoire", "territoire ");
  EXPECT_EQ(RuleOf(same), "no-change");
}

// What a peer recorded all the same stands, and is found.
TEST(DecideLife, FindsAnotherWordThatAPeerCalledASlip) {
  Living life;
  Life fact = test::Plain(Life::kErrorCorrected, "2025-06-01");
  fact.set_element_id("art-1");
  fact.mutable_error_corrected()->set_wrong("territoire");
  fact.mutable_error_corrected()->set_right("département");
  Decision decision;
  *decision.events.emplace_back().mutable_life_recorded() = fact;
  life.play.agglo().Write(decision, life.play.Coordinator());

  const auto view = ViewConvention(life.play.agglo().At("2025-06-30"), "");
  ASSERT_OK(view);
  const auto found =
      std::find_if(view->findings().begin(), view->findings().end(),
                   [](const v1::Finding& one) { return one.code() == "correction-of-words"; });
  ASSERT_NE(found, view->findings().end());
  EXPECT_EQ(found->rule(), "L-30");
  EXPECT_EQ(found->element_id(), "art-1");
  EXPECT_EQ(found->severity(), v1::FINDING_SEVERITY_SERIOUS);
}

// L-24: accepted, an exchange is in the register; against the opinion, it says why.
TEST(DecideLife, AcceptsDataWithTheirRegisterAndAReasonAgainstTheOpinion) {
  Living life;
  Life request = test::Plain(Life::kDataExchangeRequested, "2025-06-01");
  request.mutable_data_exchange_requested()->set_holder_partner_id("caf");
  request.mutable_data_exchange_requested()->set_purpose("effectifs par commune");
  const Digest asked = life.Record("agglo", v1::ROLE_COORDINATOR, request);
  life.Record("caf", v1::ROLE_DPO,
              test::Answering(test::Plain(Life::kDpoOpinionGiven, "2025-06-10"), asked));
  Life accepted = test::Answering(test::Plain(Life::kDataExchangeDecided, "2025-06-12"), asked);
  accepted.mutable_data_exchange_decided()->set_accepted(true);

  const absl::Status unregistered = life.Say("caf", v1::ROLE_SIGNATORY, accepted);
  EXPECT_EQ(RuleOf(unregistered), "L-24");
  EXPECT_EQ(FieldOf(unregistered), "fact.data_exchange_decided.register_reference");
  accepted.mutable_data_exchange_decided()->set_register_reference("traitement 12");
  const absl::Status against = life.Say("caf", v1::ROLE_SIGNATORY, accepted);
  EXPECT_EQ(RuleOf(against), "L-24");
  EXPECT_EQ(FieldOf(against), "fact.text");
  accepted.set_text("données agrégées seulement");
  EXPECT_OK(life.Say("caf", v1::ROLE_SIGNATORY, accepted));
}

TEST(DecideLife, WantsAChangeObservedToSayWhatChanged) {
  Living life;
  Life observed = test::Plain(Life::kUncoveredChangeObserved, "2025-06-01");
  const auto field = [&] { return FieldOf(life.Say("caf", v1::ROLE_COORDINATOR, observed)); };

  EXPECT_EQ(field(), "fact.text");
  observed.set_text("  ");
  EXPECT_EQ(field(), "fact.text");
  observed.set_text("gestion confiée à un tiers");
  EXPECT_EQ(field(), "");
  observed.clear_text();
  observed.set_element_id("art-1");
  EXPECT_EQ(field(), "");
}

// L-40, domain.md section 9.5.
TEST(DecideLife, WantsAFinalDecisionToBePastAndAReasonForALaterDay) {
  Living life;
  Life fact = test::Plain(Life::kClauseDeemedUnwritten, "2025-06-01");
  fact.set_element_id("art-1");
  fact.mutable_clause_deemed_unwritten()->set_cause(v1::UNWRITTEN_CAUSE_COURT_DECISION);
  fact.mutable_clause_deemed_unwritten()->set_reference("TA, n° 25-001");
  fact.mutable_clause_deemed_unwritten()->set_final_on("2025-07-01");
  const Refusal early = RefusalOf(life.Say("agglo", v1::ROLE_SIGNATORY, fact));
  EXPECT_EQ(early.rule, "future-date");
  EXPECT_THAT(early.en, HasSubstr("1 July 2025 is in the future"));
  fact.mutable_clause_deemed_unwritten()->set_final_on("2025-05-20");
  fact.mutable_clause_deemed_unwritten()->set_effective_from("2025-05-20");

  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_SIGNATORY, fact)), "fact.text");
  fact.set_text("le jugement le dit");
  EXPECT_OK(life.Say("agglo", v1::ROLE_SIGNATORY, fact));
}

}  // namespace
}  // namespace greffe
