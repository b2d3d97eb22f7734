#include "server/rpc/follow_up_service.h"

#include <memory>

#include "server/rpc/services.h"
#include "server/rpc/unary.h"

namespace greffe {

grpc::ServerUnaryReactor* FollowUpServiceImpl::ReportProgress(
    grpc::CallbackServerContext* context, const v1::ReportProgressRequest* request,
    v1::ReportProgressResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* FollowUpServiceImpl::RecordMeasurement(
    grpc::CallbackServerContext* context, const v1::RecordMeasurementRequest* request,
    v1::RecordMeasurementResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* FollowUpServiceImpl::RecordMeeting(
    grpc::CallbackServerContext* context, const v1::RecordMeetingRequest* request,
    v1::RecordMeetingResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* FollowUpServiceImpl::LinkPredecessor(
    grpc::CallbackServerContext* context, const v1::LinkPredecessorRequest* request,
    v1::LinkPredecessorResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* FollowUpServiceImpl::CorrectFact(grpc::CallbackServerContext* context,
                                                           const v1::CorrectFactRequest* request,
                                                           v1::CorrectFactResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

std::unique_ptr<grpc::Service> MakeFollowUpService(RpcRooms& rooms) {
  return std::make_unique<FollowUpServiceImpl>(rooms);
}

}  // namespace greffe
