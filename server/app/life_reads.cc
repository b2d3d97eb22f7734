// Reads of a convention's life and deadlines.

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/convention/views/queries_life.h"
#include "server/app/paging.h"
#include "server/app/rooms.h"

namespace greffe {
namespace {

constexpr PageSizes kLifePages{100, 200};
constexpr int kRulesMax = 100;

absl::StatusOr<DeadlinesWanted> WantedBy(const v1::GetDeadlinesRequest& request) {
  if (request.late() && request.has_within_days()) {
    return ToStatus({.field = "late",
                     .fr = "« late » et « within_days » ne vont pas ensemble.",
                     .en = "“late” and “within_days” do not go together."});
  }
  if (request.rules_size() > kRulesMax) {
    return ToStatus({.field = "rules",
                     .fr = absl::StrCat(request.rules_size(), " règles, ", kRulesMax, " au plus."),
                     .en = absl::StrCat(request.rules_size(), " rules, at most ", kRulesMax, ".")});
  }
  DeadlinesWanted wanted{.partner_id = request.partner_id(), .late = request.late()};
  if (!request.until().empty()) {
    ASSIGN_OR_RETURN(wanted.until, CivilDate::Parse(request.until(), "until"));
  }
  if (request.has_within_days()) wanted.within_days = request.within_days();
  for (const std::string& rule : request.rules()) wanted.rules.insert(absl::AsciiStrToUpper(rule));
  return wanted;
}

}  // namespace

absl::StatusOr<v1::GetLifeResponse> Replica::GetLife(const UserCall& call,
                                                     const v1::GetLifeRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  ASSIGN_OR_RETURN(ViewPage page, FindViewPage(request.at(), request.page_token(),
                                               kLifePages.Clamp(request.page_size())));
  v1::GetLifeResponse response;
  const auto read = [&](const Known& known) -> absl::Status {
    auto part = ViewLife(known, request.element_id(), page.part);
    if (!part.ok()) return PageError(part.status());
    *response.mutable_view() = std::move(part->view);
    response.set_next_page_token(NextViewPage(known, part->next, page.beside));
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(rooms_->ReadRenewed(call, id, page.at, &page.beside, read));
  rooms_->FillContext(call, &id, response.mutable_context());
  page.beside.Tell(response.mutable_context());
  return response;
}

absl::StatusOr<v1::GetDeadlinesResponse> Replica::GetDeadlines(
    const UserCall& call, const v1::GetDeadlinesRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  ASSIGN_OR_RETURN(const DeadlinesWanted wanted, WantedBy(request));
  v1::GetDeadlinesResponse response;
  ReadBesides beside;
  RETURN_IF_ERROR(
      rooms_->ReadRenewed(call, id, request.at(), &beside, [&](const Known& known) -> absl::Status {
        RETURN_IF_ERROR(CheckWanted(known, wanted));
        *response.mutable_view() = ViewDeadlines(known, wanted);
        return absl::OkStatus();
      }));
  rooms_->FillContext(call, &id, response.mutable_context());
  beside.Tell(response.mutable_context());
  return response;
}

}  // namespace greffe
