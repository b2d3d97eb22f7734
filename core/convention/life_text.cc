#include "core/convention/life_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/convention/french.h"
#include "core/convention/life_kinds.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

// « Réception » in the middle of a sentence.
std::string Lower(absl::string_view text) {
  std::string out(text);
  // É and Œ begin no name of the table but « Évaluation », which has a sentence of its own.
  if (!out.empty()) out[0] = absl::ascii_tolower(static_cast<unsigned char>(out[0]));
  return out;
}

std::string About(const std::string& element) { return absl::StrCat(" (", element, ")"); }

}  // namespace

std::string FrenchName(v1::NoticeKind kind) {
  switch (kind) {
    case v1::NOTICE_KIND_BREACH:
      return "mise en demeure";
    case v1::NOTICE_KIND_LAW:
      return "mise en demeure pour manquement à la loi";
    case v1::NOTICE_KIND_DENUNCIATION:
      return "dénonciation";
    default:
      return "notification";
  }
}

std::string EnglishName(v1::NoticeKind kind) {
  switch (kind) {
    case v1::NOTICE_KIND_BREACH:
      return "mise en demeure (formal notice)";
    case v1::NOTICE_KIND_LAW:
      return "mise en demeure (formal notice) for a breach of the law";
    case v1::NOTICE_KIND_DENUNCIATION:
      return "dénonciation";
    default:
      return "notice";
  }
}

std::string FrenchName(v1::EvaluationKind kind) {
  switch (kind) {
    case v1::EVALUATION_KIND_ANNUAL:
      return "évaluation annuelle";
    case v1::EVALUATION_KIND_MID_TERM:
      return "évaluation à mi-parcours";
    case v1::EVALUATION_KIND_FINAL:
      return "évaluation finale";
    default:
      return "évaluation";
  }
}

std::string EnglishName(v1::EvaluationKind kind) {
  switch (kind) {
    case v1::EVALUATION_KIND_ANNUAL:
      return "annual evaluation";
    case v1::EVALUATION_KIND_MID_TERM:
      return "mid-term evaluation";
    case v1::EVALUATION_KIND_FINAL:
      return "final evaluation";
    default:
      return "evaluation";
  }
}

std::string FrenchName(v1::ChallengeKind kind) {
  switch (kind) {
    case v1::CHALLENGE_KIND_GRACIOUS:
      return "recours gracieux";
    case v1::CHALLENGE_KIND_COURT:
      return "recours devant le tribunal";
    case v1::CHALLENGE_KIND_REFERRAL:
      return "déféré préfectoral";
    case v1::CHALLENGE_KIND_SUSPENDED:
      return "délibération suspendue par le juge";
    case v1::CHALLENGE_KIND_ANNULLED:
      return "délibération annulée";
    case v1::CHALLENGE_KIND_WITHDRAWN:
      return "délibération retirée par l'assemblée";
    default:
      return "recours";
  }
}

std::string EnglishName(v1::ChallengeKind kind) {
  switch (kind) {
    case v1::CHALLENGE_KIND_GRACIOUS:
      return "recours gracieux (appeal to the author)";
    case v1::CHALLENGE_KIND_COURT:
      return "challenge before the court";
    case v1::CHALLENGE_KIND_REFERRAL:
      return "déféré préfectoral (referral by the prefect)";
    case v1::CHALLENGE_KIND_SUSPENDED:
      return "délibération suspended by the judge";
    case v1::CHALLENGE_KIND_ANNULLED:
      return "délibération annulled";
    case v1::CHALLENGE_KIND_WITHDRAWN:
      return "délibération withdrawn by the assembly";
    default:
      return "challenge";
  }
}

std::string FrenchName(v1::ReviewVerdict verdict) {
  switch (verdict) {
    case v1::REVIEW_VERDICT_AGREED:
      return "favorable";
    case v1::REVIEW_VERDICT_RESERVED:
      return "avec des réserves";
    case v1::REVIEW_VERDICT_OPPOSED:
      return "défavorable";
    default:
      return "sans avis";
  }
}

std::string LifeText(const v1::LifeRecorded& life, const std::string& element,
                     const std::function<std::string(const std::string&)>& name) {
  const std::string on = absl::StrCat(" le ", FrenchDate(life.happened_on()));
  switch (life.fact_case()) {
    case Life::kNoticeSent:
      // Of several addressees none: reading does without the others' names.
      return absl::StrCat(FrenchName(life.notice_sent().kind()), " envoyée",
                          life.notice_sent().to_partners_size() == 1
                              ? absl::StrCat(" à ", name(life.notice_sent().to_partners(0)))
                              : "",
                          on);
    case Life::kNoticeReceived:
      return absl::StrCat("notification reçue", on);
    case Life::kTerminationDeclared:
      return absl::StrCat(
          life.termination_declared().ground() == v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION
              ? "résiliation sans préavis, pour modification sans avenant signé,"
              : "résiliation après une mise en demeure restée sans effet,",
          on);
    case Life::kEvaluationReported: {
      const v1::EvaluationReported& evaluation = life.evaluation_reported();
      return absl::StrCat(FrenchName(evaluation.kind()), evaluation.year().empty() ? "" : " ",
                          evaluation.year(), " rendue", on, About(element));
    }
    case Life::kEvaluationValidated:
      return absl::StrCat("évaluation validée", on, About(element));
    case Life::kDataExchangeRequested:
      return absl::StrCat("données demandées ",
                          ToParty(name(life.data_exchange_requested().holder_partner_id())), on,
                          About(element));
    case Life::kDpoOpinionGiven:
      return absl::StrCat("avis ",
                          life.dpo_opinion_given().favourable() ? "favorable" : "défavorable",
                          " du délégué à la protection des données", on);
    case Life::kDataExchangeDecided:
      return absl::StrCat("échange de données ",
                          life.data_exchange_decided().accepted() ? "accepté" : "refusé", on);
    case Life::kDeliberationChallenged:
      return absl::StrCat(FrenchName(life.deliberation_challenged().kind()), on);
    case Life::kReviewGiven:
      return absl::StrCat("relecture rendue, ", FrenchName(life.review_given().verdict()), ",", on);
    case Life::kCourtDecisionRecorded:
      return absl::StrCat("décision de justice",
                          life.court_decision_recorded().final() ? " définitive" : "", on);
    case Life::kLegalityMessageRecorded:
      return absl::StrCat("message ", life.legality_message_recorded().code(),
                          " du contrôle de légalité", on);
    default:
      break;
  }
  const LifeKind* const kind = FindLifeKind(life.fact_case());
  if (kind == nullptr) return absl::StrCat("fait", on);
  return absl::StrCat(Lower(kind->fr), on,
                      kind->subject == LifeSubject::kTerms ? "" : About(element));
}

}  // namespace greffe
