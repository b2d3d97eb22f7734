#ifndef GREFFE_SERVER_MAIN_USAGE_ERROR_H_
#define GREFFE_SERVER_MAIN_USAGE_ERROR_H_

#include <CLI/CLI.hpp>
#include <string>

#include "server/ops/language.h"

namespace greffe {

// Why `app` refused what was typed, and what to type to learn more: the library's own words are
// English and for programmers.
std::string ExplainUsage(const CLI::ParseError& error, const CLI::App& app, Language language);

}  // namespace greffe

#endif  // GREFFE_SERVER_MAIN_USAGE_ERROR_H_
