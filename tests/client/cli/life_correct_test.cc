// `greffe correct` on facts of a convention's life: lists, flags taken back, texts taken out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Life = v1::LifeRecorded;

const std::string kCorrectedFact = std::string(60, 'a') + "fac7";

class LifeCorrectTest : public GreffeTest {
 protected:
  LifeCorrectTest() {
    replica_.conventions.list = [](const auto&, v1::ListConventionsResponse* response) {
      response->add_conventions()->set_convention_id("c0c0c0");
      return grpc::Status::OK;
    };
    replica_.conventions.get = [](const auto&, auto*) { return grpc::Status::OK; };
    replica_.conventions.status = [](const auto&, auto*) { return grpc::Status::OK; };
    replica_.conventions.history = [](const auto&, auto*) { return grpc::Status::OK; };
    replica_.life.get = [this](const auto&, v1::GetLifeResponse* response) {
      v1::LifeFactView& opening = *response->mutable_view()->add_threads()->mutable_opening();
      opening.mutable_event()->set_leaf(kCorrectedFact);
      *opening.mutable_fact() = was_;
      return grpc::Status::OK;
    };
    replica_.life.record = [this](const v1::RecordFactRequest& request,
                                  v1::RecordFactResponse* response) {
      recorded_.push_back(request.fact());
      response->add_findings()->set_text("L-42 : la pièce manque.");
      return grpc::Status::OK;
    };
  }

  Outcome Correct(std::vector<std::string> options) {
    recorded_.clear();
    options.insert(options.begin(), {"correct", "aaaaaa", "--reason", "mal saisi"});
    return Greffe(std::move(options));
  }
  // What was sent, once, by a command that succeeds: of the kind that it corrects.
  Life Corrected(std::vector<std::string> options) {
    const Outcome outcome = Correct(std::move(options));
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("L-42 : la pièce manque."));
    EXPECT_EQ(recorded_.size(), 1u);
    if (recorded_.size() != 1) return Life();
    EXPECT_EQ(recorded_.front().fact_case(), was_.fact_case());
    EXPECT_EQ(recorded_.front().reason(), "mal saisi");
    return recorded_.front();
  }
  // A usage error naming the option, and nothing sent.
  void Refused(std::vector<std::string> options, const std::string& said) {
    const Outcome outcome = Correct(std::move(options));
    EXPECT_EQ(outcome.code, 2) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(said));
    EXPECT_THAT(recorded_, IsEmpty());
  }

  Life was_;
  std::vector<Life> recorded_;
};

TEST_F(LifeCorrectTest, NamesSeveralPartnersOfAReview) {
  was_.mutable_review_requested()->add_partner_ids("caf-99");

  const Life fact = Corrected({"--partner", "caf-47", "--partner", "commune-vallon"});

  EXPECT_THAT(fact.review_requested().partner_ids(), ElementsAre("caf-47", "commune-vallon"));
}

TEST_F(LifeCorrectTest, TakesBackThatADecisionIsFinal) {
  was_.mutable_court_decision_recorded()->set_reference("n° 1");
  was_.mutable_court_decision_recorded()->set_final(true);

  const Life fact = Corrected({"--final=false"});

  EXPECT_FALSE(fact.court_decision_recorded().final());
  EXPECT_EQ(fact.court_decision_recorded().reference(), "n° 1");
  was_.mutable_court_decision_recorded()->set_final(false);
  EXPECT_TRUE(Corrected({"--final"}).court_decision_recorded().final());
}

TEST_F(LifeCorrectTest, TakesEitherOfTwoOppositeFlagsAndNotBoth) {
  was_.mutable_dpo_opinion_given()->set_favourable(true);

  EXPECT_FALSE(Corrected({"--unfavourable"}).dpo_opinion_given().favourable());
  EXPECT_FALSE(Corrected({"--favourable=false"}).dpo_opinion_given().favourable());
  Refused({"--favourable", "--unfavourable"}, "Donnez l'un de : --favourable, --unfavourable");
  Refused({"--final=false"}, "--final n'est pas une option");
}

TEST_F(LifeCorrectTest, TakesOutATextThatTheFactCanBeWithout) {
  was_.set_text("Un nom de personne.");
  was_.mutable_court_decision_recorded()->set_reference("n° 1");

  const Life fact = Corrected({"--text", ""});

  EXPECT_EQ(fact.text(), "");
  EXPECT_EQ(fact.court_decision_recorded().reference(), "n° 1");
  Refused({"--reference", ""}, "--reference est vide");
  Refused({"--on", ""}, "--on est vide");
  Refused({"--evidence-digest", ""}, "cette option est vide");
  Refused({"--court", ""}, "--court n'est pas une option");
}

TEST_F(LifeCorrectTest, RecordsNoCopyOfAFact) {
  was_.set_happened_on("2026-03-01");
  was_.add_replaces("earlier");
  was_.set_reason("faute de frappe");
  was_.mutable_court_decision_recorded()->set_reference("n° 1");

  Refused({"--text", ""}, "rien à corriger");
  Refused({"--on", "2026-03-01"}, "rien à corriger");
  Refused({"--final=false"}, "rien à corriger");
}

}  // namespace
}  // namespace greffe::cli
