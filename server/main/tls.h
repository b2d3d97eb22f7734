#ifndef GREFFE_SERVER_MAIN_TLS_H_
#define GREFFE_SERVER_MAIN_TLS_H_

#include <grpcpp/security/server_credentials.h>

#include <memory>

#include "server/identity/home.h"

namespace greffe {

// Leaves TLS 1.3 as the only version that can succeed in this process, for what it serves and what
// it dials. gRPC 1.51 has no setting for the version, so the TLS 1.2 suites are narrowed to one
// that needs an RSA certificate, which no replica has. Must be called before gRPC is first used.
void AllowOnlyTls13();

// The certificate served. The caller's is asked for and not judged by TLS: each call checks whether
// its key is pinned.
std::shared_ptr<grpc::ServerCredentials> MakeServerCredentials(const Identity& identity);

}  // namespace greffe

#endif  // GREFFE_SERVER_MAIN_TLS_H_
