#ifndef GREFFE_SERVER_APP_PAGING_H_
#define GREFFE_SERVER_APP_PAGING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace greffe {

// How many rows a page has.
struct PageSizes {
  std::size_t usual;
  std::size_t most;
  constexpr std::size_t Clamp(std::uint32_t asked) const {
    return asked == 0 ? usual : std::min<std::size_t>(asked, most);
  }
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_PAGING_H_
