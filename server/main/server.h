#ifndef GREFFE_SERVER_MAIN_SERVER_H_
#define GREFFE_SERVER_MAIN_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/ops/log.h"

namespace greffe {

// greffed in one object: everything is made and wired here, and nowhere else.
class Server final {
 public:
  struct Options {
    std::string home;
    // HOST:PORT; empty: as configured. Port 0 takes a free one.
    std::string listen;
    LogLevel log_level = LogLevel::kInfo;
  };

  // Opens the home and serves. FAILED_PRECONDITION with rule "home", "home-in-use", "secret-mode",
  // "time-zone" or "socket-path"; INVALID_ARGUMENT (rule "listen-form"); UNAVAILABLE (rule
  // "listen") when the address cannot be bound; DATA_LOSS (rule "store-open") when the store does
  // not open.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const Options& options);
  // Stops.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // HOST:PORT served.
  std::string address() const;

 private:
  struct Rooms;
  explicit Server(std::unique_ptr<Rooms> rooms);
  const std::unique_ptr<Rooms> rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_MAIN_SERVER_H_
