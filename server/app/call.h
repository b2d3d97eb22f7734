#ifndef GREFFE_SERVER_APP_CALL_H_
#define GREFFE_SERVER_APP_CALL_H_

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "greffe/v1/admin_service.pb.h"

namespace greffe {

// Who calls, for whom, until when. Made by the adapters from a token; the use cases trust it.
struct UserCall {
  // Login, unique on this replica.
  std::string user;
  // Which account of that login, where one was removed and the login given again: whoever comes
  // after is another person.
  std::string account;
  // The one partner the user belongs to; this replica acts for it.
  std::string partner_id;
  // Office in which the user acts, in French.
  std::string office;
  std::vector<v1::Role> roles;
  // After it a command that has not begun is not begun. Absent: none.
  std::optional<Instant> deadline;
  // Language of banners. Everything repeatable is in French whatever this says.
  bool english = false;

  bool Has(v1::Role role) const {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  }
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_CALL_H_
