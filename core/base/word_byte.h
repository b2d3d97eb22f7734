#ifndef GREFFE_CORE_BASE_WORD_BYTE_H_
#define GREFFE_CORE_BASE_WORD_BYTE_H_

#include "absl/strings/ascii.h"

// Words of UTF-8 text, byte by byte. Pure; thread safe.
namespace greffe {

// A letter, a digit, or any byte above ASCII: no character is split, French letters hold together.
inline bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || absl::ascii_isalnum(byte);
}

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_WORD_BYTE_H_
