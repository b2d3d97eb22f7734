#ifndef GREFFE_SERVER_APP_ATTACHMENT_BOOK_H_
#define GREFFE_SERVER_APP_ATTACHMENT_BOOK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "core/base/ids.h"
#include "core/sync/replica_view.h"
#include "storage/event_store.h"

namespace greffe {

// One bit per chunk of an attachment.
bool HasChunk(const std::string& bits, std::uint32_t index);
void SetChunk(std::string* bits, std::uint32_t index);
std::uint32_t CountChunks(const std::string& bits);
// Bits for an attachment of `size` bytes of which nothing is here.
std::string NoChunks(std::uint64_t size);

// The attachments of which bytes are missing here, so that sessions need not read the store for
// each question. About two hundred bytes each. Thread safe.
class AttachmentBook final {
 public:
  // Reads the rows of all attachments. DATA_LOSS, UNAVAILABLE from the store.
  static absl::StatusOr<std::unique_ptr<AttachmentBook>> Open(const EventStore& store);

  // After a commit.
  void Publish(const std::vector<AttachmentRow>& rows);

  // Missing chunks of conventions for which `may_share` and not `skip`, at most `count_max`. Where
  // to begin depends on the peer, so that two peers asked at once mostly bring different chunks.
  std::vector<sync::MissingChunk> Missing(
      const ReplicaId& peer, std::size_t count_max,
      const std::function<bool(const ConventionId&)>& may_share,
      const std::function<bool(const sync::MissingChunk&)>& skip) const;
  // Attachments of a convention with bytes missing here.
  std::size_t CountOpen(const ConventionId& convention) const;

 private:
  struct Entry {
    std::uint32_t chunks = 0;
    std::string held;
  };
  mutable absl::Mutex mu_;
  std::map<std::pair<ConventionId, Digest>, Entry> open_ ABSL_GUARDED_BY(mu_);
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_ATTACHMENT_BOOK_H_
