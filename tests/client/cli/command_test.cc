// What people type, as commands get it.
#include "client/cli/command.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kUpper[] = "AB12CD34EF56AB12CD34EF56AB12CD34EF56AB12CD34EF56AB12CD34EF56AB12";
constexpr char kLower[] = "ab12cd34ef56ab12cd34ef56ab12cd34ef56ab12cd34ef56ab12cd34ef56ab12";

TEST_F(GreffeTest, TakesHashesInEitherCase) {
  std::vector<std::string> asked;
  replica_.acts.get = [&](const v1::GetActRequest& request, v1::GetActResponse* response) {
    asked = {request.convention_id(), request.act_id()};
    response->mutable_act()->set_act_id("acac0102");
    response->mutable_act()->add_revisions()->set_revision(kLower);
    return grpc::Status::OK;
  };
  v1::SignActRequest signed_act;
  replica_.acts.sign = [&](const v1::SignActRequest& request, auto*) {
    signed_act = request;
    return grpc::Status::OK;
  };
  v1::RecordDeliberationRequest vote;
  replica_.acts.deliberate = [&](const v1::RecordDeliberationRequest& request, auto*) {
    vote = request;
    return grpc::Status::OK;
  };

  const Outcome sign = Greffe(
      {"act", "sign", "ACAC01", "--convention", "C0C0C0", "--revision", kUpper, "--json", "--yes"});
  EXPECT_EQ(sign.code, 0) << sign.err;
  EXPECT_EQ(asked, (std::vector<std::string>{"c0c0c0", "acac01"}));
  EXPECT_EQ(signed_act.revision(), kLower);

  const Outcome record =
      Greffe({"deliberation", "record", "ACAC01", "--convention", "C0C0C0", "--revision", kUpper,
              "--replaces", kUpper, "--evidence-digest", kUpper, "--number", "CAFE"});
  EXPECT_EQ(record.code, 0) << record.err;
  EXPECT_EQ(vote.deliberation().revision().size(), 32u);
  EXPECT_EQ(vote.replaces(0), kLower);
  // A number is no hash, whatever its digits.
  EXPECT_EQ(vote.deliberation().number(), "CAFE");

  // Or its first digits.
  replica_.conventions.history = [](const auto&, v1::GetHistoryResponse* response) {
    auto* known = response->mutable_view()->add_entries()->add_deliberations();
    known->mutable_event()->set_leaf(kLower);
    return grpc::Status::OK;
  };
  EXPECT_EQ(Greffe({"deliberation", "record", "ACAC01", "--convention", "C0C0C0", "--replaces",
                    std::string(kUpper).substr(0, 12), "--number", "2"})
                .code,
            0);
  EXPECT_EQ(vote.replaces(0), kLower);
  EXPECT_EQ(vote.deliberation().number(), "2");

  replica_.admin.who = [](const auto&, v1::WhoAmIResponse* response) {
    response->mutable_user()->add_roles(v1::ROLE_SIGNATORY);
    return grpc::Status::OK;
  };
  EXPECT_THAT(Greffe({"act", "sign", "ACAC01", "--convention", "C0C0C0", "--revision", "XYZ"}).err,
              HasSubstr("XYZ"));
}

// By the words that stand for hashes in help; what is no hash is left as typed.
TEST(CommandLine, FillsInEveryKindOfHashInLowerCase) {
  for (const char* kind : {"ACT", "CONFLICT", "CONVENTION", "DELIBERATION", "EVENT", "FACT", "HEX",
                           "LEAF", "SHA256", "VALUE"}) {
    Globals globals;
    CommandLine line(Lang::kEnglish, &globals, 80);
    std::string argument, option;
    line.Add("", {}, "look", {"Cherche", "Looks"})
        .Argument(kind, &argument, {"Un", "One"})
        .Option("--other", kind, &option, {"Autre", "Other"})
        .Run([](Context&) { return kDone; });
    const char* const typed[] = {"greffe", "look", "AB12CD", "--other", "FEED01"};
    std::string help;
    ASSERT_TRUE(line.Parse(5, typed, &help).ok()) << kind;
    const bool hash = std::string(kind) != "VALUE";
    EXPECT_EQ(argument, hash ? "ab12cd" : "AB12CD") << kind;
    EXPECT_EQ(option, hash ? "feed01" : "FEED01") << kind;
  }
}

TEST_F(GreffeTest, SettlesAConflictNamedInEitherCase) {
  replica_.conventions.conflicts = [](const auto&, v1::ListConflictsResponse* response) {
    v1::ConflictView& one = *response->mutable_view()->add_conflicts();
    one.set_conflict_id("ab12cd34");
    one.add_values()->mutable_event()->set_leaf("feed0102");
    return grpc::Status::OK;
  };
  v1::SettleConflictRequest settled;
  replica_.conventions.settle = [&](const v1::SettleConflictRequest& request, auto*) {
    settled = request;
    return grpc::Status::OK;
  };

  const Outcome outcome = Greffe({"conflict", "settle", "c0c0c0", "AB12CD", "--keep", "FEED01"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(settled.conflict_id(), "ab12cd34");
}

TEST_F(GreffeTest, NamesTheRuleOfWhatItRefusesItself) {
  replica_.conventions.status = [](const auto&, auto*) { return grpc::Status::OK; };
  replica_.conventions.history = [](const auto&, auto*) { return grpc::Status::OK; };
  replica_.conventions.conflicts = [](const auto&, auto*) { return grpc::Status::OK; };
  replica_.life.get = [](const auto&, v1::GetLifeResponse* response) {
    v1::LifeThread& thread = *response->mutable_view()->add_threads();
    thread.mutable_opening()->mutable_event()->set_leaf(kLower);
    thread.mutable_opening()->mutable_fact()->mutable_evaluation_reported();
    return grpc::Status::OK;
  };
  const auto rule = [&](std::vector<std::string> run, const std::string& name) {
    const Outcome refused = Greffe(run);
    EXPECT_EQ(refused.code, 1) << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("Règle : " + name));
  };

  rule({"convention", "status", "c0c0c0", "--party", "commune-x"}, "not-found");
  rule({"evaluation", "validate", "c0c0c0", "0000aa", "--body", "comite"}, "not-found");
  rule({"conflict", "settle", "c0c0c0", "x", "--keep", "aa"}, "not-found");
  // An evaluation is no comment, and no delegation.
  rule({"comment", "reply", "c0c0c0", "ab12cd", "--text", "oui"}, "fact-kind");
  rule({"delegation", "end", "c0c0c0", "ab12cd", "--until", "2026-01-01"}, "fact-kind");
}

}  // namespace
}  // namespace greffe::cli
