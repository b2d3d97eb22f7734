// The file of a convention: pieces attached, the legality control, courts.

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "core/base/digest.h"
#include "core/base/status_macros.h"
#include "core/convention/decide.h"
#include "tests/scenarios/language.h"
#include "tests/scenarios/record.h"

namespace greffe::scenario {
namespace {

using Life = v1::LifeRecorded;

constexpr char kDispute[] = "litige";
constexpr char kChallenge[] = "recours";

// One chunk: scenarios attach short files.
absl::Status Attach(World& world, const Words& words) {
  const std::string label = words[2];
  const std::string content = words[3];
  v1::AddAttachmentRequest request;
  v1::Attachment& piece = *request.mutable_attachment();
  piece.set_sha256(Sha256({content}).ToBytes());
  piece.set_chunk_digests(piece.sha256());
  piece.set_size(content.size());
  piece.set_label(label);
  piece.set_media_type("text/plain");
  piece.set_role(v1::ATTACHMENT_ROLE_EVIDENCE);
  RETURN_IF_ERROR(world.Do(WhoIn(words[1]), request));
  world.pieces[label] = content;
  return absl::OkStatus();
}

absl::StatusOr<std::string> DigestOf(const World& world, const std::string& label) {
  const auto found = world.pieces.find(label);
  if (found == world.pieces.end()) return absl::InvalidArgumentError("pas de pièce " + label);
  return Sha256({found->second}).ToBytes();
}

absl::Status SendProvedNotice(World& world, const Words& words) {
  Life fact;
  fact.mutable_notice_sent()->set_kind(v1::NOTICE_KIND_BREACH);
  fact.mutable_notice_sent()->add_to_partners(PartnerOf(WhoIn(words[2])));
  ASSIGN_OR_RETURN(*fact.mutable_evidence_digest(), DigestOf(world, words[3]));
  return Record(world, WhoIn(words[1]), std::move(fact), "mise en demeure");
}

absl::Status OpenDispute(World& world, const Words& words) {
  Life fact;
  fact.mutable_dispute_opened()->set_court(words[2]);
  if (words[3].matched) {
    ASSIGN_OR_RETURN(*fact.mutable_evidence_digest(), DigestOf(world, words[3]));
  }
  return Record(world, WhoIn(words[1]), std::move(fact), kDispute);
}

absl::Status Decide(World& world, const Words& words) {
  Life fact;
  fact.mutable_court_decision_recorded()->set_final(words[2].matched);
  fact.mutable_court_decision_recorded()->set_reference(words[3]);
  return AnswerToOwn(world, std::move(fact), words[1]);
}

// About the last record of the partner's vote.
absl::Status AboutVote(World& world, Who who, Life fact, const std::string& name) {
  const auto vote = world.votes.find(PartnerOf(who));
  if (vote == world.votes.end()) return absl::InvalidArgumentError("n'a pas encore voté");
  fact.set_answers(absl::HexStringToBytes(vote->second.first));
  return Record(world, who, std::move(fact), name);
}

absl::Status SendMessage(World& world, const Words& words) {
  Life fact;
  fact.mutable_legality_message_recorded()->set_code(words[2]);
  fact.set_text(words[3]);
  return AboutVote(world, WhoIn(words[1]), std::move(fact), "");
}

v1::ChallengeKind ChallengeIn(const std::string& words) {
  if (absl::StrContains(words, "gracieux")) return v1::CHALLENGE_KIND_GRACIOUS;
  if (absl::StrContains(words, "tribunal")) return v1::CHALLENGE_KIND_COURT;
  if (absl::StrContains(words, "préfet")) return v1::CHALLENGE_KIND_REFERRAL;
  if (absl::StrContains(words, "suspendue")) return v1::CHALLENGE_KIND_SUSPENDED;
  if (absl::StrContains(words, "annulée")) return v1::CHALLENGE_KIND_ANNULLED;
  return v1::CHALLENGE_KIND_WITHDRAWN;
}

absl::Status Challenge(World& world, const Words& words) {
  Life fact;
  fact.mutable_deliberation_challenged()->set_kind(ChallengeIn(words[2]));
  return AboutVote(world, WhoIn(words[1]), std::move(fact), kChallenge);
}

}  // namespace

const std::vector<Sentence>& FileSteps() {
  static const auto* const kSteps = new std::vector<Sentence>{
      {"{QUI} joint la pièce {TEXTE}, qui contient {TEXTE}", Attach},
      {"{QUI} envoie une mise en demeure {QUI}, prouvée par la pièce {TEXTE}", SendProvedNotice},
      {"{QUI} porte un litige devant {TEXTE}(?:, prouvé par la pièce {TEXTE})?", OpenDispute},
      {"le juge statue sur le (litige|recours)( définitivement)? : {TEXTE}", Decide},
      {"la préfecture envoie {QUI} le message (\\d-\\d+)(?: : {TEXTE})?", SendMessage},
      {"la délibération {QUI} est (attaquée par un recours gracieux|attaquée devant le tribunal|"
       "déférée par le préfet|suspendue par le juge|annulée par le juge|retirée par le conseil)",
       Challenge},
  };
  return *kSteps;
}

}  // namespace greffe::scenario
