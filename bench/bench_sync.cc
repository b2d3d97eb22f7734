// Two replicas meet: a first sync of many events between two processes over a socket pair, and a
// meeting where nothing changed. Frames are those of the wire; only TLS is left out.
//   bench_sync [EVENTS [CONVENTIONS]]
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "bench/support/history.h"
#include "bench/support/measure.h"
#include "core/sync/session.h"

namespace greffe::bench {
namespace {

constexpr char kSender[] = "caf-47";
constexpr char kReceiver[] = "agglo";

std::string Seed(char fill) { return std::string(32, fill); }

RosterCandidate Candidate(char fill, const char* partner) {
  const auto key = *SigningKey::FromSeed(Seed(fill));
  return {.key = key->public_key(), .name = partner, .partner_ids = {partner}};
}

// A convention of two parties, one of each replica, with one indicator.
v1::ConventionDraft SmallDraft(const std::vector<std::string>& indicators) {
  v1::ConventionDraft draft;
  auto* terms = draft.add_elements();
  terms->set_id("terms");
  terms->mutable_terms()->set_title("Convention de mesure");
  terms->mutable_terms()->set_start_date("2025-01-01");
  terms->mutable_terms()->set_end_date("2029-12-31");
  for (const char* id : {kSender, kReceiver}) {
    auto* party = draft.add_elements();
    party->set_id(absl::StrCat("party-", id));
    party->mutable_party()->set_partner_id(id);
    party->mutable_party()->set_name(id);
    party->mutable_party()->set_kind(v1::PARTNER_KIND_OTHER);
    auto* office = party->mutable_party()->add_signing_offices();
    office->set_id(absl::StrCat(id, "-president"));
    office->set_office("Président");
  }
  for (const std::string& id : indicators) {
    auto* indicator = draft.add_elements();
    indicator->set_id(id);
    indicator->mutable_indicator()->set_kind(v1::INDICATOR_KIND_RESULT);
    indicator->mutable_indicator()->set_text("Nombre de places");
  }
  return draft;
}

void WriteAll(int fd, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t n = write(fd, bytes.data() + at, bytes.size() - at);
    if (n <= 0) _exit(1);
    at += static_cast<std::size_t>(n);
  }
}

bool ReadAll(int fd, void* out, std::size_t size) {
  for (std::size_t at = 0; at < size;) {
    const ssize_t n = read(fd, static_cast<char*>(out) + at, size - at);
    if (n <= 0) return false;
    at += static_cast<std::size_t>(n);
  }
  return true;
}

// One end of a session over a socket.
class End {
 public:
  End(BenchReplica& replica, const ReplicaId& peer, int fd)
      : replica_(replica), peer_(peer), fd_(fd), session_(replica.replica().view(), peer) {
    replica_.replica().AddListener(
        [this](const Published& published) { changed_.push_back(published.convention); });
  }

  // Until `done` says so or the other end is gone.
  void Run(const std::function<bool(const End&)>& done) {
    Take(session_.Start(NowMs()));
    for (;;) {
      Work();
      if (done(*this)) return;
      // Roots are told by the tick, a second after things came to rest.
      if (NowMs() - ticked_ms_ > 500) {
        ticked_ms_ = NowMs();
        Take(session_.Tick(ticked_ms_));
      }
      pollfd waiting{fd_, POLLIN, 0};
      if (poll(&waiting, 1, 100) > 0) {
        std::uint32_t size = 0;
        if (!ReadAll(fd_, &size, sizeof(size))) return;
        std::string bytes(size, '\0');
        if (!ReadAll(fd_, bytes.data(), size)) return;
        v1::Frame frame;
        if (!frame.ParseFromString(bytes)) return;
        Take(session_.OnFrame(frame, NowMs()));
      }
    }
  }
  const sync::Session& session() const { return session_; }

 private:
  static std::int64_t NowMs() { return static_cast<std::int64_t>(Seconds() * 1000); }

  void Work() {
    while (replica_.replica().RunOnce()) {
    }
    while (!stored_.empty() || !changed_.empty()) {
      if (!stored_.empty()) {
        const sync::StoredRun run = stored_.front();
        stored_.pop_front();
        Take(session_.OnStored(run, NowMs()));
      } else {
        const ConventionId convention = changed_.front();
        changed_.pop_front();
        Take(session_.OnLocalChange(convention, NowMs()));
      }
    }
  }

  void Take(sync::Step step) {
    for (const v1::Frame& frame : step.send) {
      const std::string bytes = frame.SerializeAsString();
      const auto size = static_cast<std::uint32_t>(bytes.size());
      WriteAll(fd_, std::string(reinterpret_cast<const char*>(&size), sizeof(size)) + bytes);
    }
    for (sync::IngestRun& run : step.ingest) {
      replica_.replica().SubmitRun(peer_, std::move(run), [this](sync::StoredRun stored) {
        stored_.push_back(std::move(stored));
      });
    }
    if (step.close.has_value()) BenchReplica::Require(*step.close);
  }

  BenchReplica& replica_;
  const ReplicaId peer_;
  const int fd_;
  sync::Session session_;
  std::int64_t ticked_ms_ = 0;
  std::deque<sync::StoredRun> stored_;
  std::deque<ConventionId> changed_;
};

std::uint64_t EventsHeld(BenchReplica& replica, const char* partner) {
  std::uint64_t out = 0;
  for (const auto& convention : replica.replica().Examine(UserCall(), partner).figures) {
    out += convention.events_applied();
  }
  return out;
}

// The receiving process: syncs, then writes what it measured to `report`.
int Receive(const std::string& dir, int fd, std::uint64_t events, const std::string& report) {
  auto replica =
      BenchReplica::Open(dir, Seed('B'), kReceiver, {kReceiver}, {Candidate('A', kSender)});
  ForgetPeak();
  const std::uint64_t before = ResidentBytes();
  const double start = Seconds();
  End end(*replica, ReplicaIdOf(Candidate('A', kSender).key), fd);
  end.Run([&](const End&) { return replica->replica().Counters().events >= events; });
  const double seconds = Seconds() - start;
  std::ofstream(report) << seconds << " " << (PeakResidentBytes() - before) << " "
                        << end.session().progress().bytes_received << "\n";
  return 0;
}

void FirstSync(const std::filesystem::path& root, std::uint64_t events) {
  auto sender = BenchReplica::Open((root / "a").string(), Seed('A'), kSender, {kSender},
                                   {Candidate('B', kReceiver)});
  v1::CreateConventionRequest create;
  std::vector<std::string> indicators;
  for (std::uint64_t i = 0; i * kPeriods < events; ++i) indicators.push_back(absl::StrCat("i-", i));
  *create.mutable_draft() = SmallDraft(indicators);
  const auto created = sender->Do(kSender, create);
  const std::string convention = created.receipt().convention_id();
  Fill(*sender, kSender, convention, indicators, events);
  const std::uint64_t held = EventsHeld(*sender, kSender);
  // Payload: the events as stored.
  std::uint64_t payload = 0;
  const auto conventions = *sender->store().ListConventions();
  const auto feeds = *sender->store().ListFeeds(conventions[0].number);
  for (const FeedRow& feed : feeds) {
    for (std::uint64_t at = 0; at < feed.held;) {
      const auto chunk = *sender->store().ReadEvents(feed.number, at, 512, 1 << 20);
      if (chunk.empty()) BenchReplica::Require(absl::DataLossError("events are missing"));
      for (const std::string& event : chunk) payload += event.size();
      at += chunk.size();
    }
  }

  int fds[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0) std::abort();
  const std::string report = (root / "report").string();
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  const pid_t child = fork();
  if (child == 0) {
    // A process of its own from the start, so that its memory is the receiver's alone.
    close(fds[0]);
    const std::string fd = absl::StrCat(fds[1]);
    const std::string count = absl::StrCat(held);
    const std::string dir = (root / "b").string();
    execl(program.c_str(), program.c_str(), "--receive", dir.c_str(), fd.c_str(), count.c_str(),
          report.c_str(), nullptr);
    _exit(127);
  }
  close(fds[1]);
  End end(*sender, ReplicaIdOf(Candidate('B', kReceiver).key), fds[0]);
  end.Run([](const End&) { return false; });
  int status = 0;
  waitpid(child, &status, 0);
  double seconds = 0;
  std::uint64_t growth = 0;
  std::uint64_t wire = 0;
  std::ifstream(report) >> seconds >> growth >> wire;
  if (status != 0 || wire == 0) BenchReplica::Require(absl::InternalError("the receiver failed"));

  // Instead: copying the same bytes into a file, synced once.
  const double copy = Fastest(3, [&] {
    const std::string path = (root / "copy").string();
    std::FILE* file = std::fopen(path.c_str(), "w");
    const std::string chunk(1 << 20, 'x');
    for (std::uint64_t at = 0; at < payload; at += chunk.size()) {
      std::fwrite(chunk.data(), 1, chunk.size(), file);
    }
    std::fflush(file);
    fdatasync(fileno(file));
    std::fclose(file);
  });
  const auto count = static_cast<double>(held);
  PrintRow(absl::StrCat("first sync of ", held, " events, verified, durable"),
           Rate(count / seconds), absl::StrCat("copying the bytes unverified ", Rate(count / copy)),
           Ratio(copy / seconds), ">= 20,000/s");
  PrintRow("  receiver's memory growth at its peak", Mebibytes(static_cast<double>(growth)), "", "",
           "<= 32 MiB");
  PrintRow("  bytes of frames (TLS apart) / payload bytes", Mebibytes(static_cast<double>(wire)),
           absl::StrCat("payload ", Mebibytes(static_cast<double>(payload))),
           Ratio(static_cast<double>(wire) / static_cast<double>(payload)), "<= 1.25");
}

// Frames handed over in memory until both ends rest; counts bytes each way and half round trips.
struct Meeting {
  std::uint64_t bytes_ab = 0;
  std::uint64_t bytes_ba = 0;
  int half_trips = 0;
  bool in_sync = false;
};

Meeting Meet(BenchReplica& a, BenchReplica& b) {
  Meeting out;
  sync::Session sessions[2] = {
      sync::Session(a.replica().view(), b.key().replica_id()),
      sync::Session(b.replica().view(), a.key().replica_id()),
  };
  BenchReplica* replicas[2] = {&a, &b};
  std::vector<v1::Frame> waiting[2];
  std::uint64_t* bytes[2] = {&out.bytes_ab, &out.bytes_ba};
  std::function<void(int, sync::Step)> take = [&](int side, sync::Step step) {
    for (v1::Frame& frame : step.send) {
      *bytes[side] += frame.ByteSizeLong();
      waiting[1 - side].push_back(std::move(frame));
    }
    std::vector<sync::StoredRun> stored;
    for (sync::IngestRun& run : step.ingest) {
      replicas[side]->replica().SubmitRun(
          sessions[side].peer(), std::move(run),
          [&](sync::StoredRun outcome) { stored.push_back(std::move(outcome)); });
    }
    while (replicas[side]->replica().RunOnce()) {
    }
    for (const sync::StoredRun& outcome : stored) take(side, sessions[side].OnStored(outcome, 0));
  };
  take(0, sessions[0].Start(0));
  take(1, sessions[1].Start(0));
  for (std::int64_t now_ms = 0; !sessions[0].progress().in_sync ||
                                !sessions[1].progress().in_sync || !waiting[0].empty() ||
                                !waiting[1].empty();) {
    if (waiting[0].empty() && waiting[1].empty()) {
      now_ms += 1000;
      if (now_ms > 60'000) break;
      for (int side = 0; side < 2; ++side) take(side, sessions[side].Tick(now_ms));
      continue;
    }
    std::vector<v1::Frame> now[2] = {std::move(waiting[0]), std::move(waiting[1])};
    waiting[0].clear();
    waiting[1].clear();
    ++out.half_trips;
    for (int side = 0; side < 2; ++side) {
      for (const v1::Frame& frame : now[side]) take(side, sessions[side].OnFrame(frame, 0));
    }
  }
  out.in_sync = sessions[0].progress().in_sync && sessions[1].progress().in_sync;
  return out;
}

void NoChange(const std::filesystem::path& root, int conventions) {
  auto a = BenchReplica::Open((root / "c").string(), Seed('A'), kSender, {kSender},
                              {Candidate('B', kReceiver)});
  auto b = BenchReplica::Open((root / "d").string(), Seed('B'), kReceiver, {kReceiver},
                              {Candidate('A', kSender)});
  for (int i = 0; i < conventions; ++i) {
    v1::CreateConventionRequest create;
    *create.mutable_draft() = SmallDraft({"i-1"});
    a->Do(kSender, create);
  }
  const Meeting first = Meet(*a, *b);
  if (!first.in_sync) BenchReplica::Require(absl::InternalError("the first meeting did not end"));
  const Meeting second = Meet(*a, *b);
  PrintRow(absl::StrCat("no-change sync of ", conventions, " conventions"),
           absl::StrCat(second.bytes_ab, " + ", second.bytes_ba, " bytes"),
           absl::StrCat("a list of ids and digests ", 48 * conventions, " bytes"),
           Ratio(static_cast<double>(second.bytes_ab) / (48.0 * conventions)), "<= 1 KiB each way");
  PrintRow("  round trips after TLS", Ratio(second.half_trips / 2.0), "", "", "<= 2");
}

}  // namespace
}  // namespace greffe::bench

int main(int argc, char** argv) {
  if (argc == 6 && std::strcmp(argv[1], "--receive") == 0) {
    return greffe::bench::Receive(argv[2], std::atoi(argv[3]), std::strtoull(argv[4], nullptr, 10),
                                  argv[5]);
  }
  const std::uint64_t events = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100000;
  const int conventions = argc > 2 ? std::atoi(argv[2]) : 1000;
  const std::filesystem::path root =
      std::filesystem::temp_directory_path() / absl::StrCat("greffe-bench-sync-", getpid());
  std::filesystem::create_directories(root);
  greffe::bench::PrintHeader();
  greffe::bench::FirstSync(root, events);
  greffe::bench::NoChange(root, conventions);
  std::filesystem::remove_all(root);
  return 0;
}
