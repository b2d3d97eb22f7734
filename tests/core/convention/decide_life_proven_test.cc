// Facts with evidence: recorded whatever they break, with the finding.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/reading/ending.h"
#include "core/convention/state/state.h"
#include "tests/core/convention/living_play.h"
#include "tests/support/life_payloads.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Life = v1::LifeRecorded;
using test::Living;
using test::Request;
using test::RuleOf;

Life Proven(Life fact) {
  fact.set_evidence_digest(std::string(Digest::kSize, 'p'));
  return fact;
}

Life Termination(v1::TerminationGround ground, const Digest& answers, const std::string& day) {
  Life fact = test::Answering(test::Plain(Life::kTerminationDeclared, day), answers);
  fact.mutable_termination_declared()->set_ground(ground);
  return fact;
}

struct Proving : Living {
  // Refused by `rule` without evidence, with evidence named as the way out.
  void Refused(const std::string& partner, v1::Role role, const Life& fact,
               const std::string& rule) {
    const absl::Status refused = Say(partner, role, fact);
    EXPECT_EQ(RuleOf(refused), rule) << refused;
    EXPECT_THAT(RefusalOf(refused).next_fr, HasSubstr("--evidence"));
    EXPECT_THAT(RefusalOf(refused).next_en, HasSubstr("--evidence"));
  }
  // "rule code" of what is found of it when it is recorded with its evidence.
  std::vector<std::string> Found(const std::string& partner, v1::Role role, const Life& fact) {
    const v1::RecordFactRequest request = Request(Proven(fact));
    std::vector<Digest> leaves;
    EXPECT_OK(Of(partner).Do(request, As(partner, role), &leaves));
    v1::RecordFactResponse response;
    FillAnswer(Of(partner).state(), request, leaves, &response);
    play.net().SyncAll();
    std::vector<std::string> out;
    for (const v1::Finding& one : response.findings()) {
      out.push_back(one.rule() + " " + one.code());
    }
    return out;
  }
  // The convention still binds.
  bool Ended() {
    return FindEnding(play.agglo().state().data(), LifeBook(play.agglo().state().data()))
        .ending.has_value();
  }
};

TEST(ProvenFact, OfANoticeByWhoHasNoStandingIsRecordedAndEndsNothing) {
  Proving life;
  const Life law = test::Notice(v1::NOTICE_KIND_LAW, "2025-05-31", {"vallon"});

  life.Refused("agglo", v1::ROLE_SIGNATORY, law, "L-51");
  EXPECT_THAT(life.Found("agglo", v1::ROLE_SIGNATORY, law), Contains("L-51 notice-standing"));
  EXPECT_FALSE(life.Ended());
}

TEST(ProvenFact, OfATerminationWithoutNoticeByACommuneIsRecordedAndEndsNothing) {
  Proving life;
  Life observed = test::Plain(Life::kUncoveredChangeObserved, "2025-06-01");
  observed.set_element_id("art-1");
  const Digest change = life.Record("agglo", v1::ROLE_COORDINATOR, observed);
  const Life by_commune =
      Termination(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION, change, "2025-06-15");

  life.Refused("agglo", v1::ROLE_SIGNATORY, by_commune, "L-52");
  EXPECT_THAT(life.Found("agglo", v1::ROLE_SIGNATORY, by_commune),
              Contains("L-52 termination-standing"));
  // By the CAF, but in answer to a notice: no change was observed.
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY,
                                  test::Notice(v1::NOTICE_KIND_BREACH, "2025-05-31", {"vallon"}));
  const Life unfounded =
      Termination(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION, sent, "2025-06-15");
  life.Refused("caf", v1::ROLE_SIGNATORY, unfounded, "L-52");
  EXPECT_THAT(life.Found("caf", v1::ROLE_SIGNATORY, unfounded),
              Contains("L-52 termination-ineffective"));
  EXPECT_FALSE(life.Ended());
}

TEST(ProvenFact, OfANoticeFoundWithoutEffectTooEarlyOrOnceCuredIsRecordedAndDoesNotCount) {
  Proving life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY,
                                  test::Notice(v1::NOTICE_KIND_BREACH, "2025-05-31", {"vallon"}));
  const Life early = test::Answering(test::Plain(Life::kNoticeFruitless, "2025-06-20"), sent);

  life.Refused("agglo", v1::ROLE_SIGNATORY, early, "L-50");
  EXPECT_THAT(life.Found("agglo", v1::ROLE_SIGNATORY, early), Contains("L-50 notice-running"));
  const Life termination = Termination(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, sent, "2025-06-25");
  life.Refused("agglo", v1::ROLE_SIGNATORY, termination, "L-50");
  EXPECT_THAT(life.Found("agglo", v1::ROLE_SIGNATORY, termination),
              Contains("L-50 termination-ineffective"));
  EXPECT_FALSE(life.Ended());

  life.Record("agglo", v1::ROLE_SIGNATORY,
              test::Answering(test::Plain(Life::kNoticeCured, "2025-06-26"), sent));
  life.On("2025-07-10");
  const Life cured = test::Answering(test::Plain(Life::kNoticeFruitless, "2025-07-10"), sent);
  life.Refused("agglo", v1::ROLE_SIGNATORY, cured, "L-50");
  EXPECT_THAT(life.Found("agglo", v1::ROLE_SIGNATORY, cured),
              Contains("L-50 fruitless-after-cure"));
}

TEST(ProvenFact, OfACureAfterTheTerminationIsFoundAfterTheEnd) {
  Proving life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY,
                                  test::Notice(v1::NOTICE_KIND_BREACH, "2025-05-31", {"vallon"}));
  life.On("2025-07-10");
  life.Record("agglo", v1::ROLE_SIGNATORY,
              test::Answering(test::Plain(Life::kNoticeFruitless, "2025-07-01"), sent));
  life.Record("agglo", v1::ROLE_SIGNATORY,
              Termination(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, sent, "2025-07-02"));
  const Life cured = test::Answering(test::Plain(Life::kNoticeCured, "2025-07-09"), sent);

  life.Refused("agglo", v1::ROLE_SIGNATORY, cured, "L-54");
  EXPECT_THAT(life.Found("agglo", v1::ROLE_SIGNATORY, cured), Contains("L-54 after-end"));
  EXPECT_TRUE(life.Ended());
}

TEST(ProvenFact, OfADenunciationTakenBackTooLateIsRecordedAndItStillEnds) {
  Proving life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, test::Denunciation("2025-05-31"));
  life.Record("vallon", v1::ROLE_SECRETARIAT,
              test::Answering(test::Plain(Life::kNoticeReceived, "2025-06-03"), sent));
  life.On("2025-12-04");
  const Life late = test::Answering(test::Plain(Life::kDenunciationRetracted, "2025-12-04"), sent);

  life.Refused("agglo", v1::ROLE_SIGNATORY, late, "L-53");
  EXPECT_THAT(life.Found("agglo", v1::ROLE_SIGNATORY, late), Contains("L-53 retraction-late"));
}

// One fact twice in its thread: refused, or recorded with its evidence and found; a correction, the
// word of another party and another day are other facts.
TEST(ProvenFact, OfWhatIsOnRecordAlreadyIsRecordedAndFound) {
  Proving life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, test::Denunciation("2025-06-20"));
  const auto received = [&](const std::string& day) {
    return test::Answering(test::Plain(Life::kNoticeReceived, day), sent);
  };
  const Digest first = life.Record("agglo", v1::ROLE_SECRETARIAT, received("2025-06-23"));
  life.Refused("agglo", v1::ROLE_SECRETARIAT, received("2025-06-23"), "recorded-twice");
  EXPECT_OK(life.Say("agglo", v1::ROLE_SECRETARIAT, received("2025-06-24")));
  EXPECT_OK(life.Say("caf", v1::ROLE_SECRETARIAT, received("2025-06-23")));
  Life corrected = test::Replacing(received("2025-06-23"), {first});
  corrected.set_reason("preuve jointe");
  EXPECT_OK(life.Say("agglo", v1::ROLE_SECRETARIAT, corrected));
  EXPECT_THAT(life.Found("caf", v1::ROLE_SECRETARIAT, received("2025-06-23")),
              Not(Contains(" recorded-twice")));
  EXPECT_THAT(life.Found("agglo", v1::ROLE_SECRETARIAT, received("2025-06-23")),
              Contains(" recorded-twice"));

  const auto retracted = [&](const std::string& day) {
    return test::Answering(test::Plain(Life::kDenunciationRetracted, day), sent);
  };
  life.Record("agglo", v1::ROLE_SIGNATORY, retracted("2025-06-29"));
  life.Refused("agglo", v1::ROLE_SIGNATORY, retracted("2025-06-30"), "recorded-twice");
  EXPECT_THAT(life.Found("agglo", v1::ROLE_SIGNATORY, retracted("2025-06-30")),
              Contains(" recorded-twice"));

  Life report = test::Plain(Life::kEvaluationReported, "2025-06-25");
  report.mutable_evaluation_reported()->set_kind(v1::EVALUATION_KIND_FINAL);
  const Digest reported = life.Record("agglo", v1::ROLE_COORDINATOR, report);
  Life validated = test::Answering(test::Plain(Life::kEvaluationValidated, "2025-06-26"), reported);
  validated.mutable_evaluation_validated()->set_body_id("body-1");
  life.Record("agglo", v1::ROLE_SECRETARIAT, validated);
  // By the same body, whoever says so.
  validated.set_happened_on("2025-06-27");
  life.Refused("caf", v1::ROLE_SECRETARIAT, validated, "recorded-twice");
  EXPECT_THAT(life.Found("caf", v1::ROLE_SECRETARIAT, validated), Contains(" recorded-twice"));
}

// One frozen text shown to one committee is one fact for each day, whoever records it.
TEST(ProvenFact, OfACommitteeConsultedAlreadyIsRecordedAndFound) {
  Proving life;
  const StateData& data = life.play.agglo().state().data();
  ASSERT_EQ(data.revisions.size(), 1u);
  const Digest revision = data.LeafOf(data.revisions[0].event);
  const auto shown = [&](const std::string& day) {
    Life fact = test::Answering(test::Plain(Life::kCommitteeConsulted, day), revision);
    fact.mutable_committee_consulted()->set_body_id("body-1");
    return fact;
  };
  const Digest first = life.Record("agglo", v1::ROLE_SECRETARIAT, shown("2025-06-23"));

  life.Refused("agglo", v1::ROLE_SECRETARIAT, shown("2025-06-23"), "recorded-twice");
  life.Refused("caf", v1::ROLE_SECRETARIAT, shown("2025-06-23"), "recorded-twice");
  EXPECT_OK(life.Say("agglo", v1::ROLE_SECRETARIAT, shown("2025-06-24")));
  EXPECT_THAT(life.Found("caf", v1::ROLE_SECRETARIAT, shown("2025-06-24")),
              Not(Contains(" recorded-twice")));
  EXPECT_THAT(life.Found("caf", v1::ROLE_SECRETARIAT, shown("2025-06-23")),
              Contains(" recorded-twice"));
  Life corrected = test::Replacing(shown("2025-06-23"), {first});
  corrected.set_reason("preuve jointe");
  EXPECT_OK(life.Say("agglo", v1::ROLE_SECRETARIAT, corrected));
}

TEST(ProvenFact, OfADecisionOnDataBeforeTheOpinionOrTwiceIsRecordedAndFound) {
  Proving life;
  Life request = test::Plain(Life::kDataExchangeRequested, "2025-06-01");
  request.mutable_data_exchange_requested()->set_holder_partner_id("caf");
  request.mutable_data_exchange_requested()->set_purpose("effectifs par commune");
  const Digest asked = life.Record("agglo", v1::ROLE_COORDINATOR, request);
  const Life refused =
      test::Answering(test::Plain(Life::kDataExchangeDecided, "2025-06-12"), asked);
  Life accepted = refused;
  accepted.set_happened_on("2025-06-13");
  accepted.mutable_data_exchange_decided()->set_accepted(true);

  life.Refused("caf", v1::ROLE_SIGNATORY, refused, "L-24");
  EXPECT_THAT(life.Found("caf", v1::ROLE_SIGNATORY, refused), Contains("L-24 dpo-opinion-missing"));
  life.Refused("caf", v1::ROLE_SIGNATORY, accepted, "L-24");
  EXPECT_THAT(life.Found("caf", v1::ROLE_SIGNATORY, accepted),
              Contains("L-24 exchange-decided-twice"));
  // Evidence gives nobody the place of the holder.
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_SIGNATORY, Proven(refused))), "own-partner");
}

TEST(ProvenFact, OfAnEvaluationOutsideTheTermIsRecordedAndFound) {
  Proving life;
  Life report = test::Plain(Life::kEvaluationReported, "2025-06-01");
  report.set_element_id("act-1");
  report.mutable_evaluation_reported()->set_kind(v1::EVALUATION_KIND_ANNUAL);
  report.mutable_evaluation_reported()->set_year("2019");

  life.Refused("agglo", v1::ROLE_COORDINATOR, report, "year");
  EXPECT_THAT(life.Found("agglo", v1::ROLE_COORDINATOR, report),
              Contains("L-23 evaluation-outside-term"));
  // A form that is wrong stays refused.
  report.mutable_evaluation_reported()->set_year("19");
  EXPECT_EQ(RuleOf(life.Say("agglo", v1::ROLE_COORDINATOR, Proven(report))), "year");
}

TEST(ProvenFact, OfANoticeFoundWithoutEffectInOrderIsNotFoundAgain) {
  Proving life;
  const Digest sent =
      life.Record("agglo", v1::ROLE_SIGNATORY,
                  Proven(test::Notice(v1::NOTICE_KIND_BREACH, "2025-05-31", {"vallon"})));
  life.On("2025-07-02");

  EXPECT_THAT(life.Found("agglo", v1::ROLE_SIGNATORY,
                         test::Answering(test::Plain(Life::kNoticeFruitless, "2025-07-01"), sent)),
              IsEmpty());
}

}  // namespace
}  // namespace greffe
