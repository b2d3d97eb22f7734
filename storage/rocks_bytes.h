#ifndef GREFFE_STORAGE_ROCKS_BYTES_H_
#define GREFFE_STORAGE_ROCKS_BYTES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "core/base/fixed_bytes.h"

namespace greffe::rocks {

// Appends fixed-width big-endian numbers, so that keys sort as their numbers do.
class ByteWriter final {
 public:
  ByteWriter& U8(std::uint8_t value);
  ByteWriter& U32(std::uint32_t value);
  ByteWriter& U64(std::uint64_t value);
  ByteWriter& Bytes(absl::string_view bytes);
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
};

// Reads what ByteWriter wrote. The first read past the end makes ok() false for good, and every
// read from then on gives zeros or nothing: check once, at the end.
class ByteReader final {
 public:
  explicit ByteReader(absl::string_view bytes) : rest_(bytes) {}

  std::uint8_t U8();
  std::uint32_t U32();
  std::uint64_t U64();
  absl::string_view Bytes(std::size_t count);
  template <typename Fixed>
  Fixed Take() {
    const absl::string_view raw = Bytes(Fixed::kSize);
    Fixed out;
    if (ok_) std::copy(raw.begin(), raw.end(), out.bytes.begin());
    return out;
  }
  // What is left, all of it.
  absl::string_view Rest();

  bool ok() const { return ok_; }
  // All was there, and nothing is left.
  bool done() const { return ok_ && rest_.empty(); }

 private:
  std::uint64_t Number(std::size_t count);

  absl::string_view rest_;
  bool ok_ = true;
};

}  // namespace greffe::rocks

#endif  // GREFFE_STORAGE_ROCKS_BYTES_H_
