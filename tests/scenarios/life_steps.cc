// What happens to a convention in force: notices, ends, evaluations, data.

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "core/base/status_macros.h"
#include "core/convention/decide.h"
#include "tests/scenarios/language.h"
#include "tests/scenarios/record.h"

namespace greffe::scenario {
namespace {

using Life = v1::LifeRecorded;

constexpr char kFormalNotice[] = "mise en demeure";
constexpr char kDenunciation[] = "dénonciation";
constexpr char kUncovered[] = "modification";
constexpr char kEvaluation[] = "évaluation";
constexpr char kRequest[] = "demande de données";
constexpr char kCorrection[] = "rectification";
constexpr char kDelegation[] = "délégation";
absl::Status SendNotice(World& world, const Words& words) {
  Life fact;
  v1::NoticeSent& notice = *fact.mutable_notice_sent();
  notice.set_kind(words[3].matched ? v1::NOTICE_KIND_LAW : v1::NOTICE_KIND_BREACH);
  notice.add_to_partners(PartnerOf(WhoIn(words[2])));
  notice.set_letter_number("1A 000 000 0000 0");
  if (!words[4].matched) fact.set_evidence_digest(std::string(32, 'p'));
  return Record(world, WhoIn(words[1]), std::move(fact), kFormalNotice);
}

absl::Status Denounce(World& world, const Words& words) {
  const Who who = WhoIn(words[1]);
  Life fact;
  fact.mutable_notice_sent()->set_kind(v1::NOTICE_KIND_DENUNCIATION);
  for (const Who to : world.Holders()) {
    const bool succeeded = to == Who::kDepartement && world.HasCollectivite();
    if (PartnerOf(to) != PartnerOf(who) && to != Who::kService && !succeeded) {
      fact.mutable_notice_sent()->add_to_partners(PartnerOf(to));
    }
  }
  fact.mutable_notice_sent()->set_letter_number("1A 000 000 0000 1");
  fact.set_evidence_digest(std::string(32, 'p'));
  return Record(world, who, std::move(fact), kDenunciation);
}

std::string NoticeIn(const std::string& words) {
  return absl::StrContains(words, kDenunciation) ? kDenunciation : kFormalNotice;
}

absl::Status Terminate(World& world, const Words& words) {
  const bool without_notice = words[2].matched;
  Life fact;
  fact.mutable_termination_declared()->set_ground(without_notice
                                                      ? v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION
                                                      : v1::TERMINATION_GROUND_FRUITLESS_NOTICE);
  return AnswerTo(world, WhoIn(words[1]), std::move(fact),
                  without_notice ? kUncovered : kFormalNotice);
}

absl::Status Evaluate(World& world, const Words& words) {
  Life fact;
  fact.set_element_id("terms");
  v1::EvaluationReported& evaluation = *fact.mutable_evaluation_reported();
  if (words[3].matched) {
    evaluation.set_kind(v1::EVALUATION_KIND_ANNUAL);
    evaluation.set_year(words[3]);
  } else {
    evaluation.set_kind(absl::StrContains(words[2].str(), "finale") ? v1::EVALUATION_KIND_FINAL
                                                                    : v1::EVALUATION_KIND_MID_TERM);
  }
  return Record(world, WhoIn(words[1]), std::move(fact), kEvaluation);
}

absl::Status AskForData(World& world, const Words& words) {
  Life fact;
  fact.set_element_id("terms");
  fact.mutable_data_exchange_requested()->set_holder_partner_id(PartnerOf(WhoIn(words[2])));
  fact.mutable_data_exchange_requested()->set_purpose("nombre de places occupées");
  return Record(world, WhoIn(words[1]), std::move(fact), kRequest);
}

absl::Status Renew(World& world, const Words& words) {
  Life fact;
  fact.mutable_renewal_linked()->set_title("Convention suivante");
  fact.mutable_renewal_linked()->set_start_date(words[2]);
  fact.mutable_renewal_linked()->set_end_date(words[3]);
  return Record(world, WhoIn(words[1]), std::move(fact), "");
}

absl::Status Succeed(World& world, const Words& words) {
  Life fact;
  fact.set_element_id("partie-departement");
  fact.mutable_party_succeeded()->set_successor_name(words[1]);
  fact.mutable_party_succeeded()->set_reference("décret d'essai");
  return Record(world, Who::kDepartement, std::move(fact), "");
}

absl::Status SucceedByPartner(World& world, const Words& words) {
  const Who by = WhoIn(words[1]);
  Life fact;
  fact.set_element_id("partie-departement");
  fact.mutable_party_succeeded()->set_successor_name("Collectivité nouvelle");
  fact.mutable_party_succeeded()->set_successor_partner_id(PartnerOf(Who::kCollectivite));
  fact.mutable_party_succeeded()->set_reference("décret d'essai");
  return Record(world, by, std::move(fact), "");
}

absl::Status ChangeMayor(World& world, const Words& words) {
  Life fact;
  fact.set_element_id("partie-commune");
  fact.mutable_representative_changed()->set_office_id("maire");
  fact.mutable_representative_changed()->set_office(words[1]);
  return Record(world, Who::kCommune, std::move(fact), "");
}

absl::Status DeemUnwritten(World& world, const Words& words) {
  Life fact;
  fact.set_element_id("article-1");
  v1::ClauseDeemedUnwritten& clause = *fact.mutable_clause_deemed_unwritten();
  clause.set_cause(words[2].matched ? v1::UNWRITTEN_CAUSE_COURT_DECISION
                                    : v1::UNWRITTEN_CAUSE_RULE_OF_LAW);
  clause.set_reference("référence d'essai");
  clause.set_final_on(words[2]);
  return Record(world, WhoIn(words[1]), std::move(fact), "");
}

absl::Status Correct(World& world, const Words& words) {
  Life fact;
  fact.set_element_id("article-1");
  fact.mutable_error_corrected()->set_right(words[2]);
  fact.mutable_error_corrected()->set_wrong(words[3]);
  return Record(world, WhoIn(words[1]), std::move(fact), kCorrection);
}

absl::Status Delegate(World& world, const Words& words) {
  Life fact;
  fact.set_element_id("partie-commune");
  v1::DelegationRecorded& delegation = *fact.mutable_delegation_recorded();
  delegation.set_office_id("maire");
  delegation.set_capacity(words[1]);
  delegation.set_from(words[2]);
  delegation.set_until(words[3]);
  fact.set_evidence_digest(std::string(32, 'd'));
  return Record(world, Who::kCommune, std::move(fact), kDelegation);
}

absl::Status Consult(World& world, const Words&) {
  if (world.frozen == nullptr) return absl::InvalidArgumentError("rien n'est encore figé");
  Life fact;
  fact.set_answers(absl::HexStringToBytes(world.frozen->revision));
  fact.mutable_committee_consulted()->set_body_id("comite");
  return Record(world, Who::kCommune, std::move(fact), "");
}

}  // namespace

const std::vector<Sentence>& LifeSteps() {
  static const auto* const kSteps = new std::vector<Sentence>{
      {"{QUI} envoie une mise en demeure {QUI}(, pour manquement à la loi)?(, sans preuve "
       "d'envoi)?",
       SendNotice},
      {"la (mise en demeure|dénonciation) est reçue",
       [](World& world, const Words& words) {
         Life fact;
         fact.mutable_notice_received();
         fact.set_evidence_digest(std::string(32, 'r'));
         return AnswerToOwn(world, std::move(fact), NoticeIn(words[1]));
       }},
      {"{QUI} constate que le manquement est réparé",
       [](World& world, const Words& words) {
         Life fact;
         fact.mutable_notice_cured();
         return AnswerTo(world, WhoIn(words[1]), std::move(fact), kFormalNotice);
       }},
      {"{QUI} constate que la mise en demeure est restée sans effet",
       [](World& world, const Words& words) {
         Life fact;
         fact.mutable_notice_fruitless();
         return AnswerTo(world, WhoIn(words[1]), std::move(fact), kFormalNotice);
       }},
      {"{QUI} résilie la convention( sans préavis)?", Terminate},
      {"{QUI} constate une modification de l'article 1 sans avenant",
       [](World& world, const Words& words) {
         Life fact;
         fact.set_element_id("article-1");
         fact.set_text("l'article est appliqué autrement");
         fact.mutable_uncovered_change_observed();
         return Record(world, WhoIn(words[1]), std::move(fact), kUncovered);
       }},
      {"{QUI} dénonce la convention", Denounce},
      {"{QUI} retire sa dénonciation",
       [](World& world, const Words& words) {
         Life fact;
         fact.mutable_denunciation_retracted();
         return AnswerTo(world, WhoIn(words[1]), std::move(fact), kDenunciation);
       }},
      {"{QUI} rend l'évaluation (annuelle de {N}|à mi-parcours|finale)", Evaluate},
      {"le comité( technique)? valide l'évaluation",
       [](World& world, const Words& words) {
         Life fact;
         fact.set_element_id("terms");
         fact.mutable_evaluation_validated()->set_body_id(words[1].matched ? "technique"
                                                                           : "comite");
         return AnswerToOwn(world, std::move(fact), kEvaluation);
       }},
      {"{QUI} demande des données {QUI}", AskForData},
      {"{QUI} enregistre un renouvellement du {DATE} au {DATE}", Renew},
      {"la loi remplace le département par {TEXTE}", Succeed},
      {"{QUI} enregistre que la collectivité succède au département", SucceedByPartner},
      {"le département apporte la convention à la collectivité",
       [](World& world, const Words&) { return world.AddCollectivite(); }},
      {"la commune a un nouveau maire, dit {TEXTE}", ChangeMayor},
      {"{QUI} enregistre que l'article 1 est réputé non écrit(?:, par une décision définitive du "
       "{DATE})?",
       DeemUnwritten},
      {"{QUI} rectifie l'article 1 : lire {TEXTE} au lieu de {TEXTE}", Correct},
      {"{QUI} atteste la rectification",
       [](World& world, const Words& words) {
         Life fact;
         fact.set_element_id("article-1");
         fact.mutable_correction_attested();
         return AnswerTo(world, WhoIn(words[1]), std::move(fact), kCorrection);
       }},
      {"le maire délègue sa signature à {TEXTE}(?:, du {DATE} au {DATE})?", Delegate},
      {"le comité voit l'acte figé", Consult},
      {"le délégué {QUI} rend un avis (favorable|défavorable)",
       [](World& world, const Words& words) {
         Life fact;
         fact.set_element_id("terms");
         fact.mutable_dpo_opinion_given()->set_favourable(words[2] == "favorable");
         return AnswerTo(world, WhoIn(words[1]), std::move(fact), kRequest);
       }},
      {"{QUI} (accepte|refuse) l'échange de données",
       [](World& world, const Words& words) {
         Life fact;
         fact.set_element_id("terms");
         fact.mutable_data_exchange_decided()->set_accepted(words[2] == "accepte");
         fact.mutable_data_exchange_decided()->set_register_reference("registre 12");
         return AnswerTo(world, WhoIn(words[1]), std::move(fact), kRequest);
       }},
  };
  return *kSteps;
}

}  // namespace greffe::scenario
