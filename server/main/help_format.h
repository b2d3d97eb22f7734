#ifndef GREFFE_SERVER_MAIN_HELP_FORMAT_H_
#define GREFFE_SERVER_MAIN_HELP_FORMAT_H_

#include <CLI/CLI.hpp>
#include <string>

namespace greffe {

// `greffed --help` in 80 columns: the library's layout wraps nothing.
class HelpFormat final : public CLI::Formatter {
 public:
  std::string make_description(const CLI::App* app) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_footer(const CLI::App* app) const override;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_MAIN_HELP_FORMAT_H_
