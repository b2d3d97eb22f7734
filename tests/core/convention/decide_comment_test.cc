// Comments and reviews of acts in the making.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/views/queries_life.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;
using testing_support::SamplePlay;
using testing_support::StatusIs;

std::string BytesOf(const std::string& act) { return ActId::FromHex(act, "act")->ToBytes(); }

class DecideComment : public ::testing::Test {
 protected:
  DecideComment() { play_.ConcludeOriginal(); }

  absl::Status Do(v1::Role role, Life fact, Digest* leaf = nullptr,
                  const std::string& partner = "agglo") {
    v1::RecordFactRequest request;
    *request.mutable_fact() = std::move(fact);
    std::vector<Digest> leaves;
    const absl::Status done =
        play_.agglo().Do(request, play_.agglo().Context(partner, {role}), &leaves);
    if (leaf != nullptr && !leaves.empty()) *leaf = leaves.front();
    return done;
  }
  absl::Status Comment(const std::string& act_id, const std::string& text = "remarque",
                       Digest* leaf = nullptr) {
    Life fact = test::Plain(Life::kCommentPosted, "2025-06-01");
    fact.mutable_comment_posted()->set_act_id(act_id);
    fact.set_text(text);
    return Do(v1::ROLE_DPO, fact, leaf);
  }
  absl::Status Ask(const std::string& act_id, const std::string& partner, Digest* leaf = nullptr) {
    Life fact = test::Plain(Life::kReviewRequested, "2025-06-01");
    fact.mutable_review_requested()->set_act_id(act_id);
    fact.mutable_review_requested()->add_partner_ids(partner);
    return Do(v1::ROLE_COORDINATOR, fact, leaf);
  }

  static Life Review(const Digest& asked, v1::ReviewVerdict verdict = v1::REVIEW_VERDICT_AGREED) {
    Life fact = test::Answering(test::Plain(Life::kReviewGiven, "2025-06-02"), asked);
    fact.mutable_review_given()->set_verdict(verdict);
    return fact;
  }
  // Leaves of reviews that nobody asked for.
  std::vector<std::string> NotAsked() {
    std::vector<std::string> out;
    const auto view = ViewLife(play_.agglo().At("2025-06-30"), "");
    EXPECT_OK(view);
    for (const v1::Finding& one : view->findings()) {
      if (one.code() == "review-not-asked") out.push_back(one.leaf());
    }
    return out;
  }

  SamplePlay play_;
};

TEST_F(DecideComment, IsAboutAnActThatIsThereAndSaysSomething) {
  const std::string act = BytesOf(play_.original());

  EXPECT_OK(Comment(act));
  EXPECT_THAT(Comment(std::string(16, 'x')), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Comment("court"), StatusIs(absl::StatusCode::kNotFound));
  const absl::Status silent = Comment(act, "");
  EXPECT_EQ(RefusalOf(silent).rule, "required");
  EXPECT_EQ(RefusalOf(silent).field, "fact.text");
}

TEST_F(DecideComment, IsAnsweredOnItsOwnAct) {
  const std::string other = play_.Propose({testing_support::Remove("fac-1")});
  Digest comment;
  ASSERT_OK(Comment(BytesOf(play_.original()), "question", &comment));
  const auto reply = [&](const std::string& act) {
    Life fact = test::Answering(test::Plain(Life::kCommentPosted, "2025-06-02"), comment);
    fact.mutable_comment_posted()->set_act_id(BytesOf(act));
    fact.set_text("réponse");
    return Do(v1::ROLE_COORDINATOR, fact);
  };

  EXPECT_EQ(RefusalOf(reply(other)).field, "fact.comment_posted.act_id");
  EXPECT_OK(reply(play_.original()));
}

TEST_F(DecideComment, ReviewsAreAskedOfPartiesAndReservationsAreSaid) {
  const std::string act = BytesOf(play_.original());
  EXPECT_EQ(RefusalOf(Ask(act, "nobody")).rule, "party");
  EXPECT_THAT(Ask("", "caf"), StatusIs(absl::StatusCode::kNotFound));
  Digest asked;
  ASSERT_OK(Ask(act, "vallon", &asked));
  const auto give = [&](v1::ReviewVerdict verdict, const std::string& text) {
    Life fact = Review(asked, verdict);
    fact.set_text(text);
    return Do(v1::ROLE_DPO, fact, nullptr, "vallon");
  };

  EXPECT_EQ(RefusalOf(give(v1::REVIEW_VERDICT_RESERVED, "")).field, "fact.text");
  EXPECT_OK(give(v1::REVIEW_VERDICT_RESERVED, "article 4 à préciser"));
  EXPECT_OK(give(v1::REVIEW_VERDICT_AGREED, ""));
}

TEST_F(DecideComment, ReviewsAreGivenByWhoWasAsked) {
  Digest asked;
  ASSERT_OK(Ask(BytesOf(play_.original()), "vallon", &asked));

  const absl::Status refused = Do(v1::ROLE_COORDINATOR, Review(asked));
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(RefusalOf(refused).rule, "review-not-asked");
  EXPECT_EQ(RefusalOf(refused).field, "fact.answers");
  EXPECT_NE(RefusalOf(refused).next_fr.find("--partner agglo"), std::string::npos);
  EXPECT_OK(Do(v1::ROLE_COORDINATOR, Review(asked), nullptr, "vallon"));
  EXPECT_TRUE(NotAsked().empty());
}

// Given on paper it was given all the same: a fact, with a finding.
TEST_F(DecideComment, ReviewsOnPaperAreRecordedWhoeverWasAsked) {
  Digest asked;
  Digest given;
  ASSERT_OK(Ask(BytesOf(play_.original()), "vallon", &asked));
  Life review = Review(asked);
  review.set_evidence_digest(std::string(32, 'e'));

  ASSERT_OK(Do(v1::ROLE_COORDINATOR, review, &given));
  EXPECT_EQ(NotAsked(), std::vector<std::string>{given.ToHex()});
}

TEST_F(DecideComment, ReviewsAskedOfNobodyByNameAreAskedOfAllParties) {
  Life ask = test::Plain(Life::kReviewRequested, "2025-06-01");
  ask.mutable_review_requested()->set_act_id(BytesOf(play_.original()));
  Digest asked;
  ASSERT_OK(Do(v1::ROLE_COORDINATOR, ask, &asked));

  EXPECT_OK(Do(v1::ROLE_COORDINATOR, Review(asked)));
  EXPECT_TRUE(NotAsked().empty());
}

}  // namespace
}  // namespace greffe
