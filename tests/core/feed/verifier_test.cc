#include "core/feed/verifier.h"

#include "core/feed/proof.h"
#include "tests/core/feed/slow_tree.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using testing_support::StatusIs;

class FeedVerifierTest : public ::testing::Test {
 protected:
  std::string HeadOver(const std::vector<std::string>& events) const {
    MerkleFrontier frontier;
    for (const std::string& event : events) frontier.Append(LeafHash(event));
    return SignCheckpoint({.convention = convention_,
                           .replica = key_->replica_id(),
                           .size = frontier.size(),
                           .root = frontier.Root()},
                          *key_);
  }
  absl::Status Check(const std::vector<std::string>& events, const std::string& head) const {
    FeedVerifier verifier(convention_, key_->public_key());
    for (const std::string& event : events) verifier.Add(event);
    return verifier.CheckHead(head);
  }

  const ConventionId convention_ = *ConventionId::FromBytes(std::string(16, 'c'), "c");
  const std::unique_ptr<SigningKey> key_ = *SigningKey::FromSeed(std::string(32, 'k'));
  const std::vector<std::string> events_ = {"zero", "one", "two", "three", "four"};
};

TEST_F(FeedVerifierTest, TakesAFeedAsItWasSigned) { EXPECT_OK(Check(events_, HeadOver(events_))); }

TEST_F(FeedVerifierTest, FindsAChangedDroppedInsertedOrReorderedEvent) {
  const std::string head = HeadOver(events_);
  EXPECT_THAT(Check({"zero", "one", "TWO", "three", "four"}, head),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("root")));
  EXPECT_THAT(Check({"zero", "one", "three", "four"}, head),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("size")));
  EXPECT_THAT(Check({"zero", "one", "two", "three", "3b", "four"}, head),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("size")));
  EXPECT_THAT(Check({"zero", "two", "one", "three", "four"}, head),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("root")));
}

TEST_F(FeedVerifierTest, NamesTheEventWhoseRecordedLeafDiffers) {
  FeedVerifier verifier(convention_, key_->public_key());
  verifier.Add("zero");
  EXPECT_OK(verifier.CheckLeaf(LeafHash("zero")));
  verifier.Add("ONE");
  EXPECT_THAT(verifier.CheckLeaf(LeafHash("one")),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("event 1")));
}

TEST_F(FeedVerifierTest, RefusesAHeadOfAnotherConvention) {
  FeedVerifier verifier(ConventionId{}, key_->public_key());
  for (const std::string& event : events_) verifier.Add(event);
  EXPECT_THAT(verifier.CheckHead(HeadOver(events_)),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("another convention")));
}

TEST_F(FeedVerifierTest, NamesTheRangeSinceTheLastGoodHead) {
  FeedVerifier verifier(convention_, key_->public_key());
  verifier.Add("zero");
  verifier.Add("one");
  EXPECT_OK(verifier.CheckHead(HeadOver({"zero", "one"})));
  verifier.Add("TWO");
  EXPECT_THAT(verifier.CheckHead(HeadOver({"zero", "one", "two"})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("events 2 to 2")));
  EXPECT_EQ(verifier.verified_size(), 2u);
}

TEST_F(FeedVerifierTest, ProvesOneEventAndNamesTheStepThatFails) {
  StoredTree tree;
  for (const std::string& event : events_) tree.Append(LeafHash(event));
  const auto path = *InclusionProof(3, 5, tree.Reader());
  const std::string head = HeadOver(events_);
  EXPECT_OK(VerifyEventProof("three", 3, path, head, key_->public_key()));
  EXPECT_THAT(VerifyEventProof("THREE", 3, path, head, key_->public_key()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("inclusion: root")));
  const auto other = *SigningKey::FromSeed(std::string(32, 'x'));
  EXPECT_THAT(VerifyEventProof("three", 3, path, head, other->public_key()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("key")));
}

}  // namespace
}  // namespace greffe
