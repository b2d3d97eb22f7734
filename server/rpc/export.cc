#include "server/rpc/export.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/status_macros.h"
#include "server/rpc/call_context.h"
#include "server/rpc/pulled_stream.h"
#include "server/rpc/unary.h"

namespace greffe {
namespace {

using ExportStream = PulledStream<v1::ExportConventionResponse>;

// The token is asked again at each piece, because a removed one must stop working at once.
struct Exporting {
  RpcRooms& rooms;
  std::string token;
  UserCall call;
  v1::ExportConventionRequest request;
  std::unique_ptr<ExportReader> reader;

  absl::StatusOr<std::vector<v1::ExportConventionResponse>> Pull() {
    RETURN_IF_ERROR(rooms.users.Authenticate(token).status());
    if (reader == nullptr) {
      ASSIGN_OR_RETURN(reader, rooms.replica.Export(call, request));
    }
    ASSIGN_OR_RETURN(std::optional<v1::ExportConventionResponse> piece, reader->Next());
    std::vector<v1::ExportConventionResponse> out;
    if (piece.has_value()) out.push_back(*std::move(piece));
    return out;
  }
};

}  // namespace

grpc::ServerWriteReactor<v1::ExportConventionResponse>* StartExport(
    RpcRooms& rooms, grpc::CallbackServerContext* context,
    const v1::ExportConventionRequest& request) {
  ExportStream::Options options{.pool = &rooms.slow, .language = LanguageOf(*context)};
  absl::StatusOr<UserCall> call = Authenticate(*context, rooms);
  if (!call.ok()) {
    options.pull = [status = call.status()] { return status; };
  } else if (absl::Status entered = EnterStream(rooms, *call); !entered.ok()) {
    options.pull = [entered] { return entered; };
  } else {
    // Shared because std::function wants copies; the stream alone uses it.
    auto exporting = std::make_shared<Exporting>(Exporting{
        .rooms = rooms, .token = *TokenOf(*context), .call = *std::move(call), .request = request});
    options.pull = [exporting] { return exporting->Pull(); };
    options.on_gone = [&rooms, exporting] { rooms.streams.Leave(exporting->call); };
  }
  auto* stream = new ExportStream(std::move(options));
  stream->Begin();
  return stream;
}

}  // namespace greffe
