#ifndef GREFFE_CLIENT_CLI_ANSWERED_H_
#define GREFFE_CLIENT_CLI_ANSWERED_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "client/cli/messages.h"
#include "greffe/v1/reply.pb.h"

namespace greffe::cli {

// What an answer was computed from (CHK-38): an answer that people read bears it too, so that they
// can tell two truths apart and ask for one again.

// The options that ask for it again, at any replica that knows as much. Empty for what is no read
// at a cut.
template <typename Response>
std::string AskAgain(const Response& response) {
  if constexpr (requires { response.view().from_cut(); }) {
    const auto& view = response.view();
    if (view.from_cut().empty() || view.to_cut().empty()) return "";
    return absl::StrCat("--from ", view.from_in_force_on(), "@", view.from_cut(), " --to ",
                        view.to_in_force_on(), "@", view.to_cut());
  } else if constexpr (requires { response.view().clock_date(); }) {
    const auto& view = response.view();
    if (view.cut().empty()) return "";
    return absl::StrCat("--in-force-on ", view.in_force_on(), " --clock-date ", view.clock_date(),
                        " --known-at ", view.cut());
  } else if constexpr (requires { response.view().cut(); }) {
    return response.view().cut().empty() ? "" : absl::StrCat("--known-at ", response.view().cut());
  } else if constexpr (requires {
                         response.cut();
                         response.context().replica();
                       }) {
    return response.cut().empty() ? "" : absl::StrCat("--known-at ", response.cut());
  } else {
    return "";
  }
}

// « Selon la réplique Caf d'essai [3f9a2c1b0d4e] ; la même réponse : … »; empty where the replica
// does not say who it is.
std::string SayAnswered(Lang lang, const v1::ReplyContext& from, absl::string_view ask_again);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_ANSWERED_H_
