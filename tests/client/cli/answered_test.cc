#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

void SetReplica(v1::ReplyContext* context) {
  context->set_replica("Caf d'essai");
  context->set_replica_id("abcdef0123456789");
}

// CHK-38.
TEST_F(GreffeTest, SaysByWhichReplicaAndHowToAskAgain) {
  replica_.conventions.status = [](const auto&, v1::GetStatusResponse* response) {
    SetReplica(response->mutable_context());
    v1::StatusView& view = *response->mutable_view();
    view.set_in_force_on("2026-06-30");
    view.set_clock_date("2026-07-02");
    view.set_cut("gt1.abc");
    view.add_parties()->set_partner_id("brax");
    return grpc::Status::OK;
  };
  const std::string said =
      "\nSelon la réplique Caf d'essai [abcdef012345] ; pour redemander la même réponse : "
      "--in-force-on 2026-06-30 --clock-date 2026-07-02 --known-at gt1.abc\n";

  for (const std::vector<std::string>& options :
       {std::vector<std::string>{}, {"--blocking"}, {"--all"}, {"--party", "brax"}}) {
    std::vector<std::string> asked = {"convention", "status", "c0c0c0"};
    asked.insert(asked.end(), options.begin(), options.end());
    EXPECT_THAT(Greffe(asked, {.width = 1000}).out, EndsWith(said));
  }
  const Outcome json = Greffe({"convention", "status", "c0c0c0", "--json"});
  EXPECT_THAT(json.out, AllOf(HasSubstr("gt1.abc"), Not(HasSubstr("Selon"))));
}

TEST_F(GreffeTest, AsksAgainByTheTokenAloneWhereTheAnswerHasNoDate) {
  replica_.conventions.history = [](const auto&, v1::GetHistoryResponse* response) {
    SetReplica(response->mutable_context());
    response->mutable_view()->set_cut("gt1.abc");
    return grpc::Status::OK;
  };

  EXPECT_THAT(Greffe({"convention", "history", "c0c0c0"}, {.width = 1000}).out,
              EndsWith(" : --known-at gt1.abc\n"));
}

// Lists of conventions, users and the like were read at no cut.
TEST_F(GreffeTest, SaysNothingOfWhatNoCutIsBehind) {
  replica_.conventions.list = [](const auto&, v1::ListConventionsResponse* response) {
    SetReplica(response->mutable_context());
    response->add_conventions()->set_title("Une convention");
    return grpc::Status::OK;
  };

  EXPECT_THAT(Greffe({"convention", "list"}).out, Not(HasSubstr("Selon la réplique")));
}

// A document bears its token; the same is printed everywhere.
TEST_F(GreffeTest, SaysBesideADocumentByWhichReplica) {
  replica_.documents.make = [](const auto&, v1::ExportDocumentResponse* response) {
    SetReplica(response->mutable_context());
    response->set_cut("gt1.abc");
    response->set_content("# Une convention\n\ngt1.abc\n");
    return grpc::Status::OK;
  };

  const Outcome document = Greffe({"convention", "show", "c0c0c0", "--markdown"});

  EXPECT_THAT(document.out, AllOf(HasSubstr("gt1.abc"), Not(HasSubstr("Selon la réplique"))));
  EXPECT_THAT(document.err, HasSubstr("Selon la réplique Caf d'essai [abcdef012345].\n"));
}

}  // namespace
}  // namespace greffe::cli
