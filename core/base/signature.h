#ifndef GREFFE_CORE_BASE_SIGNATURE_H_
#define GREFFE_CORE_BASE_SIGNATURE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/ids.h"

namespace greffe {

// Raw Ed25519 public key (RFC 8032).
using PublicKey = FixedBytes<struct PublicKeyTag, 32>;
using Signature = FixedBytes<struct SignatureTag, 64>;

// SHA-256 of the raw key.
ReplicaId ReplicaIdOf(const PublicKey& key);

// An Ed25519 private key. Immutable, thread safe.
class SigningKey final {
 public:
  // From the 32-byte seed of RFC 8032. Randomness is the caller's.
  static absl::StatusOr<std::unique_ptr<SigningKey>> FromSeed(absl::string_view seed32);
  ~SigningKey();
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  const PublicKey& public_key() const { return public_key_; }
  const ReplicaId& replica_id() const { return replica_id_; }
  Signature Sign(absl::string_view message) const;

 private:
  struct Handle;
  explicit SigningKey(std::unique_ptr<Handle> handle);
  const std::unique_ptr<Handle> handle_;
  PublicKey public_key_;
  ReplicaId replica_id_;
};

// OK, or DATA_LOSS when the signature does not verify. Thread safe.
absl::Status VerifySignature(const PublicKey& key, absl::string_view message,
                             const Signature& signature);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_SIGNATURE_H_
