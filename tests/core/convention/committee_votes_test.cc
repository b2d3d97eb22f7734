// Which acts spare the assemblies a vote, whatever they call themselves (L-05, L-30, L-40).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/checks/authority.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/core/convention/committee_play.h"

namespace greffe {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::Deciding;
using testing_support::DeemedUnwritten;
using testing_support::kAllOffices;
using testing_support::kCoChairs;
using testing_support::kEverybody;
using testing_support::MiniReplica;
using testing_support::Put;
using testing_support::SampleElement;
using testing_support::Schedule;
using testing_support::Steering;
using testing_support::WithClause;

v1::Element LongerTerm() {
  v1::Element out = SampleElement("terms");
  out.mutable_terms()->set_end_date("2035-12-31");
  return out;
}

bool Votes(Deciding& deciding, const std::string& revision, const std::string& partner = "agglo") {
  const StateData& data = deciding.play.agglo().state().data();
  return VotesFor(data, PartyBook(data), data.FindRevision(*Digest::FromHex(revision, "revision")),
                  partner);
}

// What the president of the agglomeration is told who signs.
std::string SignedAs(Deciding& deciding, const std::string& act, const std::string& revision) {
  v1::SignActRequest request;
  request.set_act_id(act);
  request.set_revision(revision);
  request.set_signatory_id("president");
  return std::string(
      deciding.play.agglo().Do(request, deciding.play.Signatory("agglo", "president")).ToString());
}

template <typename View>
std::vector<std::string> Codes(const View& view) {
  std::vector<std::string> out;
  for (const v1::Finding& one : view.findings()) out.push_back(one.code());
  return out;
}
std::vector<std::string> StatusCodes(MiniReplica& replica) {
  return Codes(ViewStatus(replica.At("2026-06-30"), {}).value());
}

// A peer prolongs the term by a "decision" that everybody shall sign.
TEST(CommitteeVotes, AreAskedForWhatIsAnAvenantWhateverItIsCalled) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(LongerTerm())});
  const std::string revision = deciding.Wrote(act, kEverybody);
  deciding.play.net().SyncAll();

  EXPECT_TRUE(deciding.RevisionOf(revision).valid);
  EXPECT_TRUE(deciding.Found(revision, FindingCode::kNotLeftToCommittee));
  EXPECT_TRUE(Votes(deciding, revision));
  EXPECT_THAT(SignedAs(deciding, act, revision), HasSubstr("L-08"));
  EXPECT_THAT(StatusCodes(deciding.play.caf()), Contains("not-left-to-committee"));
  const v1::StatusView board = ViewStatus(deciding.play.agglo().At("2026-06-30"), {}).value();
  EXPECT_TRUE(board.parties(0).deliberates());
  EXPECT_EQ(board.parties(0).stage(), v1::AUTHORITY_STAGE_PENDING);
}

// All of it is of class B or none: one change of the convention makes it an avenant.
TEST(CommitteeVotes, AreAskedForADecisionThatHoldsOneChangeMore) {
  Deciding deciding({WithClause(Steering({}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  const std::string decided = deciding.Wrote(act, kEverybody);
  EXPECT_FALSE(Votes(deciding, decided));
  EXPECT_FALSE(deciding.Found(decided, FindingCode::kNotLeftToCommittee));
  EXPECT_FALSE(deciding.RevisionOf(decided).left_to_co_chairs);

  const std::string more = deciding.Propose({Put(Schedule("2028")), Put(LongerTerm())});
  EXPECT_TRUE(Votes(deciding, deciding.Wrote(more, kEverybody)));
}

// The proposer opens the act once more, as a decision: what is out for signature stays an avenant.
TEST(CommitteeVotes, AreAskedForWhatWasFrozenAsAnAvenant) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  CommandContext proposing = deciding.play.Coordinator();
  v1::ProposeActRequest request;
  request.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  request.mutable_draft()->set_title("Avenant");
  *request.mutable_draft()->add_changes() = Put(Schedule("2027"));
  std::vector<Digest> leaves;
  ASSERT_OK(deciding.play.agglo().Do(request, proposing, &leaves));
  v1::ProposeActResponse response;
  FillAnswer(deciding.play.agglo().state(), request, leaves, &response);
  const std::string act = response.act_id();
  const std::string revision = deciding.play.Freeze(act, "2026-01-01");
  ASSERT_TRUE(Votes(deciding, revision));

  const ActId id = *ActId::FromHex(act, "act_id");
  const StateData& data = deciding.play.agglo().state().data();
  const auto kind = [&] { return data.OpeningOf(*data.FindAct(id)).kind; };
  for (int i = 0; kind() != v1::ACT_KIND_COMMITTEE_DECISION; ++i) {
    ASSERT_LT(i, 1000);
    Decision second;
    v1::ActOpened* opened = second.events.emplace_back().mutable_act_opened();
    opened->set_act_id(id.ToBytes());
    opened->set_kind(v1::ACT_KIND_COMMITTEE_DECISION);
    opened->set_title(absl::StrCat("Décision ", i));
    deciding.play.agglo().Write(second, proposing);
  }

  EXPECT_TRUE(Votes(deciding, revision));
  EXPECT_FALSE(deciding.RevisionOf(revision).left_to_co_chairs);
  EXPECT_THAT(SignedAs(deciding, act, revision), HasSubstr("L-08"));
  // What is frozen from now on is what its author was shown.
  EXPECT_FALSE(Votes(deciding, deciding.Wrote(act, kCoChairs)));
}

// L-40: a peer that knew of the record decides nothing without the assemblies.
TEST(CommitteeVotes, AreAskedForWhatNoClauseLeavesAnyMore) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  deciding.Record("agglo", DeemedUnwritten("body-1", ""));
  const std::string revision = deciding.Wrote(act, kEverybody);
  EXPECT_TRUE(deciding.RevisionOf(revision).valid);
  EXPECT_TRUE(deciding.Found(revision, FindingCode::kNotLeftToCommittee));
  EXPECT_TRUE(Votes(deciding, revision));
}

// Frozen by who did not know of it, and signed by nobody who does.
TEST(CommitteeVotes, AreNoWayOutOnceTheClauseIsDeemedUnwritten) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  deciding.Record("caf", DeemedUnwritten("body-1", "2025-06-01"));
  const std::string revision = deciding.Wrote(act, kCoChairs);
  EXPECT_THAT(StatusCodes(deciding.play.agglo()), Not(Contains("decision-on-unwritten-clause")));
  deciding.play.net().SyncAll();

  EXPECT_TRUE(deciding.RevisionOf(revision).valid);
  EXPECT_TRUE(deciding.RevisionOf(revision).left_to_co_chairs);
  EXPECT_THAT(SignedAs(deciding, act, revision), HasSubstr("L-40"));
  EXPECT_THAT(StatusCodes(deciding.play.agglo()), Contains("decision-on-unwritten-clause"));
  const v1::StatusView board = ViewStatus(deciding.play.agglo().At("2026-06-30")).value();
  for (const v1::Finding& one : board.findings()) {
    if (one.code() != "decision-on-unwritten-clause") continue;
    EXPECT_EQ(one.element_id(), "body-1");
    EXPECT_EQ(one.leaf(), revision);
    // Frozen without a label: named by the title of the act.
    EXPECT_THAT(one.text(), HasSubstr("« Avenant d'essai » repose sur une clause réputée non "
                                      "écrite (Comité de pilotage) : "));
    EXPECT_THAT(one.text_en(), HasSubstr("“Avenant d'essai” rests on a clause deemed unwritten "
                                         "(Comité de pilotage): "));
  }
  const auto view = ViewInstrument(deciding.play.agglo().At("2026-06-30"), act);
  EXPECT_THAT(Codes(*view), Contains("decision-on-unwritten-clause"));
  // By its own past it is of class B all the same.
  EXPECT_EQ(view->change_class(), v1::CHANGE_CLASS_COMMITTEE_DECISION);

  // Taken back it rests on nothing.
  v1::WithdrawActRequest back;
  back.set_act_id(act);
  back.set_revision(revision);
  back.set_reason("clause non écrite");
  ASSERT_OK(deciding.play.agglo().Do(back, deciding.play.Coordinator()));
  EXPECT_THAT(StatusCodes(deciding.play.agglo()), Not(Contains("decision-on-unwritten-clause")));

  // From a later day on: the decision came before.
  Deciding later({WithClause(Steering({"caf", "agglo"}))});
  const std::string early = later.Propose({Put(Schedule("2027"))});
  later.Record("caf", DeemedUnwritten("body-1", "2026-01-02"));
  const std::string before = later.Wrote(early, kCoChairs);
  later.play.net().SyncAll();
  EXPECT_THAT(SignedAs(later, early, before), Not(HasSubstr("L-40")));
}

// Region H: the words were unwritten, and an avenant concluded since gave the clause others. The
// decision was frozen by who did not know of the record, and goes by the words of its day.
TEST(CommitteeVotes, GoByTheWordsThatTheClauseHasOnTheDayOfTheDecision) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string avenant =
      deciding.Propose({Put(WithClause(Steering({"caf", "agglo"}),
                                       "Le calendrier des actions est à affiner chaque année, en "
                                       "juin."))},
                       v1::ACT_KIND_AVENANT);
  const std::string rewritten = deciding.play.Freeze(avenant, "2025-09-01");
  deciding.play.Conclude(avenant, rewritten);
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  deciding.Record("caf", DeemedUnwritten("body-1", ""));
  const std::string revision = deciding.Wrote(act, kCoChairs, "2026-01-01", {rewritten});
  deciding.play.net().SyncAll();

  ASSERT_TRUE(deciding.RevisionOf(revision).left_to_co_chairs);
  EXPECT_THAT(SignedAs(deciding, act, revision), Not(HasSubstr("L-40")));
  EXPECT_THAT(StatusCodes(deciding.play.agglo()), Not(Contains("decision-on-unwritten-clause")));
  const auto view = ViewInstrument(deciding.play.agglo().At("2026-06-30"), act);
  EXPECT_THAT(Codes(*view), Not(Contains("decision-on-unwritten-clause")));
}

// L-40: a freeze whose author knew of the record is judged by those words too.
TEST(CommitteeVotes, AreJudgedAsTheyAreReadOnceTheClauseHasOtherWords) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  deciding.Record("agglo", DeemedUnwritten("body-1", ""));
  EXPECT_FALSE(deciding.Valid(act, kCoChairs, "2025-06-01"));

  const std::string avenant =
      deciding.Propose({Put(WithClause(Steering({"caf", "agglo"}),
                                       "Le calendrier des actions est à affiner chaque année, en "
                                       "juin."))},
                       v1::ACT_KIND_AVENANT);
  const std::string rewritten = deciding.play.Freeze(avenant, "2025-09-01");
  deciding.play.Conclude(avenant, rewritten);
  const std::string later = deciding.Propose({Put(Schedule("2028"))});
  EXPECT_TRUE(deciding.Valid(later, kCoChairs, "2026-01-01", {rewritten}));

  const auto view = ViewInstrument(deciding.play.agglo().At("2026-06-30"), later);
  ASSERT_OK(view);
  EXPECT_THAT(Codes(*view), Not(Contains("decision-on-unwritten-clause")));
  EXPECT_THAT(StatusCodes(deciding.play.agglo()), Not(Contains("not-left-to-committee")));
  EXPECT_THAT(view->heading(), Not(HasSubstr("délibération")));
}

// The draft of a decision says of votes what its freeze will.
TEST(CommitteeVotes, AreShownForADraftAsForItsFreeze) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  const auto view = [&](const std::string& of) {
    return *ViewInstrument(deciding.play.agglo().At("2026-06-30"), of);
  };
  const v1::InstrumentView draft = view(act);
  ASSERT_EQ(draft.coverage_size(), 2);
  for (const v1::PartyCoverage& one : draft.coverage()) {
    EXPECT_EQ(one.coverage(), v1::MANDATE_COVERAGE_COVERED) << one.partner_id();
  }
  EXPECT_THAT(draft.heading(), Not(HasSubstr("délibération")));
  deciding.play.Freeze(act, "2026-01-01");
  const v1::InstrumentView frozen = view(act);
  ASSERT_EQ(frozen.coverage_size(), draft.coverage_size());
  for (int i = 0; i < draft.coverage_size(); ++i) {
    EXPECT_EQ(draft.coverage(i).DebugString(), frozen.coverage(i).DebugString());
  }

  const v1::InstrumentView avenant = view(deciding.Propose({Put(LongerTerm())}));
  ASSERT_EQ(avenant.coverage_size(), 3);
  EXPECT_EQ(avenant.coverage(0).coverage(), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  EXPECT_THAT(avenant.heading(), HasSubstr("délibération"));
}

// What can never be concluded is not asked what it would take: its author could have us read the
// whole convention for each freeze.
TEST(CommitteeVotes, AreNotWorkedOutForWhatCanNeverBeConcluded) {
  Deciding deciding({WithClause(Steering({"caf", "agglo"}))});
  const std::string act = deciding.Propose({Put(Schedule("2027"))});
  const std::string undated = deciding.Wrote(act, {{"president", "agglo"}}, "jamais");
  EXPECT_FALSE(deciding.RevisionOf(undated).valid);
  EXPECT_FALSE(deciding.Found(undated, FindingCode::kSignatoriesMissing));
}

}  // namespace
}  // namespace greffe
