#ifndef GREFFE_CLIENT_CONNECTION_H_
#define GREFFE_CLIENT_CONNECTION_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace grpc {
class Channel;
}

namespace greffe {

// The name in every replica's certificate: what is pinned is the certificate, not a host's name.
inline constexpr char kCertificateName[] = "greffe.replica";

// Where a replica is and as whom to speak to it.
struct ConnectionOptions {
  // Home of the local replica: its socket, and the defaults of the files below.
  std::string home;
  // HOST:PORT of a replica elsewhere; empty: the socket of `home`.
  std::string server;
  // PEM file with that replica's certificate, the only one trusted; empty: HOME/server.pem, else
  // HOME/certificate.pem.
  std::string server_cert;
  // File with the user's token; empty: HOME/admin.token.
  std::string token_file;
};

struct Connection {
  std::shared_ptr<grpc::Channel> channel;
  std::string token;
  // What people are told when nobody answers: `unix:…` or HOST:PORT.
  std::string target;
};

// Reads the files and makes a channel; nothing is sent yet. INVALID_ARGUMENT for a file given that
// cannot be read or a socket path that is too long; UNAVAILABLE when the home holds no replica.
absl::StatusOr<Connection> OpenConnection(const ConnectionOptions& options);

// A small file whole. INVALID_ARGUMENT naming `field` when it cannot be read or has more than
// `bytes_max` bytes: sizes are checked before memory is taken.
absl::StatusOr<std::string> ReadSmallFile(const std::string& path, absl::string_view field,
                                          std::size_t bytes_max);

}  // namespace greffe

#endif  // GREFFE_CLIENT_CONNECTION_H_
