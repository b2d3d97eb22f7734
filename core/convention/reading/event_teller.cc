#include "core/convention/reading/event_teller.h"

#include "absl/strings/str_cat.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/summary_tail.h"
#include "core/convention/queries.h"
#include "core/convention/state/event_payload.h"

namespace greffe {
namespace {

std::string KindName(int payload) {
  const auto* field = v1::Event::descriptor()->FindFieldByNumber(payload);
  return field == nullptr ? "unknown" : field->name();
}

void SetTime(std::int64_t micros, v1::EventView* view) {
  constexpr std::int64_t kSecond = 1'000'000;
  std::int64_t seconds = micros / kSecond;
  std::int64_t rest = micros % kSecond;
  if (rest < 0) {
    rest += kSecond;
    --seconds;
  }
  view->mutable_recorded_at()->set_seconds(seconds);
  view->mutable_recorded_at()->set_nanos(static_cast<std::int32_t>(rest * 1000));
}

void SetSummary(const rules::Words& sentence, const rules::Words& tail, v1::EventView* view) {
  view->set_summary(absl::StrCat(sentence.fr, tail.fr));
  view->set_summary_en(absl::StrCat(sentence.en, tail.en));
}

// EventTeller::ForAnother of a partner and a replica.
rules::Words TailFor(const StateData& data, const PartyBook& book, const std::string& partner,
                     ReplicaNumber replica) {
  if (partner.empty()) return {};
  // Of several entries, made by replicas that had not seen each other, the least name: every
  // replica says the same.
  std::string name;
  bool alone = true;
  for (const RosterNumber entry : data.Entries(replica)) {
    const RosterFact& fact = data.roster[entry];
    alone = alone && fact.partners.size() < 2;
    if (!fact.name.empty() && (name.empty() || fact.name < name)) name = fact.name;
  }
  if (alone) return {};
  // The founder's own entry bears no name: whoever opened the convention did so at home.
  for (const EventNumber opening : data.openings) {
    if (!name.empty() || data.branch_replica[data.events[opening].branch] != replica) continue;
    name = book.Name(data.PartnerOf(opening));
  }
  if (name.empty()) name = Short(data.replicas[replica].id.ToHex());
  const std::string actor = book.Name(partner);
  if (name == actor || name == partner) return {};
  return RecordedForTail(name, actor);
}

}  // namespace

EventTeller::EventTeller(const StateData& data) : data_(data), book_(data) {}

const rules::Words& EventTeller::ForAnother(EventNumber event) {
  const EventRow& row = data_.events[event];
  const ReplicaNumber replica = data_.branch_replica[row.branch];
  const TextNumber partner = row.actor == kNone ? kNone : data_.actors[row.actor].partner;
  const auto [at, added] = for_another_.try_emplace({replica, partner});
  if (added) at->second = TailFor(data_, book_, data_.PartnerOf(event), replica);
  return at->second;
}

const LifeBook& EventTeller::life() {
  if (!life_.has_value()) life_.emplace(data_);
  return *life_;
}

const std::string& EventTeller::ElementName(const std::string& id) {
  const auto [at, added] = element_names_.emplace(id, "");
  if (!added) return at->second;
  if (!elements_.has_value()) elements_.emplace(data_);
  at->second = elements_->Name(id);
  return at->second;
}

v1::EventView EventTeller::View(EventNumber event) {
  const EventRow& row = data_.events[event];
  v1::EventView view;
  view.set_leaf(row.leaf.ToHex());
  view.set_kind(KindName(row.payload));
  view.set_partner_id(data_.PartnerOf(event));
  view.set_office(data_.OfficeOf(event));
  view.set_replica_id(data_.AuthorOf(event).ToHex());
  view.set_sequence(row.sequence);
  SetTime(row.recorded_micros, &view);
  SetSummary(Sentence(PayloadFromFacts(data_, event), event), ForAnother(event), &view);
  view.set_authorised(row.authorised);
  return view;
}

v1::EventView EventTeller::View(const v1::Event& event, const Digest& leaf) {
  const EventNumber known = data_.FindEvent(leaf);
  v1::EventView view;
  view.set_leaf(leaf.ToHex());
  view.set_kind(KindName(event.payload_case()));
  view.set_partner_id(event.actor().partner_id());
  view.set_office(event.actor().office());
  const auto replica = ReplicaId::FromBytes(event.replica_id(), "replica_id");
  if (replica.ok()) view.set_replica_id(replica->ToHex());
  view.set_sequence(event.sequence());
  *view.mutable_recorded_at() = event.recorded_at();
  // Of one that is not applied here, who it was recorded for is not known yet.
  SetSummary(Sentence(event, known), known == kNone ? rules::Words() : ForAnother(known), &view);
  view.set_authorised(known == kNone || data_.events[known].authorised);
  return view;
}

v1::EventView DescribeEvent(const ConventionState& state, const v1::Event& event,
                            const Digest& leaf) {
  return EventTeller(state.data()).View(event, leaf);
}

}  // namespace greffe
