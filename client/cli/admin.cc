#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/table.h"
#include "core/base/shell_word.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

void PrintStatus(Context& context, const v1::GetAdminStatusResponse& status) {
  const Lang lang = context.lang();
  Facts facts;
  facts.Add(context.T({"Réplique", "Replica"}), status.name());
  facts.Add(context.T({"Empreinte", "Fingerprint"}), status.replica_id());
  facts.Add(context.T({"Adresse", "Address"}), status.address());
  facts.Add(context.T({"Version", "Version"}), status.version());
  if (status.has_started_at()) {
    facts.Add(context.T({"En marche depuis", "Running since"}),
              LongInstant(lang, status.started_at()));
  }
  facts.Add(context.T({"Agit pour", "Acts for"}), absl::StrJoin(status.partner_ids(), ", "));
  // Figures of the machine are for users of the partner whose it is.
  if (status.memory_bytes() > 0) {
    facts.Add(context.T({"Sur le disque", "On disk"}), Bytes(lang, status.disk_bytes()));
    facts.Add(context.T({"En mémoire", "In memory"}), Bytes(lang, status.memory_bytes()));
    facts.Add(context.T({"Envoyé aux pairs", "Sent to peers"}),
              Bytes(lang, status.sync_bytes_sent()));
    facts.Add(context.T({"Reçu des pairs", "Received from peers"}),
              Bytes(lang, status.sync_bytes_received()));
  }
  facts.Print(context.out(), context.width());
  if (status.conventions().empty()) return;
  context.out() << '\n';
  Table table({{"Convention"},
               {context.T({"Événements", "Events"}), Fit::kKeep, true},
               {context.T({"Appliqués", "Applied"}), Fit::kKeep, true},
               {context.T({"Journaux", "Feeds"}), Fit::kKeep, true},
               {context.T({"Empreinte de l'état", "State digest"})},
               {"", Fit::kWrap}});
  for (const auto& convention : status.conventions()) {
    table.AddRow({ShortHash(convention.convention_id()), Count(lang, convention.events_held()),
                  Count(lang, convention.events_applied()), absl::StrCat(convention.feeds_size()),
                  ShortHash(convention.state_digest()),
                  convention.read_only() ? context.T({"en lecture seule : preuve en échec",
                                                      "read-only: it fails its proof"})
                                         : ""});
  }
  table.Print(context.out(), context.width());
}

CommandResult Status(Context& context) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetAdminStatusResponse status, client->GetAdminStatus({}));
  context.Show(status, [&] { PrintStatus(context, status); });
  return kDone;
}

CommandResult Metrics(Context& context) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetMetricsResponse metrics, client->GetMetrics({}));
  // For programs, and so never fitted to a terminal.
  context.out() << (context.globals.json ? ToJson(metrics) : metrics.text());
  return kDone;
}

CommandResult WhoAmI(Context& context) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::WhoAmIResponse who, client->WhoAmI({}));
  context.Show(who, [&] {
    Facts facts;
    facts.Add(context.T({"Utilisateur", "User"}), who.user().user());
    facts.Add(context.T({"Partenaire", "Partner"}), who.user().partner_id());
    facts.Add(context.T({"Fonction", "Office"}), who.user().office());
    facts.Add(context.T({"Rôles", "Roles"}),
              absl::StrJoin(who.user().roles(), ", ", [](std::string* out, int role) {
                absl::StrAppend(out, RoleWord(static_cast<v1::Role>(role)));
              }));
    facts.Add(context.T({"Réplique", "Replica"}), who.context().replica());
    facts.Print(context.out(), context.width());
  });
  return kDone;
}

CommandResult Backup(Context& context, const std::string& to) {
  v1::MakeBackupRequest request;
  request.set_to(to);
  ASSIGN_OR_RETURN(Client* const client, context.Connect(Work::kLong));
  if (context.shows_progress()) {
    context.Note(context.T({"Copie en cours ; la réplique continue de servir…",
                            "Copying; the replica goes on serving…"}));
  }
  ASSIGN_OR_RETURN(const v1::MakeBackupResponse made, client->MakeBackup(request));
  context.Show(made, [&] {
    const Lang lang = context.lang();
    Facts facts;
    facts.Add(context.T({"Sauvegarde", "Backup"}), made.path());
    facts.Add(context.T({"Conventions", "Conventions"}), Count(lang, made.conventions()));
    facts.Add(context.T({"Événements", "Events"}), Count(lang, made.events()));
    facts.Add(context.T({"Sur le disque", "On disk"}), Bytes(lang, made.bytes()));
    facts.Add(context.T({"Commencée", "Begun"}), LongInstant(lang, made.taken_at()));
    facts.Print(context.out(), context.width());
    constexpr Message kKeep = {
        "Ce dossier contient la clé de la réplique et les jetons : gardez-le comme elle.\n"
        "À vérifier : greffed check --home $0",
        "This folder holds the replica's key and tokens: keep it as you keep the replica.\n"
        "To verify: greffed check --home $0"};
    context.Note(context.F(kKeep, ShellWord(made.path())));
  });
  return kDone;
}

}  // namespace

void AddAdminCommands(CommandLine& line) {
  line.Add("admin", group::kAdmin, "status", {"La réplique en chiffres", "The replica in figures"})
      .Run([](Context& context) { return Status(context); });
  line.Add("admin", group::kAdmin, "metrics",
           {"Mesures au format de Prometheus", "Figures in the Prometheus format"})
      .Run([](Context& context) { return Metrics(context); });
  line.Add("admin", group::kAdmin, "whoami", {"À qui est le jeton", "Whose token this is"})
      .Run([](Context& context) { return WhoAmI(context); });
  auto to = std::make_shared<std::string>();
  line.Add("admin", group::kAdmin, "backup",
           {"Copie toute la réplique, en marche, dans un dossier neuf",
            "Copies the whole replica, while it runs, into a new folder"})
      .RequiredOption("--to", "DIR", to.get(),
                      {"Dossier à créer : chemin absolu, sur la machine de greffed",
                       "Folder to make: an absolute path, on the machine of greffed"})
      .Examples({
          "  greffe admin backup --to /mnt/sauvegardes/greffe-2026-11-23\n"
          "\n"
          "Le dossier contient tout ce qu'il faut pour remettre la réplique : sa clé,\n"
          "son certificat, sa configuration, le jeton du premier administrateur et le\n"
          "magasin (conventions, pièces, utilisateurs, pairs). Gardez-le aussi bien\n"
          "qu'elle : qui a la clé signe à sa place. Il ne doit pas exister, et y est\n"
          "entier ou pas du tout. Vérifiez-le : greffed check --home DOSSIER.\n"
          "Au-delà de 10 minutes : --timeout. Remise en place : docs/OPERATIONS.md.",
          "  greffe admin backup --to /mnt/backups/greffe-2026-11-23\n"
          "\n"
          "The folder holds all that it takes to restore the replica: its key,\n"
          "certificate and configuration, the token of the first administrator, and\n"
          "the store (conventions, attachments, users, peers). Keep it as well as the\n"
          "replica: who has the key signs in its place. It must not exist, and is there\n"
          "whole or not at all. Verify it: greffed check --home DIR.\n"
          "Beyond 10 minutes: --timeout. Restoring: docs/OPERATIONS.md.",
      })
      .Run([to](Context& context) { return Backup(context, *to); });
}

}  // namespace greffe::cli
