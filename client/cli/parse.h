#ifndef GREFFE_CLIENT_CLI_PARSE_H_
#define GREFFE_CLIENT_CLI_PARSE_H_

#include <chrono>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "greffe/v1/act.pb.h"
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/follow_up.pb.h"
#include "greffe/v1/view.pb.h"

namespace greffe::cli {

// What people type, read. Errors are usage errors (exit 2) naming the option. Dates and instants
// are the replica's to judge: they pass as they are.

// `30` (seconds), `30s`, `500ms`, `2m`; above 0, at most 24 hours.
absl::StatusOr<std::chrono::milliseconds> ParseDuration(absl::string_view text);

// DATE, DATE@CUT or DATE@INSTANT, as `convention diff` takes it.
absl::StatusOr<v1::ReadAt> ParseDatedPoint(absl::string_view text, absl::string_view option);

// A token starts with `gt1.`; anything else is meant as an instant.
bool LooksLikeCut(absl::string_view text);

// What the read options of a command say together.
struct ReadOptions {
  std::string in_force_on;
  std::string known_at;
  std::string recorded_by;
  std::string clock_date;
};
absl::StatusOr<v1::ReadAt> ParseReadAt(const ReadOptions& options);

// 32 hexadecimal digits as 16 bytes.
absl::StatusOr<std::string> ParseRequestId(absl::string_view hex);
// 2 N hexadecimal digits, either case, as bytes; `option` is named when they are not.
absl::StatusOr<std::string> ParseHex(absl::string_view hex, std::size_t bytes,
                                     absl::string_view option);

// Words of the command line for values of enums.
absl::StatusOr<v1::Role> ParseRole(absl::string_view word);
absl::StatusOr<v1::PartnerKind> ParsePartnerKind(absl::string_view word);
absl::StatusOr<v1::ProgressState> ParseProgressState(absl::string_view word);
absl::StatusOr<v1::PublicationMode> ParsePublicationMode(absl::string_view word);
absl::StatusOr<v1::CastingVote> ParseCastingVote(absl::string_view word);
absl::StatusOr<v1::MandateReach> ParseMandateReach(absl::string_view word);
const char* RoleWord(v1::Role role);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_PARSE_H_
