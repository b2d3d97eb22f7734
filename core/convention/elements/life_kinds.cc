#include "core/convention/elements/life_kinds.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "core/base/limits.h"
#include "core/rules/clerical.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

constexpr v1::Role kDeciders[] = {v1::ROLE_SIGNATORY, v1::ROLE_SECRETARIAT};
constexpr v1::Role kSignatory[] = {v1::ROLE_SIGNATORY};
constexpr v1::Role kSecretariat[] = {v1::ROLE_SECRETARIAT};
constexpr v1::Role kCoordinator[] = {v1::ROLE_COORDINATOR};
constexpr v1::Role kDpo[] = {v1::ROLE_DPO};
constexpr v1::Role kFollowers[] = {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT};
constexpr v1::Role kReaders[] = {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT, v1::ROLE_SIGNATORY,
                                 v1::ROLE_DPO};

constexpr LifeSubject kTerms = LifeSubject::kTerms;
constexpr LifeSubject kParty = LifeSubject::kParty;
constexpr LifeSubject kAction = LifeSubject::kAction;
constexpr LifeSubject kAny = LifeSubject::kAny;

constexpr LifeKind kLifeKinds[] = {
    {Life::kNoticeSent, "notice-sent", "Notification", "Notice", kTerms, {}, false, kDeciders},
    {Life::kNoticeReceived,
     "notice-received",
     "Réception",
     "Receipt",
     kTerms,
     {Life::kNoticeSent},
     true,
     kDeciders},
    {Life::kNoticeCured,
     "notice-cured",
     "Manquement réparé",
     "Breach cured",
     kTerms,
     {Life::kNoticeSent},
     true,
     kDeciders},
    {Life::kNoticeFruitless,
     "notice-fruitless",
     "Mise en demeure restée sans effet",
     "Mise en demeure without effect",
     kTerms,
     {Life::kNoticeSent},
     true,
     kDeciders},
    {Life::kDenunciationRetracted,
     "denunciation-retracted",
     "Dénonciation retirée",
     "Dénonciation taken back",
     kTerms,
     {Life::kNoticeSent},
     true,
     kDeciders},
    {Life::kTerminationDeclared,
     "termination-declared",
     "Résiliation",
     "Termination",
     kTerms,
     {Life::kNoticeSent, Life::kNoticeFruitless, Life::kUncoveredChangeObserved},
     true,
     kSignatory},
    {Life::kClauseDeemedUnwritten,
     "clause-deemed-unwritten",
     "Clause réputée non écrite",
     "Clause deemed unwritten",
     kAny,
     {},
     false,
     kDeciders},
    {Life::kPartySucceeded,
     "party-succeeded",
     "Succession d'une partie",
     "Succession of a party",
     kParty,
     {},
     false,
     kFollowers},
    {Life::kRepresentativeChanged,
     "representative-changed",
     "Changement de représentant",
     "Change of representative",
     kParty,
     {},
     false,
     kFollowers},
    {Life::kDelegationRecorded,
     "delegation-recorded",
     "Délégation de signature",
     "Delegation to sign",
     kParty,
     {},
     false,
     kSecretariat},
    {Life::kErrorCorrected,
     "error-corrected",
     "Erreur matérielle",
     "Clerical error",
     kAny,
     {},
     false,
     kFollowers},
    {Life::kCorrectionAttested,
     "correction-attested",
     "Rectification attestée",
     "Correction attested",
     kAny,
     {Life::kErrorCorrected},
     true,
     kDeciders},
    {Life::kUncoveredChangeObserved,
     "uncovered-change-observed",
     "Modification sans avenant",
     "Change without an avenant",
     kAny,
     {},
     false,
     kFollowers},
    {Life::kDisputeOpened, "dispute-opened", "Litige", "Dispute", kTerms, {}, false, kDeciders},
    {Life::kCourtDecisionRecorded,
     "court-decision-recorded",
     "Décision de justice",
     "Court decision",
     kTerms,
     {Life::kDisputeOpened, Life::kDeliberationChallenged},
     true,
     kDeciders},
    {Life::kRenewalLinked,
     "renewal-linked",
     "Renouvellement exprès",
     "Express renewal",
     kTerms,
     {},
     false,
     kFollowers},
    {Life::kEvaluationReported,
     "evaluation-reported",
     "Évaluation",
     "Evaluation",
     kAction,
     {},
     false,
     kFollowers},
    {Life::kEvaluationValidated,
     "evaluation-validated",
     "Évaluation validée",
     "Evaluation validated",
     kAction,
     {Life::kEvaluationReported},
     true,
     kDeciders},
    {Life::kDataExchangeRequested,
     "data-exchange-requested",
     "Demande de données",
     "Request for data",
     kAction,
     {},
     false,
     kCoordinator},
    {Life::kDpoOpinionGiven,
     "dpo-opinion-given",
     "Avis du délégué à la protection des données",
     "Opinion of the data protection officer",
     kAction,
     {Life::kDataExchangeRequested},
     true,
     kDpo},
    {Life::kDataExchangeDecided,
     "data-exchange-decided",
     "Décision sur les données",
     "Decision on the data",
     kAction,
     {Life::kDataExchangeRequested},
     true,
     kSignatory},
    {Life::kLegalityMessageRecorded, "legality-message-recorded", "Message du contrôle de légalité",
     "Message of the legality control", kTerms, Answerable::Deliberation(), true, kSecretariat},
    {Life::kCommitteeConsulted, "committee-consulted", "Comité consulté", "Committee consulted",
     kTerms, Answerable::Revision(), true, kFollowers},
    {Life::kDeliberationChallenged, "deliberation-challenged", "Recours", "Challenge", kTerms,
     Answerable::Deliberation(), true, kSecretariat},
    {Life::kCommentPosted,
     "comment-posted",
     "Commentaire",
     "Comment",
     kAny,
     {Life::kCommentPosted},
     false,
     kReaders},
    {Life::kCommentResolved,
     "comment-resolved",
     "Commentaire traité",
     "Comment settled",
     kAny,
     {Life::kCommentPosted},
     true,
     kReaders},
    {Life::kReviewRequested,
     "review-requested",
     "Relecture demandée",
     "Review asked for",
     kTerms,
     {},
     false,
     kFollowers},
    {Life::kReviewGiven,
     "review-given",
     "Relecture",
     "Review",
     kTerms,
     {Life::kReviewRequested},
     true,
     kReaders},
};

std::string DigitsOf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) out.push_back(c);
  }
  return out;
}

// Enters the state: with other words in it the fold version rises.
bool IsNoError(const v1::LifeRecorded& life) {
  const v1::ErrorCorrected& error = life.error_corrected();
  const bool days =
      life.element_id() == "terms" && DigitsOf(error.wrong()) != DigitsOf(error.right());
  return days || rules::CheckClerical(error.wrong(), error.right(), {}).has_value();
}

// What is too long or too much names no party, and is no reason to drop a notice that was sent.
std::vector<std::string> WordsOfNotice(const v1::NoticeSent& notice) {
  std::vector<std::string> out = {notice.letter_number().empty() ? "" : kNumberedLetter};
  for (const std::string& to : notice.to_partners()) {
    if (out.size() == limits::kParties) break;
    if (to.size() <= limits::kIdCharacters) out.push_back(to);
  }
  return out;
}

}  // namespace

const LifeKind* FindLifeKind(LifeCase fact) {
  const LifeKind* const found = std::find_if(std::begin(kLifeKinds), std::end(kLifeKinds),
                                             [&](const LifeKind& k) { return k.fact == fact; });
  return found == std::end(kLifeKinds) ? nullptr : found;
}

int LifeVariant(const v1::LifeRecorded& life) {
  switch (life.fact_case()) {
    case Life::kNoticeSent:
      return life.notice_sent().kind();
    case Life::kTerminationDeclared:
      return life.termination_declared().ground();
    case Life::kClauseDeemedUnwritten:
      return life.clause_deemed_unwritten().cause();
    case Life::kEvaluationReported:
      return life.evaluation_reported().kind();
    case Life::kDeliberationChallenged:
      return life.deliberation_challenged().kind();
    case Life::kCourtDecisionRecorded:
      return life.court_decision_recorded().final() ? 1 : 0;
    case Life::kDpoOpinionGiven:
      return life.dpo_opinion_given().favourable() ? 1 : 0;
    case Life::kDataExchangeDecided:
      if (!life.data_exchange_decided().accepted()) return 0;
      return life.data_exchange_decided().register_reference().empty() ? kAcceptedUnregistered : 1;
    case Life::kUncoveredChangeObserved:
      return absl::StripAsciiWhitespace(life.text()).empty() ? 0 : 1;
    case Life::kErrorCorrected:
      return IsNoError(life) ? 1 : 0;
    case Life::kReviewGiven:
      return life.review_given().verdict();
    default:
      return 0;
  }
}

std::string LifeDetail(const v1::LifeRecorded& life) {
  switch (life.fact_case()) {
    case Life::kNoticeSent:
      return life.notice_sent().to_partners_size() == 1 ? life.notice_sent().to_partners(0) : "";
    case Life::kEvaluationReported:
      return life.evaluation_reported().year();
    case Life::kEvaluationValidated:
      return life.evaluation_validated().body_id();
    case Life::kCommitteeConsulted:
      return life.committee_consulted().body_id();
    case Life::kDataExchangeRequested:
      return life.data_exchange_requested().holder_partner_id();
    case Life::kClauseDeemedUnwritten:
      return life.clause_deemed_unwritten().effective_from();
    case Life::kPartySucceeded:
      return life.party_succeeded().successor_partner_id();
    case Life::kRenewalLinked:
      return life.renewal_linked().start_date();
    case Life::kLegalityMessageRecorded:
      return life.legality_message_recorded().code();
    case Life::kReviewRequested:
      return absl::BytesToHexString(life.review_requested().act_id());
    default:
      return "";
  }
}

std::vector<std::string> LifeWords(const v1::LifeRecorded& life) {
  switch (life.fact_case()) {
    case Life::kDelegationRecorded: {
      const v1::DelegationRecorded& one = life.delegation_recorded();
      return {one.office_id(), one.capacity(), one.from(), one.until()};
    }
    case Life::kRepresentativeChanged:
      return {life.representative_changed().office_id(), life.representative_changed().office()};
    case Life::kPartySucceeded:
      return {life.party_succeeded().successor_name()};
    case Life::kNoticeSent:
      return WordsOfNotice(life.notice_sent());
    case Life::kReviewRequested:
      return {life.review_requested().partner_ids().begin(),
              life.review_requested().partner_ids().end()};
    default:
      return {};
  }
}

v1::LifeRecorded MakeLife(LifeCase fact, int variant, const std::string& detail) {
  v1::LifeRecorded life;
  // Kinds without more to say.
  const auto* field = v1::LifeRecorded::descriptor()->FindFieldByNumber(static_cast<int>(fact));
  if (field != nullptr) life.GetReflection()->MutableMessage(&life, field);
  switch (fact) {
    case Life::kNoticeSent:
      life.mutable_notice_sent()->set_kind(static_cast<v1::NoticeKind>(variant));
      if (!detail.empty()) life.mutable_notice_sent()->add_to_partners(detail);
      break;
    case Life::kTerminationDeclared:
      life.mutable_termination_declared()->set_ground(static_cast<v1::TerminationGround>(variant));
      break;
    case Life::kClauseDeemedUnwritten:
      life.mutable_clause_deemed_unwritten()->set_cause(static_cast<v1::UnwrittenCause>(variant));
      life.mutable_clause_deemed_unwritten()->set_effective_from(detail);
      break;
    case Life::kEvaluationReported:
      life.mutable_evaluation_reported()->set_kind(static_cast<v1::EvaluationKind>(variant));
      life.mutable_evaluation_reported()->set_year(detail);
      break;
    case Life::kEvaluationValidated:
      life.mutable_evaluation_validated()->set_body_id(detail);
      break;
    case Life::kCommitteeConsulted:
      life.mutable_committee_consulted()->set_body_id(detail);
      break;
    case Life::kDeliberationChallenged:
      life.mutable_deliberation_challenged()->set_kind(static_cast<v1::ChallengeKind>(variant));
      break;
    case Life::kCourtDecisionRecorded:
      life.mutable_court_decision_recorded()->set_final(variant != 0);
      break;
    case Life::kDataExchangeRequested:
      life.mutable_data_exchange_requested()->set_holder_partner_id(detail);
      break;
    case Life::kDpoOpinionGiven:
      life.mutable_dpo_opinion_given()->set_favourable(variant != 0);
      break;
    case Life::kDataExchangeDecided:
      life.mutable_data_exchange_decided()->set_accepted(variant != 0);
      break;
    case Life::kLegalityMessageRecorded:
      life.mutable_legality_message_recorded()->set_code(detail);
      break;
    case Life::kPartySucceeded:
      life.mutable_party_succeeded()->set_successor_partner_id(detail);
      break;
    case Life::kRenewalLinked:
      life.mutable_renewal_linked()->set_start_date(detail);
      break;
    case Life::kReviewRequested:
      life.mutable_review_requested()->set_act_id(absl::HexStringToBytes(detail));
      break;
    case Life::kReviewGiven:
      life.mutable_review_given()->set_verdict(static_cast<v1::ReviewVerdict>(variant));
      break;
    default:
      break;
  }
  return life;
}

}  // namespace greffe
