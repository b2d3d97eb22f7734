#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>

#include "absl/synchronization/notification.h"
#include "core/base/refusal.h"
#include "server/ops/language.h"
#include "server/ops/log.h"
#include "server/ops/metrics.h"
#include "server/ops/rare_log.h"
#include "server/ops/system_clock.h"
#include "server/ops/worker_pool.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

Instant At(const std::string& text) { return *Instant::Parse(text, "at"); }

TEST(SystemClock, CountsDaysAsParisDoesInSummerAndWinter) {
  absl::TimeZone paris;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Paris", &paris));

  EXPECT_EQ(DayIn(paris, At("2026-07-01T21:59:59Z")).ToString(), "2026-07-01");
  EXPECT_EQ(DayIn(paris, At("2026-07-01T22:00:00Z")).ToString(), "2026-07-02");
  EXPECT_EQ(DayIn(paris, At("2026-01-01T22:59:59Z")).ToString(), "2026-01-01");
  EXPECT_EQ(DayIn(paris, At("2026-01-01T23:00:00Z")).ToString(), "2026-01-02");
}

class SetClock final : public Clock {
 public:
  Instant Now() const override { return now; }
  CivilDate Today() const override { return {}; }
  Instant now{1'700'000'000'000'000};
};

TEST(RareLog, WritesALineOfAnEventNowAndThenAndCountsTheOthers) {
  SetClock clock;
  const Logger log(clock, LogLevel::kInfo);
  RareLog rare(log, clock);
  testing::internal::CaptureStderr();
  const auto line = [&](const std::string& event) {
    rare.Warn(event, {"rule", "token"});
    const std::string written = testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();
    return written.substr(std::min(written.size(), written.find(" level=")));
  };

  EXPECT_EQ(line("wrong"), " level=warning event=wrong rule=token unwritten=0\n");
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(line("wrong"), "");
  // Of another event it hides nothing.
  EXPECT_EQ(line("other"), " level=warning event=other rule=token unwritten=0\n");
  clock.now.micros += RareLog::kEveryMicros - 1;
  EXPECT_EQ(line("wrong"), "");
  ++clock.now.micros;
  EXPECT_EQ(line("wrong"), " level=warning event=wrong rule=token unwritten=1001\n");
  // A clock set back is no reason to be silent.
  clock.now.micros -= 3 * RareLog::kEveryMicros;
  EXPECT_EQ(line("wrong"), " level=warning event=wrong rule=token unwritten=0\n");
  testing::internal::GetCapturedStderr();
}

TEST(LogValue, KeepsALineOneLineAndItsFieldsApart) {
  EXPECT_EQ(LogValue("127.0.0.1:7443"), "127.0.0.1:7443");
  EXPECT_EQ(LogValue(""), "\"\"");
  EXPECT_EQ(LogValue("two words"), "\"two words\"");
  EXPECT_EQ(LogValue("a=b"), "\"a=b\"");
  EXPECT_EQ(LogValue("x\nlevel=error"), "\"x\\nlevel=error\"");
}

TEST(Logger, WritesNothingBelowItsLevel) {
  ASSERT_OK_AND_ASSIGN(const auto clock, SystemClock::Create());
  const Logger log(*clock, LogLevel::kWarning);
  testing::internal::CaptureStderr();

  log.Log(LogLevel::kInfo, "quiet");
  log.Log(LogLevel::kError, "loud", {{"count", std::uint64_t{3}}});

  const std::string written = testing::internal::GetCapturedStderr();
  EXPECT_EQ(written.find("quiet"), std::string::npos);
  EXPECT_NE(written.find(" level=error event=loud count=3\n"), std::string::npos) << written;
}

TEST(Language, IsFrenchUnlessEnglishIsAskedFor) {
  EXPECT_EQ(LanguageOfHeader(""), Language::kFrench);
  EXPECT_EQ(LanguageOfHeader("de"), Language::kFrench);
  EXPECT_EQ(LanguageOfHeader("en-GB,fr;q=0.5"), Language::kEnglish);
}

TEST(TellPeople, AddsTheNextStepOnItsOwnLine) {
  const absl::Status status =
      ToStatus({.fr = "Non.", .en = "No.", .next_fr = "Faites.", .next_en = "Do."});

  EXPECT_EQ(TellPeople(status, Language::kFrench), "Non.\nFaites.");
  EXPECT_EQ(TellPeople(status, Language::kEnglish), "No.\nDo.");
}

TEST(WorkerPool, TurnsAwayWhatItsQueueCannotHold) {
  absl::Notification go;
  absl::Notification begun;
  std::atomic<int> done = 0;
  {
    WorkerPool pool({.threads = 1, .queue_max = 2});
    ASSERT_TRUE(pool.Offer([&] {
      begun.Notify();
      go.WaitForNotification();
      ++done;
    }));
    begun.WaitForNotification();
    EXPECT_TRUE(pool.Offer([&] { ++done; }));
    EXPECT_TRUE(pool.Offer([&] { ++done; }));
    EXPECT_FALSE(pool.Offer([&] { ++done; }));
    pool.Put([&] { ++done; });
    go.Notify();
  }
  // What was queued ran before the pool went.
  EXPECT_EQ(done, 4);
}

TEST(Metrics, ShowWhatWasCountedHereAndElsewhere) {
  Metrics metrics;
  metrics.Command(0.002, true);
  metrics.Unauthenticated();

  const std::string text =
      metrics.Text({{"greffe_commits_total", "Commits", MetricReading::Kind::kCounter, 7}});

  EXPECT_NE(text.find("greffe_command_seconds_count{result=\"done\"} 1"), std::string::npos);
  EXPECT_NE(text.find("greffe_unauthenticated_total 1"), std::string::npos);
  EXPECT_NE(text.find("greffe_commits_total 7"), std::string::npos);
}

}  // namespace
}  // namespace greffe
