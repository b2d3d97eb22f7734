#include "server/main/open_store.h"

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"

namespace greffe {

absl::StatusOr<std::unique_ptr<RocksEventStore>> OpenHomeStore(const HomePaths& paths) {
  auto store = RocksEventStore::Open({.path = paths.store(), .create_if_missing = false});
  if (store.ok()) return store;
  const Refusal cause = RefusalOf(store.status());
  return ToStatus(
      {.code = absl::StatusCode::kDataLoss,
       .rule = "store-open",
       .field = paths.store(),
       .fr = absl::StrCat("Le magasin ", paths.store(), " ne s'ouvre pas : ", cause.fr),
       .en = absl::StrCat("The store ", paths.store(), " does not open: ", cause.en),
       .next_fr = absl::StrCat(
           cause.next_fr, cause.next_fr.empty() ? "" : "\n",
           "N'effacez rien. Gardez une copie du dossier, puis remettez la dernière sauvegarde "
           "entière ; ce qui manque revient des pairs à la prochaine synchronisation."),
       .next_en = absl::StrCat(
           cause.next_en, cause.next_en.empty() ? "" : "\n",
           "Delete nothing. Keep a copy of the folder, then put the latest whole backup in its "
           "place; what is missing comes back from peers at the next sync.")});
}

}  // namespace greffe
