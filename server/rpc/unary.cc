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

absl::Status EnterStream(RpcRooms& rooms, const UserCall& call) {
  switch (rooms.streams.Enter(call)) {
    case StreamGate::Turn::kIn:
      return absl::OkStatus();
    case StreamGate::Turn::kFull:
      return TooManyCalls();
    case StreamGate::Turn::kOwnShare:
      break;
  }
  return ToStatus(
      {.code = absl::StatusCode::kResourceExhausted,
       .rule = "limit-streams",
       .fr = "Vous, ou les utilisateurs de votre partenaire, suivez, envoyez ou exportez "
             "déjà tout ce que cette réplique sert à la fois à un seul.",
       .en = "You, or the users of your partner, already watch, send or export all that "
             "this replica serves to one at once.",
       .next_fr = "Arrêtez un suivi (greffe watch) ou attendez la fin d'un transfert.",
       .next_en = "Stop a watch (greffe watch), or wait until a transfer has ended."});
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
