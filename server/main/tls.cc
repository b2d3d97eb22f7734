#include "server/main/tls.h"

#include <cstdlib>

namespace greffe {

void AllowOnlyTls13() {
  ::setenv("GRPC_SSL_CIPHER_SUITES", "ECDHE-RSA-AES256-GCM-SHA384", /*replace=*/1);
}

std::shared_ptr<grpc::ServerCredentials> MakeServerCredentials(const Identity& identity) {
  grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_BUT_DONT_VERIFY);
  options.pem_key_cert_pairs.push_back({identity.private_key_pem, identity.certificate_pem});
  return grpc::SslServerCredentials(options);
}

}  // namespace greffe
