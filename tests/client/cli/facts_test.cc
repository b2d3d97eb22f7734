#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/escaping.h"
#include "tests/client/cli/run_greffe.h"
#include "tests/client/fake_replica.h"

namespace greffe::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kRevision[] = "ab00000000000000000000000000000000000000000000000000000000000001";
constexpr char kFact[] = "fac7000000000000000000000000000000000000000000000000000000000002";

class FactsTest : public ::testing::Test {
 protected:
  FactsTest() {
    replica_.conventions.list = [](const auto&, v1::ListConventionsResponse* response) {
      response->add_conventions()->set_convention_id("c0c0c0");
      return grpc::Status::OK;
    };
    replica_.acts.get = [](const auto&, v1::GetActResponse* response) {
      response->set_cut("gt1.act");
      response->mutable_act()->set_act_id("acac01");
      response->mutable_act()->add_revisions()->set_revision(kRevision);
      return grpc::Status::OK;
    };
    replica_.acts.deliberate = [this](const v1::RecordDeliberationRequest& request,
                                      v1::RecordDeliberationResponse* response) {
      recorded_ = request;
      response->add_findings()->set_text("L-06 : le vote est postérieur.");
      return grpc::Status::OK;
    };
    replica_.conventions.get = [this](const auto&, v1::GetConventionResponse* response) {
      *response = text_;
      return grpc::Status::OK;
    };
    replica_.conventions.status = [this](const auto&, v1::GetStatusResponse* response) {
      *response = board_;
      return grpc::Status::OK;
    };
    replica_.conventions.history = [](const auto&, auto*) { return grpc::Status::OK; };
    replica_.life.get = [](const auto&, auto*) { return grpc::Status::OK; };
    replica_.follow_up.correct = [this](const v1::CorrectFactRequest& request,
                                        v1::CorrectFactResponse* response) {
      corrected_ = request;
      response->add_findings()->set_text("L-55 : la convention a pris fin.");
      return grpc::Status::OK;
    };
  }
  Outcome Greffe(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--home", replica_.home(), "--lang", "fr"});
    return RunGreffe(std::move(arguments));
  }

  FakeReplica replica_;
  v1::GetConventionResponse text_;
  v1::GetStatusResponse board_;
  v1::RecordDeliberationRequest recorded_;
  v1::CorrectFactRequest corrected_;
};

TEST_F(FactsTest, RecordsADeliberationOfAFileCompletedByOptions) {
  const std::string file = replica_.home() + "/vote.json";
  std::ofstream(file) << "{\"assembly\": \"conseil municipal\", \"votes_for\": 12}";

  const Outcome outcome = Greffe({"deliberation", "record", "acac01", "--file", file, "--for", "17",
                                  "--publication", "web", "--approves"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const v1::Deliberation& vote = recorded_.deliberation();
  EXPECT_EQ(vote.assembly(), "conseil municipal");
  EXPECT_EQ(vote.votes_for(), 17u);
  EXPECT_EQ(vote.publication_mode(), v1::PUBLICATION_MODE_WEB);
  EXPECT_TRUE(vote.approves_text());
  EXPECT_FALSE(vote.authorises_signature());
  EXPECT_EQ(absl::BytesToHexString(vote.revision()), kRevision);
}

TEST_F(FactsTest, RecordsTheCastingVoteOfATie) {
  const std::vector<std::string> tie = {
      "deliberation", "record",     "acac01",      "--assembly", "conseil",
      "--sitting-on", "2026-02-10", "--in-office", "19",         "--present",
      "18",           "--for",      "9",           "--against",  "9"};
  const auto with = [&](const std::string& vote) {
    std::vector<std::string> arguments = tie;
    arguments.insert(arguments.end(), {"--casting-vote", vote});
    return Greffe(arguments);
  };

  const Outcome carried = with("for");
  EXPECT_EQ(carried.code, 0) << carried.err;
  EXPECT_EQ(recorded_.deliberation().casting_vote(), v1::CASTING_VOTE_FOR);
  EXPECT_EQ(with("against").code, 0);
  EXPECT_EQ(recorded_.deliberation().casting_vote(), v1::CASTING_VOTE_AGAINST);
  const Outcome unknown = with("maire");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("--casting-vote"));
}

TEST_F(FactsTest, RefusesAnUnknownFieldOfADeliberationByName) {
  const std::string file = replica_.home() + "/vote.json";
  std::ofstream(file) << "{\n  \"quorum\": 12\n}";

  const Outcome outcome = Greffe({"deliberation", "record", "acac01", "--file", file});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("ligne 2, colonne 3 : champ inconnu « quorum »"));
}

TEST_F(FactsTest, RevisesAnActOfTheTitleAndKindInTheFileAlone) {
  replica_.acts.get = [](const auto&, v1::GetActResponse* response) {
    response->mutable_act()->set_act_id("acac01");
    response->mutable_act()->set_title("Un accueil de plus");
    response->mutable_act()->set_kind(v1::ACT_KIND_AVENANT);
    return grpc::Status::OK;
  };
  const auto revise = [&](const std::string& said) {
    const std::string file = replica_.home() + "/act.json";
    std::ofstream(file) << "{" << said << " \"changes\": [{\"remove\": \"ind-1\"}]}";
    return Greffe({"act", "revise", "acac01", "--file", file});
  };

  // The fake takes no revision: what is asked of it is no wrong usage.
  EXPECT_NE(revise("").code, 2);
  EXPECT_NE(revise("\"title\": \"Un accueil de plus\", \"kind\": \"ACT_KIND_AVENANT\",").code, 2);

  const Outcome title = revise("\"title\": \"Autre titre\",");
  EXPECT_EQ(title.code, 2);
  EXPECT_THAT(title.err, HasSubstr("« Autre titre »"));
  EXPECT_EQ(revise("\"kind\": \"ACT_KIND_COMMITTEE_DECISION\",").code, 2);
}

TEST_F(FactsTest, CorrectsAMeasurementChangingOnlyWhatIsSaid) {
  auto* value = text_.mutable_view()->add_follow_up()->add_values();
  value->mutable_event()->set_leaf(kFact);
  value->mutable_measurement()->set_element_id("indicateur-1");
  value->mutable_measurement()->set_period("2025");
  value->mutable_measurement()->set_value("12");
  value->mutable_measurement()->add_replaces("x");

  const Outcome outcome =
      Greffe({"correct", "fac700", "--value", "21", "--reason", "chiffres inversés"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(corrected_.fact(), kFact);
  EXPECT_EQ(corrected_.reason(), "chiffres inversés");
  EXPECT_EQ(corrected_.measurement().value(), "21");
  EXPECT_EQ(corrected_.measurement().period(), "2025");
  EXPECT_EQ(corrected_.measurement().replaces_size(), 0);
  EXPECT_THAT(outcome.out, HasSubstr("L-55 : la convention a pris fin."));
}

TEST_F(FactsTest, CorrectsADeliberationAsARecordThatReplacesIt) {
  board_.mutable_view()->set_cut("gt1.board");
  auto* vote = board_.mutable_view()->add_parties()->add_deliberations();
  vote->mutable_event()->set_leaf(kFact);
  vote->mutable_deliberation()->set_votes_for(17);
  vote->mutable_deliberation()->set_approves_text(true);

  const Outcome outcome = Greffe({"correct", "fac700", "--for", "16", "--against", "1",
                                  "--approves=false", "--reason", "erreur"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(recorded_.replaces(), ElementsAre(kFact));
  EXPECT_EQ(recorded_.read_cut(), "gt1.board");
  EXPECT_EQ(recorded_.deliberation().votes_for(), 16u);
  EXPECT_EQ(recorded_.deliberation().votes_against(), 1u);
  EXPECT_FALSE(recorded_.deliberation().approves_text());
  EXPECT_THAT(outcome.out, HasSubstr("L-06 : le vote est postérieur."));
}

TEST_F(FactsTest, CorrectsASignatureRecordedOnPaperAndSaysWhatWasFound) {
  auto* revision = board_.mutable_view()->add_acts()->add_revisions();
  auto* signature = revision->add_signatories()->add_signatures();
  signature->mutable_event()->set_leaf(kFact);
  signature->set_kind(v1::SIGNATURE_KIND_PAPER);
  signature->set_signed_on("2025-06-02");
  v1::RecordSignatureRequest sent;
  replica_.acts.record_signature = [&](const v1::RecordSignatureRequest& request,
                                       v1::RecordSignatureResponse* response) {
    sent = request;
    response->add_findings()->set_text("L-08 : la signature précède le vote.");
    return grpc::Status::OK;
  };

  const Outcome outcome =
      Greffe({"correct", "fac700", "--signed-on", "2025-06-01", "--reason", "erreur"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(sent.signed_on(), "2025-06-01");
  EXPECT_THAT(sent.replaces(), ElementsAre(kFact));
  EXPECT_THAT(outcome.out, HasSubstr("L-08 : la signature précède le vote."));
  EXPECT_FALSE(sent.has_capacity()) << "what is not said stays";

  // L-04: a deputy signed, by a delegation; or the holder did after all.
  const std::string delegation(64, 'd');
  EXPECT_EQ(Greffe({"correct", "fac700", "--capacity", "première adjointe", "--delegation",
                    delegation, "--reason", "erreur"})
                .code,
            0);
  EXPECT_EQ(sent.capacity(), "première adjointe");
  EXPECT_EQ(sent.delegation(), delegation);
  EXPECT_EQ(Greffe({"correct", "fac700", "--capacity", "", "--reason", "erreur"}).code, 0);
  EXPECT_TRUE(sent.has_capacity());
  EXPECT_EQ(sent.capacity(), "");
}

TEST_F(FactsTest, CorrectsNothingByOptionsOfAnotherKindOfFactNorByNone) {
  auto* vote = board_.mutable_view()->add_parties()->add_deliberations();
  vote->mutable_event()->set_leaf(kFact);
  vote->mutable_deliberation()->set_votes_for(17);

  const Outcome other = Greffe({"correct", "fac700", "--value", "21", "--reason", "x"});
  EXPECT_EQ(other.code, 2);
  EXPECT_THAT(other.err, HasSubstr("--value"));
  EXPECT_THAT(other.err, HasSubstr("--against"));
  EXPECT_EQ(
      Greffe({"correct", "fac700", "--for", "16", "--signed-on", "2025-06-01", "--reason", "x"})
          .code,
      2);
  const Outcome nothing = Greffe({"correct", "fac700", "--reason", "x"});
  EXPECT_EQ(nothing.code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("rien à corriger"));

  EXPECT_EQ(recorded_.replaces_size(), 0);
}

TEST_F(FactsTest, TakesTheSourceOfAPredecessor) {
  auto* value = text_.mutable_view()->add_follow_up()->add_values();
  value->mutable_event()->set_leaf(kFact);
  value->mutable_predecessor()->set_title("Convention précédente");

  const Outcome outcome =
      Greffe({"correct", "fac700", "--source", "registre", "--reason", "précision"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(corrected_.predecessor().source(), "registre");
  EXPECT_EQ(Greffe({"correct", "fac700", "--value", "1", "--reason", "x"}).code, 2);
}

TEST_F(FactsTest, NamesTheCorrectionThatStandsInThePlaceOfAFact) {
  const std::string old(32, '\xab');
  auto* value = text_.mutable_view()->add_follow_up()->add_values();
  value->mutable_event()->set_leaf(kFact);
  value->mutable_measurement()->add_replaces(old);

  const Outcome outcome = Greffe({"correct", "ababab", "--value", "1", "--reason", "x"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("a été corrigé depuis"));
  EXPECT_THAT(outcome.err, HasSubstr("greffe correct fac70000"));
  EXPECT_EQ(corrected_.fact(), "");

  replica_.life.get = [&](const auto&, v1::GetLifeResponse* response) {
    auto* fact = response->mutable_view()->add_threads()->mutable_opening();
    fact->mutable_event()->set_leaf("fac7aa00fac7aa00");
    fact->mutable_fact()->add_replaces(std::string(32, '\xcd'));
    return grpc::Status::OK;
  };
  EXPECT_THAT(Greffe({"correct", "cdcdcd", "--text", "y", "--reason", "x"}).err,
              HasSubstr("greffe correct fac7aa00"));
}

TEST_F(FactsTest, SaysThatAFactIsUnknownAndAsksForMoreDigitsWhenTwoFit) {
  EXPECT_EQ(Greffe({"correct", "fac700", "--value", "1", "--reason", "x"}).code, 1);
  for (const char* leaf : {"fac70001", "fac70002"}) {
    text_.mutable_view()->add_follow_up()->add_values()->mutable_event()->set_leaf(leaf);
  }

  const Outcome outcome = Greffe({"correct", "fac700", "--value", "1", "--reason", "x"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("donnez plus de chiffres"));
}

}  // namespace
}  // namespace greffe::cli
