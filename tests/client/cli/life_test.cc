// Commands that record and show the facts of a convention's life.

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/command.h"
#include "client/cli/commands.h"
#include "client/cli/life_commands.h"
#include "client/cli/life_show.h"
#include "client/cli/text_width.h"
#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using Life = v1::LifeRecorded;

const std::string kLifeFact = std::string(60, 'a') + "fac7";
const std::string kVote = std::string(60, 'b') + "d3c1";
const std::string kLifeRevision = std::string(60, 'c') + "5e41";
const std::string kAct = std::string(28, 'd') + "ac7e";

class LifeTest : public GreffeTest {
 protected:
  LifeTest() {
    replica_.life.record = [this](const v1::RecordFactRequest& request,
                                  v1::RecordFactResponse* response) {
      recorded_.push_back(request);
      response->set_fact(kLifeFact);
      return grpc::Status::OK;
    };
    replica_.life.get = [this](const v1::GetLifeRequest&, v1::GetLifeResponse* response) {
      *response = life_;
      return grpc::Status::OK;
    };
    replica_.acts.get = [](const v1::GetActRequest&, v1::GetActResponse* response) {
      response->mutable_act()->set_act_id(kAct);
      response->mutable_act()->add_revisions()->set_revision(kLifeRevision);
      return grpc::Status::OK;
    };
    replica_.conventions.history = [](const auto&, v1::GetHistoryResponse* response) {
      auto* vote = response->mutable_view()->add_entries()->add_deliberations();
      vote->mutable_event()->set_leaf(kVote);
      return grpc::Status::OK;
    };
    replica_.conventions.get = [](const auto&, v1::GetConventionResponse* response) {
      v1::ConventionView& view = *response->mutable_view();
      view.set_title("Convention du Vallon");
      view.set_end_date("2029-12-31");
      for (const char* name : {"Caf du Vallon", "Commune du Vallon"}) {
        view.add_elements()->mutable_element()->mutable_party()->set_name(name);
      }
      return grpc::Status::OK;
    };
  }

  v1::LifeFactView& Opening() {
    v1::LifeThread* thread = life_.view().threads().empty()
                                 ? life_.mutable_view()->add_threads()
                                 : life_.mutable_view()->mutable_threads(0);
    thread->mutable_opening()->mutable_event()->set_leaf(kLifeFact);
    return *thread->mutable_opening();
  }
  // The only fact sent by a command that succeeds.
  Life Sent(std::vector<std::string> arguments) {
    recorded_.clear();
    arguments.insert(arguments.end(), {"--on", "2026-03-01"});
    const Outcome outcome = Greffe(arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    if (recorded_.size() != 1) return Life();
    EXPECT_EQ(recorded_[0].convention_id(), "c0c0c0");
    EXPECT_EQ(recorded_[0].request_id().size(), 16u);
    return recorded_[0].fact();
  }

  v1::GetLifeResponse life_;
  std::vector<v1::RecordFactRequest> recorded_;
};

TEST_F(LifeTest, FillsAFactForEachCommand) {
  const auto said = [&](std::vector<std::string> arguments) {
    return Sent(std::move(arguments)).ShortDebugString();
  };
  const auto hex = [](const std::string& digits) {
    return absl::CEscape(absl::HexStringToBytes(digits));
  };
  const std::string on = "happened_on: \"2026-03-01\"";

  EXPECT_EQ(said({"change", "observe", "c0c0c0", "article-4", "--text", "délégué"}),
            absl::StrCat("element_id: \"article-4\" ", on,
                         " text: \"d\\303\\251l\\303\\251gu\\303\\251\" "
                         "uncovered_change_observed { }"));
  EXPECT_EQ(said({"clause", "unwritten", "c0c0c0", "article-9", "--cause", "court-decision",
                  "--reference", "n. 1", "--final-on", "2026-02-01", "--from", "2026-01-01"}),
            absl::StrCat("element_id: \"article-9\" ", on,
                         " clause_deemed_unwritten { cause: UNWRITTEN_CAUSE_COURT_DECISION "
                         "reference: \"n. 1\" final_on: \"2026-02-01\" effective_from: "
                         "\"2026-01-01\" }"));
  EXPECT_EQ(said({"dispute", "open", "c0c0c0", "--court", "TA", "--case", "25-1"}),
            absl::StrCat(on, " dispute_opened { court: \"TA\" case_number: \"25-1\" }"));
  EXPECT_EQ(said({"dispute", "decided", "c0c0c0", kLifeFact, "--reference", "25-1", "--final"}),
            absl::StrCat(on, " answers: \"", hex(kLifeFact),
                         "\" court_decision_recorded { reference: \"25-1\" final: true }"));
  EXPECT_EQ(said({"renewal", "link", "c0c0c0", "--next-title", "suite", "--next-start",
                  "2030-01-01", "--next-end", "2034-12-31", "--next", "abcd"}),
            absl::StrCat(on,
                         " renewal_linked { title: \"suite\" start_date: \"2030-01-01\" "
                         "end_date: \"2034-12-31\" convention_id: \"abcd\" }"));
  EXPECT_EQ(said({"deliberation", "challenge", "c0c0c0", kVote.substr(0, 8), "--kind", "referral"}),
            absl::StrCat(on, " answers: \"", hex(kVote),
                         "\" deliberation_challenged { kind: CHALLENGE_KIND_REFERRAL }"));
  EXPECT_EQ(said({"deliberation", "message", "c0c0c0", kVote, "--code", "3-1"}),
            absl::StrCat(on, " answers: \"", hex(kVote),
                         "\" legality_message_recorded { code: \"3-1\" }"));
  EXPECT_EQ(said({"comment", "add", "c0c0c0", "dddddd", "article-4", "--text", "quoi ?"}),
            absl::StrCat("element_id: \"article-4\" ", on,
                         " text: \"quoi ?\" comment_posted { "
                         "act_id: \"",
                         hex(kAct), "\" }"));
  EXPECT_EQ(said({"comment", "resolve", "c0c0c0", kLifeFact}),
            absl::StrCat(on, " answers: \"", hex(kLifeFact), "\" comment_resolved { }"));
  EXPECT_EQ(said({"review", "ask", "c0c0c0", "dddddd", "--partner", "caf", "--partner", "vallon"}),
            absl::StrCat(on, " review_requested { act_id: \"", hex(kAct),
                         "\" partner_ids: \"caf\" partner_ids: \"vallon\" }"));
  EXPECT_EQ(said({"review", "give", "c0c0c0", kLifeFact, "--verdict", "opposed"}),
            absl::StrCat(on, " answers: \"", hex(kLifeFact),
                         "\" review_given { verdict: REVIEW_VERDICT_OPPOSED }"));
  EXPECT_EQ(said({"committee", "consulted", "c0c0c0", "dddddd", "--body", "comite"}),
            absl::StrCat(on, " answers: \"", hex(kLifeRevision),
                         "\" committee_consulted { body_id: \"comite\" }"));
  EXPECT_EQ(said({"succession", "record", "c0c0c0", "partie-v", "--successor", "Nouvelle",
                  "--reference", "arr", "--siren", "211202023", "--successor-partner", "nv"}),
            absl::StrCat("element_id: \"partie-v\" ", on,
                         " party_succeeded { successor_name: "
                         "\"Nouvelle\" successor_siren: \"211202023\" reference: \"arr\" "
                         "successor_partner_id: \"nv\" }"));
  EXPECT_EQ(said({"representative", "change", "c0c0c0", "partie-v", "--office", "maire", "--reads",
                  "Mairesse"}),
            absl::StrCat("element_id: \"partie-v\" ", on,
                         " representative_changed { office_id: "
                         "\"maire\" office: \"Mairesse\" }"));
  EXPECT_EQ(said({"delegation", "give", "c0c0c0", "partie-v", "--office", "maire", "--capacity",
                  "adjointe", "--from", "2026-01-01", "--until", "2026-12-31"}),
            absl::StrCat("element_id: \"partie-v\" ", on,
                         " delegation_recorded { office_id: "
                         "\"maire\" capacity: \"adjointe\" from: \"2026-01-01\" until: "
                         "\"2026-12-31\" }"));
  EXPECT_EQ(
      said({"correction", "record", "c0c0c0", "article-7", "--wrong", "45450", "--right", "47450"}),
      absl::StrCat("element_id: \"article-7\" ", on,
                   " error_corrected { wrong: \"45450\" "
                   "right: \"47450\" }"));
  EXPECT_EQ(said({"correction", "attest", "c0c0c0", kLifeFact}),
            absl::StrCat(on, " answers: \"", hex(kLifeFact), "\" correction_attested { }"));
  EXPECT_EQ(said({"notice", "send", "c0c0c0", "--kind", "breach", "--to", "vallon", "--letter",
                  "1A", "--evidence-sha256", kLifeRevision}),
            absl::StrCat(on, " evidence_digest: \"", hex(kLifeRevision),
                         "\" notice_sent { kind: "
                         "NOTICE_KIND_BREACH to_partners: \"vallon\" letter_number: \"1A\" }"));
  EXPECT_EQ(said({"data", "opinion", "c0c0c0", kLifeFact, "--unfavourable"}),
            absl::StrCat(on, " answers: \"", hex(kLifeFact), "\" dpo_opinion_given { }"));
  EXPECT_EQ(said({"data", "decide", "c0c0c0", kLifeFact, "--accept", "--register", "12"}),
            absl::StrCat(on, " answers: \"", hex(kLifeFact),
                         "\" data_exchange_decided { accepted: "
                         "true register_reference: \"12\" }"));
  EXPECT_EQ(said({"evaluation", "report", "c0c0c0", "--kind", "mid-term"}),
            absl::StrCat(on, " evaluation_reported { kind: EVALUATION_KIND_MID_TERM }"));
}

TEST_F(LifeTest, SaysEachProblemOfADryRunWithItsRuleAndFieldOnce) {
  replica_.life.record = [](const auto&, v1::RecordFactResponse* response) {
    const auto add = [&](const char* rule, const char* field, const char* text) {
      auto* problem = response->add_problems();
      problem->set_rule(rule);
      problem->set_field(field);
      problem->set_text(text);
    };
    add("digest", "fact.evidence_digest", "32 octets.");
    add("future-date", "fact.happened_on", "dans l'avenir.");
    return grpc::Status::OK;
  };

  const Outcome refused =
      Greffe({"evaluation", "report", "c0c0c0", "--kind", "annual", "--year", "2025", "--dry-run"});

  EXPECT_EQ(refused.code, 1);
  for (const char* once : {"Serait refusé : 32 octets.", "Serait refusé : dans l'avenir.",
                           "Règle : digest", "Règle : future-date", "fact.happened_on"}) {
    const std::size_t at = refused.out.find(once);
    ASSERT_NE(at, std::string::npos) << once << " in " << refused.out;
    EXPECT_EQ(refused.out.find(once, at + 1), std::string::npos) << once;
  }
}

TEST(LifeCommands, HaveOneForEveryFactWithExamplesThatParse) {
  std::set<int> facts;
  for (const auto& rows : {EndingRows(), LivingRows()}) {
    for (const LifeCommand& row : rows) {
      facts.insert(row.fact);
      for (const char* examples : {row.examples.fr, row.examples.en}) {
        const std::string name =
            absl::StrCat("greffe ", row.group, *row.group == '\0' ? "" : " ", row.name);
        EXPECT_THAT(examples, HasSubstr(name));
      }
      const auto* payload = Life::descriptor()->FindFieldByNumber(row.fact)->message_type();
      for (const LifeOption& option : row.options) {
        if (option.name != nullptr) {
          EXPECT_NE(payload->FindFieldByName(option.field), nullptr) << option.field;
        }
      }
    }
  }
  for (int i = 0; i < Life::descriptor()->oneof_decl(0)->field_count(); ++i) {
    const auto* fact = Life::descriptor()->oneof_decl(0)->field(i);
    EXPECT_EQ(facts.count(fact->number()), 1u) << fact->name();
  }
}

TEST_F(LifeTest, RefusesAWordThatIsNoneAndNamesThoseThatAre) {
  const Outcome verdict =
      Greffe({"review", "give", "c0c0c0", kLifeFact, "--verdict", "peut-être", "--text", "x"});
  EXPECT_EQ(verdict.code, 2);
  EXPECT_THAT(verdict.err, AllOf(HasSubstr("agreed, reserved, opposed"), HasSubstr("--verdict")));
  const Outcome both = Greffe({"data", "decide", "c0c0c0", kLifeFact, "--accept", "--refuse"});
  EXPECT_EQ(both.code, 2);
  EXPECT_THAT(both.err, HasSubstr("--accept, --refuse"));
  EXPECT_EQ(Greffe({"comment", "add", "c0c0c0", "dddddd"}).code, 2);
  EXPECT_THAT(Greffe({"clause", "unwritten", "c0c0c0", "article-9"}).err, HasSubstr("--cause"));
  EXPECT_THAT(recorded_, IsEmpty());
}

TEST_F(LifeTest, RepliesOnTheActAndElementOfTheComment) {
  Life& fact = *Opening().mutable_fact();
  fact.set_element_id("article-4");
  fact.set_happened_on("2025-12-01");
  fact.set_text("question");
  fact.mutable_comment_posted()->set_act_id("0123456789abcdef");

  const Life reply =
      Sent({"comment", "reply", "c0c0c0", kLifeFact.substr(0, 6), "--text", "réponse"});

  EXPECT_EQ(reply.element_id(), "article-4");
  EXPECT_EQ(reply.comment_posted().act_id(), "0123456789abcdef");
  EXPECT_EQ(reply.text(), "réponse");
  EXPECT_EQ(reply.happened_on(), "2026-03-01");
  EXPECT_EQ(reply.answers(), absl::HexStringToBytes(kLifeFact));

  fact.mutable_dispute_opened();
  Opening().mutable_event()->set_summary("litige");
  const Outcome other = Greffe({"comment", "reply", "c0c0c0", kLifeFact, "--text", "x"});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, AllOf(HasSubstr("autre nature"), HasSubstr("litige")));
}

TEST_F(LifeTest, EndsADelegationByCorrectingIt) {
  Life& fact = *Opening().mutable_fact();
  fact.set_element_id("partie-v");
  fact.set_happened_on("2025-12-01");
  fact.add_replaces("earlier");
  fact.set_reason("faute de frappe");
  fact.set_evidence_digest(absl::HexStringToBytes(kLifeRevision));
  fact.mutable_delegation_recorded()->set_office_id("maire");
  fact.mutable_delegation_recorded()->set_capacity("adjointe");
  fact.mutable_delegation_recorded()->set_from("2026-01-01");

  const Outcome outcome = Greffe({"delegation", "end", "c0c0c0", kLifeFact.substr(0, 8), "--until",
                                  "2026-06-30", "--reason", "retrait"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  ASSERT_EQ(recorded_.size(), 1u);
  Life wanted = fact;
  wanted.set_replaces(0, absl::HexStringToBytes(kLifeFact));
  wanted.set_reason("retrait");
  wanted.mutable_delegation_recorded()->set_until("2026-06-30");
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(recorded_[0].fact(), wanted))
      << recorded_[0].fact().DebugString();
}

TEST_F(LifeTest, NamesWhatATerminationEndsBeforeItAsks) {
  Opening().mutable_event()->set_summary("Caf du Vallon : mise en demeure envoyée.");
  const std::vector<std::string> terminate = {"terminate",        "c0c0c0", kLifeFact,   "--ground",
                                              "fruitless-notice", "--on",   "2026-02-28"};

  const Outcome no = Greffe(terminate, {.present = true, .typed = "non\n"});
  EXPECT_EQ(no.code, 1);
  EXPECT_THAT(no.err, AllOf(HasSubstr("Convention du Vallon"),
                            HasSubstr("Caf du Vallon, Commune du Vallon"),
                            HasSubstr("mise en demeure envoyée"), HasSubstr("28 février 2026"),
                            HasSubstr("1er mars 2026"), HasSubstr("31 décembre 2029"),
                            HasSubstr("pour toutes les parties")));
  EXPECT_THAT(recorded_, IsEmpty());

  EXPECT_EQ(Greffe(terminate, {.present = true, .typed = "oui\n"}).code, 0);
  ASSERT_EQ(recorded_.size(), 1u);
  EXPECT_EQ(recorded_[0].fact().termination_declared().ground(),
            v1::TERMINATION_GROUND_FRUITLESS_NOTICE);
}

TEST_F(LifeTest, ShowsWhomANoticeWentToAndItsProof) {
  Opening().mutable_event()->set_summary("Caf : mise en demeure envoyée le 10 février 2026.");
  Life& fact = *Opening().mutable_fact();
  fact.mutable_notice_sent()->add_to_partners("vallon");
  fact.mutable_notice_sent()->add_to_partners("agglo");
  fact.mutable_notice_sent()->set_letter_number("1A \x1b[31m0000");
  fact.set_evidence_digest(absl::HexStringToBytes(kLifeRevision));
  fact.set_text("Le poste n'est pas pourvu.");

  const Outcome shown = Greffe({"life", "show", "c0c0c0"}, {.width = 80});

  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_THAT(shown.out,
              AllOf(HasSubstr("adressé à : vallon, agglo"), HasSubstr("lettre : 1A"),
                    HasSubstr(kLifeRevision), HasSubstr("Le poste"), Not(HasSubstr("\x1b"))));
  std::vector<int> widths;
  for (const auto& line : absl::StrSplit(shown.out, '\n')) {
    widths.push_back(DisplayWidth(line));
  }
  EXPECT_THAT(widths, Each(Le(80))) << shown.out;
}

TEST_F(LifeTest, JoinsThreadsThatPagesCut) {
  std::vector<std::string> tokens;
  replica_.life.get = [&](const v1::GetLifeRequest& request, v1::GetLifeResponse* response) {
    tokens.push_back(request.page_token());
    auto* first = response->mutable_view()->add_threads();
    first->mutable_opening()->mutable_event()->set_leaf("aa");
    first->add_answers()->mutable_event()->set_leaf(request.page_token().empty() ? "b1" : "b2");
    response->mutable_view()->add_findings()->set_text(request.page_token().empty() ? "un"
                                                                                    : "deux");
    if (request.page_token().empty()) {
      response->set_next_page_token("suite");
    } else {
      response->mutable_view()->add_threads()->mutable_opening()->mutable_event()->set_leaf("cc");
    }
    return grpc::Status::OK;
  };

  const Outcome outcome = Greffe({"life", "show", "c0c0c0"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(tokens, ElementsAre("", "suite"));
  const auto at = [&](const char* text) { return outcome.out.find(text); };
  EXPECT_LT(at("[b1]"), at("[b2]"));
  EXPECT_LT(at("[b2]"), at("[cc]"));
  EXPECT_EQ(at("[aa]"), outcome.out.rfind("[aa]"));
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("un"), HasSubstr("deux")));
}

TEST_F(LifeTest, ShowsRepliesOfADayAsTheyWereGiven) {
  Opening();
  for (const char* text : {"troisième", "deuxième", "première"}) {
    auto* reply = life_.mutable_view()->mutable_threads(0)->add_answers();
    reply->mutable_fact()->set_happened_on("2026-03-01");
    reply->mutable_fact()->set_text(text);
    reply->mutable_event()->mutable_recorded_at()->set_seconds(absl::StrContains(text, "deux") ? 2
                                                               : *text == 't'                  ? 3
                                                                                               : 1);
  }
  const std::string out = Greffe({"life", "show", "c0c0c0"}).out;

  EXPECT_LT(out.find("première"), out.find("deuxième"));
  EXPECT_LT(out.find("deuxième"), out.find("troisième"));
}

TEST_F(LifeTest, TellsFactsInTheHistory) {
  replica_.conventions.history = [](const auto&, v1::GetHistoryResponse* response) {
    auto* entry = response->mutable_view()->add_entries();
    entry->add_events()->set_summary("Caf : erreur matérielle le 3 mars 2026.");
    entry->mutable_events(0)->set_leaf(kLifeFact);
    entry->mutable_life()->mutable_error_corrected()->set_wrong("45450");
    entry->mutable_life()->mutable_error_corrected()->set_right("47450");
    return grpc::Status::OK;
  };

  const Outcome outcome = Greffe({"convention", "history", "c0c0c0", "--element", "article-7"});

  EXPECT_THAT(outcome.out, AllOf(HasSubstr("erreur matérielle"), HasSubstr("aaaaaaaaaaaa"),
                                 HasSubstr("au lieu de : 45450 ; lire : 47450"),
                                 HasSubstr("(sans effet)"), Not(HasSubstr("conclu"))));
}

TEST_F(LifeTest, TellsEventsInTheReadersLanguage) {
  Opening().mutable_event()->set_summary("Caf : litige le 3 mars 2026.");
  Opening().mutable_event()->set_summary_en("Caf: dispute on 3 March 2026.");
  const std::vector<std::string> show = {"life", "show", "c0c0c0"};
  const std::vector<std::string> english = {"life",          "show",   "c0c0c0", "--home",
                                            replica_.home(), "--lang", "en"};

  EXPECT_THAT(Greffe(show).out, AllOf(HasSubstr("Caf : litige"), Not(HasSubstr("dispute on"))));
  EXPECT_THAT(RunGreffe(english).out,
              AllOf(HasSubstr("Caf: dispute on 3 March 2026."), Not(HasSubstr("litige le"))));

  // A replica of an older version has the French sentence alone.
  Opening().mutable_event()->clear_summary_en();
  EXPECT_THAT(RunGreffe(english).out, HasSubstr("Caf : litige"));
}

TEST_F(LifeTest, ShowsNamesAndTheClauseBehindEachThread) {
  v1::LifeView& view = *life_.mutable_view();
  for (const char* const leaf : {"1eaf01", "1eaf02"}) {
    v1::LifeThread& thread = *view.add_threads();
    thread.mutable_opening()->mutable_event()->set_leaf(leaf);
    thread.mutable_opening()->mutable_event()->set_summary("Caf : dénonciation.");
    Life& fact = *thread.mutable_opening()->mutable_fact();
    fact.mutable_notice_sent()->add_to_partners("vallon");
    fact.mutable_notice_sent()->add_to_partners("inconnu");
    fact.mutable_notice_sent()->set_letter_number("vallon");
    thread.mutable_clause()->set_element_id("fin");
    thread.mutable_clause()->set_heading("article 13 – Fin");
    thread.mutable_clause()->set_sentence("Qui dénonce prévient.");
  }
  v1::LifeLabel& label = *view.add_labels();
  label.set_id("vallon");
  label.set_label("Commune du Vallon");
  const std::vector<std::string> show = {"life", "show", "c0c0c0"};

  const std::string out = Greffe(show).out;
  // Who it is sent to by name where it is known; a letter's number is none.
  EXPECT_THAT(out, HasSubstr("adressé à : Commune du Vallon, inconnu ; lettre : vallon"));
  const auto times = [&out](absl::string_view part) {
    return std::vector<std::string>(absl::StrSplit(out, part)).size() - 1;
  };
  EXPECT_EQ(times("Clause : article 13 – Fin"), 2u) << out;
  EXPECT_EQ(times("Clause : article 13 – Fin : « Qui dénonce prévient. »"), 1u) << out;
  const std::string json = Greffe({"life", "show", "c0c0c0", "--json"}).out;
  EXPECT_THAT(json, AllOf(HasSubstr("\"label\": \"Commune du Vallon\""),
                          HasSubstr("\"to_partners\": [\n"), HasSubstr("\"vallon\"")));
}

TEST(LifeShow, KnowsWhatToCallEveryFieldThatItsSummaryLeavesOut) {
  // Told by the sentence that sums a fact up, or by what is found about it.
  const std::set<std::string> told = {
      "cause", "code",    "favourable", "final", "ground",
      "kind",  "verdict", "accepted",   "year",  "holder_partner_id"};
  const auto* oneof = Life::descriptor()->oneof_decl(0);
  for (int i = 0; i < oneof->field_count(); ++i) {
    const auto* payload = oneof->field(i)->message_type();
    for (int k = 0; k < payload->field_count(); ++k) {
      const auto* field = payload->field(k);
      if (told.count(field->name()) > 0) continue;
      Life fact;
      auto* message = fact.GetReflection()->MutableMessage(&fact, oneof->field(i));
      if (field->is_repeated()) {
        message->GetReflection()->AddString(message, field, "x");
      } else {
        message->GetReflection()->SetString(message, field, "x");
      }
      EXPECT_EQ(LifeDetails(Lang::kFrench, fact).size(), 1u) << field->full_name();
      EXPECT_EQ(LifeDetails(Lang::kEnglish, fact).size(), 1u) << field->full_name();
    }
  }
}

}  // namespace
}  // namespace greffe::cli
