#ifndef GREFFE_TESTS_SERVER_APP_TEST_REPLICA_H_
#define GREFFE_TESTS_SERVER_APP_TEST_REPLICA_H_

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/rules/calendar.h"
#include "server/app/replica.h"
#include "storage/rocks_event_store.h"
#include "tests/server/app/watched_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace greffe::test {

// Time that the test owns.
class TestClock final : public Clock {
 public:
  Instant Now() const override { return now; }
  CivilDate Today() const override { return rules::ParisTimeOf(now).day; }
  void Forward(std::int64_t micros) { now.micros += micros; }
  // Noon in Paris or an hour later, on that day.
  void GoTo(absl::string_view day) {
    now = *Instant::Parse(absl::StrCat(day, "T11:00:00Z"), "now");
  }

  // 2026-03-02T08:00:00Z.
  Instant now{1'772'438'400'000'000};
};

// One replica over RocksDB in a folder of its own, stepped by hand.
class TestReplica final {
 public:
  // Acts for `partners`; each partner's key seed is `seed`.
  TestReplica(char seed, const std::string& name, std::vector<std::string> partners);

  Replica& operator*() { return *replica_; }
  Replica* operator->() { return replica_.get(); }
  WatchedStore& store() { return *store_; }
  // What operators were told: "event key=value", in order.
  const std::vector<std::string>& notices() const { return notices_; }
  TestClock& clock() { return clock_; }
  const std::string& path() const { return folder_.path(); }
  RosterCandidate Card() const { return RosterCandidate{key_->public_key(), name_, partners_}; }
  void Pin(const TestReplica& peer) { Pin(peer.Card()); }
  void Pin(RosterCandidate card) { peers_.push_back(std::move(card)); }
  // A peer that said that it signs no more.
  void Stopped(const TestReplica& peer, Instant at) { stopped_[peer.key().replica_id()] = at; }
  const SigningKey& key() const { return *key_; }

  // Memory for hosts and how often snapshots are written, from the next opening on.
  void Tune(std::size_t host_bytes, std::uint64_t snapshot_every);
  // Closes the store and opens it again, as a restart does.
  void Reopen();
  void Close();
  void Open();

  // A user of `partner` with all roles of a partner's own work.
  UserCall User(const std::string& partner, const std::string& login = "agent") const;
  // 16 bytes, never twice.
  std::string NextRequest();

  // Submits one command and runs what is queued.
  template <typename Request>
  absl::StatusOr<ResponseOf<Request>> Do(const UserCall& call, Request request) {
    if (request.request_id().empty()) request.set_request_id(NextRequest());
    std::optional<absl::StatusOr<ResponseOf<Request>>> answer;
    replica_->Submit(call, std::move(request),
                     [&](absl::StatusOr<ResponseOf<Request>> got) { answer = std::move(got); });
    Drain();
    return *std::move(answer);
  }
  // The freeze as somebody sends it who looked at what it asks, and confirms it.
  v1::FreezeActRequest Confirmed(const UserCall& call, v1::FreezeActRequest freeze) {
    freeze.set_dry_run(true);
    const auto shown = Do(call, freeze);
    if (shown.ok()) freeze.set_confirmed(shown->confirm());
    freeze.set_dry_run(false);
    return freeze;
  }
  void Drain() {
    while (replica_->RunOnce()) {
    }
  }

  // Gives `to` everything held of a convention that it lacks, as runs; what each was refused for.
  std::vector<sync::NackReason> SendTo(TestReplica& to, const ConventionId& convention);
  // Gives one run; absent when it was stored.
  std::optional<sync::NackReason> Take(const ReplicaId& from, v1::Run run);

 private:
  TempFolder folder_;
  TestClock clock_;
  const std::string name_;
  const std::vector<std::string> partners_;
  std::unique_ptr<SigningKey> key_;
  std::vector<RosterCandidate> peers_;
  std::map<ReplicaId, Instant> stopped_;
  std::size_t host_bytes_ = 64u << 20;
  std::uint64_t snapshot_every_ = 1024;
  std::atomic<std::uint64_t> random_ = 0;
  std::uint64_t requests_ = 0;
  std::vector<std::string> notices_;
  std::unique_ptr<WatchedStore> store_;
  std::unique_ptr<Replica> replica_;
};

// A convention of two partners: `caf-12` with one office, `rodez` with one; an article, an action
// and an indicator.
v1::ConventionDraft SmallDraft();
// Opens it at `replica` for `partner`; its id.
std::string CreateSmall(TestReplica& replica, const std::string& partner);
ConventionId IdOf(const std::string& hex);
// A value of the indicator for a period.
v1::RecordMeasurementRequest Measure(const std::string& convention, const std::string& period,
                                     const std::string& value, const std::string& read_cut = "");
// The live token.
std::string TokenOf(TestReplica& replica, const std::string& partner,
                    const std::string& convention);
// The view at a point, as bytes.
std::string ViewBytes(TestReplica& replica, const std::string& partner,
                      const std::string& convention, const v1::ReadAt& at);
v1::ReadAt AtCut(const std::string& token);

}  // namespace greffe::test

#endif  // GREFFE_TESTS_SERVER_APP_TEST_REPLICA_H_
