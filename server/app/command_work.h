#ifndef GREFFE_SERVER_APP_COMMAND_WORK_H_
#define GREFFE_SERVER_APP_COMMAND_WORK_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "core/convention/decide.h"
#include "server/app/call.h"
#include "server/app/command_traits.h"
#include "server/app/sequencer.h"

namespace greffe {

// What commands need beside the sequencer. Outlives every command.
struct CommandRoom {
  Sequencer* sequencer = nullptr;
  // Key of the digests by which contents of requests are compared; never leaves the replica.
  std::string content_key;
  std::function<std::vector<v1::PartnerCard>()> own_partners;
  std::function<std::vector<RosterCandidate>()> peers;
};

// The part of a command that is the same for all: who asks, what was answered before, what the
// batch did with it.
class CommandWork : public Work {
 public:
  CommandWork(const CommandRoom* room, const UserCall& call) : room_(room), call_(call) {}

  std::size_t bytes() const final { return bytes_; }
  void Run(Batch& batch) final;
  void Done(const absl::Status& commit) final;

  // True of one that only checks: it is not queued.
  virtual bool dry_run() const { return false; }
  // Of a dry run: checks and answers at once. Reads only, in any thread, so that nobody else's
  // commands wait for it.
  void RunDry();

 protected:
  // INVALID_ARGUMENT naming request_id.
  absl::Status SetRequest(absl::string_view request_id, std::string type_name, std::string content);

  // The convention commanded, or the one to be made.
  virtual absl::StatusOr<ConventionId> Address() = 0;
  // Each of these keeps the answer. Checks only:
  virtual absl::Status Preview(const ConventionId& id);
  // Decides and appends. The answer in bytes, for the record.
  virtual absl::StatusOr<std::string> Execute(Batch& batch, const ConventionId& id) = 0;
  // What Execute gave for the same request before. DATA_LOSS.
  virtual absl::Status Recall(const std::string& bytes) = 0;
  // Gives the answer kept, or why there is none.
  virtual void Reply(const absl::Status& status) = 0;

  // The convention to command: held, sound. Codes as a command answers.
  absl::StatusOr<ConventionHost*> Hold(Batch& batch, const ConventionId& id) const;
  // Reads the convention to command, held for reading while `read` runs. Codes as Hold.
  absl::Status ReadHost(const ConventionId& id,
                        absl::FunctionRef<absl::Status(const ConventionHost&)> read) const;
  // `read_event` as in CommandContext.
  absl::StatusOr<CommandContext> ContextFor(
      const ConventionHost& host, const std::string& read_cut,
      std::function<absl::StatusOr<std::string>(EventPosition)> read_event) const;
  // Appends the decision and fills the receipt.
  absl::StatusOr<std::vector<Digest>> Append(Batch& batch, ConventionHost* host, Decision decision,
                                             v1::CommandReceipt* receipt) const;

  const CommandRoom& room() const { return *room_; }
  const UserCall& call() const { return call_; }
  const RequestId& request_id() const { return request_id_; }

 private:
  absl::Status TryRun(Batch& batch);
  absl::Status CheckInTime() const;

  const CommandRoom* const room_;
  const UserCall call_;
  RequestId request_id_;
  std::string type_name_;
  std::string content_;
  std::size_t bytes_ = 0;
  // The batch had written to the convention when it had its turn.
  bool after_write_ = false;
  // Absent until it had its turn.
  std::optional<absl::Status> outcome_;
};

// A convention id that a create command makes: the nonce from which it derives depends on the
// replica, the user and the request alone, so that a repetition finds what was made.
std::string CreateNonce(const CommandRoom& room, const UserCall& call, const RequestId& request);
// Makes the work of a command, for each of GREFFE_FOR_EACH_COMMAND. A dry run writes nothing.
template <typename Request>
std::unique_ptr<CommandWork> MakeCommand(
    const CommandRoom* room, const UserCall& call, Request request,
    std::function<void(absl::StatusOr<ResponseOf<Request>>)> done);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_COMMAND_WORK_H_
