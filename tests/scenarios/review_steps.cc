// What is said of a text in the making: comments, and reviews by partners.

#include <utility>

#include "absl/strings/match.h"
#include "core/base/status_macros.h"
#include "tests/scenarios/language.h"
#include "tests/scenarios/record.h"

namespace greffe::scenario {
namespace {

using Life = v1::LifeRecorded;

constexpr char kComment[] = "commentaire";
constexpr char kReview[] = "relecture";

// « du texte », « de l'avenant de la CAF »: its id as facts name it.
absl::StatusOr<std::string> ActBytes(World& world, const std::string& words) {
  ASSIGN_OR_RETURN(const PlayedAct* const act, ActIn(world, words));
  ASSIGN_OR_RETURN(const ActId id, ActId::FromHex(act->id, "act_id"));
  return id.ToBytes();
}

absl::Status Comment(World& world, const Words& words) {
  Life fact;
  fact.set_element_id("article-1");
  fact.set_text(words[3]);
  ASSIGN_OR_RETURN(*fact.mutable_comment_posted()->mutable_act_id(), ActBytes(world, words[2]));
  return Record(world, WhoIn(words[1]), std::move(fact), kComment);
}

absl::Status Reply(World& world, const Words& words) {
  Life fact;
  fact.set_element_id("article-1");
  fact.set_text(words[3]);
  ASSIGN_OR_RETURN(*fact.mutable_comment_posted()->mutable_act_id(), ActBytes(world, words[2]));
  return AnswerTo(world, WhoIn(words[1]), std::move(fact), kComment);
}

absl::Status AskReview(World& world, const Words& words) {
  Life fact;
  ASSIGN_OR_RETURN(*fact.mutable_review_requested()->mutable_act_id(), ActBytes(world, words[3]));
  fact.mutable_review_requested()->add_partner_ids(PartnerOf(WhoIn(words[2])));
  return Record(world, WhoIn(words[1]), std::move(fact), kReview);
}

absl::Status GiveReview(World& world, const Words& words) {
  Life fact;
  const std::string verdict = words[2];
  fact.mutable_review_given()->set_verdict(verdict == "favorable" ? v1::REVIEW_VERDICT_AGREED
                                           : verdict == "défavorable"
                                               ? v1::REVIEW_VERDICT_OPPOSED
                                               : v1::REVIEW_VERDICT_RESERVED);
  fact.set_text(words[3]);
  return AnswerTo(world, WhoIn(words[1]), std::move(fact), kReview);
}

}  // namespace

const std::vector<Sentence>& ReviewSteps() {
  static const auto* const kSteps = new std::vector<Sentence>{
      {"{QUI} commente l'article 1 {DE L'ACTE} : {TEXTE}", Comment},
      {"{QUI} répond au commentaire {DE L'ACTE} : {TEXTE}", Reply},
      {"{QUI} traite le commentaire",
       [](World& world, const Words& words) {
         Life fact;
         fact.set_element_id("article-1");
         fact.mutable_comment_resolved();
         return AnswerTo(world, WhoIn(words[1]), std::move(fact), kComment);
       }},
      {"{QUI} demande une relecture {QUI} {DE L'ACTE}", AskReview},
      {"{QUI} relit, avis (favorable|défavorable|avec réserves)(?: : {TEXTE})?", GiveReview},
  };
  return *kSteps;
}

}  // namespace greffe::scenario
