#ifndef GREFFE_SERVER_MAIN_LISTEN_ADDRESS_H_
#define GREFFE_SERVER_MAIN_LISTEN_ADDRESS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace greffe {

// HOST:PORT as of ParseHostPort; port 0 is a free one. INVALID_ARGUMENT (rule "listen-form").
absl::Status CheckListenAddress(absl::string_view address);

}  // namespace greffe

#endif  // GREFFE_SERVER_MAIN_LISTEN_ADDRESS_H_
