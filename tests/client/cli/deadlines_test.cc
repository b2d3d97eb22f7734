// Of many deadlines, those that people asked for.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include <string>
#include <vector>

#include "core/base/time.h"
#include "greffe/v1/life_service.grpc.pb.h"
#include "tests/client/cli/served_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Deadlines final : public v1::LifeService::Service {
  grpc::Status GetDeadlines(grpc::ServerContext*, const v1::GetDeadlinesRequest* request,
                            v1::GetDeadlinesResponse* response) override {
    until_ = request->until();
    response->mutable_view()->set_clock_date("2026-01-30");
    const auto add = [&](const char* day, v1::DeadlineState state, const char* rule,
                         const char* text) {
      v1::Deadline& one = *response->mutable_view()->add_deadlines();
      one.set_last_day(day);
      one.set_state(state);
      one.set_rule(rule);
      one.set_text(text);
    };
    add("2025-12-31", v1::DEADLINE_STATE_LATE, "L-21", "comité manqué");
    add("2026-01-02", v1::DEADLINE_STATE_PASSED, "L-58", "recours clos");
    add("2026-03-01", v1::DEADLINE_STATE_DUE, "L-23", "évaluation proche");
    add("2026-03-02", v1::DEADLINE_STATE_TO_COME, "L-58", "recours lointain");
    add("2026-02-10", v1::DEADLINE_STATE_DONE, "L-21", "comité tenu");
    add("", v1::DEADLINE_STATE_NOT_COMPUTABLE, "L-59", "déféré sans date");
    return grpc::Status::OK;
  }

 public:
  std::string until() const { return until_; }

 private:
  // The last one asked for.
  std::string until_;
};

class DeadlinesTest : public ServedTest {
 protected:
  DeadlinesTest() { Serve({&deadlines_}); }

  Outcome Ask(std::vector<std::string> options) {
    options.insert(options.begin(), {"deadlines", "c0c0c0"});
    return Greffe(options);
  }
  std::string AskedUntil() const { return deadlines_.until(); }

 private:
  Deadlines deadlines_;
};

TEST_F(DeadlinesTest, AreThoseOfTheNextDaysAndThoseMissed) {
  // 30 January and 30 days: 1 March.
  const Outcome near = Ask({"--within", "30"});

  EXPECT_EQ(near.code, 0) << near.err;
  EXPECT_THAT(near.out, AllOf(HasSubstr("comité manqué"), HasSubstr("évaluation proche"),
                              Not(HasSubstr("recours")), Not(HasSubstr("comité tenu")),
                              Not(HasSubstr("déféré"))));
  EXPECT_THAT(near.err, HasSubstr("2 échéance(s) sur 6."));
  EXPECT_THAT(Ask({"--within", "31"}).out, HasSubstr("recours lointain"));
  EXPECT_EQ(Ask({"--within", "4294967295"}).code, 0);
}

TEST_F(DeadlinesTest, AreTheLateOnesAlone) {
  EXPECT_THAT(Ask({"--late"}).out,
              AllOf(HasSubstr("comité manqué"), Not(HasSubstr("évaluation proche"))));
  EXPECT_EQ(Ask({"--late", "--within", "3"}).code, 2);
}

TEST_F(DeadlinesTest, AreThoseOfTheRulesNamedInEveryState) {
  const Outcome some = Ask({"--rule", "L-21", "--rule", "L-59"});

  EXPECT_THAT(some.out, AllOf(HasSubstr("comité tenu"), HasSubstr("déféré sans date"),
                              Not(HasSubstr("recours"))));
  EXPECT_THAT(Ask({}).err, Not(HasSubstr("échéance(s) sur")));
}

TEST_F(DeadlinesTest, AreLookedForAfterTheTermWhenSomeArePicked) {
  for (const std::vector<std::string>& picked :
       std::vector<std::vector<std::string>>{{"--late"}, {"--within", "30"}, {"--rule", "L-21"}}) {
    EXPECT_EQ(Ask(picked).code, 0);
    EXPECT_EQ(AskedUntil(), "2199-12-31") << picked[0];
    EXPECT_TRUE(CivilDate::TryParse(AskedUntil()).has_value());
  }
  EXPECT_EQ(Ask({"--late", "--until", "2026-12-31"}).code, 0);
  EXPECT_EQ(AskedUntil(), "2026-12-31");
  // All of them: those of the term.
  EXPECT_EQ(Ask({}).code, 0);
  EXPECT_EQ(AskedUntil(), "");
}

TEST_F(DeadlinesTest, NameTheirRulesInSmallLettersToo) {
  EXPECT_THAT(Ask({"--rule", "l-21"}).out, HasSubstr("comité tenu"));
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
