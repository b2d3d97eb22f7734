#include "server/app/ingest.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/sync/ingest.h"
#include "server/app/refusals.h"
#include "server/app/repair.h"
#include "server/app/replica.h"

namespace greffe {
namespace {

using sync::NackReason;

class Ingest final : public Work {
 public:
  Ingest(const IngestRoom* room, const ReplicaId& peer, sync::IngestRun run,
         std::function<void(sync::StoredRun)> done)
      : room_(room),
        sequencer_(room->sequencer),
        peer_(peer),
        run_(std::move(run)),
        done_(std::move(done)) {
    const auto address = sync::AddressOf(run_.run);
    if (address.ok()) address_ = *address;
    outcome_.ticket = run_.ticket;
    bytes_ = run_.run.ByteSizeLong();
  }

  std::size_t bytes() const override { return bytes_; }
  // Own events decided in the same batch are not signed yet: what a peer shows of this feed is
  // compared with what is on disk.
  bool alone() const override { return address_.has_value() && address_->replica == Self(); }

  void Run(Batch& batch) override {
    ran_ = true;
    outcome_.refused = TryRun(batch);
    if (!outcome_.refused.has_value()) sequencer_->Count(&ReplicaCounters::runs);
  }

  void Done(const absl::Status& commit) override {
    if (ran_ && !commit.ok()) room_->strangers->Forget();
    if (!commit.ok() && !outcome_.refused.has_value()) {
      outcome_.refused = NackReason::kDisk;
      outcome_.missing_sealed.clear();
    }
    if (restored_ && commit.ok() && !outcome_.refused.has_value()) {
      sequencer_->Queue(MendWork(sequencer_, address_->convention));
    }
    if (forked_at_.has_value() && commit.ok() && !outcome_.refused.has_value()) {
      sequencer_->settings().notice("feed-forked", "position",
                                    absl::StrCat(address_->convention.ToHex(), "/",
                                                 address_->replica.ToHex(), "/", *forked_at_));
    }
    Tell();
    done_(std::move(outcome_));
  }

 private:
  const ReplicaId& Self() const { return sequencer_->settings().key->replica_id(); }

  sync::IngestContext ContextOf(const ConventionHost& host) const {
    sync::IngestContext context;
    context.convention = address_->convention;
    context.convention_held = true;
    const std::vector<PublicKey> authors = host.state.KnownAuthors();
    context.author_known =
        std::find(authors.begin(), authors.end(), address_->key) != authors.end();
    context.feeds_held = host.feeds.size();
    for (const FeedRow& feed : host.feeds) {
      if (feed.replica != address_->replica) continue;
      sync::IngestBranch branch;
      branch.number = feed.number;
      branch.parent = feed.parent;
      branch.forked_at = feed.forked_at;
      branch.held = feed.held;
      branch.read_node = [&host, number = feed.number](std::uint8_t level, std::uint64_t index) {
        return host.ReadNode(number, level, index);
      };
      context.branches.push_back(std::move(branch));
    }
    return context;
  }

  std::vector<std::string> OwnPartners() const {
    std::vector<std::string> ids;
    for (const v1::PartnerCard& card : room_->own_partners()) ids.push_back(card.partner_id());
    return ids;
  }

  // Own partners in whose name the run's author may open nothing: neither it nor who brings the run
  // is known to act for them (ADR 10).
  std::vector<std::string> GuardedPartners() const {
    std::vector<std::string> guarded = OwnPartners();
    if (address_->replica == Self()) guarded.clear();
    if (guarded.empty()) return guarded;
    for (const RosterCandidate& known : room_->peers()) {
      const ReplicaId id = ReplicaIdOf(known.key);
      if (id != address_->replica && id != peer_) continue;
      std::erase_if(guarded, [&known](const std::string& partner) {
        return std::find(known.partner_ids.begin(), known.partner_ids.end(), partner) !=
               known.partner_ids.end();
      });
    }
    return guarded;
  }

  // True when the roster, as applied, has this replica for a partner of its own.
  bool IsOurs(const ConventionHost& host) const {
    const std::vector<std::string> own = OwnPartners();
    const std::vector<RosterEntry> roster = host.state.Roster();
    return std::any_of(roster.begin(), roster.end(), [&](const RosterEntry& entry) {
      return entry.replica == Self() &&
             std::any_of(own.begin(), own.end(), [&entry](const std::string& partner) {
               return std::find(entry.partner_ids.begin(), entry.partner_ids.end(), partner) !=
                      entry.partner_ids.end();
             });
    });
  }

  // True when the run has a roster entry for this replica and a partner of its own. Whether it
  // counts is known once it is applied.
  bool BringsUsIn() const {
    const std::vector<std::string> own = OwnPartners();
    const std::string key = sequencer_->settings().key->public_key().ToBytes();
    v1::Event event;
    return std::any_of(run_.run.events().begin(), run_.run.events().end(), [&](const auto& bytes) {
      if (!event.ParseFromString(bytes) || !event.has_roster_entry_set()) return false;
      const v1::RosterEntrySet& entry = event.roster_entry_set();
      return entry.public_key() == key &&
             std::any_of(own.begin(), own.end(), [&entry](const std::string& partner) {
               return std::find(entry.partner_ids().begin(), entry.partner_ids().end(), partner) !=
                      entry.partner_ids().end();
             });
    });
  }

  // Keeps account of a convention that was none of ours before the run.
  void CountStranger(const ConventionHost& host, Batch& batch) {
    std::vector<RecordRow>& records = batch.writes().records;
    if (!IsOurs(host)) {
      records.push_back(room_->strangers->Add(host.id, peer_, bytes_));
      return;
    }
    for (RecordRow& row : room_->strangers->Remove(host.id)) records.push_back(std::move(row));
  }

  // Why the run was refused, or absent.
  std::optional<NackReason> TryRun(Batch& batch) {
    if (!address_.has_value()) return NackReason::kMalformed;
    if (absl::Status read = room_->strangers->Read(); !read.ok()) return Fault(std::move(read));
    ConventionHost* host = nullptr;
    sync::IngestContext context;
    context.convention = address_->convention;
    auto touched = batch.Touch(address_->convention);
    if (touched.ok()) {
      host = *touched;
      if (!host->damage.ok()) {
        const auto refused = RestoreRun(batch, host, *address_, run_.run);
        if (!refused.ok()) return Fault(refused.status());
        restored_ = !refused->has_value() && MayBeWhole(*host);
        return *refused;
      }
      context = ContextOf(*host);
    } else if (!absl::IsNotFound(touched.status())) {
      return Fault(touched.status());
    }
    if (host == nullptr) context.guarded_partners = GuardedPartners();
    const bool stranger = host == nullptr || room_->strangers->Has(address_->convention);
    if (stranger && !BringsUsIn())
      context.strangers = room_->strangers->Brought(peer_, address_->convention);
    auto planned = sync::PlanIngest(context, run_.run);
    if (!planned.ok()) return Fault(planned.status());
    if (auto* const refusal = std::get_if<sync::IngestRefusal>(&*planned)) {
      refusal_ = std::move(*refusal);
      return refusal_->reason;
    }
    sync::IngestPlan plan = std::get<sync::IngestPlan>(*std::move(planned));
    const bool has_events = !plan.events.empty();

    const bool shows_own = address_->replica == Self() && !plan.events.empty();
    const std::uint64_t shown = plan.head.size;
    if (!plan.branch.has_value() && host != nullptr && host->FirstOf(address_->replica)) {
      forked_at_ = plan.forked_at;
    }
    const bool created = host == nullptr;
    if (created) host = batch.Create(address_->convention);
    auto missing = batch.TakeRun(host, std::move(plan));
    if (!missing.ok()) {
      if (created) batch.Forget(address_->convention);
      return Fault(missing.status());
    }
    outcome_.missing_sealed = *std::move(missing);
    if (stranger && has_events) CountStranger(*host, batch);
    if (shows_own) {
      sequencer_->StopSigning(
          TwoLanguages(absl::StrCat("un pair montre ", shown,
                                    " événements de sa chronique sur la convention ",
                                    address_->convention.ToHex(), ", qu'elle n'avait pas"),
                       absl::StrCat("a peer shows ", shown, " events of its feed of convention ",
                                    address_->convention.ToHex(), ", which it did not hold")),
          "own-feed-ahead", batch);
    }
    return std::nullopt;
  }

  // The store's, not the peer's.
  NackReason Fault(absl::Status status) {
    fault_ = std::move(status);
    return NackReason::kDisk;
  }

  // Holds ids and numbers alone. Once the batch holds nothing any more: what is told may be slow.
  void Tell() const {
    if (!refusal_.has_value() && fault_.ok()) return;
    const std::string run = absl::StrCat(address_->convention.ToHex(), "/",
                                         address_->replica.ToHex(), " from ", peer_.ToHex(), ", ");
    if (refusal_.has_value()) {
      sequencer_->settings().notice(
          "run-refused", "run",
          absl::StrCat(run, sync::NackReasonName(refusal_->reason), ": ", refusal_->detail));
      return;
    }
    sequencer_->settings().notice("run-not-stored", "run",
                                  absl::StrCat(run, absl::StatusCodeToString(fault_.code())));
    // What it was to follow on does not stand its proof.
    if (absl::IsDataLoss(fault_)) sequencer_->hosts().ReportDamage(address_->convention);
  }

  const IngestRoom* const room_;
  Sequencer* const sequencer_;
  const ReplicaId peer_;
  sync::IngestRun run_;
  const std::function<void(sync::StoredRun)> done_;
  std::optional<sync::RunAddress> address_;
  std::size_t bytes_ = 0;
  // Its turn came.
  bool ran_ = false;
  // Why it was refused, where the plan said so; why it could not be stored.
  std::optional<sync::IngestRefusal> refusal_;
  absl::Status fault_;
  // Went into a damaged convention, which may now stand again.
  bool restored_ = false;
  // A second continuation of the feed from this event on.
  std::optional<std::uint64_t> forked_at_;
  sync::StoredRun outcome_;
};

class Sealed final : public Work {
 public:
  Sealed(Sequencer* sequencer, const ReplicaId& peer, v1::SealedReply reply,
         std::function<void(absl::Status)> done)
      : sequencer_(sequencer), peer_(peer), reply_(std::move(reply)), done_(std::move(done)) {}

  std::size_t bytes() const override { return reply_.ByteSizeLong(); }

  void Run(Batch& batch) override {
    const auto convention = ConventionId::FromBytes(reply_.convention_id(), "convention_id");
    if (!convention.ok() || !sequencer_->hosts().MayShare(*convention, peer_)) {
      status_ = NoSuchConvention();
      return;
    }
    for (v1::SealedValue& value : *reply_.mutable_values()) TakeValue(batch, *convention, &value);
  }

  void Done(const absl::Status& commit) override { done_(commit.ok() ? status_ : commit); }

 private:
  static bool Fits(const v1::SealedValue& value, const Digest& commitment) {
    // That it was erased is but a peer's word, and would hide the value that another still has.
    return !value.erased() && value.salt().size() == Digest::kSize &&
           value.value().size() <= limits::kSealedBytes &&
           SealedCommitment(value.salt(), value.value()) == commitment;
  }

  // What nobody asked for, or does not fit, is dropped.
  void TakeValue(Batch& batch, const ConventionId& convention, v1::SealedValue* value) {
    const auto commitment = Digest::FromBytes(value->commitment(), "commitment");
    if (!commitment.ok() || !Fits(*value, *commitment)) return;
    const std::string key = WantedKey(convention, *commitment);
    if (!batch.store().ReadRecord(kWantedTable, key).ok()) return;
    SealedRow row;
    row.convention = convention;
    row.commitment = *commitment;
    row.salt = std::move(*value->mutable_salt());
    row.value = std::move(*value->mutable_value());
    batch.writes().sealed.push_back(std::move(row));
    batch.writes().records.push_back(RecordRow{std::string(kWantedTable), key, std::nullopt});
  }

  Sequencer* const sequencer_;
  const ReplicaId peer_;
  v1::SealedReply reply_;
  const std::function<void(absl::Status)> done_;
  absl::Status status_;
};

class Records final : public Work {
 public:
  Records(std::vector<RecordRow> rows, std::function<void(absl::Status)> done)
      : rows_(std::move(rows)), done_(std::move(done)) {}

  std::size_t bytes() const override { return 64 * rows_.size(); }

  void Run(Batch& batch) override {
    for (const RecordRow& row : rows_) {
      if (absl::StartsWith(row.table, kOwnTablesPrefix)) {
        status_ = absl::InvalidArgumentError(absl::StrCat("table: ", row.table, " is reserved"));
        return;
      }
    }
    for (RecordRow& row : rows_) batch.writes().records.push_back(std::move(row));
  }

  void Done(const absl::Status& commit) override { done_(commit.ok() ? status_ : commit); }

 private:
  std::vector<RecordRow> rows_;
  const std::function<void(absl::Status)> done_;
  absl::Status status_;
};

}  // namespace

std::unique_ptr<Work> RunWork(const IngestRoom* room, const ReplicaId& peer, sync::IngestRun run,
                              std::function<void(sync::StoredRun)> done) {
  return std::make_unique<Ingest>(room, peer, std::move(run), std::move(done));
}

std::unique_ptr<Work> SealedWork(Sequencer* sequencer, const ReplicaId& peer, v1::SealedReply reply,
                                 std::function<void(absl::Status)> done) {
  return std::make_unique<Sealed>(sequencer, peer, std::move(reply), std::move(done));
}

std::unique_ptr<Work> RecordsWork(std::vector<RecordRow> rows,
                                  std::function<void(absl::Status)> done) {
  return std::make_unique<Records>(std::move(rows), std::move(done));
}

}  // namespace greffe
