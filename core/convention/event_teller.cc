#include "core/convention/event_teller.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/french_name.h"
#include "core/convention/event_payload.h"
#include "core/convention/facts_check.h"
#include "core/convention/follow_up.h"
#include "core/convention/french.h"
#include "core/convention/life_text.h"
#include "core/convention/queries.h"
#include "core/convention/summary_tail.h"
#include "core/rules/signing.h"

namespace greffe {
namespace {

using Payload = v1::Event::PayloadCase;

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

std::string Because(const std::string& reason) {
  return reason.empty() ? "." : absl::StrCat(" : ", reason);
}

// RecordedForTail for an event that the replica of one
// organisation recorded for another that it acts for; empty for any other. The roster of the state
// says who acts for whom, so every replica says the same at the same cut.
std::string ForAnother(const StateData& data, const PartyBook& book, EventNumber event) {
  const std::string& partner = data.PartnerOf(event);
  if (partner.empty()) return "";
  const ReplicaNumber replica = data.branch_replica[data.events[event].branch];
  // Of several entries, made by replicas that had not seen each other, the least name: every
  // replica says the same.
  std::string name;
  bool alone = true;
  for (const RosterNumber entry : data.Entries(replica)) {
    const RosterFact& fact = data.roster[entry];
    alone = alone && fact.partners.size() < 2;
    if (!fact.name.empty() && (name.empty() || fact.name < name)) name = fact.name;
  }
  if (alone) return "";
  // The founder's own entry bears no name: whoever opened the convention did so at home.
  for (const EventNumber opening : data.openings) {
    if (!name.empty() || data.branch_replica[data.events[opening].branch] != replica) continue;
    name = book.Name(data.PartnerOf(opening));
  }
  if (name.empty()) name = Short(data.replicas[replica].id.ToHex());
  const std::string actor = book.Name(partner);
  if (name == actor || name == partner) return "";
  return RecordedForTail(name, actor);
}

// « la Caf du Lot, la Ville de Rodez ».
std::string Parties(const PartyBook& book,
                    const google::protobuf::RepeatedPtrField<std::string>& partner_ids) {
  return absl::StrJoin(partner_ids, ", ", [&](std::string* out, const std::string& id) {
    absl::StrAppend(out, TheParty(book.Name(id)));
  });
}

}  // namespace

EventTeller::EventTeller(const StateData& data) : data_(data), book_(data) {}

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
  view.set_summary(
      absl::StrCat(Summary(PayloadFromFacts(data_, event)), ForAnother(data_, book_, event)));
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
  view.set_summary(
      absl::StrCat(Summary(event), known == kNone ? "" : ForAnother(data_, book_, known)));
  view.set_authorised(known == kNone || data_.events[known].authorised);
  return view;
}

std::string EventTeller::ActTitle(const std::string& act_id) const {
  const auto id = ActId::FromBytes(act_id, "act_id");
  const ActFacts* act = id.ok() ? data_.FindAct(*id) : nullptr;
  return act == nullptr ? "?" : data_.OpeningOf(*act).title;
}

std::string EventTeller::Label(const std::string& revision) const {
  const auto found = data_.revision_by_event.find(data_.FindEvent(revision));
  return found == data_.revision_by_event.end() ? "?" : data_.revisions[found->second].label;
}

std::string EventTeller::Office(const std::string& revision, const std::string& signatory) const {
  const auto found = data_.revision_by_event.find(data_.FindEvent(revision));
  if (found == data_.revision_by_event.end()) return signatory;
  for (const v1::Signatory& one : data_.revisions[found->second].signatories) {
    if (one.id() == signatory) {
      return absl::StrCat(book_.Name(one.partner_id()), ", ", one.office());
    }
  }
  return signatory;
}

std::string EventTeller::PaperSummary(const v1::PaperSigningStated& stated) const {
  const v1::PaperSigning& signing = stated.signing();
  return absl::StrCat(
      "Relevé sur le papier pour « ", Label(stated.revision()), " » : ",
      Count(static_cast<std::size_t>(signing.signatures_size()), "signature", "signatures"), ", ",
      Count(static_cast<std::size_t>(signing.deliberations_size()), "délibération",
            "délibérations"),
      ", à attester par chaque partenaire.");
}

std::string EventTeller::AttachmentSummary(const v1::Attachment& named) {
  const auto digest = Digest::FromBytes(named.sha256(), "sha256");
  return absl::StrCat("Pièce jointe : « ", named.label(), " », ", named.media_type(), ", ",
                      Count(static_cast<std::size_t>(named.size()), "octet", "octets"),
                      digest.ok() ? absl::StrCat(", SHA-256 ", Short(digest->ToHex())) : "", ".");
}

std::string EventTeller::Summary(const v1::Event& event) {
  switch (event.payload_case()) {
    case Payload::kConventionOpened:
      return absl::StrCat("Convention ouverte ; cette réplique agit pour ",
                          Parties(book_, event.convention_opened().partner_ids()), ".");
    case Payload::kRosterEntrySet: {
      const v1::RosterEntrySet& entry = event.roster_entry_set();
      if (entry.partner_ids().empty()) {
        return absl::StrCat("Réplique « ", entry.name(), " » retirée de la liste.");
      }
      return absl::StrCat("Réplique « ", entry.name(), " » admise pour ",
                          Parties(book_, entry.partner_ids()), ".");
    }
    case Payload::kActOpened:
      return absl::StrCat("Acte proposé (", FrenchName(event.act_opened().kind()), ") : « ",
                          event.act_opened().title(), " ».");
    case Payload::kChangesDrafted:
      return absl::StrCat(Count(static_cast<std::size_t>(event.changes_drafted().changes_size()),
                                "changement", "changements"),
                          " dans le projet « ", ActTitle(event.changes_drafted().act_id()), " ».");
    case Payload::kRevisionFrozen:
      return absl::StrCat(
          "Texte figé : « ", event.revision_frozen().label(), " », effet au ",
          FrenchDate(event.revision_frozen().effective_from()), ", ",
          Count(static_cast<std::size_t>(event.revision_frozen().signatories_size()),
                "signature attendue", "signatures attendues"),
          ".");
    case Payload::kRevisionWithdrawn:
      return absl::StrCat("« ", Label(event.revision_withdrawn().revision()), " » retiré",
                          Because(event.revision_withdrawn().reason()));
    case Payload::kSignatureGiven: {
      const v1::SignatureGiven& given = event.signature_given();
      const std::string office = Office(given.revision(), given.signatory_id());
      // « Commune du Vallon, Maire »: the office after the party.
      const std::size_t comma = office.rfind(", ");
      const std::string alone = comma == std::string::npos ? office : office.substr(comma + 2);
      const std::string on_behalf = rules::OnBehalf(alone, given.capacity()).fr;
      return absl::StrCat(office, on_behalf.empty() ? "" : absl::StrCat(" (", on_behalf, ")"),
                          " : ", FrenchName(given.kind()), " de « ", Label(given.revision()),
                          " » le ", FrenchDate(given.signed_on()),
                          given.replaces().empty() ? "." : " (correction).");
    }
    case Payload::kSignatureRefused: {
      const v1::SignatureRefused& refused = event.signature_refused();
      return absl::StrCat(Office(refused.revision(), refused.signatory_id()),
                          " refuse de signer « ", Label(refused.revision()), " »",
                          Because(refused.reason()));
    }
    case Payload::kSignatureRetracted: {
      const v1::SignatureRetracted& retracted = event.signature_retracted();
      const auto found = data_.signature_by_event.find(data_.FindEvent(retracted.signature()));
      std::string who = "?";
      if (found != data_.signature_by_event.end()) {
        const SignatureFact& fact = data_.signatures[found->second];
        who =
            Office(data_.LeafOf(data_.revisions[fact.revision].event).ToBytes(), fact.signatory_id);
      }
      return absl::StrCat(who, " : signature reprise", Because(retracted.reason()));
    }
    case Payload::kDeliberationRecorded: {
      const v1::DeliberationRecorded& recorded = event.deliberation_recorded();
      return absl::StrCat(book_.Name(recorded.deliberation().partner_id()), " : ",
                          DeliberationText(recorded.deliberation()),
                          recorded.replaces().empty() ? "." : " (correction).");
    }
    case Payload::kPaperSigningStated:
      return PaperSummary(event.paper_signing_stated());
    case Payload::kPaperTextAttested:
      return absl::StrCat(book_.Name(event.actor().partner_id()), " atteste que « ",
                          Label(event.paper_text_attested().revision()),
                          " » est le texte signé sur papier.");
    case Payload::kAttachmentNamed:
      return AttachmentSummary(event.attachment_named().attachment());
    case Payload::kProgressReported:
      return absl::StrCat(
          "Avancement de « ", ElementName(event.progress_reported().element_id()), " »",
          event.progress_reported().as_of().empty() ? "."
                                                    : absl::StrCat(" : ", ValueText(event), "."));
    case Payload::kIndicatorMeasured: {
      const v1::IndicatorMeasured& measured = event.indicator_measured();
      return absl::StrCat(
          "Mesure de « ", ElementName(measured.element_id()), " », ", measured.period(),
          measured.value().empty() ? "." : absl::StrCat(" : ", measured.value(), "."));
    }
    case Payload::kMeetingRecorded:
      return absl::StrCat("Réunion de « ", ElementName(event.meeting_recorded().element_id()),
                          " » le ", FrenchDate(event.meeting_recorded().held_on()), ".");
    case Payload::kPredecessorLinked:
      return event.predecessor_linked().title().empty()
                 ? "Convention précédente."
                 : absl::StrCat("Convention précédente : ", ValueText(event), ".");
    case Payload::kLifeRecorded:
      return LifeSummary(event);
    case Payload::PAYLOAD_NOT_SET:
      break;
  }
  return "Événement sans effet, ou d'une version plus récente de Greffe.";
}

std::string EventTeller::LifeSummary(const v1::Event& event) {
  const v1::LifeRecorded& life = event.life_recorded();
  return absl::StrCat(book_.Name(event.actor().partner_id()), " : ",
                      LifeText(life, ElementName(life.element_id()),
                               [this](const std::string& partner) { return book_.Name(partner); }),
                      life.replaces().empty() ? "." : " (correction).");
}

v1::EventView DescribeEvent(const ConventionState& state, const v1::Event& event,
                            const Digest& leaf) {
  return EventTeller(state.data()).View(event, leaf);
}

}  // namespace greffe
