#include "core/rules/authority.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

using ::testing::HasSubstr;

v1::Deliberation Dated(const std::string& published, const std::string& received) {
  v1::Deliberation out;
  out.set_sitting_on("2025-06-23");
  out.set_published_on(published);
  out.set_received_on(received);
  return out;
}

TEST(Executory, ComesWithTheLaterOfPublicationAndReceiptInAnyOrder) {
  EXPECT_EQ(ExecutoryOf(Dated("2025-06-25", "2025-06-27")).on, Day("2025-06-27"));
  EXPECT_EQ(ExecutoryOf(Dated("2025-06-27", "2025-06-25")).on, Day("2025-06-27"));
  EXPECT_EQ(ExecutoryOf(Dated("2025-06-25", "2025-06-27")).why.fr,
            "publiée le 25 juin 2025, reçue en préfecture le 27 juin 2025 : exécutoire le 27 juin "
            "2025");
}

TEST(Executory, IsNotProvenWhileOneIsMissingAndSaysWhich) {
  const Executory blank = ExecutoryOf(Dated("", "2022-12-22"));
  EXPECT_EQ(blank.on, std::nullopt);
  EXPECT_EQ(blank.why.fr, "publication à prouver");
  EXPECT_EQ(ExecutoryOf(Dated("2022-12-22", "")).why.en, "receipt by the préfecture to be proven");
  EXPECT_THAT(ExecutoryOf(Dated("", "")).why.fr, HasSubstr("publication et réception"));
  EXPECT_EQ(ExecutoryOf(Dated("2025-06-31", "2025-06-27")).on, std::nullopt);
}

TEST(Executory, IsProvenByTheMayorsCertificateWhereOneIsMissing) {
  v1::Deliberation vote = Dated("", "2022-12-22");
  vote.set_certified_executory_on("2022-12-23");
  EXPECT_EQ(ExecutoryOf(vote).on, Day("2022-12-23"));
  EXPECT_EQ(ExecutoryOf(vote).why.fr, "certifiée exécutoire le 23 décembre 2022");
  vote = Dated("2025-06-25", "2025-06-27");
  vote.set_certified_executory_on("2025-07-30");
  EXPECT_EQ(ExecutoryOf(vote).on, Day("2025-06-27"));
}

TEST(Executory, ComesWithTheTransmissionThatAReceiptProves) {
  v1::Deliberation vote = Dated("2025-06-25", "2025-06-27");
  vote.set_transmitted_on("2025-06-26");
  vote.set_received_time("09:00");
  EXPECT_EQ(ExecutoryOf(vote).on, Day("2025-06-26"));
  EXPECT_EQ(ExecutoryOf(vote).at, std::nullopt);
  vote.set_transmitted_on("2025-06-28");
  EXPECT_EQ(ExecutoryOf(vote).on, Day("2025-06-27"));
  vote = Dated("2025-06-25", "");
  vote.set_transmitted_on("2025-06-26");
  EXPECT_EQ(ExecutoryOf(vote).on, std::nullopt);
  EXPECT_EQ(ExecutoryOf(vote).why.fr,
            "transmise le 26 juin 2025, réception en préfecture à prouver");
}

TEST(OrderOfSignature, WantsALaterDay) {
  const Executory executory = ExecutoryOf(Dated("2025-06-25", "2025-06-27"));
  EXPECT_EQ(OrderOfSignature(executory, Day("2025-06-26"), {}), Order::kBefore);
  EXPECT_EQ(OrderOfSignature(executory, Day("2025-06-27"), {}), Order::kSameDay);
  EXPECT_EQ(OrderOfSignature(executory, Day("2025-06-28"), {}), Order::kAfter);
  EXPECT_EQ(OrderOfSignature(ExecutoryOf(Dated("", "")), Day("2025-06-28"), {}), Order::kNotProven);
}

TEST(OrderOfSignature, TakesTheSameDayWhenTimesProveTheOrder) {
  v1::Deliberation vote = Dated("2025-06-25", "2025-06-27");
  vote.set_received_time("10:30");
  const Executory executory = ExecutoryOf(vote);
  EXPECT_EQ(OrderOfSignature(executory, Day("2025-06-27"), ParseMinute("10:31")), Order::kAfter);
  EXPECT_EQ(OrderOfSignature(executory, Day("2025-06-27"), ParseMinute("10:30")), Order::kSameDay);
  EXPECT_EQ(OrderOfSignature(executory, Day("2025-06-27"), {}), Order::kSameDay);
  // Both of that day: both times are needed.
  vote.set_published_on("2025-06-27");
  EXPECT_EQ(OrderOfSignature(ExecutoryOf(vote), Day("2025-06-27"), ParseMinute("18:00")),
            Order::kSameDay);
  vote.set_published_time("17:00");
  EXPECT_EQ(OrderOfSignature(ExecutoryOf(vote), Day("2025-06-27"), ParseMinute("18:00")),
            Order::kAfter);
}

TEST(ParseMinute, TakesTimesOfADayAlone) {
  EXPECT_EQ(ParseMinute("00:00"), 0);
  EXPECT_EQ(ParseMinute("23:59"), 1439);
  for (const char* text : {"", "24:00", "10:60", "1:30", "10h30", "10:3", "-1:30", "10:30 "}) {
    EXPECT_EQ(ParseMinute(text), std::nullopt) << text;
  }
}

TEST(Coverage, NeedsANewDeliberationUnlessTheScopeSaysAvenants) {
  const Avenant avenant{"caf-12", Day("2026-03-01")};
  v1::MandateScope scope;
  EXPECT_EQ(CoverageOf(scope, avenant), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  scope.set_reach(v1::MANDATE_REACH_TEXT_ALONE);
  EXPECT_EQ(CoverageOf(scope, avenant), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  scope.set_reach(v1::MANDATE_REACH_EXECUTION);
  EXPECT_EQ(CoverageOf(scope, avenant), v1::MANDATE_COVERAGE_LEGAL_REVIEW);
  scope.set_reach(v1::MANDATE_REACH_AVENANTS);
  scope.set_quote("et tout avenant à venir");
  EXPECT_EQ(CoverageOf(scope, avenant), v1::MANDATE_COVERAGE_COVERED);
}

// A reach that no sentence says is nobody's word.
TEST(Coverage, IsToReviewWithoutTheSentenceVoted) {
  const Avenant avenant{"caf-12", Day("2026-03-01")};
  v1::MandateScope scope;
  scope.set_reach(v1::MANDATE_REACH_AVENANTS);
  for (const char* quote : {"", " ", "\n\t"}) {
    scope.set_quote(quote);
    EXPECT_EQ(CoverageOf(scope, avenant), v1::MANDATE_COVERAGE_LEGAL_REVIEW);
    EXPECT_EQ(CheckScopeQuoted(scope)->code, "scope-without-quote");
  }
  scope.set_covers_until("2026-02-28");
  EXPECT_EQ(CoverageOf(scope, avenant), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  scope.set_quote("et tout avenant à venir");
  EXPECT_FALSE(CheckScopeQuoted(scope).has_value());
  scope.clear_quote();
  scope.set_reach(v1::MANDATE_REACH_EXECUTION);
  EXPECT_TRUE(CheckScopeQuoted(scope).has_value());
  scope.set_reach(v1::MANDATE_REACH_TEXT_ALONE);
  EXPECT_FALSE(CheckScopeQuoted(scope).has_value());
}

TEST(ScopeLimits, AreAPeriodThatIsOneAndAPartyThatProposes) {
  v1::MandateScope scope;
  EXPECT_TRUE(CheckScopeLimits(scope, false).empty());
  scope.set_covers_from("2026-03-01");
  scope.set_covers_until("2026-03-01");
  scope.set_proposer("caf-12");
  EXPECT_TRUE(CheckScopeLimits(scope, true).empty());
  scope.set_covers_until("2026-02-28");
  const std::vector<Oddity> both = CheckScopeLimits(scope, false);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].field, "scope.covers_until");
  EXPECT_EQ(both[1].field, "scope.proposer");
  EXPECT_EQ(RowOf(both[0].rule).id, "L-09");
}

TEST(Coverage, HoldsForTheProposerAndThePeriodNamed) {
  v1::MandateScope scope;
  scope.set_reach(v1::MANDATE_REACH_AVENANTS);
  scope.set_quote("et les avenants proposés par la CAF");
  scope.set_proposer("caf-12");
  scope.set_covers_from("2025-01-01");
  scope.set_covers_until("2027-12-31");
  const auto on = [&](const char* proposer, const char* day) {
    return CoverageOf(scope, {proposer, Day(day)});
  };
  EXPECT_EQ(on("caf-12", "2025-01-01"), v1::MANDATE_COVERAGE_COVERED);
  EXPECT_EQ(on("caf-12", "2027-12-31"), v1::MANDATE_COVERAGE_COVERED);
  EXPECT_EQ(on("caf-12", "2028-01-01"), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  EXPECT_EQ(on("caf-12", "2024-12-31"), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  EXPECT_EQ(on("rodez", "2026-01-01"), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
}

// CHK-19.
TEST(Basis, IsADeliberationThatIsExecutoryOrNoneAsked) {
  EXPECT_TRUE(HasBasis(v1::AUTHORITY_STAGE_NOT_REQUIRED));
  EXPECT_TRUE(HasBasis(v1::AUTHORITY_STAGE_EXECUTORY));
  for (const auto stage : {v1::AUTHORITY_STAGE_UNSPECIFIED, v1::AUTHORITY_STAGE_PENDING,
                           v1::AUTHORITY_STAGE_NO_MANDATE, v1::AUTHORITY_STAGE_VOTED}) {
    EXPECT_FALSE(HasBasis(stage)) << stage;
  }
}

}  // namespace
}  // namespace greffe::rules
