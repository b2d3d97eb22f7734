#ifndef GREFFE_CLIENT_CLI_DELIBERATION_ARGS_H_
#define GREFFE_CLIENT_CLI_DELIBERATION_ARGS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/command.h"
#include "greffe/v1/act.pb.h"

namespace greffe::cli {

// Options that say what a deliberation is: to record one, and to correct one.
struct DeliberationArgs {
  std::string partner, assembly, number, sitting_on, published_on, publication, received_on,
      receipt, evidence, evidence_digest, remark, published_time, received_time, scope, scope_quote,
      scope_proposer, scope_from, scope_until, casting, convened_on, transmitted_on, certified_on;
  std::optional<std::uint32_t> in_office, present, represented, votes_for, against, abstentions;
  std::optional<bool> approves, authorises;

  void AddTo(Command& command);
  // All but --partner, for a command that has one of its own.
  void AddFactsTo(Command& command);
  // Sets what was given and leaves the rest.
  absl::Status Fill(v1::Deliberation& out) const;
  // 32 bytes of the document named; empty when none is.
  absl::StatusOr<std::string> EvidenceDigest() const;
};

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_DELIBERATION_ARGS_H_
