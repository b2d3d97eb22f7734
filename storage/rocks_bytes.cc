#include "storage/rocks_bytes.h"

namespace greffe::rocks {
namespace {

void AppendBigEndian(std::uint64_t value, int bytes, std::string& out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>((value >> shift) & 0xff));
  }
}

}  // namespace

ByteWriter& ByteWriter::U8(std::uint8_t value) {
  out_.push_back(static_cast<char>(value));
  return *this;
}

ByteWriter& ByteWriter::U32(std::uint32_t value) {
  AppendBigEndian(value, 4, out_);
  return *this;
}

ByteWriter& ByteWriter::U64(std::uint64_t value) {
  AppendBigEndian(value, 8, out_);
  return *this;
}

ByteWriter& ByteWriter::Bytes(absl::string_view bytes) {
  out_.append(bytes.data(), bytes.size());
  return *this;
}

absl::string_view ByteReader::Bytes(std::size_t count) {
  if (!ok_ || rest_.size() < count) {
    ok_ = false;
    return {};
  }
  const absl::string_view out = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return out;
}

absl::string_view ByteReader::Rest() { return Bytes(rest_.size()); }

std::uint64_t ByteReader::Number(std::size_t count) {
  std::uint64_t value = 0;
  for (const char c : Bytes(count)) value = (value << 8) | static_cast<std::uint8_t>(c);
  return value;
}

std::uint8_t ByteReader::U8() { return static_cast<std::uint8_t>(Number(1)); }
std::uint32_t ByteReader::U32() { return static_cast<std::uint32_t>(Number(4)); }
std::uint64_t ByteReader::U64() { return Number(8); }

}  // namespace greffe::rocks
