// How a run ends: what nobody could read, what could not be sent, what may have been done.
#include <gmock/gmock.h>
#include <grpcpp/support/sync_stream.h>

#include <fstream>
#include <future>
#include <sstream>
#include <string>
#include <vector>

#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kFull[] = "/dev/full";
constexpr char kRequest[] = "000102030405060708090a0b0c0d0e0f";

class EndingTest : public GreffeTest {
 protected:
  // A run whose stdout is a disk without room; its stderr.
  Outcome ToFullDisk(std::vector<std::string> arguments, const char* lang = "fr") {
    arguments.insert(arguments.begin(), "greffe");
    arguments.insert(arguments.end(), {"--home", replica_.home(), "--lang", lang});
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    std::istringstream in;
    std::ofstream out(kFull);
    std::ostringstream err;
    const int code =
        cli::Run(static_cast<int>(argv.size()), argv.data(), {.in = in, .out = out, .err = err});
    return {code, "", err.str()};
  }

  std::string Draft() const {
    const std::string file = replica_.home() + "/projet.txtpb";
    std::ofstream(file) << "remark: \"x\"";
    return file;
  }

  Outcome New() {
    return Greffe({"convention", "new", "--file", Draft(), "--request-id", kRequest});
  }
};

grpc::Status Refuse(grpc::StatusCode code, const std::string& rule) {
  v1::ErrorDetail detail;
  detail.set_rule(rule);
  detail.set_text_fr("non");
  detail.set_text_en("no");
  return Refusing(code, detail);
}

TEST_F(EndingTest, AnswersThatNobodyCanReadAreNotDone) {
  replica_.conventions.list = [](const auto&, v1::ListConventionsResponse* response) {
    response->add_conventions()->set_title("Agen");
    return grpc::Status::OK;
  };
  for (const std::vector<std::string>& run :
       {std::vector<std::string>{"convention", "list", "--json"},
        {"convention", "list"},
        {"convention", "template"},
        {"convention", "--help"},
        {"--version"}}) {
    const Outcome lost = ToFullDisk(run);
    EXPECT_EQ(lost.code, 1) << run.back();
    EXPECT_THAT(lost.err, AllOf(HasSubstr("La sortie n'a pas pris toute la réponse (No space left"),
                                HasSubstr("À faire")));
  }
  EXPECT_THAT(ToFullDisk({"convention", "list"}, "en").err,
              HasSubstr("The output did not take the whole answer"));
}

TEST_F(EndingTest, ALostTokenIsTold) {
  replica_.admin.add_user = [](const v1::AddUserRequest& request, v1::AddUserResponse* response) {
    response->mutable_user()->set_user(request.user());
    response->set_token("secret-1");
    return grpc::Status::OK;
  };
  const std::vector<std::string> add = {"user", "add", "maire", "--role", "signatory"};

  const Outcome lost = ToFullDisk(add);
  EXPECT_EQ(lost.code, 1);
  EXPECT_THAT(lost.err, AllOf(HasSubstr("L'utilisateur maire existe, mais la sortie n'a pas pris"),
                              HasSubstr("greffe user remove maire")));

  // Kept in its file, it is not lost.
  std::vector<std::string> kept = add;
  kept.insert(kept.end(), {"--json", "--token-out", replica_.home() + "/maire.token"});
  const Outcome json = ToFullDisk(kept);
  EXPECT_EQ(json.code, 1);
  EXPECT_THAT(json.err, AllOf(HasSubstr("La sortie n'a pas pris"), Not(HasSubstr("user remove"))));
}

TEST_F(EndingTest, AnAnswerThatIsLostIsReadAgainWithoutDoingThingsTwice) {
  replica_.conventions.create = [](const auto&, v1::CreateConventionResponse* response) {
    response->set_act_id("c0c0c0");
    return grpc::Status::OK;
  };

  const Outcome lost =
      ToFullDisk({"convention", "new", "--file", Draft(), "--request-id", kRequest});

  EXPECT_EQ(lost.code, 1);
  EXPECT_THAT(lost.err, AllOf(HasSubstr("sans que rien se fasse deux fois"),
                              HasSubstr(std::string("    --request-id ") + kRequest)));
}

TEST_F(EndingTest, ArgumentsThatAreNotUtf8AreNamed) {
  bool asked = false;
  replica_.admin.add_user = [&](const auto&, auto*) {
    asked = true;
    return grpc::Status::OK;
  };
  const auto add = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"user", "add", "maire", "--role", "signatory"});
    return Greffe(more);
  };

  for (const Outcome& wrong : {add({"--office", "Pr\xE9sident"}), add({"--office=Pr\xE9sident"})}) {
    EXPECT_EQ(wrong.code, 2);
    EXPECT_THAT(wrong.err, AllOf(HasSubstr("Ce qui suit « --office » n'est pas de l'UTF-8"),
                                 HasSubstr("Règle : utf-8"), HasSubstr("Champ : --office"),
                                 HasSubstr("LANG=fr_FR.UTF-8")));
  }
  const Outcome alone = Greffe({"convention", "show", "\xE9\xE9\xE9"});
  EXPECT_EQ(alone.code, 2);
  EXPECT_THAT(alone.err, HasSubstr("Cet argument n'est pas de l'UTF-8"));
  EXPECT_FALSE(asked);
  EXPECT_THAT(add({"--office", "Présidente"}).code, 0);
  EXPECT_TRUE(asked);
}

TEST_F(EndingTest, NamesOfFilesThatAreThereAreBytes) {
  const std::string file = replica_.home() + "/d\xE9lib\xE9ration.txt";
  std::ofstream(file) << "Fait à Agen\n";

  const Outcome import = Greffe({"import", file});

  EXPECT_EQ(import.code, 0) << import.err;
  EXPECT_EQ(import.err, "");
  EXPECT_THAT(import.out, HasSubstr("Lignes non lues : 0,0 % (0 sur 1"));
}

TEST_F(EndingTest, ACommandThatMetAFullDiskMayHaveBeenDone) {
  replica_.conventions.create = [](const auto&, auto*) {
    return Refuse(grpc::StatusCode::RESOURCE_EXHAUSTED, "disk-full");
  };

  const Outcome full = New();

  EXPECT_EQ(full.code, 1);
  EXPECT_THAT(full.err, AllOf(HasSubstr("a pu être faite ou non"),
                              HasSubstr(std::string("--request-id ") + kRequest)));
}

TEST_F(EndingTest, ACommandThatWasNeverTakenWasNotDone) {
  int calls = 0;
  grpc::Status first = Refuse(grpc::StatusCode::UNAVAILABLE, "store-must-be-reopened");
  replica_.conventions.create = [&](const auto&, auto*) {
    ++calls;
    return calls == 1 ? first : Refuse(grpc::StatusCode::UNAVAILABLE, "store-must-be-reopened");
  };
  const Outcome reopened = New();
  EXPECT_EQ(reopened.code, 1);
  EXPECT_THAT(reopened.err, AllOf(HasSubstr("Règle : store-must-be-reopened"),
                                  Not(HasSubstr("a pu être faite ou non"))));
  EXPECT_GT(calls, 1);

  // The same answer, after one that leaves the fate of the command open.
  calls = 0;
  first = Refuse(grpc::StatusCode::UNAVAILABLE, "store-failed");
  EXPECT_THAT(New().err, AllOf(HasSubstr("Règle : store-must-be-reopened"),
                               HasSubstr("a pu être faite ou non")));
  EXPECT_GT(calls, 1);

  first = Refuse(grpc::StatusCode::RESOURCE_EXHAUSTED, "queue-full");
  calls = 0;
  const Outcome full = New();
  EXPECT_EQ(full.code, 1);
  EXPECT_THAT(full.err,
              AllOf(HasSubstr("Règle : queue-full"), Not(HasSubstr("a pu être faite ou non"))));
  EXPECT_EQ(calls, 1);
}

TEST_F(EndingTest, WatchingEndsWhenNobodyReads) {
  constexpr int kEnough = 100'000;
  for (const std::vector<std::string>& run :
       {std::vector<std::string>{"watch", "c0c0c0"}, {"watch", "c0c0c0", "--json"}}) {
    std::promise<int> given;
    replica_.conventions.watch = [&](const auto&, auto* writer) {
      v1::WatchConventionResponse event;
      event.mutable_event()->set_leaf(std::string(64, 'a'));
      int count = 0;
      while (count < kEnough && writer->Write(event)) ++count;
      given.set_value(count);
      return grpc::Status::OK;
    };

    const Outcome lost = ToFullDisk(run);

    EXPECT_EQ(lost.code, 1);
    EXPECT_THAT(lost.err, HasSubstr("n'a pas pris toute la réponse (No space left"));
    EXPECT_LT(given.get_future().get(), kEnough);
  }
}

}  // namespace
}  // namespace greffe::cli
