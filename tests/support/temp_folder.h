#ifndef GREFFE_TESTS_SUPPORT_TEMP_FOLDER_H_
#define GREFFE_TESTS_SUPPORT_TEMP_FOLDER_H_

#include <stdlib.h>

#include <filesystem>
#include <string>

namespace greffe {

// A folder of its own, removed with all that is in it. Short, so that sockets fit.
class TempFolder final {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "greffe-XXXXXX").string();
    const char* made = ::mkdtemp(name.data());
    path_ = made == nullptr ? "" : made;
  }
  ~TempFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  // Without a slash at the end.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace greffe

#endif  // GREFFE_TESTS_SUPPORT_TEMP_FOLDER_H_
