#include "core/base/signature.h"

#include <openssl/evp.h>

#include <utility>

#include "core/base/digest.h"

namespace greffe {
namespace {

constexpr std::size_t kSeedBytes = 32;

const unsigned char* Data(absl::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

struct KeyDeleter {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct ContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, KeyDeleter>;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, ContextDeleter>;

}  // namespace

struct SigningKey::Handle {
  KeyPtr key;
};

ReplicaId ReplicaIdOf(const PublicKey& key) {
  ReplicaId out;
  out.bytes = Sha256({key.view()}).bytes;
  return out;
}

SigningKey::SigningKey(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {
  std::size_t size = PublicKey::kSize;
  EVP_PKEY_get_raw_public_key(handle_->key.get(), public_key_.bytes.data(), &size);
  replica_id_ = ReplicaIdOf(public_key_);
}

SigningKey::~SigningKey() = default;

absl::StatusOr<std::unique_ptr<SigningKey>> SigningKey::FromSeed(absl::string_view seed32) {
  if (seed32.size() != kSeedBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("seed: got ", seed32.size(), " bytes, want ", kSeedBytes));
  }
  auto handle = std::make_unique<Handle>();
  handle->key.reset(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Data(seed32), seed32.size()));
  if (handle->key == nullptr) return absl::InternalError("seed: OpenSSL has no Ed25519");
  return std::unique_ptr<SigningKey>(new SigningKey(std::move(handle)));
}

Signature SigningKey::Sign(absl::string_view message) const {
  Signature out;
  std::size_t size = Signature::kSize;
  const ContextPtr context(EVP_MD_CTX_new());
  EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, handle_->key.get());
  EVP_DigestSign(context.get(), out.bytes.data(), &size, Data(message), message.size());
  return out;
}

absl::Status VerifySignature(const PublicKey& key, absl::string_view message,
                             const Signature& signature) {
  const KeyPtr handle(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Data(key.view()), PublicKey::kSize));
  if (handle == nullptr) return absl::DataLossError("signature: the public key is not Ed25519");
  const ContextPtr context(EVP_MD_CTX_new());
  if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, handle.get()) != 1 ||
      EVP_DigestVerify(context.get(), signature.bytes.data(), Signature::kSize, Data(message),
                       message.size()) != 1) {
    return absl::DataLossError("signature: does not verify under the replica's key");
  }
  return absl::OkStatus();
}

}  // namespace greffe
