#include "server/identity/certificate.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"

namespace greffe {
namespace {

template <auto kFree>
struct Freer {
  template <typename T>
  void operator()(T* p) const {
    kFree(p);
  }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Freer<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;

absl::StatusOr<KeyPtr> KeyOfSeed(absl::string_view seed32) {
  KeyPtr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr,
                                          reinterpret_cast<const unsigned char*>(seed32.data()),
                                          seed32.size()));
  if (key == nullptr) return absl::InvalidArgumentError("key: not a 32-byte Ed25519 seed");
  return key;
}

BioPtr Reader(absl::string_view bytes) {
  return BioPtr(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string Drain(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

absl::StatusOr<CertificatePtr> ParsePem(absl::string_view pem) {
  if (pem.size() > 2 * kCertificateBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("certificate: got ", pem.size(), " bytes, want at most ", kCertificateBytes));
  }
  CertificatePtr certificate(PEM_read_bio_X509(Reader(pem).get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) return absl::InvalidArgumentError("certificate: not X.509 in PEM");
  return certificate;
}

absl::StatusOr<CertificatePtr> ParseDer(absl::string_view der) {
  if (der.size() > kCertificateBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("certificate: got ", der.size(), " bytes, want at most ", kCertificateBytes));
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* end = bytes;
  CertificatePtr certificate(d2i_X509(nullptr, &end, static_cast<long>(der.size())));
  if (certificate == nullptr || end != bytes + der.size()) {
    return absl::InvalidArgumentError("certificate: not X.509 in DER");
  }
  return certificate;
}

absl::StatusOr<PublicKey> KeyOf(X509* certificate) {
  EVP_PKEY* key = X509_get0_pubkey(certificate);
  std::string raw(PublicKey::kSize, '\0');
  std::size_t size = raw.size();
  if (key == nullptr || EVP_PKEY_base_id(key) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(raw.data()), &size) != 1 ||
      size != PublicKey::kSize) {
    return absl::InvalidArgumentError("certificate: its key is not Ed25519");
  }
  return PublicKey::FromBytes(raw, "certificate key");
}

bool AddExtension(X509* certificate, int nid, const char* value) {
  ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool FillCertificate(X509* certificate, EVP_PKEY* key, const std::string& common_name) {
  X509_NAME* name = X509_get_subject_name(certificate);
  return X509_set_version(certificate, X509_VERSION_3) == 1 &&
         ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), 1) == 1 &&
         // A host whose clock is wrong must still meet its peers, so the dates never bind
         // (RFC 5280 4.1.2.5 names 99991231235959Z for "no end").
         ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), "20000101000000Z") == 1 &&
         ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), "99991231235959Z") == 1 &&
         X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(common_name.c_str()), -1,
                                    -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1 &&
         AddExtension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
         AddExtension(certificate, NID_key_usage, "critical,digitalSignature") &&
         AddExtension(certificate, NID_ext_key_usage, "serverAuth,clientAuth") &&
         AddExtension(certificate, NID_subject_alt_name,
                      absl::StrCat("DNS:", kReplicaTlsName).c_str()) &&
         X509_sign(certificate, key, nullptr) > 0;
}

absl::StatusOr<std::string> ToPem(X509* certificate) {
  BioPtr out(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_X509(out.get(), certificate) != 1) {
    return absl::InternalError("certificate: cannot be written as PEM");
  }
  return Drain(out.get());
}

}  // namespace

absl::StatusOr<std::string> PrivateKeyPem(absl::string_view seed32) {
  ASSIGN_OR_RETURN(KeyPtr key, KeyOfSeed(seed32));
  BioPtr out(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
      1) {
    return absl::InternalError("key: cannot be written as PEM");
  }
  return Drain(out.get());
}

absl::StatusOr<std::string> MakeCertificate(absl::string_view seed32) {
  ASSIGN_OR_RETURN(KeyPtr key, KeyOfSeed(seed32));
  ASSIGN_OR_RETURN(const std::unique_ptr<SigningKey> signing, SigningKey::FromSeed(seed32));
  // The common name is limited to 64 characters: half the fingerprint tells replicas apart.
  const std::string common_name =
      absl::StrCat("greffe ", signing->replica_id().ToHex().substr(0, 32));
  CertificatePtr certificate(X509_new());
  if (certificate == nullptr || !FillCertificate(certificate.get(), key.get(), common_name)) {
    return absl::InternalError("certificate: cannot be made");
  }
  return ToPem(certificate.get());
}

absl::StatusOr<std::string> CertificatePemToDer(absl::string_view pem) {
  ASSIGN_OR_RETURN(CertificatePtr certificate, ParsePem(pem));
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate.get(), &der);
  if (size <= 0) return absl::InternalError("certificate: cannot be written as DER");
  std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

absl::StatusOr<std::string> CertificateDerToPem(absl::string_view der) {
  ASSIGN_OR_RETURN(CertificatePtr certificate, ParseDer(der));
  return ToPem(certificate.get());
}

absl::StatusOr<PublicKey> KeyOfCertificateDer(absl::string_view der) {
  ASSIGN_OR_RETURN(CertificatePtr certificate, ParseDer(der));
  return KeyOf(certificate.get());
}

absl::StatusOr<PublicKey> KeyOfCertificatePem(absl::string_view pem) {
  ASSIGN_OR_RETURN(CertificatePtr certificate, ParsePem(pem));
  return KeyOf(certificate.get());
}

}  // namespace greffe
