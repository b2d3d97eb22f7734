#include "core/convention/queries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "absl/strings/match.h"
#include "core/convention/views/queries_life.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using testing_support::Facility;
using testing_support::Indicator;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SamplePlay;
using testing_support::StatusIs;

v1::Element NewSchedule() {
  v1::Element out;
  out.set_id("act-1-sched");
  out.set_parent_id("act-1");
  out.mutable_schedule()->set_from("2025");
  out.mutable_schedule()->set_to("2027");
  out.mutable_schedule()->set_state(v1::FILLED_STATE_FILLED);
  return out;
}

// The sample concluded, then an avenant that adds a facility, changes a schedule and takes out a
// body, in effect on 2026-01-01.
struct AmendedPlay {
  SamplePlay play;
  std::string original;
  std::string avenant;
  std::string revision;

  AmendedPlay() {
    original = play.ConcludeOriginal();
    avenant = play.Propose({Put(Facility("fac-2", "annex-1", "Relais", "agglo")),
                            Put(NewSchedule()), Remove("body-1")});
    revision = play.Freeze(avenant, "2026-01-01");
    play.Conclude(avenant, revision);
  }
  Known At(absl::string_view date) { return play.agglo().At(date); }
};

std::set<std::string> Ids(const v1::ConventionView& view) {
  std::set<std::string> out;
  for (const v1::ElementView& one : view.elements()) out.insert(one.element().id());
  return out;
}

TEST(ViewConvention, ShowsTheDraftAsAProjectBeforeAnythingIsConcluded) {
  SamplePlay play;

  const auto view = ViewConvention(play.agglo().At("2025-06-30"), "");

  ASSERT_OK(view);
  EXPECT_TRUE(view->project());
  EXPECT_EQ(view->standing(), v1::CONVENTION_STANDING_PROJECT);
  EXPECT_EQ(view->title(), "Convention territoriale globale du Vallon");
  EXPECT_EQ(view->in_force_since(), "");
  EXPECT_EQ(view->counts().facilities(), 1u);
}

// CHK-38.
TEST(Views, SayTheirDayTheDayTheyWereAskedAndTheirToken) {
  AmendedPlay amended;
  const Known known = amended.At("2025-12-31");
  ASSERT_NE(known.cut, "");

  const auto convention = ViewConvention(known, "").value();
  EXPECT_EQ(convention.in_force_on(), "2025-12-31");
  EXPECT_EQ(convention.clock_date(), known.clock_date.ToString());
  EXPECT_EQ(convention.cut(), known.cut);
  const auto status = ViewStatus(known, {}).value();
  EXPECT_EQ(status.in_force_on(), "2025-12-31");
  EXPECT_EQ(status.cut(), known.cut);
  const auto life = ViewLife(known, "").value();
  EXPECT_EQ(life.clock_date(), known.clock_date.ToString());
  EXPECT_EQ(life.cut(), known.cut);
  EXPECT_EQ(ViewAct(known, amended.avenant).value().cut(), known.cut);
  EXPECT_EQ(ViewInstrument(known, amended.avenant).value().cut(), known.cut);
  EXPECT_EQ(ViewConflicts(known).value().cut(), known.cut);
}

TEST(ViewConvention, ShowsTheTextOfTheDayWithWhoPutIt) {
  AmendedPlay amended;

  const auto before = ViewConvention(amended.At("2025-12-31"), "");
  const auto after = ViewConvention(amended.At("2026-01-01"), "");

  ASSERT_OK(before);
  ASSERT_OK(after);
  EXPECT_EQ(before->standing(), v1::CONVENTION_STANDING_IN_FORCE);
  EXPECT_EQ(before->in_force_since(), "2025-06-30");
  EXPECT_FALSE(Ids(*before).contains("fac-2"));
  EXPECT_TRUE(Ids(*before).contains("body-1"));
  EXPECT_TRUE(Ids(*after).contains("fac-2"));
  EXPECT_FALSE(Ids(*after).contains("body-1"));
  EXPECT_NE(before->text_digest(), after->text_digest());
  for (const v1::ElementView& one : after->elements()) {
    const bool amended_here = one.element().id() == "fac-2" || one.element().id() == "act-1-sched";
    EXPECT_EQ(one.origin().label(), amended_here ? "avenant n° 1" : "convention")
        << one.element().id();
  }
}

TEST(ViewConvention, IsTheSameAtEveryReplica) {
  AmendedPlay amended;

  const auto here = ViewConvention(amended.play.agglo().At("2026-06-30"), "");
  const auto there = ViewConvention(amended.play.caf().At("2026-06-30"), "");

  ASSERT_OK(here);
  ASSERT_OK(there);
  EXPECT_EQ(here->SerializeAsString(), there->SerializeAsString());
}

TEST(ViewConvention, NarrowsToAnElementAndWhatIsBelowIt) {
  SamplePlay play;

  const auto view = ViewConvention(play.agglo().At("2025-06-30"), "axis-1");

  ASSERT_OK(view);
  EXPECT_EQ(Ids(*view), (std::set<std::string>{"axis-1", "act-1", "act-1-sched", "ind-1"}));
  EXPECT_THAT(ViewConvention(play.agglo().At("2025-06-30"), "nowhere"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST(ViewDiff, SaysWhatTheAvenantChangesFieldByField) {
  AmendedPlay amended;

  const auto diff = ViewDiff(amended.At("2025-12-31"), amended.At("2026-01-01"));

  ASSERT_OK(diff);
  ASSERT_EQ(diff->entries_size(), 3);
  const v1::DiffEntry& added = diff->entries(0);
  EXPECT_EQ(added.kind(), v1::DIFF_KIND_ADDED);
  EXPECT_EQ(added.element_id(), "fac-2");
  EXPECT_THAT(added.place(), HasSubstr("Annexe 1 – Équipements › "));
  EXPECT_EQ(added.origin().label(), "avenant n° 1");
  const v1::DiffEntry& changed = diff->entries(1);
  EXPECT_EQ(changed.kind(), v1::DIFF_KIND_CHANGED);
  ASSERT_EQ(changed.fields_size(), 1);
  EXPECT_EQ(changed.fields(0).field(), "schedule.to");
  EXPECT_EQ(changed.fields(0).before(), "2026");
  EXPECT_EQ(changed.fields(0).after(), "2027");
  const v1::DiffEntry& removed = diff->entries(2);
  EXPECT_EQ(removed.kind(), v1::DIFF_KIND_REMOVED);
  EXPECT_EQ(removed.element_id(), "body-1");
  EXPECT_EQ(removed.origin().label(), "avenant n° 1");
}

TEST(ViewDiff, IsEmptyBetweenEqualPoints) {
  AmendedPlay amended;

  const auto diff = ViewDiff(amended.At("2026-02-01"), amended.At("2026-03-01"));

  ASSERT_OK(diff);
  EXPECT_EQ(diff->entries_size(), 0);
}

TEST(ViewHistory, NamesTheActTheSignaturesAndTheDeliberationsBehindAnElement) {
  AmendedPlay amended;

  const auto history = ViewHistory(amended.At("2026-06-30"), "fac-2");

  ASSERT_OK(history);
  ASSERT_EQ(history->entries_size(), 1);
  const v1::HistoryEntry& entry = history->entries(0);
  EXPECT_EQ(entry.kind(), v1::DIFF_KIND_ADDED);
  EXPECT_TRUE(entry.concluded());
  EXPECT_EQ(entry.origin().act_id(), amended.avenant);
  EXPECT_EQ(entry.origin().revision(), amended.revision);
  EXPECT_EQ(entry.deliberations_size(), 2);
  ASSERT_EQ(entry.signatures_size(), 4);
  for (const v1::SignatoryView& one : entry.signatures()) EXPECT_EQ(one.signatures_size(), 1);
}

TEST(ViewHistory, FollowsAnElementThroughPutChangeAndRemoval) {
  AmendedPlay amended;
  const std::string second = amended.play.Propose({Remove("axis-1")});
  amended.play.Conclude(second, amended.play.Freeze(second, "2027-01-01"));

  const auto history = ViewHistory(amended.At("2026-06-30"), "act-1-sched");

  ASSERT_OK(history);
  ASSERT_EQ(history->entries_size(), 3);
  EXPECT_EQ(history->entries(0).kind(), v1::DIFF_KIND_ADDED);
  EXPECT_EQ(history->entries(1).kind(), v1::DIFF_KIND_CHANGED);
  EXPECT_EQ(history->entries(2).kind(), v1::DIFF_KIND_REMOVED);
  EXPECT_EQ(history->entries(2).origin().label(), "avenant n° 2");
}

// An entry is made for the page that shows it, and reads as it does among all.
TEST(ViewHistory, OfActsAndOfAnElementComesInPartsThatGiveTheWhole) {
  AmendedPlay amended;
  for (const char* element : {"", "act-1-sched"}) {
    const auto whole = ViewHistory(amended.At("2026-06-30"), element);
    ASSERT_OK(whole);
    ASSERT_GE(whole->entries_size(), 2);
    v1::HistoryView joined;
    std::optional<PartEnd> next = PartEnd{};
    for (int parts = 0; next.has_value() && parts < whole->entries_size(); ++parts) {
      auto some = ViewHistory(amended.At("2026-06-30"), element, {.from = next->from, .count = 1});
      ASSERT_OK(some.status());
      joined.MergeFrom(some->view);
      next = some->next;
    }
    EXPECT_FALSE(next.has_value());
    EXPECT_EQ(joined.SerializeAsString(), whole->SerializeAsString());
  }
}

TEST(ViewHistory, ListsTheActsOfTheConvention) {
  AmendedPlay amended;

  const auto history = ViewHistory(amended.At("2026-06-30"), "");

  ASSERT_OK(history);
  ASSERT_EQ(history->entries_size(), 2);
  EXPECT_EQ(history->entries(0).origin().label(), "convention");
  EXPECT_EQ(history->entries(1).origin().label(), "avenant n° 1");
  EXPECT_THAT(ViewHistory(amended.At("2026-06-30"), "nowhere"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST(ViewStatus, TellsEachPartyWhatToDoNext) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  play.Vote("agglo", revision);
  play.Sign(play.original(), revision, "caf", "caf-pres");

  const auto status = ViewStatus(play.agglo().At("2025-06-30"));

  ASSERT_OK(status);
  EXPECT_EQ(status->revision().revision(), revision);
  EXPECT_EQ(status->revision().signed_(), 1u);
  EXPECT_EQ(status->revision().needed(), 4u);
  EXPECT_EQ(status->deliberations(), 1u);
  EXPECT_EQ(status->deliberating_parties(), 2u);
  ASSERT_EQ(status->parties_size(), 3);
  EXPECT_EQ(status->parties(0).next_step(), "Signer : Président.");
  EXPECT_THAT(status->parties(1).next_step(), HasSubstr("Faire délibérer"));
  EXPECT_EQ(status->parties(2).signed_(), 1u);
  EXPECT_EQ(status->parties(2).next_step(), "Signer : Directrice.");
}

TEST(ViewStatus, ShowsASignatureInAnOutsideFileApart) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  v1::RecordSignatureRequest outside;
  outside.set_act_id(play.original());
  outside.set_revision(revision);
  outside.set_signed_on("2025-06-20");
  outside.set_scan_digest(std::string(64, 'a'));
  outside.set_kind(v1::SIGNATURE_KIND_OUTSIDE_FILE);
  std::vector<Digest> leaves;
  ASSERT_OK(play.agglo().Do(outside, play.Secretariat("vallon"), &leaves));

  const auto status = ViewStatus(play.agglo().At("2025-06-30"));

  ASSERT_OK(status);
  EXPECT_EQ(status->revision().signed_(), 1u);
  for (const v1::PartyStanding& party : status->parties()) {
    EXPECT_EQ(party.outside(), party.partner_id() == "vallon" ? 1u : 0u) << party.partner_id();
    EXPECT_EQ(party.electronic() + party.paper(), 0u) << party.partner_id();
    if (party.partner_id() != "vallon") continue;
    EXPECT_EQ(party.signing(0).kind(), v1::SIGNATURE_KIND_OUTSIDE_FILE);
  }
  // Recorded as a fact although no deliberation is, and marked (L-08).
  bool marked = false;
  for (const v1::Finding& one : status->findings()) {
    marked = marked || (one.code() == "signature-without-deliberation" &&
                        one.leaf() == leaves[0].ToHex() && one.rule() == "L-08");
  }
  EXPECT_TRUE(marked);
}

TEST(ViewStatus, ShowsPaperApartAndNothingToDoOnceConcluded) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  play.Vote("agglo", revision);
  play.Vote("vallon", revision);
  v1::RecordSignatureRequest paper;
  paper.set_act_id(play.original());
  paper.set_revision(revision);
  paper.set_signed_on("2025-06-20");
  paper.set_scan_digest(std::string(64, 'a'));
  ASSERT_OK(play.agglo().Do(paper, play.Secretariat("vallon")));
  play.Sign(play.original(), revision, "agglo", "president");
  play.Sign(play.original(), revision, "caf", "caf-pres");
  play.Sign(play.original(), revision, "caf", "caf-dir");

  const auto status = ViewStatus(play.caf().At("2025-06-30"));

  ASSERT_OK(status);
  EXPECT_TRUE(status->revision().concluded());
  EXPECT_EQ(status->revision().paper(), 1u);
  EXPECT_EQ(status->revision().electronic(), 3u);
  EXPECT_EQ(status->in_force_since(), "2025-06-30");
  EXPECT_EQ(status->parties_size(), 3);
  for (const v1::PartyStanding& party : status->parties()) EXPECT_EQ(party.next_step(), "");
}

TEST(ViewAct, ShowsWhatAnActChangesWhetherConcludedOrNot) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act =
      play.Propose({Put(Indicator("ind-1", "act-1", "Nouveau")), Remove("body-1")});
  const auto draft = ViewAct(play.agglo().At("2026-06-30"), act.substr(0, 8));
  play.Conclude(act, play.Freeze(act, "2026-01-01"));
  const auto concluded = ViewAct(play.agglo().At("2026-06-30"), act);

  ASSERT_OK(draft);
  ASSERT_OK(concluded);
  EXPECT_EQ(draft->act().standing(), v1::ACT_STANDING_DRAFT);
  EXPECT_EQ(concluded->act().standing(), v1::ACT_STANDING_CONCLUDED);
  EXPECT_EQ(draft->drafts_size(), 2);
  EXPECT_EQ(concluded->drafts_size(), 0);
  for (const auto* view : {&*draft, &*concluded}) {
    ASSERT_EQ(view->redline_size(), 2);
    EXPECT_EQ(view->redline(0).kind(), v1::DIFF_KIND_CHANGED);
    EXPECT_EQ(view->redline(0).fields(0).field(), "indicator.text");
    EXPECT_EQ(view->redline(0).fields(0).after(), "Nouveau");
    EXPECT_EQ(view->redline(1).kind(), v1::DIFF_KIND_REMOVED);
  }
}

TEST(ViewAct, WantsAPrefixOfSixDigits) {
  SamplePlay play;
  const Known known = play.agglo().At("2025-06-30");

  EXPECT_OK(ViewAct(known, play.original().substr(0, 6)));
  EXPECT_THAT(ViewAct(known, play.original().substr(0, 5)), StatusIs(absl::StatusCode::kNotFound));
}

TEST(ViewActs, ListsActsInOrder) {
  AmendedPlay amended;

  const auto acts = ViewActs(amended.At("2026-06-30"));

  ASSERT_OK(acts);
  ASSERT_EQ(acts->acts_size(), 2);
  EXPECT_EQ(acts->acts(0).kind(), v1::ACT_KIND_ORIGINAL);
  EXPECT_EQ(acts->acts(1).act_id(), amended.avenant);
}

TEST(ViewConflicts, KeepsItsIdsWhereverItIsAsked) {
  SamplePlay play;
  v1::RecordMeasurementRequest request;
  request.mutable_measurement()->set_element_id("ind-1");
  request.mutable_measurement()->set_period("2025");
  request.mutable_measurement()->set_value("1");
  ASSERT_OK(play.agglo().Do(request, play.Coordinator()));
  request.mutable_measurement()->set_value("2");
  ASSERT_OK(play.caf().Do(request, play.CafCoordinator()));
  play.net().SyncAll();

  const auto here = ViewConflicts(play.agglo().At("2025-06-30"));
  const auto there = ViewConflicts(play.caf().At("2025-06-30"));

  ASSERT_OK(here);
  ASSERT_OK(there);
  ASSERT_EQ(here->conflicts_size(), 1);
  EXPECT_EQ(here->SerializeAsString(), there->SerializeAsString());
  EXPECT_EQ(here->conflicts(0).conflict_id().size(), 12u);
  EXPECT_EQ(Summarise(play.agglo().At("2025-06-30")).conflicts(), 1u);
}

TEST(ViewConflicts, OfAProjectAreItsDraftsAlone) {
  SamplePlay play;
  for (const std::string partner : {"agglo", "caf"}) {
    v1::ReviseActRequest request;
    request.set_act_id(play.original());
    *request.add_changes() = Put(Indicator("ind-1", "act-1", partner));
    testing_support::MiniReplica& at = partner == "caf" ? play.caf() : play.agglo();
    ASSERT_OK(at.Do(request, at.Context(partner, {v1::ROLE_COORDINATOR})));
  }
  play.net().SyncAll();

  const auto view = ViewConflicts(play.agglo().At("2025-06-30"));

  ASSERT_OK(view);
  ASSERT_EQ(view->conflicts_size(), 1);
  EXPECT_EQ(view->conflicts(0).kind(), v1::CONFLICT_KIND_DRAFT);
  EXPECT_EQ(view->conflicts(0).drafts_size(), 2);
  EXPECT_EQ(Summarise(play.agglo().At("2025-06-30")).conflicts(), 1u);
}

TEST(ViewRoster, NamesReplicasAndTheEntryThatBroughtThemIn) {
  SamplePlay play;

  const auto roster = ViewRoster(play.agglo().state());

  ASSERT_EQ(roster.size(), 2u);
  const auto& caf = roster[0].name() == "CAF" ? roster[0] : roster[1];
  EXPECT_EQ(caf.replica_id(), play.caf().id().ToHex());
  EXPECT_EQ(caf.event().kind(), "roster_entry_set");
}

TEST(DescribeEvent, SaysAtWhoseReplicaAnEventWasRecordedForAnother) {
  AmendedPlay amended;
  const auto history = ViewHistory(amended.At("2026-06-30"), "");
  ASSERT_OK(history);
  const std::string sentence =
      " Enregistré à la réplique « Agglomération du Vallon » pour le compte de la Commune du "
      "Vallon.";
  std::map<std::string, int> with;
  std::map<std::string, int> without;
  const auto look = [&](const v1::EventView& event) {
    const bool said = absl::StrContains(event.summary(), "Enregistré à la réplique");
    ++(said ? with : without)[event.partner_id()];
    if (said) {
      EXPECT_THAT(event.summary(), testing::EndsWith(sentence));
      EXPECT_THAT(event.summary_en(),
                  testing::EndsWith(
                      " Recorded at the replica “Agglomération du Vallon” for Commune du Vallon."));
    }
  };
  for (const v1::HistoryEntry& entry : history->entries()) {
    for (const v1::EventView& event : entry.events()) look(event);
    for (const v1::SignatoryView& one : entry.signatures()) {
      for (const v1::SignatureView& signature : one.signatures()) look(signature.event());
    }
  }

  // Of three partners at two replicas, one has none of its own.
  EXPECT_GT(with["vallon"], 0);
  EXPECT_EQ(with.size(), 1u);
  EXPECT_EQ(without.count("vallon"), 0u);
  EXPECT_GT(without["agglo"], 0);
  EXPECT_GT(without["caf"], 0);
}

TEST(DescribeEvent, TellsEveryEventInASentenceOfItsOwn) {
  AmendedPlay amended;
  const auto history = ViewHistory(amended.At("2026-06-30"), "");
  ASSERT_OK(history);
  std::set<std::string> sentences;
  for (const v1::HistoryEntry& entry : history->entries()) {
    for (const v1::EventView& event : entry.events()) {
      sentences.insert(event.summary());
      sentences.insert(event.summary_en());
    }
  }

  EXPECT_THAT(sentences, Contains("Texte figé : « avenant n° 1 », effet au 1er janvier 2026, "
                                  "4 signatures attendues."));
  EXPECT_THAT(sentences, Contains("Text frozen: “avenant n° 1”, effective 1 January 2026, "
                                  "4 signatures awaited."));
  v1::Event unknown;
  EXPECT_THAT(DescribeEvent(amended.play.agglo().state(), unknown, Digest()).summary(),
              HasSubstr("plus récente"));
}

}  // namespace
}  // namespace greffe
