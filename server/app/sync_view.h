#ifndef GREFFE_SERVER_APP_SYNC_VIEW_H_
#define GREFFE_SERVER_APP_SYNC_VIEW_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/sync/replica_view.h"
#include "server/app/attachment_book.h"
#include "server/app/feed_tree.h"
#include "server/app/hosts.h"
#include "storage/event_store.h"

namespace greffe {

// What a session with a peer may know of this replica. Thread safe.
class SyncView final : public sync::ReplicaView {
 public:
  SyncView(const EventStore& store, const Clock& clock, Hosts* hosts,
           const AttachmentBook* attachments, const ReplicaId& self, std::string name,
           std::function<std::vector<v1::PartnerCard>()> own_partners,
           std::function<bool()> signing_stopped, std::function<std::string(std::size_t)> random);

  ReplicaId id() const override { return self_; }
  v1::Hello Introduce() const override;
  std::vector<sync::SharedConvention> Shared(const ReplicaId& peer) const override;
  bool MayShare(const ConventionId& convention, const ReplicaId& peer) const override;
  std::vector<sync::HeldBranch> Branches(const ConventionId& convention) const override;
  std::optional<FeedNumber> FindBranch(const ConventionId& convention,
                                       const Point& point) const override;
  absl::StatusOr<v1::Run> ReadRun(const ConventionId& convention, FeedNumber branch,
                                  std::uint64_t from, std::size_t bytes_max) const override;
  absl::StatusOr<v1::SealedValue> ReadSealed(const ConventionId& convention,
                                             const Digest& commitment) const override;
  absl::StatusOr<std::string> ReadChunk(const ConventionId& convention, const Digest& attachment,
                                        std::uint32_t index) const override;
  std::vector<sync::MissingChunk> MissingChunks(
      const ReplicaId& peer, std::size_t count_max,
      const std::function<bool(const sync::MissingChunk&)>& skip) const override;

 private:
  absl::Status CheckStretch(const std::vector<FeedRow>& feeds, FeedNumber branch,
                            std::uint64_t from, const Stretch& stretch) const;
  // The farthest run whose events take at most `budget`, or else the one to the next head.
  absl::StatusOr<v1::Run> BuildRun(const ConventionId& convention,
                                   const std::vector<FeedRow>& feeds, FeedNumber branch,
                                   std::uint64_t from, std::size_t budget) const;

  const EventStore& store_;
  const Clock& clock_;
  Hosts* const hosts_;
  const AttachmentBook* const attachments_;
  const ReplicaId self_;
  const std::string name_;
  const std::function<std::vector<v1::PartnerCard>()> own_partners_;
  const std::function<bool()> signing_stopped_;
  const std::function<std::string(std::size_t)> random_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_SYNC_VIEW_H_
