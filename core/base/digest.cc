#include "core/base/digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/sha.h>

#include "core/base/ids.h"

namespace greffe {
namespace {

// The one-shot context of OpenSSL 3 costs more than hashing an event; one per thread is reused.
class Hasher {
 public:
  Hasher() : context_(EVP_MD_CTX_new()), sha256_(EVP_MD_fetch(nullptr, "SHA256", nullptr)) {}
  ~Hasher() {
    EVP_MD_CTX_free(context_);
    EVP_MD_free(sha256_);
  }
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  Digest Hash(std::initializer_list<absl::string_view> parts) {
    Digest out;
    EVP_DigestInit_ex2(context_, sha256_, nullptr);
    for (absl::string_view part : parts) EVP_DigestUpdate(context_, part.data(), part.size());
    EVP_DigestFinal_ex(context_, out.bytes.data(), nullptr);
    return out;
  }

 private:
  EVP_MD_CTX* const context_;
  EVP_MD* const sha256_;
};

// As above, for HMAC, whose one-shot call looks its algorithms up each time.
class Authenticator {
 public:
  Authenticator()
      : hmac_(EVP_MAC_fetch(nullptr, "HMAC", nullptr)), context_(EVP_MAC_CTX_new(hmac_)) {
    char sha256[] = "SHA256";
    const OSSL_PARAM digest[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256, 0),
                                 OSSL_PARAM_construct_end()};
    EVP_MAC_CTX_set_params(context_, digest);
  }
  ~Authenticator() {
    EVP_MAC_CTX_free(context_);
    EVP_MAC_free(hmac_);
  }
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  Digest Mac(absl::string_view key, absl::string_view message) {
    Digest out;
    std::size_t written = 0;
    // A null key would mean the key before.
    const char* const bytes = key.empty() ? "" : key.data();
    EVP_MAC_init(context_, reinterpret_cast<const unsigned char*>(bytes), key.size(), nullptr);
    EVP_MAC_update(context_, reinterpret_cast<const unsigned char*>(message.data()),
                   message.size());
    EVP_MAC_final(context_, out.bytes.data(), &written, out.bytes.size());
    return out;
  }

 private:
  EVP_MAC* const hmac_;
  EVP_MAC_CTX* const context_;
};

template <std::size_t N>
absl::string_view Prefix(const Digest& digest) {
  return digest.view().substr(0, N);
}

}  // namespace

Digest Sha256(std::initializer_list<absl::string_view> parts) {
  static thread_local Hasher hasher;
  return hasher.Hash(parts);
}

Digest HmacSha256(absl::string_view key, absl::string_view message) {
  static thread_local Authenticator authenticator;
  return authenticator.Mac(key, message);
}

Digest LeafHash(absl::string_view event_bytes) {
  return Sha256({absl::string_view("\0", 1), event_bytes});
}

Digest NodeHash(const Digest& left, const Digest& right) {
  return Sha256({absl::string_view("\1", 1), left.view(), right.view()});
}

Digest SealedCommitment(absl::string_view salt, absl::string_view value) {
  return Sha256({"greffe/v1/sealed", salt, value});
}

ConventionId DeriveConventionId(const ReplicaId& founder, absl::string_view nonce16) {
  const Digest digest = Sha256({"greffe/v1/convention", founder.view(), nonce16});
  return *ConventionId::FromBytes(Prefix<ConventionId::kSize>(digest), "convention_id");
}

ActId DeriveActId(const ConventionId& convention, absl::string_view partner_id,
                  const RequestId& request) {
  const char length = static_cast<char>(partner_id.size());
  const Digest digest = Sha256({"greffe/v1/act", convention.view(), absl::string_view(&length, 1),
                                partner_id, request.view()});
  return *ActId::FromBytes(Prefix<ActId::kSize>(digest), "act_id");
}

struct Sha256Stream::Context {
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
};

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {
  EVP_DigestInit_ex2(context_->context, EVP_sha256(), nullptr);
}

Sha256Stream::~Sha256Stream() { EVP_MD_CTX_free(context_->context); }

void Sha256Stream::Update(absl::string_view part) {
  EVP_DigestUpdate(context_->context, part.data(), part.size());
}

Digest Sha256Stream::Finish() {
  Digest out;
  EVP_DigestFinal_ex(context_->context, out.bytes.data(), nullptr);
  return out;
}

}  // namespace greffe
