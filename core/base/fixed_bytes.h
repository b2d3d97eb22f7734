#ifndef GREFFE_CORE_BASE_FIXED_BYTES_H_
#define GREFFE_CORE_BASE_FIXED_BYTES_H_

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace greffe {

// N bytes that name something. Each Tag makes a type of its own, so that a leaf hash is never
// passed where a replica id is meant. Ordered by bytes.
template <typename Tag, std::size_t N>
struct FixedBytes {
  static constexpr std::size_t kSize = N;
  std::array<std::uint8_t, N> bytes{};

  // INVALID_ARGUMENT naming `field` when `raw` is not N bytes long.
  static absl::StatusOr<FixedBytes> FromBytes(absl::string_view raw, absl::string_view field) {
    if (raw.size() != N) {
      return absl::InvalidArgumentError(
          absl::StrCat(field, ": got ", raw.size(), " bytes, want ", N));
    }
    FixedBytes out;
    std::copy(raw.begin(), raw.end(), out.bytes.begin());
    return out;
  }

  // INVALID_ARGUMENT naming `field` when `hex` is not 2 N lower-case hexadecimal digits.
  static absl::StatusOr<FixedBytes> FromHex(absl::string_view hex, absl::string_view field) {
    const bool digits = std::all_of(hex.begin(), hex.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
    if (hex.size() != 2 * N || !digits) {
      return absl::InvalidArgumentError(
          absl::StrCat(field, ": want ", 2 * N, " lower-case hexadecimal digits"));
    }
    return FromBytes(absl::HexStringToBytes(hex), field);
  }

  absl::string_view view() const {
    return absl::string_view(reinterpret_cast<const char*>(bytes.data()), N);
  }
  std::string ToBytes() const { return std::string(view()); }
  std::string ToHex() const { return absl::BytesToHexString(view()); }

  friend bool operator==(const FixedBytes&, const FixedBytes&) = default;
  friend auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const FixedBytes& v) {
    return H::combine_contiguous(std::move(h), v.bytes.data(), N);
  }
};

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_FIXED_BYTES_H_
