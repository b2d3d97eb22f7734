#ifndef GREFFE_SERVER_RPC_UNARY_H_
#define GREFFE_SERVER_RPC_UNARY_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/base/refusal.h"
#include "server/rpc/call_context.h"
#include "server/rpc/grpc_status.h"
#include "server/rpc/rooms.h"

namespace greffe {

// Ends a unary call once, in the caller's language. Copyable: it goes where the answer is made.
class Finisher final {
 public:
  enum class Work { kCommand, kRead };
  Finisher(RpcRooms& rooms, grpc::CallbackServerContext* context, Work work)
      : rooms_(&rooms),
        reactor_(context->DefaultReactor()),
        language_(LanguageOf(*context)),
        work_(work),
        began_(rooms.clock.Now()) {}

  grpc::ServerUnaryReactor* reactor() const { return reactor_; }
  void operator()(const absl::Status& status) const;

 private:
  RpcRooms* rooms_;
  grpc::ServerUnaryReactor* reactor_;
  Language language_;
  Work work_;
  Instant began_;
};

// RESOURCE_EXHAUSTED (rule "limit-calls").
absl::Status TooManyCalls();
// OK when a stream may begin: then StreamGate::Leave must follow. RESOURCE_EXHAUSTED (rule
// "limit-calls" for all together, "limit-streams" for the caller's share).
absl::Status EnterStream(RpcRooms& rooms, const UserCall& call);
// DEADLINE_EXCEEDED once the call's deadline has passed.
absl::Status CheckDeadline(const UserCall& call, Instant now);

template <typename Request>
bool IsDryRun(const Request& request) {
  if constexpr (requires { request.dry_run(); }) {
    return request.dry_run();
  } else {
    return false;
  }
}

// A command: queued for the sequencer, answered from its callback when durable. A dry run is work
// for the pool of what takes long.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* RunCommand(RpcRooms& rooms, grpc::CallbackServerContext* context,
                                     const Request* request, Response* response) {
  const Finisher finish(rooms, context, Finisher::Work::kCommand);
  const absl::StatusOr<UserCall> call = Authenticate(*context, rooms);
  if (!call.ok()) {
    finish(call.status());
    return finish.reactor();
  }
  const auto submit = [&rooms, finish, request, response, call = *call] {
    rooms.replica.Submit<Request>(call, *request,
                                  [finish, response](absl::StatusOr<Response> answer) {
                                    if (answer.ok()) *response = *std::move(answer);
                                    finish(answer.status());
                                  });
  };
  if (!IsDryRun(*request)) {
    submit();
  } else if (!rooms.slow.Offer(submit)) {
    finish(TooManyCalls());
  }
  return finish.reactor();
}

// Work that may block, on `pool`; `answer` gets the user and fills the response. `request` and
// `response` live until the call is finished.
template <typename Response>
grpc::ServerUnaryReactor* RunOn(WorkerPool& pool, RpcRooms& rooms,
                                grpc::CallbackServerContext* context, Response* response,
                                std::function<absl::StatusOr<Response>(const UserCall&)> answer) {
  const Finisher finish(rooms, context, Finisher::Work::kRead);
  absl::StatusOr<UserCall> call = Authenticate(*context, rooms);
  if (!call.ok()) {
    finish(call.status());
    return finish.reactor();
  }
  const auto work = [&rooms, finish, response, call = *std::move(call),
                     answer = std::move(answer)] {
    absl::Status status = CheckDeadline(call, rooms.clock.Now());
    if (status.ok()) {
      absl::StatusOr<Response> made = answer(call);
      status = made.status();
      if (made.ok()) *response = *std::move(made);
    }
    finish(status);
  };
  if (!pool.Offer(work)) finish(TooManyCalls());
  return finish.reactor();
}

// A read of the replica.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* RunRead(RpcRooms& rooms, grpc::CallbackServerContext* context,
                                  const Request* request, Response* response,
                                  absl::StatusOr<Response> (Replica::*read)(const UserCall&,
                                                                            const Request&) const) {
  return RunOn<Response>(rooms.reads, rooms, context, response,
                         [&rooms, request, read](const UserCall& call) {
                           return (rooms.replica.*read)(call, *request);
                         });
}

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_UNARY_H_
