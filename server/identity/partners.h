#ifndef GREFFE_SERVER_IDENTITY_PARTNERS_H_
#define GREFFE_SERVER_IDENTITY_PARTNERS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "greffe/v1/sync.pb.h"
#include "server/identity/records.h"

namespace greffe {

// The partners that this replica acts for, at most limits::kPartnersPerReplica. Thread safe;
// changes block until they are on disk.
class Partners final {
 public:
  static absl::StatusOr<std::unique_ptr<Partners>> Open(const EventStore& store,
                                                        RecordWriter writer);

  // By partner id.
  std::vector<v1::PartnerCard> List() const;
  std::vector<std::string> Ids() const;
  bool Has(absl::string_view partner_id) const;
  // INVALID_ARGUMENT naming the field; ALREADY_EXISTS; RESOURCE_EXHAUSTED (rule "limit-partners").
  absl::StatusOr<v1::PartnerCard> Add(const v1::PartnerCard& card);

  // Reads the table again: a change that failed may have reached the disk all the same. As Open.
  absl::Status Reload();

 private:
  Partners(const EventStore& store, RecordWriter writer,
           std::map<std::string, v1::PartnerCard> partners)
      : store_(store), writer_(std::move(writer)), partners_(std::move(partners)) {}

  const EventStore& store_;
  const RecordWriter writer_;
  absl::Mutex change_mu_ ABSL_ACQUIRED_BEFORE(mu_);
  mutable absl::Mutex mu_;
  std::map<std::string, v1::PartnerCard> partners_ ABSL_GUARDED_BY(mu_);
};

// The card as it is kept: id, name (NFC), kind, SIREN of nine digits, INSEE code of five.
// INVALID_ARGUMENT naming the field under `field`.
absl::StatusOr<v1::PartnerCard> NormalisePartnerCard(const v1::PartnerCard& card,
                                                     absl::string_view field);
// The cards a peer sends: at most limits::kPartnersPerReplica, each as above.
absl::StatusOr<std::vector<v1::PartnerCard>> NormalisePartnerCards(
    const google::protobuf::RepeatedPtrField<v1::PartnerCard>& cards);

}  // namespace greffe

#endif  // GREFFE_SERVER_IDENTITY_PARTNERS_H_
