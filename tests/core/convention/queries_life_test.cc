#include "core/convention/queries_life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "core/convention/markdown.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Life = v1::LifeRecorded;
using testing_support::SamplePlay;
using testing_support::StatusIs;

CivilDate Day(const char* text) { return *CivilDate::Parse(text, "day"); }

// The sample (three parties, 2025 to 2029) concluded in June 2025.
struct Living {
  SamplePlay play;

  Living() { play.ConcludeOriginal(); }

  Digest Record(const std::string& partner, v1::Role role, Life fact) {
    v1::RecordFactRequest request;
    *request.mutable_fact() = std::move(fact);
    auto& replica = partner == "caf" ? play.caf() : play.agglo();
    std::vector<Digest> leaves;
    const absl::Status done = replica.Do(request, replica.Context(partner, {role}), &leaves);
    EXPECT_OK(done);
    play.net().SyncAll();
    return leaves.empty() ? Digest{} : leaves.front();
  }
  void On(const char* day) {
    play.agglo().today = Day(day);
    play.caf().today = Day(day);
  }
  // Everything as of the day of the question.
  Known Now() { return play.agglo().At(play.agglo().today.ToString()); }
  v1::LifeView View(const std::string& element = "") {
    const auto view = ViewLife(Now(), element);
    EXPECT_OK(view);
    return view.ok() ? *view : v1::LifeView();
  }
  v1::Deadline Find(const std::string& id) {
    const v1::DeadlinesView view = ViewDeadlines(Now());
    for (const v1::Deadline& one : view.deadlines()) {
      if (one.id() == id ||
          (id.back() == '*' && one.id().compare(0, id.size() - 1, id, 0, id.size() - 1) == 0)) {
        return one;
      }
    }
    return {};
  }
};

Life Denunciation(const std::string& day) {
  return test::Notice(v1::NOTICE_KIND_DENUNCIATION, day, {"vallon", "caf"});
}

std::vector<std::string> Codes(const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
  std::vector<std::string> out;
  for (const v1::Finding& finding : findings) out.push_back(finding.code());
  return out;
}

TEST(ViewLife, TellsWhereANoticeStandsFromTheDayAlone) {
  Living life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY,
                                  test::Notice(v1::NOTICE_KIND_BREACH, "2025-06-30", {"vallon"}));

  ASSERT_THAT(life.View().threads(), SizeIs(1));
  EXPECT_EQ(life.View().threads(0).standing(), "running");
  EXPECT_THAT(life.View().threads(0).text(), HasSubstr("30 juillet 2025"));
  EXPECT_THAT(life.View().threads(0).text_en(), HasSubstr("until 30 July 2025"));
  ASSERT_THAT(life.View().threads(0).deadlines(), SizeIs(1));
  life.On("2025-07-31");
  EXPECT_EQ(life.View().threads(0).standing(), "expired");
  life.Record("agglo", v1::ROLE_SIGNATORY,
              test::Answering(test::Plain(Life::kNoticeCured, "2025-07-20"), sent));

  const v1::LifeView cured = life.View();
  EXPECT_EQ(cured.threads(0).standing(), "cured");
  EXPECT_THAT(cured.threads(0).answers(), SizeIs(1));
  EXPECT_THAT(cured.threads(0).next_step(), IsEmpty());
  EXPECT_EQ(life.Find("notice-*").state(), v1::DEADLINE_STATE_DONE);
  EXPECT_EQ(life.Find("notice-*").partner_id(), "vallon");
}

TEST(ViewLife, KeepsACorrectedOpeningAndItsAnswersInOneThread) {
  Living life;
  life.On("2025-07-02");
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY,
                                  test::Notice(v1::NOTICE_KIND_BREACH, "2025-07-02", {"vallon"}));
  const std::string id = life.Find("notice-*").id();
  life.Record("vallon", v1::ROLE_SECRETARIAT,
              test::Answering(test::Plain(Life::kNoticeReceived, "2025-07-02"), sent));
  Life corrected =
      test::Replacing(test::Notice(v1::NOTICE_KIND_BREACH, "2025-06-30", {"vallon"}), {sent});
  corrected.set_reason("date du cachet de la poste");
  life.Record("agglo", v1::ROLE_SIGNATORY, corrected);

  const v1::LifeView view = life.View();
  ASSERT_THAT(view.threads(), SizeIs(1));
  EXPECT_EQ(view.threads(0).opening().fact().happened_on(), "2025-06-30");
  ASSERT_THAT(view.threads(0).answers(), SizeIs(2));
  EXPECT_TRUE(view.threads(0).answers(0).replaced() || view.threads(0).answers(1).replaced());
  EXPECT_THAT(view.threads(0).text(), HasSubstr("30 juillet 2025"));
  EXPECT_EQ(life.Find("notice-*").id(), id);
}

TEST(ViewLife, AsksToQualifyADenunciationAmongThreeParties) {
  Living life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, Denunciation("2025-06-30"));
  EXPECT_EQ(life.View().threads(0).standing(), "not-received");
  life.On("2025-07-02");
  life.Record("caf", v1::ROLE_SECRETARIAT,
              test::Answering(test::Plain(Life::kNoticeReceived, "2025-07-02"), sent));
  EXPECT_EQ(life.View().threads(0).standing(), "running");
  life.On("2026-01-03");

  const v1::LifeView view = life.View();
  EXPECT_EQ(view.threads(0).standing(), "to-qualify");
  EXPECT_THAT(view.threads(0).text(), HasSubstr("Effet à qualifier"));
  EXPECT_THAT(Codes(view.findings()), Contains("denunciation-to-qualify"));
  const auto convention = ViewConvention(life.Now(), "");
  ASSERT_OK(convention);
  EXPECT_EQ(convention->standing(), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_EQ(convention->force().state(), v1::FORCE_STATE_IN_FORCE);
  EXPECT_THAT(convention->force().text(), HasSubstr("effet à qualifier"));
}

TEST(ViewLife, EndsTheConventionWithATerminationThatHolds) {
  Living life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY,
                                  test::Notice(v1::NOTICE_KIND_BREACH, "2025-06-30", {"vallon"}));
  life.On("2025-08-01");
  const Digest fruitless =
      life.Record("agglo", v1::ROLE_SIGNATORY,
                  test::Answering(test::Plain(Life::kNoticeFruitless, "2025-07-31"), sent));
  Life termination =
      test::Answering(test::Plain(Life::kTerminationDeclared, "2025-08-01"), fruitless);
  termination.mutable_termination_declared()->set_ground(v1::TERMINATION_GROUND_FRUITLESS_NOTICE);
  life.Record("agglo", v1::ROLE_SIGNATORY, termination);

  auto convention = ViewConvention(life.Now(), "");
  ASSERT_OK(convention);
  EXPECT_EQ(convention->force().state(), v1::FORCE_STATE_IN_FORCE);
  EXPECT_EQ(convention->force().efficacy_until(), "2025-08-02");
  life.On("2025-08-02");
  convention = ViewConvention(life.Now(), "");
  ASSERT_OK(convention);
  EXPECT_EQ(convention->force().state(), v1::FORCE_STATE_TERMINATED);
  EXPECT_EQ(convention->standing(), v1::CONVENTION_STANDING_TERMINATED);
  EXPECT_THAT(convention->force().text(), HasSubstr("Résiliée : sans effet depuis le 2 août 2025"));
  EXPECT_EQ(life.View().threads(0).standing(), "terminated");
  EXPECT_EQ(life.Find("term-end").last_day(), "2025-08-01");
  EXPECT_EQ(life.Find("term-end").rule(), "L-54");
  EXPECT_EQ(life.Find("evaluation-annual-2026").id(), "");
}

TEST(ViewLife, SaysWhatASuccessionMeansAndWhatADataExchangeWaitsFor) {
  Living life;
  Life succession = test::Plain(Life::kPartySucceeded, "2025-06-01");
  succession.set_element_id("party-vallon");
  succession.mutable_party_succeeded()->set_successor_name("Commune nouvelle");
  succession.mutable_party_succeeded()->set_reference("arrêté");
  life.Record("agglo", v1::ROLE_COORDINATOR, succession);
  Life request = test::Plain(Life::kDataExchangeRequested, "2025-06-02");
  request.set_element_id("act-1");
  request.mutable_data_exchange_requested()->set_holder_partner_id("caf");
  request.mutable_data_exchange_requested()->set_purpose("effectifs");
  life.Record("agglo", v1::ROLE_COORDINATOR, request);

  const v1::LifeView view = life.View();
  ASSERT_THAT(view.threads(), SizeIs(2));
  EXPECT_THAT(view.threads(0).text(), HasSubstr("Commune nouvelle succède de plein droit"));
  EXPECT_EQ(view.threads(1).standing(), "asked");
  EXPECT_THAT(view.threads(1).next_step(), HasSubstr("Caisse d'allocations familiales"));
  EXPECT_THAT(life.View("act-1").threads(), SizeIs(1));
  EXPECT_THAT(ViewLife(life.Now(), "act-9"), StatusIs(absl::StatusCode::kNotFound));
}

TEST(ViewConvention, ShowsAClauseDeemedUnwritten) {
  Living life;
  Life fact = test::Plain(Life::kClauseDeemedUnwritten, "2025-06-01");
  fact.set_element_id("art-1");
  fact.mutable_clause_deemed_unwritten()->set_cause(v1::UNWRITTEN_CAUSE_RULE_OF_LAW);
  fact.mutable_clause_deemed_unwritten()->set_reference("loi");
  fact.mutable_clause_deemed_unwritten()->set_effective_from("2025-05-01");
  fact.set_text("entrée en vigueur de la loi");
  life.Record("agglo", v1::ROLE_SIGNATORY, fact);
  const auto found = [&](const char* on) {
    const auto view = ViewConvention(life.play.agglo().At(on), "");
    EXPECT_OK(view);
    std::string out;
    for (const v1::Finding& one : view->findings()) {
      if (one.code() == "deemed-unwritten") out = one.text();
    }
    return out;
  };

  EXPECT_THAT(found("2025-05-01"), HasSubstr("Réputé non écrit – Article 1"));
  EXPECT_THAT(found("2025-04-30"), IsEmpty());
  const std::string printed =
      RenderMarkdown(*ViewConvention(life.play.agglo().At("2025-05-01"), ""));
  EXPECT_THAT(printed, HasSubstr("**Réputé non écrit – Article 1"));
}

TEST(ViewConvention, ShowsWhereAnErrorWasCorrectedOnceAnotherPartyAttestsIt) {
  Living life;
  Life fact = test::Plain(Life::kErrorCorrected, "2025-06-01");
  fact.set_element_id("art-1");
  fact.mutable_error_corrected()->set_wrong("projet du territoire");
  fact.mutable_error_corrected()->set_right("projet de territoire");
  const Digest corrected = life.Record("agglo", v1::ROLE_COORDINATOR, fact);
  const auto printed = [&] {
    const auto view = ViewConvention(life.play.agglo().At("2025-06-30"), "art-1");
    EXPECT_OK(view);
    return RenderMarkdown(*view);
  };

  EXPECT_THAT(printed(), Not(HasSubstr("erreur matérielle")));
  life.Record("caf", v1::ROLE_SIGNATORY,
              test::Answering(test::Plain(Life::kCorrectionAttested, "2025-06-02"), corrected));
  EXPECT_THAT(printed(),
              HasSubstr("**L-27 : erreur matérielle : lire « projet de territoire » au lieu de « "
                        "projet du territoire » ; relevée par Agglomération du Vallon, attestée le "
                        "2 juin 2025 par Caisse d'allocations familiales"));
}

TEST(ViewDeadlines, CountsADenunciationFromSendingAndFromReceipt) {
  Living life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, Denunciation("2025-06-30"));
  const auto by_end = [&](const std::string& end) {
    const v1::DeadlinesView view = ViewDeadlines(life.Now());
    for (const v1::Deadline& one : view.deadlines()) {
      if (one.rule() == "L-53" && one.id().size() > end.size() &&
          one.id().substr(one.id().size() - end.size()) == end) {
        return one;
      }
    }
    return v1::Deadline();
  };

  EXPECT_EQ(by_end("-sent").last_day(), "2025-12-30");
  EXPECT_EQ(by_end("-sent").effect_on(), "2025-12-31");
  EXPECT_EQ(by_end("-received").state(), v1::DEADLINE_STATE_NOT_COMPUTABLE);
  EXPECT_THAT(by_end("-received").why(), HasSubstr("réception n'est pas enregistré"));
  life.On("2025-07-03");
  life.Record("caf", v1::ROLE_SECRETARIAT,
              test::Answering(test::Plain(Life::kNoticeReceived, "2025-07-03"), sent));
  EXPECT_EQ(by_end("-received").last_day(), "2026-01-03");
  EXPECT_THAT(by_end("-received").why(), HasSubstr("6 mois à compter du 3 juillet 2025"));
  EXPECT_EQ(by_end("-received").fact(), sent.ToHex());
  EXPECT_EQ(by_end("-received").state(), v1::DEADLINE_STATE_TO_COME);
  life.On("2025-12-04");
  EXPECT_EQ(by_end("-received").state(), v1::DEADLINE_STATE_DUE);
  life.On("2026-01-04");
  EXPECT_EQ(by_end("-received").state(), v1::DEADLINE_STATE_PASSED);
}

TEST(ViewDeadlines, GivesTheWindowsOfEachDeliberation) {
  Living life;

  const v1::Deadline challenge = life.Find("challenge-*");
  const v1::Deadline referral = life.Find("referral-*");
  EXPECT_EQ(challenge.rule(), "L-58");
  EXPECT_EQ(referral.rule(), "L-59");
  EXPECT_FALSE(challenge.last_day().empty());
  EXPECT_THAT(challenge.text(), HasSubstr("10 mars 2025"));
  EXPECT_THAT(challenge.text_en(), HasSubstr("of 10 March 2025"));
  EXPECT_FALSE(challenge.partner_id().empty());
}

TEST(ViewDeadlines, RestartsThePrefectsWindowWithAMessageThatAsksForMore) {
  Living life;
  const v1::Deadline before = life.Find("referral-*");
  ASSERT_THAT(before.fact(), SizeIs(64));
  Life message = test::Plain(Life::kLegalityMessageRecorded, "2025-05-15");
  message.mutable_legality_message_recorded()->set_code("3-1");
  message.set_answers(Digest::FromHex(before.fact(), "fact")->ToBytes());
  life.Record(before.partner_id(), v1::ROLE_SECRETARIAT, message);

  EXPECT_LT(before.last_day(), "2025-07-16");
  EXPECT_EQ(life.Find(before.id()).last_day(), "2025-07-16");
}

// What a party sends or receives about the délibération whose window is `before`.
Life About(const v1::Deadline& before, Life::FactCase kind, const char* day) {
  return test::Answering(test::Plain(kind, day), *Digest::FromHex(before.fact(), "fact"));
}

TEST(ViewDeadlines, RestartsThePrefectsWindowWithARecoursGracieuxWhileItRuns) {
  Living life;
  const v1::Deadline before = life.Find("referral-*");
  Life message = About(before, Life::kDeliberationChallenged, "2025-05-15");
  message.mutable_deliberation_challenged()->set_kind(v1::CHALLENGE_KIND_GRACIOUS);
  life.Record(before.partner_id(), v1::ROLE_SECRETARIAT, message);

  EXPECT_EQ(life.Find(before.id()).last_day(), "2025-07-16");
}

TEST(ViewDeadlines, DoesNotRestartAWindowThatIsOver) {
  Living life;
  const v1::Deadline before = life.Find("referral-*");
  const std::string late = Day(before.last_day().c_str()).NextDay().ToString();
  life.On(late.c_str());
  Life message = About(before, Life::kLegalityMessageRecorded, late.c_str());
  message.mutable_legality_message_recorded()->set_code("3-1");
  life.Record(before.partner_id(), v1::ROLE_SECRETARIAT, message);

  EXPECT_EQ(life.Find(before.id()).last_day(), before.last_day());
}

TEST(ViewDeadlines, RunsNoWindowOnADeliberationThatIsGone) {
  for (const auto& [kind, runs] : {std::pair(v1::CHALLENGE_KIND_WITHDRAWN, false),
                                   std::pair(v1::CHALLENGE_KIND_ANNULLED, false),
                                   std::pair(v1::CHALLENGE_KIND_SUSPENDED, true)}) {
    Living life;
    const v1::Deadline before = life.Find("referral-*");
    const std::string other = absl::StrReplaceAll(before.id(), {{"referral", "challenge"}});
    ASSERT_EQ(life.Find(other).id(), other);
    Life gone = About(before, Life::kDeliberationChallenged, "2025-05-15");
    gone.mutable_deliberation_challenged()->set_kind(kind);
    life.Record(before.partner_id(), v1::ROLE_SECRETARIAT, gone);

    EXPECT_EQ(life.Find(before.id()).id(), runs ? before.id() : "");
    EXPECT_EQ(life.Find(other).id(), runs ? other : "");
  }
}

TEST(ViewDeadlines, KnowsWhatIsDueLateAndDone) {
  Living life;
  EXPECT_EQ(life.Find("meetings-body-1-2025").state(), v1::DEADLINE_STATE_TO_COME);
  life.On("2025-12-01");
  EXPECT_EQ(life.Find("meetings-body-1-2025").state(), v1::DEADLINE_STATE_DUE);
  life.On("2026-01-01");
  EXPECT_EQ(life.Find("meetings-body-1-2025").state(), v1::DEADLINE_STATE_LATE);

  v1::RecordMeetingRequest meeting;
  meeting.mutable_meeting()->set_element_id("body-1");
  meeting.mutable_meeting()->set_held_on("2025-11-20");
  ASSERT_OK(life.play.agglo().Do(meeting, life.play.Coordinator()));

  EXPECT_EQ(life.Find("meetings-body-1-2025").state(), v1::DEADLINE_STATE_DONE);
  EXPECT_EQ(life.Find("meetings-body-1-2026").state(), v1::DEADLINE_STATE_TO_COME);
}

TEST(ViewDeadlines, HoldsAnEvaluationDoneForTheWholeOrForEachAction) {
  Living life;
  life.On("2026-04-01");
  EXPECT_EQ(life.Find("evaluation-annual-2025").state(), v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(life.Find("evaluation-annual-2025").why(), HasSubstr("0 sur 1"));
  Life fact = test::Plain(Life::kEvaluationReported, "2026-04-01");
  fact.set_element_id("act-1");
  fact.mutable_evaluation_reported()->set_kind(v1::EVALUATION_KIND_ANNUAL);
  fact.mutable_evaluation_reported()->set_year("2025");
  const Digest reported = life.Record("agglo", v1::ROLE_COORDINATOR, fact);

  EXPECT_EQ(life.Find("evaluation-annual-2025").state(), v1::DEADLINE_STATE_DONE);
  EXPECT_EQ(life.Find("evaluation-annual-2026").state(), v1::DEADLINE_STATE_TO_COME);
  EXPECT_EQ(life.View().threads(0).standing(), "reported");
  Life validated = test::Answering(test::Plain(Life::kEvaluationValidated, "2026-04-01"), reported);
  validated.set_element_id("act-1");
  validated.mutable_evaluation_validated()->set_body_id("body-1");
  life.Record("agglo", v1::ROLE_SECRETARIAT, validated);
  EXPECT_EQ(life.View().threads(0).standing(), "validated");
}

TEST(ViewDeadlines, AlarmsBeforeTheEndUntilARenewalIsOnRecord) {
  Living life;
  life.On("2029-07-15");
  EXPECT_EQ(life.Find("renewal-12").state(), v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(life.Find("renewal-12").why_en(), HasSubstr("12 months before 31 December 2029"));
  EXPECT_EQ(life.Find("renewal-3").state(), v1::DEADLINE_STATE_TO_COME);
  EXPECT_EQ(life.Find("term-end").last_day(), "2029-12-31");
  Life renewal = test::Plain(Life::kRenewalLinked, "2029-07-01");
  renewal.mutable_renewal_linked()->set_title("CTG 2030-2034");
  renewal.mutable_renewal_linked()->set_start_date("2030-01-01");
  renewal.mutable_renewal_linked()->set_end_date("2034-12-31");
  life.Record("agglo", v1::ROLE_COORDINATOR, renewal);

  EXPECT_EQ(life.Find("renewal-12").state(), v1::DEADLINE_STATE_DONE);
}

TEST(ViewDeadlines, OwesNothingBeforeTheConclusion) {
  SamplePlay play;
  const v1::DeadlinesView view = ViewDeadlines(play.agglo().At("2025-06-30"));

  ASSERT_FALSE(view.deadlines().empty());
  const v1::Deadline& last = view.deadlines(view.deadlines_size() - 1);
  EXPECT_EQ(last.id(), "obligations");
  EXPECT_EQ(last.state(), v1::DEADLINE_STATE_NOT_COMPUTABLE);
  EXPECT_THAT(last.why(), HasSubstr("n'est pas conclue"));
}

TEST(ViewDeadlines, AreSortedFilteredAndTheSameOnEveryReplica) {
  Living life;
  life.Record("agglo", v1::ROLE_SIGNATORY, Denunciation("2025-06-30"));
  const v1::DeadlinesView all = ViewDeadlines(life.Now());
  for (int i = 1; i < all.deadlines_size(); ++i) {
    const std::string& before = all.deadlines(i - 1).last_day();
    const std::string& after = all.deadlines(i).last_day();
    EXPECT_TRUE(after.empty() || (!before.empty() && before <= after)) << i;
  }
  Known other = life.play.caf().At("2025-06-30");
  other.cut = life.Now().cut;
  EXPECT_EQ(ViewDeadlines(other).SerializeAsString(), all.SerializeAsString());

  const v1::DeadlinesView soon = ViewDeadlines(life.Now(), {.until = Day("2025-12-31")});
  EXPECT_GT(all.deadlines_size(), soon.deadlines_size());
  EXPECT_GT(soon.deadlines_size(), 1);
  for (const v1::Deadline& one : soon.deadlines()) EXPECT_LE(one.last_day(), "2025-12-31");
  life.On("2029-09-01");
  life.Record("agglo", v1::ROLE_SIGNATORY,
              test::Notice(v1::NOTICE_KIND_DENUNCIATION, "2029-09-01", {"caf"}));
  const auto late = [&](const DeadlinesWanted& wanted) {
    int count = 0;
    const v1::DeadlinesView view = ViewDeadlines(life.Now(), wanted);
    for (const v1::Deadline& one : view.deadlines()) count += one.last_day() > "2029-12-31";
    return count;
  };
  EXPECT_EQ(late({}), 0);
  EXPECT_EQ(late({.until = Day("2030-12-31")}), 1);
  const v1::DeadlinesView caf = ViewDeadlines(life.Now(), {.partner_id = "caf"});
  for (const v1::Deadline& one : caf.deadlines()) EXPECT_THAT(one.partner_id(), IsEmpty());
  EXPECT_THAT(caf.deadlines(), Not(IsEmpty()));
}

// Two parties: the denunciation of one ends the whole once its notice is over (L-53).
TEST(ForceView, EndsWithADenunciationBetweenTwoParties) {
  test::History history({"a"});
  const auto b = history.AddReplica();
  ActId act;
  history.Write(0, "a", test::Enrol(history.key(b), {"b"}));
  history.Write(0, "a", test::OpenAct(history, "a", 1, v1::ACT_KIND_ORIGINAL, &act));
  const auto draft = history.Write(
      0, "a",
      test::Draft(act, {test::TermsElement("2024-01-01", "2028-12-31"),
                        test::PartyElement("a", {"oa"}), test::PartyElement("b", {"ob"})}));
  const auto frozen = history.Write(
      0, "a", test::Freeze(act, {history.leaf(draft)}, {{"oa", "a"}, {"ob", "b"}}, "2024-01-01"));
  history.LearnAll();
  history.Write(0, "a", test::Sign(history.leaf(frozen), "oa", "2024-02-01"));
  history.Write(b, "b", test::Sign(history.leaf(frozen), "ob", "2024-02-01"));
  const auto sent = history.Write(
      0, "a", test::Happened(test::Notice(v1::NOTICE_KIND_DENUNCIATION, "2025-08-29", {"b"})));
  history.LearnAll();
  history.Write(b, "b",
                test::Happened(test::Answering(test::Plain(Life::kNoticeReceived, "2025-08-31"),
                                               history.leaf(sent))));
  test::HistoryPlayer player(history);
  player.ApplyAll();
  const EventReader none;
  const auto on = [&](const char* day) {
    const auto view =
        ViewConvention({player.state(), "cut", Day(day), Day("2025-09-01"), none}, "");
    EXPECT_OK(view);
    return *view;
  };

  EXPECT_EQ(on("2026-02-28").force().state(), v1::FORCE_STATE_IN_FORCE);
  EXPECT_EQ(on("2026-02-28").force().efficacy_until(), "2026-03-01");
  EXPECT_EQ(on("2026-03-01").force().state(), v1::FORCE_STATE_TERMINATED);
  EXPECT_EQ(on("2026-03-01").standing(), v1::CONVENTION_STANDING_TERMINATED);
  EXPECT_THAT(on("2026-03-01").force().text(), HasSubstr("Dénoncée"));
}

// What a peer of other software wrote: recorded whatever it breaks, found, and ends nothing.
TEST(LifeFindings, NameWhatAPeerRecordedAgainstTheRules) {
  test::Scenario play;
  play.SignByAll(play.frozen, "2024-02-01");
  const auto write = [&](Life fact) {
    const auto event = play.history.Write(play.b, "b", test::Happened(std::move(fact)));
    play.history.LearnAll();
    return play.Leaf(event);
  };
  const Digest law = write(test::Notice(v1::NOTICE_KIND_LAW, "2025-06-30", {"a"}));
  write(test::Answering(test::Plain(Life::kNoticeFruitless, "2025-07-30"), law));
  Life termination = test::Answering(test::Plain(Life::kTerminationDeclared, "2025-08-15"), law);
  termination.mutable_termination_declared()->set_ground(v1::TERMINATION_GROUND_FRUITLESS_NOTICE);
  write(termination);
  const Digest breach = write(test::Notice(v1::NOTICE_KIND_BREACH, "2025-06-30", {"a"}));
  Life early = test::Answering(test::Plain(Life::kTerminationDeclared, "2025-07-30"), breach);
  early.mutable_termination_declared()->set_ground(v1::TERMINATION_GROUND_FRUITLESS_NOTICE);
  write(early);
  const Digest asked = write(test::Plain(Life::kDataExchangeRequested, "2025-06-01"));
  write(test::Answering(test::Plain(Life::kDataExchangeDecided, "2025-06-02"), asked));
  write(test::Notice(v1::NOTICE_KIND_DENUNCIATION, "2028-07-01", {"a"}));

  const EventReader none;
  const auto view =
      ViewConvention({play.State(), "cut", Day("2025-09-01"), Day("2025-09-01"), none}, "");
  ASSERT_OK(view);
  const std::vector<std::string> codes = Codes(view->findings());
  for (const char* code :
       {"notice-standing", "notice-running", "termination-standing", "termination-ineffective",
        "dpo-opinion-missing", "denunciation-after-end", "proof-of-sending"}) {
    EXPECT_THAT(codes, Contains(code));
  }
  EXPECT_EQ(view->force().state(), v1::FORCE_STATE_IN_FORCE);
}

}  // namespace
}  // namespace greffe
