// Reads of what a convention says.

#include <utility>

#include "core/base/status_macros.h"
#include "server/app/paging.h"
#include "server/app/refusals.h"
#include "server/app/rooms.h"

namespace greffe {
namespace {

constexpr PageSizes kConventionPages{50, 200};
constexpr PageSizes kHistoryPages{100, 200};

}  // namespace

absl::StatusOr<v1::ListConventionsResponse> Replica::ListConventions(
    const UserCall& call, const v1::ListConventionsRequest& request) const {
  const std::size_t count = kConventionPages.Clamp(request.page_size());
  std::optional<ConventionId> after;
  if (!request.page_token().empty()) {
    const auto id = ConventionId::FromHex(request.page_token(), "page_token");
    if (!id.ok()) return BadPageToken();
    after = *id;
  }
  const std::vector<ConventionId> ids =
      rooms_->hosts->List(call.partner_id, after ? &*after : nullptr, count + 1);
  v1::ListConventionsResponse response;
  rooms_->FillContext(call, nullptr, response.mutable_context());
  for (std::size_t i = 0; i < ids.size() && i < count; ++i) {
    v1::ConventionSummary* summary = response.add_conventions();
    const absl::Status read = rooms_->cuts->ReadOne(ids[i], {}, [&](const Known& known) {
      *summary = Summarise(known);
      return absl::OkStatus();
    });
    summary->set_read_only(absl::IsDataLoss(read) || rooms_->hosts->ReadOnly(ids[i]));
    // It is listed by its id alone, and the others go on.
    if (!read.ok()) summary->set_convention_id(ids[i].ToHex());
    if (!read.ok() || summary->read_only())
      rooms_->FillContext(call, &ids[i], response.mutable_context());
  }
  if (ids.size() > count) response.set_next_page_token(ids[count - 1].ToHex());
  return response;
}

absl::StatusOr<v1::GetConventionResponse> Replica::GetConvention(
    const UserCall& call, const v1::GetConventionRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  v1::GetConventionResponse response;
  ReadBesides beside;
  RETURN_IF_ERROR(
      rooms_->ReadRenewed(call, id, request.at(), &beside, [&](const Known& known) -> absl::Status {
        ASSIGN_OR_RETURN(*response.mutable_view(), ViewConvention(known, request.element_id()));
        return absl::OkStatus();
      }));
  rooms_->FillContext(call, &id, response.mutable_context());
  beside.Tell(response.mutable_context());
  return response;
}

absl::StatusOr<v1::GetStatusResponse> Replica::GetStatus(
    const UserCall& call, const v1::GetStatusRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  v1::GetStatusResponse response;
  ReadBesides beside;
  RETURN_IF_ERROR(
      rooms_->ReadRenewed(call, id, request.at(), &beside, [&](const Known& known) -> absl::Status {
        ASSIGN_OR_RETURN(
            *response.mutable_view(),
            ViewStatus(known, {.blocking = request.blocking(), .act_id = request.act_id()}));
        return absl::OkStatus();
      }));
  rooms_->FillContext(call, &id, response.mutable_context());
  beside.Tell(response.mutable_context());
  rooms_->FillPersonalValues(call, id, response.view(), response.mutable_context());
  return response;
}

absl::StatusOr<v1::DiffConventionResponse> Replica::DiffConvention(
    const UserCall& call, const v1::DiffConventionRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  v1::DiffConventionResponse response;
  RETURN_IF_ERROR(rooms_->cuts->Read(id, {{&request.from(), "from"}, {&request.to(), "to"}},
                                     [&](const std::vector<Known>& known) -> absl::Status {
                                       ASSIGN_OR_RETURN(*response.mutable_view(),
                                                        ViewDiff(known[0], known[1]));
                                       return absl::OkStatus();
                                     }));
  rooms_->FillContext(call, &id, response.mutable_context());
  return response;
}

absl::StatusOr<v1::GetHistoryResponse> Replica::GetHistory(
    const UserCall& call, const v1::GetHistoryRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  ASSIGN_OR_RETURN(const ViewPage page, FindViewPage(request.at(), request.page_token(),
                                                     kHistoryPages.Clamp(request.page_size())));
  v1::GetHistoryResponse response;
  RETURN_IF_ERROR(rooms_->cuts->ReadOne(id, page.at, [&](const Known& known) -> absl::Status {
    auto part = ViewHistory(known, request.element_id(), page.part);
    if (!part.ok()) return PageError(part.status());
    *response.mutable_view() = std::move(part->view);
    response.set_next_page_token(NextViewPage(known, part->next));
    return absl::OkStatus();
  }));
  rooms_->FillContext(call, &id, response.mutable_context());
  rooms_->FillPersonalValues(call, id, response.view(), response.mutable_context());
  return response;
}

absl::StatusOr<v1::ListConflictsResponse> Replica::ListConflicts(
    const UserCall& call, const v1::ListConflictsRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  v1::ListConflictsResponse response;
  RETURN_IF_ERROR(rooms_->cuts->ReadOne(id, request.at(), [&](const Known& known) -> absl::Status {
    ASSIGN_OR_RETURN(*response.mutable_view(), ViewConflicts(known));
    return absl::OkStatus();
  }));
  rooms_->FillContext(call, &id, response.mutable_context());
  return response;
}

absl::StatusOr<v1::ListActsResponse> Replica::ListActs(const UserCall& call,
                                                       const v1::ListActsRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  v1::ListActsResponse response;
  RETURN_IF_ERROR(rooms_->cuts->ReadOne(id, request.at(), [&](const Known& known) -> absl::Status {
    ASSIGN_OR_RETURN(response, ViewActs(known));
    return absl::OkStatus();
  }));
  v1::ReplyContext context;
  rooms_->FillContext(call, &id, &context);
  rooms_->FillPersonalValues(call, id, response, &context);
  *response.mutable_context() = std::move(context);
  return response;
}

absl::StatusOr<v1::GetActResponse> Replica::GetAct(const UserCall& call,
                                                   const v1::GetActRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  v1::GetActResponse response;
  RETURN_IF_ERROR(rooms_->cuts->ReadOne(id, request.at(), [&](const Known& known) -> absl::Status {
    ASSIGN_OR_RETURN(response, ViewAct(known, request.act_id()));
    return absl::OkStatus();
  }));
  v1::ReplyContext context;
  rooms_->FillContext(call, &id, &context);
  rooms_->FillPersonalValues(call, id, response.act(), &context);
  *response.mutable_context() = std::move(context);
  return response;
}

absl::StatusOr<v1::GetInstrumentResponse> Replica::GetInstrument(
    const UserCall& call, const v1::GetInstrumentRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  v1::GetInstrumentResponse response;
  RETURN_IF_ERROR(rooms_->cuts->ReadOne(id, request.at(), [&](const Known& known) -> absl::Status {
    ASSIGN_OR_RETURN(*response.mutable_view(), ViewInstrument(known, request.act_id()));
    return absl::OkStatus();
  }));
  rooms_->FillContext(call, &id, response.mutable_context());
  return response;
}

absl::StatusOr<v1::GetRosterResponse> Replica::GetRoster(
    const UserCall& call, const v1::GetRosterRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  v1::GetRosterResponse response;
  RETURN_IF_ERROR(rooms_->hosts->Read(id, [&](const ConventionHost& host) {
    for (v1::RosterEntryView& entry : ViewRoster(host.state)) {
      *response.add_entries() = std::move(entry);
    }
    return absl::OkStatus();
  }));
  rooms_->FillContext(call, &id, response.mutable_context());
  return response;
}

}  // namespace greffe
