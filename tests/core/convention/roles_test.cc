// Who may command what: domain.md section 5.5, a row of which is a case here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "core/convention/decide.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing_support::Facility;
using testing_support::Put;
using testing_support::SamplePlay;
using testing_support::SoundDeliberation;

// Roles to which a command of the agglomération is not refused for want of the role.
std::set<v1::Role> Taken(SamplePlay& play,
                         const std::function<absl::Status(const CommandContext&)>& say) {
  std::set<v1::Role> out;
  for (const v1::Role role : {v1::ROLE_READER, v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT,
                              v1::ROLE_SIGNATORY, v1::ROLE_DPO, v1::ROLE_AUDITOR, v1::ROLE_ADMIN}) {
    if (!absl::IsPermissionDenied(say(play.agglo().Context("agglo", {role})))) out.insert(role);
  }
  return out;
}

using Roles = std::set<v1::Role>;

TEST(Roles, ThatProposeAnAvenantAreCoordinationSecretariatAndWhoSigns) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::ProposeActRequest request;
  request.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  request.mutable_draft()->set_title("avenant n° 1");
  *request.mutable_draft()->add_changes() = Put(Facility("fac-2", "annex-1", "Relais", "agglo"));
  EXPECT_EQ(Taken(play,
                  [&](const CommandContext& as) {
                    return Decide(play.agglo().state(), request, as).status();
                  }),
            (Roles{v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT, v1::ROLE_SIGNATORY}));
}

TEST(Roles, ThatReportOnActionsAndMeasureAreCoordinationAndSecretariat) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::RecordMeasurementRequest measure;
  measure.mutable_measurement()->set_element_id("ind-1");
  v1::ReportProgressRequest report;
  report.mutable_progress()->set_element_id("act-1");
  const Roles both{v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT};
  EXPECT_EQ(Taken(play,
                  [&](const CommandContext& as) {
                    return Decide(play.agglo().state(), measure, as).status();
                  }),
            both);
  EXPECT_EQ(Taken(play,
                  [&](const CommandContext& as) {
                    return Decide(play.agglo().state(), report, as).status();
                  }),
            both);
}

TEST(Roles, ThatRecordAVoteAreSecretariatAndWhoSigns) {
  SamplePlay play;
  v1::RecordDeliberationRequest request;
  *request.mutable_deliberation() = SoundDeliberation("agglo", play.Freeze(play.original()));
  EXPECT_EQ(Taken(play,
                  [&](const CommandContext& as) {
                    return Decide(play.agglo().state(), request, as).status();
                  }),
            (Roles{v1::ROLE_SECRETARIAT, v1::ROLE_SIGNATORY}));
}

}  // namespace
}  // namespace greffe
