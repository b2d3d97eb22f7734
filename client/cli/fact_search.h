#ifndef GREFFE_CLIENT_CLI_FACT_SEARCH_H_
#define GREFFE_CLIENT_CLI_FACT_SEARCH_H_

#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "client/cli/context.h"
#include "greffe/v1/act.pb.h"
#include "greffe/v1/life.pb.h"
#include "greffe/v1/view.pb.h"

// A fact that still counts, of whatever kind, found by its hash. Private to client/cli.
namespace greffe::cli {

// A signature on paper or in an outside file, and where it stands.
struct RecordedSignature {
  std::string act_id;
  std::string revision;
  std::string signatory_id;
  v1::SignatureView signature;
};

// A fact on record, in full.
struct Fact {
  std::string convention_id;
  std::string leaf;
  std::string cut;
  std::variant<v1::FollowUpValue, v1::Deliberation, RecordedSignature, v1::LifeRecorded> content;
};

// The fact whose hash begins so, by at least 6 digits, in that convention or in every one that the
// user may see. NOT_FOUND; INVALID_ARGUMENT when two begin so.
absl::StatusOr<Fact> FindFact(Client& client, const std::string& prefix,
                              const std::string& convention);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_FACT_SEARCH_H_
