#ifndef GREFFE_SERVER_MAIN_PORT_LIMITS_H_
#define GREFFE_SERVER_MAIN_PORT_LIMITS_H_

#include <cstddef>

// Limits of greffed's port and of its queues, each tested at n and n + 1.
namespace greffe::port_limits {

// One request: an act of 4 MiB and what surrounds it. Frames between replicas have a limit of
// their own (server/peers/frame_message.h).
inline constexpr int kRequestBytes = 5 * 1024 * 1024;
// Calls at once on one connection; the next one waits at the client until one ends.
inline constexpr int kStreamsPerConnection = 1024;
// Names and values of a call's headers, 32 bytes more for each (RFC 7541 §4.1).
inline constexpr int kMetadataBytes = 16 * 1024;
// Buffers of all calls together. gRPC takes a message whole before anybody looks at its size.
inline constexpr std::size_t kCallBytes = 128u * 1024 * 1024;
// Watches, exports and uploads at once, of everybody, of one partner's users, of one user.
inline constexpr std::size_t kStreams = 256;
inline constexpr std::size_t kStreamsPerPartner = 96;
inline constexpr std::size_t kStreamsPerUser = 32;

}  // namespace greffe::port_limits

#endif  // GREFFE_SERVER_MAIN_PORT_LIMITS_H_
