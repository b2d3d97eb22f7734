#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/command.h"
#include "client/cli/commands.h"
#include "client/cli/text_width.h"
#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Usage, IsTaughtInTheLanguageAskedFor) {
  const Outcome french = RunGreffe({"--help", "--lang", "fr"});
  EXPECT_EQ(french.code, 0);
  EXPECT_THAT(french.out, AllOf(HasSubstr("registre"), HasSubstr("Pour commencer"),
                                HasSubstr("convention"), HasSubstr("DOSSIER")));
  const Outcome english = RunGreffe({"--lang=en", "act", "sign", "--help"});
  EXPECT_EQ(english.code, 0);
  EXPECT_THAT(english.out,
              AllOf(HasSubstr("Signs the frozen revision"), HasSubstr("Examples:"),
                    HasSubstr("--office"), HasSubstr("Usage: greffe act sign [OPTIONS] ACT")));
  EXPECT_THAT(RunGreffe({"convention", "--help", "--lang", "fr"}).out,
              AllOf(HasSubstr("Commandes :\n  template  "), Not(HasSubstr("Pour commencer"))));
}

TEST(Usage, RefusesWhatItDoesNotKnowWithExitTwoAndSaysWhereHelpIs) {
  const Outcome unknown = RunGreffe({"--lang", "fr", "convention", "show", "abc", "--colour"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, AllOf(HasSubstr("Argument inconnu : --colour"),
                                 HasSubstr("greffe convention show --help")));
  EXPECT_EQ(unknown.out, "");
  const Outcome missing = RunGreffe({"--lang", "fr", "convention", "diff", "abc"});
  EXPECT_EQ(missing.code, 2);
  EXPECT_THAT(missing.err, HasSubstr("Il manque : --from"));
  const Outcome number = RunGreffe({"--lang", "fr", "watch", "abcdef", "--count", "trois"});
  EXPECT_EQ(number.code, 2);
  EXPECT_THAT(number.err, AllOf(HasSubstr("nombre entier, 0 ou plus"), HasSubstr("trois")));
  const Outcome language = RunGreffe({"convention", "list", "--lang", "xx"});
  EXPECT_EQ(language.code, 2);
  EXPECT_THAT(language.err, AllOf(HasSubstr("--lang n'admet pas « xx » ; au choix : {fr,en}."),
                                  Not(HasSubstr("not in"))));
  const Outcome twice = RunGreffe({"--lang", "fr", "act", "refuse", "abcdef", "--reason"});
  EXPECT_EQ(twice.code, 2);
  EXPECT_THAT(twice.err, HasSubstr("« --reason » demande exactement une valeur"));
  const Outcome command = RunGreffe({"--lang", "fr", "convention", "lst"});
  EXPECT_EQ(command.code, 2);
  EXPECT_THAT(command.err, AllOf(HasSubstr("Commande inconnue : lst"), HasSubstr("template"),
                                 HasSubstr("greffe convention --help")));
  EXPECT_THAT(RunGreffe({"--lang", "fr", "importer", "x"}).err,
              HasSubstr("Commande inconnue : importer. Commandes : "));
  EXPECT_EQ(RunGreffe({"--lang", "fr"}).code, 2);
  EXPECT_EQ(RunGreffe({"--lang", "fr", "convention"}).code, 2);
  EXPECT_EQ(RunGreffe({"--lang", "de", "convention", "list"}).code, 2);
  // Of a group that is not there, and neither of the group that its command is called like nor of
  // one that an option is given.
  for (const std::vector<std::string>& run : {std::vector<std::string>{"bundle", "export"},
                                              {"--json", "--home", "act", "bundle", "export"}}) {
    std::vector<std::string> french = run;
    french.insert(french.begin(), {"--lang", "fr"});
    const Outcome bundle = RunGreffe(french);
    EXPECT_EQ(bundle.code, 2);
    EXPECT_THAT(bundle.err,
                AllOf(HasSubstr("Commande inconnue : bundle"), HasSubstr("convention, export"),
                      HasSubstr("voir « greffe --help »"), Not(HasSubstr("calendar"))));
  }
}

TEST(Usage, IsDocumentedForEveryCommand) {
  Globals globals;
  CommandLine line(Lang::kFrench, &globals, 80);
  AddAllCommands(line);
  const std::string page = ReadAll("docs/cli.md");
  ASSERT_FALSE(page.empty()) << "run from the project's root";
  EXPECT_GT(line.Commands().size(), 50u);
  for (const std::string& command : line.Commands()) {
    EXPECT_THAT(page, HasSubstr(absl::StrCat("    greffe ", command)));
  }
}

TEST(Usage, ExitsThreeWithTheNextStepWhenThereIsNoReplica) {
  const Outcome none = RunGreffe({"convention", "list", "--home", "/nowhere", "--lang", "fr"});

  EXPECT_EQ(none.code, 3);
  EXPECT_THAT(none.err, AllOf(HasSubstr("Pas joignable"), HasSubstr("--home")));
}

TEST_F(GreffeTest, TakesGlobalOptionsBeforeAndAfterTheCommand) {
  replica_.conventions.list = [](const auto&, v1::ListConventionsResponse* response) {
    response->add_conventions()->set_title("Agen");
    return grpc::Status::OK;
  };

  const Outcome before = RunGreffe({"--json", "--home", replica_.home(), "convention", "list"});
  const Outcome after = RunGreffe({"convention", "list", "--home", replica_.home(), "--json"});

  EXPECT_EQ(before.code, 0);
  EXPECT_EQ(before.out, after.out);
  EXPECT_EQ(FromJson<v1::ListConventionsResponse>(after.out).conventions(0).title(), "Agen");
}

TEST_F(GreffeTest, SaysWhenAnIdRepeatsNothing) {
  const std::string none = "ne se répète pas par un identifiant";
  const std::vector<std::string> list = {"convention",    "list",   "--home",
                                         replica_.home(), "--lang", "fr"};
  std::vector<std::string> repeated = list;
  repeated.insert(repeated.end(), {"--request-id", "000102030405060708090a0b0c0d0e0f"});

  // What failed may be a command that is repeated, and had not come that far.
  EXPECT_THAT(RunGreffe(repeated).err, Not(HasSubstr(none)));
  replica_.conventions.list = [](const auto&, auto*) { return grpc::Status::OK; };
  EXPECT_THAT(RunGreffe(list).err, Not(HasSubstr(none)));
  EXPECT_THAT(RunGreffe(repeated).err, HasSubstr(none));
}

TEST_F(GreffeTest, SaysHowToRepeatACommandWhoseFateIsUnknown) {
  replica_.conventions.create = [](const auto&, auto*) {
    return grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "late");
  };
  const std::string file = replica_.home() + "/projet.txtpb";
  std::ofstream(file) << "remark: \"x\"";

  const Outcome late = Greffe(
      {"convention", "new", "--file", file, "--request-id", "000102030405060708090a0b0c0d0e0f"});

  EXPECT_EQ(late.code, 3);
  EXPECT_THAT(late.err, HasSubstr("--request-id 000102030405060708090a0b0c0d0e0f"));
}

TEST_F(GreffeTest, ListsAllProblemsOfADraftByLineAndExitsOne) {
  replica_.conventions.create = [](const v1::CreateConventionRequest& request,
                                   v1::CreateConventionResponse* response) {
    EXPECT_TRUE(request.dry_run());
    auto* second = response->add_problems();
    second->set_field("elements[1].facility.name");
    second->set_text("ce texte est obligatoire.");
    second->set_element_id("creche");
    second->set_rule("required");
    auto* first = response->add_problems();
    first->set_field("elements[0].terms.end_date");
    first->set_text("la fin précède le début.");
    first->set_text_en("the end is before the start.");
    return grpc::Status::OK;
  };
  const std::string file = replica_.home() + "/projet.json";
  std::ofstream(file) << "{\"elements\": [\n"
                         "  {\"id\": \"terms\",\n"
                         "   \"terms\": {\"end_date\": \"2020-01-01\"}},\n"
                         "  {\"id\": \"creche\",\n"
                         "   \"facility\": {\"type\": \"EAJE\"}}]}\n";

  const Outcome checked = Greffe({"convention", "new", "--file", file, "--dry-run"});

  EXPECT_EQ(checked.code, 1);
  EXPECT_THAT(checked.out, AllOf(HasSubstr("2 problème(s)"), HasSubstr("required")));
  const std::size_t end_date = checked.out.find("    3  ");
  const std::size_t name = checked.out.find("    5  ");
  ASSERT_NE(end_date, std::string::npos) << checked.out;
  ASSERT_NE(name, std::string::npos) << checked.out;
  EXPECT_LT(end_date, name);

  const Outcome english = RunGreffe({"--lang", "en", "--home", replica_.home(), "convention", "new",
                                     "--file", file, "--dry-run"});
  EXPECT_THAT(english.out, HasSubstr("the end is before the start."));
  const Outcome json = Greffe({"convention", "new", "--file", file, "--dry-run", "--json"});
  EXPECT_EQ(json.code, 1);
  EXPECT_THAT(json.out, HasSubstr("\"line\": 3"));
  EXPECT_THAT(json.out, HasSubstr("\"line\": 5"));
}

// What the freeze will say is no problem of the draft: by line, apart, and the exit code is 0.
TEST_F(GreffeTest, TellsInADryRunWhatTheFreezeWillSay) {
  replica_.conventions.create = [](const auto&, v1::CreateConventionResponse* response) {
    const auto say = [](auto* problem, const char* rule, const char* field, const char* id) {
      problem->set_rule(rule);
      problem->set_field(field);
      problem->set_element_id(id);
      problem->set_text("à voir");
    };
    say(response->add_freeze_refuses(), "CHK-14", "elements[1].article.body", "art-1");
    say(response->add_freeze_asks(), "CHK-13", "", "art-1");
    say(response->add_freeze_asks(), "CHK-16", "elements[0].terms.start_date", "terms");
    return grpc::Status::OK;
  };
  const std::string file = replica_.home() + "/projet.txtpb";
  std::ofstream(file)
      << "elements {\n  id: \"terms\"\n  terms {\n"
         "    start_date: \"2020-01-01\"\n    end_date: \"2029-12-31\"\n  }\n}\n"
         "elements {\n  id: \"art-1\"\n  article {\n"
         "    body: \"Selon le diagnostic partagé, voir l'annexe 9, le XX/XX/2025.\"\n"
         "  }\n}\n";

  const Outcome checked = Greffe({"convention", "new", "--file", file, "--dry-run"});

  EXPECT_EQ(checked.code, 0) << checked.err;
  EXPECT_THAT(checked.out, AllOf(HasSubstr("Aucun problème"),
                                 HasSubstr("le gel sera refusé tant qu'il en reste"),
                                 HasSubstr("   11  art-1"), HasSubstr("CHK-14")));
  const std::size_t asked = checked.out.find("Le gel demandera confirmation, 2 point(s)");
  ASSERT_NE(asked, std::string::npos) << checked.out;
  const std::string questions = checked.out.substr(asked);
  EXPECT_THAT(questions, AllOf(HasSubstr("    4  terms"), HasSubstr("CHK-16"),
                               HasSubstr("    8  art-1"), HasSubstr("CHK-13")));
  EXPECT_LT(questions.find("CHK-16"), questions.find("CHK-13"));

  const Outcome json = Greffe({"convention", "new", "--file", file, "--dry-run", "--json"});
  EXPECT_EQ(json.code, 0) << json.err;
  for (const char* const part :
       {"\"freeze_refuses\"", "\"freeze_asks\"", "\"line\": 11", "\"line\": 4", "\"line\": 8"}) {
    EXPECT_THAT(json.out, HasSubstr(part));
  }
}

// As under the refusal of the command itself; what several problems say is said once.
TEST_F(GreffeTest, SaysInADryRunWhatWouldLiftEachProblem) {
  replica_.conventions.create = [](const auto&, v1::CreateConventionResponse* response) {
    for (const char* const field : {"draft.elements", "remark", "documents"}) {
      auto* problem = response->add_problems();
      problem->set_field(field);
      problem->set_text("refusé.");
      if (field == std::string("documents")) continue;
      problem->set_next_step("Ajoutez-le comme partie.");
      problem->set_next_step_en("Add it as a party.");
    }
    return grpc::Status::OK;
  };
  const std::string file = replica_.home() + "/projet.json";
  std::ofstream(file) << "\n{\n  \"elements\": []}\n";

  const std::string out = Greffe({"convention", "new", "--file", file, "--dry-run"}).out;

  const std::vector<std::string> parts = absl::StrSplit(out, "À faire : Ajoutez-le comme partie.");
  EXPECT_EQ(parts.size(), 2u) << out;
  // The list where it stands; what the file leaves out, where the file begins.
  EXPECT_THAT(out, HasSubstr("\n    3  "));
  EXPECT_THAT(out, HasSubstr("\n    2  "));
  EXPECT_THAT(out, Not(HasSubstr("\n    –  ")));
}

TEST_F(GreffeTest, SettlesWithTheFullHashAndTheTokenOfWhatItShowed) {
  replica_.conventions.conflicts = [](const auto&, v1::ListConflictsResponse* response) {
    response->mutable_view()->set_cut("gt1.seen");
    auto* conflict = response->mutable_view()->add_conflicts();
    conflict->set_conflict_id("conflit-1");
    conflict->add_values()->mutable_event()->set_leaf("aa00ff");
    conflict->add_values()->mutable_event()->set_leaf("bb00ff");
    return grpc::Status::OK;
  };
  v1::SettleConflictRequest settled;
  replica_.conventions.settle = [&](const v1::SettleConflictRequest& request, auto*) {
    settled = request;
    return grpc::Status::OK;
  };

  const Outcome outcome = Greffe({"conflict", "settle", "c0c0c0", "conflit-1", "--keep", "bb"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(settled.keep(), "bb00ff");
  EXPECT_EQ(settled.read_cut(), "gt1.seen");
  const Outcome other = Greffe({"conflict", "settle", "c0c0c0", "autre", "--keep", "bb"});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("Champ : Conflit (conflict_id)"));
  const Outcome foreign = Greffe({"conflict", "settle", "c0c0c0", "conflit-1", "--keep", "cc"});
  EXPECT_EQ(foreign.code, 1);
  EXPECT_THAT(foreign.err, AllOf(HasSubstr("ce n'est pas une valeur de ce conflit"),
                                 HasSubstr("aa00ff, bb00ff")));
}

TEST_F(GreffeTest, SaysThatAConventionDidNotExistYetAndWhatIsBackdated) {
  v1::GetConventionResponse answer;
  replica_.conventions.get = [&](const auto&, v1::GetConventionResponse* response) {
    *response = answer;
    return grpc::Status::OK;
  };
  v1::Cut cut;
  cut.set_fold_version(1);
  const auto token = [&] {
    return absl::StrCat("gt1.", absl::WebSafeBase64Escape(cut.SerializeAsString()));
  };
  answer.mutable_view()->set_cut(token());

  const Outcome before = Greffe({"convention", "show", "c0c0c0"});
  EXPECT_EQ(before.code, 1);
  EXPECT_THAT(before.err, HasSubstr("n'existait pas encore ici"));
  EXPECT_EQ(before.out, "");

  cut.add_points()->set_size(1);
  answer.mutable_view()->set_cut(token());
  answer.mutable_view()->set_start_date("2026-01-01");
  answer.mutable_view()->set_in_force_since("2026-03-12");
  answer.mutable_view()->set_in_force_on("2026-02-01");
  EXPECT_THAT(Greffe({"convention", "show", "c0c0c0"}).out,
              HasSubstr("conclue le 12 mars 2026, effet depuis le 1er janvier 2026"));
  answer.mutable_view()->set_in_force_on("2026-03-12");
  EXPECT_THAT(Greffe({"convention", "show", "c0c0c0"}).out, Not(HasSubstr("rétroactif")));
}

TEST_F(GreffeTest, NamesWhoSignedWhereTheBoardTells) {
  replica_.conventions.history = [](const auto&, v1::GetHistoryResponse* response) {
    auto* signatory = response->mutable_view()->add_entries()->add_signatures();
    signatory->mutable_signatory()->set_partner_id("vallon");
    signatory->add_signatures()->set_signed_on("2026-03-01");
    return grpc::Status::OK;
  };
  const std::vector<std::string> history = {"convention", "history", "c0c0c0", "--element", "e-1"};
  // Without a board the id has to do.
  EXPECT_THAT(Greffe(history).out, HasSubstr("vallon"));

  replica_.conventions.status = [](const auto&, v1::GetStatusResponse* response) {
    auto* party = response->mutable_view()->add_parties();
    party->set_partner_id("vallon");
    party->set_name("Commune du Vallon");
    return grpc::Status::OK;
  };
  EXPECT_THAT(Greffe(history).out, AllOf(HasSubstr("Commune du Vallon"), Not(HasSubstr("vallon"))));
}

}  // namespace
}  // namespace greffe::cli
