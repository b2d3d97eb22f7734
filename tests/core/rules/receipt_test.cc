#include "core/rules/receipt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace greffe::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<Oddity> Check(const std::string& receipt,
                          const ReceiptOwner& owner = {"211202023", "12202"}) {
  v1::Deliberation vote;
  vote.set_sitting_on("2025-06-23");
  vote.set_receipt_id(receipt);
  return CheckActesId(vote, owner);
}

std::vector<std::string> Codes(const std::vector<Oddity>& oddities) {
  std::vector<std::string> out;
  for (const Oddity& one : oddities) out.emplace_back(one.code);
  return out;
}

TEST(Receipt, HasTheFormOfActes) {
  EXPECT_THAT(Check(""), IsEmpty());
  EXPECT_THAT(Check("012-211202023-20250623-DEL2025057-DE"), IsEmpty());
  EXPECT_THAT(Codes(Check("012-211202023-20250623-DEL2025057-ZZ")), ElementsAre("receipt-form"));
  EXPECT_THAT(Codes(Check("012-211202023-20250631-DEL2025057-DE")), ElementsAre("receipt-form"));
  const auto cut = Check("012-21120202-20250623-DEL2025057-DE");
  ASSERT_THAT(Codes(cut), ElementsAre("receipt-form"));
  EXPECT_EQ(cut[0].field, "receipt_id");
  // An error of the record; it is no contradiction that takes the mandate away.
  EXPECT_EQ(cut[0].severity, v1::FINDING_SEVERITY_SERIOUS);
  const auto no_day = Check("012-211202023-20250631-DEL2025057-DE");
  ASSERT_EQ(no_day.size(), 1u);
  EXPECT_EQ(no_day[0].severity, v1::FINDING_SEVERITY_SERIOUS);
  // A receipt on paper bears another number: to be looked at, and no error.
  for (const char* printed : {"ABC", "courrier 12"}) {
    const auto paper = Check(printed);
    ASSERT_THAT(Codes(paper), ElementsAre("receipt-form")) << printed;
    EXPECT_EQ(paper[0].severity, v1::FINDING_SEVERITY_WARNING) << printed;
    EXPECT_THAT(paper[0].words.fr, HasSubstr("seul un accusé donné sur papier")) << printed;
  }
}

TEST(Receipt, IsThatOfThePartyWhichVotes) {
  const auto other = Check("045-214502858-20250623-DELIB2025353-DE");
  ASSERT_THAT(Codes(other), ElementsAre("receipt-of-another"));
  EXPECT_EQ(other[0].rule, Rule::kActesParty);
  EXPECT_THAT(other[0].words.fr, HasSubstr("SIREN 214502858, celui de la partie est 211202023"));
  EXPECT_THAT(Codes(Check("045-211202023-20250623-DEL2025057-DE")),
              ElementsAre("receipt-of-another"));
  EXPECT_THAT(Codes(Check("02A-212000046-20250623-D1-DE", {"", "2A004"})), IsEmpty());
  EXPECT_THAT(Codes(Check("974-219740115-20250623-D1-DE", {"", "97411"})), IsEmpty());
  // With its SIREN alone its département is a hint, which is no ground for a contradiction.
  EXPECT_THAT(Check("045-211202023-20250623-DEL2025057-DE", {"211202023", ""}), IsEmpty());
  // A party that says neither is not compared.
  EXPECT_THAT(Check("045-214502858-20250623-DELIB2025353-DE", {}), IsEmpty());
}

TEST(Receipt, IsNotThatOfAnotherPartyOfTheText) {
  const std::map<std::string, std::string> others = {{"214502858", "Commune de la Plaine"}};
  const auto other = Check("045-214502858-20250623-DELIB2025353-DE", {"", "", &others});
  ASSERT_THAT(Codes(other), ElementsAre("receipt-of-another"));
  EXPECT_EQ(other[0].severity, v1::FINDING_SEVERITY_SERIOUS);
  EXPECT_THAT(other[0].words.fr, HasSubstr("celui d'une autre partie : Commune de la Plaine"));
  EXPECT_THAT(Check("012-211202023-20250623-DEL2025057-DE", {"", "", &others}), IsEmpty());
}

TEST(Receipt, BearsTheDayOfTheVote) {
  const auto other = Check("012-211202023-20250620-DEL2025057-DE");
  ASSERT_THAT(Codes(other), ElementsAre("receipt-of-another-day"));
  EXPECT_THAT(other[0].words.fr, HasSubstr("daté du 20 juin 2025, séance du 23 juin 2025"));
}

}  // namespace
}  // namespace greffe::rules
