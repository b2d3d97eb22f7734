#ifndef GREFFE_SERVER_APP_COMMAND_TRAITS_H_
#define GREFFE_SERVER_APP_COMMAND_TRAITS_H_

#include "greffe/v1/act_service.pb.h"
#include "greffe/v1/attachment_service.pb.h"
#include "greffe/v1/convention_service.pb.h"
#include "greffe/v1/follow_up_service.pb.h"
#include "greffe/v1/life_service.pb.h"

namespace greffe {

// The commands of the language, each with what it answers.
#define GREFFE_FOR_EACH_COMMAND(X)                         \
  X(CreateConventionRequest, CreateConventionResponse)     \
  X(ShareConventionRequest, ShareConventionResponse)       \
  X(SettleConflictRequest, SettleConflictResponse)         \
  X(ProposeActRequest, ProposeActResponse)                 \
  X(ReviseActRequest, ReviseActResponse)                   \
  X(FreezeActRequest, FreezeActResponse)                   \
  X(SignActRequest, SignActResponse)                       \
  X(RecordSignatureRequest, RecordSignatureResponse)       \
  X(AttestActRequest, AttestActResponse)                   \
  X(RefuseActRequest, RefuseActResponse)                   \
  X(WithdrawActRequest, WithdrawActResponse)               \
  X(AddAttachmentRequest, AddAttachmentResponse)           \
  X(RecordDeliberationRequest, RecordDeliberationResponse) \
  X(ReportProgressRequest, ReportProgressResponse)         \
  X(RecordMeasurementRequest, RecordMeasurementResponse)   \
  X(RecordMeetingRequest, RecordMeetingResponse)           \
  X(LinkPredecessorRequest, LinkPredecessorResponse)       \
  X(CorrectFactRequest, CorrectFactResponse)               \
  X(RecordFactRequest, RecordFactResponse)

template <typename Request>
struct CommandTraits;

#define GREFFE_COMMAND_TRAITS_(REQUEST, RESPONSE) \
  template <>                                     \
  struct CommandTraits<v1::REQUEST> {             \
    using Response = v1::RESPONSE;                \
  };
GREFFE_FOR_EACH_COMMAND(GREFFE_COMMAND_TRAITS_)
#undef GREFFE_COMMAND_TRAITS_

template <typename Request>
using ResponseOf = typename CommandTraits<Request>::Response;

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_COMMAND_TRAITS_H_
