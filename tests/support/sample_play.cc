#include "tests/support/sample_play.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/escaping.h"
#include "core/base/refusal.h"
#include "tests/support/confirmed.h"

namespace greffe::testing_support {
namespace {

void Must(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "sample play: %s\n", status.ToString().c_str());
  std::abort();
}

v1::Element Base(const std::string& id, const std::string& parent) {
  v1::Element out;
  out.set_id(id);
  out.set_parent_id(parent);
  return out;
}

struct Office {
  const char* id;
  const char* name;
};

v1::Element Party(const std::string& partner, const std::string& name, v1::PartnerKind kind,
                  const std::vector<Office>& offices, bool deliberates) {
  v1::Element out = Base("party-" + partner, "");
  v1::Party* party = out.mutable_party();
  party->set_partner_id(partner);
  party->set_name(name);
  party->set_kind(kind);
  party->set_deliberates(deliberates);
  for (const Office& office : offices) {
    v1::SigningOffice* one = party->add_signing_offices();
    one->set_id(office.id);
    one->set_office(office.name);
  }
  return out;
}

}  // namespace

v1::Element SampleElement(const std::string& id) {
  const v1::ConventionDraft draft = SampleDraft();
  for (const v1::Element& one : draft.elements()) {
    if (one.id() == id) return one;
  }
  Must(absl::NotFoundError(id));
  return {};
}

v1::Element Facility(const std::string& id, const std::string& parent, const std::string& name,
                     const std::string& supported_by) {
  v1::Element out = Base(id, parent);
  out.mutable_facility()->set_type("EAJE");
  out.mutable_facility()->set_name(name);
  out.mutable_facility()->set_address("1 rue des Écoles, 47000 Agen");
  out.mutable_facility()->set_supported_by(supported_by);
  return out;
}

v1::Element Indicator(const std::string& id, const std::string& parent, const std::string& text) {
  v1::Element out = Base(id, parent);
  out.mutable_indicator()->set_kind(v1::INDICATOR_KIND_RESULT);
  out.mutable_indicator()->set_text(text);
  out.mutable_indicator()->set_unit("places");
  return out;
}

v1::ConventionDraft SampleDraft() {
  v1::ConventionDraft draft;
  const auto add = [&](v1::Element element) { *draft.add_elements() = std::move(element); };
  v1::Element terms = Base("terms", "");
  terms.mutable_terms()->set_title("Convention territoriale globale du Vallon");
  terms.mutable_terms()->set_territory("Le Vallon");
  terms.mutable_terms()->set_start_date("2025-01-01");
  terms.mutable_terms()->set_end_date("2029-12-31");
  add(terms);
  add(Party("agglo", "Agglomération du Vallon", v1::PARTNER_KIND_INTERCOMMUNALITY,
            {{"president", "Président"}}, true));
  add(Party("vallon", "Commune du Vallon", v1::PARTNER_KIND_COMMUNE, {{"maire", "Maire"}}, true));
  add(Party("caf", "Caisse d'allocations familiales", v1::PARTNER_KIND_CAF,
            {{"caf-pres", "Présidente du conseil d'administration"}, {"caf-dir", "Directrice"}},
            false));
  v1::Element article = Base("art-1", "");
  article.mutable_article()->set_number("1");
  article.mutable_article()->set_title("Objet");
  article.mutable_article()->set_body("La convention définit le projet du territoire.");
  article.mutable_article()->set_role(v1::CLAUSE_ROLE_OBJECT);
  add(article);
  v1::Element annex = Base("annex-1", "");
  annex.mutable_annex()->set_number("1");
  annex.mutable_annex()->set_title("Équipements");
  annex.mutable_annex()->set_content(v1::ANNEX_CONTENT_INLINE);
  add(annex);
  add(Facility("fac-1", "annex-1", "Crèche Les Lutins", "vallon"));
  v1::Element axis = Base("axis-1", "");
  axis.mutable_axis()->set_ref("1");
  axis.mutable_axis()->set_title("Petite enfance");
  add(axis);
  v1::Element action = Base("act-1", "axis-1");
  action.mutable_action()->set_ref("1.1");
  action.mutable_action()->set_title("Créer des places d'accueil");
  add(action);
  v1::Element schedule = Base("act-1-sched", "act-1");
  schedule.mutable_schedule()->set_from("2025");
  schedule.mutable_schedule()->set_to("2026");
  schedule.mutable_schedule()->set_state(v1::FILLED_STATE_FILLED);
  add(schedule);
  add(Indicator("ind-1", "act-1", "Nombre de places d'accueil"));
  v1::Element body = Base("body-1", "");
  body.mutable_body()->set_name("Comité de pilotage");
  body.mutable_body()->set_kind(v1::BODY_KIND_STEERING);
  body.mutable_body()->add_members("Un élu par partie");
  body.mutable_body()->set_meetings_per_year_min(1);
  add(body);
  return draft;
}

v1::Change Put(const v1::Element& element) {
  v1::Change change;
  *change.mutable_put() = element;
  return change;
}

v1::Change Remove(const std::string& id) {
  v1::Change change;
  change.set_remove(id);
  return change;
}

v1::Deliberation SoundDeliberation(const std::string& partner, const std::string& revision_hex) {
  v1::Deliberation out;
  out.set_partner_id(partner);
  out.set_assembly("conseil municipal");
  out.set_number("2025-012");
  out.set_sitting_on("2025-03-10");
  out.set_revision(absl::HexStringToBytes(revision_hex));
  out.set_members_in_office(15);
  out.set_members_present(12);
  out.set_members_represented(2);
  out.set_votes_for(13);
  out.set_votes_against(0);
  out.set_abstentions(1);
  out.set_approves_text(true);
  out.set_authorises_signature(true);
  out.set_published_on("2025-03-14");
  out.set_publication_mode(v1::PUBLICATION_MODE_WEB);
  out.set_received_on("2025-03-17");
  out.set_receipt_id("047-000000000-20250310-DEL2025012-DE");
  out.set_remark("exemple fictif");
  return out;
}

SamplePlay::SamplePlay() {
  agglo();
  caf();
  v1::CreateConventionRequest request;
  *request.mutable_draft() = SampleDraft();
  const std::vector<std::string> own = {"agglo", "vallon"};
  const std::vector<RosterCandidate> peers = {
      {.key = MiniNet::KeyOf(1), .name = "CAF", .partner_ids = {"caf"}}};
  const CommandContext context = Coordinator();
  const auto decision =
      DecideCreate(agglo().state(), request, context, net_.nonce(), MiniNet::KeyOf(0), own, peers);
  Must(decision.status());
  const std::vector<Digest> leaves = agglo().Write(*decision, context);
  v1::CreateConventionResponse response;
  FillAnswer(agglo().state(), request, leaves, &response);
  original_ = response.act_id();
  net_.SyncAll();
}

std::string SamplePlay::Freeze(const std::string& act, const std::string& effective_from) {
  v1::FreezeActRequest request;
  request.set_act_id(act);
  request.set_effective_from(effective_from);
  std::vector<Digest> leaves;
  Must(agglo().Do(Confirmed(agglo().state(), request, Coordinator()), Coordinator(), &leaves));
  net_.SyncAll();
  return leaves.front().ToHex();
}

Digest SamplePlay::Vote(const std::string& partner, const std::string& revision) {
  v1::RecordDeliberationRequest request;
  *request.mutable_deliberation() = SoundDeliberation(partner, revision);
  std::vector<Digest> leaves;
  Must(agglo().Do(request, Secretariat(partner), &leaves));
  net_.SyncAll();
  return leaves.front();
}

Digest SamplePlay::Sign(const std::string& act, const std::string& revision,
                        const std::string& partner, const std::string& office) {
  v1::SignActRequest request;
  request.set_act_id(act);
  request.set_revision(revision);
  request.set_signatory_id(office);
  MiniReplica& replica = partner == "caf" ? caf() : agglo();
  std::vector<Digest> leaves;
  absl::Status given = replica.Do(request, Signatory(partner, office), &leaves);
  if (RefusalOf(given).rule == "L-08") {
    Vote(partner, revision);
    given = replica.Do(request, Signatory(partner, office), &leaves);
  }
  Must(given);
  net_.SyncAll();
  return leaves.front();
}

void SamplePlay::Conclude(const std::string& act, const std::string& revision) {
  Vote("agglo", revision);
  Vote("vallon", revision);
  Sign(act, revision, "agglo", "president");
  Sign(act, revision, "vallon", "maire");
  Sign(act, revision, "caf", "caf-pres");
  Sign(act, revision, "caf", "caf-dir");
}

void SamplePlay::ConcludeBoth(const std::string& first, const std::string& of_first,
                              const std::string& second, const std::string& of_second) {
  for (const auto& [act, revision] : {std::pair(first, of_first), std::pair(second, of_second)}) {
    Vote("agglo", revision);
    Vote("vallon", revision);
    Sign(act, revision, "vallon", "maire");
    Sign(act, revision, "caf", "caf-pres");
  }
  Sign(first, of_first, "agglo", "president");
  Sign(second, of_second, "caf", "caf-dir");
  v1::SignActRequest last;
  last.set_act_id(second);
  last.set_revision(of_second);
  last.set_signatory_id("president");
  Must(agglo().Do(last, Signatory("agglo", "president")));
  last.set_act_id(first);
  last.set_revision(of_first);
  last.set_signatory_id("caf-dir");
  Must(caf().Do(last, Signatory("caf", "caf-dir")));
  net_.SyncAll();
}

std::string SamplePlay::ConcludeOriginal() {
  const std::string revision = Freeze(original_);
  Conclude(original_, revision);
  return revision;
}

std::string SamplePlay::Propose(const std::vector<v1::Change>& changes, v1::ActKind kind) {
  v1::ProposeActRequest request;
  request.mutable_draft()->set_kind(kind);
  request.mutable_draft()->set_title("Avenant d'essai");
  for (const v1::Change& change : changes) *request.mutable_draft()->add_changes() = change;
  std::vector<Digest> leaves;
  Must(agglo().Do(request, Coordinator(), &leaves));
  v1::ProposeActResponse response;
  FillAnswer(agglo().state(), request, leaves, &response);
  net_.SyncAll();
  return response.act_id();
}

}  // namespace greffe::testing_support
