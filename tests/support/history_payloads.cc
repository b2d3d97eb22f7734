#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/history.h"

namespace greffe::test {
namespace {

template <typename Leaves>
void Add(const std::vector<Digest>& from, Leaves* to) {
  for (const Digest& leaf : from) *to->Add() = leaf.ToBytes();
}

}  // namespace

v1::Event OpenAct(const History& history, const std::string& partner, int request, v1::ActKind kind,
                  ActId* id) {
  const RequestId request_id = *RequestId::FromBytes(
      Sha256({"act request ", absl::StrCat(request)}).view().substr(0, 16), "request_id");
  *id = DeriveActId(history.convention(), partner, request_id);
  v1::Event event;
  event.set_request_id(request_id.ToBytes());
  event.mutable_act_opened()->set_act_id(id->ToBytes());
  event.mutable_act_opened()->set_kind(kind);
  event.mutable_act_opened()->set_title(absl::StrCat("Acte ", request));
  return event;
}

v1::Element ArticleElement(const std::string& id, const std::string& body,
                           const std::string& parent, const std::string& position) {
  v1::Element element;
  element.set_id(id);
  element.set_parent_id(parent);
  element.set_position(position);
  element.mutable_article()->set_title(id);
  element.mutable_article()->set_body(body);
  return element;
}

v1::Element PartyElement(const std::string& partner, const std::vector<std::string>& offices) {
  v1::Element element;
  element.set_id(absl::StrCat("partie-", partner));
  element.set_position("1");
  element.mutable_party()->set_partner_id(partner);
  element.mutable_party()->set_name(partner);
  for (const std::string& office : offices) {
    element.mutable_party()->add_signing_offices()->set_id(office);
  }
  return element;
}

v1::Element TermsElement(const std::string& start, const std::string& end) {
  v1::Element element;
  element.set_id("terms");
  element.set_position("0");
  element.mutable_terms()->set_title("Convention");
  element.mutable_terms()->set_start_date(start);
  element.mutable_terms()->set_end_date(end);
  return element;
}

v1::Event Draft(const ActId& act, const std::vector<v1::Element>& put,
                const std::vector<Digest>& replaces) {
  v1::Event event;
  event.mutable_changes_drafted()->set_act_id(act.ToBytes());
  for (const v1::Element& element : put) {
    v1::Change* const change = event.mutable_changes_drafted()->add_changes();
    *change->mutable_put() = element;
    Add(replaces, change->mutable_replaces());
  }
  return event;
}

v1::Event Remove(const ActId& act, const std::string& element,
                 const std::vector<Digest>& replaces) {
  v1::Event event;
  event.mutable_changes_drafted()->set_act_id(act.ToBytes());
  v1::Change* const change = event.mutable_changes_drafted()->add_changes();
  change->set_remove(element);
  Add(replaces, change->mutable_replaces());
  return event;
}

v1::Event Freeze(const ActId& act, const std::vector<Digest>& changes,
                 const std::map<std::string, std::string>& signatories,
                 const std::string& effective_from, const std::vector<Digest>& bases) {
  v1::Event event;
  v1::RevisionFrozen& frozen = *event.mutable_revision_frozen();
  frozen.set_act_id(act.ToBytes());
  frozen.set_label("texte");
  Add(changes, frozen.mutable_changes());
  Add(bases, frozen.mutable_base_revisions());
  frozen.set_effective_from(effective_from);
  for (const auto& [office, partner] : signatories) {
    v1::Signatory* const signatory = frozen.add_signatories();
    signatory->set_id(office);
    signatory->set_partner_id(partner);
  }
  return event;
}

v1::Event Sign(const Digest& revision, const std::string& signatory, const std::string& date) {
  v1::Event event;
  event.mutable_signature_given()->set_revision(revision.ToBytes());
  event.mutable_signature_given()->set_signatory_id(signatory);
  event.mutable_signature_given()->set_kind(v1::SIGNATURE_KIND_ELECTRONIC);
  event.mutable_signature_given()->set_signed_on(date);
  return event;
}

v1::Event PaperSign(const Digest& revision, const std::string& signatory, const std::string& date,
                    const std::vector<Digest>& replaces) {
  v1::Event event = Sign(revision, signatory, date);
  event.mutable_signature_given()->set_kind(v1::SIGNATURE_KIND_PAPER);
  event.mutable_signature_given()->set_scan_digest(Sha256({"scan"}).ToBytes());
  Add(replaces, event.mutable_signature_given()->mutable_replaces());
  return event;
}

v1::Event SignOutside(const Digest& revision, const std::string& signatory, const std::string& date,
                      const std::vector<Digest>& replaces) {
  v1::Event event = PaperSign(revision, signatory, date, replaces);
  event.mutable_signature_given()->set_kind(v1::SIGNATURE_KIND_OUTSIDE_FILE);
  event.mutable_signature_given()->set_scan_digest(Sha256({"file"}).ToBytes());
  return event;
}

v1::Event Withdraw(const Digest& revision) {
  v1::Event event;
  event.mutable_revision_withdrawn()->set_revision(revision.ToBytes());
  return event;
}

v1::Event Retract(const Digest& signature) {
  v1::Event event;
  event.mutable_signature_retracted()->set_signature(signature.ToBytes());
  return event;
}

v1::Event Refuse(const Digest& revision, const std::string& signatory) {
  v1::Event event;
  event.mutable_signature_refused()->set_revision(revision.ToBytes());
  event.mutable_signature_refused()->set_signatory_id(signatory);
  return event;
}

v1::Event Measure(const std::string& element, const std::string& period, const std::string& value,
                  const std::vector<Digest>& replaces) {
  v1::Event event;
  event.mutable_indicator_measured()->set_element_id(element);
  event.mutable_indicator_measured()->set_period(period);
  event.mutable_indicator_measured()->set_value(value);
  Add(replaces, event.mutable_indicator_measured()->mutable_replaces());
  return event;
}

v1::Event Progress(const std::string& element, v1::ProgressState state,
                   const std::vector<Digest>& replaces) {
  v1::Event event;
  event.mutable_progress_reported()->set_element_id(element);
  event.mutable_progress_reported()->set_state(state);
  Add(replaces, event.mutable_progress_reported()->mutable_replaces());
  return event;
}

v1::Event Enrol(const PublicKey& key, const std::vector<std::string>& partners,
                const std::vector<Digest>& replaces) {
  v1::Event event;
  event.mutable_roster_entry_set()->set_public_key(key.ToBytes());
  for (const std::string& partner : partners) {
    event.mutable_roster_entry_set()->add_partner_ids(partner);
  }
  Add(replaces, event.mutable_roster_entry_set()->mutable_replaces());
  return event;
}

v1::Event Deliberate(const Digest& revision, const std::string& partner,
                     const std::vector<Digest>& replaces) {
  v1::Event event;
  v1::Deliberation& deliberation = *event.mutable_deliberation_recorded()->mutable_deliberation();
  deliberation.set_partner_id(partner);
  deliberation.set_revision(revision.ToBytes());
  deliberation.set_sitting_on("2024-02-01");
  deliberation.set_members_in_office(11);
  Add(replaces, event.mutable_deliberation_recorded()->mutable_replaces());
  return event;
}

v1::Event FreezePaper(v1::Event freeze) {
  freeze.mutable_revision_frozen()->set_on_paper(true);
  return freeze;
}

v1::Event StatePaper(const Digest& revision, const std::map<std::string, std::string>& dates) {
  v1::Event event;
  v1::PaperSigningStated* stated = event.mutable_paper_signing_stated();
  stated->set_revision(revision.ToBytes());
  for (const auto& [office, date] : dates) {
    v1::PaperSignature* one = stated->mutable_signing()->add_signatures();
    one->set_signatory_id(office);
    one->set_signed_on(date);
  }
  return event;
}

v1::Event AttestPaper(const Digest& revision, const std::vector<Digest>& statements) {
  v1::Event event;
  event.mutable_paper_text_attested()->set_revision(revision.ToBytes());
  for (const Digest& leaf : statements) {
    event.mutable_paper_text_attested()->add_statements(leaf.ToBytes());
  }
  return event;
}

v1::Event Attach(std::uint64_t size, int seed) {
  constexpr std::uint64_t kChunk = 128 * 1024;
  v1::Event event;
  v1::Attachment* named = event.mutable_attachment_named()->mutable_attachment();
  named->set_sha256(Sha256({"file", std::to_string(seed)}).ToBytes());
  named->set_size(size);
  named->set_label("pièce");
  named->set_media_type("application/pdf");
  named->set_role(v1::ATTACHMENT_ROLE_EVIDENCE);
  for (std::uint64_t at = 0; at < size; at += kChunk) {
    named->mutable_chunk_digests()->append(
        Sha256({"chunk", std::to_string(seed), std::to_string(at)}).ToBytes());
  }
  return event;
}

}  // namespace greffe::test
