#include "core/rules/identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace greffe::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(SirenKey, IsChecked) {
  EXPECT_FALSE(CheckSiren("211202023").has_value());
  const auto wrong = CheckSiren("211202024");
  ASSERT_TRUE(wrong.has_value());
  EXPECT_EQ(RowOf(wrong->rule).id, "CHK-01");
  EXPECT_FALSE(CheckSiret("21120202300019").has_value());
  ASSERT_TRUE(CheckSiret("21120202300018").has_value());
  EXPECT_EQ(CheckSiret("21120202300018")->code, "siret-key");
}

TEST(CommuneOfSiren, IsGuessedOfACommuneAlone) {
  EXPECT_EQ(CommuneOfSiren("214502858"), "45285");
  EXPECT_EQ(CommuneOfSiren("211202023"), "12202");
  // A community of communes, a commune overseas, a SIRET, letters.
  EXPECT_EQ(CommuneOfSiren("241200187"), "");
  EXPECT_EQ(CommuneOfSiren("219740115"), "");
  EXPECT_EQ(CommuneOfSiren("21450285800012"), "");
  EXPECT_EQ(CommuneOfSiren("21450285X"), "");
}

TEST(CommuneOfSiren, IsComparedWithTheCodeOnRecord) {
  EXPECT_FALSE(CheckCommuneOfSiren("214502858", "45285").has_value());
  EXPECT_FALSE(CheckCommuneOfSiren("214502858", "").has_value());
  // Corsica: 20 in the SIREN, 2A in the code.
  EXPECT_FALSE(CheckCommuneOfSiren("212000046", "2A004").has_value());
  const auto odd = CheckCommuneOfSiren("214502858", "45286");
  ASSERT_TRUE(odd.has_value());
  EXPECT_EQ(odd->rule, Rule::kCommuneOfSiren);
  EXPECT_EQ(odd->severity, v1::FINDING_SEVERITY_NOTE);
  EXPECT_THAT(odd->words.fr, HasSubstr("INSEE 45285, le code INSEE donné est 45286"));
}

TEST(Postcode, IsOfTheDepartmentOfTheCommune) {
  EXPECT_FALSE(CheckPostcode("1 rue Haute, 12000 PORT", "12202").has_value());
  EXPECT_FALSE(CheckPostcode("Cours Bas, 20090 PORT", "2A004").has_value());
  EXPECT_FALSE(CheckPostcode("Rue Basse, 97410 PORT", "97411").has_value());
  EXPECT_FALSE(CheckPostcode("Rue Haute", "12202").has_value());
  EXPECT_FALSE(CheckPostcode("45450 PORT", "").has_value());
  const auto odd = CheckPostcode("CS 50010, 45450 PORT", "47001");
  ASSERT_TRUE(odd.has_value());
  EXPECT_EQ(odd->rule, Rule::kPostcode);
  EXPECT_THAT(odd->words.fr, HasSubstr("code postal 45450 : département 45"));
  EXPECT_TRUE(CheckPostcode("97110 PORT", "97411").has_value());
}

TEST(Postcode, IsStrayWhereTheOthersShareADepartment) {
  EXPECT_THAT(StrayDepartments({"47", "45", "47", "47"}), ElementsAre(1));
  EXPECT_THAT(StrayDepartments({"47", "45", "47"}), IsEmpty());
  EXPECT_THAT(StrayDepartments({"47", "45", "47", "45"}), IsEmpty());
  EXPECT_THAT(StrayDepartments({"47", "47", "47", "47"}), IsEmpty());
}

TEST(Names, AreOneByTheirLettersOrTheirFirstName) {
  const PrintedName name{"deluné", "delune", "ada"};
  EXPECT_TRUE(MayBeOneName(name, {"delune", "delune", ""}));
  EXPECT_TRUE(MayBeOneName(name, {"delunez", "delunez", "ada"}));
  EXPECT_TRUE(MayBeOneName(name, {"deluna", "deluna", "ada"}));
  EXPECT_FALSE(MayBeOneName(name, name));
  EXPECT_FALSE(MayBeOneName(name, {"delunez", "delunez", "zoe"}));
  EXPECT_FALSE(MayBeOneName(name, {"delunezz", "delunezz", "ada"}));
  EXPECT_FALSE(MayBeOneName({"deluné", "delune", "m"}, {"delunez", "delunez", "m"}));
}

TEST(Assembly, VotesForWhatIsACommuneAnEpciASyndicateOrADepartement) {
  const auto votes = [](v1::PartnerKind kind, const char* siren = "", const char* insee = "") {
    return CheckAssembly(kind, siren, insee).has_value();
  };
  EXPECT_TRUE(votes(v1::PARTNER_KIND_COMMUNE));
  EXPECT_TRUE(votes(v1::PARTNER_KIND_INTERCOMMUNALITY));
  EXPECT_TRUE(votes(v1::PARTNER_KIND_SYNDICATE));
  EXPECT_TRUE(votes(v1::PARTNER_KIND_DEPARTMENT));
  EXPECT_FALSE(votes(v1::PARTNER_KIND_OTHER));
  EXPECT_FALSE(votes(v1::PARTNER_KIND_OTHER, "732829320"));
  EXPECT_TRUE(votes(v1::PARTNER_KIND_OTHER, "211202023"));
  EXPECT_TRUE(votes(v1::PARTNER_KIND_OTHER, "", "12202"));
  // L-07: these vote nothing, wherever they sit.
  EXPECT_FALSE(votes(v1::PARTNER_KIND_CAF, "", "12202"));
  EXPECT_FALSE(votes(v1::PARTNER_KIND_STATE, "", "12202"));
  EXPECT_FALSE(votes(v1::PARTNER_KIND_NATIONAL_EDUCATION, "", "12202"));
}

}  // namespace
}  // namespace greffe::rules
