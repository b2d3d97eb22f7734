// The marks that items of lists start with.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_BULLETS_H_
#define GREFFE_CORE_READER_BULLETS_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace greffe::reader {

// The bullet that `text` starts with, of those that nothing else is written with; empty for none.
absl::string_view BulletHere(absl::string_view text);

// A bullet at the start of a line: its bytes (with the space after it) and the marker; 0 for none.
// « - ✓ text » is one bullet. « -text » counts, « --- » and « -5 » do not.
struct Bullet {
  std::size_t bytes = 0;
  std::string marker;
};
Bullet BulletOf(absl::string_view line);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_BULLETS_H_
