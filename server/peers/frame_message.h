#ifndef GREFFE_SERVER_PEERS_FRAME_MESSAGE_H_
#define GREFFE_SERVER_PEERS_FRAME_MESSAGE_H_

#include <cstddef>

#include "core/base/limits.h"

namespace greffe {

// The largest message of a Sync stream, in either direction: one frame at its limit, and the tag
// and length that carry it (1 + 3 bytes). Both ends refuse more before they parse it.
inline constexpr std::size_t kFrameMessageBytesMax = limits::kFrameBytes + 4;

}  // namespace greffe

#endif  // GREFFE_SERVER_PEERS_FRAME_MESSAGE_H_
