#ifndef GREFFE_SERVER_IDENTITY_HOME_H_
#define GREFFE_SERVER_IDENTITY_HOME_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/signature.h"
#include "greffe/v1/record.pb.h"

namespace greffe {

// Where a replica lives on disk. Nobody but its owner may enter (mode 0700).
struct HomePaths {
  explicit HomePaths(std::string home);
  const std::string home;
  std::string key() const { return home + "/key"; }
  std::string certificate() const { return home + "/certificate.pem"; }
  std::string config() const { return home + "/greffed.json"; }
  std::string store() const { return home + "/store"; }
  std::string admin_token() const { return home + "/admin.token"; }
  std::string socket() const { return home + "/greffe.sock"; }
  std::string lock() const { return home + "/lock"; }
  // In a backup, until the replica restored from it has met all its peers.
  std::string from_backup() const { return home + "/from-backup"; }
};

// The longest path of a Unix socket (sun_path of 108 bytes with its end).
inline constexpr std::size_t kSocketPathBytes = 107;
// FAILED_PRECONDITION (rule "socket-path") when the home's socket could not be named, or something
// else stands there.
absl::Status CheckSocketPath(absl::string_view path);

// A replica's key and certificate.
struct Identity {
  std::unique_ptr<SigningKey> key;
  std::string private_key_pem;
  std::string certificate_pem;
  std::string certificate_der;
};

// Makes the folder, mode 0700. FAILED_PRECONDITION (rule "home") when it exists and is not empty.
// What two processes are told at once: HomeLock::TakeNew says which of them has it.
absl::Status MakeHome(const HomePaths& paths);
// Makes key and certificate from `seed32` and stores them, mode 0600.
absl::StatusOr<Identity> MakeIdentity(const HomePaths& paths, absl::string_view seed32);
// FAILED_PRECONDITION (rule "home") when there is no replica here; FAILED_PRECONDITION (rule
// "secret-mode") when others may read the key or the administrator's token, "file-mode" when they
// may write the certificate or in the folder; DATA_LOSS (rule "home-file"), naming the file, when
// one is missing beside what a replica left, cannot be read as what it is, or does not match the
// other.
absl::StatusOr<Identity> LoadIdentity(const HomePaths& paths);

absl::Status SaveConfig(const HomePaths& paths, const v1::ServerConfig& config);
// INVALID_ARGUMENT naming the line or unknown field; FAILED_PRECONDITION (rule "file-mode") when
// others may write it; DATA_LOSS (rule "home-file") when it is missing beside what a replica left.
absl::StatusOr<v1::ServerConfig> LoadConfig(const HomePaths& paths);

// Writes a file that only its owner may read, synced. ALREADY_EXISTS rather than over another.
absl::Status WritePrivateFile(const std::string& path, absl::string_view content);

// Held while a process works on a home; the kernel lets go when the process ends, however it ends.
class HomeLock final {
 public:
  // FAILED_PRECONDITION (rule "home-in-use") when another process holds it, which it names.
  static absl::StatusOr<std::unique_ptr<HomeLock>> Take(const HomePaths& paths);
  // The same for who only reads. On a disk mounted read-only it takes what lock there is: none in a
  // backup, where nobody can write; that of a replica at work where its disk is mounted twice.
  static absl::StatusOr<std::unique_ptr<HomeLock>> TakeToRead(const HomePaths& paths);
  // The same of a folder that is still to be filled, made again where another process took it away
  // since MakeHome. FAILED_PRECONDITION (rule "home") when another process filled it since: what is
  // there is that one's, and stays.
  static absl::StatusOr<std::unique_ptr<HomeLock>> TakeNew(const HomePaths& paths);
  ~HomeLock();
  HomeLock(const HomeLock&) = delete;
  HomeLock& operator=(const HomeLock&) = delete;

 private:
  explicit HomeLock(int fd) : fd_(fd) {}
  // -1 where there was nothing to lock.
  const int fd_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_IDENTITY_HOME_H_
