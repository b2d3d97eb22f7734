#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "absl/synchronization/notification.h"
#include "core/base/refusal.h"
#include "server/ops/language.h"
#include "server/ops/log.h"
#include "server/ops/metrics.h"
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
