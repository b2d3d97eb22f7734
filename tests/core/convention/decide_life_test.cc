#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/state.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using Life = v1::LifeRecorded;
using testing_support::MiniReplica;
using testing_support::SamplePlay;
using testing_support::StatusIs;

CivilDate Day(const char* text) { return *CivilDate::Parse(text, "day"); }

v1::RecordFactRequest Request(Life fact) {
  v1::RecordFactRequest request;
  *request.mutable_fact() = std::move(fact);
  return request;
}

// The sample concluded on 15 May 2025; what its partners record is dated 2025-06-30 unless it says
// otherwise.
struct Living {
  SamplePlay play;

  Living() {
    On("2025-05-15");
    play.ConcludeOriginal();
    On("2025-06-30");
  }

  MiniReplica& Of(const std::string& partner) {
    return partner == "caf" ? play.caf() : play.agglo();
  }
  CommandContext As(const std::string& partner, v1::Role role) {
    return Of(partner).Context(partner, {role});
  }
  // What Decide says, and nothing is written.
  absl::Status Say(const std::string& partner, v1::Role role, Life fact) {
    return Decide(Of(partner).state(), Request(std::move(fact)), As(partner, role)).status();
  }
  // Recorded and known everywhere.
  Digest Record(const std::string& partner, v1::Role role, Life fact) {
    std::vector<Digest> leaves;
    const absl::Status done = Of(partner).Do(Request(std::move(fact)), As(partner, role), &leaves);
    EXPECT_OK(done);
    play.net().SyncAll();
    return leaves.empty() ? Digest{} : leaves.front();
  }
  void On(const char* day) {
    play.agglo().today = Day(day);
    play.caf().today = Day(day);
  }
};

std::string RuleOf(const absl::Status& status) { return RefusalOf(status).rule; }
std::string FieldOf(const absl::Status& status) { return RefusalOf(status).field; }

Life Breach(const std::string& day = "2025-05-31") {
  return test::Notice(v1::NOTICE_KIND_BREACH, day, {"vallon"});
}

Life Termination(v1::TerminationGround ground, const Digest& answers, const std::string& day) {
  Life fact = test::Answering(test::Plain(Life::kTerminationDeclared, day), answers);
  fact.mutable_termination_declared()->set_ground(ground);
  return fact;
}

TEST(DecideLife, WantsAKnownFactWithARealDayThatIsNotInTheFuture) {
  Living life;

  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_SIGNATORY, Life())), "fact");
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY, Breach("2025-07-01"))), "future-date");
  EXPECT_OK(life.Say("agglo", v1::ROLE_SIGNATORY, Breach("2025-06-30")));
  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_SIGNATORY, Breach("2025-02-30"))),
            "fact.happened_on");
  Life proof = Breach();
  proof.set_evidence_digest("short");
  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_SIGNATORY, proof)), "fact.evidence_digest");
  Life kind = Breach();
  kind.mutable_notice_sent()->clear_kind();
  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_SIGNATORY, kind)), "fact.notice_sent.kind");
}

TEST(DecideLife, WantsTheRoleOfTheKind) {
  Living life;

  EXPECT_THAT(life.Say("agglo", v1::ROLE_COORDINATOR, Breach()),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("rôle")));
  EXPECT_OK(life.Say("agglo", v1::ROLE_SECRETARIAT, Breach()));
  Life law = test::Notice(v1::NOTICE_KIND_LAW, "2025-05-31", {"vallon"});
  EXPECT_THAT(life.Say("caf", v1::ROLE_SECRETARIAT, law),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_OK(life.Say("caf", v1::ROLE_SIGNATORY, law));
}

TEST(DecideLife, LeavesANoticeForABreachOfTheLawToTheCaf) {
  Living life;
  const absl::Status refused = life.Say(
      "agglo", v1::ROLE_SIGNATORY, test::Notice(v1::NOTICE_KIND_LAW, "2025-05-31", {"vallon"}));

  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("seule la CAF")));
  EXPECT_EQ(RuleOf(refused), "L-51");
  EXPECT_THAT(RefusalOf(refused).next_fr, HasSubstr("breach"));
}

TEST(DecideLife, WantsANoticeSentToAnotherPartyOfAConcludedConvention) {
  Living life;
  const auto to = [&](const std::vector<std::string>& partners) {
    return life.Say("agglo", v1::ROLE_SIGNATORY,
                    test::Notice(v1::NOTICE_KIND_BREACH, "2025-05-31", partners));
  };

  EXPECT_EQ(FieldOf(to({})), "fact.notice_sent.to_partners");
  EXPECT_EQ(FieldOf(to({"agglo"})), "fact.notice_sent.to_partners[0]");
  EXPECT_EQ(FieldOf(to({"vallon", "vallon"})), "fact.notice_sent.to_partners[1]");
  EXPECT_EQ(FieldOf(to({"nobody"})), "fact.notice_sent.to_partners[0]");
  EXPECT_OK(to({"vallon", "caf"}));
  SamplePlay project;
  EXPECT_EQ(RuleOf(Decide(project.agglo().state(), Request(Breach()),
                          project.agglo().Context("agglo", {v1::ROLE_SIGNATORY}))
                       .status()),
            "L-13");
}

// A letter whose proof of sending is attached did leave: recorded, and found to end nothing (L-13).
TEST(DecideLife, RecordsANoticeBeforeTheConclusionWithItsProofAlone) {
  Living life;
  Life early = Breach("2025-05-14");
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY, early)), "L-13");
  EXPECT_OK(life.Say("agglo", v1::ROLE_SIGNATORY, Breach("2025-05-15")));

  early.set_evidence_digest(std::string(32, 'p'));
  const v1::RecordFactRequest request = Request(early);
  std::vector<Digest> leaves;
  ASSERT_OK(life.play.agglo().Do(request, life.As("agglo", v1::ROLE_SIGNATORY), &leaves));
  v1::RecordFactResponse response;
  FillAnswer(life.play.agglo().state(), request, leaves, &response);
  ASSERT_THAT(response.findings(), SizeIs(1));
  EXPECT_EQ(response.findings(0).code(), "before-conclusion");
  EXPECT_THAT(response.findings(0).text(), HasSubstr("L-13"));
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY,
                            test::Answering(test::Plain(Life::kNoticeFruitless, "2025-06-30"),
                                            leaves.front()))),
            "L-13");
}

TEST(DecideLife, FindsANoticeWithoutProofOfSendingAndRecordsIt) {
  Living life;
  const auto findings = [&](Life fact) {
    const v1::RecordFactRequest request = Request(std::move(fact));
    std::vector<Digest> leaves;
    EXPECT_OK(life.play.agglo().Do(request, life.As("agglo", v1::ROLE_SIGNATORY), &leaves));
    v1::RecordFactResponse response;
    FillAnswer(life.play.agglo().state(), request, leaves, &response);
    EXPECT_EQ(response.fact(), leaves.front().ToHex());
    return response;
  };
  Life proven = Breach();
  proven.set_evidence_digest(std::string(32, 'p'));

  const v1::RecordFactResponse without = findings(Breach());
  ASSERT_THAT(without.findings(), SizeIs(1));
  EXPECT_EQ(without.findings(0).code(), "proof-of-sending");
  EXPECT_THAT(without.findings(0).text(), HasSubstr("CHK-30"));
  EXPECT_THAT(findings(proven).findings(), SizeIs(0));
}

TEST(DecideLife, FindsANoticeWithoutEffectOnlyOnceItsMonthHasRun) {
  Living life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, Breach("2025-05-31"));
  const auto fruitless = [&](const char* day) {
    life.On(day);
    return life.Say("agglo", v1::ROLE_SIGNATORY,
                    test::Answering(test::Plain(Life::kNoticeFruitless, day), sent));
  };

  const absl::Status early = fruitless("2025-06-30");
  EXPECT_EQ(RuleOf(early), "L-50");
  EXPECT_THAT(RefusalOf(early).next_fr, HasSubstr("1er juillet 2025"));
  EXPECT_OK(fruitless("2025-07-01"));
  life.Record("agglo", v1::ROLE_SIGNATORY,
              test::Answering(test::Plain(Life::kNoticeCured, "2025-06-15"), sent));
  EXPECT_THAT(fruitless("2025-07-01"), StatusIs(absl::StatusCode::kFailedPrecondition,
                                                HasSubstr("réparé depuis le 15 juin 2025")));
}

TEST(DecideLife, TerminatesOnlyAfterANoticeFoundWithoutEffect) {
  Living life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, Breach("2025-05-31"));
  life.On("2025-07-02");
  const Life termination = Termination(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, sent, "2025-07-02");

  const absl::Status early = life.Say("agglo", v1::ROLE_SIGNATORY, termination);
  EXPECT_EQ(RuleOf(early), "L-50");
  EXPECT_THAT(RefusalOf(early).next_fr, HasSubstr("greffe notice fruitless"));
  EXPECT_EQ(RuleOf(life.Say(
                "agglo", v1::ROLE_SIGNATORY,
                Termination(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION, sent, "2025-07-02"))),
            "L-52");
  const Digest fruitless =
      life.Record("agglo", v1::ROLE_SIGNATORY,
                  test::Answering(test::Plain(Life::kNoticeFruitless, "2025-07-01"), sent));

  EXPECT_OK(life.Say("agglo", v1::ROLE_SIGNATORY, termination));
  EXPECT_OK(
      life.Say("agglo", v1::ROLE_SIGNATORY,
               Termination(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, fruitless, "2025-07-02")));
}

TEST(DecideLife, TerminatesWithoutNoticeForTheCafAloneAfterAChangeObserved) {
  Living life;
  Life observed = test::Plain(Life::kUncoveredChangeObserved, "2025-06-01");
  observed.set_element_id("art-1");
  const Digest change = life.Record("agglo", v1::ROLE_COORDINATOR, observed);
  const Life termination =
      Termination(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION, change, "2025-07-02");
  life.On("2025-07-02");

  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY, termination)), "L-52");
  EXPECT_OK(life.Say("caf", v1::ROLE_SIGNATORY, termination));
  // Nothing ends before the conclusion, nor by what was seen before it.
  observed.set_happened_on("2025-05-14");
  const Digest early = life.Record("agglo", v1::ROLE_COORDINATOR, observed);
  for (const char* day : {"2025-05-14", "2025-07-02"}) {
    EXPECT_EQ(
        RuleOf(life.Say("caf", v1::ROLE_SIGNATORY,
                        Termination(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION, early, day))),
        "L-13");
  }
  EXPECT_EQ(
      RuleOf(life.Say("caf", v1::ROLE_SIGNATORY,
                      Termination(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, change, "2025-07-02"))),
      "L-50");
}

TEST(DecideLife, LetsTheSenderAloneSayThatTheBreachIsCuredAndNotAfterATermination) {
  Living life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, Breach("2025-05-31"));
  const auto cured = [&](const char* partner, const char* day) {
    return life.Say(partner, v1::ROLE_SIGNATORY,
                    test::Answering(test::Plain(Life::kNoticeCured, day), sent));
  };
  life.On("2025-07-02");

  EXPECT_THAT(cured("vallon", "2025-06-15"), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_OK(cured("agglo", "2025-06-15"));
  life.Record("agglo", v1::ROLE_SIGNATORY,
              test::Answering(test::Plain(Life::kNoticeFruitless, "2025-07-01"), sent));
  life.Record("agglo", v1::ROLE_SIGNATORY,
              Termination(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, sent, "2025-07-02"));
  EXPECT_EQ(RuleOf(cured("agglo", "2025-06-15")), "L-54");
}

TEST(DecideLife, LetsTheSenderAloneTakeItsDenunciationBackInTime) {
  Living life;
  const Digest sent =
      life.Record("agglo", v1::ROLE_SIGNATORY,
                  test::Notice(v1::NOTICE_KIND_DENUNCIATION, "2025-05-31", {"vallon", "caf"}));
  life.Record("vallon", v1::ROLE_SECRETARIAT,
              test::Answering(test::Plain(Life::kNoticeReceived, "2025-06-03"), sent));
  const auto retract = [&](const std::string& partner, const char* day) {
    life.On(day);
    return life.Say(partner, v1::ROLE_SIGNATORY,
                    test::Answering(test::Plain(Life::kDenunciationRetracted, day), sent));
  };

  EXPECT_THAT(retract("vallon", "2025-06-30"), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_OK(retract("agglo", "2025-12-03"));
  EXPECT_EQ(RuleOf(retract("agglo", "2025-12-04")), "L-53");
  EXPECT_EQ(FieldOf(life.Say("vallon", v1::ROLE_SIGNATORY,
                             test::Answering(test::Plain(Life::kNoticeCured, "2025-06-30"), sent))),
            "fact.answers");
}

TEST(DecideLife, WantsAnAnswerToAFactThatIsAnsweredSo) {
  Living life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, Breach("2025-05-31"));
  const Life received = test::Plain(Life::kNoticeReceived, "2025-06-03");

  EXPECT_EQ(RuleOf(life.Say("vallon", v1::ROLE_SECRETARIAT, received)), "required");
  EXPECT_THAT(
      life.Say("vallon", v1::ROLE_SECRETARIAT, test::Answering(received, Sha256({"nothing"}))),
      StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(RuleOf(life.Say(
                "vallon", v1::ROLE_SIGNATORY,
                test::Answering(test::Plain(Life::kCourtDecisionRecorded, "2025-06-03"), sent))),
            "required");
  Life decision = test::Plain(Life::kCourtDecisionRecorded, "2025-06-03");
  decision.mutable_court_decision_recorded()->set_reference("n° 25-001");
  EXPECT_EQ(RuleOf(life.Say("vallon", v1::ROLE_SIGNATORY, test::Answering(decision, sent))),
            "answers");
  EXPECT_EQ(
      RuleOf(life.Say("vallon", v1::ROLE_SECRETARIAT,
                      test::Answering(test::Plain(Life::kNoticeReceived, "2025-05-30"), sent))),
      "date-order");
  EXPECT_OK(life.Say("vallon", v1::ROLE_SECRETARIAT, test::Answering(received, sent)));
}

TEST(DecideLife, CorrectsOnesOwnFactsOnceWithAReason) {
  Living life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, Breach("2025-05-31"));
  const auto correct = [&](const std::string& partner, const std::string& reason) {
    Life fact = test::Replacing(Breach("2025-05-30"), {sent});
    if (partner == "vallon") fact.mutable_notice_sent()->set_to_partners(0, "agglo");
    fact.set_reason(reason);
    return life.Say(partner, v1::ROLE_SIGNATORY, fact);
  };

  EXPECT_EQ(FieldOf(correct("agglo", "")), "fact.reason");
  EXPECT_EQ(RuleOf(correct("vallon", "faute de frappe")), "replaces");
  EXPECT_OK(correct("agglo", "faute de frappe"));
  Life fact = test::Replacing(Breach("2025-05-30"), {sent});
  fact.set_reason("faute de frappe");
  life.Record("agglo", v1::ROLE_SIGNATORY, fact);
  EXPECT_THAT(correct("agglo", "encore"), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(life.Say("vallon", v1::ROLE_SECRETARIAT,
                       test::Answering(test::Plain(Life::kNoticeReceived, "2025-06-03"), sent)),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("corrigé")));
}

TEST(DecideLife, KeepsACorrectionInTheThreadOfWhatItCorrects) {
  Living life;
  const Digest first = life.Record("agglo", v1::ROLE_SIGNATORY, Breach("2025-05-30"));
  const Digest second = life.Record("agglo", v1::ROLE_SIGNATORY, Breach("2025-05-31"));
  const Digest received =
      life.Record("agglo", v1::ROLE_SECRETARIAT,
                  test::Answering(test::Plain(Life::kNoticeReceived, "2025-06-03"), first));
  Life both = test::Replacing(Breach("2025-05-29"), {first, second});
  Life moved = test::Answering(test::Plain(Life::kNoticeReceived, "2025-06-03"), second);
  Life stays = test::Answering(test::Plain(Life::kNoticeReceived, "2025-06-02"), first);
  for (Life* fact : {&both, &moved, &stays}) fact->set_reason("erreur");
  moved = test::Replacing(moved, {received});
  stays = test::Replacing(stays, {received});

  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_SIGNATORY, both)), "fact.replaces");
  EXPECT_EQ(FieldOf(life.Say("agglo", v1::ROLE_SECRETARIAT, moved)), "fact.replaces");
  EXPECT_OK(life.Say("agglo", v1::ROLE_SECRETARIAT, stays));
}

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

}  // namespace
}  // namespace greffe
