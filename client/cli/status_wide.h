#ifndef GREFFE_CLIENT_CLI_STATUS_WIDE_H_
#define GREFFE_CLIENT_CLI_STATUS_WIDE_H_

#include <vector>

#include "client/cli/context.h"
#include "greffe/v1/view.pb.h"

namespace greffe::cli {

// A line for each party: sitting, votes, day from which they are exécutoire, the sentence of the
// mandate, and who signs; in the order given.
void PrintWide(Context& context, const std::vector<const v1::PartyStanding*>& parties);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_STATUS_WIDE_H_
