// What one partner can write, and how much of it others have to hold, compare and read.

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/convention/queries.h"
#include "core/convention/state/finding_cap.h"
#include "core/convention/text/text_in_making.h"
#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

// A ChangesDrafted with `count` changes that make no sense.
v1::Event EmptyChanges(const ActId& act, int count) {
  v1::Event event;
  event.mutable_changes_drafted()->set_act_id(act.ToBytes());
  for (int i = 0; i < count; ++i) event.mutable_changes_drafted()->add_changes();
  return event;
}

std::map<FindingCode, std::size_t> FoundOf(const StateData& data, const Digest& leaf) {
  std::map<FindingCode, std::size_t> out;
  for (const FindingFact& fact : data.findings) {
    if (fact.event == data.FindEvent(leaf)) ++out[fact.code];
  }
  return out;
}

const CivilDate kDay = Day("2024-07-01");

// No event has to be read again for what these tests look at.
Known At(const ConventionState& state) {
  static const EventReader* const kNoReader = new EventReader();
  return {state, "cut", kDay, kDay, *kNoReader};
}

template <typename View>
std::vector<std::string> TextsOf(const View& view, const std::string& code) {
  std::vector<std::string> out;
  for (const v1::Finding& one : view.findings()) {
    if (one.code() == code) out.push_back(one.text());
  }
  return out;
}

TEST(Findings, OfOneKindAboutOneEventAreKeptUpToTheLimit) {
  Scenario s;
  const int limit = static_cast<int>(limits::kFindingsOfAnEvent);
  const auto full = s.history.Write(s.b, "b", EmptyChanges(s.original, limit));
  const auto over = s.history.Write(s.b, "b", EmptyChanges(s.original, limit + 1));
  const auto hostile = s.history.Write(s.b, "b", EmptyChanges(s.original, 60000));
  ASSERT_LE(s.history.bytes(hostile).size(), limits::kEventBytes);

  const StateData& data = s.Data();

  auto found = FoundOf(data, s.Leaf(full));
  EXPECT_EQ(found[FindingCode::kMalformed], limits::kFindingsOfAnEvent);
  EXPECT_EQ(found[FindingCode::kFindingsOmitted], 0u);
  for (const auto event : {over, hostile}) {
    found = FoundOf(data, s.Leaf(event));
    EXPECT_EQ(found[FindingCode::kMalformed], limits::kFindingsOfAnEvent);
    EXPECT_EQ(found[FindingCode::kFindingsOmitted], 1u);
  }
}

TEST(Findings, KeptAreTheSameInWhateverOrderTheyAreFound) {
  const int many = 3 * static_cast<int>(limits::kFindingsOfAnEvent);
  Scenario s;
  StateData forth = s.Data();
  StateData back = forth;
  for (int i = 0; i < many; ++i) {
    forth.AddFinding(0, FindingCode::kMalformed, absl::StrCat(i));
    back.AddFinding(0, FindingCode::kMalformed, absl::StrCat(many - 1 - i));
  }
  EXPECT_EQ(forth.findings, back.findings);
}

TEST(Findings, OfFiveHostileEventsLeaveEveryReplySmall) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-01-01");
  const ConventionState before(s.State());
  for (int i = 0; i < 5; ++i) s.history.Write(s.b, "b", EmptyChanges(s.original, 60000));

  const ConventionState& state = s.State();

  const std::size_t room = 5 * (limits::kFindingsOfAnEvent + 1) * 512;
  const auto view = ViewConvention(At(state), "");
  ASSERT_TRUE(view.ok()) << view.status();
  EXPECT_LT(view->ByteSizeLong(), ViewConvention(At(before), "")->ByteSizeLong() + room);
  const auto status = ViewStatus(At(state), {});
  ASSERT_TRUE(status.ok()) << status.status();
  EXPECT_LT(status->ByteSizeLong(), ViewStatus(At(before), {})->ByteSizeLong() + room);
}

TEST(Findings, OfOneKindInAReplyEndAtTheLimitAndTheRestIsCounted) {
  Scenario s;
  const int limit = static_cast<int>(limits::kFindingsOfAKind);
  for (int i = 0; i < limit; ++i) s.history.Write(s.b, "b", EmptyChanges(s.original, 1));
  const auto full = ViewStatus(At(s.State()), {});
  ASSERT_TRUE(full.ok()) << full.status();
  EXPECT_EQ(TextsOf(*full, "malformed").size(), limits::kFindingsOfAKind);
  EXPECT_TRUE(TextsOf(*full, "findings-not-shown").empty());

  for (int i = 0; i < 3; ++i) s.history.Write(s.b, "b", EmptyChanges(s.original, 1));
  // One of another kind is shown all the same.
  const auto other = s.history.Write(s.b, "b", Sign(s.Leaf(s.draft), "ob", "2024-02-01"));

  const ConventionState& state = s.State();
  const auto status = ViewStatus(At(state), {});
  const auto view = ViewConvention(At(state), "");
  ASSERT_TRUE(status.ok()) << status.status();
  ASSERT_TRUE(view.ok()) << view.status();
  const std::vector<std::string> rest{"3 autres constats « malformed » ne sont pas montrés."};
  EXPECT_EQ(TextsOf(*status, "malformed").size(), limits::kFindingsOfAKind);
  EXPECT_EQ(TextsOf(*status, "findings-not-shown"), rest);
  EXPECT_EQ(TextsOf(*view, "malformed").size(), limits::kFindingsOfAKind);
  EXPECT_EQ(TextsOf(*view, "findings-not-shown"), rest);
  // Of many no more than are shown are put into words.
  std::size_t worded = 0;
  for (const v1::Finding& one : StoredFindings(state.data()).found)
    worded += one.code() == "malformed";
  EXPECT_EQ(worded, limits::kFindingsOfAKind);
  EXPECT_TRUE(s.Found(other, FindingCode::kUnknownRevision));
  EXPECT_EQ(TextsOf(*status, "unknown-revision").size(), 1u);
}

TEST(CapFindings, KeepsTheFirstOfEachKindAndTheWorstSeverityOfTheRest) {
  std::vector<v1::Finding> many(limits::kFindingsOfAKind + 1);
  for (std::size_t i = 0; i < many.size(); ++i) {
    many[i].set_code("odd");
    many[i].set_severity(v1::FINDING_SEVERITY_NOTE);
    many[i].set_text(absl::StrCat(i));
  }
  many.back().set_severity(v1::FINDING_SEVERITY_SERIOUS);

  const std::vector<v1::Finding> shown = CapFindings({.found = many, .left_out = {}});

  ASSERT_EQ(shown.size(), many.size());
  EXPECT_EQ(shown[0].text(), "0");
  EXPECT_EQ(shown.back().code(), "findings-not-shown");
  EXPECT_EQ(shown.back().severity(), v1::FINDING_SEVERITY_SERIOUS);
  EXPECT_EQ(shown.back().text_en(), "1 more finding “odd” is not shown.");
}

// Of acts as of anything else; titles are as long as their authors like.
TEST(ActFindings, WordsTheFirstOfEachKindByAShortTitleAndCountsTheRest) {
  FindingList list;
  ActFindings findings(&list);
  const rules::Oddity odd{
      rules::Rule::kTransmitted, "odd", v1::FINDING_SEVERITY_WARNING, {"étrange.", "odd."}};
  const rules::Oddity other{
      rules::Rule::kTransmitted, "other", v1::FINDING_SEVERITY_NOTE, {"autre.", "other."}};
  std::string title;
  while (title.size() < limits::kEventBytes) title += "€";
  for (std::size_t i = 0; i < limits::kFindingsOfAKind + 7; ++i) findings.Add(odd, title, {});
  findings.Add(other, "Avenant n° 1", {});

  ASSERT_EQ(list.found.size(), limits::kFindingsOfAKind + 1);
  EXPECT_EQ(list.found.back().text(), "CHK-32 : « Avenant n° 1 » : autre.");
  EXPECT_TRUE(absl::EndsWith(list.found[0].text(), "€€… » : étrange."));
  EXPECT_TRUE(absl::EndsWith(list.found[0].text_en(), "€€…”: odd."));
  EXPECT_LT(list.found[0].ByteSizeLong(), 2 * limits::kFindingTextBytes);
  ASSERT_EQ(list.left_out.size(), 1u);
  EXPECT_EQ(list.left_out["odd"].count, 7u);
  EXPECT_EQ(list.left_out["odd"].worst, v1::FINDING_SEVERITY_WARNING);
}

// What is stored is cut once; found again when reading, the kind is cut twice.
TEST(CapFindings, SayOnceHowManyOfAKindAreLeftOutInAll) {
  Scenario s;
  for (std::size_t i = 0; i < limits::kFindingsOfAKind + 3; ++i) {
    s.history.Write(s.b, "b", EmptyChanges(s.original, 1));
  }
  FindingList list = StoredFindings(s.Data());
  v1::Finding live;
  live.set_code("malformed");
  live.set_severity(v1::FINDING_SEVERITY_SERIOUS);
  list.found.insert(list.found.begin(), 2, live);

  const std::vector<v1::Finding> shown = CapFindings(std::move(list));

  ASSERT_EQ(shown.size(), limits::kFindingsOfAKind + 1);
  EXPECT_EQ(shown.back().code(), "findings-not-shown");
  EXPECT_EQ(shown.back().text(), "5 autres constats « malformed » ne sont pas montrés.");
  EXPECT_EQ(CapFindings(StoredFindings(s.Data())).back().text(),
            "3 autres constats « malformed » ne sont pas montrés.");
}

TEST(CapFindings, EndsTextsAtTheLimitAfterAWholeCharacter) {
  std::vector<v1::Finding> two(3);
  for (v1::Finding& one : two) one.set_code("odd");
  two[2].set_text(std::string(limits::kFindingTextBytes + 1, 'a'));
  two[2].set_text_en(std::string(limits::kFindingTextBytes + 1, 'a'));
  two[0].set_text(std::string(limits::kFindingTextBytes, 'a'));
  for (std::size_t i = 0; i < limits::kFindingTextBytes; ++i) two[1].mutable_text()->append("é");

  const std::vector<v1::Finding> shown = CapFindings({.found = two, .left_out = {}});

  EXPECT_EQ(shown[0].text(), two[0].text());
  EXPECT_LE(shown[1].text().size(), limits::kFindingTextBytes);
  EXPECT_GE(shown[1].text().size(), limits::kFindingTextBytes - 4);
  EXPECT_TRUE(absl::EndsWith(shown[1].text(), "é…"));
  EXPECT_TRUE(absl::EndsWith(shown[2].text(), "a…"));
  EXPECT_EQ(shown[2].text_en(), shown[2].text());
}

TEST(Drafts, OfOneEventChangeAnElementOnce) {
  Scenario s;
  v1::Event many = Draft(s.original, {ArticleElement("art-9", "first", "", "1")}, {});
  for (int i = 0; i < 6000; ++i) {
    v1::Element* put = many.mutable_changes_drafted()->add_changes()->mutable_put();
    put->set_id("art-9");
    put->set_position(absl::StrCat("1", i, "5"));
  }
  many.mutable_changes_drafted()->add_changes()->set_remove("art-9");
  many.mutable_changes_drafted()->add_changes()->set_remove("art-8");
  const auto hostile = s.history.Write(s.b, "b", std::move(many));
  ASSERT_LE(s.history.bytes(hostile).size(), limits::kEventBytes);

  const StateData& data = s.Data();
  const ActFacts& act = *data.FindAct(s.original);

  EXPECT_EQ(data.ChangesOf(act, data.FindEvent(s.Leaf(hostile))).size(), 2u);
  EXPECT_GT(FoundOf(data, s.Leaf(hostile))[FindingCode::kElementTwice], 0u);
  const ConsolidatedText text = DraftText(data, act);
  ASSERT_NE(text.Find("art-9"), nullptr);
  ASSERT_EQ(text.Find("art-9")->sides.size(), 1u);
  EXPECT_EQ(text.Find("art-9")->shown().element->position(), "1");
}

TEST(Drafts, OfOneElementByManyEventsStandOncePerWording) {
  Scenario s;
  for (int i = 0; i < 50; ++i) {
    s.history.Write(s.b, "b",
                    Draft(s.original, {ArticleElement("art-9", "b", "", absl::StrCat(i % 2))}));
  }
  const StateData& data = s.Data();
  const ConsolidatedText text = DraftText(data, *data.FindAct(s.original));
  ASSERT_NE(text.Find("art-9"), nullptr);
  // Equal but for their position: two values.
  EXPECT_EQ(text.Find("art-9")->sides.size(), 2u);
}

TEST(Drafts, ReplaceAmongTheManyChangesOfTheEventsThatTheyName) {
  Scenario s;
  std::vector<v1::Element> elements;
  for (int i = 0; i < 300; ++i) {
    elements.push_back(ArticleElement(absl::StrCat("new-", (i * 7) % 300), "b"));
  }
  const auto first = s.history.Write(s.b, "b", Draft(s.original, elements));
  std::reverse(elements.begin(), elements.end());
  const auto second =
      s.history.Write(s.b, "b", Draft(s.original, elements, {s.Leaf(first), s.Leaf(first)}));

  const StateData& data = s.Data();

  EXPECT_GE(data.CurrentDraft(*data.FindAct(s.original)).size(), elements.size());
  for (const DraftChange* change : data.CurrentDraft(*data.FindAct(s.original))) {
    EXPECT_NE(change->event, data.FindEvent(s.Leaf(first)));
  }
  EXPECT_FALSE(s.Found(second, FindingCode::kReplacesIneffective));
  const auto third = s.history.Write(
      s.b, "b", Draft(s.original, {ArticleElement("elsewhere", "b")}, {s.Leaf(second)}));
  EXPECT_TRUE(s.Found(third, FindingCode::kReplacesIneffective));
  // Of an element that was known before those that the event changes.
  const auto fourth = s.history.Write(
      s.b, "b", Draft(s.original, {ArticleElement("art-1", "b")}, {s.Leaf(second)}));
  EXPECT_TRUE(s.Found(fourth, FindingCode::kReplacesIneffective));
  // In whatever order the event has them.
  const auto fifth = s.history.Write(
      s.b, "b", Draft(s.original, {ArticleElement("new-0", "c")}, {s.Leaf(second)}));
  EXPECT_FALSE(s.Found(fifth, FindingCode::kReplacesIneffective));
}

TEST(Drafts, MakeARevisionOfAsManyChangesAsATextMayTake) {
  Scenario s;
  const auto remove = [&](std::size_t from, std::size_t to) {
    v1::Event many = Draft(s.original, {});
    for (std::size_t i = from; i < to; ++i) {
      many.mutable_changes_drafted()->add_changes()->set_remove(absl::StrCat("r", i));
    }
    return s.history.Write(s.a, "a", std::move(many));
  };
  const auto most = remove(0, limits::kRevisionChanges);
  ASSERT_LE(s.history.bytes(most).size(), limits::kEventBytes);
  const auto one_more = remove(limits::kRevisionChanges, limits::kRevisionChanges + 1);
  const auto freeze = [&](const std::vector<Digest>& changes) {
    return s.history.Write(s.a, "a", Freeze(s.original, changes, s.offices, "2024-01-01"));
  };
  const auto fits = freeze({s.Leaf(most)});
  const auto above = freeze({s.Leaf(most), s.Leaf(one_more)});

  const StateData& data = s.Data();

  const Revision& whole = data.revisions[data.FindRevision(s.Leaf(fits))];
  EXPECT_TRUE(whole.valid);
  EXPECT_EQ(whole.content.size(), limits::kRevisionChanges);
  const Revision& none = data.revisions[data.FindRevision(s.Leaf(above))];
  EXPECT_FALSE(none.valid);
  EXPECT_TRUE(none.content.empty());
  EXPECT_TRUE(s.Found(above, FindingCode::kRevisionInvalid));
}

// A chain of elements, each in the one before it.
std::vector<v1::Element> Chain(int length) {
  std::vector<v1::Element> out;
  for (int i = 0; i < length; ++i) {
    v1::Element& one = out.emplace_back();
    one.set_id(absl::StrCat("c", i));
    if (i > 0) one.set_parent_id(absl::StrCat("c", i - 1));
  }
  return out;
}

TEST(Drafts, OfAnyDepthAreRead) {
  Scenario s;
  const int depth = 60000;
  std::vector<v1::Element> part;
  const std::vector<v1::Element> all = Chain(depth);
  for (int i = 0; i < depth; ++i) {
    part.push_back(all[static_cast<std::size_t>(i)]);
    if (part.size() < 5000) continue;
    s.history.Write(s.b, "b", Draft(s.original, part));
    part.clear();
  }
  const ConventionState& state = s.State();

  const auto history = ViewHistory(At(state), absl::StrCat("c", depth - 1));
  ASSERT_TRUE(history.ok()) << history.status();
  EXPECT_EQ(history->entries_size(), 1);

  TextInMaking text = TextInMaking::OfAct(state.data(), *state.data().FindAct(s.original), kDay);
  const std::size_t before = text.Elements().size();
  text.Remove("c0");
  EXPECT_EQ(text.Elements().size(), before - depth);
}

TEST(TextInMaking, RemovesWhatIsBelow) {
  std::vector<v1::Element> elements = Chain(3);
  elements.push_back(ArticleElement("x", "x", "c1", "7"));
  elements.push_back(ArticleElement("y", "y", "gone", "3"));
  TextInMaking text;
  for (const v1::Element& one : elements) text.Put(one, "");
  // Put again elsewhere: it is no longer below its former parent.
  const v1::Element moved = ArticleElement("x", "x", "", "8");
  text.Put(moved, "");
  text.Remove("c1");
  EXPECT_EQ(text.Find("c2"), nullptr);
  EXPECT_NE(text.Find("c0"), nullptr);
  // Of an element that is not there, what stands below it goes all the same.
  text.Remove("gone");
  EXPECT_EQ(text.Find("y"), nullptr);
  // Put after something was removed: it goes with what it stands in.
  const v1::Element late = ArticleElement("z", "z", "c0", "1");
  text.Put(late, "");
  text.Remove("c0");
  ASSERT_EQ(text.Elements().size(), 1u);
  EXPECT_EQ(text.Elements()[0].element, &moved);
}

TEST(TextInMaking, EndsWhereElementsStandInEachOther) {
  std::vector<v1::Element> loop = {ArticleElement("p", "p", "q"), ArticleElement("q", "q", "p")};
  TextInMaking text;
  for (const v1::Element& one : loop) text.Put(one, "");
  text.Remove("p");
  EXPECT_TRUE(text.Elements().empty());
}

TEST(TextInMaking, TakesTheFirstOfConflictingDraftValuesAsTheTextShows) {
  Scenario s;
  s.history.Write(s.b, "b", Draft(s.original, {ArticleElement("art-9", "b")}));
  s.history.Write(s.c, "c", Draft(s.original, {ArticleElement("art-9", "c")}));
  const StateData& data = s.Data();
  const ActFacts& act = *data.FindAct(s.original);
  EXPECT_EQ(TextInMaking::OfAct(data, act, kDay).Find("art-9"),
            DraftText(data, act).Find("art-9")->shown().element);
}

TEST(Roster, TakesEntriesOfOneAuthorUpToTheLimit) {
  Scenario s;
  // b's first entry was written by a, as was c's.
  const int limit = static_cast<int>(limits::kRosterEntries);
  History::Event last = 1;
  for (int i = 0; i < limit; ++i) {
    last = s.history.Write(s.b, "b", Enrol(s.history.key(s.b), {"b"}, {s.Leaf(last)}));
  }
  EXPECT_TRUE(s.Authorised(last));
  const auto d = s.history.AddReplica();
  const auto over = s.history.Write(s.b, "b", Enrol(s.history.key(d), {"d"}));
  EXPECT_TRUE(s.Found(over, FindingCode::kRosterLimit));
  EXPECT_FALSE(s.Authorised(over));
  EXPECT_FALSE(s.State().InRoster(s.history.replica(d)));
  // What it writes otherwise, and what others write about replicas, counts as before.
  EXPECT_TRUE(s.Authorised(s.history.Write(s.b, "b", Measure("ind", "2024", "1"))));
  EXPECT_TRUE(s.Authorised(s.history.Write(s.c, "c", Enrol(s.history.key(d), {"d"}))));
  EXPECT_TRUE(s.State().InRoster(s.history.replica(d)));
}

// An author's branches each count what they had seen: whichever comes first takes nothing from the
// other.
TEST(Roster, CountsTheEntriesThatTheirAuthorHadSeen) {
  Scenario s;
  const auto other = s.history.Fork(s.b, s.history.feed(s.b).size());
  s.history.Learn(other, s.a);
  History::Event last = 1;
  for (std::size_t i = 0; i < limits::kRosterEntries; ++i) {
    last = s.history.Write(s.b, "b", Enrol(s.history.key(s.b), {"b"}, {s.Leaf(last)}));
  }
  const auto d = s.history.AddReplica();
  const auto entry = s.history.Write(other, "b", Enrol(s.history.key(d), {"d"}));

  EXPECT_FALSE(s.Found(entry, FindingCode::kRosterLimit));
  EXPECT_TRUE(s.Authorised(entry));
}

TEST(Roster, KeepsEntriesWithoutAuthorityOutOfWhatIsLookedUp) {
  Scenario s;
  const StateData before = s.Data();
  const ReplicaNumber number = before.FindEvent(s.Leaf(1));
  const RosterFact& entry = before.roster[before.roster_by_event.at(number)];
  for (int i = 0; i < 20; ++i) {
    s.history.Write(s.c, "c", Enrol(s.history.key(s.b), {}, {s.Leaf(1)}));
  }
  const StateData& data = s.Data();
  EXPECT_EQ(data.replicas[entry.replica].entries.size(), 1u);
  EXPECT_TRUE(data.roster[data.roster_by_event.at(number)].replaced_by.empty());
  EXPECT_EQ(data.roster.size(), before.roster.size() + 20);
}

}  // namespace
}  // namespace greffe::test
