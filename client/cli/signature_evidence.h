#ifndef GREFFE_CLIENT_CLI_SIGNATURE_EVIDENCE_H_
#define GREFFE_CLIENT_CLI_SIGNATURE_EVIDENCE_H_

#include <string>

#include "absl/status/status.h"
#include "client/cli/command.h"
#include "greffe/v1/act_service.pb.h"

// What proves a signature that was not given in Greffe: the scan of a paper, or the file that
// another signing tool made. Private to client/cli.
namespace greffe::cli {

struct SignatureEvidence {
  std::string scan, scan_digest, outside_file, outside_digest;

  // The four options, of which at most one is given.
  void AddTo(Command& command);
  // Kind and digest by the option given; without one, both stay as they are. A usage error when
  // several are given, or the file cannot be read.
  absl::Status Fill(v1::RecordSignatureRequest& request) const;
  // The usage error that says which options there are.
  static absl::Status NeedOne();
};

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_SIGNATURE_EVIDENCE_H_
