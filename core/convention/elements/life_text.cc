#include "core/convention/elements/life_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/life_kinds.h"

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

std::string EnglishName(v1::ReviewVerdict verdict) {
  switch (verdict) {
    case v1::REVIEW_VERDICT_AGREED:
      return "in favour";
    case v1::REVIEW_VERDICT_RESERVED:
      return "with reservations";
    case v1::REVIEW_VERDICT_OPPOSED:
      return "against";
    default:
      return "without an opinion";
  }
}

rules::Words LifeText(const v1::LifeRecorded& life, const std::string& element,
                      const std::function<std::string(const std::string&)>& name) {
  const std::string fr = absl::StrCat(" le ", FrenchDate(life.happened_on()));
  const std::string en = absl::StrCat(" on ", EnglishDate(life.happened_on()));
  switch (life.fact_case()) {
    case Life::kNoticeSent: {
      // Of several addressees none: reading does without the others' names.
      const v1::NoticeSent& notice = life.notice_sent();
      const std::string to = notice.to_partners_size() == 1 ? name(notice.to_partners(0)) : "";
      return {absl::StrCat(FrenchName(notice.kind()), " envoyée",
                           to.empty() ? "" : absl::StrCat(" ", ToParty(to)), fr),
              absl::StrCat(EnglishName(notice.kind()), " sent",
                           to.empty() ? "" : absl::StrCat(" to ", to), en)};
    }
    case Life::kNoticeReceived:
      return {absl::StrCat("notification reçue", fr), absl::StrCat("notice received", en)};
    case Life::kTerminationDeclared:
      if (life.termination_declared().ground() == v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION) {
        return {
            absl::StrCat("résiliation sans préavis, pour modification sans avenant signé,", fr),
            absl::StrCat("résiliation without notice, for a change without a signed avenant,", en)};
      }
      return {absl::StrCat("résiliation après une mise en demeure restée sans effet,", fr),
              absl::StrCat("résiliation after a mise en demeure without effect,", en)};
    case Life::kEvaluationReported: {
      const v1::EvaluationReported& evaluation = life.evaluation_reported();
      const std::string of = evaluation.year().empty() ? "" : absl::StrCat(" ", evaluation.year());
      return {absl::StrCat(FrenchName(evaluation.kind()), of, " rendue", fr, About(element)),
              absl::StrCat(EnglishName(evaluation.kind()), of, " reported", en, About(element))};
    }
    case Life::kEvaluationValidated:
      return {absl::StrCat("évaluation validée", fr, About(element)),
              absl::StrCat("evaluation validated", en, About(element))};
    case Life::kDataExchangeRequested: {
      const std::string holder = name(life.data_exchange_requested().holder_partner_id());
      return {absl::StrCat("données demandées ", ToParty(holder), fr, About(element)),
              absl::StrCat("data asked of ", holder, en, About(element))};
    }
    case Life::kDpoOpinionGiven: {
      const bool favourable = life.dpo_opinion_given().favourable();
      return {absl::StrCat("avis ", favourable ? "favorable" : "défavorable",
                           " du délégué à la protection des données", fr),
              absl::StrCat(favourable ? "favourable" : "unfavourable",
                           " opinion of the data protection officer", en)};
    }
    case Life::kDataExchangeDecided: {
      const bool accepted = life.data_exchange_decided().accepted();
      return {absl::StrCat("échange de données ", accepted ? "accepté" : "refusé", fr),
              absl::StrCat("exchange of data ", accepted ? "accepted" : "refused", en)};
    }
    case Life::kDeliberationChallenged: {
      const v1::ChallengeKind kind = life.deliberation_challenged().kind();
      return {absl::StrCat(FrenchName(kind), fr), absl::StrCat(EnglishName(kind), en)};
    }
    case Life::kReviewGiven: {
      const v1::ReviewVerdict verdict = life.review_given().verdict();
      return {absl::StrCat("relecture rendue, ", FrenchName(verdict), ",", fr),
              absl::StrCat("review given, ", EnglishName(verdict), ",", en)};
    }
    case Life::kCourtDecisionRecorded: {
      const bool final = life.court_decision_recorded().final();
      return {absl::StrCat("décision de justice", final ? " définitive" : "", fr),
              absl::StrCat(final ? "final " : "", "court decision", en)};
    }
    case Life::kLegalityMessageRecorded: {
      const std::string& code = life.legality_message_recorded().code();
      return {absl::StrCat("message ", code, " du contrôle de légalité", fr),
              absl::StrCat("message ", code, " of the legality control", en)};
    }
    default:
      break;
  }
  const LifeKind* const kind = FindLifeKind(life.fact_case());
  if (kind == nullptr) return {absl::StrCat("fait", fr), absl::StrCat("fact", en)};
  const std::string about = kind->subject == LifeSubject::kTerms ? "" : About(element);
  return {absl::StrCat(Lower(kind->fr), fr, about), absl::StrCat(Lower(kind->en), en, about)};
}

}  // namespace greffe
