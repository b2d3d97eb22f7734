#include "core/convention/views/queries_life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/convention/reading/event_teller.h"
#include "core/convention/views/markdown.h"
#include "tests/core/convention/living_play.h"
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
using test::Day;
using test::Denunciation;
using test::Viewing;
using testing_support::MiniReplica;
using testing_support::SamplePlay;
using testing_support::StatusIs;

std::vector<std::string> Codes(const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
  std::vector<std::string> out;
  for (const v1::Finding& finding : findings) out.push_back(finding.code());
  return out;
}

TEST(ViewLife, TellsWhereANoticeStandsFromTheDayAlone) {
  Viewing life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY,
                                  test::Notice(v1::NOTICE_KIND_BREACH, "2025-06-30", {"vallon"}));

  ASSERT_THAT(life.View().threads(), SizeIs(1));
  EXPECT_EQ(life.View().threads(0).standing(), "running");
  EXPECT_THAT(life.View().threads(0).text(), HasSubstr("30 juillet 2025"));
  EXPECT_THAT(life.View().threads(0).text_en(), HasSubstr("until 30 July 2025"));
  // Who received it may not say so.
  EXPECT_THAT(
      life.View().threads(0).next_step(),
      HasSubstr("c'est à l'Agglomération du Vallon de le constater : greffe notice cured."));
  ASSERT_THAT(life.View().threads(0).deadlines(), SizeIs(1));
  life.On("2025-07-31");
  EXPECT_EQ(life.View().threads(0).standing(), "expired");
  EXPECT_THAT(life.View().threads(0).next_step(),
              AllOf(HasSubstr("C'est à l'Agglomération du Vallon de constater la réparation"),
                    HasSubstr("une partie peut constater l'absence d'effet")));
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
  Viewing life;
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
  Viewing life;
  const Digest sent = life.Record("agglo", v1::ROLE_SIGNATORY, Denunciation("2025-06-30"));
  EXPECT_EQ(life.View().threads(0).standing(), "not-received");
  const char* const kUnreceived = "Dénonciation envoyée le 30 juin 2025, réception à enregistrer";
  const v1::ForceView force = ViewConvention(life.Now(), "")->force();
  EXPECT_THAT(force.text(), HasSubstr(kUnreceived));
  EXPECT_THAT(force.text_en(),
              HasSubstr("Dénonciation sent on 30 June 2025, receipt to be recorded"));
  EXPECT_THAT(ViewStatus(life.Now())->force().text(), HasSubstr(kUnreceived));
  EXPECT_THAT(ViewConvention(life.play.agglo().At("2025-06-29"), "")->force().text(),
              Not(HasSubstr(kUnreceived)));
  life.On("2025-07-02");
  life.Record("caf", v1::ROLE_SECRETARIAT,
              test::Answering(test::Plain(Life::kNoticeReceived, "2025-07-02"), sent));
  EXPECT_EQ(life.View().threads(0).standing(), "running");
  EXPECT_THAT(ViewConvention(life.Now(), "")->force().text(), Not(HasSubstr(kUnreceived)));
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
  Viewing life;
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
  Viewing life;
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
  EXPECT_THAT(view.threads(0).text(), HasSubstr("il ne peut pas agir ici"));
  EXPECT_EQ(view.threads(1).standing(), "asked");
  EXPECT_THAT(view.threads(1).next_step(), HasSubstr("Caisse d'allocations familiales"));
  EXPECT_THAT(life.View("act-1").threads(), SizeIs(1));
  EXPECT_THAT(ViewLife(life.Now(), "act-9"), StatusIs(absl::StatusCode::kNotFound));
}

TEST(ViewLife, SaysOfASuccessionThatTooFewAttestThatNobodyTakesThePlace) {
  Viewing life;
  Life succession = test::Plain(Life::kPartySucceeded, "2025-06-01");
  succession.set_element_id("party-vallon");
  succession.mutable_party_succeeded()->set_successor_name("Commune nouvelle");
  succession.mutable_party_succeeded()->set_successor_partner_id("nouvelle");
  succession.mutable_party_succeeded()->set_reference("arrêté");
  life.Record("agglo", v1::ROLE_COORDINATOR, succession);

  EXPECT_THAT(life.View().threads(0).text(), HasSubstr("Commune nouvelle succéderait"));
  EXPECT_THAT(life.View().threads(0).text(), HasSubstr("il ne prend pas la place"));
  EXPECT_THAT(life.View().threads(0).next_step(), HasSubstr("deux autres parties"));
}

TEST(ViewConvention, ShowsAClauseDeemedUnwritten) {
  Viewing life;
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

  EXPECT_THAT(found("2025-05-01"),
              HasSubstr("Réputé non écrit – règle de droit en vigueur (loi) – Article 1"));
  EXPECT_THAT(found("2025-04-30"), IsEmpty());
  const std::string printed =
      RenderMarkdown(*ViewConvention(life.play.agglo().At("2025-05-01"), ""));
  EXPECT_THAT(printed,
              HasSubstr("**Réputé non écrit – règle de droit en vigueur (loi) – Article 1"));
  // What the clause said is told apart, below the note, and nowhere as text in force.
  EXPECT_THAT(printed, HasSubstr("> *Texte réputé non écrit, rappelé pour mémoire"));
  EXPECT_THAT(printed, HasSubstr("\n> La convention définit le projet du territoire."));
  EXPECT_THAT(printed, Not(HasSubstr("\nLa convention définit le projet du territoire.")));
  const std::string before =
      RenderMarkdown(*ViewConvention(life.play.agglo().At("2025-04-30"), ""));
  EXPECT_THAT(before, HasSubstr("\nLa convention définit le projet du territoire."));
}

// Also what stands in it, asked for alone, and rows of a table.
TEST(ViewConvention, SaysOfWhatStandsInAnUnwrittenClauseThatItIsUnwritten) {
  Viewing life;
  Life fact = test::Plain(Life::kClauseDeemedUnwritten, "2025-06-01");
  fact.set_element_id("annex-1");
  fact.mutable_clause_deemed_unwritten()->set_cause(v1::UNWRITTEN_CAUSE_RULE_OF_LAW);
  fact.mutable_clause_deemed_unwritten()->set_reference("loi");
  fact.mutable_clause_deemed_unwritten()->set_effective_from("2025-05-01");
  fact.set_text("entrée en vigueur de la loi");
  life.Record("agglo", v1::ROLE_SIGNATORY, fact);
  const auto unwritten = [&](const char* on, const std::string& scope) {
    const auto view = ViewConvention(life.play.agglo().At(on), scope);
    EXPECT_OK(view);
    std::set<std::string> out;
    for (const v1::ElementView& one : view->elements()) {
      if (one.unwritten()) out.insert(one.element().id());
    }
    return out;
  };
  using Ids = std::set<std::string>;

  EXPECT_EQ(unwritten("2025-05-01", ""), (Ids{"annex-1", "fac-1"}));
  EXPECT_EQ(unwritten("2025-05-01", "fac-1"), Ids{"fac-1"});
  EXPECT_EQ(unwritten("2025-04-30", ""), Ids{});
  const auto printed = [&](const char* on) {
    return RenderMarkdown(*ViewConvention(life.play.agglo().At(on), ""));
  };
  EXPECT_THAT(printed("2025-05-01"), HasSubstr(" (réputé non écrit)"));
  EXPECT_THAT(printed("2025-04-30"), Not(HasSubstr(" (réputé non écrit)")));
}

// Domain.md section 7.5: the decision is named, with the day on which it became final.
TEST(ViewConvention, NamesTheDecisionThatDeemsAClauseUnwritten) {
  Viewing life;
  Life fact = test::Plain(Life::kClauseDeemedUnwritten, "2025-06-01");
  fact.set_element_id("art-1");
  fact.mutable_clause_deemed_unwritten()->set_cause(v1::UNWRITTEN_CAUSE_COURT_DECISION);
  fact.mutable_clause_deemed_unwritten()->set_reference("TA, n° 25-001");
  fact.mutable_clause_deemed_unwritten()->set_final_on("2025-05-20");
  life.Record("agglo", v1::ROLE_SIGNATORY, fact);
  const auto view = ViewConvention(life.Now(), "");
  ASSERT_OK(view);
  std::string said;
  for (const v1::Finding& one : view->findings()) {
    if (one.code() == "deemed-unwritten") said = one.text();
  }
  EXPECT_THAT(said,
              HasSubstr("Réputé non écrit – décision devenue définitive le 20 mai 2025 (TA, n° "
                        "25-001) – Article 1"));
}

TEST(ViewConvention, ShowsWhereAnErrorWasCorrectedOnceAnotherPartyAttestsIt) {
  Viewing life;
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

// Domain.md section 4.7: what a text is between two (date, knowledge) points, whatever made it so.
TEST(ViewDiff, TellsClausesDeemedUnwrittenAndErrorsAttestedThoughNoActChangedThem) {
  Viewing life;
  const MiniReplica& agglo = life.play.agglo();
  const ConventionState unaware = agglo.state();
  const Known known_before{.state = unaware,
                           .cut = "gt1.before",
                           .in_force_on = Day("2025-06-30"),
                           .clock_date = Day("2025-06-30"),
                           .read_event = agglo.At("2025-06-30").read_event};
  Life unwritten = test::Plain(Life::kClauseDeemedUnwritten, "2025-06-01");
  unwritten.set_element_id("annex-1");
  unwritten.mutable_clause_deemed_unwritten()->set_cause(v1::UNWRITTEN_CAUSE_RULE_OF_LAW);
  unwritten.mutable_clause_deemed_unwritten()->set_reference("loi");
  unwritten.mutable_clause_deemed_unwritten()->set_effective_from("2025-05-01");
  unwritten.set_text("entrée en vigueur de la loi");
  life.Record("agglo", v1::ROLE_SIGNATORY, unwritten);
  Life error = test::Plain(Life::kErrorCorrected, "2025-06-01");
  error.set_element_id("art-1");
  error.mutable_error_corrected()->set_wrong("projet du territoire");
  error.mutable_error_corrected()->set_right("projet de territoire");
  const Digest corrected = life.Record("agglo", v1::ROLE_COORDINATOR, error);
  const auto said = [](const Known& from, const Known& to) {
    const auto diff = ViewDiff(from, to);
    EXPECT_OK(diff);
    std::vector<std::string> out;
    for (const v1::DiffEntry& entry : diff->entries()) {
      EXPECT_EQ(entry.kind(), v1::DIFF_KIND_CHANGED);
      EXPECT_FALSE(entry.has_origin()) << "no act is behind it";
      for (const v1::FieldDiff& field : entry.fields()) {
        out.push_back(absl::StrCat(entry.element_id(), " ", field.field(), ": ", field.before(),
                                   " > ", field.after()));
      }
    }
    return out;
  };

  // What stands in the annex is told with it; an error that nobody attested is no change.
  EXPECT_THAT(said(known_before, agglo.At("2025-06-30")),
              testing::ElementsAre("annex-1 unwritten: false > true"));
  EXPECT_THAT(said(agglo.At("2025-06-30"), known_before),
              testing::ElementsAre("annex-1 unwritten: true > false"));
  EXPECT_THAT(said(agglo.At("2025-04-30"), agglo.At("2025-05-01")),
              testing::ElementsAre("annex-1 unwritten: false > true"));
  EXPECT_THAT(said(agglo.At("2025-05-01"), agglo.At("2025-06-30")), testing::IsEmpty());
  life.Record("caf", v1::ROLE_SIGNATORY,
              test::Answering(test::Plain(Life::kCorrectionAttested, "2025-06-02"), corrected));
  EXPECT_THAT(
      said(known_before, agglo.At("2025-06-30")),
      testing::UnorderedElementsAre(
          "annex-1 unwritten: false > true",
          "art-1 errata:  > lire « projet de territoire » au lieu de « projet du territoire »"));
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

std::string LabelIn(const google::protobuf::RepeatedPtrField<v1::LifeLabel>& labels,
                    const std::string& id) {
  for (const v1::LifeLabel& one : labels) {
    if (one.id() == id) return one.label();
  }
  return "";
}

TEST(ViewLife, NamesWhatFactsNameByIds) {
  Viewing life;
  life.Record("agglo", v1::ROLE_SIGNATORY, Denunciation("2025-06-30"));

  const v1::LifeView view = life.View();

  EXPECT_EQ(LabelIn(view.labels(), "agglo"), "Agglomération du Vallon");
  EXPECT_EQ(LabelIn(view.labels(), "vallon"), "Commune du Vallon");
  EXPECT_EQ(LabelIn(view.labels(), "caf"), "Caisse d'allocations familiales");
  EXPECT_EQ(LabelIn(view.labels(), "terms"), "Convention territoriale globale du Vallon");
  EXPECT_TRUE(std::is_sorted(view.labels().begin(), view.labels().end(),
                             [](const auto& a, const auto& b) { return a.id() < b.id(); }));
}

TEST(LabelsOf, NamesOfficesBodiesActsAndRevisions) {
  Viewing life;
  const auto label = [&life](const Life& fact, const std::string& id) {
    google::protobuf::RepeatedPtrField<v1::LifeLabel> labels;
    for (const v1::LifeLabel& one : LabelsOf(life.play.agglo().state(), fact)) *labels.Add() = one;
    return LabelIn(labels, id);
  };
  const StateData& data = life.play.agglo().state().data();
  ASSERT_EQ(data.revisions.size(), 1u);
  const Digest revision = data.LeafOf(data.revisions[0].event);

  Life office = test::Plain(Life::kRepresentativeChanged, "2025-06-30");
  office.set_element_id("party-vallon");
  office.mutable_representative_changed()->set_office_id("maire");
  EXPECT_EQ(label(office, "maire"), "Maire");
  EXPECT_EQ(label(office, "party-vallon"), "Commune du Vallon");
  Life seen = test::Answering(test::Plain(Life::kCommitteeConsulted, "2025-06-30"), revision);
  seen.mutable_committee_consulted()->set_body_id("body-1");
  EXPECT_EQ(label(seen, "body-1"), "Comité de pilotage");
  EXPECT_EQ(label(seen, revision.ToHex()), "convention du 15 mai 2025");
  Life review = test::Plain(Life::kReviewRequested, "2025-06-30");
  review.mutable_review_requested()->set_act_id(data.revisions[0].act.ToBytes());
  review.mutable_review_requested()->add_partner_ids("vallon");
  EXPECT_NE(label(review, life.play.original()), "");
  EXPECT_EQ(label(review, "vallon"), "Commune du Vallon");
  // What is unknown keeps its id alone.
  Life stranger = test::Plain(Life::kDataExchangeRequested, "2025-06-30");
  stranger.mutable_data_exchange_requested()->set_holder_partner_id("inconnu");
  EXPECT_EQ(label(stranger, "inconnu"), "");
}

// Anybody may draft an element with the id of a partner.
TEST(LabelsOf, KeepThePartnersNameBeforeAnElementOfItsId) {
  Viewing life;
  v1::Element element = testing_support::SampleElement("art-1");
  element.set_id("vallon");
  life.play.Propose({testing_support::Put(element)});
  const StateData& data = life.play.agglo().state().data();
  ASSERT_NE(EventTeller(data).ElementName("vallon"), "vallon");
  Life fact = test::Plain(Life::kReviewRequested, "2025-06-30");
  fact.set_element_id("vallon");
  fact.mutable_review_requested()->add_partner_ids("vallon");

  google::protobuf::RepeatedPtrField<v1::LifeLabel> labels;
  for (const v1::LifeLabel& one : LabelsOf(life.play.agglo().state(), fact)) *labels.Add() = one;

  EXPECT_EQ(LabelIn(labels, "vallon"), "Commune du Vallon");
}

TEST(ViewLife, CitesTheClauseBehindAThreadAndAFinding) {
  Viewing life;
  life.Record("agglo", v1::ROLE_SIGNATORY, Denunciation("2025-06-30"));
  EXPECT_FALSE(life.View().threads(0).has_clause());
  v1::Element fin;
  fin.set_id("art-fin");
  fin.set_position("z");
  fin.mutable_article()->set_number("9");
  fin.mutable_article()->set_title("Fin");
  fin.mutable_article()->set_role(v1::CLAUSE_ROLE_TERMINATION);
  fin.mutable_article()->set_body("Chaque partie peut dénoncer la convention six mois à l'avance.");
  const std::string act = life.play.Propose({testing_support::Put(fin)});
  life.play.Conclude(act, life.play.Freeze(act, "2025-07-01"));
  life.On("2025-07-02");

  const v1::LifeView view = life.View();

  EXPECT_EQ(view.threads(0).clause().element_id(), "art-fin");
  EXPECT_EQ(view.threads(0).clause().heading(), "article 9 – Fin");
  EXPECT_EQ(view.threads(0).clause().sentence(),
            "Chaque partie peut dénoncer la convention six mois à l'avance.");
  const auto cited =
      std::count_if(view.findings().begin(), view.findings().end(), [](const v1::Finding& one) {
        return one.text().find("article 9 – Fin") != std::string::npos;
      });
  EXPECT_GT(cited, 0) << view.ShortDebugString();
}

TEST(ViewLife, CitesTheClauseOnTheEvaluationThatIsReported) {
  Viewing life;
  v1::Element article;
  article.set_id("art-eval");
  article.set_position("z");
  article.mutable_article()->set_number("9");
  article.mutable_article()->set_title("Évaluer");
  article.mutable_article()->set_role(v1::CLAUSE_ROLE_EVALUATION);
  article.mutable_article()->set_body(
      "Une évaluation à mi-parcours et une autre au terme sont menées. Toute action est évaluée "
      "une fois par an.");
  const std::string act = life.play.Propose({testing_support::Put(article)});
  life.play.Conclude(act, life.play.Freeze(act, "2025-07-01"));
  life.On("2026-02-02");
  Life yearly = test::Plain(Life::kEvaluationReported, "2026-02-01");
  yearly.set_element_id("terms");
  yearly.mutable_evaluation_reported()->set_kind(v1::EVALUATION_KIND_ANNUAL);
  yearly.mutable_evaluation_reported()->set_year("2025");
  life.Record("agglo", v1::ROLE_COORDINATOR, yearly);

  const v1::LifeView view = life.View();

  ASSERT_EQ(view.threads_size(), 1);
  EXPECT_EQ(view.threads(0).clause().sentence(), "Toute action est évaluée une fois par an.");
}

}  // namespace
}  // namespace greffe
