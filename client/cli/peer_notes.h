#ifndef GREFFE_CLIENT_CLI_PEER_NOTES_H_
#define GREFFE_CLIENT_CLI_PEER_NOTES_H_

#include <string>

#include "client/cli/context.h"
#include "greffe/v1/admin_service.pb.h"

namespace greffe::cli {

// What people are warned of beside an answer about peers.

// Below it, where the clock of a peer that was met is not that of its replica (IsClockWrong).
void ShowIfClockWrong(Context& context, const v1::PeerView& peer);

// « dit le 23/11/2026, pour toujours », of a replica that told at that time that it signs no more.
std::string SayStopped(Lang lang, const google::protobuf::Timestamp& told_at);

// On stderr: partners for which `joined` acts and for which another replica already does. It may be
// the partner's new replica, or somebody who takes its name; `convention new` asks which one acts.
void NoteClaimedTwice(Context& context, Client& client, const v1::PeerView& joined);

// On stderr: for whom a sync with `peer`, with everybody where it is empty, is about to wait though
// nobody answered there last time.
void NoteUnreachable(Context& context, Client& client, const std::string& peer);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_PEER_NOTES_H_
