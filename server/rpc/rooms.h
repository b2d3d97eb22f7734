#ifndef GREFFE_SERVER_RPC_ROOMS_H_
#define GREFFE_SERVER_RPC_ROOMS_H_

#include <functional>
#include <string>

#include "core/base/time.h"
#include "server/app/replica.h"
#include "server/identity/home.h"
#include "server/identity/partners.h"
#include "server/identity/peer_table.h"
#include "server/identity/users.h"
#include "server/ops/log.h"
#include "server/ops/metrics.h"
#include "server/ops/rare_log.h"
#include "server/ops/worker_pool.h"
#include "server/rpc/stream_gate.h"

namespace greffe {

class PeerManager;

// What the adapters stand on. Everything outlives them.
struct RpcRooms {
  Replica& replica;
  const EventStore& store;
  const Clock& clock;
  const Identity& identity;
  Users& users;
  Partners& partners;
  PeerTable& peers;
  PeerManager& manager;
  Metrics& metrics;
  const Logger& log;
  RareLog& rare;
  // Short reads.
  WorkerPool& reads;
  // What takes long or waits for another replica: verify, export, join, records.
  WorkerPool& slow;
  StreamGate& streams;
  // HOST:PORT served, known once the port is bound.
  std::function<std::string()> address;
  Instant started_at;
  // Where the replica is on disk.
  const HomePaths& paths;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_ROOMS_H_
