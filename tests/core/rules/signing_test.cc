#include "core/rules/signing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::Signatory Of(const std::string& id, const std::string& partner, bool one_of) {
  v1::Signatory out;
  out.set_id(id);
  out.set_partner_id(partner);
  out.set_one_of(one_of);
  return out;
}

TEST(SigningPolicy, TakesOneSignatureWhereOneIsEnough) {
  const std::vector<v1::Signatory> offices = {Of("a1", "caf", true), Of("m", "commune", false),
                                              Of("a2", "caf", true), Of("n", "commune", false)};
  EXPECT_THAT(SigningGroups(offices),
              ElementsAre(ElementsAre(0, 2), ElementsAre(1), ElementsAre(3)));
}

// L-02, L-13: an associate may be meant, but not where its assembly votes.
TEST(PartySigns, ByOneOfficeAtLeast) {
  EXPECT_FALSE(CheckPartySigns(1, true).has_value());
  const auto associate = CheckPartySigns(0, false);
  ASSERT_TRUE(associate.has_value());
  EXPECT_EQ(associate->code, "party-without-signatory");
  EXPECT_EQ(associate->severity, v1::FINDING_SEVERITY_WARNING);
  const auto votes = CheckPartySigns(0, true);
  ASSERT_TRUE(votes.has_value());
  EXPECT_EQ(votes->severity, v1::FINDING_SEVERITY_SERIOUS);
  EXPECT_THAT(votes->words.fr, testing::HasSubstr("l'assemblée délibère"));
}

// L-12.
TEST(Originals, HoldTogetherOnceEachIsGiven) {
  EXPECT_TRUE(MakeOneAct(1, 1));
  EXPECT_TRUE(MakeOneAct(3, 3));
  EXPECT_FALSE(MakeOneAct(2, 3));
  EXPECT_FALSE(MakeOneAct(0, 0));
}

TEST(Capacity, IsShownForTheOffice) {
  EXPECT_EQ(OnBehalf({"Maire", "première adjointe", true}).fr,
            "pour le maire, par délégation : première adjointe");
  EXPECT_EQ(OnBehalf({"Présidente du conseil d'administration", "directeur", true}).fr,
            "pour la présidente du conseil d'administration, par délégation : directeur");
  EXPECT_EQ(OnBehalf({"Adjoint au maire", "conseillère", true}).fr,
            "pour l'adjoint au maire, par délégation : conseillère");
  EXPECT_EQ(OnBehalf({"Maire", ""}).fr, "");
  // Of a paper that says who signed, and nothing of a delegation.
  EXPECT_EQ(OnBehalf({"Maire", "première adjointe"}).fr, "pour le maire : première adjointe");
  EXPECT_EQ(OnBehalf({"Maire", "première adjointe"}).en, "for the Maire: première adjointe");
}

TEST(Delegation, HoldsForItsOfficeItsCapacityAndItsDays) {
  const DelegationOnRecord record{"maire", "Première adjointe", Day("2025-01-01"),
                                  Day("2025-12-31")};
  const auto odd = [&](DelegatedSignature signature) {
    std::vector<std::string> codes;
    for (const Oddity& one : CheckDelegation(record, signature)) codes.emplace_back(one.code);
    return codes;
  };
  EXPECT_THAT(odd({"maire", "première adjointe", Day("2025-06-01")}), IsEmpty());
  EXPECT_THAT(odd({"maire", "première adjointe", Day("2025-12-31")}), IsEmpty());
  EXPECT_THAT(odd({"maire", "première adjointe", Day("2026-01-01")}),
              ElementsAre("delegation-period"));
  EXPECT_THAT(odd({"dg", "directeur", Day("2024-12-31")}),
              ElementsAre("delegation-office", "delegation-capacity", "delegation-period"));
  EXPECT_THAT(
      CheckDelegation({"maire", "adjointe", {}, {}}, {"maire", "adjointe", Day("2040-01-01")}),
      IsEmpty());
}

TEST(Capacity, NeedsADelegationOnRecordThatHolds) {
  const DelegationOnRecord ended{"maire", "adjointe", Day("2025-01-01"), Day("2025-06-30")};
  const DelegationOnRecord holds{"maire", "adjointe", Day("2025-07-01"), std::nullopt};
  const DelegatedSignature signature{"maire", "adjointe", Day("2025-07-01")};

  EXPECT_FALSE(CheckCapacity(std::vector{ended, holds}, signature).has_value());
  const auto odd = CheckCapacity(std::vector{ended}, signature);
  ASSERT_TRUE(odd.has_value());
  EXPECT_EQ(odd->code, "capacity-without-delegation");
  EXPECT_EQ(odd->severity, v1::FINDING_SEVERITY_SERIOUS);
  EXPECT_THAT(odd->words.fr, ::testing::HasSubstr(
                                 "pour « maire » en qualité de « adjointe » le 1er juillet 2025"));
  EXPECT_TRUE(CheckCapacity({}, signature).has_value());
  // The holder of the office signs in no other's place.
  EXPECT_FALSE(CheckCapacity({}, {"maire", "", Day("2025-07-01")}).has_value());
}

TEST(Capacity, IsLookedAtAgainByWhatIsOnRecordSince) {
  const DelegationOnRecord ended{"maire", "adjointe", Day("2025-01-01"), Day("2025-06-30")};
  const DelegationOnRecord holds{"maire", "adjointe", Day("2025-07-01"), std::nullopt};
  const DelegatedSignature signature{"maire", "adjointe", Day("2025-07-01"), "Maire"};

  EXPECT_FALSE(CheckCapacityStill(std::vector{ended, holds}, signature).has_value());
  const auto odd = CheckCapacityStill(std::vector{ended}, signature);
  ASSERT_TRUE(odd.has_value());
  EXPECT_EQ(odd->code, "capacity-without-delegation");
  EXPECT_THAT(odd->words.fr, testing::HasSubstr("signé le 1er juillet 2025 pour « Maire »"));
  EXPECT_THAT(odd->words.fr, testing::HasSubstr("la délégation a pris fin le 30 juin 2025."));
}

}  // namespace
}  // namespace greffe::rules
