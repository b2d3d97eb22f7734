// Of many deadlines, those that people asked for: the replica picks.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include <string>
#include <vector>

#include "greffe/v1/life_service.grpc.pb.h"
#include "tests/client/cli/served_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Deadlines final : public v1::LifeService::Service {
  grpc::Status GetDeadlines(grpc::ServerContext*, const v1::GetDeadlinesRequest* request,
                            v1::GetDeadlinesResponse* response) override {
    asked = *request;
    v1::Deadline& one = *response->mutable_view()->add_deadlines();
    one.set_last_day("2025-12-31");
    one.set_state(v1::DEADLINE_STATE_LATE);
    one.set_rule("L-21");
    one.set_text("comité manqué");
    response->mutable_view()->set_picked_from(6);
    return grpc::Status::OK;
  }

 public:
  v1::GetDeadlinesRequest asked;
};

class DeadlinesTest : public ServedTest {
 protected:
  DeadlinesTest() { Serve({&deadlines_}); }

  Outcome Ask(std::vector<std::string> options) {
    options.insert(options.begin(), {"deadlines", "c0c0c0"});
    return Greffe(options);
  }
  const v1::GetDeadlinesRequest& asked() const { return deadlines_.asked; }

 private:
  Deadlines deadlines_;
};

TEST_F(DeadlinesTest, AreThoseOfTheNextDays) {
  const Outcome near = Ask({"--within", "30", "--until", "2026-12-31"});

  EXPECT_EQ(near.code, 0) << near.err;
  EXPECT_THAT(near.out, HasSubstr("comité manqué"));
  EXPECT_THAT(near.err, HasSubstr("1 échéance(s) sur 6."));
  EXPECT_EQ(asked().within_days(), 30u);
  EXPECT_FALSE(asked().late());
  EXPECT_EQ(asked().until(), "2026-12-31");

  EXPECT_EQ(Ask({"--within", "0"}).code, 0);
  EXPECT_TRUE(asked().has_within_days());
  EXPECT_EQ(Ask({"--within", "4294967295"}).code, 0);
  EXPECT_EQ(asked().within_days(), 4'294'967'295u);
}

TEST_F(DeadlinesTest, AreTheLateOnesAlone) {
  EXPECT_EQ(Ask({"--late"}).code, 0);
  EXPECT_TRUE(asked().late());
  EXPECT_FALSE(asked().has_within_days());
  EXPECT_EQ(asked().until(), "");
  EXPECT_EQ(Ask({"--late", "--within", "3"}).code, 2);
}

TEST_F(DeadlinesTest, AreThoseOfTheRulesNamed) {
  EXPECT_THAT(Ask({"--rule", "L-21", "--rule", "l-59"}).err, HasSubstr("1 échéance(s) sur 6."));
  EXPECT_THAT(asked().rules(), ElementsAre("L-21", "l-59"));
}

TEST_F(DeadlinesTest, AreAllOfThemWhenNothingIsPicked) {
  const Outcome all = Ask({});

  EXPECT_THAT(all.err, Not(HasSubstr("échéance(s) sur")));
  EXPECT_FALSE(asked().has_within_days());
  EXPECT_FALSE(asked().late());
  EXPECT_TRUE(asked().rules().empty());
}

TEST_F(DeadlinesTest, AreTheSameForScripts) {
  v1::GetDeadlinesResponse late;
  const Outcome json = Ask({"--late", "--json"});

  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json.out, &late).ok()) << json.out;
  ASSERT_EQ(late.view().deadlines_size(), 1);
  EXPECT_EQ(late.view().deadlines(0).rule(), "L-21");
  EXPECT_EQ(json.err, "");
}

}  // namespace
}  // namespace greffe::cli
