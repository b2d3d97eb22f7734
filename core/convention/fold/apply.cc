#include "core/convention/fold/apply.h"

#include <algorithm>
#include <limits>

#include "absl/status/statusor.h"
#include "core/base/limits.h"
#include "core/convention/state/recorded_at.h"
#include "core/convention/state/understood.h"

namespace greffe {
namespace {

bool HeaderFits(const StateData& data, const v1::Event& event, const ReplicaId& author,
                std::uint64_t sequence) {
  return event.format() >= 1 && event.convention_id() == data.convention.view() &&
         event.replica_id() == author.view() && event.sequence() == sequence;
}

// Longer values have no sense, and would be held in memory for ever.
bool ActorFits(const v1::Actor& actor) {
  return actor.person_id().size() <= PersonId::kSize &&
         actor.office().size() <= 4 * limits::kOfficeCharacters &&
         actor.partner_id().size() <= limits::kIdCharacters;
}

// Feeds are mostly one person's: the actor of the event before is tried first.
ActorNumber Actor(StateData& data, const v1::Actor& actor, EventNumber before) {
  const ActorNumber last = before == kNone ? kNone : data.events[before].actor;
  if (last != kNone) {
    const ActorRow& row = data.actors[last];
    if (row.person_id == actor.person_id() && data.Text(row.partner) == actor.partner_id() &&
        data.Text(row.office) == actor.office()) {
      return last;
    }
  }
  return data.InternActor(actor.person_id(), actor.office(), actor.partner_id());
}

void Dispatch(const Applying& a) {
  switch (a.event.payload_case()) {
    case v1::Event::kConventionOpened:
      return ApplyOpening(a);
    case v1::Event::kRosterEntrySet:
      return ApplyRosterEntry(a);
    case v1::Event::kActOpened:
      return ApplyActOpened(a);
    case v1::Event::kChangesDrafted:
      return ApplyChanges(a);
    case v1::Event::kRevisionFrozen:
      return ApplyFreeze(a);
    case v1::Event::kRevisionWithdrawn:
      return ApplyWithdrawal(a);
    case v1::Event::kSignatureGiven:
      return ApplySignature(a);
    case v1::Event::kSignatureRefused:
      return ApplyRefusal(a);
    case v1::Event::kSignatureRetracted:
      return ApplyRetraction(a);
    case v1::Event::kDeliberationRecorded:
      return ApplyDeliberation(a);
    case v1::Event::kPaperSigningStated:
      return ApplyPaperStatement(a);
    case v1::Event::kPaperTextAttested:
      return ApplyAttestation(a);
    case v1::Event::kAttachmentNamed:
      return ApplyAttachment(a);
    case v1::Event::kProgressReported:
    case v1::Event::kIndicatorMeasured:
    case v1::Event::kMeetingRecorded:
    case v1::Event::kPredecessorLinked:
      return ApplyFollowUp(a);
    case v1::Event::kLifeRecorded:
      return ApplyLife(a);
    case v1::Event::PAYLOAD_NOT_SET:
      // Newer software's payload is an unknown field: found already.
      if (a.row().understood) a.Find(FindingCode::kNoPayload);
      return;
  }
}

}  // namespace

EventNumber Applying::Past(absl::string_view leaf) const {
  const EventNumber named = data.FindEvent(leaf);
  return named != kNone && named != number && data.Saw(number, named) ? named : kNone;
}

void Applying::Deny(FindingCode code, absl::string_view detail) const {
  row().authorised = false;
  Find(code, detail);
}

std::optional<CivilDate> Applying::Date(absl::string_view text, absl::string_view field) const {
  if (text.empty()) return std::nullopt;
  const absl::StatusOr<CivilDate> date = CivilDate::Parse(text, field);
  if (date.ok()) return *date;
  Find(FindingCode::kMalformed, field);
  return std::nullopt;
}

std::optional<Digest> Applying::Hash(absl::string_view bytes, absl::string_view field) const {
  if (bytes.empty()) return std::nullopt;
  const absl::StatusOr<Digest> digest = Digest::FromBytes(bytes, field);
  if (digest.ok()) return *digest;
  Find(FindingCode::kMalformed, field);
  return std::nullopt;
}

bool Applying::SawWithdrawal(RevisionNumber revision) const {
  const std::vector<std::uint32_t>& withdrawals = data.revisions[revision].withdrawals;
  const bool saw = std::any_of(withdrawals.begin(), withdrawals.end(), [&](std::uint32_t w) {
    return data.withdrawals[w].counts && data.Saw(number, data.withdrawals[w].event);
  });
  if (saw) Find(FindingCode::kSawWithdrawal);
  return saw;
}

RevisionNumber Applying::RevisionOf(absl::string_view leaf) const {
  const EventNumber named = Past(leaf);
  if (named != kNone) {
    const auto found = data.revision_by_event.find(named);
    if (found != data.revision_by_event.end()) return found->second;
  }
  Find(FindingCode::kUnknownRevision);
  return kNone;
}

void ApplyFacts(StateData& data, const ApplicableEvent& applicable) {
  // Bytes that are no event have no header either.
  const v1::Event& event =
      applicable.event != nullptr ? *applicable.event : v1::Event::default_instance();
  const BranchIndex branch = data.causality.Find(applicable.at.feed);
  const ReplicaNumber author = data.branch_replica[branch];
  const EventNumber number = static_cast<EventNumber>(data.events.size());
  const EventNumber before =
      applicable.at.sequence == 0 ? kNone : data.EventAt(branch, applicable.at.sequence - 1);
  // Only a store that names one prefix twice gives an event twice; its facts are there already.
  const bool known = data.FindEvent(applicable.leaf) != kNone;

  EventRow& row = data.events.emplace_back();
  row.leaf = applicable.leaf;
  row.branch = branch;
  row.sequence = static_cast<std::uint32_t>(applicable.at.sequence);
  row.payload = static_cast<std::uint8_t>(event.payload_case());
  data.branch_events[branch].push_back(number);
  const std::optional<std::int64_t> micros = RecordedMicros(event.recorded_at());
  row.recorded_micros = micros.value_or(0);
  if (known) return;
  data.IndexEvent(number);

  if (!micros.has_value()) data.AddFinding(number, FindingCode::kRecordedAtInvalid);
  if (before != kNone && row.recorded_micros < data.events[before].recorded_micros) {
    data.AddFinding(number, FindingCode::kRecordedAtStepsBack);
  }
  row.understood = IsUnderstood(event);
  if (!row.understood) {
    data.needs_newer_software = true;
    data.AddFinding(number, FindingCode::kNewerSoftware);
  }
  if (!HeaderFits(data, event, data.replicas[author].id, applicable.at.sequence) ||
      !ActorFits(event.actor())) {
    row.understood = false;
    data.AddFinding(number, FindingCode::kHeaderMismatch);
    return;
  }
  row.actor = Actor(data, event.actor(), before);
  const TextNumber partner = data.actors[row.actor].partner;
  row.authorised = data.ActsFor(author, partner, number);
  const Applying applying{data, number, event, author, partner};
  if (!row.authorised && event.payload_case() != v1::Event::kConventionOpened) {
    applying.Find(FindingCode::kNotAuthorised);
  }
  Dispatch(applying);
}

}  // namespace greffe
