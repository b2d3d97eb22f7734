#ifndef GREFFE_SERVER_OPS_RANDOM_H_
#define GREFFE_SERVER_OPS_RANDOM_H_

#include <cstddef>
#include <string>

namespace greffe {

// `count` bytes fit for keys and secrets. Ends the process when the system has none: nothing safe
// can be done without. Thread safe.
std::string SecureRandomBytes(std::size_t count);

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_RANDOM_H_
