// The life of a convention in its history, and in parts for pages.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/convention/queries.h"
#include "core/convention/views/queries_life.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Life = v1::LifeRecorded;
using testing_support::SamplePlay;
using testing_support::StatusIs;

// The sample concluded; its facts are known everywhere once they are recorded.
struct RecordedLife {
  SamplePlay play;

  RecordedLife() { play.ConcludeOriginal(); }

  Digest Record(const std::string& partner, v1::Role role, Life fact) {
    v1::RecordFactRequest request;
    *request.mutable_fact() = std::move(fact);
    auto& replica = partner == "caf" ? play.caf() : play.agglo();
    std::vector<Digest> leaves;
    EXPECT_OK(replica.Do(request, replica.Context(partner, {role}), &leaves));
    play.net().SyncAll();
    return leaves.empty() ? Digest{} : leaves.front();
  }
  Digest Observe(const std::string& element, const std::string& text) {
    Life fact = test::Plain(Life::kUncoveredChangeObserved, "2025-06-20");
    fact.set_element_id(element);
    fact.set_text(text);
    return Record("agglo", v1::ROLE_COORDINATOR, fact);
  }
  Digest Comment(const std::string& text, const Digest* answers = nullptr) {
    Life fact = test::Plain(Life::kCommentPosted, "2025-06-20");
    fact.mutable_comment_posted()->set_act_id(ActId::FromHex(play.original(), "act")->ToBytes());
    fact.set_text(text);
    if (answers != nullptr) fact = test::Answering(fact, *answers);
    return Record("agglo", v1::ROLE_COORDINATOR, fact);
  }
  Known At(const std::string& day = "2025-06-30") { return play.agglo().At(day); }
};

std::vector<std::string> TextsOf(const v1::HistoryView& view) {
  std::vector<std::string> out;
  for (const v1::HistoryEntry& entry : view.entries()) {
    out.push_back(entry.has_life()        ? entry.life().text()
                  : entry.has_follow_up() ? "follow-up"
                                          : "act");
  }
  return out;
}

TEST(HistoryOfLife, TellsTheFactsOfAnElementAmongItsChanges) {
  RecordedLife life;
  life.Observe("art-1", "first");
  life.Observe("act-1", "elsewhere");
  const std::string avenant = life.play.Propose({testing_support::Remove("art-1")});
  life.play.Freeze(avenant, "2026-01-01");
  const Digest last = life.Observe("art-1", "last");

  const auto history = ViewHistory(life.At(), "art-1");

  ASSERT_OK(history);
  EXPECT_THAT(TextsOf(*history), ElementsAre("act", "first", "act", "last"));
  const v1::HistoryEntry& entry = history->entries(3);
  ASSERT_EQ(entry.events_size(), 1);
  EXPECT_EQ(entry.events(0).leaf(), last.ToHex());
  EXPECT_THAT(entry.events(0).summary(), HasSubstr("modification sans avenant le 20 juin 2025"));
  EXPECT_TRUE(entry.life().has_uncovered_change_observed());
}

TEST(HistoryOfLife, TellsTheFactsAboutTheWholeBesideTheActs) {
  RecordedLife life;
  life.Observe("art-1", "of an article");
  life.Observe("terms", "of the whole");

  const auto history = ViewHistory(life.At(), "");

  ASSERT_OK(history);
  EXPECT_THAT(TextsOf(*history), ElementsAre("act", "of the whole"));
  const auto there = ViewHistory(life.play.caf().At("2025-06-30"), "");
  ASSERT_OK(there);
  EXPECT_EQ(there->entries(1).SerializeAsString(), history->entries(1).SerializeAsString());
}

TEST(HistoryOfLife, KeepsWhatWasCorrected) {
  RecordedLife life;
  const Digest wrong = life.Observe("terms", "wrong");
  Life fact = test::Plain(Life::kUncoveredChangeObserved, "2025-06-20");
  fact.set_text("right");
  fact.set_reason("mistaken");
  life.Record("agglo", v1::ROLE_COORDINATOR, test::Replacing(fact, {wrong}));

  const auto history = ViewHistory(life.At(), "");

  ASSERT_OK(history);
  EXPECT_THAT(TextsOf(*history), ElementsAre("act", "wrong", "right"));
  EXPECT_THAT(history->entries(2).events(0).summary(), HasSubstr("(correction)"));
}

TEST(HistoryOfLife, ComesInPartsThatGiveTheWhole) {
  RecordedLife life;
  for (int i = 0; i < 5; ++i) life.Observe("terms", absl::StrCat("fact ", i));
  const auto whole = ViewHistory(life.At(), "");
  ASSERT_OK(whole);
  ASSERT_EQ(whole->entries_size(), 6);

  for (const Part& size : {Part{.count = 1}, Part{.count = 4}, Part{.bytes = 1}}) {
    v1::HistoryView joined;
    std::optional<PartEnd> next = PartEnd{};
    int parts = 0;
    while (next.has_value() && ++parts < 10) {
      Part part = size;
      part.from = next->from;
      auto some = ViewHistory(life.At(), "", part);
      ASSERT_OK(some.status());
      joined.MergeFrom(some->view);
      next = some->next;
    }
    EXPECT_EQ(joined.SerializeAsString(), whole->SerializeAsString());
    EXPECT_EQ(parts, size.count == 4 ? 2 : 6);
  }
  EXPECT_THAT(ViewHistory(life.At(), "", {.from = 7}).status(),
              StatusIs(absl::StatusCode::kOutOfRange));
}

TEST(Comments, KeepTheirRepliesBehindThem) {
  RecordedLife life;
  const Digest opening = life.Comment("question");
  // Leaves are as good as random: of eight some are less than the opening's.
  for (int i = 0; i < 8; ++i) life.Comment(absl::StrCat("reply ", i), &opening);

  const auto view = ViewLife(life.At(), "");

  ASSERT_OK(view);
  ASSERT_EQ(view->threads_size(), 1);
  EXPECT_EQ(view->threads(0).opening().event().leaf(), opening.ToHex());
  EXPECT_EQ(view->threads(0).answers_size(), 8);
  EXPECT_EQ(view->threads(0).standing(), "open");
}

// Joined as a client joins them: a thread that goes on has the opening of the one before.
v1::LifeView Join(const Known& known, const Part& size, int* parts) {
  v1::LifeView joined;
  std::optional<PartEnd> next = PartEnd{};
  for (*parts = 0; next.has_value() && *parts < 50; ++*parts) {
    Part part = size;
    part.from = next->from;
    part.within = next->within;
    const auto some = ViewLife(known, "", part);
    EXPECT_OK(some.status());
    if (!some.ok()) break;
    for (const v1::LifeThread& thread : some->view.threads()) {
      auto& threads = *joined.mutable_threads();
      if (!threads.empty() &&
          threads.rbegin()->opening().event().leaf() == thread.opening().event().leaf()) {
        threads.rbegin()->mutable_answers()->MergeFrom(thread.answers());
      } else {
        *threads.Add() = thread;
      }
    }
    joined.mutable_findings()->MergeFrom(some->view.findings());
    next = some->next;
  }
  return joined;
}

TEST(LifeParts, GiveTheWholeWhereverTheyAreCut) {
  RecordedLife life;
  const Digest first = life.Comment("one");
  for (int i = 0; i < 4; ++i) life.Comment("reply", &first);
  life.Comment("two");
  Life notice = test::Notice(v1::NOTICE_KIND_BREACH, "2025-06-30", {"vallon"});
  life.Record("agglo", v1::ROLE_SIGNATORY, notice);
  const auto whole = ViewLife(life.At(), "");
  ASSERT_OK(whole);
  ASSERT_EQ(whole->threads_size(), 3);
  ASSERT_EQ(whole->findings_size(), 1) << "a notice without proof";
  int parts = 0;

  const v1::LifeView by_one = Join(life.At(), {.count = 1}, &parts);
  EXPECT_EQ(parts, 3);
  // One answer a part, however little room there is.
  const v1::LifeView by_byte = Join(life.At(), {.bytes = 1}, &parts);
  EXPECT_EQ(parts, 6);
  const v1::LifeView by_two = Join(life.At(), {.count = 2, .bytes = 600}, &parts);
  for (const v1::LifeView& joined : {by_one, by_byte, by_two}) {
    ASSERT_EQ(joined.threads_size(), 3);
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(joined.threads(i).SerializeAsString(), whole->threads(i).SerializeAsString());
    }
    EXPECT_GE(joined.findings_size(), 1);
  }
  for (const Part& beyond : {Part{.from = 4}, Part{.from = 0, .within = 5}}) {
    EXPECT_THAT(ViewLife(life.At(), "", beyond).status(), StatusIs(absl::StatusCode::kOutOfRange));
  }
}

}  // namespace
}  // namespace greffe
