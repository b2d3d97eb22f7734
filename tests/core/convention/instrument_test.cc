#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/support/confirmed.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_support::Facility;
using testing_support::Indicator;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SampleElement;
using testing_support::SamplePlay;

v1::Element TextArticle(const std::string& body) {
  v1::Element out = SampleElement("art-1");
  out.mutable_article()->set_body(body);
  return out;
}

v1::Element ScheduleOf(const std::string& to) {
  v1::Element out = SampleElement("act-1-sched");
  out.mutable_schedule()->set_to(to);
  return out;
}

struct AmendingText {
  SamplePlay play;

  void Revise(const v1::Change& change) {
    v1::ReviseActRequest request;
    request.set_act_id(play.original());
    *request.add_changes() = change;
    ASSERT_OK(play.agglo().Do(request, play.Coordinator()));
  }
  v1::InstrumentView View(const std::string& act) {
    return ViewInstrument(play.agglo().At("2026-06-30"), act).value();
  }
  std::string ProposeDecision(const std::vector<v1::Change>& changes) {
    return play.Propose(changes, v1::ACT_KIND_COMMITTEE_DECISION);
  }
  absl::Status Freeze(const std::string& act) {
    v1::FreezeActRequest request;
    request.set_act_id(act);
    request.set_effective_from("2026-01-01");
    const CommandContext context = play.Coordinator();
    return play.agglo().Do(testing_support::Confirmed(play.agglo().state(), request, context),
                           context);
  }
};

std::vector<std::string> Codes(const v1::InstrumentView& view) {
  std::vector<std::string> out;
  for (const v1::Finding& one : view.findings()) out.push_back(one.code());
  return out;
}

// L-26: what an act calls the clause does not take it out of what all decide.
TEST(Instrument, SaysThatCommunicationIsDecidedInCommon) {
  AmendingText amending;
  v1::Element clause = TextArticle("Chaque partie soumet ses supports à l'autre.");
  clause.mutable_article()->set_role(v1::CLAUSE_ROLE_COMMUNICATION);
  amending.Revise(Put(clause));
  amending.play.ConcludeOriginal();
  clause.mutable_article()->set_body("Chaque partie communique comme elle veut.");
  clause.mutable_article()->set_role(v1::CLAUSE_ROLE_UNSPECIFIED);
  const v1::InstrumentView view = amending.View(amending.play.Propose({Put(clause)}));
  ASSERT_EQ(view.operations_size(), 1);
  EXPECT_EQ(view.change_class(), v1::CHANGE_CLASS_AVENANT);
  EXPECT_THAT(view.operations(0).why(), HasSubstr("(L-26)"));
}

TEST(Instrument, ReadsAsAnAvenantAndProvesItself) {
  AmendingText amending;
  amending.play.ConcludeOriginal();
  const std::string act = amending.play.Propose(
      {Put(TextArticle("La convention définit le projet commun du territoire.")),
       Put(Facility("fac-2", "annex-1", "RPE du Vallon", "agglo")), Remove("ind-1")});

  const v1::InstrumentView draft = amending.View(act);
  ASSERT_EQ(draft.operations_size(), 3);
  EXPECT_EQ(draft.operations(0).wording(),
            "À l'article 1er, le mot : « projet » est remplacé par les mots : « projet commun ».");
  EXPECT_EQ(draft.operations(1).kind(), v1::OPERATION_KIND_ADD_ROW);
  EXPECT_EQ(draft.operations(2).kind(), v1::OPERATION_KIND_REMOVE_ROW);
  EXPECT_EQ(draft.change_class(), v1::CHANGE_CLASS_AVENANT);
  EXPECT_TRUE(draft.proved());
  EXPECT_NE(draft.base_digest(), draft.applied_digest());
  EXPECT_THAT(Codes(draft), ElementsAre());

  const std::string revision = amending.play.Freeze(act, "2026-01-01");
  const v1::InstrumentView frozen = amending.View(act);
  EXPECT_EQ(frozen.revision(), revision);
  EXPECT_TRUE(frozen.proved());
  EXPECT_EQ(frozen.applied_digest(), draft.applied_digest());
  EXPECT_THAT(frozen.heading(), HasSubstr("Avenant n° 1\nà la convention « Convention"));
  EXPECT_THAT(frozen.heading(),
              HasSubstr("Article 1er – Modification : Article 1 – Objet\nÀ l'art"));
  EXPECT_THAT(frozen.heading(), HasSubstr("prend effet le 1er janvier 2026."));
  // What stands around the articles: who, on what ground, and where each signs.
  EXPECT_THAT(frozen.heading(), HasSubstr("\n\nEntre les soussignés\n– "));
  EXPECT_THAT(frozen.heading(), HasSubstr("– la Commune du Vallon, agissant par : Maire"));
  EXPECT_THAT(frozen.heading(), HasSubstr("Vu la convention « Convention territoriale globale du "
                                          "Vallon » ;\n"));
  EXPECT_THAT(frozen.heading(),
              HasSubstr("Vu la délibération de la Commune du Vallon en date du ………………"));
  EXPECT_THAT(frozen.heading(), HasSubstr("Il est convenu ce qui suit."));
  EXPECT_THAT(frozen.heading(), HasSubstr("\nPour la Commune du Vallon – Maire : le ………………"));

  // What was concluded is what is in force.
  amending.play.Conclude(act, revision);
  EXPECT_THAT(amending.View(act).heading(), HasSubstr("Pour la Commune du Vallon – Maire : "
                                                      "signature dans Greffe du "));
  const auto view = ViewConvention(amending.play.agglo().At("2026-06-30"), "");
  EXPECT_EQ(view->text_digest(), frozen.consolidated_digest());
}

TEST(Instrument, CitesTheEvaluationThatLedToIt) {
  AmendingText amending;
  amending.play.ConcludeOriginal();
  v1::RecordFactRequest report;
  v1::LifeRecorded& fact = *report.mutable_fact();
  fact.set_element_id("terms");
  fact.set_happened_on("2025-06-20");
  fact.mutable_evaluation_reported()->set_kind(v1::EVALUATION_KIND_MID_TERM);
  std::vector<Digest> evaluation;
  ASSERT_OK(amending.play.agglo().Do(report, amending.play.Coordinator(), &evaluation));
  v1::ProposeActRequest request;
  request.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  request.mutable_draft()->set_title("Suite de l'évaluation");
  *request.mutable_draft()->add_changes() =
      Put(testing_support::Indicator("ind-1", "act-1", "Places ouvertes"));
  request.set_prompted_by(evaluation.front().ToHex());
  std::vector<Digest> leaves;
  ASSERT_OK(amending.play.agglo().Do(request, amending.play.Coordinator(), &leaves));
  v1::ProposeActResponse response;
  FillAnswer(amending.play.agglo().state(), request, leaves, &response);

  EXPECT_THAT(amending.View(response.act_id()).heading(),
              HasSubstr("\nVu l'évaluation à mi-parcours, rendue le 20 juin 2025 ;\n"));
}

TEST(Instrument, IsNoneOfAnOriginal) {
  AmendingText amending;
  const auto got = ViewInstrument(amending.play.agglo().At("2026-06-30"), amending.play.original());
  EXPECT_EQ(RefusalOf(got.status()).rule, "not-an-avenant");
}

TEST(Instrument, SaysHowEachMandateCoversIt) {
  AmendingText amending;
  const std::string original = amending.play.Freeze(amending.play.original());
  v1::RecordDeliberationRequest vote;
  *vote.mutable_deliberation() = testing_support::SoundDeliberation("vallon", original);
  vote.mutable_deliberation()->mutable_scope()->set_reach(v1::MANDATE_REACH_EXECUTION);
  vote.mutable_deliberation()->mutable_scope()->set_quote("tout autre document d'exécution");
  ASSERT_OK(amending.play.agglo().Do(vote, amending.play.Secretariat("vallon")));
  for (const auto& [partner, office] : {std::pair("agglo", "president"),
                                        {"vallon", "maire"},
                                        {"caf", "caf-pres"},
                                        {"caf", "caf-dir"}}) {
    amending.play.Sign(amending.play.original(), original, partner, office);
  }
  const std::string act = amending.play.Propose({Put(TextArticle("Autre chose."))});

  const v1::InstrumentView view = amending.View(act);
  ASSERT_EQ(view.coverage_size(), 3);
  EXPECT_EQ(view.coverage(0).coverage(), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  EXPECT_EQ(view.coverage(1).coverage(), v1::MANDATE_COVERAGE_LEGAL_REVIEW);
  EXPECT_EQ(view.coverage(1).quote(), "tout autre document d'exécution");
  EXPECT_EQ(view.coverage(2).coverage(), v1::MANDATE_COVERAGE_COVERED);

  const std::string revision = amending.play.Freeze(act, "2026-01-01");
  amending.play.Vote("agglo", revision);
  EXPECT_EQ(amending.View(act).coverage(0).coverage(), v1::MANDATE_COVERAGE_COVERED);
}

TEST(Instrument, QuotesTheClauseThatLeavesAChangeToTheCommittee) {
  AmendingText amending;
  v1::Element body = SampleElement("body-1");
  body.mutable_body()->add_functions("Le calendrier des actions est à affiner chaque année.");
  amending.Revise(Put(body));
  amending.play.ConcludeOriginal();

  const std::string inside = amending.ProposeDecision({Put(ScheduleOf("2027"))});
  const v1::InstrumentView view = amending.View(inside);
  EXPECT_EQ(view.change_class(), v1::CHANGE_CLASS_COMMITTEE_DECISION);
  EXPECT_EQ(view.operations(0).clause_id(), "body-1");
  EXPECT_EQ(view.operations(0).quote(), "Le calendrier des actions est à affiner chaque année.");
  const std::string revision = amending.play.Freeze(inside, "2026-01-01");
  // No council votes on it: the clause that they voted leaves it to the committee.
  amending.play.Sign(inside, revision, "vallon", "maire");
  const auto status = ViewStatus(amending.play.agglo().At("2026-06-30"), {});
  ASSERT_OK(status);
  EXPECT_EQ(status->revision().revision(), revision);
  EXPECT_EQ(status->revision().signed_(), 1u);
  EXPECT_EQ(status->deliberating_parties(), 0u);
}

TEST(Instrument, OfACommitteeIsRefusedWhatTakesAnAvenant) {
  AmendingText amending;
  v1::Element body = SampleElement("body-1");
  body.mutable_body()->add_functions("Le calendrier des actions est à affiner chaque année.");
  amending.Revise(Put(body));
  amending.play.ConcludeOriginal();

  const std::string article = amending.ProposeDecision({Put(TextArticle("Autre chose."))});
  EXPECT_THAT(Codes(amending.View(article)), ElementsAre("avenant-needed"));
  const absl::Status refused = amending.Freeze(article);
  EXPECT_EQ(RefusalOf(refused).rule, "CHK-25");
  EXPECT_THAT(RefusalOf(refused).fr, HasSubstr("Article 1 – Objet"));
}

TEST(Instrument, OfACommitteeIsRefusedAScheduleBeyondTheTerm) {
  AmendingText amending;
  v1::Element body = SampleElement("body-1");
  body.mutable_body()->add_functions("Le calendrier des actions est à affiner chaque année.");
  amending.Revise(Put(body));
  amending.play.ConcludeOriginal();
  const std::string beyond = amending.ProposeDecision({Put(ScheduleOf("2031"))});
  EXPECT_EQ(RefusalOf(amending.Freeze(beyond)).rule, "CHK-25");
}

TEST(Instrument, OfACommitteeIsRefusedWithoutAClause) {
  AmendingText amending;
  amending.play.ConcludeOriginal();
  const std::string act = amending.ProposeDecision({Put(ScheduleOf("2027"))});
  EXPECT_EQ(RefusalOf(amending.Freeze(act)).rule, "CHK-26");
}

TEST(Instrument, IsTakenUpAgainWhenAnotherWasConcludedOnItsBase) {
  AmendingText amending;
  amending.play.ConcludeOriginal();
  const std::string mine = amending.play.Propose({Put(TextArticle("La mienne."))});
  const std::string other = amending.play.Propose(
      {Put(TextArticle("La leur.")), Put(Facility("fac-2", "annex-1", "RPE du Vallon", "agglo"))});
  const std::string theirs = amending.play.Freeze(other, "2026-01-01");
  amending.play.Freeze(mine, "2026-02-01");
  EXPECT_THAT(Codes(amending.View(mine)), ElementsAre("rivals"));

  amending.play.Conclude(other, theirs);
  const v1::InstrumentView view = amending.View(mine);
  EXPECT_THAT(Codes(view), ElementsAre("rebase"));
  ASSERT_EQ(view.concluded_since_size(), 1);
  EXPECT_EQ(view.concluded_since(0).revision(), theirs);
  EXPECT_EQ(view.concluded_since(0).act_id(), other);
  ASSERT_EQ(view.rebase_size(), 1);
  EXPECT_EQ(view.rebase(0).element_id(), "art-1");
  EXPECT_EQ(view.rebase(0).after().article().body(), "La leur.");
  // It reads on the text that it was frozen on.
  EXPECT_TRUE(view.proved());
}

// L-36: by the day of the question while it is not concluded.
TEST(Instrument, ExtendsTheTermBeforeItsEndOnly) {
  AmendingText amending;
  amending.play.ConcludeOriginal();
  v1::Element terms = SampleElement("terms");
  terms.mutable_terms()->set_end_date("2030-12-31");
  const std::string act = amending.play.Propose({Put(terms)});
  const auto on = [&](const std::string& day) {
    return Codes(ViewInstrument(amending.play.agglo().At(day), act).value());
  };

  EXPECT_THAT(on("2029-12-31"), ElementsAre());
  EXPECT_THAT(on("2030-01-01"), ElementsAre("extension-after-term"));

  // Concluded before the end it extends, whenever that is asked.
  amending.play.Conclude(act, amending.play.Freeze(act, "2026-01-01"));
  EXPECT_THAT(on("2030-01-01"), ElementsAre());
}

// What a committee may decide and what it may not: the whole takes an avenant. No committee gives
// itself the clause that it needs.
TEST(Instrument, IsOfTheWidestClassOfWhatItChanges) {
  AmendingText amending;
  v1::Element body = SampleElement("body-1");
  body.mutable_body()->add_functions("Le calendrier des actions est à affiner chaque année.");
  amending.play.ConcludeOriginal();
  const std::string own = amending.ProposeDecision({Put(body), Put(ScheduleOf("2027"))});
  EXPECT_EQ(amending.View(own).change_class(), v1::CHANGE_CLASS_AVENANT);
  EXPECT_EQ(RefusalOf(amending.Freeze(own)).rule, "CHK-26");

  AmendingText with_clause;
  with_clause.Revise(Put(body));
  with_clause.play.ConcludeOriginal();
  const std::string both =
      with_clause.ProposeDecision({Put(TextArticle("Autre chose.")), Put(ScheduleOf("2027"))});
  const v1::InstrumentView view = with_clause.View(both);
  EXPECT_EQ(view.change_class(), v1::CHANGE_CLASS_AVENANT);
  // Each operation says its own.
  ASSERT_EQ(view.operations_size(), 2);
  EXPECT_EQ(view.operations(0).change_class(), v1::CHANGE_CLASS_AVENANT);
  EXPECT_EQ(view.operations(0).clause_id(), "");
  EXPECT_EQ(view.operations(0).quote(), "");
  EXPECT_EQ(view.operations(1).change_class(), v1::CHANGE_CLASS_COMMITTEE_DECISION);
  EXPECT_EQ(view.operations(1).clause_id(), "body-1");
  EXPECT_NE(view.operations(0).why(), view.operations(1).why());
}

// An operation that puts an element with what stands below it is of the widest of their classes: a
// clause lets a committee add the indicator, and nobody but the parties the action that it is of.
TEST(Instrument, OfAnOperationIsTheWidestClassOfWhatItPuts) {
  AmendingText amending;
  v1::Element body = SampleElement("body-1");
  body.mutable_body()->add_functions("Les indicateurs pourront être intégrés au projet.");
  amending.Revise(Put(body));
  amending.play.ConcludeOriginal();
  v1::Element action = SampleElement("act-1");
  action.set_id("act-2");
  action.mutable_action()->set_ref("1.2");
  const v1::Change indicator = Put(Indicator("ind-2", "act-2", "Nombre de places"));
  const v1::InstrumentView both = amending.View(amending.play.Propose({Put(action), indicator}));
  ASSERT_EQ(both.operations_size(), 1);
  EXPECT_EQ(both.operations(0).element_id(), "act-2");
  EXPECT_EQ(both.operations(0).change_class(), v1::CHANGE_CLASS_AVENANT);
  EXPECT_EQ(both.operations(0).clause_id(), "");

  const v1::Change below = Put(Indicator("ind-2", "act-1", "Nombre de places"));
  const v1::InstrumentView alone = amending.View(amending.play.Propose({below}));
  ASSERT_EQ(alone.operations_size(), 1);
  EXPECT_EQ(alone.operations(0).change_class(), v1::CHANGE_CLASS_COMMITTEE_DECISION);
  EXPECT_EQ(alone.operations(0).clause_id(), "body-1");
}

// A signature that was taken back is not printed; a text that was withdrawn is a draft again.
TEST(Instrument, PrintsWhatStands) {
  AmendingText amending;
  amending.play.ConcludeOriginal();
  const std::string act = amending.play.Propose({Put(TextArticle("Autre chose."))});
  const std::string revision = amending.play.Freeze(act, "2026-01-01");
  amending.play.Vote("vallon", revision);
  amending.play.Sign(act, revision, "vallon", "maire");
  EXPECT_THAT(amending.View(act).heading(), HasSubstr("Maire : signature dans Greffe"));
  // The convention is cited once, by its title.
  EXPECT_THAT(amending.View(act).heading(), ::testing::Not(HasSubstr("Vu : ")));
  v1::RefuseActRequest refuse;
  refuse.set_act_id(act);
  refuse.set_revision(revision);
  refuse.set_reason("à revoir");
  ASSERT_OK(amending.play.agglo().Do(refuse, amending.play.Signatory("vallon", "Maire")));
  EXPECT_THAT(amending.View(act).heading(), ::testing::Not(HasSubstr("signature dans Greffe")));

  v1::WithdrawActRequest withdraw;
  withdraw.set_act_id(act);
  withdraw.set_revision(revision);
  withdraw.set_reason("à revoir");
  ASSERT_OK(amending.play.agglo().Do(withdraw, amending.play.Coordinator()));
  EXPECT_EQ(amending.View(act).revision(), "");
}

TEST(Instrument, OfADraftMadeOnAnOlderTextSaysSo) {
  AmendingText amending;
  amending.play.ConcludeOriginal();
  const std::string mine = amending.play.Propose({Put(TextArticle("La mienne."))});
  const std::string other = amending.play.Propose({Put(TextArticle("La leur."))});
  amending.play.Conclude(other, amending.play.Freeze(other, "2026-01-01"));
  EXPECT_THAT(Codes(amending.View(mine)), ElementsAre("base-outdated"));
}

constexpr char kToCommittee[] =
    "Les avenants sont soumis au comité de pilotage avant leur signature.";

TEST(Instrument, IsShownToTheCommitteeWhereAClauseAsksForIt) {
  AmendingText amending;
  v1::Element body = SampleElement("body-1");
  body.mutable_body()->add_functions(kToCommittee);
  amending.Revise(Put(body));
  v1::Element technical = SampleElement("body-1");
  technical.set_id("body-2");
  technical.mutable_body()->set_name("Cellule d'appui");
  technical.mutable_body()->set_kind(v1::BODY_KIND_TECHNICAL);
  amending.Revise(Put(technical));
  amending.play.ConcludeOriginal();
  const std::string act = amending.play.Propose({Put(TextArticle("Autre chose."))});
  const std::string revision = amending.play.Freeze(act, "2026-01-01");
  v1::Element drafted = SampleElement("body-1");
  drafted.set_id("body-9");
  amending.play.Propose({Put(drafted)});

  const v1::InstrumentView view = amending.View(act);
  EXPECT_TRUE(view.consultation_required());
  EXPECT_EQ(view.consultation_quote(), kToCommittee);
  EXPECT_THAT(Codes(view), ElementsAre("committee-not-consulted"));

  amending.play.Vote("agglo", revision);
  v1::SignActRequest sign;
  sign.set_act_id(act);
  sign.set_revision(revision);
  const CommandContext president = amending.play.Signatory("agglo", "Président");
  EXPECT_EQ(RefusalOf(amending.play.agglo().Do(sign, president)).rule, "L-32");

  // A body that its author drafts has seen nothing; another than the clause names does not count.
  for (const char* const other : {"body-9", "body-2"}) {
    Decision invented;
    v1::LifeRecorded* elsewhere = invented.events.emplace_back().mutable_life_recorded();
    elsewhere->set_element_id("terms");
    elsewhere->set_happened_on("2025-12-01");
    elsewhere->set_answers(absl::HexStringToBytes(revision));
    elsewhere->mutable_committee_consulted()->set_body_id(other);
    amending.play.agglo().Write(invented, amending.play.Secretariat("agglo"));
    EXPECT_EQ(amending.View(act).consultations_size(), 0) << other;
  }
  EXPECT_THAT(RefusalOf(amending.play.agglo().Do(sign, president)).next_en,
              HasSubstr("(body-1 – Comité de pilotage)"));

  // Neither another text that it saw, nor what nobody may say, nor what was corrected.
  const auto consulted = [&](const std::string& about) {
    Decision said;
    v1::LifeRecorded* one = said.events.emplace_back().mutable_life_recorded();
    one->set_element_id("terms");
    one->set_happened_on("2025-12-01");
    one->set_answers(absl::HexStringToBytes(about));
    one->mutable_committee_consulted()->set_body_id("body-1");
    return said;
  };
  const v1::ConventionView in_force =
      ViewConvention(amending.play.agglo().At("2025-06-30"), "").value();
  amending.play.agglo().Write(consulted(in_force.elements(0).origin().revision()),
                              amending.play.Secretariat("agglo"));
  CommandContext stranger = amending.play.Secretariat("agglo");
  stranger.partner_id = "caf";
  amending.play.agglo().Write(consulted(revision), stranger);
  EXPECT_EQ(amending.View(act).consultations_size(), 0);
  const std::vector<Digest> wrong =
      amending.play.agglo().Write(consulted(revision), amending.play.Secretariat("agglo"));
  EXPECT_EQ(amending.View(act).consultations_size(), 1);
  Decision corrected = consulted(revision);
  corrected.events.front().mutable_life_recorded()->mutable_committee_consulted()->set_body_id(
      "body-2");
  corrected.events.front().mutable_life_recorded()->add_replaces(wrong.front().ToBytes());
  amending.play.agglo().Write(corrected, amending.play.Secretariat("agglo"));
  EXPECT_EQ(amending.View(act).consultations_size(), 0);

  Decision seen;
  v1::LifeRecorded* life = seen.events.emplace_back().mutable_life_recorded();
  life->set_element_id("terms");
  life->set_happened_on("2025-12-01");
  life->set_answers(absl::HexStringToBytes(revision));
  life->mutable_committee_consulted()->set_body_id("body-1");
  amending.play.agglo().Write(seen, amending.play.Secretariat("agglo"));
  EXPECT_EQ(amending.View(act).consultations_size(), 1);
  EXPECT_OK(amending.play.agglo().Do(sign, president));
  EXPECT_THAT(Codes(amending.View(act)), ElementsAre());
}

}  // namespace
}  // namespace greffe
