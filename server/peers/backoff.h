#ifndef GREFFE_SERVER_PEERS_BACKOFF_H_
#define GREFFE_SERVER_PEERS_BACKOFF_H_

#include <cstdint>

namespace greffe {

// How long to wait before a peer is dialled again: 200 ms after a connection that worked, then 1 s,
// doubling up to 5 minutes, each shortened by up to a fifth so that many replicas do not dial in
// step.
class Backoff final {
 public:
  // `random` is any 32 random bits.
  std::int64_t NextMs(std::uint32_t random);
  // The peer was met.
  void Reset() { failures_ = 0; }

 private:
  std::uint32_t failures_ = 0;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_PEERS_BACKOFF_H_
