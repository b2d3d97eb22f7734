// What work costs, in bytes asked of `new`: the same on every machine and however busy it is.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/convention/checks/fact_findings.h"
#include "core/convention/checks/follow_up_check.h"
#include "core/convention/state/same_text.h"
#include "core/convention/text/party_book.h"
#include "tests/core/convention/living_play.h"
#include "tests/support/allocations.h"

namespace greffe::test {
namespace {

template <typename Work>
std::uint64_t CostOf(const Work& work) {
  // What is worked out once and kept is not what each costs.
  work();
  const std::uint64_t before = testing_support::BytesAllocated();
  work();
  return testing_support::BytesAllocated() - before;
}

// The last event applied at agglo.
EventNumber Last(Living& life) {
  return static_cast<EventNumber>(life.play.agglo().state().data().events.size() - 1);
}

void MeasureOnce(Living& life) {
  v1::RecordMeasurementRequest request;
  request.mutable_measurement()->set_element_id("ind-1");
  request.mutable_measurement()->set_period("2025");
  request.mutable_measurement()->set_value("3");
  EXPECT_OK(life.play.agglo().Do(request, life.play.Coordinator()));
}

// It ends nothing by itself: no measurement reads the text for it.
TEST(FollowUpCost, IsNotRaisedByAMiseEnDemeure) {
  const auto cost = [](bool reminded) {
    Living life;
    if (reminded) {
      life.Record("agglo", v1::ROLE_SIGNATORY,
                  Notice(v1::NOTICE_KIND_BREACH, "2025-06-30", {"vallon"}));
    }
    MeasureOnce(life);
    const StateData& data = life.play.agglo().state().data();
    return CostOf([&] { FollowUpFindingsOf(data, Last(life)); });
  };

  EXPECT_EQ(cost(true), cost(false));
}

// Of N avenants on paper each signature is answered for by what is about it: what is said of the
// others is not worked out for each. It was, and cost the last of these eight times the first.
TEST(RecordedSignatureCost, IsNotThatOfAllOtherActs) {
  constexpr int kMany = 24;
  Living life;
  testing_support::SamplePlay& play = life.play;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  for (int i = 0; i < kMany; ++i) {
    v1::Element article = testing_support::SampleElement("art-1");
    article.mutable_article()->set_title(absl::StrCat("Titre ", i));
    const std::string act = play.Propose({testing_support::Put(article)});
    v1::RecordSignatureRequest request;
    request.set_act_id(act);
    request.set_revision(play.Freeze(act, "2025-07-01"));
    request.set_signed_on("2025-06-20");
    request.set_scan_digest(std::string(64, 'a'));
    std::vector<Digest> leaves;
    ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon"), &leaves));
    last = CostOf([&] {
      v1::RecordSignatureResponse response;
      FillAnswer(play.agglo().state(), request, leaves, &response);
      EXPECT_GE(response.findings_size(), 1);
    });
    if (i == 0) first = last;
  }
  // Names of the parties and the end are read from all texts: that alone grows.
  EXPECT_LT(last, 6 * first);
}

// A text frozen again and again without a change, with a vote and a signature on each: which was
// the first is worked out once. It was for each, at the cost of all of them.
TEST(OrderOfFactsCost, GrowsWithTheFreezesOfOneTextAndNoFaster) {
  const auto cost = [](int freezes) {
    testing_support::SamplePlay play;
    std::string revision;
    for (int i = 0; i < freezes; ++i) {
      if (i > 0) {
        v1::WithdrawActRequest withdraw;
        withdraw.set_act_id(play.original());
        withdraw.set_revision(revision);
        withdraw.set_reason("une date");
        EXPECT_OK(play.agglo().Do(withdraw, play.Coordinator()));
      }
      revision = play.Freeze(play.original());
      play.Vote("vallon", revision);
      v1::RecordSignatureRequest paper;
      paper.set_act_id(play.original());
      paper.set_revision(revision);
      paper.set_signed_on("2025-06-30");
      paper.set_scan_digest(std::string(64, 'a'));
      EXPECT_OK(play.agglo().Do(paper, play.Secretariat("vallon")));
    }
    const StateData& data = play.agglo().state().data();
    const PartyBook book(data);
    const SameTexts same(data);
    EXPECT_EQ(same.Of(0).size(), static_cast<std::size_t>(freezes));
    return CostOf([&] {
      FirstFreezes first(data, same);
      FactFindings out(data);
      for (RevisionNumber i = 0; i < data.revisions.size(); ++i) {
        CheckOrderOfFacts(data, book, i, &first, &out);
      }
      EXPECT_EQ(out.Take().size(), 1u);
    });
  };

  EXPECT_LT(cost(96), 5 * cost(24));
}

}  // namespace
}  // namespace greffe::test
