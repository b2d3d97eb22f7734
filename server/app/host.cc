#include "server/app/host.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/status_macros.h"
#include "server/app/cut_token.h"
#include "server/app/feed_tree.h"
#include "server/app/refusals.h"
#include "server/app/repair.h"
#include "server/app/replay.h"

namespace greffe {
namespace {

// Rough cost of a host beside its state: rows, edges, tokens.
constexpr std::size_t kHostBytes = 4096;
constexpr std::size_t kFeedBytes = 4096;

absl::Status FindState(const EventStore& store, ConventionHost* host) {
  std::uint64_t reach = host->row.arrivals;
  while (true) {
    auto snapshot = store.ReadSnapshot(host->row.number, reach, kFoldVersion);
    if (!snapshot.ok() && !IsDamage(snapshot.status())) return snapshot.status();
    if (!snapshot.ok()) return absl::OkStatus();
    auto state = ConventionState::FromSnapshot(snapshot->bytes);
    if (state.ok()) {
      host->state = *std::move(state);
      host->snapshot_at = snapshot->name.arrival;
      return absl::OkStatus();
    }
    // A snapshot is only a shortcut: an older one, or none, gives the same state.
    if (snapshot->name.arrival == 0) return absl::OkStatus();
    reach = snapshot->name.arrival - 1;
  }
}

absl::Status ReadHost(const EventStore& store, const ReplicaId& self, ConventionHost* host) {
  ASSIGN_OR_RETURN(host->feeds, store.ListFeeds(host->row.number));
  std::sort(host->feeds.begin(), host->feeds.end(),
            [](const FeedRow& a, const FeedRow& b) { return a.number < b.number; });
  host->edges.resize(host->feeds.size());
  RETURN_IF_ERROR(FindState(store, host));

  std::map<FeedNumber, MerkleFrontier> refolded;
  for (std::size_t i = 0; i < host->feeds.size(); ++i) {
    const FeedRow& feed = host->feeds[i];
    const NodeReader nodes = TreeReader(store, host->feeds, feed.number);
    ASSIGN_OR_RETURN(host->edges[i].held, MerkleFrontier::At(feed.held, nodes));
    ASSIGN_OR_RETURN(host->edges[i].applied, MerkleFrontier::At(feed.applied, nodes));
    const std::uint64_t from = std::max(host->state.applied(feed.number), feed.forked_at);
    if (from <= feed.held) {
      ASSIGN_OR_RETURN(refolded[feed.number], MerkleFrontier::At(from, nodes));
    }
  }
  RETURN_IF_ERROR(Replay(
      store, host->feeds, host->row.number, host->snapshot_at, host->row.arrivals, {}, &host->state,
      [&](EventPosition at, const Digest& leaf) { refolded[at.feed].Append(leaf); }));
  for (std::size_t i = 0; i < host->feeds.size(); ++i) {
    const FeedRow& feed = host->feeds[i];
    if (feed.applied <= feed.forked_at && feed.parent.has_value()) continue;
    const MerkleFrontier& again = refolded[feed.number];
    if (again.size() != feed.applied || again.Root() != host->edges[i].applied.Root()) {
      host->damage = Damage(
          absl::StrCat("chronique de ", feed.replica.ToHex(), ", événements jusqu'à ", feed.applied,
                       " : ce qui est enregistré ne donne pas la racine enregistrée"),
          absl::StrCat("feed of ", feed.replica.ToHex(), ", events up to ", feed.applied,
                       ": what is stored does not give the stored root"));
    }
  }
  if (host->row.arrivals > 0) {
    ASSIGN_OR_RETURN(const std::vector<Arrival> last,
                     store.ReadArrivals(host->row.number, host->row.arrivals - 1, 1));
    if (last.empty()) return absl::DataLossError("last arrival: missing");
    host->last_received = last.front().received_at;
  }
  if (const auto own = host->FirstOf(self); own && host->feeds[*own].applied > 0) {
    const FeedRow& feed = host->feeds[*own];
    const std::vector<LocalPoint> past =
        host->state.PastOf(EventPosition{feed.number, feed.applied - 1});
    for (const LocalPoint& point : CoverOf(host->feeds, past)) {
      host->cited[point.feed] = point.size;
    }
  }
  host->RefreshRoster(self);
  return absl::OkStatus();
}

}  // namespace

ConventionHost::ConventionHost(const EventStore& store_in, const ConventionRow& row_in)
    : store(store_in), id(row_in.id), row(row_in), state(row_in.id) {}

std::optional<std::size_t> ConventionHost::IndexOf(FeedNumber feed) const {
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    if (feeds[i].number == feed) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> ConventionHost::FirstOf(const ReplicaId& replica) const {
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    if (feeds[i].replica == replica) return i;
  }
  return std::nullopt;
}

absl::StatusOr<Digest> ConventionHost::ReadNode(FeedNumber feed, std::uint8_t level,
                                                std::uint64_t index) const {
  const FeedNumber owner = OwnerOf(feeds, feed, ((index + 1) << level) - 1);
  if (const auto i = IndexOf(owner)) {
    const auto& fresh = edges[*i].fresh.nodes;
    const auto it = fresh.find(std::make_pair(level, index));
    if (it != fresh.end()) return it->second;
  }
  return store.ReadNode(owner, level, index);
}

absl::StatusOr<Digest> ConventionHost::RootOf(FeedNumber feed, std::uint64_t size) const {
  if (const auto i = IndexOf(feed)) {
    if (edges[*i].held.size() == size) return edges[*i].held.Root();
    if (edges[*i].applied.size() == size) return edges[*i].applied.Root();
  }
  return RootAt(
      size, [&](std::uint8_t level, std::uint64_t index) { return ReadNode(feed, level, index); });
}

absl::StatusOr<std::optional<std::vector<LocalPoint>>> ConventionHost::Resolve(
    const v1::Event& event) const {
  std::optional<std::vector<LocalPoint>> out(std::in_place);
  for (const v1::FeedPoint& point : event.seen()) {
    const auto replica = ReplicaId::FromBytes(point.replica_id(), "seen.replica_id");
    const auto root = Digest::FromBytes(point.root(), "seen.root");
    if (!replica.ok() || !root.ok()) return std::optional<std::vector<LocalPoint>>();
    ASSIGN_OR_RETURN(
        const std::optional<LocalPoint> found,
        ResolvePoint(feeds, *replica, point.size(), *root,
                     [&](FeedNumber feed, std::uint64_t size) { return RootOf(feed, size); }));
    if (!found.has_value()) return std::optional<std::vector<LocalPoint>>();
    out->push_back(*found);
  }
  return out;
}

bool IsDamage(const absl::Status& status) {
  return absl::IsDataLoss(status) || absl::IsNotFound(status);
}

std::uint64_t ConventionHost::Waiting() const {
  std::uint64_t waiting = 0;
  for (const FeedRow& feed : feeds) waiting += feed.held - std::max(feed.applied, feed.forked_at);
  return waiting;
}

void ConventionHost::RefreshCut() {
  if (!token.empty() && cut_arrivals == row.arrivals) return;
  std::vector<LocalPoint> points;
  for (const FeedRow& feed : feeds) points.push_back(LocalPoint{feed.number, feed.applied});
  cut = CutOf(id, feeds, points, [&](FeedNumber feed, std::uint64_t) {
    return edges[*IndexOf(feed)].applied.KeepRoot();
  });
  token = EncodeCut(cut);
  cut_arrivals = row.arrivals;
}

void ConventionHost::RefreshRoster(const ReplicaId& self) {
  std::set<std::string> ids;
  indexed.clear();
  for (const RosterEntry& entry : state.Roster()) {
    if (entry.replica != self) indexed.insert(entry.replica);
    ids.insert(entry.partner_ids.begin(), entry.partner_ids.end());
  }
  partners = absl::StrJoin(ids, "\n");
}

std::size_t ConventionHost::MemoryBytes() const {
  return kHostBytes + kFeedBytes * feeds.size() + 2 * token.size() + state.MemoryBytes();
}

absl::StatusOr<std::shared_ptr<ConventionHost>> LoadHost(const EventStore& store,
                                                         const ConventionRow& row,
                                                         const ReplicaId& self) {
  auto host = std::make_shared<ConventionHost>(store, row);
  const absl::Status read = ReadHost(store, self, host.get());
  if (!read.ok()) {
    if (!IsDamage(read)) return read;
    host->damage = AsDamage(read);
    host->unreadable = true;
  } else {
    host->RefreshCut();
  }
  if (host->damage.ok() && row.read_only) {
    host->damage = Damage("sa preuve a déjà échoué", "it failed its proof before");
  }
  if (!host->damage.ok()) {
    ASSIGN_OR_RETURN(FeedsProof proof, ProveFeeds(store, row.id, host->feeds));
    host->sound = std::move(proof.sound);
  }
  return host;
}

}  // namespace greffe
