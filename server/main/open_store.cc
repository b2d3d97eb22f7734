#include "server/main/open_store.h"

#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "storage/way_out.h"

namespace greffe {
namespace {

// A store that is not what it was, as against one that cannot be had at present: no room, no right,
// another process. Of what nobody foresaw the worse is said.
bool IsLost(const Refusal& cause) {
  return cause.code == absl::StatusCode::kDataLoss || cause.code == absl::StatusCode::kNotFound ||
         cause.next_fr.empty();
}

// The step that removes this cause. A backup helps against damage alone; the process has ended, so
// that nothing goes on by itself.
void FillNext(const Refusal& cause, StoreUser user, Refusal* out) {
  if (cause.rule == "disk-full") {
    out->next_fr =
        absl::StrCat("Libérez au moins ", kRoomMib, " Mio, puis relancez la même commande.");
    out->next_en =
        absl::StrCat("Make room of at least ", kRoomMib, " MiB, then run the same command again.");
  } else if (IsLost(cause)) {
    const bool checked = user == StoreUser::kCheck;
    out->next_fr = absl::StrCat(checked ? "" : "Constat : greffed check. ", kRestoreFr);
    out->next_en = absl::StrCat(checked ? "" : "Report: greffed check. ", kRestoreEn);
  } else {
    out->next_fr = cause.next_fr;
    out->next_en = cause.next_en;
  }
}

}  // namespace

absl::Status CheckStoreFolder(const HomePaths& paths) {
  // RocksDB takes a folder that may not be entered for one that is not there.
  if (::access(paths.store().c_str(), R_OK | X_OK) == 0 || errno != EACCES) return absl::OkStatus();
  return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                   .rule = "store-permission",
                   .field = paths.store(),
                   .fr = kDeniedFr,
                   .en = kDeniedEn,
                   .next_fr = kDeniedNextFr,
                   .next_en = kDeniedNextEn});
}

absl::StatusOr<std::unique_ptr<RocksEventStore>> OpenHomeStore(const HomePaths& paths) {
  absl::Status why = CheckStoreFolder(paths);
  if (why.ok()) {
    auto store = RocksEventStore::Open({.path = paths.store(), .create_if_missing = false});
    if (store.ok()) return store;
    why = store.status();
  }
  return StoreNotOpened(paths, why, StoreUser::kRun);
}

absl::Status StoreNotOpened(const HomePaths& paths, const absl::Status& why, StoreUser user) {
  const Refusal cause = RefusalOf(why);
  Refusal refusal{
      .code = absl::StatusCode::kDataLoss,
      .rule = "store-open",
      .field = paths.store(),
      .fr = absl::StrCat("Le magasin ", paths.store(), " ne s'ouvre pas : ", cause.fr, "."),
      .en = absl::StrCat("The store ", paths.store(), " does not open: ", cause.en, ".")};
  FillNext(cause, user, &refusal);
  return ToStatus(refusal);
}

}  // namespace greffe
