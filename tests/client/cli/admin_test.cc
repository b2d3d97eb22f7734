// The commands about the replica itself.

#include <gmock/gmock.h>

#include <string>

#include "greffe/v1/error.pb.h"
#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::Not;

class AdminTest : public GreffeTest {
 protected:
  Outcome InEnglish(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--home", replica_.home(), "--lang", "en"});
    return RunGreffe(std::move(arguments), {});
  }
};

TEST_F(AdminTest, StatusSaysBannersBeforeItsFigures) {
  replica_.admin.status = [this](const auto&, v1::GetAdminStatusResponse* response) {
    const auto metadata = replica_.metadata();
    const auto language = metadata.find("accept-language");
    const bool english = language != metadata.end() && language->second == "en";
    response->set_name("Caf d'essai");
    response->mutable_context()->add_banners(english ? "Convention c0c0 — has a fork."
                                                     : "Convention c0c0 — une fourche.");
    return grpc::Status::OK;
  };

  const Outcome french = Greffe({"admin", "status"});
  EXPECT_EQ(french.code, 0) << french.err;
  EXPECT_THAT(french.out, HasSubstr("! Convention c0c0 — une fourche.\n"));
  EXPECT_THAT(french.out.find("une fourche"), Lt(french.out.find("Caf d'essai")));
  EXPECT_THAT(InEnglish({"admin", "status"}).out, HasSubstr("! Convention c0c0 — has a fork.\n"));
  EXPECT_THAT(Greffe({"admin", "status", "--json"}).out, HasSubstr("une fourche"));
}

TEST_F(AdminTest, PartnerAddNamesTheOptionOfAFieldThatTheReplicaRefused) {
  replica_.admin.add_partner = [](const auto&, auto*) {
    v1::ErrorDetail detail;
    detail.set_rule("siren");
    detail.set_field("card.siren");
    detail.set_text_fr("Un numéro SIREN compte neuf chiffres.");
    detail.set_text_en("A SIREN number is nine digits.");
    detail.set_next_fr("Corrigez card.siren, puis recommencez.");
    detail.set_next_en("Correct card.siren, then try again.");
    return Refusing(grpc::StatusCode::INVALID_ARGUMENT, detail);
  };

  const Outcome refused =
      Greffe({"partner", "add", "boe", "--name", "Boé", "--kind", "commune", "--siren", "12"});

  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err,
              AllOf(HasSubstr("neuf chiffres"), HasSubstr("Corrigez --siren, puis recommencez."),
                    Not(HasSubstr("card."))));
}

}  // namespace
}  // namespace greffe::cli
