#include "server/app/sync_view.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/convention.h"
#include "core/feed/checkpoint.h"
#include "core/sync/digests.h"
#include "core/sync/ingest.h"
#include "server/app/refusals.h"
#include "server/app/repair.h"

namespace greffe {
namespace {

// Keys, head and lengths of a run beside its events.
constexpr std::size_t kRunOverhead = 1024;

// Of a damaged convention, what stands its proof: kept in `sound`, which the answer may be.
const std::vector<FeedRow>& Offered(const ConventionHost& host, std::vector<FeedRow>* sound) {
  if (host.damage.ok()) return host.feeds;
  *sound = SoundRows(host);
  return *sound;
}

}  // namespace

SyncView::SyncView(const EventStore& store, const Clock& clock, Hosts* hosts,
                   const AttachmentBook* attachments, const ReplicaId& self, std::string name,
                   std::function<std::vector<v1::PartnerCard>()> own_partners,
                   std::function<bool()> signing_stopped,
                   std::function<std::string(std::size_t)> random)
    : store_(store),
      clock_(clock),
      hosts_(hosts),
      attachments_(attachments),
      self_(self),
      name_(std::move(name)),
      own_partners_(std::move(own_partners)),
      signing_stopped_(std::move(signing_stopped)),
      random_(std::move(random)) {}

v1::Hello SyncView::Introduce() const {
  v1::Hello hello;
  hello.set_fold_version(kFoldVersion);
  hello.set_clock_ms(clock_.Now().micros / 1000);
  for (v1::PartnerCard& card : own_partners_()) *hello.add_partners() = std::move(card);
  hello.set_name(name_);
  hello.set_signing_stopped(signing_stopped_());
  hello.set_nonce(random_(sync::kNonceBytes));
  return hello;
}

std::vector<sync::SharedConvention> SyncView::Shared(const ReplicaId& peer) const {
  return hosts_->Shared(peer);
}

bool SyncView::MayShare(const ConventionId& convention, const ReplicaId& peer) const {
  return hosts_->MayShare(convention, peer);
}

std::vector<sync::HeldBranch> SyncView::Branches(const ConventionId& convention) const {
  std::vector<sync::HeldBranch> out;
  const absl::Status read = hosts_->Read(
      convention,
      [&](const ConventionHost& host) {
        std::vector<FeedRow> sound;
        const std::vector<FeedRow>& feeds = Offered(host, &sound);
        for (std::size_t i = 0; i < feeds.size(); ++i) {
          const FeedRow& feed = feeds[i];
          // Those of a whole convention stand in the host's order.
          const Digest root =
              host.damage.ok() ? host.edges[i].held.Root() : host.sound.at(feed.number).root;
          out.push_back(sync::HeldBranch{feed.number, Point{feed.replica, feed.held, root},
                                         feed.parent, feed.forked_at});
        }
        return absl::OkStatus();
      },
      /*any=*/true);
  // A convention that is not here and one that cannot be read have nothing to offer.
  return read.ok() ? out : std::vector<sync::HeldBranch>();
}

std::optional<FeedNumber> SyncView::FindBranch(const ConventionId& convention,
                                               const Point& point) const {
  std::optional<FeedNumber> out;
  const absl::Status read = hosts_->Read(
      convention,
      [&](const ConventionHost& host) -> absl::Status {
        std::vector<FeedRow> sound;
        ASSIGN_OR_RETURN(const std::optional<LocalPoint> found,
                         ResolvePoint(Offered(host, &sound), point.replica, point.size, point.root,
                                      [&](FeedNumber feed, std::uint64_t size) {
                                        return host.RootOf(feed, size);
                                      }));
        if (found.has_value()) out = found->feed;
        return absl::OkStatus();
      },
      /*any=*/true);
  return read.ok() ? out : std::nullopt;
}

// What fails its proof is never passed on.
absl::Status SyncView::CheckStretch(const std::vector<FeedRow>& feeds, FeedNumber branch,
                                    std::uint64_t from, const Stretch& stretch) const {
  ASSIGN_OR_RETURN(MerkleFrontier edge,
                   MerkleFrontier::At(from, TreeReader(store_, feeds, branch)));
  for (const std::string& bytes : stretch.events) edge.Append(LeafHash(bytes));
  ASSIGN_OR_RETURN(const Checkpoint head, ParseCheckpoint(stretch.head.note));
  if (head.root == edge.Root()) return absl::OkStatus();
  return Damage(
      absl::StrCat("événements ", from, " à ", edge.size() - 1,
                   " : la tête signée dit autre chose"),
      absl::StrCat("events ", from, " to ", edge.size() - 1, ": the signed head says otherwise"));
}

absl::StatusOr<v1::Run> SyncView::BuildRun(const ConventionId& convention,
                                           const std::vector<FeedRow>& feeds, FeedNumber branch,
                                           std::uint64_t from, std::size_t budget) const {
  ASSIGN_OR_RETURN(Stretch stretch, ReadStretch(store_, feeds, branch, from, budget));
  if (stretch.events.empty()) {
    return absl::OutOfRangeError(absl::StrCat("the branch ends at ", from));
  }
  RETURN_IF_ERROR(CheckStretch(feeds, branch, from, stretch));
  v1::Run run;
  run.set_convention_id(convention.ToBytes());
  run.set_public_key(FindFeed(feeds, branch)->key.ToBytes());
  run.set_from(from);
  run.set_head(std::move(stretch.head.note));
  v1::Event event;
  for (std::string& bytes : stretch.events) {
    if (event.ParseFromString(bytes)) {
      for (const Digest& commitment : sync::CommitmentsOf(event)) {
        auto value = ReadSealed(convention, commitment);
        if (value.ok()) *run.add_sealed() = *std::move(value);
      }
    }
    run.add_events(std::move(bytes));
  }
  return run;
}

absl::StatusOr<v1::Run> SyncView::ReadRun(const ConventionId& convention, FeedNumber branch,
                                          std::uint64_t from, std::size_t bytes_max) const {
  std::vector<FeedRow> feeds;
  RETURN_IF_ERROR(hosts_->Read(
      convention,
      [&](const ConventionHost& host) {
        std::vector<FeedRow> sound;
        feeds = Offered(host, &sound);
        return absl::OkStatus();
      },
      /*any=*/true));
  if (FindFeed(feeds, branch) == nullptr) return absl::NotFoundError("no such branch");
  std::size_t budget = bytes_max > kRunOverhead ? bytes_max - kRunOverhead : 0;
  while (true) {
    auto built = BuildRun(convention, feeds, branch, from, budget);
    if (absl::IsDataLoss(built.status())) hosts_->ReportDamage(convention);
    ASSIGN_OR_RETURN(v1::Run run, std::move(built));
    if (run.ByteSizeLong() <= bytes_max) return run;
    if (budget == 0) {
      return absl::ResourceExhaustedError(
          absl::StrCat("the run to the next head takes ", run.ByteSizeLong(), " bytes"));
    }
    budget /= 2;
  }
}

absl::StatusOr<v1::SealedValue> SyncView::ReadSealed(const ConventionId& convention,
                                                     const Digest& commitment) const {
  ASSIGN_OR_RETURN(SealedRow row, store_.ReadSealed(convention, commitment));
  v1::SealedValue value;
  value.set_commitment(commitment.ToBytes());
  value.set_erased(row.erased);
  if (!row.erased) {
    value.set_salt(std::move(row.salt));
    value.set_value(std::move(row.value));
  }
  return value;
}

absl::StatusOr<std::string> SyncView::ReadChunk(const ConventionId& convention,
                                                const Digest& attachment,
                                                std::uint32_t index) const {
  return store_.ReadChunk(convention, attachment, index);
}

std::vector<sync::MissingChunk> SyncView::MissingChunks(
    const ReplicaId& peer, std::size_t count_max,
    const std::function<bool(const sync::MissingChunk&)>& skip) const {
  return attachments_->Missing(
      peer, count_max,
      [&](const ConventionId& convention) { return hosts_->MayShare(convention, peer); }, skip);
}

}  // namespace greffe
