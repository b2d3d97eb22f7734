#include "server/rpc/unary.h"

namespace greffe {

void Finisher::operator()(const absl::Status& status) const {
  const double seconds =
      static_cast<double>(rooms_->clock.Now().micros - began_.micros) / 1'000'000.0;
  if (work_ == Work::kCommand) {
    rooms_->metrics.Command(seconds, status.ok());
  } else {
    rooms_->metrics.Read(seconds, status.ok());
  }
  if (absl::IsInternal(status) || absl::IsDataLoss(status)) {
    // The message may quote a convention; the code and rule are enough to start looking.
    rooms_->log.Log(
        LogLevel::kError, "call-failed",
        {{"code", absl::StatusCodeToString(status.code())}, {"rule", RefusalOf(status).rule}});
  }
  reactor_->Finish(ToGrpcStatus(status, language_));
}

absl::Status TooManyCalls() {
  return ToStatus({.code = absl::StatusCode::kResourceExhausted,
                   .rule = "limit-calls",
                   .fr = "Trop d'appels attendent déjà sur cette réplique.",
                   .en = "Too many calls already wait on this replica.",
                   .next_fr = "Réessayez dans quelques secondes.",
                   .next_en = "Try again in a few seconds."});
}

absl::Status CheckDeadline(const UserCall& call, Instant now) {
  if (!call.deadline.has_value() || now < *call.deadline) return absl::OkStatus();
  return ToStatus({.code = absl::StatusCode::kDeadlineExceeded,
                   .rule = "deadline",
                   .fr = "Le délai de cet appel est passé avant qu'il n'ait commencé.",
                   .en = "The deadline of this call passed before it began.",
                   .next_fr = "Recommencez avec un délai plus long : --timeout 60s",
                   .next_en = "Try again with a longer deadline: --timeout 60s"});
}

}  // namespace greffe
