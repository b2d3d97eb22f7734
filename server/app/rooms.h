#ifndef GREFFE_SERVER_APP_ROOMS_H_
#define GREFFE_SERVER_APP_ROOMS_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/convention/queries.h"
#include "server/app/attachment_book.h"
#include "server/app/chunk_work.h"
#include "server/app/command_work.h"
#include "server/app/cut_states.h"
#include "server/app/hosts.h"
#include "server/app/ingest.h"
#include "server/app/renewal_reads.h"
#include "server/app/replica.h"
#include "server/app/sequencer.h"
#include "server/app/sync_view.h"

namespace greffe {

// What a Replica is made of, and what its reads share.
struct Replica::Rooms {
  ReplicaOptions options;
  ReplicaId self;
  std::unique_ptr<Hosts> hosts;
  std::unique_ptr<CutStates> cuts;
  std::unique_ptr<AttachmentBook> attachments;
  std::unique_ptr<SyncView> view;
  CommandRoom commands;
  std::unique_ptr<StrangerBook> strangers;
  IngestRoom runs;
  // Last: it stops before the rest goes.
  std::unique_ptr<Sequencer> sequencer;

  // The convention that the user means and may see.
  absl::StatusOr<ConventionId> Find(const UserCall& call, const std::string& text) const {
    return hosts->Find(call.partner_id, text);
  }
  // ReadRenewed (renewal_reads.h) for the user.
  absl::Status ReadRenewed(const UserCall& call, const ConventionId& id, const v1::ReadAt& at,
                           ReadBesides* beside,
                           const std::function<absl::Status(const Known&)>& read) const {
    return greffe::ReadRenewed(call.partner_id, *hosts, cuts.get(), id, at, beside, read);
  }
  // What stands outside the repeatable part: who answers, and what a reader must know of the
  // convention as it is now.
  void FillContext(const UserCall& call, const ConventionId* convention,
                   v1::ReplyContext* context) const;
  // Adds the values of the commitments that `view` names, for those who may read them.
  void FillPersonalValues(const UserCall& call, const ConventionId& convention,
                          const google::protobuf::Message& view, v1::ReplyContext* context) const;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_ROOMS_H_
