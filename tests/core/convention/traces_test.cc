// Invariant 9: every element of a consolidated text traces to the act, the signatures and the
// deliberations that put it there, each an event that is held.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/convention/queries.h"
#include "core/convention/state/state.h"
#include "core/convention/text/follow_up.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing_support::Facility;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SamplePlay;

// The event of a leaf, as it is stored; empty when it is not held.
v1::Event Stored(const Known& known, const std::string& leaf) {
  const StateData& data = known.state.data();
  const auto digest = Digest::FromHex(leaf, "leaf");
  EXPECT_OK(digest);
  if (!digest.ok()) return {};
  const EventNumber number = data.FindEvent(*digest);
  EXPECT_NE(number, kNone) << leaf;
  if (number == kNone) return {};
  const auto event = ReadStored(data, known.read_event, number);
  EXPECT_OK(event);
  return event.ok() ? *event : v1::Event();
}

std::string Hex(const std::string& bytes) { return Digest::FromBytes(bytes, "digest")->ToHex(); }

// The sample concluded; an avenant on 2026-01-01 that adds, changes and removes; another on
// 2027-01-01 that changes what the first one added.
struct Lived {
  SamplePlay play;
  std::string original, first, second;

  Lived() {
    original = play.ConcludeOriginal();
    first = Amend({Put(Facility("fac-2", "annex-1", "Relais", "agglo")), Remove("body-1")},
                  "2026-01-01");
    second = Amend({Put(Facility("fac-2", "annex-1", "Relais rénové", "agglo")),
                    Put(Facility("fac-3", "annex-1", "Crèche", "vallon"))},
                   "2027-01-01");
  }
  std::string Amend(const std::vector<v1::Change>& changes, const std::string& from) {
    const std::string act = play.Propose(changes);
    const std::string revision = play.Freeze(act, from);
    play.Conclude(act, revision);
    return revision;
  }
};

// What put the element there as it reads: the last concluded act that did not remove it.
v1::HistoryEntry PutBy(const v1::HistoryView& history, const std::string& revision) {
  v1::HistoryEntry found;
  for (const v1::HistoryEntry& entry : history.entries()) {
    if (entry.concluded() && entry.origin().revision() == revision) found = entry;
  }
  return found;
}

// The draft changes and the freeze, of that revision and of that element.
void ExpectEvents(const Known& known, const v1::HistoryEntry& entry, const std::string& id) {
  bool drafted = false;
  bool frozen = false;
  for (const v1::EventView& view : entry.events()) {
    const v1::Event event = Stored(known, view.leaf());
    frozen = frozen || (event.has_revision_frozen() && view.leaf() == entry.origin().revision());
    for (const v1::Change& change : event.changes_drafted().changes()) {
      drafted = drafted || change.put().id() == id;
    }
  }
  EXPECT_TRUE(drafted) << id;
  EXPECT_TRUE(frozen) << id;
}

void ExpectSignaturesAndVotes(const Known& known, const v1::HistoryEntry& entry) {
  std::set<std::string> offices;
  for (const v1::SignatoryView& office : entry.signatures()) {
    offices.insert(office.signatory().id());
    ASSERT_EQ(office.signatures_size(), 1);
    const v1::SignatureGiven given =
        Stored(known, office.signatures(0).event().leaf()).signature_given();
    EXPECT_EQ(Hex(given.revision()), entry.origin().revision());
    EXPECT_EQ(given.signatory_id(), office.signatory().id());
  }
  EXPECT_EQ(offices.size(), 4u);
  std::set<std::string> voted;
  for (const v1::DeliberationView& vote : entry.deliberations()) {
    const v1::Deliberation stored =
        Stored(known, vote.event().leaf()).deliberation_recorded().deliberation();
    EXPECT_EQ(Hex(stored.revision()), entry.origin().revision());
    EXPECT_EQ(stored.partner_id(), vote.deliberation().partner_id());
    voted.insert(stored.partner_id());
  }
  EXPECT_EQ(voted, (std::set<std::string>{"agglo", "vallon"}));
}

TEST(Traces, EveryElementOfTheTextOfAnyDayLeadsToTheActSignaturesAndVotesThatPutIt) {
  Lived lived;
  std::set<std::string> met;
  for (const char* day : {"2025-06-30", "2026-06-30", "2027-06-30"}) {
    const Known known = lived.play.caf().At(day);
    ASSERT_OK_AND_ASSIGN(const v1::ConventionView view, ViewConvention(known, ""));
    ASSERT_GT(view.elements_size(), 8);
    for (const v1::ElementView& shown : view.elements()) {
      const std::string& id = shown.element().id();
      SCOPED_TRACE(std::string(day) + " " + id);
      ASSERT_OK_AND_ASSIGN(const v1::HistoryView history, ViewHistory(known, id));
      const v1::HistoryEntry entry = PutBy(history, shown.origin().revision());
      ASSERT_NE(entry.origin().act_id(), "");
      EXPECT_EQ(entry.origin().act_id(), shown.origin().act_id());
      EXPECT_EQ(entry.element().SerializeAsString(), shown.element().SerializeAsString());
      ExpectEvents(known, entry, id);
      ExpectSignaturesAndVotes(known, entry);
      met.insert(entry.origin().revision());
    }
  }
  EXPECT_EQ(met, (std::set<std::string>{lived.original, lived.first, lived.second}));
}

}  // namespace
}  // namespace greffe
