#include "tests/support/history.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/feed/merkle.h"

namespace greffe::test {
namespace {

constexpr char kNonce[] = "0123456789abcdef";
// 2024-01-01T00:00:00Z.
constexpr std::int64_t kClockStart = 1704067200;

PublicKey MakeKey(std::size_t number) {
  // Signatures lie outside a history: any bytes are a key.
  return *PublicKey::FromBytes(Sha256({"history key ", absl::StrCat(number)}).view(), "key");
}

}  // namespace

std::uint64_t TestSeed(std::uint64_t fallback) {
  std::uint64_t seed = fallback;
  const char* const given = std::getenv("GREFFE_SEED");
  if (given != nullptr && !absl::SimpleAtoi(given, &seed)) seed = fallback;
  std::cout << "GREFFE_SEED=" << seed << std::endl;
  return seed;
}

History::History(std::vector<std::string> partners) {
  const Author founder = AddReplica();
  convention_ = DeriveConventionId(replica(founder), kNonce);
  v1::Event opened;
  opened.mutable_convention_opened()->set_nonce(kNonce);
  opened.mutable_convention_opened()->set_public_key(key(founder).ToBytes());
  for (const std::string& partner : partners) {
    opened.mutable_convention_opened()->add_partner_ids(partner);
  }
  Write(founder, partners.front(), std::move(opened));
}

History::Author History::AddReplica() {
  keys_.push_back(MakeKey(keys_.size()));
  replicas_.push_back(ReplicaIdOf(keys_.back()));
  Hand hand;
  hand.replica = static_cast<int>(replicas_.size()) - 1;
  hand.clock = kClockStart;
  authors_.push_back(std::move(hand));
  return static_cast<Author>(authors_.size()) - 1;
}

History::Author History::Fork(Author author, std::size_t size) {
  Hand hand = authors_[author];
  hand.feed.resize(size);
  hand.knows.assign(events_.size(), false);
  authors_.push_back(std::move(hand));
  const Author branch = static_cast<Author>(authors_.size()) - 1;
  if (size > 0) LearnEvent(branch, authors_[author].feed[size - 1]);
  return branch;
}

void History::Learn(Author to, Author from) {
  std::vector<bool>& mine = authors_[to].knows;
  const std::vector<bool>& theirs = authors_[from].knows;
  mine.resize(events_.size());
  for (std::size_t e = 0; e < theirs.size(); ++e) mine[e] = mine[e] || theirs[e];
}

void History::LearnEvent(Author to, Event event) {
  std::vector<bool>& mine = authors_[to].knows;
  mine.resize(events_.size());
  const std::vector<bool>& past = events_[event].past;
  for (std::size_t e = 0; e < past.size(); ++e) mine[e] = mine[e] || past[e];
}

void History::LearnAll() {
  for (Hand& hand : authors_) hand.knows.assign(events_.size(), true);
}

bool History::Knows(Author author, Event event) const {
  const std::vector<bool>& knows = authors_[author].knows;
  return static_cast<std::size_t>(event) < knows.size() && knows[event];
}

const PublicKey& History::key(Author author) const { return keys_[authors_[author].replica]; }
const ReplicaId& History::replica(Author author) const {
  return replicas_[authors_[author].replica];
}

void History::Cite(Author author, v1::Event& event, Written& written) const {
  const Hand& hand = authors_[author];
  // What the branch has said it has seen.
  std::vector<bool> said(events_.size(), false);
  if (!hand.feed.empty()) said = events_[hand.feed.back()].past;
  said.resize(events_.size());
  written.past = said;
  for (Author other = 0; other < static_cast<Author>(authors_.size()); ++other) {
    if (other == author) continue;
    const std::vector<Event>& feed = authors_[other].feed;
    std::size_t size = 0;
    while (size < feed.size() && Knows(author, feed[size])) ++size;
    if (size == 0 || written.past[feed[size - 1]]) continue;
    MerkleFrontier frontier;
    for (std::size_t i = 0; i < size; ++i) frontier.Append(events_[feed[i]].leaf);
    v1::FeedPoint* const point = event.add_seen();
    point->set_replica_id(replica(other).ToBytes());
    point->set_size(size);
    point->set_root(frontier.Root().ToBytes());
    written.seen.emplace_back(other, size);
    const std::vector<bool>& past = events_[feed[size - 1]].past;
    for (std::size_t e = 0; e < past.size(); ++e) {
      if (past[e]) written.past[e] = true;
    }
  }
}

History::Event History::Write(Author author, const std::string& partner, v1::Event payload) {
  return WriteMangled(author, partner, std::move(payload), [](v1::Event&) {});
}

History::Event History::WriteMangled(Author author, const std::string& partner, v1::Event payload,
                                     const std::function<void(v1::Event&)>& mangle) {
  Hand& hand = authors_[author];
  const Event number = static_cast<Event>(events_.size());
  Written written;
  written.author = author;
  v1::Event& event = payload;
  event.set_format(1);
  event.set_convention_id(convention_.ToBytes());
  event.set_replica_id(replica(author).ToBytes());
  event.set_sequence(hand.feed.size());
  ++hand.clock;
  if (!event.has_recorded_at()) {
    event.mutable_recorded_at()->set_seconds(clocks_ ? clocks_(author, hand.clock) : hand.clock);
  }
  if (!event.has_actor()) {
    event.mutable_actor()->set_person_id(Sha256({"person ", partner}).ToBytes().substr(0, 16));
    event.mutable_actor()->set_office("Secrétariat");
    event.mutable_actor()->set_partner_id(partner);
  }
  if (event.request_id().empty()) {
    // Branches of a fork may bear the same events but for this.
    event.set_request_id(Sha256({"request ", absl::StrCat(number)}).ToBytes().substr(0, 16));
  }
  Cite(author, event, written);
  mangle(event);
  written.bytes = event.SerializeAsString();
  // As a replica would: from the bytes, which may hold more than the message shows.
  written.message.ParseFromString(written.bytes);
  written.leaf = LeafHash(written.bytes);
  written.past.resize(number + 1);
  written.past[number] = true;
  events_.push_back(std::move(written));
  hand.feed.push_back(number);
  hand.knows.resize(events_.size());
  hand.knows[number] = true;
  return number;
}

std::vector<History::Event> History::RandomOrder(std::mt19937_64& random) const {
  std::vector<Event> order;
  std::vector<bool> done(events_.size(), false);
  while (order.size() < events_.size()) {
    std::vector<Event> ready;
    for (Event e = 0; e < size(); ++e) {
      if (done[e]) continue;
      bool fits = true;
      for (Event p = 0; p < e && fits; ++p) fits = done[p] || !Saw(e, p);
      if (fits) ready.push_back(e);
    }
    const Event next = ready[random() % ready.size()];
    done[next] = true;
    order.push_back(next);
  }
  return order;
}

void History::EachOrder(int limit,
                        const std::function<void(const std::vector<Event>&)>& visit) const {
  std::vector<Event> order;
  std::vector<bool> done(events_.size(), false);
  int visited = 0;
  const std::function<void()> extend = [&] {
    if (visited >= limit) return;
    if (order.size() == events_.size()) {
      ++visited;
      visit(order);
      return;
    }
    for (Event e = 0; e < size(); ++e) {
      if (done[e]) continue;
      bool fits = true;
      for (Event p = 0; p < e && fits; ++p) fits = done[p] || !Saw(e, p);
      if (!fits) continue;
      done[e] = true;
      order.push_back(e);
      extend();
      order.pop_back();
      done[e] = false;
    }
  };
  extend();
}

HistoryPlayer::HistoryPlayer(const History& history, FeedNumber first_feed)
    : history_(history),
      next_feed_(first_feed),
      state_(std::make_unique<ConventionState>(history.convention())) {}

void HistoryPlayer::Continue(ConventionState state) {
  state_ = std::make_unique<ConventionState>(std::move(state));
}

LocalPoint HistoryPlayer::PointOf(History::Author author, std::size_t size) const {
  const EventPosition last = positions_.at(history_.feed(author)[size - 1]);
  return {last.feed, last.sequence + 1};
}

void HistoryPlayer::Apply(History::Event event) {
  const History::Written& written = history_.events_[event];
  const std::uint64_t sequence = static_cast<std::uint64_t>(
      std::find(history_.feed(written.author).begin(), history_.feed(written.author).end(), event) -
      history_.feed(written.author).begin());
  EventPosition at{next_feed_, sequence};
  bool known = false;
  std::optional<FeedNumber> parent;
  if (sequence > 0) {
    const EventPosition before = positions_.at(history_.feed(written.author)[sequence - 1]);
    parent = before.feed;
    // The branch of the event before goes on here unless it went on otherwise already.
    if (state_->applied(before.feed) == sequence) {
      at.feed = before.feed;
      known = true;
    }
  }
  if (!known) {
    FeedBranch branch;
    branch.number = next_feed_++;
    branch.replica = history_.replica(written.author);
    branch.parent = parent;
    branch.forked_at = sequence;
    state_->AddBranch(branch);
  }
  std::vector<LocalPoint> seen;
  for (const auto& [author, size] : written.seen) seen.push_back(PointOf(author, size));
  positions_[event] = at;
  state_->Apply({at, written.leaf, seen, &written.message});
}

void HistoryPlayer::Apply(const std::vector<History::Event>& events) {
  for (const History::Event event : events) Apply(event);
}

void HistoryPlayer::ApplyAll() {
  for (History::Event event = 0; event < history_.size(); ++event) Apply(event);
}

}  // namespace greffe::test
