#include "core/convention/elements/field_forms.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

using google::protobuf::FieldDescriptor;

struct Rule {
  std::string_view field;  // Full name without the package.
  Form form;
};

constexpr Rule kRules[] = {
    {"ActDraft.title", Form::kRequiredLine},
    {"Action.title", Form::kRequiredLine},
    {"Alias.source", Form::kRemark},
    {"Alias.wording", Form::kRequiredLine},
    {"Annex.body", Form::kText},
    {"Article.body", Form::kText},
    {"Axis.body", Form::kText},
    {"Body.cadence", Form::kRemark},
    {"Body.chair", Form::kRemark},
    {"Body.co_chairs", Form::kSlug},
    {"Body.functions", Form::kText},
    {"Body.guests", Form::kText},
    {"Body.members", Form::kRemark},
    {"Body.name", Form::kRequiredLine},
    {"Body.secretariat", Form::kRemark},
    {"Change.remove", Form::kSlug},
    {"ClauseDeemedUnwritten.effective_from", Form::kOptionalDate},
    {"ClauseDeemedUnwritten.final_on", Form::kOptionalDate},
    {"ClauseDeemedUnwritten.reference", Form::kRequiredLine},
    {"CommitteeConsulted.body_id", Form::kSlug},
    {"ConventionDraft.remark", Form::kRemark},
    {"CourtDecisionRecorded.reference", Form::kRequiredLine},
    {"DataExchangeDecided.register_reference", Form::kOptionalOffice},
    {"DataExchangeRequested.holder_partner_id", Form::kSlug},
    {"DataExchangeRequested.purpose", Form::kRequiredRemark},
    {"DelegationRecorded.capacity", Form::kOffice},
    {"DelegationRecorded.from", Form::kOptionalDate},
    {"DelegationRecorded.office_id", Form::kSlug},
    {"DelegationRecorded.until", Form::kOptionalDate},
    {"Deliberation.assembly", Form::kOffice},
    {"Deliberation.certified_executory_on", Form::kOptionalDate},
    {"Deliberation.convened_on", Form::kOptionalDate},
    {"Deliberation.partner_id", Form::kOptionalSlug},
    {"Deliberation.published_on", Form::kOptionalDate},
    {"Deliberation.received_on", Form::kOptionalDate},
    {"Deliberation.remark", Form::kRemark},
    {"Deliberation.sitting_on", Form::kDate},
    {"Deliberation.transmitted_on", Form::kOptionalDate},
    {"DisputeOpened.case_number", Form::kOptionalOffice},
    {"DisputeOpened.court", Form::kOffice},
    {"Element.id", Form::kSlug},
    {"Element.parent_id", Form::kOptionalSlug},
    {"Element.position", Form::kPosition},
    {"ErrorCorrected.right", Form::kRequiredRemark},
    {"ErrorCorrected.wrong", Form::kRequiredRemark},
    {"EvaluationValidated.body_id", Form::kSlug},
    {"Facility.name", Form::kRequiredLine},
    {"Facility.supported_by", Form::kOptionalSlug},
    {"FundingLine.condition", Form::kText},
    {"FundingLine.text", Form::kText},
    {"Indicator.target", Form::kRemark},
    {"Indicator.text", Form::kRequiredLine},
    {"IndicatorMeasured.element_id", Form::kSlug},
    {"IndicatorMeasured.source", Form::kRemark},
    {"LifeRecorded.element_id", Form::kSlug},
    {"LifeRecorded.happened_on", Form::kDate},
    {"LifeRecorded.reason", Form::kRemark},
    {"LifeRecorded.text", Form::kRemark},
    {"MandateScope.covers_from", Form::kOptionalDate},
    {"MandateScope.covers_until", Form::kOptionalDate},
    {"MandateScope.proposer", Form::kOptionalSlug},
    {"MandateScope.quote", Form::kRemark},
    {"MeetingRecorded.attendance", Form::kRemark},
    {"MeetingRecorded.decisions", Form::kText},
    {"MeetingRecorded.element_id", Form::kSlug},
    {"MeetingRecorded.held_on", Form::kDate},
    {"NoticeSent.letter_number", Form::kOptionalOffice},
    {"NoticeSent.to_partners", Form::kSlug},
    {"Objective.body", Form::kText},
    {"OldText.element_id", Form::kSlug},
    {"OldText.words", Form::kText},
    {"PaperSignature.capacity", Form::kOptionalOffice},
    {"Party.insee", Form::kInsee},
    {"Party.name", Form::kRequiredLine},
    {"Party.partner_id", Form::kSlug},
    {"Party.siren", Form::kSiren},
    {"Party.siret", Form::kSiret},
    {"PartySucceeded.reference", Form::kRequiredLine},
    {"PartySucceeded.successor_name", Form::kRequiredLine},
    {"PartySucceeded.successor_partner_id", Form::kOptionalSlug},
    {"PartySucceeded.successor_siren", Form::kSiren},
    {"Predecessor.convention_id", Form::kOptionalSlug},
    {"Predecessor.element_id", Form::kSlug},
    {"Predecessor.end_date", Form::kDate},
    {"Predecessor.source", Form::kRemark},
    {"Predecessor.start_date", Form::kDate},
    {"Predecessor.title", Form::kRequiredLine},
    {"ProgressReported.as_of", Form::kDate},
    {"ProgressReported.comment", Form::kText},
    {"ProgressReported.element_id", Form::kSlug},
    {"Reference.target_id", Form::kOptionalSlug},
    {"RenewalLinked.convention_id", Form::kOptionalSlug},
    {"RenewalLinked.end_date", Form::kDate},
    {"RenewalLinked.start_date", Form::kDate},
    {"RenewalLinked.title", Form::kRequiredLine},
    {"RepresentativeChanged.office", Form::kOffice},
    {"RepresentativeChanged.office_id", Form::kSlug},
    {"ReviewRequested.partner_ids", Form::kSlug},
    {"RoleSheet.missions", Form::kText},
    {"RoleSheet.skills", Form::kText},
    {"RoleSheet.summary", Form::kText},
    {"RoleSheet.title", Form::kRequiredLine},
    {"RubricItem.text", Form::kText},
    {"Schedule.text", Form::kText},
    {"ScheduleStep.text", Form::kText},
    {"SigningOffice.id", Form::kSlug},
    {"SigningOffice.office", Form::kOffice},
    {"SourceDocument.name", Form::kRequiredLine},
    {"SourceDocument.sha256", Form::kSha256},
    {"SourcePlace.document_sha256", Form::kSha256},
    {"Terms.end_date", Form::kDate},
    {"Terms.start_date", Form::kDate},
    {"Terms.title", Form::kRequiredLine},
    {"TextBlock.body", Form::kText},
};

static_assert(std::is_sorted(std::begin(kRules), std::end(kRules),
                             [](const Rule& a, const Rule& b) { return a.field < b.field; }),
              "looked up by halves");

// Documents leave these open: an article may play no role, an indicator's kind is rarely printed.
constexpr const char* kOptionalEnums[] = {
    "Article.role",
    "Deliberation.casting_vote",
    "Deliberation.publication_mode",
    "FundingLine.state",
    "Indicator.kind",
    "Party.signing_policy",
    "Schedule.state",
};

std::string ShortName(const FieldDescriptor& field) {
  return absl::StrCat(field.containing_type()->name(), ".", field.name());
}

}  // namespace

Form FormOf(const FieldDescriptor& field) {
  const std::string name = ShortName(field);
  const Rule* const end = std::end(kRules);
  const Rule* const found = std::lower_bound(
      std::begin(kRules), end, name,
      [](const Rule& rule, const std::string& wanted) { return rule.field < wanted; });
  return found == end || found->field != name ? Form::kLine : found->form;
}

bool MayBeUnsaid(const FieldDescriptor& field) {
  const std::string name = ShortName(field);
  return std::any_of(std::begin(kOptionalEnums), std::end(kOptionalEnums),
                     [&](const char* one) { return name == one; });
}

}  // namespace greffe
