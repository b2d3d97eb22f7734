#include "tests/sim/sim_people.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/convention/state/attachment.h"

namespace greffe::sim {
namespace {

constexpr char kAction[] = "action";
constexpr char kIndicator[] = "indicateur";
constexpr char kBody[] = "comite";

}  // namespace

v1::ConventionDraft SmallDraft(const std::vector<int>& members) {
  v1::ConventionDraft draft;
  v1::Element& terms = *draft.add_elements();
  terms.set_id("terms");
  terms.mutable_terms()->set_title("Convention simulée");
  terms.mutable_terms()->set_territory("Un territoire");
  terms.mutable_terms()->set_start_date("2026-01-01");
  terms.mutable_terms()->set_end_date("2030-12-31");
  for (const int member : members) {
    v1::Element& element = *draft.add_elements();
    element.set_id(absl::StrCat("partie-", PartnerOf(member)));
    v1::Party& party = *element.mutable_party();
    party.set_partner_id(PartnerOf(member));
    party.set_name(absl::StrCat("Commune ", member));
    party.set_kind(v1::PARTNER_KIND_COMMUNE);
    v1::SigningOffice& office = *party.add_signing_offices();
    office.set_id(absl::StrCat(PartnerOf(member), "-maire"));
    office.set_office("Maire");
  }
  v1::Element& article = *draft.add_elements();
  article.set_id("article-1");
  article.mutable_article()->set_number("1");
  article.mutable_article()->set_title("Objet");
  article.mutable_article()->set_body("La convention dit ce que les parties font ensemble.");
  v1::Element& action = *draft.add_elements();
  action.set_id(kAction);
  action.mutable_action()->set_ref("1");
  action.mutable_action()->set_title("Ouvrir un lieu");
  v1::Element& indicator = *draft.add_elements();
  indicator.set_id(kIndicator);
  indicator.set_parent_id(kAction);
  indicator.mutable_indicator()->set_kind(v1::INDICATOR_KIND_RESULT);
  indicator.mutable_indicator()->set_text("Nombre de familles");
  v1::Element& body = *draft.add_elements();
  body.set_id(kBody);
  body.mutable_body()->set_name("Comité de pilotage");
  body.mutable_body()->set_kind(v1::BODY_KIND_STEERING);
  return draft;
}

v1::IndicatorMeasured Measurement(const std::string& value) {
  v1::IndicatorMeasured measurement;
  measurement.set_element_id(kIndicator);
  // Past for any clock of a simulation, however wrong.
  measurement.set_period("2001");
  measurement.set_value(value);
  measurement.set_source("Registre");
  return measurement;
}

void People::Act(Node& node) {
  if (!done_.empty() && Pick(10) == 0) {
    Done& done = done_[Pick(static_cast<int>(done_.size()))];
    if (done.node == node.name()) return done.again(node);
  }
  const auto listed = node.replica().ListConventions(node.call(), v1::ListConventionsRequest());
  if (!listed.ok() || listed->conventions().empty()) return;
  const std::string convention =
      listed->conventions(Pick(listed->conventions_size())).convention_id();
  std::string cut;
  // Who does not read first may be refused.
  if (Pick(4) != 0) {
    v1::GetConventionRequest read;
    read.set_convention_id(convention);
    const auto answer = node.replica().GetConvention(node.call(), read);
    if (answer.ok()) cut = answer->view().cut();
  }
  switch (Pick(11)) {
    case 10:
      return Attach(node, convention);
    case 0:
    case 1:
    case 2:
      return Measure(node, convention, cut);
    case 3:
    case 4:
    case 5:
      return ReportProgress(node, convention, cut);
    case 6:
      return Meet(node, convention);
    case 7:
      return Settle(node, convention);
    default:
      return WorkOnActs(node, convention);
  }
}

void People::Measure(Node& node, const std::string& convention, const std::string& cut) {
  v1::RecordMeasurementRequest request;
  request.set_request_id(RequestIdFor(node));
  request.set_convention_id(convention);
  *request.mutable_measurement() = Measurement(absl::StrCat(Pick(1000)));
  request.set_read_cut(cut);
  Send(node, request);
}

void People::ReportProgress(Node& node, const std::string& convention, const std::string& cut) {
  v1::ReportProgressRequest request;
  request.set_request_id(RequestIdFor(node));
  request.set_convention_id(convention);
  v1::ProgressReported& progress = *request.mutable_progress();
  progress.set_element_id(kAction);
  progress.set_state(v1::PROGRESS_STATE_IN_PROGRESS);
  progress.set_percent(static_cast<std::uint32_t>(Pick(101)));
  progress.set_as_of("2026-02-01");
  // Now and then a long one, so that runs have several frames.
  progress.set_comment(std::string(Pick(8) == 0 ? 60'000 : 40, 'x'));
  request.set_read_cut(cut);
  Send(node, request);
}

void People::Meet(Node& node, const std::string& convention) {
  v1::RecordMeetingRequest request;
  request.set_request_id(RequestIdFor(node));
  request.set_convention_id(convention);
  v1::MeetingRecorded& meeting = *request.mutable_meeting();
  meeting.set_element_id(kBody);
  meeting.set_held_on("2026-02-10");
  meeting.add_attendance("Présidente");
  meeting.add_decisions(absl::StrCat("Décision ", Pick(1000)));
  Send(node, request);
}

void People::WorkOnActs(Node& node, const std::string& convention) {
  v1::ListActsRequest list;
  list.set_convention_id(convention);
  const auto acts = node.replica().ListActs(node.call(), list);
  if (!acts.ok() || acts->acts().empty()) return;
  const v1::ActView& act = acts->acts(Pick(acts->acts_size()));
  const v1::RevisionView* revision =
      act.revisions().empty() ? nullptr : &act.revisions(act.revisions_size() - 1);
  const int choice = Pick(6);
  if (choice == 0) {
    v1::ProposeActRequest request;
    request.set_request_id(RequestIdFor(node));
    request.set_convention_id(convention);
    request.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
    request.mutable_draft()->set_title("Un avenant");
    v1::Element& put = *request.mutable_draft()->add_changes()->mutable_put();
    put.set_id(absl::StrCat("article-", 2 + Pick(5)));
    put.mutable_article()->set_number("2");
    put.mutable_article()->set_title("Ajouté");
    put.mutable_article()->set_body(absl::StrCat("Texte ", Pick(1000)));
    Send(node, request);
  } else if (choice == 1 || revision == nullptr) {
    v1::FreezeActRequest request;
    request.set_request_id(RequestIdFor(node));
    request.set_convention_id(convention);
    request.set_act_id(act.act_id());
    if (act.kind() != v1::ACT_KIND_ORIGINAL) request.set_effective_from("2026-06-01");
    // Somebody looks at what it asks, then confirms that.
    request.set_dry_run(true);
    node.Submit(request, [this, &node, request](absl::StatusOr<v1::FreezeActResponse> shown) {
      if (!shown.ok()) return;
      v1::FreezeActRequest confirmed = request;
      confirmed.set_dry_run(false);
      confirmed.set_confirmed(shown->confirm());
      Send(node, confirmed);
    });
  } else if (choice == 2 && Pick(3) == 0) {
    v1::WithdrawActRequest request;
    request.set_request_id(RequestIdFor(node));
    request.set_convention_id(convention);
    request.set_act_id(act.act_id());
    request.set_revision(revision->revision());
    request.set_reason("Autre texte");
    Send(node, request);
  } else if (choice == 3 && Pick(3) == 0) {
    v1::RefuseActRequest request;
    request.set_request_id(RequestIdFor(node));
    request.set_convention_id(convention);
    request.set_act_id(act.act_id());
    request.set_revision(revision->revision());
    request.set_signatory_id(absl::StrCat(node.partner_id(), "-maire"));
    request.set_reason("Pas d'accord");
    Send(node, request);
  } else {
    v1::SignActRequest request;
    request.set_request_id(RequestIdFor(node));
    request.set_convention_id(convention);
    request.set_act_id(act.act_id());
    request.set_revision(revision->revision());
    request.set_signer_name(absl::StrCat("Camille Exemple ", Pick(1000)));
    Send(node, request);
  }
}

// A file of two chunks; sometimes its author loses interest after the first.
void People::Attach(Node& node, const std::string& convention) {
  // Few: the disks of the simulation are memory.
  if (files_ >= 8) return;
  const std::string file =
      std::string(limits::kChunkBytes, static_cast<char>('a' + files_)) + std::to_string(files_);
  ++files_;
  v1::AddAttachmentRequest request;
  request.set_request_id(RequestIdFor(node));
  request.set_convention_id(convention);
  v1::Attachment& named = *request.mutable_attachment();
  named.set_sha256(Sha256({file}).ToBytes());
  named.set_size(file.size());
  named.set_label("pièce");
  named.set_media_type("text/plain");
  named.set_role(v1::ATTACHMENT_ROLE_EVIDENCE);
  const int chunks = Pick(4) == 0 ? 1 : 2;
  for (const std::size_t at : {std::size_t{0}, limits::kChunkBytes}) {
    named.mutable_chunk_digests()->append(Sha256({file.substr(at, limits::kChunkBytes)}).ToBytes());
  }
  const Digest id = AttachmentIdOf(named);
  node.Submit(request, [this, &node, convention, file, id,
                        chunks](absl::StatusOr<v1::AddAttachmentResponse> response) {
    if (!response.ok()) return;
    for (int i = 0; i < chunks; ++i) {
      const sync::MissingChunk chunk{
          *ConventionId::FromHex(response->receipt().convention_id(), "id"), id,
          static_cast<std::uint32_t>(i)};
      node.replica().SubmitChunk(std::nullopt, chunk,
                                 file.substr(i * limits::kChunkBytes, limits::kChunkBytes),
                                 [this](absl::StatusOr<ChunkOutcome> outcome) {
                                   if (absl::IsInvalidArgument(outcome.status()))
                                     report_("a right chunk was refused");
                                 });
    }
  });
}

void People::Settle(Node& node, const std::string& convention) {
  v1::ListConflictsRequest list;
  list.set_convention_id(convention);
  const auto listed = node.replica().ListConflicts(node.call(), list);
  if (!listed.ok()) return;
  for (const v1::ConflictView& conflict : listed->view().conflicts()) {
    if (conflict.values().empty()) continue;
    v1::SettleConflictRequest request;
    request.set_request_id(RequestIdFor(node));
    request.set_convention_id(convention);
    request.set_conflict_id(conflict.conflict_id());
    request.set_keep(conflict.values(Pick(conflict.values_size())).event().leaf());
    request.set_read_cut(listed->view().cut());
    return Send(node, request);
  }
}

}  // namespace greffe::sim
