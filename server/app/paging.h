#ifndef GREFFE_SERVER_APP_PAGING_H_
#define GREFFE_SERVER_APP_PAGING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "core/convention/queries.h"
#include "greffe/v1/view.pb.h"
#include "server/app/renewal_reads.h"

namespace greffe {

// How many rows a page has.
struct PageSizes {
  std::size_t usual;
  std::size_t most;
  constexpr std::size_t Clamp(std::uint32_t asked) const {
    return asked == 0 ? usual : std::min<std::size_t>(asked, most);
  }
};

// A page of a view ends with the row that makes it reach this. A fact has at most 128 KiB and what
// is found about it some 400 bytes, so that a page stays under 4 MiB, the longest answer that a
// gRPC client takes unless told otherwise.
inline constexpr std::size_t kPageBytes = 1024 * 1024;

// A page of a view: what it begins with, at the cut and dates of the first page, whatever came
// since.
struct ViewPage {
  v1::ReadAt at;
  Part part;
  ReadBesides beside;
};

// The page that a token names, else the first one at `at`, of `count` rows. INVALID_ARGUMENT for a
// token that is none.
absl::StatusOr<ViewPage> FindViewPage(const v1::ReadAt& at, const std::string& token,
                                      std::size_t count);
// The token of the page that begins at `next`; empty when there is none. `beside`: what the answer
// read of other conventions.
std::string NextViewPage(const Known& known, const std::optional<PartEnd>& next,
                         const ReadBesides& beside = {});
// The refusal of a page beyond the end is that of a wrong token; others as they are.
absl::Status PageError(const absl::Status& status);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_PAGING_H_
