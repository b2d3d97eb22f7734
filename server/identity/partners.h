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
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/sync.pb.h"
#include "server/identity/records.h"

namespace greffe {

// The partners that this replica acts for, at most limits::kPartnersPerReplica. One of them, the
// first one added, has the replica for its own: its administrators administer the machine. Thread
// safe; changes block until they are on disk.
class Partners final {
 public:
  static absl::StatusOr<std::unique_ptr<Partners>> Open(const EventStore& store,
                                                        RecordWriter writer);

  // By partner id.
  std::vector<v1::PartnerCard> List() const;
  std::vector<std::string> Ids() const;
  bool Has(absl::string_view partner_id) const;
  // The partner whose replica this is; empty in the store of an earlier version until KeepOwn.
  std::string Own() const;
  // Names it, for the homes that OwnPartner is about. Counts for this process even when the write
  // fails.
  absl::Status KeepOwn(absl::string_view partner_id);
  // INVALID_ARGUMENT naming the field; ALREADY_EXISTS; RESOURCE_EXHAUSTED (rule "limit-partners").
  absl::StatusOr<v1::PartnerCard> Add(const v1::PartnerCard& card);

  // Reads the table again: a change that failed may have reached the disk all the same. As Open.
  absl::Status Reload();

 private:
  Partners(const EventStore& store, RecordWriter writer,
           std::map<std::string, v1::PartnerCard> partners, std::string own)
      : store_(store),
        writer_(std::move(writer)),
        partners_(std::move(partners)),
        own_(std::move(own)) {}

  const EventStore& store_;
  const RecordWriter writer_;
  absl::Mutex change_mu_ ABSL_ACQUIRED_BEFORE(mu_);
  mutable absl::Mutex mu_;
  std::map<std::string, v1::PartnerCard> partners_ ABSL_GUARDED_BY(mu_);
  std::string own_ ABSL_GUARDED_BY(mu_);
};

// Whose replica this is: `named`, where it has an administrator. Else the store is one that does
// not say, or an earlier version named a partner that nobody administers, which leaves the machine
// to nobody: among the partners that have an administrator the only one, then the one that has the
// name `init` gave the replica, then that of the administrator added first. Where nobody
// administers anything: `named`, else the only partner, else empty.
std::string OwnPartner(absl::string_view named, const std::vector<v1::PartnerCard>& partners,
                       const std::vector<v1::UserView>& users, absl::string_view replica_name);

// The card as it is kept: id, name (NFC), kind, SIREN of nine digits, INSEE code of five.
// INVALID_ARGUMENT naming the field under `field`.
absl::StatusOr<v1::PartnerCard> NormalisePartnerCard(const v1::PartnerCard& card,
                                                     absl::string_view field);
// The same of a card that somebody enters here, whose SIREN must have a right key too (CHK-01):
// whoever receives a card cannot mend it.
absl::StatusOr<v1::PartnerCard> EnteredPartnerCard(const v1::PartnerCard& card,
                                                   absl::string_view field);
// The cards a peer sends: at most limits::kPartnersPerReplica, each as above.
absl::StatusOr<std::vector<v1::PartnerCard>> NormalisePartnerCards(
    const google::protobuf::RepeatedPtrField<v1::PartnerCard>& cards);

}  // namespace greffe

#endif  // GREFFE_SERVER_IDENTITY_PARTNERS_H_
