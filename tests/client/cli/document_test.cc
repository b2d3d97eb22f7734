// Documents that leave through the command line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/client/cli/run_greffe.h"
#include "tests/client/fake_replica.h"

namespace greffe::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A convention whose one article comes from a replica that checks nothing.
class DocumentTest : public ::testing::Test {
 protected:
  DocumentTest() {
    v1::Cut cut;
    cut.set_fold_version(1);
    cut.add_points()->set_size(1);
    v1::ConventionView& view = *answer_.mutable_view();
    view.set_cut(absl::StrCat("gt1.", absl::WebSafeBase64Escape(cut.SerializeAsString())));
    view.set_in_force_on("2026-06-01");
    view.add_elements()->mutable_element()->mutable_article()->set_body(
        "a\x1B[2Jb\u202ec\n\tfin du texte");
    v1::Party& party = *view.add_elements()->mutable_element()->mutable_party();
    party.set_partner_id("commune");
    party.set_siret("21120202300019");
    answer_.mutable_context()->add_banners("trois événements attendent");
    replica_.conventions.get = [this](const auto&, v1::GetConventionResponse* response) {
      *response = answer_;
      return grpc::Status::OK;
    };
    replica_.documents.make = [this](const v1::ExportDocumentRequest& request,
                                     v1::ExportDocumentResponse* response) {
      asked_ = request;
      const bool html = request.text().form() == v1::DOCUMENT_FORM_HTML;
      response->set_content("a\x1B[2Jb\u202ec\n\tfin du texte");
      response->set_media_type(html ? "text/html; charset=utf-8" : "text/markdown; charset=utf-8");
      response->set_cut(answer_.view().cut());
      *response->mutable_context() = answer_.context();
      return grpc::Status::OK;
    };
  }

  Outcome Greffe(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--home", replica_.home(), "--lang", "fr"});
    return RunGreffe(std::move(arguments));
  }

  FakeReplica replica_;
  v1::GetConventionResponse answer_;
  // The last document asked for.
  v1::ExportDocumentRequest asked_;
};

TEST_F(DocumentTest, DrivesNoTerminal) {
  for (const char* form : {"--markdown", "--html"}) {
    const Outcome shown = Greffe({"convention", "show", "c0c0c0", form});

    EXPECT_EQ(shown.code, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("fin du texte"));
    EXPECT_THAT(shown.out, Not(HasSubstr("\x1B"))) << form;
    EXPECT_THAT(shown.out, Not(HasSubstr("\u202e"))) << form;
  }
}

TEST_F(DocumentTest, SaysBannersBesideTheDocument) {
  const Outcome text = Greffe({"convention", "show", "c0c0c0", "--markdown"});
  EXPECT_THAT(text.err, HasSubstr("! trois événements attendent"));
  EXPECT_THAT(text.out, Not(HasSubstr("trois événements")));
}

TEST_F(DocumentTest, TakesOneFormAtATime) {
  EXPECT_EQ(Greffe({"convention", "show", "c0c0c0", "--json"}).code, 0);
  for (const char* form : {"--markdown", "--html"}) {
    const Outcome both = Greffe({"convention", "show", "c0c0c0", form, "--json"});
    EXPECT_EQ(both.code, 2) << form;
    EXPECT_EQ(both.out, "");
    EXPECT_THAT(both.err, HasSubstr("--json"));
  }
}

TEST_F(DocumentTest, WritesNoFileBesideJson) {
  const std::string file = replica_.home() + "/written";
  const std::vector<std::vector<std::string>> commands = {{"export", "deliberations", "c0c0c0"},
                                                          {"export", "calendar", "c0c0c0"},
                                                          {"audit", "export", "c0c0c0"}};
  for (std::vector<std::string> command : commands) {
    command.insert(command.end(), {"--json", "--output", file});
    const Outcome both = Greffe(command);
    EXPECT_EQ(both.code, 2) << command[1];
    EXPECT_EQ(both.out, "");
    EXPECT_THAT(both.err, HasSubstr("l'un ou l'autre"));
    EXPECT_FALSE(std::filesystem::exists(file));
  }
}

TEST_F(DocumentTest, AsksForTheActsAtTheCutOfTheParties) {
  const Outcome csv = Greffe({"export", "deliberations", "c0c0c0", "--matiere-code", "8.1", "--url",
                              "commune=https://exemple.fr/a=b"});

  EXPECT_EQ(csv.code, 0) << csv.err;
  const v1::DeliberationsDocument& wanted = asked_.deliberations();
  EXPECT_EQ(wanted.at().cut(), answer_.view().cut());
  EXPECT_EQ(wanted.at().in_force_on(), "2026-06-01");
  ASSERT_EQ(wanted.matiere_code_size(), 1);
  EXPECT_EQ(wanted.matiere_code(0).partner_id(), "");
  EXPECT_EQ(wanted.matiere_code(0).value(), "8.1");
  ASSERT_EQ(wanted.url_size(), 1);
  EXPECT_EQ(wanted.url(0).partner_id(), "commune");
  EXPECT_EQ(wanted.url(0).value(), "https://exemple.fr/a=b");
}

}  // namespace
}  // namespace greffe::cli
