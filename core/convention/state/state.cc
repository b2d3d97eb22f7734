#include "core/convention/state/state.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

#include "absl/hash/hash.h"
#include "core/base/limits.h"

namespace greffe {
namespace {

const std::string& NoText() {
  static const std::string* const kEmpty = new std::string();
  return *kEmpty;
}

std::size_t HashText(absl::string_view text) { return absl::HashOf(text); }
// A digest's first bytes are as good as all of them; absl mixes its seed in.
std::size_t HashDigest(const Digest& digest) {
  std::uint64_t first;
  std::memcpy(&first, digest.bytes.data(), sizeof(first));
  return absl::HashOf(first);
}
std::size_t HashActor(absl::string_view person, TextNumber office, TextNumber partner) {
  return absl::HashOf(person, office, partner);
}
std::size_t HashSubject(std::uint8_t payload, TextNumber element, TextNumber period) {
  return absl::HashOf(payload, element, period);
}

}  // namespace

EventNumber StateData::FindEvent(const Digest& leaf) const {
  return event_by_leaf.Find(HashDigest(leaf),
                            [&](EventNumber e) { return events[e].leaf == leaf; });
}

EventNumber StateData::FindEvent(absl::string_view leaf) const {
  const absl::StatusOr<Digest> digest = Digest::FromBytes(leaf, "leaf");
  return digest.ok() ? FindEvent(*digest) : kNone;
}

EventNumber StateData::EventAt(BranchIndex branch, std::uint64_t sequence) const {
  while (sequence < causality.ForkedAt(branch)) branch = causality.ParentOf(branch);
  const std::vector<EventNumber>& own = branch_events[branch];
  const std::uint64_t place = sequence - causality.ForkedAt(branch);
  return place < own.size() ? own[place] : kNone;
}

EventPosition StateData::PositionOf(EventNumber event) const {
  return {causality.NumberOf(events[event].branch), events[event].sequence};
}

const ReplicaId& StateData::AuthorOf(EventNumber event) const {
  return replicas[branch_replica[events[event].branch]].id;
}

const std::string& StateData::PartnerOf(EventNumber event) const {
  const ActorNumber actor = events[event].actor;
  return actor == kNone ? NoText() : Text(actors[actor].partner);
}

const std::string& StateData::OfficeOf(EventNumber event) const {
  const ActorNumber actor = events[event].actor;
  return actor == kNone ? NoText() : Text(actors[actor].office);
}

TextNumber StateData::FindText(absl::string_view text) const {
  return text_by_bytes.Find(HashText(text), [&](TextNumber t) { return texts[t] == text; });
}

const std::string& StateData::Text(TextNumber text) const {
  return text == kNone ? NoText() : texts[text];
}

const ActFacts* StateData::FindAct(const ActId& act) const {
  const auto found = acts.find(act);
  return found == acts.end() ? nullptr : &found->second;
}

RevisionNumber StateData::FindRevision(const Digest& leaf) const {
  const auto found = revision_by_event.find(FindEvent(leaf));
  return found == revision_by_event.end() ? kNone : found->second;
}

SignatureNumber StateData::FindSignature(const Digest& leaf) const {
  const auto found = signature_by_event.find(FindEvent(leaf));
  return found == signature_by_event.end() ? kNone : found->second;
}

std::uint32_t StateData::FindSubject(std::uint8_t payload, absl::string_view element,
                                     absl::string_view period) const {
  const TextNumber element_text = FindText(element);
  const TextNumber period_text = FindText(period);
  if (element_text == kNone || period_text == kNone) return kNone;
  return subject_by_key.Find(HashSubject(payload, element_text, period_text), [&](std::uint32_t s) {
    return subjects[s].payload == payload && subjects[s].element == element_text &&
           subjects[s].period == period_text;
  });
}

std::span<const DraftChange> StateData::ChangesOf(const ActFacts& act, EventNumber event) const {
  const auto first =
      std::lower_bound(act.changes.begin(), act.changes.end(), event,
                       [](const DraftChange& c, EventNumber e) { return c.event < e; });
  const auto last =
      std::upper_bound(first, act.changes.end(), event,
                       [](EventNumber e, const DraftChange& c) { return e < c.event; });
  return {act.changes.data() + (first - act.changes.begin()),
          static_cast<std::size_t>(last - first)};
}

bool StateData::Saw(EventNumber later, EventNumber earlier) const {
  const EventRow& of = events[later];
  const EventRow& other = events[earlier];
  return causality.Saw(of.branch, of.sequence, other.branch, other.sequence);
}

bool StateData::InCut(std::span<const LocalPoint> cut, EventNumber event) const {
  return causality.InCut(cut, events[event].branch, events[event].sequence);
}

bool StateData::EntryCounts(RosterNumber entry, EventNumber seen_by) const {
  const auto stands = [&](RosterNumber r) {
    const EventNumber e = roster[r].event;
    return events[e].authorised && (seen_by == kNone || Saw(seen_by, e));
  };
  const std::vector<RosterNumber>& by = roster[entry].replaced_by;
  return stands(entry) && std::none_of(by.begin(), by.end(), stands);
}

std::vector<RosterNumber> StateData::Entries(ReplicaNumber replica, EventNumber seen_by) const {
  std::vector<RosterNumber> entries;
  for (const RosterNumber r : replicas[replica].entries) {
    if (EntryCounts(r, seen_by)) entries.push_back(r);
  }
  return entries;
}

bool StateData::ActsFor(ReplicaNumber replica, TextNumber partner, EventNumber seen_by) const {
  if (partner == kNone) return false;
  // Asked for each event: nothing is allocated.
  const std::vector<RosterNumber>& entries = replicas[replica].entries;
  return std::any_of(entries.begin(), entries.end(), [&](RosterNumber r) {
    return std::binary_search(roster[r].partners.begin(), roster[r].partners.end(), partner) &&
           EntryCounts(r, seen_by);
  });
}

bool StateData::HasReplica(TextNumber partner, EventNumber seen_by) const {
  for (ReplicaNumber replica = 0; replica < replicas.size(); ++replica) {
    if (ActsFor(replica, partner, seen_by)) return true;
  }
  return false;
}

const ActOpening& StateData::OpeningOf(const ActFacts& act) const {
  return *std::min_element(
      act.openings.begin(), act.openings.end(),
      [&](const ActOpening& a, const ActOpening& b) { return LeafOf(a.event) < LeafOf(b.event); });
}

std::vector<const DraftChange*> StateData::CurrentDraft(const ActFacts& act) const {
  std::vector<const DraftChange*> current;
  for (const DraftChange& change : act.changes) {
    if (events[change.event].authorised && !change.replaced) current.push_back(&change);
  }
  std::sort(current.begin(), current.end(), [&](const DraftChange* a, const DraftChange* b) {
    if (a->element != b->element) return Text(a->element) < Text(b->element);
    if (a->event != b->event) return LeafOf(a->event) < LeafOf(b->event);
    return a->index < b->index;
  });
  return current;
}

std::vector<Digest> StateData::DraftLeaves(const ActFacts& act) const {
  std::set<Digest> leaves;
  for (const DraftChange& change : act.changes) {
    if (events[change.event].authorised) leaves.insert(LeafOf(change.event));
  }
  return {leaves.begin(), leaves.end()};
}

TextNumber StateData::InternText(absl::string_view text) {
  const TextNumber known = FindText(text);
  if (known != kNone) return known;
  texts.emplace_back(text);
  const TextNumber number = static_cast<TextNumber>(texts.size() - 1);
  text_by_bytes.Insert(number, [this](TextNumber t) { return HashText(texts[t]); });
  return number;
}

ActorNumber StateData::InternActor(absl::string_view person, absl::string_view office,
                                   absl::string_view partner) {
  const TextNumber office_text = InternText(office);
  const TextNumber partner_text = InternText(partner);
  const ActorNumber known =
      actor_by_content.Find(HashActor(person, office_text, partner_text), [&](ActorNumber a) {
        return actors[a].person_id == person && actors[a].office == office_text &&
               actors[a].partner == partner_text;
      });
  if (known != kNone) return known;
  actors.push_back({std::string(person), office_text, partner_text});
  const ActorNumber number = static_cast<ActorNumber>(actors.size() - 1);
  actor_by_content.Insert(number, [this](ActorNumber a) {
    return HashActor(actors[a].person_id, actors[a].office, actors[a].partner);
  });
  return number;
}

ReplicaNumber StateData::InternReplica(const ReplicaId& id) {
  const ReplicaNumber known = replica_by_id.Find(
      absl::Hash<ReplicaId>{}(id), [&](ReplicaNumber r) { return replicas[r].id == id; });
  if (known != kNone) return known;
  replicas.push_back({id, {}});
  const ReplicaNumber number = static_cast<ReplicaNumber>(replicas.size() - 1);
  replica_by_id.Insert(number,
                       [this](ReplicaNumber r) { return absl::Hash<ReplicaId>{}(replicas[r].id); });
  return number;
}

std::uint32_t StateData::InternSubject(std::uint8_t payload, TextNumber element,
                                       TextNumber period) {
  const std::uint32_t known =
      subject_by_key.Find(HashSubject(payload, element, period), [&](std::uint32_t s) {
        return subjects[s].payload == payload && subjects[s].element == element &&
               subjects[s].period == period;
      });
  if (known != kNone) return known;
  subjects.push_back({payload, element, period, {}});
  const std::uint32_t number = static_cast<std::uint32_t>(subjects.size() - 1);
  subject_by_key.Insert(number, [this](std::uint32_t s) {
    return HashSubject(subjects[s].payload, subjects[s].element, subjects[s].period);
  });
  return number;
}

void StateData::IndexEvent(EventNumber event) {
  event_by_leaf.Insert(event, [this](EventNumber e) { return HashDigest(events[e].leaf); });
}

void StateData::AddFinding(EventNumber event, FindingCode code, absl::string_view detail) {
  const FindingFact fact{event, code, std::string(detail)};
  const auto first = findings.lower_bound({event, code, ""});
  auto last = first;
  std::size_t kept = 0;
  for (; last != findings.end() && last->event == event && last->code == code; ++last) ++kept;
  if (kept < limits::kFindingsOfAnEvent) {
    findings.insert(fact);
    return;
  }
  // The least are kept, in whatever order they are found.
  const auto greatest = std::prev(last);
  if (findings.contains(fact)) return;
  if (fact < *greatest) {
    findings.erase(greatest);
    findings.insert(fact);
  }
  if (code != FindingCode::kFindingsOmitted) {
    AddFinding(event, FindingCode::kFindingsOmitted, FindingName(code));
  }
}

void StateData::RebuildIndices() {
  event_by_leaf = {};
  text_by_bytes = {};
  actor_by_content = {};
  replica_by_id = {};
  subject_by_key = {};
  revision_by_event.clear();
  signature_by_event.clear();
  deliberation_by_event.clear();
  roster_by_event.clear();
  life_by_event.clear();
  for (EventNumber e = 0; e < events.size(); ++e) {
    if (FindEvent(events[e].leaf) == kNone) IndexEvent(e);
  }
  for (TextNumber t = 0; t < texts.size(); ++t) {
    text_by_bytes.Insert(t, [this](TextNumber n) { return HashText(texts[n]); });
  }
  for (ActorNumber a = 0; a < actors.size(); ++a) {
    actor_by_content.Insert(a, [this](ActorNumber n) {
      return HashActor(actors[n].person_id, actors[n].office, actors[n].partner);
    });
  }
  for (ReplicaNumber r = 0; r < replicas.size(); ++r) {
    replica_by_id.Insert(
        r, [this](ReplicaNumber n) { return absl::Hash<ReplicaId>{}(replicas[n].id); });
  }
  for (std::uint32_t s = 0; s < subjects.size(); ++s) {
    subject_by_key.Insert(s, [this](std::uint32_t n) {
      return HashSubject(subjects[n].payload, subjects[n].element, subjects[n].period);
    });
  }
  for (std::uint32_t n = 0; n < revisions.size(); ++n) revision_by_event[revisions[n].event] = n;
  for (std::uint32_t n = 0; n < signatures.size(); ++n) signature_by_event[signatures[n].event] = n;
  for (std::uint32_t n = 0; n < deliberations.size(); ++n) {
    deliberation_by_event[deliberations[n].event] = n;
  }
  for (std::uint32_t n = 0; n < roster.size(); ++n) roster_by_event[roster[n].event] = n;
  for (std::uint32_t n = 0; n < life.size(); ++n) life_by_event[life[n].event] = n;
}

}  // namespace greffe
