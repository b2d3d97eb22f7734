#include "client/status.h"

#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

constexpr char kMore[] = "greffe/more";
constexpr char kUsage[] = "greffe/usage";
constexpr char kReplica[] = "greffe/replica";
constexpr char kUnknownBefore[] = "greffe/unknown-before";

// For a status without detail: what gRPC itself says, in words for people.
Refusal Explain(const grpc::Status& status, absl::string_view target) {
  Refusal out;
  out.code = static_cast<absl::StatusCode>(status.error_code());
  const std::string& said = status.error_message();
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      if (absl::StrContains(said, "andshak") || absl::StrContains(said, "certificate")) {
        out.rule = "pinned-certificate";
        out.fr = absl::StrCat("Ce qui répond à ", target, " n'a pas le certificat attendu (", said,
                              ").");
        out.en = absl::StrCat("What answers at ", target, " does not have the pinned certificate (",
                              said, ").");
        out.next_fr = "vérifiez --server et --server-cert";
        out.next_en = "check --server and --server-cert";
        break;
      }
      out.rule = "not-reachable";
      out.fr = absl::StrCat("Greffe ne répond pas à ", target, " (", said, ").");
      out.en = absl::StrCat("Greffe does not answer at ", target, " (", said, ").");
      out.next_fr = "lancez « greffed run --home DOSSIER », ou vérifiez --home et --server";
      out.next_en = "start “greffed run --home DIR”, or check --home and --server";
      break;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      out.rule = "deadline";
      out.fr = absl::StrCat("Pas de réponse de ", target, " dans le délai donné.");
      out.en = absl::StrCat("No answer from ", target, " in the time given.");
      out.next_fr = "recommencez avec un délai plus long, par exemple --timeout 2m";
      out.next_en = "try again with more time, such as --timeout 2m";
      break;
    case grpc::StatusCode::UNIMPLEMENTED:
      out.rule = "version";
      out.fr = absl::StrCat("La réplique à ", target, " ne connaît pas cette commande.");
      out.en = absl::StrCat("The replica at ", target, " does not know this command.");
      out.next_fr = "mettez greffed à la version de greffe (greffe --version)";
      out.next_en = "bring greffed to the version of greffe (greffe --version)";
      break;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      out.fr = absl::StrCat("Une limite est dépassée : ", said, ".");
      out.en = absl::StrCat("A limit is exceeded: ", said, ".");
      break;
    case grpc::StatusCode::UNAUTHENTICATED:
      out.fr = absl::StrCat("Le jeton n'est pas accepté : ", said, ".");
      out.en = absl::StrCat("The token is not accepted: ", said, ".");
      out.next_fr = "vérifiez --token-file";
      out.next_en = "check --token-file";
      break;
    default:
      out.fr = said.empty() ? "Erreur sans explication." : said;
      out.en = said.empty() ? "Error without explanation." : said;
  }
  return out;
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status, absl::string_view target) {
  if (status.ok()) return absl::OkStatus();
  v1::ErrorDetail detail;
  if (status.error_details().empty() || !detail.ParseFromString(status.error_details()) ||
      detail.text_fr().empty()) {
    return ToStatus(Explain(status, target));
  }
  absl::Status out = ToStatus({.code = static_cast<absl::StatusCode>(status.error_code()),
                               .rule = detail.rule(),
                               .field = detail.field(),
                               .fr = detail.text_fr(),
                               .en = detail.text_en(),
                               .next_fr = detail.next_fr(),
                               .next_en = detail.next_en(),
                               .confirm = detail.confirm()});
  out.SetPayload(kReplica, absl::Cord("1"));
  if (detail.more_size() > 0) out.SetPayload(kMore, absl::Cord(status.error_details()));
  return out;
}

std::vector<v1::ErrorDetail> FurtherProblems(const absl::Status& status) {
  v1::ErrorDetail detail;
  const auto payload = status.GetPayload(kMore);
  if (!payload.has_value() || !detail.ParseFromString(std::string(*payload))) return {};
  return {detail.more().begin(), detail.more().end()};
}

absl::Status UsageError(Refusal refusal) {
  refusal.code = absl::StatusCode::kInvalidArgument;
  absl::Status out = ToStatus(refusal);
  out.SetPayload(kUsage, absl::Cord("1"));
  return out;
}

bool IsUsageError(const absl::Status& status) { return status.GetPayload(kUsage).has_value(); }

bool IsFromReplica(const absl::Status& status) { return status.GetPayload(kReplica).has_value(); }

bool FateUnknown(const absl::Status& status) {
  if (status.GetPayload(kUnknownBefore).has_value()) return true;
  const std::string rule = RefusalOf(status).rule;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      // Said before the command is looked at.
      return rule != "store-must-be-reopened";
    case absl::StatusCode::kDeadlineExceeded:
      return true;
    case absl::StatusCode::kResourceExhausted:
      // What was written may be whole on disk although its end was not confirmed.
      return rule == "disk-full";
    default:
      return false;
  }
}

absl::Status AfterUnknownFate(absl::Status status) {
  // Any other answer is the last word: the replica looks up the command's id first.
  if (absl::IsUnavailable(status)) status.SetPayload(kUnknownBefore, absl::Cord("1"));
  return status;
}

}  // namespace greffe
