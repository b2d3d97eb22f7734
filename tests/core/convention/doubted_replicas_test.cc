#include "core/convention/checks/doubted_replicas.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DoubtedReplicasTest : public testing::Test {
 protected:
  ReplicaId Of(History::Author author) { return s_.history.replica(author); }
  std::vector<DoubtedReplica> DoubtedBy(const KnownReplicas& known) {
    return DoubtedReplicas(s_.State(), known);
  }
  Scenario s_;
};

TEST_F(DoubtedReplicasTest, AreNoneWhereEachPartnersReplicaIsTheKnownOne) {
  EXPECT_THAT(DoubtedBy({{"a", {Of(s_.a)}}, {"b", {Of(s_.b)}}, {"c", {Of(s_.c)}}}), IsEmpty());
}

TEST_F(DoubtedReplicasTest, AreNoneForPartnersOfWhomNothingIsKnown) {
  EXPECT_THAT(DoubtedBy({}), IsEmpty());
  EXPECT_THAT(DoubtedBy({{"elsewhere", {Of(s_.b)}}}), IsEmpty());
}

TEST_F(DoubtedReplicasTest, AreThoseOfAKnownPartnerWithTheirSignatures) {
  const auto real = s_.history.AddReplica();
  s_.SignByAll(s_.frozen, "2024-01-02");

  EXPECT_THAT(DoubtedBy({{"a", {Of(real)}}, {"b", {Of(s_.b)}}}),
              ElementsAre(DoubtedReplica{Of(s_.a), "a", 1}));
  EXPECT_THAT(DoubtedBy({{"b", {Of(real)}}}), ElementsAre(DoubtedReplica{Of(s_.b), "b", 1}));
}

// The founder brought b in for its partner: that alone makes b nobody's word but the founder's.
TEST_F(DoubtedReplicasTest, AreNotThoseThatAKnownOneOfThePartnerBroughtIn) {
  const auto second = s_.history.AddReplica();
  const auto third = s_.history.AddReplica();
  s_.history.Write(s_.b, "b", Enrol(s_.history.key(second), {"b"}));
  s_.history.LearnAll();
  s_.history.Write(second, "b", Enrol(s_.history.key(third), {"b"}));
  s_.history.LearnAll();

  EXPECT_THAT(DoubtedBy({{"b", {Of(s_.b)}}}), IsEmpty());
  EXPECT_THAT(DoubtedBy({{"a", {Of(s_.a)}}, {"b", {Of(second), Of(third)}}}),
              ElementsAre(DoubtedReplica{Of(s_.b), "b", 0}));
}

TEST_F(DoubtedReplicasTest, AreNotThoseThatActForThePartnerNoMore) {
  const History::Event entry = 1;  // of b, by the founder
  s_.history.Write(s_.b, "b", Enrol(s_.history.key(s_.b), {}, {s_.Leaf(entry)}));
  s_.history.LearnAll();
  const auto real = s_.history.AddReplica();

  EXPECT_THAT(DoubtedBy({{"b", {Of(real)}}}), IsEmpty());
}

}  // namespace
}  // namespace greffe::test
