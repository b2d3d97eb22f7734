#include "server/ops/random.h"

#include <openssl/rand.h>

#include <cstdio>
#include <cstdlib>

namespace greffe {

std::string SecureRandomBytes(std::size_t count) {
  std::string out(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) != 1) {
    std::fputs("greffe: no secure randomness\n", stderr);
    std::abort();
  }
  return out;
}

}  // namespace greffe
