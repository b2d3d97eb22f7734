// One sentence for each kind of event.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/french_name.h"
#include "core/convention/checks/facts_check.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/life_text.h"
#include "core/convention/elements/summary_tail.h"
#include "core/convention/reading/event_teller.h"
#include "core/convention/reading/prompt.h"
#include "core/convention/text/follow_up.h"
#include "core/rules/signing.h"

namespace greffe {
namespace {

using Payload = v1::Event::PayloadCase;
using PartnerIds = google::protobuf::RepeatedPtrField<std::string>;
using rules::Words;

std::size_t Size(int size) { return static_cast<std::size_t>(size); }

Words Because(const std::string& reason) {
  if (reason.empty()) return {".", "."};
  return {absl::StrCat(" : ", reason), absl::StrCat(": ", reason)};
}

// The end of a sentence on a fact that may replace others.
std::string Corrects(bool correction) { return correction ? " (correction)." : "."; }

// « la Caf du Lot, la Ville de Rodez », “Caf du Lot, Ville de Rodez”.
Words Parties(const PartyBook& book, const PartnerIds& partner_ids) {
  return {absl::StrJoin(partner_ids, ", ",
                        [&](std::string* out, const std::string& id) {
                          absl::StrAppend(out, TheParty(book.Name(id)));
                        }),
          absl::StrJoin(partner_ids, ", ", [&](std::string* out, const std::string& id) {
            absl::StrAppend(out, book.Name(id));
          })};
}

Words AttachmentSentence(const v1::Attachment& named) {
  const auto digest = Digest::FromBytes(named.sha256(), "sha256");
  const std::string sha = digest.ok() ? absl::StrCat(", SHA-256 ", Short(digest->ToHex())) : "";
  return {absl::StrCat("Pièce jointe : « ", named.label(), " », ", named.media_type(), ", ",
                       Count(static_cast<std::size_t>(named.size()), "octet", "octets"), sha, "."),
          absl::StrCat("Attachment: “", named.label(), "”, ", named.media_type(), ", ",
                       CountEn(static_cast<std::size_t>(named.size()), "byte", "bytes"), sha, ".")};
}

}  // namespace

std::string EventTeller::ActTitle(const std::string& act_id) const {
  const auto id = ActId::FromBytes(act_id, "act_id");
  const ActFacts* act = id.ok() ? data_.FindAct(*id) : nullptr;
  return act == nullptr ? "?" : data_.OpeningOf(*act).title;
}

std::string EventTeller::Label(const std::string& revision) const {
  const auto found = data_.revision_by_event.find(data_.FindEvent(revision));
  return found == data_.revision_by_event.end() ? "?" : data_.revisions[found->second].label;
}

EventTeller::Signer EventTeller::SignerOf(const std::string& revision,
                                          const std::string& signatory) const {
  const auto found = data_.revision_by_event.find(data_.FindEvent(revision));
  if (found == data_.revision_by_event.end()) return {"", signatory};
  for (const v1::Signatory& one : data_.revisions[found->second].signatories) {
    if (one.id() == signatory) return {book_.Name(one.partner_id()), one.office()};
  }
  return {"", signatory};
}

Words EventTeller::RosterSentence(const v1::Event& event) const {
  if (event.has_convention_opened()) {
    const Words parties = Parties(book_, event.convention_opened().partner_ids());
    return {absl::StrCat("Convention ouverte ; cette réplique agit pour ", parties.fr, "."),
            absl::StrCat("Convention opened; this replica acts for ", parties.en, ".")};
  }
  const v1::RosterEntrySet& entry = event.roster_entry_set();
  if (entry.partner_ids().empty()) {
    return {absl::StrCat("Réplique « ", entry.name(), " » retirée de la liste."),
            absl::StrCat("Replica “", entry.name(), "” taken off the roster.")};
  }
  const Words parties = Parties(book_, entry.partner_ids());
  return {absl::StrCat("Réplique « ", entry.name(), " » admise pour ", parties.fr, "."),
          absl::StrCat("Replica “", entry.name(), "” admitted for ", parties.en, ".")};
}

Words EventTeller::ActSentence(const v1::Event& event, EventNumber number) {
  if (event.has_act_opened()) {
    const v1::ActOpened& act = event.act_opened();
    Words after;
    if (const LifeFact* const prompt = FindEvaluation(data_, act.prompted_by(), number)) {
      const Words evaluation = EvaluationText(data_, life(), *prompt);
      after = {absl::StrCat(", après ", evaluation.fr, " (L-33)"),
               absl::StrCat(", after ", evaluation.en, " (L-33)")};
    }
    return {absl::StrCat("Acte proposé (", FrenchName(act.kind()), ") : « ", act.title(), " »",
                         after.fr, "."),
            absl::StrCat("Act proposed (", EnglishName(act.kind()), "): “", act.title(), "”",
                         after.en, ".")};
  }
  if (event.has_changes_drafted()) {
    const std::size_t changes = Size(event.changes_drafted().changes_size());
    const std::string title = ActTitle(event.changes_drafted().act_id());
    return {absl::StrCat(Count(changes, "changement", "changements"), " dans le projet « ", title,
                         " »."),
            absl::StrCat(CountEn(changes, "change", "changes"), " in the draft “", title, "”.")};
  }
  if (event.has_revision_frozen()) {
    const v1::RevisionFrozen& frozen = event.revision_frozen();
    const std::size_t signatures = Size(frozen.signatories_size());
    return {absl::StrCat("Texte figé : « ", frozen.label(), " », effet au ",
                         FrenchDate(frozen.effective_from()), ", ",
                         Count(signatures, "signature attendue", "signatures attendues"), "."),
            absl::StrCat("Text frozen: “", frozen.label(), "”, effective ",
                         EnglishDate(frozen.effective_from()), ", ",
                         CountEn(signatures, "signature awaited", "signatures awaited"), ".")};
  }
  const std::string label = Label(event.revision_withdrawn().revision());
  const Words because = Because(event.revision_withdrawn().reason());
  return {absl::StrCat("« ", label, " » retiré", because.fr),
          absl::StrCat("“", label, "” withdrawn", because.en)};
}

Words EventTeller::SigningSentence(const v1::Event& event) const {
  const auto said = [](const Signer& signer) {
    return absl::StrCat(signer.party, signer.party.empty() ? "" : ", ", signer.office);
  };
  if (event.has_signature_given()) {
    const v1::SignatureGiven& given = event.signature_given();
    const Signer signer = SignerOf(given.revision(), given.signatory_id());
    const Words behalf = rules::OnBehalf({.office = signer.office,
                                          .capacity = given.capacity(),
                                          .delegated = !given.delegation().empty()});
    const std::string label = Label(given.revision());
    const std::string end = Corrects(!given.replaces().empty());
    const Words unverified = UnverifiedTail(given.kind());
    return {absl::StrCat(said(signer), behalf.fr.empty() ? "" : absl::StrCat(" (", behalf.fr, ")"),
                         " : ", FrenchName(given.kind()), " de « ", label, " » le ",
                         FrenchDate(given.signed_on()), unverified.fr, end),
            absl::StrCat(said(signer), behalf.en.empty() ? "" : absl::StrCat(" (", behalf.en, ")"),
                         ": ", EnglishName(given.kind()), " of “", label, "” on ",
                         EnglishDate(given.signed_on()), unverified.en, end)};
  }
  if (event.has_signature_refused()) {
    const v1::SignatureRefused& refused = event.signature_refused();
    const std::string who = said(SignerOf(refused.revision(), refused.signatory_id()));
    const std::string label = Label(refused.revision());
    const Words because = Because(refused.reason());
    return {absl::StrCat(who, " refuse de signer « ", label, " »", because.fr),
            absl::StrCat(who, " refuses to sign “", label, "”", because.en)};
  }
  const v1::SignatureRetracted& retracted = event.signature_retracted();
  const auto found = data_.signature_by_event.find(data_.FindEvent(retracted.signature()));
  std::string who = "?";
  if (found != data_.signature_by_event.end()) {
    const SignatureFact& fact = data_.signatures[found->second];
    who = said(
        SignerOf(data_.LeafOf(data_.revisions[fact.revision].event).ToBytes(), fact.signatory_id));
  }
  const Words because = Because(retracted.reason());
  return {absl::StrCat(who, " : signature reprise", because.fr),
          absl::StrCat(who, ": signature taken back", because.en)};
}

Words EventTeller::PaperSentence(const v1::Event& event) const {
  if (event.has_paper_text_attested()) {
    const std::string who = book_.Name(event.actor().partner_id());
    const std::string label = Label(event.paper_text_attested().revision());
    return {absl::StrCat(who, " atteste que « ", label, " » est le texte signé sur papier."),
            absl::StrCat(who, " attests that “", label, "” is the text signed on paper.")};
  }
  const v1::PaperSigningStated& stated = event.paper_signing_stated();
  const std::string label = Label(stated.revision());
  const std::size_t signatures = Size(stated.signing().signatures_size());
  const std::size_t votes = Size(stated.signing().deliberations_size());
  return {absl::StrCat("Relevé sur le papier pour « ", label,
                       " » : ", Count(signatures, "signature", "signatures"), ", ",
                       Count(votes, "délibération", "délibérations"),
                       ", à attester par chaque partenaire."),
          absl::StrCat("Read on the paper for “", label,
                       "”: ", CountEn(signatures, "signature", "signatures"), ", ",
                       CountEn(votes, "délibération", "délibérations"),
                       ", to be attested by each partner.")};
}

Words EventTeller::FollowUpSentence(const v1::Event& event) {
  switch (event.payload_case()) {
    case Payload::kProgressReported: {
      const v1::ProgressReported& progress = event.progress_reported();
      const std::string& name = ElementName(progress.element_id());
      // Of one told from the state, the value is not at hand.
      const Words value = progress.as_of().empty() ? Words() : ValueText(event);
      return {absl::StrCat("Avancement de « ", name, " »",
                           value.fr.empty() ? "" : absl::StrCat(" : ", value.fr), "."),
              absl::StrCat("Progress of “", name, "”",
                           value.en.empty() ? "" : absl::StrCat(": ", value.en), ".")};
    }
    case Payload::kIndicatorMeasured: {
      const v1::IndicatorMeasured& measured = event.indicator_measured();
      const std::string& name = ElementName(measured.element_id());
      const std::string& value = measured.value();
      return {absl::StrCat("Mesure de « ", name, " », ", measured.period(),
                           value.empty() ? "" : absl::StrCat(" : ", value), "."),
              absl::StrCat("Measurement of “", name, "”, ", measured.period(),
                           value.empty() ? "" : absl::StrCat(": ", value), ".")};
    }
    case Payload::kMeetingRecorded: {
      const v1::MeetingRecorded& meeting = event.meeting_recorded();
      const std::string& name = ElementName(meeting.element_id());
      return {absl::StrCat("Réunion de « ", name, " » le ", FrenchDate(meeting.held_on()), "."),
              absl::StrCat("Meeting of “", name, "” on ", EnglishDate(meeting.held_on()), ".")};
    }
    default:
      break;
  }
  if (event.predecessor_linked().title().empty()) {
    return {"Convention précédente.", "Previous convention."};
  }
  const Words value = ValueText(event);
  return {absl::StrCat("Convention précédente : ", value.fr, "."),
          absl::StrCat("Previous convention: ", value.en, ".")};
}

Words EventTeller::LifeSentence(const v1::Event& event) {
  const v1::LifeRecorded& life = event.life_recorded();
  const std::string who = book_.Name(event.actor().partner_id());
  const std::string end = Corrects(!life.replaces().empty());
  const Words said = LifeText(life, ElementName(life.element_id()),
                              [this](const std::string& partner) { return book_.Name(partner); });
  return {absl::StrCat(who, " : ", said.fr, end), absl::StrCat(who, ": ", said.en, end)};
}

Words EventTeller::Sentence(const v1::Event& event, EventNumber number) {
  switch (event.payload_case()) {
    case Payload::kConventionOpened:
    case Payload::kRosterEntrySet:
      return RosterSentence(event);
    case Payload::kActOpened:
    case Payload::kChangesDrafted:
    case Payload::kRevisionFrozen:
    case Payload::kRevisionWithdrawn:
      return ActSentence(event, number);
    case Payload::kSignatureGiven:
    case Payload::kSignatureRefused:
    case Payload::kSignatureRetracted:
      return SigningSentence(event);
    case Payload::kDeliberationRecorded: {
      const v1::DeliberationRecorded& recorded = event.deliberation_recorded();
      const std::string who = book_.Name(recorded.deliberation().partner_id());
      const std::string end = Corrects(!recorded.replaces().empty());
      const Words said = DeliberationText(recorded.deliberation());
      return {absl::StrCat(who, " : ", said.fr, end), absl::StrCat(who, ": ", said.en, end)};
    }
    case Payload::kPaperSigningStated:
    case Payload::kPaperTextAttested:
      return PaperSentence(event);
    case Payload::kAttachmentNamed:
      return AttachmentSentence(event.attachment_named().attachment());
    case Payload::kProgressReported:
    case Payload::kIndicatorMeasured:
    case Payload::kMeetingRecorded:
    case Payload::kPredecessorLinked:
      return FollowUpSentence(event);
    case Payload::kLifeRecorded:
      return LifeSentence(event);
    case Payload::PAYLOAD_NOT_SET:
      break;
  }
  return {"Événement sans effet, ou d'une version plus récente de Greffe.",
          "Event without effect, or of a newer version of Greffe."};
}

}  // namespace greffe
