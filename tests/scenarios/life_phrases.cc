// What must be so of the life of a convention: where threads stand, which deadlines run.

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/scenarios/language.h"

namespace greffe::scenario {
namespace {

// How a thread is called, and the fact that opens it.
bool Opens(const std::string& name, const v1::LifeRecorded& fact) {
  if (name == "mise en demeure") {
    return fact.has_notice_sent() && fact.notice_sent().kind() != v1::NOTICE_KIND_DENUNCIATION;
  }
  if (name == "dénonciation") {
    return fact.has_notice_sent() && fact.notice_sent().kind() == v1::NOTICE_KIND_DENUNCIATION;
  }
  if (name == "évaluation") return fact.has_evaluation_reported();
  if (name == "demande de données") return fact.has_data_exchange_requested();
  if (name == "rectification") return fact.has_error_corrected();
  if (name == "commentaire") return fact.has_comment_posted();
  if (name == "litige") return fact.has_dispute_opened();
  if (name == "recours") return fact.has_deliberation_challenged();
  return name == "modification" && fact.has_uncovered_change_observed();
}

std::string WithArticle(const std::string& name) {
  if (name == "évaluation") return "l'évaluation";
  const bool masculine = name == "commentaire" || name == "litige" || name == "recours";
  return absl::StrCat(masculine ? "le " : "la ", name);
}

// The last thread of that name stands so.
Phrase Stands(const char* name, const char* words, const char* standing) {
  return {absl::StrCat(WithArticle(name), " est ", words),
          [name = std::string(name), standing = std::string(standing)](const Answer& answer,
                                                                       const Words&) {
            std::string got = "absente";
            for (const v1::LifeThread& thread : answer.life.threads()) {
              if (Opens(name, thread.opening().fact())) got = thread.standing();
            }
            return got == standing ? absl::OkStatus() : absl::FailedPreconditionError(got);
          }};
}

std::string All(const v1::DeadlinesView& view) {
  std::vector<std::string> out;
  for (const v1::Deadline& one : view.deadlines()) {
    out.push_back(absl::StrCat(one.rule(), " ", one.last_day(), " ", one.effect_on(), " ",
                               v1::DeadlineState_Name(one.state())));
  }
  return absl::StrJoin(out, ", ");
}

v1::DeadlineState StateIn(const std::string& words) {
  if (words == "proche") return v1::DEADLINE_STATE_DUE;
  if (words == "en retard") return v1::DEADLINE_STATE_LATE;
  if (words == "passée") return v1::DEADLINE_STATE_PASSED;
  return words == "faite" ? v1::DEADLINE_STATE_DONE : v1::DEADLINE_STATE_TO_COME;
}

absl::Status HasDeadline(const Answer& answer, const Words& words) {
  for (const v1::Deadline& one : answer.deadlines.deadlines()) {
    if (one.rule() == words[1] && one.last_day() == words[2] &&
        (!words[3].matched || one.effect_on() == words[3]) &&
        (!words[4].matched || one.state() == StateIn(words[4]))) {
      return absl::OkStatus();
    }
  }
  return absl::FailedPreconditionError("échéances : " + All(answer.deadlines));
}

}  // namespace

const std::vector<Phrase>& LifePhrases() {
  static const auto* const kPhrases = new std::vector<Phrase>{
      Stands("mise en demeure", "en cours", "running"),
      Stands("mise en demeure", "échue", "expired"),
      Stands("mise en demeure", "suivie d'effet", "cured"),
      Stands("mise en demeure", "restée sans effet", "fruitless"),
      Stands("mise en demeure", "suivie d'une résiliation", "terminated"),
      Stands("mise en demeure", "sans portée", "void"),
      Stands("mise en demeure", "sans suite", "overtaken"),
      Stands("dénonciation", "sans portée", "void"),
      Stands("dénonciation", "sans suite", "overtaken"),
      Stands("dénonciation", "à recevoir", "not-received"),
      Stands("dénonciation", "en cours", "running"),
      Stands("dénonciation", "arrivée à terme", "due"),
      Stands("dénonciation", "retirée", "retracted"),
      Stands("dénonciation", "à qualifier", "to-qualify"),
      Stands("modification", "constatée", "observed"),
      Stands("modification", "suivie d'une résiliation", "terminated"),
      Stands("rectification", "à attester", "to-attest"),
      Stands("rectification", "attestée", "attested"),
      Stands("évaluation", "rendue", "reported"),
      Stands("évaluation", "validée", "validated"),
      Stands("demande de données", "à instruire", "asked"),
      Stands("demande de données", "instruite", "opinion-given"),
      Stands("demande de données", "acceptée", "accepted"),
      Stands("demande de données", "refusée", "refused"),
      Stands("commentaire", "ouvert", "open"),
      Stands("commentaire", "traité", "resolved"),
      Stands("litige", "en cours", "pending"),
      Stands("litige", "jugé en premier", "decided"),
      Stands("litige", "jugé définitivement", "final"),
      Stands("recours", "en cours", "pending"),
      Stands("recours", "jugé en premier", "decided"),
      Stands("recours", "jugé définitivement", "final"),
      {"l'histoire dit {TEXTE}",
       [](const Answer& answer, const Words& words) {
         std::string all;
         for (const v1::LifeThread& thread : answer.life.threads()) {
           absl::StrAppend(&all, thread.text(), "\n");
         }
         return absl::StrContains(all, words[1].str()) ? absl::OkStatus()
                                                       : absl::FailedPreconditionError(all);
       }},
      {"échéance {RÈGLE} le {DATE}(?:, effet le {DATE})?(?:, (à venir|proche|en "
       "retard|faite|passée))?",
       HasDeadline},
  };
  return *kPhrases;
}

}  // namespace greffe::scenario
