// What happens to a convention in force: notices, ends, evaluations, data.

#include <utility>

#include "absl/strings/match.h"
#include "core/base/status_macros.h"
#include "core/convention/decide.h"
#include "tests/scenarios/language.h"

namespace greffe::scenario {
namespace {

using Life = v1::LifeRecorded;

constexpr char kFormalNotice[] = "mise en demeure";
constexpr char kDenunciation[] = "dénonciation";
constexpr char kUncovered[] = "modification";
constexpr char kEvaluation[] = "évaluation";
constexpr char kRequest[] = "demande de données";

// Records a fact of today; remembers it under `name` unless that is empty.
absl::Status Record(World& world, Who who, Life fact, const std::string& name) {
  v1::RecordFactRequest request;
  *request.mutable_fact() = std::move(fact);
  request.mutable_fact()->set_happened_on(world.today().ToString());
  std::vector<Digest> leaves;
  RETURN_IF_ERROR(world.Do(who, request, &leaves));
  if (!name.empty()) world.facts[name] = {.who = who, .leaf = leaves.front().ToBytes()};
  return absl::OkStatus();
}

// The same as an answer to the last fact of that name.
absl::Status AnswerTo(World& world, Who who, Life fact, const std::string& name) {
  const auto found = world.facts.find(name);
  if (found == world.facts.end()) return absl::InvalidArgumentError("pas encore de " + name);
  fact.set_answers(found->second.leaf);
  return Record(world, who, std::move(fact), "");
}

// By whoever recorded the fact answered.
absl::Status AnswerToOwn(World& world, Life fact, const std::string& name) {
  const auto found = world.facts.find(name);
  const Who who = found == world.facts.end() ? Who::kCommune : found->second.who;
  return AnswerTo(world, who, std::move(fact), name);
}

absl::Status SendNotice(World& world, const Words& words) {
  Life fact;
  v1::NoticeSent& notice = *fact.mutable_notice_sent();
  notice.set_kind(words[3].matched ? v1::NOTICE_KIND_LAW : v1::NOTICE_KIND_BREACH);
  notice.add_to_partners(PartnerOf(WhoIn(words[2])));
  notice.set_letter_number("1A 000 000 0000 0");
  fact.set_evidence_digest(std::string(32, 'p'));
  return Record(world, WhoIn(words[1]), std::move(fact), kFormalNotice);
}

absl::Status Denounce(World& world, const Words& words) {
  const Who who = WhoIn(words[1]);
  Life fact;
  fact.mutable_notice_sent()->set_kind(v1::NOTICE_KIND_DENUNCIATION);
  for (const Who to : world.Holders()) {
    if (PartnerOf(to) != PartnerOf(who) && to != Who::kService) {
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

}  // namespace

const std::vector<Sentence>& LifeSteps() {
  static const auto* const kSteps = new std::vector<Sentence>{
      {"{QUI} envoie une mise en demeure {QUI}(, pour manquement à la loi)?", SendNotice},
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
      {"le comité valide l'évaluation",
       [](World& world, const Words&) {
         Life fact;
         fact.set_element_id("terms");
         fact.mutable_evaluation_validated()->set_body_id("comite");
         return AnswerToOwn(world, std::move(fact), kEvaluation);
       }},
      {"{QUI} demande des données {QUI}", AskForData},
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
