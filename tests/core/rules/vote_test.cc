#include "core/rules/vote.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace greffe::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Deliberation Vote() {
  v1::Deliberation out;
  out.set_sitting_on("2025-06-23");
  out.set_published_on("2025-06-27");
  out.set_received_on("2025-06-27");
  out.set_members_in_office(35);
  out.set_members_present(32);
  out.set_members_represented(3);
  out.set_votes_for(35);
  out.set_approves_text(true);
  out.set_authorises_signature(true);
  return out;
}

std::vector<std::string> VoteCodes(const std::vector<Oddity>& oddities) {
  std::vector<std::string> out;
  for (const Oddity& one : oddities) out.emplace_back(one.code);
  return out;
}

TEST(Vote, GivesAMandateByTwoDecisionsAndAMajority) {
  EXPECT_TRUE(GivesMandate(Vote()));
  v1::Deliberation approves = Vote();
  approves.set_authorises_signature(false);
  EXPECT_FALSE(GivesMandate(approves));
  v1::Deliberation authorises = Vote();
  authorises.set_approves_text(false);
  EXPECT_FALSE(GivesMandate(authorises));
  v1::Deliberation rejected = Vote();
  rejected.set_votes_for(17);
  rejected.set_votes_against(18);
  EXPECT_FALSE(GivesMandate(rejected));
}

TEST(Vote, FindsFiguresThatDoNotAddUp) {
  EXPECT_THAT(CheckVote(Vote()), IsEmpty());
  v1::Deliberation members = Vote();
  members.set_members_represented(4);
  EXPECT_THAT(VoteCodes(CheckVote(members)), ElementsAre("votes-members"));
  v1::Deliberation sum = Vote();
  sum.set_abstentions(1);
  EXPECT_THAT(VoteCodes(CheckVote(sum)), ElementsAre("votes-sum"));
  v1::Deliberation lost = Vote();
  lost.set_votes_for(10);
  lost.set_votes_against(10);
  EXPECT_THAT(VoteCodes(CheckVote(lost)), ElementsAre("votes-majority"));
}

// CGCT art. L. 2121-20: a tie adopts nothing but by the casting vote of whoever presides.
TEST(Vote, IsCarriedOfATieByTheCastingVoteAlone) {
  v1::Deliberation tie = Vote();
  tie.set_votes_for(17);
  tie.set_votes_against(17);
  tie.set_abstentions(1);
  EXPECT_TRUE(IsUndecidedTie(tie));
  EXPECT_FALSE(GivesMandate(tie));
  ASSERT_THAT(VoteCodes(CheckVote(tie)), ElementsAre("votes-majority"));
  EXPECT_EQ(CheckVote(tie)[0].field, "casting_vote");
  EXPECT_THAT(CheckVote(tie)[0].words.fr, ::testing::HasSubstr("sans voix prépondérante"));

  tie.set_casting_vote(v1::CASTING_VOTE_AGAINST);
  EXPECT_FALSE(IsUndecidedTie(tie));
  EXPECT_FALSE(GivesMandate(tie));
  EXPECT_THAT(VoteArithmetic(tie).fr,
              ::testing::EndsWith("; à égalité, voix prépondérante du président : contre"));

  tie.set_casting_vote(v1::CASTING_VOTE_FOR);
  EXPECT_TRUE(GivesMandate(tie));
  EXPECT_THAT(CheckVote(tie), IsEmpty());
  EXPECT_THAT(VoteArithmetic(tie).fr,
              ::testing::EndsWith("; à égalité, voix prépondérante du président : pour"));
  EXPECT_THAT(VoteArithmetic(tie).en,
              ::testing::HasSubstr("casting vote of whoever presides: for"));

  // It decides ties alone, and nobody's vote is none.
  v1::Deliberation lost = Vote();
  lost.set_votes_for(10);
  lost.set_votes_against(25);
  lost.set_casting_vote(v1::CASTING_VOTE_FOR);
  EXPECT_FALSE(GivesMandate(lost));
  v1::Deliberation nobody = Vote();
  nobody.set_votes_for(0);
  nobody.set_abstentions(35);
  nobody.set_casting_vote(v1::CASTING_VOTE_FOR);
  EXPECT_FALSE(GivesMandate(nobody));
}

TEST(Vote, CountsThoseWhoStayWithoutVotingAsAbstaining) {
  EXPECT_THAT(CheckScdlFigures(Vote()), IsEmpty());
  v1::Deliberation apart = Vote();
  apart.set_votes_for(30);
  EXPECT_THAT(CheckVote(apart), IsEmpty());
  ASSERT_THAT(VoteCodes(CheckScdlFigures(apart)), ElementsAre("votes-missing"));
  EXPECT_EQ(CheckScdlFigures(apart)[0].field, "abstentions");
  apart.set_abstentions(5);
  EXPECT_THAT(CheckScdlFigures(apart), IsEmpty());
}

TEST(Vote, NamesTheFirstFigureThatCannotBe) {
  const auto field = [](const auto& change) -> std::string {
    v1::Deliberation vote = Vote();
    change(&vote);
    const auto odd = FirstContradiction(vote, {});
    return odd.has_value() ? std::string(odd->field) : "";
  };
  EXPECT_EQ(field([](v1::Deliberation*) {}), "");
  EXPECT_EQ(field([](v1::Deliberation* vote) { vote->set_members_present(36); }),
            "members_present");
  EXPECT_EQ(field([](v1::Deliberation* vote) { vote->set_members_represented(4); }),
            "members_represented");
  // Each member present holds one proxy at most.
  EXPECT_EQ(field([](v1::Deliberation* vote) {
              vote->set_members_present(10);
              vote->set_members_represented(11);
              vote->set_votes_for(21);
            }),
            "members_represented");
  EXPECT_EQ(field([](v1::Deliberation* vote) { vote->set_abstentions(1); }), "votes_for");
  EXPECT_EQ(field([](v1::Deliberation* vote) { vote->set_votes_for(34); }), "abstentions");
  EXPECT_EQ(field([](v1::Deliberation* vote) { vote->set_received_on("2025-06-22"); }),
            "received_on");
  EXPECT_EQ(field([](v1::Deliberation* vote) { vote->set_published_on("2025-06-22"); }),
            "published_on");
  EXPECT_EQ(field([](v1::Deliberation* vote) { vote->set_transmitted_on("2025-06-28"); }),
            "transmitted_on");
  // Nobody said who was there.
  EXPECT_EQ(field([](v1::Deliberation* vote) {
              vote->set_members_present(0);
              vote->set_members_represented(0);
            }),
            "members_present");
  EXPECT_EQ(field([](v1::Deliberation* vote) {
              vote->set_members_present(17);
              vote->set_members_represented(3);
              vote->set_votes_for(20);
            }),
            "");
  EXPECT_EQ(field([](v1::Deliberation* vote) {
              vote->set_receipt_id("012-211202023-20250620-DEL2025057-DE");
            }),
            "receipt_id");
  // A vote that is lost happened.
  EXPECT_EQ(field([](v1::Deliberation* vote) {
              vote->set_votes_for(10);
              vote->set_votes_against(25);
            }),
            "");
  // Of a text signed long ago the members may not be known.
  EXPECT_EQ(field([](v1::Deliberation* vote) { vote->set_members_in_office(0); }), "");
}

TEST(Vote, DoesNotOverflow) {
  v1::Deliberation huge = Vote();
  huge.set_members_present(0xffffffffu);
  huge.set_members_represented(0xffffffffu);
  EXPECT_THAT(VoteCodes(CheckVote(huge)), ElementsAre("votes-present"));
}

TEST(Vote, CountsPresentMembersForTheQuorumNotProxies) {
  v1::Deliberation few = Vote();
  few.set_members_present(18);
  EXPECT_THAT(CheckQuorum(few), IsEmpty());
  few.set_members_present(17);
  few.set_members_represented(18);
  ASSERT_THAT(VoteCodes(CheckQuorum(few)), ElementsAre("quorum"));
  EXPECT_EQ(CheckQuorum(few)[0].severity, v1::FINDING_SEVERITY_SERIOUS);
  // Convened a second time, the assembly needs none (CGCT art. L. 2121-17).
  few.set_remark("Votée sur seconde convocation, le quorum n'étant pas atteint le 16 juin.");
  EXPECT_THAT(CheckQuorum(few), IsEmpty());
  few.set_remark("Convocation du 12 juin.");
  EXPECT_THAT(VoteCodes(CheckQuorum(few)), ElementsAre("quorum"));
  // Nobody said who was there.
  few.set_members_present(0);
  ASSERT_THAT(VoteCodes(CheckQuorum(few)), ElementsAre("quorum"));
  EXPECT_EQ(CheckQuorum(few)[0].severity, v1::FINDING_SEVERITY_NOTE);
}

TEST(Vote, FindsReceiptAndPublicationBeforeTheSitting) {
  EXPECT_THAT(CheckOrderOfDates(Vote()), IsEmpty());
  v1::Deliberation early = Vote();
  early.set_received_on("2025-06-22");
  early.set_published_on("2025-06-22");
  EXPECT_THAT(VoteCodes(CheckOrderOfDates(early)),
              ElementsAre("receipt-before-sitting", "publication-before-sitting"));
  early.set_received_on("2025-06-23");
  early.set_published_on("");
  EXPECT_THAT(CheckOrderOfDates(early), IsEmpty());
}

TEST(Vote, ComparesTransmissionAndReceiptWithoutADayOfTheSitting) {
  v1::Deliberation vote;
  vote.set_transmitted_on("2025-06-26");
  vote.set_received_on("2025-06-25");
  ASSERT_EQ(CheckOrderOfDates(vote).size(), 1u);
}

TEST(Vote, FindsACertificateBeforeTheSittingAndATransmissionAfterTheReceipt) {
  v1::Deliberation vote = Vote();
  vote.set_sitting_on("2025-06-23");
  vote.set_certified_executory_on("2025-06-22");
  vote.set_received_on("2025-06-25");
  vote.set_transmitted_on("2025-06-26");
  const auto found = CheckOrderOfDates(vote);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].code, "certificate-before-sitting");
  EXPECT_EQ(found[1].code, "receipt-before-transmission");
}

TEST(Vote, ShowsItsArithmetic) {
  EXPECT_EQ(VoteArithmetic(Vote()).fr,
            "35 pour + 0 contre + 0 abstention = 35 = 32 présents + 3 représentés, sur 35 en "
            "exercice");
  v1::Deliberation apart = Vote();
  apart.set_votes_for(30);
  EXPECT_EQ(VoteArithmetic(apart).en,
            "30 for + 0 against + 0 abstaining = 30 ≠ 35 = 32 present + 3 represented, of 35 in "
            "office");
  v1::Deliberation more = Vote();
  more.set_votes_against(1);
  EXPECT_THAT(VoteArithmetic(more).fr, ::testing::HasSubstr("36 ≠ 35 ="));
}

}  // namespace
}  // namespace greffe::rules
