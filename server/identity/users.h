#ifndef GREFFE_SERVER_IDENTITY_USERS_H_
#define GREFFE_SERVER_IDENTITY_USERS_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "greffe/v1/record.pb.h"
#include "server/identity/records.h"

namespace greffe {

// A user just made: the token is shown once and kept nowhere.
struct NewUser {
  v1::UserView view;
  std::string token;
};

// The users of this replica and the hashes of their tokens. Thread safe; changes block until they
// are on disk.
class Users final {
 public:
  static absl::StatusOr<std::unique_ptr<Users>> Open(const EventStore& store, RecordWriter writer);

  // The user of a token. UNAUTHENTICATED (rule "token") for one that is unknown or removed.
  absl::StatusOr<v1::UserView> Authenticate(absl::string_view token) const;
  // All users, by login.
  std::vector<v1::UserView> List() const;
  // Adds a user with a new token; `wanted.added_at` is ignored. INVALID_ARGUMENT naming the field,
  // ALREADY_EXISTS (rule "user-login") for a login in use.
  absl::StatusOr<NewUser> Add(const v1::UserView& wanted, Instant now);
  // Gives a user these roles instead, and this office where there is one; the token stays and means
  // them at once. As Add, and NOT_FOUND; FAILED_PRECONDITION (rule "last-admin") where the last
  // administrator of the replica's own partner would be none any more.
  absl::StatusOr<v1::UserView> SetRoles(absl::string_view login, const std::vector<v1::Role>& roles,
                                        const std::optional<std::string>& office,
                                        absl::string_view own_partner);
  // NOT_FOUND; FAILED_PRECONDITION (rule "last-admin") for the last administrator of the replica's
  // own partner, who alone may administer it. Anybody else may go, whoever is left.
  absl::Status Remove(absl::string_view login, absl::string_view own_partner);

  // Reads the table again: a change that failed may have reached the disk all the same. As Open.
  absl::Status Reload();

 private:
  Users(const EventStore& store, RecordWriter writer, std::map<std::string, v1::UserRecord> users);
  std::map<std::string, v1::UserRecord> Copy() const ABSL_LOCKS_EXCLUDED(mu_);
  void Publish(std::map<std::string, v1::UserRecord> users) ABSL_LOCKS_EXCLUDED(mu_);

  const EventStore& store_;
  const RecordWriter writer_;
  // Held through a change and its write; readers go on meanwhile.
  absl::Mutex change_mu_ ABSL_ACQUIRED_BEFORE(mu_);
  mutable absl::Mutex mu_;
  std::map<std::string, v1::UserRecord> users_ ABSL_GUARDED_BY(mu_);
  std::map<Digest, std::string> login_of_token_ ABSL_GUARDED_BY(mu_);
};

// The roles of the first user of a replica.
std::vector<v1::Role> FirstUserRoles();
// "user" or "user.roles": what a login, its office and roles must be like.
absl::Status CheckUser(const v1::UserView& user);

}  // namespace greffe

#endif  // GREFFE_SERVER_IDENTITY_USERS_H_
