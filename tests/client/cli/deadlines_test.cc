// Of many deadlines, those that people asked for: the replica picks.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
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
    if (!many.empty()) {
      for (const v1::Deadline& one : many) *response->mutable_view()->add_deadlines() = one;
      return grpc::Status::OK;
    }
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
  // Answered in the place of one.
  std::vector<v1::Deadline> many;
};

class DeadlinesTest : public ServedTest {
 protected:
  DeadlinesTest() { Serve({&deadlines_}); }

  Outcome Ask(std::vector<std::string> options) {
    options.insert(options.begin(), {"deadlines", "c0c0c0"});
    return Greffe(options);
  }
  const v1::GetDeadlinesRequest& asked() const { return deadlines_.asked; }
  void Answer(v1::DeadlineState state, const std::string& day, const std::string& text) {
    v1::Deadline& one = deadlines_.many.emplace_back();
    one.set_state(state);
    one.set_last_day(day);
    one.set_rule("L-21");
    one.set_text(text);
  }

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

TEST_F(DeadlinesTest, AreToldByUrgencyAndThenByDay) {
  Answer(v1::DEADLINE_STATE_PASSED, "2025-01-01", "passé");
  Answer(v1::DEADLINE_STATE_NOT_COMPUTABLE, "", "inconnu");
  Answer(v1::DEADLINE_STATE_TO_COME, "2026-12-31", "plus tard");
  Answer(v1::DEADLINE_STATE_TO_COME, "2026-10-31", "avant");
  Answer(v1::DEADLINE_STATE_DUE, "2026-07-31", "proche");
  Answer(v1::DEADLINE_STATE_LATE, "2026-06-30", "en retard");

  const std::string all = Ask({}).out;

  std::size_t last = 0;
  for (const char* const text : {"en retard", "proche", "avant", "plus tard", "inconnu", "passé"}) {
    const std::size_t at = all.rfind(text);
    ASSERT_NE(at, std::string::npos) << all;
    EXPECT_LT(last, at) << text << '\n' << all;
    last = at;
  }
}

// What is late is never left out.
TEST_F(DeadlinesTest, AreAsManyAsFitAndSaidToBeMore) {
  for (int i = 0; i < 28; ++i) {
    Answer(v1::DEADLINE_STATE_LATE, absl::StrCat("2025-01-", 10 + i), absl::StrCat("late", i));
  }
  for (int i = 0; i < 3; ++i) {
    Answer(v1::DEADLINE_STATE_TO_COME, "2027-01-01",
           absl::StrCat("Bourg-", i, " a encore un recours ouvert."));
    Answer(v1::DEADLINE_STATE_TO_COME, "2027-01-02", absl::StrCat("Aire-", i, i, i));
  }

  const std::string some = Ask({}).out;
  EXPECT_THAT(some, AllOf(HasSubstr("late0"), HasSubstr("late27"), Not(HasSubstr("Bourg")),
                          HasSubstr("… et encore 6 échéance(s) (--all pour toutes)")));
  EXPECT_THAT(
      Ask({"--all"}).out,
      AllOf(HasSubstr("3 fois : … a encore un recours ouvert. – Bourg-0 ; Bourg-1 ; Bourg-2"),
            HasSubstr("Aire-222"), Not(HasSubstr("et encore"))));
  // Who says which gets them.
  EXPECT_THAT(Ask({"--rule", "L-21"}).out, AllOf(HasSubstr("Bourg-2"), Not(HasSubstr("--all"))));
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
