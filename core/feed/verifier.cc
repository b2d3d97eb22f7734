#include "core/feed/verifier.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/feed/proof.h"

namespace greffe {

FeedVerifier::FeedVerifier(ConventionId convention, PublicKey key)
    : convention_(std::move(convention)), key_(std::move(key)) {}

void FeedVerifier::Add(absl::string_view event_bytes) {
  last_leaf_ = LeafHash(event_bytes);
  frontier_.Append(last_leaf_);
}

absl::Status FeedVerifier::CheckLeaf(const Digest& claimed) const {
  if (claimed == last_leaf_) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("event ", frontier_.size() - 1, ": its bytes hash to ",
                                          last_leaf_.ToHex(), ", recorded as ", claimed.ToHex()));
}

absl::Status FeedVerifier::CheckHead(absl::string_view note) {
  const std::string range = absl::StrCat("events ", verified_size_, " to ",
                                         frontier_.size() == 0 ? 0 : frontier_.size() - 1);
  const auto head = OpenCheckpoint(note, key_);
  if (!head.ok()) {
    return absl::DataLossError(absl::StrCat(range, ": ", head.status().message()));
  }
  if (head->convention != convention_) {
    return absl::DataLossError(absl::StrCat(range, ": the head is of another convention"));
  }
  if (head->size != frontier_.size()) {
    return absl::DataLossError(absl::StrCat(range, ": size: ", frontier_.size(),
                                            " events are there, the head says ", head->size));
  }
  const Digest root = frontier_.Root();
  if (head->root != root) {
    return absl::DataLossError(absl::StrCat(range, ": root: recomputed ", root.ToHex(),
                                            ", the head says ", head->root.ToHex()));
  }
  verified_size_ = frontier_.size();
  ++heads_;
  return absl::OkStatus();
}

absl::Status VerifyEventProof(absl::string_view event_bytes, std::uint64_t sequence,
                              std::span<const Digest> path, absl::string_view note,
                              const PublicKey& key) {
  ASSIGN_OR_RETURN(const Checkpoint head, OpenCheckpoint(note, key));
  return VerifyInclusion(LeafHash(event_bytes), sequence, head.size, path, head.root);
}

}  // namespace greffe
