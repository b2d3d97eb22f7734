#ifndef GREFFE_TESTS_SIM_WITHHOLDING_VIEW_H_
#define GREFFE_TESTS_SIM_WITHHOLDING_VIEW_H_

#include <optional>
#include <set>
#include <vector>

#include "core/sync/replica_view.h"

namespace greffe::sim {

// A relay that keeps some authors' feeds to itself: a view that does not show them.
class WithholdingView final : public sync::ReplicaView {
 public:
  // Both outlive this.
  WithholdingView(const sync::ReplicaView& honest, const std::set<ReplicaId>& withheld)
      : honest_(honest), withheld_(withheld) {}

  ReplicaId id() const override { return honest_.id(); }
  v1::Hello Introduce() const override { return honest_.Introduce(); }
  std::vector<sync::SharedConvention> Shared(const ReplicaId& peer) const override {
    return honest_.Shared(peer);
  }
  bool MayShare(const ConventionId& convention, const ReplicaId& peer) const override {
    return honest_.MayShare(convention, peer);
  }
  std::vector<sync::HeldBranch> Branches(const ConventionId& convention) const override {
    std::vector<sync::HeldBranch> shown;
    for (const sync::HeldBranch& branch : honest_.Branches(convention)) {
      if (withheld_.count(branch.point.replica) == 0) shown.push_back(branch);
    }
    return shown;
  }
  std::optional<FeedNumber> FindBranch(const ConventionId& convention,
                                       const Point& point) const override {
    return honest_.FindBranch(convention, point);
  }
  absl::StatusOr<v1::Run> ReadRun(const ConventionId& convention, FeedNumber branch,
                                  std::uint64_t from, std::size_t bytes_max) const override {
    return honest_.ReadRun(convention, branch, from, bytes_max);
  }
  absl::StatusOr<v1::SealedValue> ReadSealed(const ConventionId& convention,
                                             const Digest& commitment) const override {
    return honest_.ReadSealed(convention, commitment);
  }
  absl::StatusOr<std::string> ReadChunk(const ConventionId& convention, const Digest& attachment,
                                        std::uint32_t index) const override {
    return honest_.ReadChunk(convention, attachment, index);
  }
  std::vector<sync::MissingChunk> MissingChunks(
      const ReplicaId& peer, std::size_t count_max,
      const std::function<bool(const sync::MissingChunk&)>& skip) const override {
    return honest_.MissingChunks(peer, count_max, skip);
  }

 private:
  const sync::ReplicaView& honest_;
  const std::set<ReplicaId>& withheld_;
};

}  // namespace greffe::sim

#endif  // GREFFE_TESTS_SIM_WITHHOLDING_VIEW_H_
