// Reads of the events themselves, and what proves them.

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/feed/proof.h"
#include "server/app/feed_tree.h"
#include "server/app/paging.h"
#include "server/app/refusals.h"
#include "server/app/rooms.h"

namespace greffe {
namespace {

constexpr PageSizes kEventPages{100, 500};
// Events of an export's piece: well below what a message may have.
constexpr std::size_t kExportBytes = 128 * 1024;

absl::Status NoSuchEvent() {
  return ToStatus({.code = absl::StatusCode::kNotFound,
                   .rule = "not-found",
                   .field = "leaf",
                   .fr = "Aucun événement de cette convention n'a cette empreinte.",
                   .en = "No event of this convention has this leaf hash.",
                   .next_fr = "La liste : greffe audit events",
                   .next_en = "The list: greffe audit events"});
}

struct ShownEvent {
  std::uint64_t arrival = 0;
  v1::Event event;
  v1::EventView view;
};

// Events applied at [from, from + count), as people are told of them.
absl::Status ShowArrivals(const ConventionHost& host, const EventStore& store, std::uint64_t from,
                          std::size_t count, std::vector<ShownEvent>* out) {
  if (from >= host.row.arrivals) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<Arrival> arrivals,
                   store.ReadArrivals(host.row.number, from,
                                      std::min<std::uint64_t>(count, host.row.arrivals - from)));
  for (const Arrival& arrival : arrivals) {
    ASSIGN_OR_RETURN(const std::string bytes, ReadChecked(store, arrival.at));
    ShownEvent shown;
    shown.arrival = arrival.arrival;
    if (!shown.event.ParseFromString(bytes)) shown.event.Clear();
    shown.view = DescribeEvent(host.state, shown.event, LeafHash(bytes));
    out->push_back(std::move(shown));
  }
  return absl::OkStatus();
}

class Exporter final : public ExportReader {
 public:
  Exporter(const EventStore& store, std::vector<FeedRow> feeds, v1::Actor actor)
      : store_(store), feeds_(std::move(feeds)), actor_(std::move(actor)) {
    if (!feeds_.empty()) from_ = feeds_.front().forked_at;
  }

  absl::StatusOr<std::optional<v1::ExportConventionResponse>> Next() override {
    while (index_ < feeds_.size() && from_ >= feeds_[index_].held) {
      ++index_;
      if (index_ < feeds_.size()) from_ = feeds_[index_].forked_at;
    }
    if (index_ == feeds_.size()) return std::optional<v1::ExportConventionResponse>();
    const FeedRow& feed = feeds_[index_];
    ASSIGN_OR_RETURN(Stretch stretch,
                     ReadStretch(store_, feeds_, feed.number, from_, kExportBytes));
    v1::ExportConventionResponse piece;
    piece.set_from(from_);
    piece.set_head(std::move(stretch.head.note));
    piece.set_public_key(feed.key.ToBytes());
    *piece.mutable_exported_by() = actor_;
    from_ += stretch.events.size();
    for (std::string& event : stretch.events) piece.add_events(std::move(event));
    return std::optional<v1::ExportConventionResponse>(std::move(piece));
  }

 private:
  const EventStore& store_;
  const std::vector<FeedRow> feeds_;
  const v1::Actor actor_;
  std::size_t index_ = 0;
  std::uint64_t from_ = 0;
};

}  // namespace

absl::StatusOr<v1::ListEventsResponse> Replica::ListEvents(
    const UserCall& call, const v1::ListEventsRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  std::uint64_t from = 0;
  if (!request.page_token().empty() && !absl::SimpleAtoi(request.page_token(), &from)) {
    return BadPageToken();
  }
  const std::size_t count = kEventPages.Clamp(request.page_size());
  v1::ListEventsResponse response;
  RETURN_IF_ERROR(rooms_->hosts->Read(id, [&](const ConventionHost& host) -> absl::Status {
    std::vector<ShownEvent> shown;
    RETURN_IF_ERROR(ShowArrivals(host, *rooms_->options.store, from, count, &shown));
    for (ShownEvent& event : shown) *response.add_events() = std::move(event.view);
    const std::uint64_t next = from + shown.size();
    if (!shown.empty() && next < host.row.arrivals) {
      response.set_next_page_token(absl::StrCat(next));
    }
    return absl::OkStatus();
  }));
  rooms_->FillContext(call, &id, response.mutable_context());
  return response;
}

absl::StatusOr<v1::ProveEventResponse> Replica::ProveEvent(
    const UserCall& call, const v1::ProveEventRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  ASSIGN_OR_RETURN(const Digest leaf, Digest::FromHex(request.leaf(), "leaf"));
  const EventStore& store = *rooms_->options.store;
  v1::ProveEventResponse response;
  RETURN_IF_ERROR(rooms_->hosts->Read(id, [&](const ConventionHost& host) -> absl::Status {
    const auto at = store.FindLeaf(host.row.number, leaf);
    if (absl::IsNotFound(at.status())) return NoSuchEvent();
    if (!at.ok()) return at.status();
    ASSIGN_OR_RETURN(std::string bytes, ReadChecked(store, *at));
    ASSIGN_OR_RETURN(std::vector<StoredHead> heads, store.ReadHeads(at->feed, at->sequence + 1, 1));
    if (heads.empty()) return absl::DataLossError("no head covers the event");
    ASSIGN_OR_RETURN(
        const std::vector<Digest> path,
        InclusionProof(at->sequence, heads.front().size, TreeReader(store, host.feeds, at->feed)));
    v1::Event event;
    if (!event.ParseFromString(bytes)) event.Clear();
    *response.mutable_view() = DescribeEvent(host.state, event, leaf);
    response.set_event(std::move(bytes));
    response.set_sequence(at->sequence);
    for (const Digest& step : path) response.add_path(step.ToBytes());
    response.set_head(std::move(heads.front().note));
    response.set_public_key(FindFeed(host.feeds, at->feed)->key.ToBytes());
    return absl::OkStatus();
  }));
  rooms_->FillContext(call, &id, response.mutable_context());
  return response;
}

absl::StatusOr<std::unique_ptr<ExportReader>> Replica::Export(
    const UserCall& call, const v1::ExportConventionRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  std::vector<FeedRow> feeds;
  RETURN_IF_ERROR(rooms_->hosts->Read(id, [&](const ConventionHost& host) {
    feeds = host.feeds;
    return absl::OkStatus();
  }));
  v1::Actor actor;
  actor.set_office(call.office);
  actor.set_partner_id(call.partner_id);
  return std::unique_ptr<ExportReader>(
      std::make_unique<Exporter>(*rooms_->options.store, std::move(feeds), std::move(actor)));
}

absl::StatusOr<std::uint64_t> Replica::WatchFrom(const UserCall& call,
                                                 const v1::WatchConventionRequest& request) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
  if (request.has_after()) return request.after();
  std::uint64_t from = 0;
  RETURN_IF_ERROR(rooms_->hosts->Read(id, [&](const ConventionHost& host) {
    from = host.row.arrivals;
    return absl::OkStatus();
  }));
  return from;
}

absl::StatusOr<std::vector<v1::WatchConventionResponse>> Replica::ReadWatch(
    const UserCall& call, const std::string& convention_id, std::uint64_t from,
    std::size_t count_max) const {
  ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, convention_id));
  std::vector<v1::WatchConventionResponse> out;
  RETURN_IF_ERROR(rooms_->hosts->Read(id, [&](const ConventionHost& host) -> absl::Status {
    std::vector<ShownEvent> shown;
    RETURN_IF_ERROR(ShowArrivals(host, *rooms_->options.store, from, count_max, &shown));
    for (ShownEvent& event : shown) {
      v1::WatchConventionResponse response;
      response.set_arrival(event.arrival);
      *response.mutable_actor() = std::move(*event.event.mutable_actor());
      *response.mutable_event() = std::move(event.view);
      out.push_back(std::move(response));
    }
    return absl::OkStatus();
  }));
  return out;
}

}  // namespace greffe
