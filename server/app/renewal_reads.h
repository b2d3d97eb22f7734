#ifndef GREFFE_SERVER_APP_RENEWAL_READS_H_
#define GREFFE_SERVER_APP_RENEWAL_READS_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "core/convention/queries.h"
#include "greffe/v1/view.pb.h"
#include "server/app/cut_states.h"
#include "server/app/hosts.h"

namespace greffe {

// CutStates::ReadOne, with what may be known of the conventions that renew this one (L-55, L-56):
// those that this replica holds and `partner` may see, read on the same dates and as known here at
// the same instant. A cut names no instant of another convention: then none is read. One that
// cannot be read is not compared, and the answer says so. No two conventions are locked at once.
absl::Status ReadRenewed(const std::string& partner, const Hosts& hosts, CutStates* cuts,
                         const ConventionId& id, const v1::ReadAt& at,
                         const std::function<absl::Status(const Known&)>& read);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_RENEWAL_READS_H_
