#include "core/convention/state/event_payload.h"

#include <set>
#include <string>

#include "core/convention/elements/life_kinds.h"

namespace greffe {
namespace {

using Payload = v1::Event::PayloadCase;

// Puts what a fact of the state says into the payload it came from.
class Payloads {
 public:
  Payloads(const StateData& data, EventNumber event) : data_(data), event_(event) {}

  void Roster(v1::Event* out) const {
    const auto found = data_.roster_by_event.find(event_);
    if (found == data_.roster_by_event.end()) return;
    const RosterFact& fact = data_.roster[found->second];
    const bool opened = data_.events[event_].payload == Payload::kConventionOpened;
    // Texts are numbered as they arrive: every replica names them in the order of the alphabet.
    std::set<std::string> partners;
    for (const TextNumber partner : fact.partners) partners.insert(data_.Text(partner));
    for (const std::string& partner : partners) {
      if (opened) {
        out->mutable_convention_opened()->add_partner_ids(partner);
      } else {
        out->mutable_roster_entry_set()->add_partner_ids(partner);
      }
    }
    if (!opened) out->mutable_roster_entry_set()->set_name(fact.name);
  }

  void Act(v1::Event* out) const {
    for (const auto& [id, act] : data_.acts) {
      for (const ActOpening& opening : act.openings) {
        if (opening.event != event_) continue;
        out->mutable_act_opened()->set_act_id(id.ToBytes());
        out->mutable_act_opened()->set_kind(opening.kind);
        out->mutable_act_opened()->set_title(opening.title);
        if (opening.prompted_by) {
          out->mutable_act_opened()->set_prompted_by(opening.prompted_by->ToBytes());
        }
      }
    }
  }

  void Changes(v1::Event* out) const {
    for (const auto& [id, act] : data_.acts) {
      const std::size_t count = data_.ChangesOf(act, event_).size();
      if (count == 0) continue;
      out->mutable_changes_drafted()->set_act_id(id.ToBytes());
      for (std::size_t i = 0; i < count; ++i) out->mutable_changes_drafted()->add_changes();
    }
  }

  void Freeze(v1::Event* out) const {
    const auto found = data_.revision_by_event.find(event_);
    if (found == data_.revision_by_event.end()) return;
    const Revision& revision = data_.revisions[found->second];
    v1::RevisionFrozen* frozen = out->mutable_revision_frozen();
    frozen->set_act_id(revision.act.ToBytes());
    frozen->set_label(revision.label);
    if (revision.effective_from) frozen->set_effective_from(revision.effective_from->ToString());
    for (const v1::Signatory& one : revision.signatories) *frozen->add_signatories() = one;
  }

  void Withdrawal(v1::Event* out) const {
    for (const WithdrawalFact& fact : data_.withdrawals) {
      if (fact.event != event_) continue;
      out->mutable_revision_withdrawn()->set_revision(Leaf(fact.revision));
      out->mutable_revision_withdrawn()->set_reason(fact.reason);
    }
  }

  void Signature(v1::Event* out) const {
    const auto found = data_.signature_by_event.find(event_);
    if (found == data_.signature_by_event.end()) return;
    const SignatureFact& fact = data_.signatures[found->second];
    v1::SignatureGiven* given = out->mutable_signature_given();
    given->set_revision(Leaf(fact.revision));
    given->set_signatory_id(fact.signatory_id);
    given->set_kind(fact.kind);
    if (fact.signed_on) given->set_signed_on(fact.signed_on->ToString());
    given->set_capacity(fact.capacity);
    if (fact.delegation.has_value()) given->set_delegation(fact.delegation->ToBytes());
    for (const SignatureNumber one : fact.replaces) {
      given->add_replaces(data_.LeafOf(data_.signatures[one].event).ToBytes());
    }
  }

  void Refusal(v1::Event* out) const {
    for (const RefusalFact& fact : data_.refusals) {
      if (fact.event != event_) continue;
      out->mutable_signature_refused()->set_revision(Leaf(fact.revision));
      out->mutable_signature_refused()->set_signatory_id(fact.signatory_id);
      out->mutable_signature_refused()->set_reason(fact.reason);
    }
  }

  void Retraction(v1::Event* out) const {
    for (const RetractionFact& fact : data_.retractions) {
      if (fact.event != event_) continue;
      out->mutable_signature_retracted()->set_signature(
          data_.LeafOf(data_.signatures[fact.signature].event).ToBytes());
      out->mutable_signature_retracted()->set_reason(fact.reason);
    }
  }

  void Deliberation(v1::Event* out) const {
    const auto found = data_.deliberation_by_event.find(event_);
    if (found == data_.deliberation_by_event.end()) return;
    const DeliberationFact& fact = data_.deliberations[found->second];
    v1::DeliberationRecorded* recorded = out->mutable_deliberation_recorded();
    *recorded->mutable_deliberation() = *fact.deliberation;
    recorded->set_reason(fact.reason);
    for (const EventNumber one : fact.replaces) {
      recorded->add_replaces(data_.LeafOf(one).ToBytes());
    }
  }

  void Paper(v1::Event* out) const {
    for (const PaperStatement& fact : data_.paper_statements) {
      if (fact.event != event_) continue;
      out->mutable_paper_signing_stated()->set_revision(Leaf(fact.revision));
      *out->mutable_paper_signing_stated()->mutable_signing() = *fact.signing;
    }
    for (const AttestationFact& fact : data_.attestations) {
      if (fact.event != event_) continue;
      out->mutable_paper_text_attested()->set_revision(Leaf(fact.revision));
    }
  }

  void Attachment(v1::Event* out) const {
    for (const AttachmentFact& fact : data_.attachments) {
      if (fact.event != event_) continue;
      v1::Attachment* named = out->mutable_attachment_named()->mutable_attachment();
      named->set_sha256(fact.sha256.ToBytes());
      named->set_size(fact.size);
      named->set_label(fact.label);
      named->set_media_type(fact.media_type);
    }
  }

  void FollowUp(v1::Event* out) const {
    const std::uint32_t number = data_.events[event_].subject;
    if (number == kNone) return;
    const FollowUpSubject& subject = data_.subjects[number];
    const std::string& element = data_.Text(subject.element);
    const std::string& period = data_.Text(subject.period);
    switch (static_cast<Payload>(subject.payload)) {
      case Payload::kProgressReported:
        out->mutable_progress_reported()->set_element_id(element);
        break;
      case Payload::kIndicatorMeasured:
        out->mutable_indicator_measured()->set_element_id(element);
        out->mutable_indicator_measured()->set_period(period);
        break;
      case Payload::kPredecessorLinked:
        out->mutable_predecessor_linked()->set_element_id(element);
        break;
      default:
        out->mutable_meeting_recorded()->set_element_id(element);
        out->mutable_meeting_recorded()->set_held_on(period);
        break;
    }
  }

  void Life(v1::Event* out) const {
    const auto found = data_.life_by_event.find(event_);
    if (found == data_.life_by_event.end()) return;
    const LifeFact& fact = data_.life[found->second];
    v1::LifeRecorded* life = out->mutable_life_recorded();
    *life = MakeLife(static_cast<LifeCase>(fact.kind), fact.variant, data_.Text(fact.detail));
    life->set_element_id(data_.Text(fact.element));
    life->set_happened_on(fact.day.ToString());
    for (const EventNumber one : fact.replaces) life->add_replaces(data_.LeafOf(one).ToBytes());
  }

 private:
  std::string Leaf(RevisionNumber revision) const {
    return data_.LeafOf(data_.revisions[revision].event).ToBytes();
  }

  const StateData& data_;
  const EventNumber event_;
};

}  // namespace

v1::Event PayloadFromFacts(const StateData& data, EventNumber event) {
  v1::Event out;
  out.mutable_actor()->set_partner_id(data.PartnerOf(event));
  const Payloads facts(data, event);
  switch (static_cast<Payload>(data.events[event].payload)) {
    case Payload::kConventionOpened:
    case Payload::kRosterEntrySet:
      facts.Roster(&out);
      break;
    case Payload::kActOpened:
      facts.Act(&out);
      break;
    case Payload::kChangesDrafted:
      facts.Changes(&out);
      break;
    case Payload::kRevisionFrozen:
      facts.Freeze(&out);
      break;
    case Payload::kRevisionWithdrawn:
      facts.Withdrawal(&out);
      break;
    case Payload::kSignatureGiven:
      facts.Signature(&out);
      break;
    case Payload::kSignatureRefused:
      facts.Refusal(&out);
      break;
    case Payload::kSignatureRetracted:
      facts.Retraction(&out);
      break;
    case Payload::kDeliberationRecorded:
      facts.Deliberation(&out);
      break;
    case Payload::kPaperSigningStated:
    case Payload::kPaperTextAttested:
      facts.Paper(&out);
      break;
    case Payload::kAttachmentNamed:
      facts.Attachment(&out);
      break;
    case Payload::kProgressReported:
    case Payload::kIndicatorMeasured:
    case Payload::kMeetingRecorded:
    case Payload::kPredecessorLinked:
      facts.FollowUp(&out);
      break;
    case Payload::kLifeRecorded:
      facts.Life(&out);
      break;
    case Payload::PAYLOAD_NOT_SET:
      break;
  }
  return out;
}

}  // namespace greffe
