#ifndef GREFFE_CLIENT_CLI_FOLLOW_ARGS_H_
#define GREFFE_CLIENT_CLI_FOLLOW_ARGS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "client/cli/command.h"
#include "greffe/v1/follow_up.pb.h"

namespace greffe::cli {

// Options that say what was followed up: to record it, and to correct it. Each Fill sets what was
// given and leaves the rest.

struct ProgressArgs {
  std::string state, as_of, comment;
  std::optional<std::uint32_t> percent;

  void AddTo(Command& command);
  absl::Status Fill(v1::ProgressReported& out) const;
};

struct MeasurementArgs {
  std::string period, value, source;

  void AddTo(Command& command);
  void Fill(v1::IndicatorMeasured& out) const;
};

struct MeetingArgs {
  std::string held_on, minutes, minutes_digest;
  std::vector<std::string> attendance, decisions;

  void AddTo(Command& command);
  absl::Status Fill(v1::MeetingRecorded& out) const;
};

struct PredecessorArgs {
  std::string title, start, end, kept_as, source;

  void AddTo(Command& command);
  void Fill(v1::Predecessor& out) const;
};

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_FOLLOW_ARGS_H_
