#ifndef GREFFE_TESTS_CORE_CONVENTION_FOLLOWED_H_
#define GREFFE_TESTS_CORE_CONVENTION_FOLLOWED_H_

#include <string>
#include <utility>
#include <vector>

#include "core/convention/checks/follow_up_check.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"

namespace greffe::test {

// From 2024-01-01 to 2028-12-31, concluded unless the test says otherwise.
struct Followed {
  using Life = v1::LifeRecorded;
  Scenario play;

  explicit Followed(bool concluded = true) {
    if (concluded) play.SignByAll(play.frozen, "2024-02-01");
  }
  std::string Write(v1::Event event) {
    // On 1 January 2040: after all days of these tests.
    if (!event.has_recorded_at()) event.mutable_recorded_at()->set_seconds(2208988800);
    const auto written = play.history.Write(play.a, "a", std::move(event));
    play.history.LearnAll();
    return play.Leaf(written).ToHex();
  }
  // a gives notice for a breach, finds it without effect and ends the convention on that day.
  void EndOn(const std::string& day) {
    const auto notice = play.history.Write(
        play.a, "a", Happened(Notice(v1::NOTICE_KIND_BREACH, "2024-03-10", {"b"})));
    play.history.Write(
        play.a, "a",
        Happened(Answering(Plain(Life::kNoticeFruitless, "2024-05-10"), play.Leaf(notice))));
    Life ends = Answering(Plain(Life::kTerminationDeclared, day), play.Leaf(notice));
    ends.mutable_termination_declared()->set_ground(v1::TERMINATION_GROUND_FRUITLESS_NOTICE);
    Write(Happened(std::move(ends)));
  }
  FindingList Find(const char* on = "2026-06-30",
                   const absl::flat_hash_set<absl::string_view>* scope = nullptr) {
    return FindIn(play.Data(), on, scope);
  }
  static FindingList FindIn(const StateData& data, const char* on,
                            const absl::flat_hash_set<absl::string_view>* scope) {
    const ConsolidatedText text = Consolidate(data, Day(on));
    FindingList list;
    AddFollowUpFindings(data, LifeBook(data, text, Day(on)), text, scope, &list);
    return list;
  }
  std::vector<std::string> Leaves(const char* on = "2026-06-30") {
    std::vector<std::string> out;
    for (const v1::Finding& one : Find(on).found) out.push_back(one.leaf());
    return out;
  }
};

}  // namespace greffe::test

#endif  // GREFFE_TESTS_CORE_CONVENTION_FOLLOWED_H_
