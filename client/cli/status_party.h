#ifndef GREFFE_CLIENT_CLI_STATUS_PARTY_H_
#define GREFFE_CLIENT_CLI_STATUS_PARTY_H_

#include <string>

#include "client/cli/context.h"
#include "greffe/v1/convention_service.pb.h"

namespace greffe::cli {

// The whole way of one party of a board, from the sitting to the signature: its vote with its
// quorum, what else it voted, its delegations, its signatures, and what was found of these. Asks
// the replica for the delegations as known at the cut of the board. NOT_FOUND for no party of it.
CommandResult ShowParty(Context& context, Client& client, const v1::GetStatusResponse& answer,
                        const std::string& partner);

// The record of a vote that the board goes by; null where it is on another text, or there is none.
const v1::DeliberationView* VoteOfBoard(const v1::PartyStanding& party);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_STATUS_PARTY_H_
