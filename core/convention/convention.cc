#include "core/convention/convention.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "core/convention/fold/apply.h"
#include "core/convention/state/state.h"

namespace greffe {
namespace {

std::size_t TextBytes(const std::string& text) {
  return sizeof(std::string) + (text.capacity() > 15 ? text.capacity() : 0);
}

}  // namespace

ConventionState::ConventionState(const ConventionId& id) : data_(std::make_unique<StateData>(id)) {}
ConventionState::ConventionState(const ConventionState& other)
    : data_(std::make_unique<StateData>(*other.data_)) {}
ConventionState::ConventionState(ConventionState&&) noexcept = default;
ConventionState& ConventionState::operator=(ConventionState&&) noexcept = default;
ConventionState::~ConventionState() = default;

const ConventionId& ConventionState::id() const { return data_->convention; }

void ConventionState::AddBranch(const FeedBranch& branch) {
  if (!data_->causality.AddBranch(branch.number, branch.parent, branch.forked_at)) return;
  data_->branch_replica.push_back(data_->InternReplica(branch.replica));
  data_->branch_events.emplace_back();
}

std::uint64_t ConventionState::applied(FeedNumber feed) const {
  const BranchIndex branch = data_->causality.Find(feed);
  return branch == kNone ? 0 : data_->causality.Applied(branch);
}

std::uint64_t ConventionState::events() const { return data_->events.size(); }

bool ConventionState::CanApply(EventPosition at, std::span<const LocalPoint> seen) const {
  return data_->causality.CanApply(at, seen);
}

void ConventionState::Apply(const ApplicableEvent& event) {
  // Applied out of order, an event would be judged by a past that is not its own.
  if (!CanApply(event.at, event.seen)) std::abort();
  data_->causality.Append(data_->causality.Find(event.at.feed), event.seen);
  ApplyFacts(*data_, event);
}

std::vector<LocalPoint> ConventionState::PastOf(EventPosition at) const {
  return data_->causality.PastOf(at);
}

std::vector<LocalPoint> ConventionState::Tips() const { return data_->causality.Tips(); }

std::vector<RosterEntry> ConventionState::Roster() const {
  std::vector<RosterEntry> roster;
  for (ReplicaNumber replica = 0; replica < data_->replicas.size(); ++replica) {
    for (const RosterNumber r : data_->Entries(replica)) {
      const RosterFact& fact = data_->roster[r];
      if (fact.partners.empty()) continue;
      RosterEntry entry;
      entry.replica = data_->replicas[replica].id;
      entry.key = fact.key;
      entry.name = fact.name;
      for (const TextNumber p : fact.partners) entry.partner_ids.push_back(data_->Text(p));
      std::sort(entry.partner_ids.begin(), entry.partner_ids.end());
      entry.leaf = data_->LeafOf(fact.event);
      roster.push_back(std::move(entry));
    }
  }
  std::sort(roster.begin(), roster.end(), [](const RosterEntry& a, const RosterEntry& b) {
    return std::tie(a.replica, a.leaf) < std::tie(b.replica, b.leaf);
  });
  return roster;
}

bool ConventionState::InRoster(const ReplicaId& replica) const {
  for (ReplicaNumber r = 0; r < data_->replicas.size(); ++r) {
    if (data_->replicas[r].id != replica) continue;
    const std::vector<RosterNumber> entries = data_->Entries(r);
    return std::any_of(entries.begin(), entries.end(), [this](RosterNumber entry) {
      return !data_->roster[entry].partners.empty();
    });
  }
  return false;
}

std::vector<PublicKey> ConventionState::KnownAuthors() const {
  std::set<PublicKey> keys;
  for (const RosterFact& fact : data_->roster) keys.insert(fact.key);
  return {keys.begin(), keys.end()};
}

std::optional<NamedAttachment> ConventionState::AttachmentNamedBy(const Digest& leaf) const {
  const EventNumber event = data_->FindEvent(leaf);
  if (event == kNone) return std::nullopt;
  // Mostly asked of the event just applied.
  const std::vector<AttachmentFact>& all = data_->attachments;
  const auto found = std::find_if(all.rbegin(), all.rend(),
                                  [&](const AttachmentFact& one) { return one.event == event; });
  if (found == all.rend()) return std::nullopt;
  return NamedAttachment{found->id, found->sha256, found->size};
}

bool ConventionState::needs_newer_software() const { return data_->needs_newer_software; }

std::size_t ConventionState::MemoryBytes() const {
  const StateData& data = *data_;
  std::size_t bytes = sizeof(StateData) + data.causality.MemoryBytes() +
                      data.events.capacity() * sizeof(EventRow) + data.event_by_leaf.MemoryBytes() +
                      data.text_by_bytes.MemoryBytes() + data.actors.capacity() * sizeof(ActorRow) +
                      data.subjects.capacity() * sizeof(FollowUpSubject) +
                      data.life.capacity() * sizeof(LifeFact) +
                      data.findings.size() * (sizeof(FindingFact) + 4 * sizeof(void*));
  for (const auto& own : data.branch_events) bytes += own.capacity() * sizeof(EventNumber);
  for (const std::string& text : data.texts) bytes += TextBytes(text);
  for (const FollowUpSubject& subject : data.subjects) {
    // Few values lie in the row itself.
    if (subject.events.size() > 4) bytes += subject.events.capacity() * sizeof(EventNumber);
  }
  for (const auto& [id, act] : data.acts) {
    bytes += act.changes.capacity() * sizeof(DraftChange);
    for (const DraftChange& change : act.changes) {
      if (change.put != nullptr) bytes += change.put->SpaceUsedLong();
    }
  }
  bytes += data.revisions.capacity() * sizeof(Revision);
  bytes += data.signatures.capacity() * sizeof(SignatureFact);
  for (const DeliberationFact& fact : data.deliberations) {
    bytes += sizeof(fact) + fact.deliberation->SpaceUsedLong();
  }
  return bytes;
}

}  // namespace greffe
