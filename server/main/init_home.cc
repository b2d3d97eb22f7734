#include "server/main/init_home.h"

#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/identity/home.h"
#include "server/identity/partners.h"
#include "server/identity/users.h"
#include "server/main/listen_address.h"
#include "server/ops/random.h"
#include "server/ops/system_clock.h"
#include "storage/rocks_event_store.h"
#include "storage/way_out.h"

namespace greffe {

namespace {

// Everything below a folder that this process has made a home, its lock held: nobody else's work.
absl::StatusOr<ReplicaId> FillHome(const HomePaths& paths, const InitOptions& options,
                                   const v1::PartnerCard& card, const v1::UserView& user,
                                   Instant now) {
  ASSIGN_OR_RETURN(const Identity identity, MakeIdentity(paths, SecureRandomBytes(32)));
  v1::ServerConfig config;
  config.set_name(card.name());
  config.set_listen(options.listen);
  RETURN_IF_ERROR(SaveConfig(paths, config));
  ASSIGN_OR_RETURN(const std::unique_ptr<RocksEventStore> store,
                   RocksEventStore::Open({.path = paths.store()}));
  const RecordWriter writer = [&store](std::vector<RecordRow> rows) {
    return store->Commit({.records = std::move(rows)});
  };
  ASSIGN_OR_RETURN(const std::unique_ptr<Partners> partners, Partners::Open(*store, writer));
  RETURN_IF_ERROR(partners->Add(card).status());
  ASSIGN_OR_RETURN(const std::unique_ptr<Users> users, Users::Open(*store, writer));
  ASSIGN_OR_RETURN(const NewUser added, users->Add(user, now));
  RETURN_IF_ERROR(WritePrivateFile(paths.admin_token(), added.token + "\n"));
  return identity.key->replica_id();
}

// What stopped an init half way, once all that it made is gone. What to do is init's own: a store
// that fails later is given its backup back, a new one has none.
absl::Status NothingMade(const HomePaths& paths, const absl::Status& cause) {
  Refusal refusal = RefusalOf(cause);
  refusal.fr =
      absl::StrCat("Réplique non créée, rien n'est resté dans ", paths.home, " : ", refusal.fr);
  refusal.en = absl::StrCat("Replica not made, nothing is left in ", paths.home, ": ", refusal.en);
  if (refusal.rule == "disk-full") {
    refusal.next_fr = "Libérez de la place sur ce disque, puis relancez la même commande.";
    refusal.next_en = "Make room on this disk, then run the same command again.";
  } else if (refusal.rule != "file" || refusal.next_fr == kDeniedNextFr) {
    refusal.next_fr =
        "Vérifiez que ce compte peut écrire dans ce dossier et que le disque répond, puis relancez "
        "la même commande.";
    refusal.next_en =
        "Check that this account can write in this folder and that the disk answers, then run the "
        "same command again.";
  }
  return ToStatus(refusal);
}

}  // namespace

absl::StatusOr<ReplicaId> InitHome(const InitOptions& options) {
  const HomePaths paths(options.home);
  RETURN_IF_ERROR(CheckSocketPath(paths.socket()));
  RETURN_IF_ERROR(CheckListenAddress(options.listen));
  ASSIGN_OR_RETURN(const v1::PartnerCard card, EnteredPartnerCard(options.partner, "partner"));
  v1::UserView user;
  user.set_user(options.user);
  user.set_partner_id(card.partner_id());
  for (const v1::Role role : FirstUserRoles()) user.add_roles(role);
  RETURN_IF_ERROR(CheckUser(user));
  ASSIGN_OR_RETURN(const std::unique_ptr<SystemClock> clock, SystemClock::Create());

  ::umask(077);
  std::error_code error;
  const bool new_folder = !std::filesystem::exists(paths.home, error);
  RETURN_IF_ERROR(MakeHome(paths));
  // Two inits at once: the second one finds the lock or what the first one made, and takes nothing
  // away.
  const absl::StatusOr<std::unique_ptr<HomeLock>> lock = HomeLock::TakeNew(paths);
  if (!lock.ok()) {
    // Another's refusal says what is there; here nothing could be written.
    if (RefusalOf(lock.status()).rule != "file") return lock.status();
    if (new_folder) std::filesystem::remove(paths.home, error);
    return NothingMade(paths, lock.status());
  }
  absl::StatusOr<ReplicaId> made = FillHome(paths, options, card, user, clock->Now());
  if (made.ok()) return made;
  for (const std::string& path :
       {paths.admin_token(), paths.config(), paths.certificate(), paths.key()}) {
    std::filesystem::remove(path, error);
  }
  std::filesystem::remove_all(paths.store(), error);
  // Last: from here on another init may begin.
  std::filesystem::remove(paths.lock(), error);
  // Another's folder stays, as does one that holds something else.
  if (new_folder) std::filesystem::remove(paths.home, error);
  return NothingMade(paths, made.status());
}

}  // namespace greffe
