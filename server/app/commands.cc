// The commands themselves: what each decides and answers.

#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/naming.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/convention/decide_citing.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "server/app/command_work.h"
#include "server/app/feed_tree.h"
#include "server/app/preview.h"
#include "server/app/refusals.h"

namespace greffe {
namespace {

template <typename Request>
constexpr bool kIsCreate = std::is_same_v<Request, v1::CreateConventionRequest>;

// The same content gives the same bytes within this program. What somebody had read or confirmed
// when asking is no part of it: who repeats a command may have read again in between, and is shown
// no question that was answered.
template <typename Request>
std::string ContentOf(const Request& request) {
  std::string out;
  google::protobuf::io::StringOutputStream stream(&out);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  if constexpr (requires { request.read_cut(); }) {
    Request unread = request;
    unread.clear_read_cut();
    unread.SerializeToCodedStream(&coded);
  } else if constexpr (requires { request.confirmed(); }) {
    Request unasked = request;
    unasked.clear_confirmed();
    unasked.SerializeToCodedStream(&coded);
  } else {
    request.SerializeToCodedStream(&coded);
  }
  coded.Trim();
  return out;
}

template <typename Request>
std::string ReadCutOf(const Request& request) {
  if constexpr (requires { request.read_cut(); }) {
    return request.read_cut();
  } else {
    return "";
  }
}

// Events of this batch are not in the store yet.
std::function<absl::StatusOr<std::string>(EventPosition)> ReadIn(const Batch& batch,
                                                                 const ConventionHost& host) {
  return [&batch, &host](EventPosition at) { return batch.ReadEvent(host, at); };
}

template <typename Request>
class Command final : public CommandWork {
 public:
  using Response = ResponseOf<Request>;
  using Answer = std::function<void(absl::StatusOr<Response>)>;

  Command(const CommandRoom* room, const UserCall& call, Request request, Answer done)
      : CommandWork(room, call), request_(std::move(request)), done_(std::move(done)) {
    form_ = SetRequest(request_.request_id(), request_.GetTypeName(), ContentOf(request_));
  }

 protected:
  absl::StatusOr<ConventionId> Address() override {
    RETURN_IF_ERROR(form_);
    const ReplicaId& self = room().sequencer->settings().key->replica_id();
    if constexpr (kIsCreate<Request>) {
      return DeriveConventionId(self, CreateNonce(room(), call(), request_id()));
    } else {
      ASSIGN_OR_RETURN(const ConventionId id,
                       room().sequencer->hosts().Find(call().partner_id, request_.convention_id()));
      request_.set_convention_id(id.ToHex());
      return id;
    }
  }

  bool dry_run() const override {
    if constexpr (requires { request_.dry_run(); }) {
      return request_.dry_run();
    } else {
      return false;
    }
  }

  absl::Status Preview(const ConventionId& id) override {
    if constexpr (requires { request_.dry_run(); }) {
      const EventStore& store = *room().sequencer->settings().store;
      const auto read = [&store](EventPosition at) { return ReadChecked(store, at); };
      if constexpr (kIsCreate<Request>) {
        const ConventionHost empty(store, ConventionRow{0, id, 0, false});
        ASSIGN_OR_RETURN(const CommandContext context, ContextFor(empty, "", read));
        return PreviewCreate(request_, context, FoundingOf(), &answer_);
      } else {
        return ReadHost(id, [&](const ConventionHost& host) -> absl::Status {
          ASSIGN_OR_RETURN(const CommandContext context,
                           ContextFor(host, ReadCutOf(request_), read));
          return PreviewChange(host.state, request_, context, &answer_);
        });
      }
    } else {
      return CommandWork::Preview(id);
    }
  }

  absl::StatusOr<std::string> Execute(Batch& batch, const ConventionId& id) override {
    if constexpr (kIsCreate<Request>) {
      if (room().sequencer->hosts().Holds(id)) return RequestIdReused();
      ConventionHost* const host = batch.Create(id);
      const absl::Status created = ExecuteCreate(batch, host);
      if (!created.ok()) {
        batch.Forget(id);
        return created;
      }
    } else {
      ASSIGN_OR_RETURN(ConventionHost* const host, Hold(batch, id));
      ASSIGN_OR_RETURN(const CommandContext context,
                       ContextFor(*host, ReadCutOf(request_), ReadIn(batch, *host)));
      RETURN_IF_ERROR(ExecuteChange(batch, host, context));
    }
    return answer_.SerializeAsString();
  }

  absl::Status Recall(const std::string& bytes) override {
    if (answer_.ParseFromString(bytes)) return absl::OkStatus();
    return absl::DataLossError("the answer on record cannot be read");
  }

  void Reply(const absl::Status& status) override {
    if (status.ok()) {
      done_(std::move(answer_));
    } else {
      done_(status);
    }
  }

 private:
  Founding FoundingOf() const {
    Founding founding;
    founding.nonce = CreateNonce(room(), call(), request_id());
    founding.own_key = room().sequencer->settings().key->public_key();
    for (const v1::PartnerCard& card : room().own_partners()) {
      founding.own_partners.push_back(card.partner_id());
    }
    founding.candidates = room().peers();
    return founding;
  }

  absl::Status ExecuteCreate(Batch& batch, ConventionHost* host) {
    if constexpr (kIsCreate<Request>) {
      ASSIGN_OR_RETURN(const CommandContext context, ContextFor(*host, "", ReadIn(batch, *host)));
      const Founding founding = FoundingOf();
      ASSIGN_OR_RETURN(Decision decision,
                       DecideCreate(host->state, request_, context, founding.nonce,
                                    founding.own_key, founding.own_partners, founding.candidates));
      ASSIGN_OR_RETURN(const std::vector<Digest> leaves,
                       Append(batch, host, std::move(decision), answer_.mutable_receipt()));
      FillAnswer(host->state, request_, leaves, &answer_);
      NameSharers(host->state, context.replica, &answer_);
    }
    return absl::OkStatus();
  }

  absl::Status ExecuteChange(Batch& batch, ConventionHost* host, const CommandContext& context) {
    if constexpr (std::is_same_v<Request, v1::ShareConventionRequest>) {
      const Founding founding = FoundingOf();
      std::vector<PeerName> names;
      for (const RosterCandidate& one : founding.candidates) {
        names.push_back(PeerName{one.name, ReplicaIdOf(one.key)});
      }
      ASSIGN_OR_RETURN(const std::size_t found, FindPeer(request_.peer(), names));
      const RosterCandidate& peer = founding.candidates[found];
      ASSIGN_OR_RETURN(Decision decision,
                       DecideShare(host->state, context, peer, founding.own_partners,
                                   founding.candidates, request_));
      ASSIGN_OR_RETURN(const std::vector<Digest> leaves,
                       Append(batch, host, std::move(decision), answer_.mutable_receipt()));
      for (const RosterEntry& entry : host->state.Roster()) {
        if (entry.key != peer.key) continue;
        for (const std::string& partner : entry.partner_ids) answer_.add_partner_ids(partner);
      }
    } else if constexpr (!kIsCreate<Request>) {
      ASSIGN_OR_RETURN(Decision decision, DecideCiting(host->state, request_, context));
      ASSIGN_OR_RETURN(const std::vector<Digest> leaves,
                       Append(batch, host, std::move(decision), answer_.mutable_receipt()));
      FillAnswer(host->state, request_, leaves, &answer_);
    }
    return absl::OkStatus();
  }

  Request request_;
  Response answer_;
  const Answer done_;
  absl::Status form_;
};

}  // namespace

template <typename Request>
std::unique_ptr<CommandWork> MakeCommand(
    const CommandRoom* room, const UserCall& call, Request request,
    std::function<void(absl::StatusOr<ResponseOf<Request>>)> done) {
  return std::make_unique<Command<Request>>(room, call, std::move(request), std::move(done));
}

#define GREFFE_MAKE_COMMAND_(REQUEST, RESPONSE)                           \
  template std::unique_ptr<CommandWork> MakeCommand(                      \
      const CommandRoom* room, const UserCall& call, v1::REQUEST request, \
      std::function<void(absl::StatusOr<v1::RESPONSE>)> done);
GREFFE_FOR_EACH_COMMAND(GREFFE_MAKE_COMMAND_)
#undef GREFFE_MAKE_COMMAND_

}  // namespace greffe
