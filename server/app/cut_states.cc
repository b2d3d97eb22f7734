#include "server/app/cut_states.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/convention/state/recorded_at.h"
#include "core/rules/calendar.h"
#include "server/app/cut_token.h"
#include "server/app/feed_tree.h"
#include "server/app/refusals.h"
#include "server/app/replay.h"

namespace greffe {
namespace {

// Name for people of a replica that a token counts on.
std::string NameOf(const ConventionHost& host, absl::string_view replica_id) {
  for (const RosterEntry& entry : host.state.Roster()) {
    if (entry.replica.view() == replica_id && !entry.name.empty()) {
      return absl::StrCat(entry.name, " (", entry.replica.ToHex().substr(0, 12), ")");
    }
  }
  const auto id = ReplicaId::FromBytes(replica_id, "replica_id");
  return id.ok() ? id->ToHex() : std::string("?");
}

// RFC 3339; a plain date is the end of that day in Paris.
absl::StatusOr<Instant> InstantOf(const std::string& text, const std::string& field) {
  const std::optional<CivilDate> day = CivilDate::TryParse(text);
  if (!day.has_value()) return Instant::Parse(text, field);
  return rules::EndOfParisDay(*day);
}

// An answer about nothing would be a blank text that looks like one. `fr`, `en`: what is missing.
absl::Status NothingYet(const std::string& field, const std::string& instant, absl::string_view fr,
                        absl::string_view en) {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "not-known-yet",
                   .field = field,
                   .fr = absl::StrCat(fr, instant, "."),
                   .en = absl::StrCat(en, instant, "."),
                   .next_fr =
                       "Demandez un instant plus récent ; tous les événements : greffe audit "
                       "events CONVENTION.",
                   .next_en = "Ask for a later instant; all events: greffe audit events "
                              "CONVENTION."});
}

}  // namespace

absl::StatusOr<std::vector<LocalPoint>> ResolveCut(const ConventionHost& host, const v1::Cut& cut,
                                                   const std::string& field) {
  std::vector<LocalPoint> points;
  for (const v1::FeedPoint& point : cut.points()) {
    ASSIGN_OR_RETURN(const ReplicaId replica, ReplicaId::FromBytes(point.replica_id(), field));
    ASSIGN_OR_RETURN(const Digest root, Digest::FromBytes(point.root(), field));
    ASSIGN_OR_RETURN(
        const std::optional<LocalPoint> found,
        ResolvePoint(host.feeds, replica, point.size(), root,
                     [&](FeedNumber feed, std::uint64_t size) { return host.RootOf(feed, size); }));
    if (!found.has_value() || FindFeed(host.feeds, found->feed)->applied < found->size) {
      return CutNotApplied(field, NameOf(host, point.replica_id()));
    }
    points.push_back(*found);
  }
  return points;
}

CutStates::CutStates(const EventStore& store, const Clock& clock, Hosts* hosts,
                     std::size_t bytes_max)
    : store_(store), clock_(clock), hosts_(hosts), bytes_max_(bytes_max) {}

std::shared_ptr<const CutStates::AtCut> CutStates::Find(const std::string& key) {
  absl::MutexLock lock(&mutex_);
  const auto it = cache_.find(key);
  if (it == cache_.end()) return nullptr;
  used_.splice(used_.begin(), used_, it->second.second);
  return it->second.first;
}

void CutStates::Keep(const std::string& key, std::shared_ptr<const AtCut> at) {
  absl::MutexLock lock(&mutex_);
  if (cache_.count(key) != 0) return;
  used_.push_front(key);
  bytes_ += at->bytes;
  cache_.emplace(key, std::make_pair(std::move(at), used_.begin()));
  // The one just folded is kept whatever its size: pages of one answer come back for it.
  while (bytes_ > bytes_max_ && used_.size() > 1) {
    const auto last = cache_.find(used_.back());
    bytes_ -= last->second.first->bytes;
    cache_.erase(last);
    used_.pop_back();
  }
}

absl::StatusOr<std::shared_ptr<const CutStates::AtCut>> CutStates::Finish(const Base& base,
                                                                          ConventionState state) {
  std::vector<LocalPoint> points;
  for (const FeedRow& feed : base.feeds) {
    const std::uint64_t applied = state.applied(feed.number);
    if (applied > 0) points.push_back(LocalPoint{feed.number, applied});
  }
  std::map<LocalPoint, Digest> roots;
  for (const LocalPoint& point : CoverOf(base.feeds, points)) {
    ASSIGN_OR_RETURN(roots[point], RootAt(point.size, TreeReader(store_, base.feeds, point.feed)));
  }
  auto at = std::make_shared<AtCut>();
  at->token =
      EncodeCut(CutOf(base.row.id, base.feeds, points, [&](FeedNumber feed, std::uint64_t size) {
        return roots.at(LocalPoint{feed, size});
      }));
  at->bytes = state.MemoryBytes() + at->token.size();
  at->state = std::make_shared<const ConventionState>(std::move(state));
  return std::shared_ptr<const AtCut>(std::move(at));
}

absl::StatusOr<std::uint64_t> CutStates::ArrivalsBy(const Base& base, Instant instant) const {
  // received_at never falls, so the arrivals stamped by then are a prefix.
  std::uint64_t low = 0;
  std::uint64_t high = base.row.arrivals;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    ASSIGN_OR_RETURN(const std::vector<Arrival> found,
                     store_.ReadArrivals(base.row.number, middle, 1));
    if (found.empty()) return absl::DataLossError(absl::StrCat("arrival ", middle, ": missing"));
    if (found.front().received_at <= instant) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

absl::StatusOr<std::shared_ptr<const CutStates::AtCut>> CutStates::AtArrival(
    const Base& base, std::uint64_t arrival) {
  const std::string key = absl::StrCat(base.row.id.ToHex(), "@", arrival);
  if (auto found = Find(key)) return found;
  ConventionState state(base.row.id);
  std::uint64_t from = 0;
  auto snapshot = store_.ReadSnapshot(base.row.number, arrival, kFoldVersion);
  if (snapshot.ok()) {
    auto restored = ConventionState::FromSnapshot(snapshot->bytes);
    if (restored.ok()) {
      state = *std::move(restored);
      from = snapshot->name.arrival;
    }
  } else if (!absl::IsNotFound(snapshot.status())) {
    return snapshot.status();
  }
  RETURN_IF_ERROR(Replay(store_, base.feeds, base.row.number, from, arrival, {}, &state));
  ASSIGN_OR_RETURN(std::shared_ptr<const AtCut> at, Finish(base, std::move(state)));
  Keep(key, at);
  return at;
}

absl::StatusOr<std::shared_ptr<const CutStates::AtCut>> CutStates::AtPoints(
    const Base& base, const std::vector<LocalPoint>& points, const std::string& token,
    const std::string& field) {
  if (auto found = Find(token)) return found;
  std::map<FeedNumber, std::uint64_t> sizes;
  for (const LocalPoint& point : CoverOf(base.feeds, points)) sizes[point.feed] = point.size;
  const auto size_of = [&](FeedNumber feed) {
    const auto it = sizes.find(feed);
    return it == sizes.end() ? 0 : it->second;
  };

  ConventionState state(base.row.id);
  std::uint64_t from = 0;
  std::uint64_t reach = base.row.arrivals;
  while (reach > 0) {
    auto snapshot = store_.ReadSnapshot(base.row.number, reach, kFoldVersion);
    if (absl::IsNotFound(snapshot.status())) break;
    if (!snapshot.ok()) return snapshot.status();
    auto restored = ConventionState::FromSnapshot(snapshot->bytes);
    const bool within =
        restored.ok() && std::all_of(base.feeds.begin(), base.feeds.end(), [&](const FeedRow& f) {
          const std::uint64_t applied = restored->applied(f.number);
          return (f.parent.has_value() && applied <= f.forked_at) || applied <= size_of(f.number);
        });
    if (within) {
      state = *std::move(restored);
      from = snapshot->name.arrival;
      break;
    }
    if (snapshot->name.arrival == 0) break;
    reach = snapshot->name.arrival - 1;
  }
  ReplayFilter filter;
  filter.admit = [&](const Arrival& a) { return a.at.sequence < size_of(a.at.feed); };
  RETURN_IF_ERROR(
      Replay(store_, base.feeds, base.row.number, from, base.row.arrivals, filter, &state));
  ASSIGN_OR_RETURN(std::shared_ptr<const AtCut> at, Finish(base, std::move(state)));
  // Events whose past the token leaves out did not apply: it was not made by a fold.
  if (at->token != token) {
    return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                     .rule = "token",
                     .field = std::string(field),
                     .fr =
                         "ce jeton n'a pas été fait par Greffe : il nomme un événement sans ce que "
                         "son auteur avait vu.",
                     .en = "this token was not made by Greffe: it names an event without what its "
                           "author had seen.",
                     .next_fr = "Prenez celui d'une réponse : greffe convention show.",
                     .next_en = "Take the one of an answer: greffe convention show."});
  }
  Keep(token, at);
  return at;
}

absl::StatusOr<std::shared_ptr<const CutStates::AtCut>> CutStates::RecordedBy(const Base& base,
                                                                              Instant instant) {
  const std::string key =
      absl::StrCat(base.row.id.ToHex(), "<", instant.micros, "@", base.row.arrivals);
  if (auto found = Find(key)) return found;
  ConventionState state(base.row.id);
  ReplayFilter filter;
  filter.admit_event = [&](const v1::Event& event) {
    // A time that does not exist is before none.
    const std::optional<std::int64_t> micros = RecordedMicros(event.recorded_at());
    return micros.has_value() && *micros <= instant.micros;
  };
  RETURN_IF_ERROR(
      Replay(store_, base.feeds, base.row.number, 0, base.row.arrivals, filter, &state));
  ASSIGN_OR_RETURN(std::shared_ptr<const AtCut> at, Finish(base, std::move(state)));
  Keep(key, at);
  return at;
}

absl::StatusOr<CutStates::Plan> CutStates::Prepare(const ConventionId& id, const Wanted& wanted) {
  const v1::ReadAt& read_at = *wanted.at;
  const auto path = [&](absl::string_view name) { return absl::StrCat(wanted.field, ".", name); };
  Plan plan;
  plan.clock_date = clock_.Today();
  if (!read_at.clock_date().empty()) {
    ASSIGN_OR_RETURN(plan.clock_date, CivilDate::Parse(read_at.clock_date(), path("clock_date")));
  }
  plan.in_force_on = clock_.Today();
  if (!read_at.in_force_on().empty()) {
    ASSIGN_OR_RETURN(plan.in_force_on,
                     CivilDate::Parse(read_at.in_force_on(), path("in_force_on")));
  }
  if (read_at.known_case() == v1::ReadAt::KNOWN_NOT_SET) return plan;

  std::optional<Instant> instant;
  std::optional<v1::Cut> cut;
  if (read_at.has_known_at()) {
    ASSIGN_OR_RETURN(instant, InstantOf(read_at.known_at(), path("known_at")));
  } else if (read_at.has_recorded_by()) {
    ASSIGN_OR_RETURN(instant, InstantOf(read_at.recorded_by(), path("recorded_by")));
  } else {
    ASSIGN_OR_RETURN(cut, DecodeCut(read_at.cut(), id, path("cut")));
  }
  Base base;
  std::string live;
  std::vector<LocalPoint> points;
  RETURN_IF_ERROR(hosts_->Read(id, [&](const ConventionHost& host) -> absl::Status {
    base.row = host.row;
    base.feeds = host.feeds;
    live = host.token;
    if (!cut.has_value()) return absl::OkStatus();
    if (read_at.cut() == host.token) {
      plan.token = host.token;
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(points, ResolveCut(host, *cut, path("cut")));
    return absl::OkStatus();
  }));
  if (!plan.token.empty()) return plan;
  if (cut.has_value()) {
    ASSIGN_OR_RETURN(plan.past, AtPoints(base, points, read_at.cut(), path("cut")));
    return plan;
  }
  if (read_at.has_recorded_by()) {
    ASSIGN_OR_RETURN(plan.past, RecordedBy(base, *instant));
    if (plan.past->state->events() > 0) return plan;
    return NothingYet(path("recorded_by"), read_at.recorded_by(),
                      "aucun événement de la convention ne se dit enregistré jusqu'au ",
                      "no event of the convention claims to be recorded by ");
  }
  ASSIGN_OR_RETURN(const std::uint64_t arrival, ArrivalsBy(base, *instant));
  if (arrival == base.row.arrivals) {
    plan.token = std::move(live);
    return plan;
  }
  if (arrival == 0) {
    return NothingYet(path("known_at"), read_at.known_at(),
                      "cette réplique ne savait encore rien de la convention le ",
                      "this replica knew nothing of the convention yet on ");
  }
  ASSIGN_OR_RETURN(plan.past, AtArrival(base, arrival));
  return plan;
}

absl::Status CutStates::Read(const ConventionId& id, const std::vector<Wanted>& wanted,
                             const std::function<absl::Status(const std::vector<Known>&)>& read) {
  const EventReader reader = [this](EventPosition at) { return ReadChecked(store_, at); };
  while (true) {
    std::vector<Plan> plans;
    for (const Wanted& one : wanted) {
      ASSIGN_OR_RETURN(Plan plan, Prepare(id, one));
      plans.push_back(std::move(plan));
    }
    bool moved = false;
    const auto call = [&](const ConventionHost* host) -> absl::Status {
      std::vector<Known> known;
      for (const Plan& plan : plans) {
        if (plan.past == nullptr && !plan.token.empty() && plan.token != host->token) {
          moved = true;
          return absl::OkStatus();
        }
        const bool live = plan.past == nullptr;
        known.push_back(Known{live ? host->state : *plan.past->state,
                              live ? host->token : plan.past->token, plan.in_force_on,
                              plan.clock_date, reader});
      }
      return read(known);
    };
    const bool live = std::any_of(plans.begin(), plans.end(),
                                  [](const Plan& plan) { return plan.past == nullptr; });
    const absl::Status status =
        live ? hosts_->Read(id, [&](const ConventionHost& host) { return call(&host); })
             : call(nullptr);
    // The token was that of the live state, which has moved on meanwhile.
    if (moved) continue;
    return status;
  }
}

absl::Status CutStates::ReadOne(const ConventionId& id, const v1::ReadAt& at,
                                const std::function<absl::Status(const Known&)>& read) {
  return Read(id, {Wanted{&at, "at"}},
              [&](const std::vector<Known>& known) { return read(known.front()); });
}

}  // namespace greffe
