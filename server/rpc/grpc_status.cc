#include "server/rpc/grpc_status.h"

#include <string>

#include "core/base/refusals.h"
#include "greffe/v1/error.pb.h"

namespace greffe {

// Codes of both have the same numbers (google.rpc.Code), so a cast is the whole mapping.
static_assert(static_cast<int>(absl::StatusCode::kUnauthenticated) ==
              static_cast<int>(grpc::StatusCode::UNAUTHENTICATED));

namespace {

void Fill(const Refusal& refusal, v1::ErrorDetail* detail) {
  detail->set_rule(refusal.rule);
  detail->set_field(refusal.field);
  detail->set_text_fr(refusal.fr);
  detail->set_text_en(refusal.en);
  detail->set_next_fr(refusal.next_fr);
  detail->set_next_en(refusal.next_en);
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status, Language language) {
  if (status.ok()) return grpc::Status::OK;
  const Refusal refusal = RefusalOf(status);
  v1::ErrorDetail detail;
  Fill(refusal, &detail);
  for (const Refusal& more : FurtherOf(status)) Fill(more, detail.add_more());
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      language == Language::kFrench ? refusal.fr : refusal.en,
                      detail.SerializeAsString());
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  Refusal refusal{.code = static_cast<absl::StatusCode>(status.error_code())};
  v1::ErrorDetail detail;
  if (!status.error_details().empty() && detail.ParseFromString(status.error_details())) {
    refusal.rule = detail.rule();
    refusal.field = detail.field();
    refusal.fr = detail.text_fr();
    refusal.en = detail.text_en();
    refusal.next_fr = detail.next_fr();
    refusal.next_en = detail.next_en();
  }
  if (refusal.fr.empty()) refusal.fr = status.error_message();
  if (refusal.en.empty()) refusal.en = status.error_message();
  return ToStatus(refusal);
}

}  // namespace greffe
