#ifndef GREFFE_SERVER_MAIN_INIT_HOME_H_
#define GREFFE_SERVER_MAIN_INIT_HOME_H_

#include <string>

#include "absl/status/statusor.h"
#include "core/base/ids.h"
#include "greffe/v1/sync.pb.h"

namespace greffe {

struct InitOptions {
  std::string home;
  // The first partner that the replica acts for.
  v1::PartnerCard partner;
  // Login of the first user.
  std::string user = "admin";
  std::string listen = "127.0.0.1:7443";
};

// Makes a replica: folder, key, certificate, configuration, store, first partner, first user with
// its token in DIR/admin.token. Everything given is checked before anything is made, and what was
// made is taken away when it cannot be finished. Returns the replica's fingerprint.
absl::StatusOr<ReplicaId> InitHome(const InitOptions& options);

}  // namespace greffe

#endif  // GREFFE_SERVER_MAIN_INIT_HOME_H_
