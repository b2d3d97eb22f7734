#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/refusals.h"
#include "core/convention/decide.h"
#include "core/convention/elements/problem.h"
#include "core/convention/queries.h"
#include "core/convention/state/state.h"
#include "tests/core/convention/living_play.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Life = v1::LifeRecorded;
using test::FieldOf;
using test::Living;
using test::Request;
using test::RuleOf;
using testing_support::SamplePlay;
using testing_support::StatusIs;

Life Breach(const std::string& day = "2025-05-31") {
  return test::Notice(v1::NOTICE_KIND_BREACH, day, {"vallon"});
}

Life TerminationOf(v1::TerminationGround ground, const Digest& answers, const std::string& day) {
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

TEST(DecideLife, SaysEverythingThatIsWrongWithTheForm) {
  Living life;
  Life fact = Breach("2025-07-01");
  fact.set_evidence_digest("short");
  fact.mutable_notice_sent()->clear_kind();

  const absl::Status refused = life.Say("agglo", v1::ROLE_SIGNATORY, fact);

  EXPECT_EQ(RefusalOf(refused).field, "fact.notice_sent.kind");
  const std::vector<Refusal> further = FurtherOf(refused);
  ASSERT_THAT(further, SizeIs(2));
  EXPECT_EQ(further[0].field, "fact.evidence_digest");
  EXPECT_EQ(further[0].rule, "digest");
  EXPECT_EQ(further[1].field, "fact.happened_on");
  EXPECT_EQ(further[1].rule, "future-date");
  EXPECT_THAT(further[1].fr, Not(HasSubstr("fact.happened_on")));
}

TEST(DecideLife, SaysHowManyProblemsItDoesNotName) {
  std::vector<Problem> problems(12, {.field = "fact.text", .fr = "faux.", .en = "wrong."});

  std::vector<Refusal> further = FurtherOf(ToStatus(problems, DryRun::kNone));
  ASSERT_THAT(further, SizeIs(9));
  EXPECT_EQ(further[7].fr, "faux.");
  EXPECT_EQ(further[8].fr, "faux. (et 2 autres problèmes)");
  EXPECT_EQ(further[8].en, "wrong. (and 2 more problems)");

  problems.resize(10);
  further = FurtherOf(ToStatus(problems, DryRun::kNone));
  ASSERT_THAT(further, SizeIs(9));
  EXPECT_EQ(further[8].fr, "faux.");
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
  const Life termination =
      TerminationOf(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, sent, "2025-07-02");

  const absl::Status early = life.Say("agglo", v1::ROLE_SIGNATORY, termination);
  EXPECT_EQ(RuleOf(early), "L-50");
  EXPECT_THAT(RefusalOf(early).next_fr, HasSubstr("greffe notice fruitless"));
  EXPECT_EQ(RuleOf(life.Say(
                "agglo", v1::ROLE_SIGNATORY,
                TerminationOf(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION, sent, "2025-07-02"))),
            "L-52");
  const Digest fruitless =
      life.Record("agglo", v1::ROLE_SIGNATORY,
                  test::Answering(test::Plain(Life::kNoticeFruitless, "2025-07-01"), sent));

  EXPECT_OK(life.Say("agglo", v1::ROLE_SIGNATORY, termination));
  EXPECT_OK(
      life.Say("agglo", v1::ROLE_SIGNATORY,
               TerminationOf(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, fruitless, "2025-07-02")));
}

TEST(DecideLife, TerminatesWithoutNoticeForTheCafAloneAfterAChangeObserved) {
  Living life;
  Life observed = test::Plain(Life::kUncoveredChangeObserved, "2025-06-01");
  observed.set_element_id("art-1");
  const Digest change = life.Record("agglo", v1::ROLE_COORDINATOR, observed);
  const Life termination =
      TerminationOf(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION, change, "2025-07-02");
  life.On("2025-07-02");

  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY, termination)), "L-52");
  EXPECT_OK(life.Say("caf", v1::ROLE_SIGNATORY, termination));
  // Nothing ends before the conclusion, nor by what was seen before it.
  observed.set_happened_on("2025-05-14");
  const Digest early = life.Record("agglo", v1::ROLE_COORDINATOR, observed);
  for (const char* day : {"2025-05-14", "2025-07-02"}) {
    EXPECT_EQ(
        RuleOf(life.Say("caf", v1::ROLE_SIGNATORY,
                        TerminationOf(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION, early, day))),
        "L-13");
  }
  EXPECT_EQ(RuleOf(life.Say(
                "caf", v1::ROLE_SIGNATORY,
                TerminationOf(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, change, "2025-07-02"))),
            "L-50");
}

// CHK-25: said beside the text until it ends the convention.
TEST(DecideLife, SaysOfAChangeObservedThatItWeighsOnTheConvention) {
  Living life;
  Life observed = test::Plain(Life::kUncoveredChangeObserved, "2025-06-01");
  observed.set_element_id("art-1");
  const Digest change = life.Record("agglo", v1::ROLE_COORDINATOR, observed);
  const auto said = [&] {
    const auto view = ViewConvention(life.play.agglo().At("2025-07-02"), "");
    EXPECT_OK(view);
    std::vector<std::string> out;
    for (const v1::Finding& one : view->findings()) {
      if (one.code() == "change-observed") out.push_back(one.text());
    }
    return out;
  };
  EXPECT_THAT(said(), ElementsAre(HasSubstr("constatée le 1er juin 2025 – ")));
  life.On("2025-07-02");
  life.Record("caf", v1::ROLE_SIGNATORY,
              TerminationOf(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION, change, "2025-07-02"));
  EXPECT_THAT(said(), IsEmpty());
}

// L-55: the sample ends on 31 December 2029.
TEST(DecideLife, EndsNothingAfterTheEnd) {
  Living life;
  life.On("2029-12-20");
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, Breach("2029-12-01"));
  life.On("2030-01-10");
  life.Record("agglo", v1::ROLE_SIGNATORY,
              test::Answering(test::Plain(Life::kNoticeFruitless, "2030-01-02"), sent));

  const absl::Status refused =
      life.Say("agglo", v1::ROLE_SIGNATORY,
               TerminationOf(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, sent, "2030-01-10"));
  EXPECT_EQ(RuleOf(refused), "L-55");
  EXPECT_EQ(FieldOf(refused), "fact.happened_on");
  EXPECT_THAT(RefusalOf(refused).fr, HasSubstr("31 décembre 2029"));
  EXPECT_THAT(RefusalOf(refused).next_fr, HasSubstr("convention nouvelle"));
  // A letter that left is a fact.
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY, Breach("2030-01-05"))), "L-55");
  Life proven = Breach("2030-01-05");
  proven.set_evidence_digest(std::string(32, 'p'));
  const Digest late = life.Record("agglo", v1::ROLE_SIGNATORY, proven);
  life.On("2030-02-10");
  EXPECT_EQ(
      RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY,
                      test::Answering(test::Plain(Life::kNoticeFruitless, "2030-02-06"), late))),
      "L-55");
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
              TerminationOf(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, sent, "2025-07-02"));
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
  // By a fact of another kind nothing is corrected.
  Life other =
      test::Replacing(test::Answering(test::Plain(Life::kNoticeCured, "2025-06-03"), sent), {sent});
  other.set_reason("faute de frappe");
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY, other)), "replaces");
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
  // Nobody has to say again what is answered.
  stays.clear_answers();
  EXPECT_OK(life.Say("agglo", v1::ROLE_SECRETARIAT, stays));
}

// L-53: a party leaves once; a letter that left is recorded all the same.
TEST(DecideLife, RefusesASecondDenunciationOfOneParty) {
  Living life;
  const Digest first = life.Record("agglo", v1::ROLE_SIGNATORY, test::Denunciation("2025-06-25"));
  // Nothing runs before its receipt: the post may have lost it.
  EXPECT_OK(life.Say("agglo", v1::ROLE_SIGNATORY, test::Denunciation("2025-06-30")));
  life.Record("caf", v1::ROLE_SECRETARIAT,
              test::Answering(test::Plain(Life::kNoticeReceived, "2025-06-27"), first));
  const absl::Status again =
      life.Say("agglo", v1::ROLE_SIGNATORY, test::Denunciation("2025-06-30"));
  EXPECT_EQ(RuleOf(again), "L-53");
  EXPECT_THAT(RefusalOf(again).fr, HasSubstr("lettre du 25 juin 2025, reçue le 27 juin 2025"));
  EXPECT_THAT(RefusalOf(again).next_fr, HasSubstr(first.ToHex()));
  // A letter of a day before that one may have been received before it.
  EXPECT_OK(life.Say("agglo", v1::ROLE_SIGNATORY, test::Denunciation("2025-06-24")));
  Life proven = test::Denunciation("2025-06-30");
  proven.set_evidence_digest(std::string(Digest::kSize, 'p'));
  EXPECT_OK(life.Say("agglo", v1::ROLE_SIGNATORY, proven));
  EXPECT_OK(life.Say("caf", v1::ROLE_SIGNATORY,
                     test::Notice(v1::NOTICE_KIND_DENUNCIATION, "2025-06-30", {"agglo"})));
  life.Record("agglo", v1::ROLE_SIGNATORY,
              test::Answering(test::Plain(Life::kDenunciationRetracted, "2025-06-30"), first));
  EXPECT_OK(life.Say("agglo", v1::ROLE_SIGNATORY, test::Denunciation("2025-06-30")));
}

}  // namespace
}  // namespace greffe
