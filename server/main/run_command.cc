#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "absl/synchronization/mutex.h"
#include "server/main/commands.h"
#include "server/main/exit_code.h"
#include "server/main/listen_address.h"
#include "server/main/server.h"

namespace greffe {
namespace {

int Run(const Server::Options& options, Language language) {
  if (!options.listen.empty()) {
    const absl::Status listen = CheckListenAddress(options.listen);
    if (!listen.ok()) {
      EndWith(listen, language);
      return kExitUsage;
    }
  }
  // Blocked before any thread exists, so that every thread leaves them to the wait below.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  // Abseil looks for deadlocks at each lock unless told not to: a few percent of a command.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  // gRPC writes a line of its own form for each failed handshake; what matters is in our log.
  ::setenv("GRPC_VERBOSITY", "NONE", /*replace=*/0);

  absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(options);
  if (!server.ok()) return EndWith(server.status(), language);
  std::printf("ready %s\n", (*server)->address().c_str());
  std::fflush(stdout);
  int received = 0;
  sigwait(&stop, &received);
  server->reset();
  // All that is ours is closed and on disk. Threads of gRPC and RocksDB are still there, and what
  // the libraries destroy at exit they may still use: one was seen to spin in the allocator for
  // good, with exit() waiting for it.
  std::fflush(nullptr);
  std::_Exit(kExitDone);
}

}  // namespace

void AddRunCommand(CLI::App& app, Language language, Chosen& chosen) {
  const auto say = [language](const char* fr, const char* en) { return Say(language, fr, en); };
  // Shared with the callback, which runs after this returned.
  auto options = std::make_shared<Server::Options>();
  auto debug = std::make_shared<bool>(false);
  CLI::App* run = app.add_subcommand(
      "run", say("Sert une réplique au premier plan jusqu'à SIGTERM. Imprime « ready HÔTE:PORT » "
                 "quand elle sert.",
                 "Serves a replica in the foreground until SIGTERM. Prints \"ready HOST:PORT\" "
                 "when it serves."));
  run->add_option("--home", options->home, say("Dossier de la réplique", "Folder of the replica"))
      ->required()
      ->type_name("DIR");
  run->add_option("--listen", options->listen,
                  say("Adresse d'écoute, à la place de celle de greffed.json ; port 0 : un port "
                      "libre",
                      "Address to listen at, in place of the one in greffed.json; port 0: a free "
                      "port"))
      ->type_name("HOST:PORT");
  run->add_flag("--debug", *debug, say("Journal plus détaillé", "More detailed log"));
  run->footer(
      say("Le journal va sur la sortie d'erreur, sans donnée personnelle. En local, "
          "greffe --home DOSSIER passe par DOSSIER/greffe.sock.",
          "The log goes to stderr, without personal data. Locally, greffe --home DIR uses "
          "DIR/greffe.sock."));
  run->callback([options, debug, language, &chosen] {
    if (*debug) options->log_level = LogLevel::kDebug;
    chosen = [options, language] { return Run(*options, language); };
  });
}

}  // namespace greffe
