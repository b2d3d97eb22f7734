#ifndef GREFFE_TESTS_SUPPORT_MINI_REPLICA_H_
#define GREFFE_TESTS_SUPPORT_MINI_REPLICA_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/convention/convention.h"
#include "core/convention/decide_citing.h"
#include "core/convention/queries.h"

namespace greffe::testing_support {

class MiniReplica;

// The events of one convention that some replicas wrote, and who holds which. What a sequencer
// does to a Decision is done here in a few lines, without storage or network.
class MiniNet final {
 public:
  MiniNet();
  MiniNet(const MiniNet&) = delete;
  MiniNet& operator=(const MiniNet&) = delete;
  ~MiniNet();

  const ConventionId& convention() const { return convention_; }
  const std::string& nonce() const { return nonce_; }
  // Replica `index` is made on first use, with a key of its own; 0 is the founder.
  MiniReplica& replica(int index);
  static PublicKey KeyOf(int index);

  // `to` gets and applies everything that `from` applied.
  void Send(int from, int to);
  // Everybody gets everything.
  void SyncAll();

 private:
  friend class MiniReplica;
  struct Stored {
    int author = 0;
    std::uint64_t sequence = 0;
    std::string bytes;
    Digest leaf;
    // Heads cited: author and size.
    std::vector<std::pair<int, std::uint64_t>> seen;
  };

  std::string nonce_;
  ConventionId convention_;
  std::vector<std::unique_ptr<MiniReplica>> replicas_;
  // By author, by sequence.
  std::map<int, std::vector<Stored>> feeds_;
};

// One replica of a MiniNet.
class MiniReplica final {
 public:
  MiniReplica(MiniNet& net, int index);

  const ConventionState& state() const { return state_; }
  const ReplicaId& id() const { return id_; }

  // A command's context: the user of `partner` with these roles, who has read everything that is
  // applied here. Request ids count up.
  CommandContext Context(const std::string& partner, std::vector<v1::Role> roles,
                         const std::string& office = "");
  // What the replica holds now, as a read cut.
  std::vector<LocalPoint> Cut() const;

  // Writes a decision's events and applies them; their leaves, in order.
  std::vector<Digest> Write(const Decision& decision, const CommandContext& context);
  // Decides and writes; the refusal otherwise. `leaves` gets the leaves when not null.
  template <typename Request>
  absl::Status Do(const Request& request, const CommandContext& context,
                  std::vector<Digest>* leaves = nullptr) {
    absl::StatusOr<Decision> decision = DecideCiting(state_, request, context);
    if (!decision.ok()) return decision.status();
    std::vector<Digest> written = Write(*decision, context);
    if (leaves != nullptr) *leaves = std::move(written);
    return absl::OkStatus();
  }

  // Reads as of everything applied here.
  Known At(absl::string_view in_force_on) const;
  const EventReader& reader() const { return reader_; }

  CivilDate today;

 private:
  friend class MiniNet;
  void Apply(const MiniNet::Stored& stored);
  FeedNumber FeedOf(int author);

  MiniNet& net_;
  const int index_;
  const ReplicaId id_;
  ConventionState state_;
  EventReader reader_;
  std::uint64_t requests_ = 0;
  // Events applied, by author; authors in the order met here.
  std::map<int, std::uint64_t> applied_;
  std::map<int, FeedNumber> feeds_;
  // Heads of others when this replica last wrote.
  std::map<int, std::uint64_t> cited_;
  // Order of application: author and sequence.
  std::vector<std::pair<int, std::uint64_t>> arrivals_;
};

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_SUPPORT_MINI_REPLICA_H_
