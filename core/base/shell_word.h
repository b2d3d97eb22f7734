#ifndef GREFFE_CORE_BASE_SHELL_WORD_H_
#define GREFFE_CORE_BASE_SHELL_WORD_H_

#include <string>

#include "absl/strings/string_view.h"

namespace greffe {

// A word as people type it in a shell: in single quotes unless it is plain. What others named goes
// into a command to copy through this alone.
std::string ShellWord(absl::string_view word);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_SHELL_WORD_H_
