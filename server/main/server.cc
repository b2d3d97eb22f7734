#include "server/main/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/main/listen_address.h"
#include "server/main/open_store.h"
#include "server/main/port_limits.h"
#include "server/main/tls.h"
#include "server/ops/file_limit.h"
#include "server/ops/host_port.h"
#include "server/ops/random.h"
#include "server/ops/system_clock.h"
#include "server/peers/manager.h"
#include "server/rpc/services.h"
#include "server/rpc/undecodable.h"

namespace greffe {
namespace {

// Peers ping every 20 s; anything denser than this is turned away.
constexpr int kPingMsMin = 5'000;
constexpr int kHandshakeMs = 10'000;
constexpr int kKeepaliveMs = 20'000;
constexpr int kKeepaliveTimeoutMs = 10'000;
constexpr auto kShutdownGrace = std::chrono::seconds(2);
// Said to be not serving, to health checks that ask by name, while nothing can be written; the
// server as a whole serves reads.
constexpr const char* kWritingServices[] = {"greffe.v1.ActService", "greffe.v1.FollowUpService",
                                            "greffe.v1.LifeService"};

std::string CodeName(const absl::Status& status) { return absl::StatusCodeToString(status.code()); }

absl::Status CannotListen(absl::string_view address) {
  return ToStatus(
      {.code = absl::StatusCode::kUnavailable,
       .rule = "listen",
       .field = "listen",
       .fr = absl::StrCat("Impossible d'écouter à l'adresse ", address,
                          " : elle est prise, ou n'est pas de cette machine."),
       .en =
           absl::StrCat("Cannot listen at ", address, ": it is taken, or is not of this machine."),
       .next_fr = "Donnez-en une autre : --listen HÔTE:PORT (port 0 pour un port libre).",
       .next_en = "Give another: --listen HOST:PORT (port 0 for a free one)."});
}

// gRPC unpacks a message whole before it looks at the size: one of 1 MB would take more than 1 GB,
// which no quota counts. Nobody of ours compresses, so that nothing is lost.
void RefuseCompressed(grpc::ServerBuilder* builder) {
  builder->AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  builder->SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  builder->SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
}

}  // namespace

// In the order in which they are made; Stop() ends them the other way round.
struct Server::Rooms {
  explicit Rooms(const Options& options) : paths(options.home), options(options) {}

  absl::Status Open();
  absl::Status Serve();
  // In a home of an earlier version, which did not say whose it is or named one that nobody
  // administers.
  void NameOwnPartner();
  void Stop();
  absl::Status Write(std::vector<RecordRow> rows);
  // In the sequencer's thread; of signing held and resumed, in that of who does it.
  void OnNotice(absl::string_view event, absl::string_view key, absl::string_view value);
  void SayHealth() ABSL_EXCLUSIVE_LOCKS_REQUIRED(health_mutex);
  // What is kept in memory of the replica's own tables, read anew.
  void ReadTables();
  // Empty before the port is bound.
  std::string Address() const;

  const HomePaths paths;
  const Options options;
  std::unique_ptr<HomeLock> lock;
  std::unique_ptr<SystemClock> clock;
  std::unique_ptr<Logger> log;
  std::unique_ptr<RareLog> rare;
  v1::ServerConfig config;
  Identity identity;
  Metrics metrics;
  std::unique_ptr<RocksEventStore> store;
  std::unique_ptr<Users> users;
  std::unique_ptr<Partners> partners;
  std::unique_ptr<PeerTable> peers;
  std::unique_ptr<Replica> replica;
  StreamGate streams{{.all = port_limits::kStreams,
                      .of_partner = port_limits::kStreamsPerPartner,
                      .of_user = port_limits::kStreamsPerUser}};
  std::unique_ptr<PeerManager> manager;
  // After the manager and the replica, so that work under way ends before they go.
  std::unique_ptr<WorkerPool> reads;
  std::unique_ptr<WorkerPool> slow;
  std::unique_ptr<WorkerPool> sessions;
  std::unique_ptr<RpcRooms> rpc;
  std::vector<std::unique_ptr<grpc::Service>> services;
  // Known once the port is bound, when calls may already be under way.
  mutable absl::Mutex address_mutex;
  std::string address ABSL_GUARDED_BY(address_mutex);
  std::unique_ptr<grpc::Server> server;
  // The server's while it serves.
  absl::Mutex health_mutex;
  grpc::HealthCheckServiceInterface* health ABSL_GUARDED_BY(health_mutex) = nullptr;
};

absl::Status Server::Rooms::Write(std::vector<RecordRow> rows) {
  absl::Status result;
  absl::Notification written;
  replica->SubmitRecords(std::move(rows), [&result, &written](absl::Status status) {
    result = std::move(status);
    written.Notify();
  });
  written.WaitForNotification();
  return result;
}

void Server::Rooms::OnNotice(absl::string_view event, absl::string_view key,
                             absl::string_view value) {
  // What comes as often as a peer likes.
  if (event == "run-refused" || event == "run-not-stored") {
    return rare->Warn(std::string(event), {key, value});
  }
  const bool reopened = event == "store-reopened";
  const bool good = reopened || event == "convention-repaired" || event == "signing-resumed";
  log->Log(good ? LogLevel::kInfo : LogLevel::kError, event, {{key, value}});
  absl::MutexLock lock(&health_mutex);
  if (health == nullptr) return;
  SayHealth();
  if (reopened) slow->Put([this] { ReadTables(); });
  // Peers compare it in a new session, and give what is missing of it.
  if (event == "convention-read-only") slow->Put([this] { manager->OnDamage(); });
  if (event == "signing-stopped") slow->Put([this] { manager->OnSigningStopped(); });
}

void Server::Rooms::SayHealth() {
  const bool writable = replica->Writable().ok();
  for (const char* service : kWritingServices) health->SetServingStatus(service, writable);
}

void Server::Rooms::ReadTables() {
  for (const absl::Status& read : {users->Reload(), partners->Reload(), peers->Reload()}) {
    if (!read.ok()) log->Log(LogLevel::kError, "table-not-read", {{"code", CodeName(read)}});
  }
  // What was refused for want of a disk is offered again in a new session.
  manager->OnStoreReopened();
}

std::string Server::Rooms::Address() const {
  absl::MutexLock lock(&address_mutex);
  return address;
}

absl::Status Server::Rooms::Open() {
  RETURN_IF_ERROR(CheckSocketPath(paths.socket()));
  ASSIGN_OR_RETURN(config, LoadConfig(paths));
  RETURN_IF_ERROR(CheckListenAddress(options.listen.empty() ? config.listen() : options.listen));
  ASSIGN_OR_RETURN(lock, HomeLock::Take(paths));
  ASSIGN_OR_RETURN(clock, SystemClock::Create());
  log = std::make_unique<Logger>(*clock, options.log_level);
  rare = std::make_unique<RareLog>(*log, *clock);
  ASSIGN_OR_RETURN(identity, LoadIdentity(paths));
  ASSIGN_OR_RETURN(store, OpenHomeStore(paths));

  const RecordWriter writer = [this](std::vector<RecordRow> rows) {
    return Write(std::move(rows));
  };
  ASSIGN_OR_RETURN(users, Users::Open(*store, writer));
  ASSIGN_OR_RETURN(partners, Partners::Open(*store, writer));
  ASSIGN_OR_RETURN(peers, PeerTable::Open(*store, writer));
  ASSIGN_OR_RETURN(
      replica,
      Replica::Open({.store = store.get(),
                     .key = identity.key.get(),
                     .clock = clock.get(),
                     .random = SecureRandomBytes,
                     .name = config.name(),
                     .own_partners = [this] { return partners->List(); },
                     .peers = [this] { return peers->Candidates(); },
                     .stopped_peers = [this] { return peers->Stopped(); },
                     .former_peers = [this] { return peers->Former(); },
                     .notice = [this](absl::string_view event, absl::string_view key,
                                      absl::string_view value) { OnNotice(event, key, value); }}));
  std::error_code error;
  // One that cannot be looked for may be there.
  if (std::filesystem::exists(paths.from_backup(), error) || error) replica->HoldSigning(true);
  reads = std::make_unique<WorkerPool>(WorkerPool::Options{.threads = 2, .queue_max = 4096});
  slow = std::make_unique<WorkerPool>(WorkerPool::Options{.threads = 4, .queue_max = 256});
  sessions = std::make_unique<WorkerPool>(WorkerPool::Options{.threads = 2, .queue_max = 4096});
  manager = std::make_unique<PeerManager>(PeerManager::Options{.replica = replica.get(),
                                                               .table = peers.get(),
                                                               .identity = &identity,
                                                               .clock = clock.get(),
                                                               .log = log.get(),
                                                               .pool = sessions.get(),
                                                               .slow = slow.get()});
  rpc = std::make_unique<RpcRooms>(RpcRooms{.replica = *replica,
                                            .store = *store,
                                            .clock = *clock,
                                            .identity = identity,
                                            .users = *users,
                                            .partners = *partners,
                                            .peers = *peers,
                                            .manager = *manager,
                                            .metrics = metrics,
                                            .log = *log,
                                            .rare = *rare,
                                            .reads = *reads,
                                            .slow = *slow,
                                            .streams = streams,
                                            .address = [this] { return Address(); },
                                            .started_at = clock->Now(),
                                            .paths = paths});
  return absl::OkStatus();
}

void Server::Rooms::NameOwnPartner() {
  const std::string own =
      OwnPartner(partners->Own(), partners->List(), users->List(), config.name());
  if (own == partners->Own()) return;
  const absl::Status kept = partners->KeepOwn(own);
  log->Log(kept.ok() ? LogLevel::kInfo : LogLevel::kWarning, "own-partner-named",
           {{"partner", partners->Own()}, {"code", CodeName(kept)}});
}

absl::Status Server::Rooms::Serve() {
  const std::string listen = options.listen.empty() ? config.listen() : options.listen;
  // Open() has checked it.
  const std::string host = ParseHostPort(listen).value_or(HostPort()).host;
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(port_limits::kRequestBytes);
  RefuseCompressed(&builder);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, port_limits::kStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, port_limits::kMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // Who connects and says nothing holds a descriptor no longer than this.
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kPingMsMin);
  grpc::ResourceQuota quota("greffed");
  quota.Resize(port_limits::kCallBytes);
  builder.SetResourceQuota(quota);
  int port = 0;
  builder.AddListeningPort(listen, MakeServerCredentials(identity), &port);
  builder.AddListeningPort("unix:" + paths.socket(), grpc::InsecureServerCredentials());
  AnswerUndecodable(*rpc, &builder);
  services = MakeServices(*rpc);
  for (const auto& service : services) builder.RegisterService(service.get());

  replica->Start();
  NameOwnPartner();
  server = builder.BuildAndStart();
  if (server == nullptr || port == 0) return CannotListen(listen);
  {
    absl::MutexLock lock(&health_mutex);
    health = server->GetHealthCheckService();
    SayHealth();
  }
  ::chmod(paths.socket().c_str(), 0600);
  {
    absl::MutexLock lock(&address_mutex);
    address = absl::StrCat(host, ":", port);
  }
  manager->Start();
  log->Log(LogLevel::kInfo, "serving",
           {{"replica", replica->id().ToHex()}, {"address", Address()}});
  return absl::OkStatus();
}

void Server::Rooms::Stop() {
  {
    absl::MutexLock lock(&health_mutex);
    health = nullptr;
  }
  if (server != nullptr) server->GetHealthCheckService()->SetServingStatus(false);
  if (manager != nullptr) manager->Stop();
  // A watch has no end of its own: without this each stop would last the whole grace.
  streams.Close();
  if (server != nullptr) {
    server->Shutdown(std::chrono::system_clock::now() + kShutdownGrace);
    streams.WaitUntilEmpty();
    server.reset();
    log->Log(LogLevel::kInfo, "stopped");
  }
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const Options& options) {
  AllowOnlyTls13();
  const std::uint64_t open_files = RaiseOpenFiles();
  // Whatever this process makes is its owner's alone, from the first moment on.
  ::umask(077);
  auto rooms = std::make_unique<Rooms>(options);
  absl::Status status = rooms->Open();
  if (status.ok() && open_files < kOpenFilesWanted) {
    // Enough of them that nobody closes end the port: who runs it is told, it works until then.
    rooms->log->Log(LogLevel::kWarning, "few-open-files", {{"limit", open_files}});
  }
  if (status.ok()) status = rooms->Serve();
  if (!status.ok()) {
    rooms->Stop();
    return status;
  }
  return std::unique_ptr<Server>(new Server(std::move(rooms)));
}

Server::Server(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}

Server::~Server() { rooms_->Stop(); }

std::string Server::address() const { return rooms_->Address(); }

}  // namespace greffe
