// What work costs, in bytes asked of `new`: the same on every machine and however busy it is.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/convention/follow_up_check.h"
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

}  // namespace
}  // namespace greffe::test
