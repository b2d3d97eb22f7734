// Commands that show what they are about to do, and ask.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/text_width.h"
#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class SigningTest : public GreffeTest {
 protected:
  SigningTest() {
    replica_.conventions.list = [](const auto&, v1::ListConventionsResponse* response) {
      response->add_conventions()->set_convention_id("aaaaaa11");
      response->add_conventions()->set_convention_id("bbbbbb22");
      return grpc::Status::OK;
    };
    replica_.acts.get = [this](const v1::GetActRequest& request, v1::GetActResponse* response) {
      if (request.convention_id() != "bbbbbb22" || request.act_id() != "acac01") {
        return grpc::Status(grpc::StatusCode::NOT_FOUND, "no act");
      }
      v1::ActView& act = *response->mutable_act();
      act.set_act_id("acac0102");
      act.set_title("Avenant de la crèche");
      auto* withdrawn = act.add_revisions();
      withdrawn->set_revision("0000");
      withdrawn->set_withdrawn(true);
      auto* revision = act.add_revisions();
      revision->set_revision("feed0102");
      revision->set_label("avenant n° 1");
      auto* signatory = revision->add_signatories()->mutable_signatory();
      signatory->set_id("maire");
      signatory->set_office("Maire");
      signatory->set_partner_id("commune-x");
      for (const std::string& more : revisions_) act.add_revisions()->set_revision(more);
      auto* entry = response->add_redline();
      entry->set_kind(v1::DIFF_KIND_ADDED);
      entry->set_place("Équipements › Crèche des Lilas");
      return grpc::Status::OK;
    };
    replica_.admin.who = [](const auto&, v1::WhoAmIResponse* response) {
      response->mutable_user()->set_partner_id("commune-x");
      response->mutable_user()->add_roles(v1::ROLE_SIGNATORY);
      return grpc::Status::OK;
    };
    replica_.acts.sign = [this](const v1::SignActRequest& request, v1::SignActResponse* response) {
      signed_.push_back(request);
      response->set_signed_(1);
      response->set_needed(2);
      return grpc::Status::OK;
    };
    board_.mutable_view()->mutable_revision()->set_revision("feed0102");
    auto* party = board_.mutable_view()->add_parties();
    party->set_partner_id("commune-x");
    party->set_name("Commune X");
    party->set_deliberates(true);
    replica_.conventions.status = [this](const v1::GetStatusRequest& request,
                                         v1::GetStatusResponse* response) {
      board_asked_ = request.act_id();
      *response = board_;
      return grpc::Status::OK;
    };
  }

  std::vector<v1::SignActRequest> signed_;
  // Of the act, after its others.
  std::vector<std::string> revisions_;
  v1::GetStatusResponse board_;
  // The act whose board was asked for.
  std::string board_asked_;
};

TEST_F(SigningTest, ShowsHashRedlineAndOfficeThenSignsOnYes) {
  const Outcome outcome =
      Greffe({"act", "sign", "acac01", "--office", "maire"}, {.present = true, .typed = "oui\n"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("feed0102"), HasSubstr("Crèche des Lilas"),
                                 HasSubstr("Maire, Commune X (commune-x)"), HasSubstr("Signer ?")));
  ASSERT_EQ(signed_.size(), 1u);
  EXPECT_EQ(signed_[0].convention_id(), "bbbbbb22");
  EXPECT_EQ(signed_[0].revision(), "feed0102");
  EXPECT_EQ(signed_[0].signatory_id(), "maire");
  EXPECT_EQ(signed_[0].request_id().size(), 16u);
}

TEST_F(SigningTest, NamesTheOnlyOfficeOfTheUsersPartner) {
  const Outcome outcome = Greffe({"act", "sign", "acac01", "--yes"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("Maire, Commune X (commune-x)"));
}

TEST_F(SigningTest, WarnsOfWhatSpeaksAgainstSigningAndStillSigns) {
  const std::vector<std::string> sign = {"act", "sign", "acac01"};
  const Terminal yes = {.present = true, .typed = "oui\n"};
  const Outcome before = Greffe(sign, yes);
  EXPECT_THAT(before.err, HasSubstr("! Aucune délibération de la Commune X"));
  EXPECT_LT(before.err.find("! Aucune"), before.err.find("Signer ?"));
  EXPECT_EQ(board_asked_, "acac0102");
  // An earlier mandate covers the act, unless its record is to be corrected.
  auto* party = board_.mutable_view()->mutable_parties(0);
  party->set_coverage(v1::MANDATE_COVERAGE_COVERED);
  party->set_stage(v1::AUTHORITY_STAGE_EXECUTORY);
  EXPECT_THAT(Greffe(sign, yes).err, Not(HasSubstr("! Aucune")));
  party->set_stage(v1::AUTHORITY_STAGE_NO_MANDATE);
  EXPECT_THAT(Greffe(sign, yes).err, HasSubstr("! Aucune"));
  party->clear_coverage();

  auto* vote = board_.mutable_view()->mutable_parties(0)->add_deliberations();
  vote->mutable_event()->set_leaf("1eaf");
  auto* finding = board_.mutable_view()->add_findings();
  finding->set_leaf("1eaf");
  finding->set_text("Le quorum n'est pas atteint.");
  board_.mutable_view()->add_findings()->set_text("Autre chose.");
  const Outcome rejected = Greffe(sign, yes);
  EXPECT_THAT(rejected.err, AllOf(HasSubstr("n'approuve pas ce texte"), HasSubstr("! Le quorum"),
                                  Not(HasSubstr("Autre chose"))));

  vote->mutable_deliberation()->set_approves_text(true);
  vote->mutable_deliberation()->set_authorises_signature(true);
  EXPECT_THAT(Greffe(sign, yes).err, Not(HasSubstr("(L-05)")));
  EXPECT_EQ(signed_.size(), 5u);
}

TEST_F(SigningTest, DoesNotSignOnAnythingButYes) {
  for (const char* typed : {"non\n", "\n", "", "o u i\n"}) {
    const Outcome outcome = Greffe({"act", "sign", "acac01"}, {.present = true, .typed = typed});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("rien n'est fait"));
  }
  EXPECT_TRUE(signed_.empty());
}

TEST_F(SigningTest, RefusesWithoutATerminalUnlessToldYes) {
  const Outcome refused = Greffe({"act", "sign", "acac01"}, {.typed = "oui\n"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("ajoutez --yes"));
  EXPECT_TRUE(signed_.empty());

  EXPECT_EQ(Greffe({"act", "sign", "acac01", "--yes"}).code, 0);
  EXPECT_EQ(signed_.size(), 1u);
}

TEST_F(SigningTest, LooksAtTheRoleBeforeItShowsTheText) {
  replica_.admin.who = [](const auto&, v1::WhoAmIResponse* response) {
    response->mutable_user()->add_roles(v1::ROLE_READER);
    return grpc::Status::OK;
  };

  const Outcome outcome = Greffe({"act", "sign", "acac01", "--yes"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("signatory"), Not(HasSubstr("Crèche des Lilas"))));
  EXPECT_TRUE(signed_.empty());
}

TEST_F(SigningTest, ShowsNoOtherRevisionThanTheOneToSign) {
  const Outcome unknown =
      Greffe({"act", "sign", "acac01", "--yes", "--revision", std::string(64, 'a')});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_THAT(unknown.err,
              AllOf(HasSubstr("une révision figée de cet acte"), HasSubstr("Règle : not-found"),
                    HasSubstr("greffe act show acac01"), Not(HasSubstr("Changements"))));
  EXPECT_TRUE(signed_.empty());

  // The replica gives the changes of the latest alone.
  const Outcome older = Greffe({"act", "sign", "acac01", "--yes", "--revision", "0000"});
  EXPECT_EQ(older.code, 0) << older.err;
  EXPECT_THAT(older.err, AllOf(HasSubstr("pas la dernière révision"), Not(HasSubstr("ajouté(s)")),
                               Not(HasSubstr("Crèche des Lilas"))));
  ASSERT_EQ(signed_.size(), 1u);
  EXPECT_EQ(signed_[0].revision(), "0000");
}

// As the tables show it, and as other references are taken.
TEST_F(SigningTest, TakesTheBeginningOfARevision) {
  revisions_ = {"abcdef0123456789", "abcdef9999999999"};
  const auto sign = [&](const std::string& revision) {
    return Greffe({"act", "sign", "acac01", "--yes", "--revision", revision});
  };

  EXPECT_EQ(sign("ABCDEF012345").code, 0);
  ASSERT_EQ(signed_.size(), 1u);
  EXPECT_EQ(signed_[0].revision(), "abcdef0123456789");

  EXPECT_THAT(sign("abcdef").err, HasSubstr("Règle : id-prefix"));
  EXPECT_THAT(sign("abcde").err, HasSubstr("Règle : not-found")) << "too few digits";
  EXPECT_THAT(sign("abcdef11").err, HasSubstr("Règle : not-found"));
  EXPECT_EQ(signed_.size(), 1u);
}

TEST_F(SigningTest, TakesTheBeginningOfADelegation) {
  const std::string leaf = std::string(6, 'd') + std::string(58, '0');
  replica_.life.get = [&](const auto&, v1::GetLifeResponse* response) {
    auto* fact = response->mutable_view()->add_threads()->mutable_opening();
    fact->mutable_event()->set_leaf(leaf);
    return grpc::Status::OK;
  };

  const Outcome outcome = Greffe({"act", "sign", "acac01", "--yes", "--capacity", "adjointe",
                                  "--delegation", leaf.substr(0, 12)});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  ASSERT_EQ(signed_.size(), 1u);
  EXPECT_EQ(signed_[0].delegation(), leaf);
  EXPECT_THAT(Greffe({"act", "sign", "acac01", "--yes", "--delegation", "eeeeee"}).err,
              HasSubstr("fait « eeeeee » introuvable"));
}

// L-04: « P/ le maire empêché, la première adjointe ».
TEST_F(SigningTest, RecordsTheCapacityOfASignatureOnPaper) {
  v1::RecordSignatureRequest sent;
  replica_.acts.record_signature = [&](const v1::RecordSignatureRequest& request, auto*) {
    sent = request;
    return grpc::Status::OK;
  };
  const std::vector<std::string> record = {"signature",         "record",     "acac01",
                                           "--signed-on",       "2026-03-12", "--scan-digest",
                                           std::string(64, 'a')};
  std::vector<std::string> by_deputy = record;
  const std::string delegation(64, 'd');
  for (const char* one : {"--capacity", "première adjointe", "--delegation", delegation.c_str()}) {
    by_deputy.push_back(one);
  }

  EXPECT_EQ(Greffe(by_deputy).code, 0);
  EXPECT_EQ(sent.capacity(), "première adjointe");
  EXPECT_EQ(sent.delegation(), delegation);
  EXPECT_EQ(Greffe(record).code, 0);
  EXPECT_FALSE(sent.has_capacity());
}

TEST_F(SigningTest, SaysThatAnActIsUnknown) {
  const Outcome outcome = Greffe({"act", "sign", "dede99", "--yes"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("Aucun acte « dede99 »"), HasSubstr("Champ : Acte (act_id)")));
}

class MeasuringTest : public GreffeTest {
 protected:
  MeasuringTest() {
    replica_.conventions.get = [this](const v1::GetConventionRequest& request,
                                      v1::GetConventionResponse* response) {
      EXPECT_EQ(request.element_id(), "indicateur-1");
      response->mutable_view()->set_cut("gt1.now");
      if (!present_) return grpc::Status::OK;
      auto* follow_up = response->mutable_view()->add_follow_up();
      follow_up->set_element_id("indicateur-1");
      follow_up->set_period("2025");
      auto* value = follow_up->add_values();
      value->mutable_event()->set_partner_id("caf-47");
      value->mutable_measurement()->set_value("12");
      value->mutable_measurement()->set_period("2025");
      return grpc::Status::OK;
    };
    replica_.admin.who = [this](const auto&, v1::WhoAmIResponse* response) {
      response->mutable_user()->add_roles(role_);
      return grpc::Status::OK;
    };
    replica_.follow_up.measure = [this](const v1::RecordMeasurementRequest& request,
                                        v1::RecordMeasurementResponse* response) {
      requests_.push_back(request);
      if (!answer_.ok()) return answer_;
      response->mutable_receipt()->add_leaves("1eaf");
      if (!found_.empty()) response->add_findings()->set_text(found_);
      return grpc::Status::OK;
    };
  }
  Outcome Measure(std::vector<std::string> more, const Terminal& terminal = {}) {
    std::vector<std::string> all = {"follow",   "measure", "c0c0c0",  "indicateur-1",
                                    "--period", "2025",    "--value", "14"};
    all.insert(all.end(), more.begin(), more.end());
    return Greffe(all, terminal);
  }

  v1::Role role_ = v1::ROLE_COORDINATOR;
  bool present_ = false;
  std::string found_;
  grpc::Status answer_;
  std::vector<v1::RecordMeasurementRequest> requests_;
};

TEST_F(MeasuringTest, UsesTheTokenOfItsOwnReadWhereNothingIsOnRecord) {
  const Outcome outcome = Measure({});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  ASSERT_EQ(requests_.size(), 1u);
  EXPECT_EQ(requests_[0].read_cut(), "gt1.now");
  EXPECT_EQ(requests_[0].measurement().value(), "14");
}

TEST_F(MeasuringTest, SaysWhatWasFoundOfWhatIsRecorded) {
  found_ = "L-55 : la convention a pris fin.";

  const Outcome outcome = Measure({});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("Enregistré : 1eaf"), HasSubstr("Constats"), HasSubstr(found_)));

  EXPECT_THAT(Measure({"--json"}).out, HasSubstr("\"text\": \"" + found_));
  found_.clear();
  EXPECT_THAT(Measure({}).out, Not(HasSubstr("Constats")));
}

TEST_F(MeasuringTest, ShowsAValueOnRecordAndAsksBeforeReplacingIt) {
  present_ = true;

  const Outcome no = Measure({}, {.present = true, .typed = "non\n"});
  EXPECT_EQ(no.code, 1);
  EXPECT_THAT(no.err, AllOf(HasSubstr("12 (2025)"), HasSubstr("caf-47"), HasSubstr("Remplacer ?")));
  EXPECT_TRUE(requests_.empty());

  EXPECT_EQ(Measure({"--yes"}).code, 0);
  EXPECT_EQ(requests_.size(), 1u);
}

TEST_F(MeasuringTest, LooksAtTheRoleBeforeItShowsWhatIsOnRecord) {
  present_ = true;
  role_ = v1::ROLE_READER;

  const Outcome outcome = Measure({"--yes"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("coordinator ou secretariat"),
                                 HasSubstr("greffe user set-roles"), Not(HasSubstr("12 (2025)"))));
  EXPECT_TRUE(requests_.empty());
}

// What was done is answered again; what was not replaces nothing that nobody was shown.
TEST_F(MeasuringTest, AsksWithoutATokenWhetherARepeatedCommandWasDone) {
  const Outcome outcome = Measure({"--request-id", "000102030405060708090a0b0c0d0e0f"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  ASSERT_EQ(requests_.size(), 1u);
  EXPECT_EQ(requests_[0].read_cut(), "");
}

TEST_F(MeasuringTest, PassesATokenThatIsGivenWithoutReading) {
  present_ = true;

  EXPECT_EQ(Measure({"--read-cut", "gt1.then"}).code, 0);

  ASSERT_EQ(requests_.size(), 1u);
  EXPECT_EQ(requests_[0].read_cut(), "gt1.then");
}

TEST_F(MeasuringTest, ShowsTheOtherValueWhenTheReplicaSaysItChanged) {
  present_ = true;
  v1::ErrorDetail detail;
  detail.set_text_fr("La valeur a changé depuis votre lecture.");
  answer_ = Refusing(grpc::StatusCode::ABORTED, detail);

  const Outcome outcome = Measure({"--read-cut", "gt1.then"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("12 (2025)"), HasSubstr("a changé"), HasSubstr("À faire : ")));
}

// What a freeze wants confirmed, as greffed says it: until it is confirmed as it stands.
class FreezingTest : public SigningTest {
 protected:
  FreezingTest() {
    replica_.acts.freeze = [this](const v1::FreezeActRequest& request,
                                  v1::FreezeActResponse* response) {
      asked_.push_back(request);
      const std::string confirm = more_.empty() || asked_.size() == 1 ? "CHK-16:01" : "CHK-13:02";
      if (request.dry_run()) {
        v1::DraftProblem& problem = *response->add_problems();
        problem.set_rule("CHK-16");
        problem.set_text("CHK-16 : 173 jours.\nL-01 : aucun diagnostic.");
        response->set_confirm(confirm);
        return grpc::Status::OK;
      }
      if (request.confirmed() != confirm) {
        v1::ErrorDetail detail;
        detail.set_rule("CHK-16");
        detail.set_field("confirmed");
        detail.set_confirm(confirm);
        detail.set_text_fr(absl::StrCat(
            asked_.size() == 1 ? "" : more_,
            "CHK-16 : 173 jours avant aujourd'hui.\nL-01 : aucun diagnostic n'est joint à cette "
            "convention, alors qu'une convention territoriale globale en part."));
        detail.set_text_en("CHK-16: 173 days before today.\nL-01: no diagnosis.");
        detail.set_next_fr("confirmez : greffe act freeze … --yes");
        return Refusing(grpc::StatusCode::FAILED_PRECONDITION, detail);
      }
      response->set_label("avenant n° 1");
      response->set_revision("feed0102");
      response->set_needed(3);
      return grpc::Status::OK;
    };
  }

  std::vector<v1::FreezeActRequest> asked_;
  // What a colleague's change makes it ask too, once it asked for the first time.
  std::string more_;
};

TEST_F(FreezingTest, ShowsWhatIsAskedThenFreezesOnYes) {
  const Outcome outcome = Greffe({"act", "freeze", "acac01"}, {.present = true, .typed = "oui\n"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("CHK-16 : 173 jours"), HasSubstr("\nL-01 : aucun"),
                                 HasSubstr("Figer ? [oui/non]")));
  EXPECT_THAT(outcome.out, HasSubstr("feed0102"));
  ASSERT_EQ(asked_.size(), 2u);
  EXPECT_EQ(asked_[0].request_id(), asked_[1].request_id());
  EXPECT_EQ(asked_[0].confirmed(), "");
  EXPECT_EQ(asked_[1].confirmed(), "CHK-16:01");
}

// What nobody was shown is not confirmed by what somebody was.
TEST_F(FreezingTest, ShowsAndAsksAgainWhatIsNewSinceItWasAnswered) {
  more_ = "CHK-13 : un renvoi nouveau.\n";

  const Outcome once = Greffe({"act", "freeze", "acac01"}, {.present = true, .typed = "oui\n"});
  EXPECT_EQ(once.code, 1);
  EXPECT_THAT(once.err, AllOf(HasSubstr("CHK-13 : un renvoi nouveau"), HasSubstr("rien n'est")));

  asked_.clear();
  const Outcome twice =
      Greffe({"act", "freeze", "acac01"}, {.present = true, .typed = "oui\noui\n"});
  EXPECT_EQ(twice.code, 0) << twice.err;
  ASSERT_EQ(asked_.size(), 3u);
  EXPECT_EQ(asked_[1].confirmed(), "CHK-16:01");
  EXPECT_EQ(asked_[2].confirmed(), "CHK-13:02");
}

TEST_F(FreezingTest, FitsWhatIsAskedToTheTerminal) {
  const Outcome outcome =
      Greffe({"act", "freeze", "acac01"}, {.present = true, .typed = "oui\n", .width = 60});

  for (const absl::string_view line : absl::StrSplit(outcome.err, '\n')) {
    EXPECT_LE(DisplayWidth(line), 60) << line;
  }
  EXPECT_THAT(outcome.err, HasSubstr("\nFiger ? [oui/non]"));
}

TEST_F(FreezingTest, FreezesNothingOnAnythingElse) {
  const Outcome outcome = Greffe({"act", "freeze", "acac01"}, {.present = true, .typed = "\n"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("rien n'est fait"));
  EXPECT_EQ(asked_.size(), 1u);
}

TEST_F(FreezingTest, IsRefusedInTheSameWordsWithoutATerminal) {
  const Outcome outcome = Greffe({"act", "freeze", "acac01"});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("CHK-16 : 173 jours"), HasSubstr("L-01 : aucun"),
                                 HasSubstr("--yes"), Not(HasSubstr("[oui/non]"))));
  EXPECT_EQ(asked_.size(), 1u);
}

// --yes answers what this run shows, so that its log has it.
TEST_F(FreezingTest, ShowsWhatYesConfirms) {
  more_ = "CHK-13 : un renvoi nouveau.\n";

  const Outcome outcome = Greffe({"act", "freeze", "acac01", "--yes"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("CHK-16 : 173 jours"), HasSubstr("CHK-13 : un renvoi"),
                                 Not(HasSubstr("[oui/non]"))));
  ASSERT_EQ(asked_.size(), 3u);
  EXPECT_EQ(asked_[0].confirmed(), "");
  EXPECT_EQ(asked_[2].confirmed(), "CHK-13:02");
}

TEST_F(FreezingTest, ConfirmsWhatADryRunShowed) {
  const Outcome shown = Greffe({"act", "freeze", "acac01", "--dry-run"});
  EXPECT_EQ(shown.code, 1);
  EXPECT_THAT(shown.out, AllOf(HasSubstr("Serait à confirmer : CHK-16 : 173 jours."),
                               HasSubstr("L-01 : aucun"), HasSubstr("CHK-16:01")));
  EXPECT_THAT(shown.err, HasSubstr("rien n'a été figé"));

  const Outcome done = Greffe({"act", "freeze", "acac01", "--confirmed", "CHK-16:01"});
  EXPECT_EQ(done.code, 0) << done.err;

  // Not what is asked: without a terminal that is the end of it.
  EXPECT_EQ(Greffe({"act", "freeze", "acac01", "--confirmed", "CHK-16:00"}).code, 1);
}

}  // namespace
}  // namespace greffe::cli
