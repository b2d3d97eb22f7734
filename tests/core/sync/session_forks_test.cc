// F18: a replica that tells two stories.
#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "tests/core/sync/memory_replica.h"
#include "tests/core/sync/pipe.h"

namespace greffe::sync {
namespace {

// `p` holds one story of the equivocator, `q` the other; they share `before` events of it.
struct Forked {
  Forked(int p_events, int q_events, int before = 3)
      : founder("founder"), one("liar"), other("liar"), p("p"), q("q") {
    id = founder.OpenConvention(1);
    for (const MemoryReplica* member : {&one, &p, &q}) founder.Admit(id, *member);
    one.RestoreFrom(id, founder);
    if (before > 0) one.Append(id, "told to all", before);
    other.RestoreFrom(id, one);
    one.Append(id, "told to p", p_events, /*head_each=*/true);
    other.Append(id, "told to q", q_events, /*head_each=*/true);
    Meet(one, p);
    Meet(other, q);
  }
  static void Meet(MemoryReplica& a, MemoryReplica& b) {
    Pipe pipe(a, b);
    pipe.Connect();
    EXPECT_TRUE(pipe.InSync());
  }

  MemoryReplica founder, one, other, p, q;
  ConventionId id;
};

class SessionForks : public ::testing::TestWithParam<std::pair<int, int>> {};

TEST_P(SessionForks, BothBranchesReachBothAtTheirFirstMeeting) {
  Forked forked(GetParam().first, GetParam().second);

  Pipe pipe(forked.p, forked.q);
  pipe.Connect();

  EXPECT_EQ(forked.p.Points(forked.id), forked.q.Points(forked.id));
  EXPECT_EQ(forked.p.Branches(forked.id).size(), 3u);
  EXPECT_TRUE(pipe.InSync());
}

INSTANTIATE_TEST_SUITE_P(Lengths, SessionForks,
                         ::testing::Values(std::pair(1, 1), std::pair(1, 5), std::pair(5, 1),
                                           std::pair(7, 6), std::pair(40, 40)));

TEST(SessionForksMore, BranchesGoOnGrowingOnBothSides) {
  Forked forked(2, 3);
  Forked::Meet(forked.p, forked.q);

  forked.one.Append(forked.id, "more to p", 4, true);
  forked.other.Append(forked.id, "more to q", 2, true);
  Forked::Meet(forked.one, forked.p);
  Forked::Meet(forked.other, forked.q);
  Forked::Meet(forked.p, forked.q);

  EXPECT_EQ(forked.p.Points(forked.id), forked.q.Points(forked.id));
  EXPECT_EQ(forked.p.Branches(forked.id).size(), 3u);
}

TEST(SessionForksMore, ThirdPartiesGetBothBranchesAndOtherFeedsGoOn) {
  Forked forked(3, 4, 0);
  Forked::Meet(forked.p, forked.q);
  forked.founder.Append(forked.id, "goes on", 5);

  Forked::Meet(forked.founder, forked.q);
  Forked::Meet(forked.founder, forked.p);

  EXPECT_EQ(forked.founder.Points(forked.id), forked.p.Points(forked.id));
  EXPECT_EQ(forked.founder.Points(forked.id), forked.q.Points(forked.id));
  EXPECT_EQ(forked.founder.EventsHeld(forked.id), 4u + 5u + 3u + 4u);
}

TEST(SessionForksMore, ForksOfLongFeedsAreFoundBeyondTheFirstFrame) {
  Forked forked(1, 1, 0);
  MemoryReplica one("liar"), other("liar");
  one.RestoreFrom(forked.id, forked.founder);
  one.Append(forked.id, std::string(3000, 'x'), 300);
  other.RestoreFrom(forked.id, one);
  one.Append(forked.id, std::string(3000, 'y'), 300);
  other.Append(forked.id, std::string(3000, 'z'), 200);
  MemoryReplica p("p"), q("q");
  Forked::Meet(one, p);
  Forked::Meet(other, q);

  Forked::Meet(p, q);

  EXPECT_EQ(p.Points(forked.id), q.Points(forked.id));
  EXPECT_EQ(p.EventsHeld(forked.id), 4u + 300u + 300u + 200u);
}

TEST(SessionForksMore, MoreBranchesThanTheLimitStopThatFeedAlone) {
  MemoryReplica founder("founder"), p("p"), liar("liar");
  const ConventionId id = founder.OpenConvention(1);
  founder.Admit(id, p);
  founder.Admit(id, liar);
  for (std::size_t i = 0; i <= limits::kBranches; ++i) {
    MemoryReplica twin("liar");
    twin.RestoreFrom(id, founder);
    twin.Append(id, absl::StrCat("story ", i), 1);
    Pipe pipe(twin, p);
    pipe.Connect();
    EXPECT_FALSE(pipe.closed[0]);
    EXPECT_FALSE(pipe.closed[1]);
  }
  EXPECT_EQ(p.Branches(id).size(), limits::kBranches + 1);

  founder.Append(id, "goes on", 1);
  Pipe pipe(founder, p);
  pipe.Connect();

  EXPECT_EQ(founder.Points(id), p.Points(id));
}

}  // namespace
}  // namespace greffe::sync
