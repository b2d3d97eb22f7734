// What history and acts call people and texts, and which votes stand behind a text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class HistoryTest : public GreffeTest {
 protected:
  HistoryTest() {
    view_.set_cut("gt1.abc");
    replica_.conventions.history = [this](const auto&, v1::GetHistoryResponse* response) {
      *response->mutable_view() = view_;
      return grpc::Status::OK;
    };
    replica_.conventions.status = [this](const v1::GetStatusRequest& request,
                                         v1::GetStatusResponse* response) {
      asked_act_ = request.act_id();
      *response->mutable_view() = board_;
      return grpc::Status::OK;
    };
    replica_.life.get = [this](const v1::GetLifeRequest& request, v1::GetLifeResponse* response) {
      life_cut_ = request.at().cut();
      v1::LifeLabel& label = *response->mutable_view()->add_labels();
      label.set_id("comite");
      label.set_label("Comité de pilotage");
      return grpc::Status::OK;
    };
    v1::PartyStanding& party = *board_.add_parties();
    party.set_partner_id("caf-12");
    party.set_name("Caf de l'Aveyron");
  }

  std::string Told(std::vector<std::string> more = {}) {
    std::vector<std::string> asked = {"convention", "history", "c0c0c0"};
    asked.insert(asked.end(), more.begin(), more.end());
    return Greffe(asked, {.width = 300}).out;
  }

  v1::HistoryView view_;
  v1::StatusView board_;
  std::string asked_act_, life_cut_;
};

TEST_F(HistoryTest, NamesWhomAndWhatItsFactsName) {
  v1::HistoryEntry& fact = *view_.add_entries();
  fact.add_events()->set_summary("Comité consulté");
  fact.mutable_life()->mutable_committee_consulted()->set_body_id("comite");
  v1::HistoryEntry& act = *view_.add_entries();
  act.mutable_origin()->set_label("avenant");
  act.add_events()->set_partner_id("caf-12");
  v1::HistoryEntry& meeting = *view_.add_entries();
  meeting.mutable_follow_up()->mutable_event()->set_partner_id("inconnu");
  meeting.mutable_follow_up()->mutable_meeting()->set_held_on("2026-03-01");
  meeting.mutable_follow_up()->mutable_meeting()->add_attendance("caf-12");
  meeting.mutable_follow_up()->mutable_meeting()->add_attendance("Mairie");

  const std::string told = Told();

  EXPECT_THAT(told, HasSubstr("instance : Comité de pilotage"));
  EXPECT_THAT(told, HasSubstr("[Caf de l'Aveyron (caf-12), "));
  EXPECT_THAT(told, HasSubstr("présents : Caf de l'Aveyron (caf-12) · Mairie"));
  EXPECT_THAT(told, HasSubstr("[inconnu, ")) << "who has no name";
  EXPECT_EQ(life_cut_, "gt1.abc") << "of the same knowledge";
}

TEST_F(HistoryTest, AsksForNoFactsOfLifeWhereItTellsNone) {
  view_.add_entries()->mutable_origin()->set_label("avenant");

  EXPECT_THAT(Told(), HasSubstr("avenant"));
  EXPECT_EQ(life_cut_, "");
}

// L-11: of a text frozen again.
TEST_F(HistoryTest, SaysOfAVoteThatItWasHeldOnAnotherRevision) {
  v1::HistoryEntry& entry = *view_.add_entries();
  entry.mutable_origin()->set_revision("abababababababab");
  for (const char byte : {'\xab', '\xcd'}) {
    v1::Deliberation& vote = *entry.add_deliberations()->mutable_deliberation();
    vote.set_revision(std::string(8, byte));
    vote.set_partner_id("caf-12");
  }

  EXPECT_THAT(Told(), HasSubstr("2 délibération(s), dont 1 sur une autre révision, qui vaut pour"));
  const std::string listed = Told({"--element", "x"});
  EXPECT_THAT(listed, AllOf(HasSubstr("sur la révision cdcdcdcdcdcd, et vaut pour celle-ci"),
                            Not(HasSubstr("sur la révision abab"))));
  entry.mutable_deliberations()->RemoveLast();
  EXPECT_THAT(Told(), AllOf(HasSubstr("1 délibération(s)\n"), Not(HasSubstr("dont"))));
}

TEST_F(HistoryTest, ShowsTheVotesThatCountForARevisionOfAnAct) {
  replica_.acts.get = [](const auto&, v1::GetActResponse* response) {
    v1::ActView& act = *response->mutable_act();
    act.set_act_id("acac0102");
    act.mutable_opened()->set_partner_id("caf-12");
    act.add_revisions()->set_revision("cdcdcdcdcdcdcdcd");
    act.add_revisions()->set_revision("abababababababab");
    return grpc::Status::OK;
  };
  board_.mutable_revision()->set_revision("abababababababab");
  for (int i = 0; i < 2; ++i) {
    v1::DeliberationView& one = *board_.mutable_parties(0)->add_deliberations();
    one.mutable_event()->set_leaf(std::string(64, i == 0 ? '1' : '2'));
    one.mutable_deliberation()->set_revision(std::string(8, i == 0 ? '\xab' : '\xcd'));
    one.mutable_deliberation()->set_partner_id("caf-12");
    one.mutable_deliberation()->set_votes_for(12);
  }

  const std::string shown =
      Greffe({"act", "show", "acac01", "--convention", "c0c0c0"}, {.width = 300}).out;

  EXPECT_EQ(asked_act_, "acac0102");
  EXPECT_THAT(shown, HasSubstr("Caf de l'Aveyron (caf-12), "));
  EXPECT_THAT(shown, AllOf(HasSubstr("12 pour, 0 contre ; sur la révision cdcdcdcdcdcd, du même "
                                     "texte : il vaut"),
                           HasSubstr("111111111111"), HasSubstr("222222222222")));
  EXPECT_EQ(shown.find("222222222222"), shown.rfind("222222222222")) << shown;
  EXPECT_LT(shown.find("abababababababab"), shown.find("111111111111"));
}

}  // namespace
}  // namespace greffe::cli
