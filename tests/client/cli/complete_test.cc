#include "client/cli/complete.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/command.h"
#include "client/cli/commands.h"
#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::HasSubstr;

const std::vector<CommandShape>& SomeShapes() {
  static const auto* const kShapes = new std::vector<CommandShape>{
      {"act freeze", {"ACT"}, {}},
      {"act show", {"ACT"}, {}},
      {"correct", {"FACT"}, {{"--reason", "TEXT"}}},
      {"notice send", {"CONVENTION", "ELEMENT"}, {{"--kind", "KIND"}}},
      {"sync", {}, {}}};
  return *kShapes;
}

std::string Whole(const std::string& text) {
  return CompleteCommands(text, SomeShapes(), {{"ACT", "8c41d0"}});
}

TEST(CompleteCommands, PutsWhatIsKnownAndNamesTheRest) {
  EXPECT_EQ(Whole("Figez-le : greffe act freeze."), "Figez-le : greffe act freeze 8c41d0.");
  EXPECT_EQ(Whole("Relisez (greffe act show), puis corrigez : greffe correct."),
            "Relisez (greffe act show 8c41d0), puis corrigez : greffe correct FACT --reason TEXT.");
  EXPECT_EQ(Whole("« greffe act show »"), "« greffe act show 8c41d0 »");
  EXPECT_EQ(Whole("greffe act show"), "greffe act show 8c41d0");
  EXPECT_EQ(Whole("greffe act show, puis greffe act freeze"),
            "greffe act show 8c41d0, puis greffe act freeze 8c41d0");
}

TEST(CompleteCommands, LeavesWhatIsGivenAndWhatIsNoCommand) {
  for (const char* text :
       {"greffe act show 1234ab", "greffe act show ACTE", "greffe act freeze … --yes",
        "greffe sync --wait", "greffe acts", "greffed init", "rien", "greffe act showing",
        "greffe correct FAIT --reason x", "greffe act show --help"}) {
    EXPECT_EQ(Whole(text), text);
  }
}

TEST(CompleteCommands, PutsArgumentsBeforeOptionsThatAreGiven) {
  EXPECT_EQ(Whole("greffe notice send --kind breach (L-50)."),
            "greffe notice send CONVENTION ELEMENT --kind breach (L-50).");
}

// Every command, named alone and completed, is one that the command line takes.
TEST(CompleteCommands, MakesEveryCommandOneThatCanBePasted) {
  Globals globals;
  CommandLine line(Lang::kFrench, &globals, 80);
  AddAllCommands(line);
  const std::vector<CommandShape> shapes = line.Shapes();
  ASSERT_EQ(shapes.size(), line.Commands().size());
  for (const CommandShape& shape : shapes) {
    Globals own;
    CommandLine fresh(Lang::kFrench, &own, 80);
    AddAllCommands(fresh);
    const std::string typed = CompleteCommands(absl::StrCat("greffe ", shape.name), shapes, {});
    const std::vector<std::string> words = absl::StrSplit(typed, ' ');
    std::vector<const char*> argv;
    for (const std::string& one : words) argv.push_back(one.c_str());
    std::string help;
    const auto command = fresh.Parse(static_cast<int>(argv.size()), argv.data(), &help);
    EXPECT_TRUE(command.ok() && *command != nullptr) << typed << ": " << command.status();
  }
}

// Where it matters: the next step of a refusal, with the ids of the command that was refused.
TEST_F(GreffeTest, PrintsANextStepThatCanBePasted) {
  replica_.acts.get = [](const auto&, v1::GetActResponse* response) {
    response->mutable_act()->set_act_id("acac0102");
    response->mutable_act()->add_revisions()->set_revision(std::string(64, 'a'));
    return grpc::Status::OK;
  };
  replica_.acts.sign = [](const auto&, auto*) {
    v1::ErrorDetail detail;
    detail.set_rule("L-35");
    detail.set_text_fr("conclu depuis.");
    detail.set_next_fr("Reprenez l'acte : greffe act freeze.");
    return Refusing(grpc::StatusCode::FAILED_PRECONDITION, detail);
  };

  const std::string err =
      Greffe({"act", "sign", "acac01", "--convention", "c0c0c0", "--json", "--yes"}).err;

  EXPECT_THAT(err, HasSubstr("greffe act freeze acac01."));
}

// A board knows its act, whatever was typed.
TEST_F(GreffeTest, PrintsTheStepsOfABoardWithItsAct) {
  replica_.conventions.status = [](const auto&, v1::GetStatusResponse* response) {
    v1::StatusView& view = *response->mutable_view();
    view.mutable_revision()->set_revision(std::string(64, 'a'));
    v1::ActView& act = *view.add_acts();
    act.set_act_id(std::string(32, 'b'));
    act.add_revisions()->set_revision(std::string(64, 'a'));
    v1::PartyStanding& party = *view.add_parties();
    party.set_name("Brax");
    party.set_next_step("Attester : greffe act attest.");
    return grpc::Status::OK;
  };

  EXPECT_THAT(Greffe({"convention", "status", "c0c0c0"}).out,
              HasSubstr("greffe act attest bbbbbbbbbbbb."));
}

// What comes next in a thread answers the fact that opened it.
TEST_F(GreffeTest, PrintsTheStepsOfAThreadWithItsFact) {
  replica_.life.get = [](const auto&, v1::GetLifeResponse* response) {
    v1::LifeThread& thread = *response->mutable_view()->add_threads();
    thread.mutable_opening()->mutable_event()->set_leaf(std::string(64, 'f'));
    thread.set_next_step("Enregistrer l'avis de réception : greffe notice received.");
    return grpc::Status::OK;
  };

  EXPECT_THAT(Greffe({"life", "show", "c0c0c0"}, {.width = 200}).out,
              HasSubstr("greffe notice received c0c0c0 ffffffffffff"));
}

}  // namespace
}  // namespace greffe::cli
