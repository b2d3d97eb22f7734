// Rows that belong to no single feed.

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/feed/merkle.h"
#include "core/sync/digests.h"
#include "storage/check_parts.h"
#include "storage/rocks_handle.h"
#include "storage/rocks_rows.h"
#include "storage/rocks_status.h"

namespace greffe::check {
namespace {

using rocks::Family;

class RowsCheck final {
 public:
  RowsCheck(const RocksEventStore& store, const std::vector<ConventionRow>& conventions,
            const std::vector<FeedRow>& feeds, CheckReport& report)
      : store_(store), report_(report) {
    for (const ConventionRow& row : conventions) {
      conventions_[row.number] = &row;
      ids_[row.id] = &row;
    }
    for (const FeedRow& feed : feeds) {
      feeds_[feed.number] = &feed;
      by_convention_[feed.convention].push_back(feed);
    }
  }

  void Run() {
    for (const Family family : {Family::kFeeds, Family::kLeaves, Family::kArrivals,
                                Family::kSnapshots, Family::kSnapshotPieces}) {
      CheckOwners(family, [this](std::uint32_t number) { return conventions_.count(number) != 0; });
    }
    for (const Family family : {Family::kEvents, Family::kNodes, Family::kHeads}) {
      CheckOwners(family, [this](std::uint32_t number) { return feeds_.count(number) != 0; });
    }
    Each<rocks::SnapshotRow>(Family::kSnapshots, rocks::DecodeSnapshot,
                             [this](const rocks::SnapshotRow& row) { CheckSnapshot(row); });
    // Pieces without their row are what a crash left; they are written over.
    Each<rocks::SnapshotPiece>(Family::kSnapshotPieces, rocks::DecodeSnapshotPiece,
                               [](const rocks::SnapshotPiece&) {});
    Each<SealedRow>(Family::kSealed, rocks::DecodeSealed,
                    [this](const SealedRow& row) { CheckSealed(row); });
    Each<SyncIndexRow>(Family::kSyncIndex, rocks::DecodeSyncIndex,
                       [this](const SyncIndexRow& row) { CheckSyncIndex(row); });
    Each<AttachmentRow>(Family::kAttachments, rocks::DecodeAttachment,
                        [this](const AttachmentRow& row) { CheckAttachment(row); });
    Each<ChunkRow>(Family::kChunks, rocks::DecodeChunk,
                   [this](const ChunkRow& row) { CheckChunk(row); });
    CheckHeld();
    Each<RequestRow>(Family::kRequests, rocks::DecodeRequest, [](const RequestRow&) {});
    Each<RecordRow>(Family::kRecords, rocks::DecodeRecord, [](const RecordRow&) {});
  }

 private:
  // Reads a whole family row by row.
  template <typename Row>
  void Each(Family family, absl::StatusOr<Row> (*decode)(absl::string_view, absl::string_view),
            const std::function<void(const Row&)>& look) {
    const absl::Status scanned =
        store_.handle().Scan(family, "", "", [&](absl::string_view key, absl::string_view value) {
          const absl::StatusOr<Row> row = decode(key, value);
          if (row.ok()) {
            look(*row);
          } else {
            SayStatus(row.status());
          }
          return !report_.more;
        });
    if (!scanned.ok()) SayStatus(scanned);
  }

  // Rows whose first number, a convention or a branch, is not known here. Jumps from number to
  // number.
  void CheckOwners(Family family, const std::function<bool(std::uint32_t)>& known) {
    std::uint64_t from = 0;
    while (from <= UINT32_MAX) {
      std::string first;
      const absl::Status scanned =
          store_.handle().Scan(family, "", rocks::NumberPrefix(static_cast<std::uint32_t>(from)),
                               [&](absl::string_view key, absl::string_view /*value*/) {
                                 first = std::string(key);
                                 return false;
                               });
      if (!scanned.ok()) SayStatus(scanned);
      if (!scanned.ok() || first.empty()) return;
      std::uint32_t number = 0;
      for (std::size_t i = 0; i < 4 && i < first.size(); ++i) {
        number = (number << 8) | static_cast<std::uint8_t>(first[i]);
      }
      if (first.size() < 4 || !known(number)) {
        const std::string name =
            absl::StrCat(rocks::FamilyName(family), "/", absl::BytesToHexString(first));
        Say(CheckProblem::Kind::kRow, absl::StrCat("ligne ", name, " sans propriétaire"),
            absl::StrCat("row ", name, " belongs to nothing"));
      }
      from = std::uint64_t{number} + 1;
    }
  }

  void CheckSnapshot(const rocks::SnapshotRow& row) {
    const auto convention = conventions_.find(row.name.convention);
    if (convention == conventions_.end() || row.name.arrival <= convention->second->arrivals)
      return;
    const std::string id = convention->second->id.ToHex();
    Say(CheckProblem::Kind::kRow,
        absl::StrCat("convention ", id, " : un état va au-delà des événements appliqués"),
        absl::StrCat("convention ", id, ": a snapshot goes beyond the events applied"));
  }

  void CheckSealed(const SealedRow& row) {
    ++report_.sealed;
    if (row.erased || SealedCommitment(row.salt, row.value) == row.commitment) return;
    const std::string id = row.convention.ToHex();
    const std::string commitment = row.commitment.ToHex();
    Say(CheckProblem::Kind::kSealed,
        absl::StrCat("convention ", id,
                     " : une valeur personnelle ne correspond pas à son "
                     "engagement ",
                     commitment),
        absl::StrCat("convention ", id, ": a personal value does not match its commitment ",
                     commitment),
        row.convention);
  }

  // Bits of the row of each attachment, and the chunks found of it.
  struct Held {
    std::string bits;
    std::string found;
  };

  void CheckAttachment(const AttachmentRow& row) {
    held_[{row.convention, row.attachment}].bits = row.chunks;
  }

  // The row itself was checked against its digest while it was read.
  void CheckChunk(const ChunkRow& row) {
    const auto held = held_.find({row.convention, row.attachment});
    if (held == held_.end()) return Attachment(row.convention, row.attachment);
    std::string& found = held->second.found;
    if (found.size() <= row.index / 8) found.resize(row.index / 8 + 1);
    found[row.index / 8] = static_cast<char>(found[row.index / 8] | (1 << row.index % 8));
  }

  void CheckHeld() {
    for (auto& [key, held] : held_) {
      held.found.resize(std::max(held.found.size(), held.bits.size()));
      held.bits.resize(held.found.size());
      if (held.found != held.bits) Attachment(key.first, key.second);
    }
  }

  void Attachment(const ConventionId& convention, const Digest& attachment) {
    Say(CheckProblem::Kind::kRow,
        absl::StrCat("convention ", convention.ToHex(), " : les morceaux de la pièce jointe ",
                     attachment.ToHex(), " ne sont pas ceux que dit sa ligne"),
        absl::StrCat("convention ", convention.ToHex(), ": the chunks of attachment ",
                     attachment.ToHex(), " are not those that its row says"),
        convention);
  }

  void CheckSyncIndex(const SyncIndexRow& row) {
    const auto convention = ids_.find(row.convention);
    const std::string id = row.convention.ToHex();
    if (convention != ids_.end()) {
      const std::optional<Digest> held = HeldDigest(*convention->second);
      // Without its nodes the digest cannot be told: CheckFeed names them.
      if (!held.has_value() || held == row.digest) return;
    }
    Say(CheckProblem::Kind::kSyncIndex,
        absl::StrCat("convention ", id, " : l'index de synchronisation de la réplique ",
                     row.replica.ToHex(), " n'est pas à jour"),
        absl::StrCat("convention ", id, ": the sync index of replica ", row.replica.ToHex(),
                     " is not up to date"),
        row.convention);
  }

  // Computed once per convention.
  std::optional<Digest> HeldDigest(const ConventionRow& row) {
    const auto known = digests_.find(row.number);
    if (known != digests_.end()) return known->second;
    const Subject subject{store_, row, by_convention_[row.number]};
    std::vector<Point> points;
    std::optional<Digest> digest;
    for (const FeedRow& feed : subject.feeds) {
      const auto root = RootAt(feed.held, subject.Nodes(feed));
      if (!root.ok()) return digests_[row.number] = digest;
      points.push_back({feed.replica, feed.held, *root});
    }
    digest = sync::ConventionDigest(std::move(points));
    return digests_[row.number] = digest;
  }

  void SayStatus(const absl::Status& status) {
    const Refusal refusal = RefusalOf(status);
    CheckProblem problem;
    problem.file = rocks::FileNamedIn(refusal.en);
    problem.fr = refusal.fr;
    problem.en = refusal.en;
    Add(report_, std::move(problem));
  }

  void Say(CheckProblem::Kind kind, std::string fr, std::string en,
           std::optional<ConventionId> convention = std::nullopt) {
    CheckProblem problem;
    problem.kind = kind;
    problem.convention = convention;
    problem.fr = std::move(fr);
    problem.en = std::move(en);
    Add(report_, std::move(problem));
  }

  const RocksEventStore& store_;
  CheckReport& report_;
  std::map<ConventionNumber, const ConventionRow*> conventions_;
  std::map<ConventionId, const ConventionRow*> ids_;
  std::map<FeedNumber, const FeedRow*> feeds_;
  std::map<ConventionNumber, std::vector<FeedRow>> by_convention_;
  std::map<ConventionNumber, std::optional<Digest>> digests_;
  std::map<std::pair<ConventionId, Digest>, Held> held_;
};

}  // namespace

void CheckRows(const RocksEventStore& store, const std::vector<ConventionRow>& conventions,
               const std::vector<FeedRow>& feeds, CheckReport& report) {
  RowsCheck(store, conventions, feeds, report).Run();
}

}  // namespace greffe::check
