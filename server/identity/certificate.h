#ifndef GREFFE_SERVER_IDENTITY_CERTIFICATE_H_
#define GREFFE_SERVER_IDENTITY_CERTIFICATE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/signature.h"

namespace greffe {

// The name in every replica's certificate. What identifies a replica is its pinned key; TLS asks
// for a name all the same, and the dialler gives this one as the target name to check.
inline constexpr char kReplicaTlsName[] = "greffe.replica";
// A certificate of ours is some 400 bytes; anything far larger is not one.
inline constexpr std::size_t kCertificateBytes = 4096;

// The private key as PKCS#8 PEM, for TLS.
absl::StatusOr<std::string> PrivateKeyPem(absl::string_view seed32);
// A self-signed X.509 certificate for the key, PEM, without end: trust is the pin, and ends with
// it.
absl::StatusOr<std::string> MakeCertificate(absl::string_view seed32);

absl::StatusOr<std::string> CertificatePemToDer(absl::string_view pem);
absl::StatusOr<std::string> CertificateDerToPem(absl::string_view der);
// The Ed25519 key of a certificate. INVALID_ARGUMENT for bytes that are none, or another key type.
absl::StatusOr<PublicKey> KeyOfCertificateDer(absl::string_view der);
absl::StatusOr<PublicKey> KeyOfCertificatePem(absl::string_view pem);

}  // namespace greffe

#endif  // GREFFE_SERVER_IDENTITY_CERTIFICATE_H_
