#ifndef GREFFE_TESTS_CORE_CONVENTION_LIVING_PLAY_H_
#define GREFFE_TESTS_CORE_CONVENTION_LIVING_PLAY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/views/queries_life.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

// Facts of life, as their partners command them.
namespace greffe::test {

inline CivilDate Day(const char* text) { return *CivilDate::Parse(text, "day"); }

inline v1::RecordFactRequest Request(v1::LifeRecorded fact) {
  v1::RecordFactRequest request;
  *request.mutable_fact() = std::move(fact);
  return request;
}

// The sample concluded on 15 May 2025; what its partners record is dated 2025-06-30 unless it says
// otherwise.
struct Living {
  testing_support::SamplePlay play;

  Living() {
    On("2025-05-15");
    play.ConcludeOriginal();
    On("2025-06-30");
  }

  testing_support::MiniReplica& Of(const std::string& partner) {
    return partner == "caf" ? play.caf() : play.agglo();
  }
  CommandContext As(const std::string& partner, v1::Role role) {
    return Of(partner).Context(partner, {role});
  }
  // What Decide says, and nothing is written.
  absl::Status Say(const std::string& partner, v1::Role role, v1::LifeRecorded fact) {
    return Decide(Of(partner).state(), Request(std::move(fact)), As(partner, role)).status();
  }
  // Recorded and known everywhere.
  Digest Record(const std::string& partner, v1::Role role, v1::LifeRecorded fact) {
    std::vector<Digest> leaves;
    const absl::Status done = Of(partner).Do(Request(std::move(fact)), As(partner, role), &leaves);
    EXPECT_OK(done);
    play.net().SyncAll();
    return leaves.empty() ? Digest{} : leaves.front();
  }
  void On(const char* day) {
    play.agglo().today = Day(day);
    play.caf().today = Day(day);
  }
};

// The same, read on the day of the question.
struct Viewing : Living {
  Known Now() { return play.agglo().At(play.agglo().today.ToString()); }
  v1::LifeView View(const std::string& element = "") {
    const auto view = ViewLife(Now(), element);
    EXPECT_OK(view);
    return view.ok() ? *view : v1::LifeView();
  }
  // By id, or the first whose id begins with what stands before `*`; empty where there is none.
  v1::Deadline Find(const std::string& id) {
    const v1::DeadlinesView view = ViewDeadlines(Now());
    const bool prefix = id.back() == '*';
    for (const v1::Deadline& one : view.deadlines()) {
      if (prefix ? absl::StartsWith(one.id(), id.substr(0, id.size() - 1)) : one.id() == id) {
        return one;
      }
    }
    return {};
  }
};

inline v1::LifeRecorded Denunciation(const std::string& day) {
  return Notice(v1::NOTICE_KIND_DENUNCIATION, day, {"vallon", "caf"});
}

inline std::string RuleOf(const absl::Status& status) { return RefusalOf(status).rule; }
inline std::string FieldOf(const absl::Status& status) { return RefusalOf(status).field; }

}  // namespace greffe::test

#endif  // GREFFE_TESTS_CORE_CONVENTION_LIVING_PLAY_H_
