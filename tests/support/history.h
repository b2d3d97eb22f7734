#ifndef GREFFE_TESTS_SUPPORT_HISTORY_H_
#define GREFFE_TESTS_SUPPORT_HISTORY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/base/signature.h"
#include "core/convention/convention.h"
#include "greffe/v1/event.pb.h"

namespace greffe::test {

// Seed of this run: GREFFE_SEED, or `fallback`. Printed, so that a failure can be played again.
std::uint64_t TestSeed(std::uint64_t fallback);

// A convention's history as several replicas would write it, without any replica: events with real
// leaf hashes, real roots and `seen` points, forks included. Replicas learn of each other's events
// when the test says so (Learn). A history is then applied to states in any causal order.
class History final {
 public:
  // Number of an event in this history, in the order of writing.
  using Event = int;
  // One writing hand: a replica, or one branch of a replica that forked.
  using Author = int;

  // The founder's replica acts for `partners` and opens the convention: event 0, author 0.
  explicit History(std::vector<std::string> partners);

  const ConventionId& convention() const { return convention_; }
  // A replica that is in no roster yet.
  Author AddReplica();
  // What an author's clock shows from now on in the place of the seconds that have passed for it.
  void SetClocks(std::function<std::int64_t(Author author, std::int64_t seconds)> clocks) {
    clocks_ = std::move(clocks);
  }
  // Another branch of the author's replica, which shares its first `size` events and knows only
  // what these had seen.
  Author Fork(Author author, std::size_t size);

  // `to` gets all that `from` knows.
  void Learn(Author to, Author from);
  // `to` gets one event and its past.
  void LearnEvent(Author to, Event event);
  // Everybody knows everything.
  void LearnAll();

  // Writes an event: `payload` has a payload, and may have request_id; the rest is filled in.
  // recorded_at is one second after the author's last unless the payload sets it.
  Event Write(Author author, const std::string& partner, v1::Event payload);
  // The same, changed just before it is hashed: garbage that a hostile replica could write.
  Event WriteMangled(Author author, const std::string& partner, v1::Event payload,
                     const std::function<void(v1::Event&)>& mangle);

  int size() const { return static_cast<int>(events_.size()); }
  const std::string& bytes(Event event) const { return events_[event].bytes; }
  const v1::Event& message(Event event) const { return events_[event].message; }
  const Digest& leaf(Event event) const { return events_[event].leaf; }
  Author author(Event event) const { return events_[event].author; }
  const PublicKey& key(Author author) const;
  const ReplicaId& replica(Author author) const;
  // Events of the author's branch, shared prefix included.
  const std::vector<Event>& feed(Author author) const { return authors_[author].feed; }
  // True when `earlier` is in the past of `later`, or the same: by its own slow reckoning, which
  // shares nothing with core/convention.
  bool Saw(Event later, Event earlier) const { return events_[later].past[earlier]; }
  bool Knows(Author author, Event event) const;

  // A random causal order of all events.
  std::vector<Event> RandomOrder(std::mt19937_64& random) const;
  // Calls `visit` with each causal order, until `limit` orders were visited.
  void EachOrder(int limit, const std::function<void(const std::vector<Event>&)>& visit) const;

 private:
  friend class HistoryPlayer;
  struct Written {
    std::string bytes;
    v1::Event message;
    Digest leaf;
    Author author = 0;
    // By event: in the past of this one, itself included.
    std::vector<bool> past;
    // The points it cites, as (author, size).
    std::vector<std::pair<Author, std::size_t>> seen;
  };
  struct Hand {
    int replica = 0;
    std::vector<Event> feed;
    std::vector<bool> knows;
    std::int64_t clock = 0;
  };

  void Cite(Author author, v1::Event& event, Written& written) const;

  ConventionId convention_;
  std::function<std::int64_t(Author, std::int64_t)> clocks_;
  std::vector<PublicKey> keys_;
  std::vector<ReplicaId> replicas_;
  std::vector<Hand> authors_;
  std::vector<Written> events_;
};

// Applies a history's events to a state, naming branches as a store would that met them in this
// order: which branch of a fork is the parent depends on it, and must not matter.
class HistoryPlayer final {
 public:
  // `first_feed`: number of the first branch; others follow.
  explicit HistoryPlayer(const History& history, FeedNumber first_feed = 0);
  // Goes on in another state, such as one from a snapshot.
  void Continue(ConventionState state);

  // All events of its past are applied.
  void Apply(History::Event event);
  void Apply(const std::vector<History::Event>& events);
  // Everything, in the order of writing.
  void ApplyAll();

  const ConventionState& state() const { return *state_; }
  EventPosition PositionOf(History::Event event) const { return positions_.at(event); }

 private:
  LocalPoint PointOf(History::Author author, std::size_t size) const;

  const History& history_;
  FeedNumber next_feed_;
  std::unique_ptr<ConventionState> state_;
  // Where each event that is applied lies.
  std::map<History::Event, EventPosition> positions_;
};

// Payloads, for short tests.
v1::Event OpenAct(const History& history, const std::string& partner, int request, v1::ActKind kind,
                  ActId* id);
v1::Element ArticleElement(const std::string& id, const std::string& body,
                           const std::string& parent = "", const std::string& position = "5");
v1::Element PartyElement(const std::string& partner, const std::vector<std::string>& offices);
v1::Element TermsElement(const std::string& start, const std::string& end);
v1::Event Draft(const ActId& act, const std::vector<v1::Element>& put,
                const std::vector<Digest>& replaces = {});
v1::Event Remove(const ActId& act, const std::string& element,
                 const std::vector<Digest>& replaces = {});
// Signatories: office id -> partner.
v1::Event Freeze(const ActId& act, const std::vector<Digest>& changes,
                 const std::map<std::string, std::string>& signatories,
                 const std::string& effective_from, const std::vector<Digest>& bases = {});
v1::Event Sign(const Digest& revision, const std::string& signatory, const std::string& date);
v1::Event PaperSign(const Digest& revision, const std::string& signatory, const std::string& date,
                    const std::vector<Digest>& replaces = {});
// Signed in a file of another tool.
v1::Event SignOutside(const Digest& revision, const std::string& signatory, const std::string& date,
                      const std::vector<Digest>& replaces = {});
v1::Event Withdraw(const Digest& revision);
v1::Event Retract(const Digest& signature);
v1::Event Refuse(const Digest& revision, const std::string& signatory);
v1::Event Measure(const std::string& element, const std::string& period, const std::string& value,
                  const std::vector<Digest>& replaces = {});
v1::Event Progress(const std::string& element, v1::ProgressState state,
                   const std::vector<Digest>& replaces = {});
v1::Event Enrol(const PublicKey& key, const std::vector<std::string>& partners,
                const std::vector<Digest>& replaces = {});
v1::Event Deliberate(const Digest& revision, const std::string& partner,
                     const std::vector<Digest>& replaces = {});
// Freezes as signed on paper.
v1::Event FreezePaper(v1::Event freeze);
// States a date for each office given.
v1::Event StatePaper(const Digest& revision, const std::map<std::string, std::string>& dates);
v1::Event AttestPaper(const Digest& revision, const std::vector<Digest>& statements = {});
// Names an attachment of `size` bytes, told apart by `seed`.
v1::Event Attach(std::uint64_t size, int seed);

}  // namespace greffe::test

#endif  // GREFFE_TESTS_SUPPORT_HISTORY_H_
