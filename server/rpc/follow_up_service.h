#ifndef GREFFE_SERVER_RPC_FOLLOW_UP_SERVICE_H_
#define GREFFE_SERVER_RPC_FOLLOW_UP_SERVICE_H_

#include "greffe/v1/follow_up_service.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// greffe.v1.FollowUpService over the replica: who calls, then the use case, nothing else.
class FollowUpServiceImpl final : public v1::FollowUpService::CallbackService {
 public:
  explicit FollowUpServiceImpl(RpcRooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* ReportProgress(grpc::CallbackServerContext* context,
                                           const v1::ReportProgressRequest* request,
                                           v1::ReportProgressResponse* response) override;
  grpc::ServerUnaryReactor* RecordMeasurement(grpc::CallbackServerContext* context,
                                              const v1::RecordMeasurementRequest* request,
                                              v1::RecordMeasurementResponse* response) override;
  grpc::ServerUnaryReactor* RecordMeeting(grpc::CallbackServerContext* context,
                                          const v1::RecordMeetingRequest* request,
                                          v1::RecordMeetingResponse* response) override;
  grpc::ServerUnaryReactor* LinkPredecessor(grpc::CallbackServerContext* context,
                                            const v1::LinkPredecessorRequest* request,
                                            v1::LinkPredecessorResponse* response) override;
  grpc::ServerUnaryReactor* CorrectFact(grpc::CallbackServerContext* context,
                                        const v1::CorrectFactRequest* request,
                                        v1::CorrectFactResponse* response) override;

 private:
  RpcRooms& rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_FOLLOW_UP_SERVICE_H_
