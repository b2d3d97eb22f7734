#ifndef GREFFE_TESTS_SCENARIOS_WORLD_H_
#define GREFFE_TESTS_SCENARIOS_WORLD_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/convention/queries.h"
#include "tests/support/mini_replica.h"

namespace greffe::scenario {

// Whoever a scenario speaks of. Each party has a replica of its own; the service is a second one of
// the commune.
enum class Who : std::uint8_t { kCommune, kCaf, kService, kDepartement, kCollectivite };

// The partner that a replica acts for: « commune », « caf », « departement », « collectivite ».
std::string PartnerOf(Who who);

// An act as a scenario follows it.
struct PlayedAct {
  std::string id;
  // Of its last freeze; empty before.
  std::string revision;
};

// Replicas in memory that play one convention day by day: what Decide lets happen is written,
// spread to whoever is on the network, and remembered, so that it can be asked later what a replica
// knew on a day. One thread.
class World final {
 public:
  World();

  // The day of what follows. INVALID_ARGUMENT for one before the last.
  absl::Status GoTo(CivilDate day);
  CivilDate today() const { return today_; }

  // Before the convention is opened.
  absl::Status SetTerm(const std::string& start, const std::string& end);
  absl::Status AddDepartement();
  // The text has one action, with one indicator.
  absl::Status AddAction(const std::string& title, const std::string& indicator);
  // The text has an article of that number, title and role, with this body.
  absl::Status AddClause(const std::string& number, const std::string& title, v1::ClauseRole role,
                         const std::string& body);
  // Parties that chair the steering committee together.
  absl::Status LetChair(const std::set<Who>& co_chairs);
  // One of the CAF's two offices is enough.
  absl::Status LetOneSignForCaf();
  absl::Status Open();
  // Lets the commune's second replica hold the convention.
  absl::Status AddService();
  // Lets the collectivité that follows the département hold the convention.
  absl::Status AddCollectivite();
  bool HasCollectivite() const { return collectivite_; }

  // Runs a command for the partner of `who` at its replica; `time` is HH:MM in Paris or empty. Its
  // refusal is a status of its own: a scenario may expect it.
  template <typename Request>
  absl::Status Do(Who who, const Request& request, std::vector<Digest>* leaves = nullptr,
                  const std::string& office = "", const std::string& time = "") {
    if (!opened_) return absl::InvalidArgumentError("la convention n'est pas encore ouverte");
    testing_support::MiniReplica& replica = ReplicaOf(who);
    replica.today = today_;
    const absl::Status done = replica.Do(request, ContextOf(who, office, time), leaves);
    if (done.ok()) Spread();
    return done;
  }

  // Off the network, or on it again, where everybody meets at once.
  absl::Status Cut(Who who);
  absl::Status Join(Who who);

  // Replicas that hold the convention.
  std::vector<Who> Holders() const;
  // As that replica knew it at the end of `known`. FAILED_PRECONDITION when it knew nothing yet.
  absl::StatusOr<Known> At(Who who, CivilDate on, CivilDate known) const;
  // The last day on which that replica learned something.
  absl::StatusOr<CivilDate> KnowsUntil(Who who) const;
  const ConventionState& StateOf(Who who) const { return net_.replica(IndexOf(who)).state(); }
  // True when an event that this replica holds has these bytes in it.
  bool HasInEvents(Who who, absl::string_view bytes) const;

  // Acts by who proposed them; the original is the commune's first.
  PlayedAct original;
  std::map<Who, PlayedAct> avenants;
  // The act frozen last.
  PlayedAct* frozen = nullptr;
  // Last record of each partner's vote, by partner: leaf in hex and content.
  std::map<std::string, std::pair<std::string, v1::Deliberation>> votes;
  // A fact of the convention's life: who recorded it, and its leaf, 32 bytes.
  struct Fact {
    Who who;
    std::string leaf;
  };
  // By what scenarios call them: « mise en demeure », « dénonciation »…; the last of each.
  std::map<std::string, Fact> facts;
  // What was attached, by label: the bytes of the file, which no replica sends here.
  std::map<std::string, std::string> pieces;

 private:
  static int IndexOf(Who who) { return static_cast<int>(who); }
  testing_support::MiniReplica& ReplicaOf(Who who);
  CommandContext ContextOf(Who who, const std::string& office, const std::string& time);
  void Spread();
  v1::ConventionDraft Draft() const;

  mutable testing_support::MiniNet net_;
  bool opened_ = false;
  bool departement_ = false;
  bool one_for_caf_ = false;
  std::set<Who> co_chairs_;
  bool service_ = false;
  bool collectivite_ = false;
  std::string start_ = "2025-01-01";
  std::string end_ = "2027-12-31";
  // Title of the action and wording of its indicator; empty: no action.
  std::string action_;
  std::string indicator_;
  std::vector<v1::Element> clauses_;
  CivilDate today_;
  std::set<Who> cut_;
  // What each replica held at the end of each day on which it learned something.
  std::map<Who, std::map<CivilDate, ConventionState>> days_;
};

}  // namespace greffe::scenario

#endif  // GREFFE_TESTS_SCENARIOS_WORLD_H_
