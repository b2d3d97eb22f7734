#include "server/main/init_home.h"

#include <sys/stat.h>

#include <memory>
#include <utility>
#include <vector>

#include "core/base/status_macros.h"
#include "server/identity/home.h"
#include "server/identity/partners.h"
#include "server/identity/users.h"
#include "server/ops/random.h"
#include "server/ops/system_clock.h"
#include "storage/rocks_event_store.h"

namespace greffe {

absl::StatusOr<ReplicaId> InitHome(const InitOptions& options) {
  const HomePaths paths(options.home);
  RETURN_IF_ERROR(CheckSocketPath(paths.socket()));
  ASSIGN_OR_RETURN(const v1::PartnerCard card, NormalisePartnerCard(options.partner, "partner"));
  v1::UserView user;
  user.set_user(options.user);
  user.set_partner_id(card.partner_id());
  for (const v1::Role role : FirstUserRoles()) user.add_roles(role);
  RETURN_IF_ERROR(CheckUser(user));
  ASSIGN_OR_RETURN(const std::unique_ptr<SystemClock> clock, SystemClock::Create());

  ::umask(077);
  RETURN_IF_ERROR(MakeHome(paths));
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
  ASSIGN_OR_RETURN(const NewUser added, users->Add(user, clock->Now()));
  RETURN_IF_ERROR(WritePrivateFile(paths.admin_token(), added.token + "\n"));
  return identity.key->replica_id();
}

}  // namespace greffe
