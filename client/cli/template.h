#ifndef GREFFE_CLIENT_CLI_TEMPLATE_H_
#define GREFFE_CLIENT_CLI_TEMPLATE_H_

#include <string>

#include "client/cli/messages.h"

namespace greffe::cli {

// A draft of a convention in text format, each section explained in comments, that passes
// `convention new --dry-run` as it is. Contractual texts are in French in both languages.
std::string ConventionTemplate(Lang lang);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_TEMPLATE_H_
