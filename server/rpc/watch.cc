#include "server/rpc/watch.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/rpc/call_context.h"
#include "server/rpc/pulled_stream.h"
#include "server/rpc/unary.h"

namespace greffe {
namespace {

using WatchStream = PulledStream<v1::WatchConventionResponse>;

// Enough to fill a write or two; the events of one batch are all that a slow reader holds here.
constexpr std::size_t kEventsPerPull = 32;

absl::Status Stops() {
  return ToStatus({.code = absl::StatusCode::kUnavailable,
                   .rule = "stopping",
                   .fr = "La réplique s'arrête.",
                   .en = "The replica stops.",
                   .next_fr = "Reprenez une fois qu'elle tourne de nouveau : greffe watch --after",
                   .next_en = "Go on once it runs again: greffe watch --after"});
}

// What one watch reads with: the token is asked again at each batch, because a removed one must
// stop working at once.
struct Watch {
  RpcRooms& rooms;
  std::string token;
  UserCall call;
  v1::WatchConventionRequest request;
  bool admitted = false;
  bool begun = false;
  std::uint64_t from = 0;
  std::uint64_t listener = 0;
  std::uint64_t waker = 0;

  absl::StatusOr<std::vector<v1::WatchConventionResponse>> Pull() {
    if (rooms.streams.closing()) return Stops();
    RETURN_IF_ERROR(rooms.users.Authenticate(token).status());
    if (!begun) {
      ASSIGN_OR_RETURN(from, rooms.replica.WatchFrom(call, request));
      begun = true;
    }
    ASSIGN_OR_RETURN(auto events,
                     rooms.replica.ReadWatch(call, request.convention_id(), from, kEventsPerPull));
    if (!events.empty()) from = events.back().arrival() + 1;
    return events;
  }
};

WatchStream* Refuse(RpcRooms& rooms, Language language, absl::Status status) {
  auto* stream = new WatchStream(
      {.pull = [status] { return status; }, .pool = &rooms.reads, .language = language});
  stream->Begin();
  return stream;
}

}  // namespace

grpc::ServerWriteReactor<v1::WatchConventionResponse>* StartWatch(
    RpcRooms& rooms, grpc::CallbackServerContext* context,
    const v1::WatchConventionRequest& request) {
  const Language language = LanguageOf(*context);
  absl::StatusOr<UserCall> call = Authenticate(*context, rooms);
  if (!call.ok()) return Refuse(rooms, language, call.status());
  if (absl::Status entered = EnterStream(rooms, *call); !entered.ok()) {
    return Refuse(rooms, language, std::move(entered));
  }
  // A watch lasts as long as its client wants.
  call->deadline.reset();
  // Shared by the pull and the end of the stream, whichever comes last.
  auto watch = std::make_shared<Watch>(Watch{
      .rooms = rooms, .token = *TokenOf(*context), .call = *std::move(call), .request = request});
  auto* stream = new WatchStream({.pull = [watch] { return watch->Pull(); },
                                  .wait_when_empty = true,
                                  .on_gone =
                                      [watch] {
                                        watch->rooms.replica.RemoveListener(watch->listener);
                                        watch->rooms.streams.RemoveWaker(watch->waker);
                                        watch->rooms.streams.Leave(watch->call);
                                      },
                                  .pool = &rooms.reads,
                                  .language = language});
  watch->listener = rooms.replica.AddListener(
      [stream, wanted = request.convention_id()](const Published& published) {
        // The id may have been given as a prefix.
        if (absl::StartsWith(published.convention.ToHex(), wanted)) stream->Wake();
      });
  watch->waker = rooms.streams.AddWaker([stream] { stream->Wake(); });
  stream->Begin();
  return stream;
}

}  // namespace greffe
