#ifndef GREFFE_CLIENT_DISK_WORDS_H_
#define GREFFE_CLIENT_DISK_WORDS_H_

#include <string>

namespace greffe {

// Why the system does not give a file, in both languages.
struct DiskWords {
  std::string fr;
  std::string en;
};
// Of an errno. What people do not meet keeps the system's own words, which are English.
DiskWords WordsOfErrno(int error);

}  // namespace greffe

#endif  // GREFFE_CLIENT_DISK_WORDS_H_
