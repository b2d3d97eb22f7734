#ifndef GREFFE_SERVER_IDENTITY_HOME_COPY_H_
#define GREFFE_SERVER_IDENTITY_HOME_COPY_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/identity/home.h"
#include "storage/event_store.h"

namespace greffe {

struct HomeCopy {
  // The folder made, absolute, without symbolic links above it.
  std::string path;
  // Of all its files.
  std::uint64_t bytes = 0;
  StoreCopy store;
};

// Copies the home of a replica that runs: key, certificate, configuration, the first
// administrator's token where it is there, and the store, in which users, partners and peers are.
// A mark, HomePaths::from_backup, says what it is. Not the lock and the socket, which are the
// running process's own.
//
// `to`: a path that names nothing yet, in a folder that is there. It is made beside that path, mode
// 0700, its secrets 0600, and put there once it is whole and on disk; where it fails nothing of it
// stays. `go_on` is asked often; false ends with CANCELLED.
//
// Refusals, of the field `to` but where the home itself is at fault: INVALID_ARGUMENT (rules
// "backup-path": not an absolute path; "backup-inside-home"); FAILED_PRECONDITION (rule
// "backup-exists"); RESOURCE_EXHAUSTED (rule "disk-full"); UNAVAILABLE (rule "file" and those of
// EventStore::CopyTo); as LoadIdentity and LoadConfig.
absl::StatusOr<HomeCopy> CopyHome(const HomePaths& home, const EventStore& store,
                                  const std::string& to, const std::function<bool()>& go_on);

// Takes away what marks a home as a backup; OK where it is none. UNAVAILABLE (rule "file").
absl::Status RemoveBackupMark(const HomePaths& home);

}  // namespace greffe

#endif  // GREFFE_SERVER_IDENTITY_HOME_COPY_H_
