// What happens in scenarios: opening, drafting, freezing, voting, signing, the network.

#include <map>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/convention/decide.h"
#include "tests/scenarios/language.h"

namespace greffe::scenario {
namespace {

std::uint32_t Number(const std::string& digits) {
  std::uint32_t out = 0;
  return absl::SimpleAtoi(digits, &out) ? out : 0;
}

absl::Status LinkPredecessor(World& world, const Words& words) {
  v1::LinkPredecessorRequest request;
  request.mutable_predecessor()->set_title("Convention précédente");
  request.mutable_predecessor()->set_start_date(words[1]);
  request.mutable_predecessor()->set_end_date(words[2]);
  return world.Do(Who::kCommune, request);
}

absl::Status Freeze(World& world, const Words& words) {
  const Who who = WhoIn(words[1]);
  PlayedAct* act = &world.original;
  if (!absl::StrContains(words[2].str(), "texte")) {
    if (world.avenants.count(who) == 0) return absl::InvalidArgumentError("n'a proposé aucun acte");
    act = &world.avenants[who];
  }
  v1::FreezeActRequest request;
  request.set_act_id(act->id);
  request.set_effective_from(words[3]);
  std::vector<Digest> leaves;
  absl::Status done = world.Do(who, request, &leaves);
  if (!done.ok() && !absl::StrContains(words[4].str(), "sans confirmer")) {
    request.set_confirmed(RefusalOf(done).confirm);
    if (!request.confirmed().empty()) done = world.Do(who, request, &leaves);
  }
  RETURN_IF_ERROR(done);
  v1::FreezeActResponse response;
  FillAnswer(world.StateOf(who), request, leaves, &response);
  act->revision = response.revision();
  world.frozen = act;
  return absl::OkStatus();
}

absl::Status Propose(World& world, Who who, const v1::Element& element,
                     v1::ActKind kind = v1::ACT_KIND_AVENANT) {
  v1::ProposeActRequest request;
  request.mutable_draft()->set_kind(kind);
  request.mutable_draft()->set_title("Acte d'essai");
  *request.mutable_draft()->add_changes()->mutable_put() = element;
  std::vector<Digest> leaves;
  RETURN_IF_ERROR(world.Do(who, request, &leaves));
  v1::ProposeActResponse response;
  FillAnswer(world.StateOf(who), request, leaves, &response);
  world.avenants[who] = {.id = response.act_id(), .revision = ""};
  return absl::OkStatus();
}

absl::Status ProposeFacility(World& world, const Words& words) {
  const Who who = WhoIn(words[1]);
  v1::Element element;
  element.set_id("equipement-" + PartnerOf(who));
  element.set_parent_id("annexe-1");
  element.mutable_facility()->set_type("EAJE");
  element.mutable_facility()->set_name(words[2]);
  element.mutable_facility()->set_supported_by("commune");
  return Propose(world, who, element);
}

absl::Status ProposeIndicator(World& world, const Words& words) {
  v1::Element element;
  element.set_id("indicateur-" + PartnerOf(WhoIn(words[1])));
  element.mutable_indicator()->set_kind(v1::INDICATOR_KIND_RESULT);
  element.mutable_indicator()->set_text(words[2]);
  return Propose(world, WhoIn(words[1]), element, v1::ACT_KIND_COMMITTEE_DECISION);
}

v1::Element RewrittenArticle(const std::string& body) {
  v1::Element element;
  element.set_id("article-1");
  element.mutable_article()->set_number("1");
  element.mutable_article()->set_title("Objet");
  element.mutable_article()->set_body(body);
  element.mutable_article()->set_role(v1::CLAUSE_ROLE_OBJECT);
  return element;
}

absl::Status AddClause(World& world, const Words& words) {
  static const auto* const kRoles =
      new std::map<std::string, std::pair<const char*, v1::ClauseRole>>{
          {"la durée", {"Durée", v1::CLAUSE_ROLE_TERM}},
          {"sa modification", {"Modification", v1::CLAUSE_ROLE_AMENDMENT}},
          {"sa fin", {"Fin anticipée", v1::CLAUSE_ROLE_TERMINATION}},
          {"les données", {"Échange de données", v1::CLAUSE_ROLE_DATA_EXCHANGE}}};
  const auto& [title, role] = kRoles->at(words[2].str());
  return world.AddClause(words[1].str(), title, role, words[3].str());
}

absl::Status ProposeArticle(World& world, const Words& words) {
  const bool decision = absl::StrContains(words[2].str(), "décision");
  return Propose(world, WhoIn(words[1]), RewrittenArticle(words[3]),
                 decision ? v1::ACT_KIND_COMMITTEE_DECISION : v1::ACT_KIND_AVENANT);
}

absl::Status Revise(World& world, const Words& words, const std::string& act) {
  v1::ReviseActRequest request;
  request.set_act_id(act);
  *request.add_changes()->mutable_put() = RewrittenArticle(words[2]);
  return world.Do(WhoIn(words[1]), request);
}

absl::Status ReviseArticle(World& world, const Words& words) {
  return Revise(world, words, world.original.id);
}

absl::Status ReviseAvenant(World& world, const Words& words) {
  return Revise(world, words, world.avenants[WhoIn(words[1])].id);
}

absl::Status Withdraw(World& world, const Words& words) {
  ASSIGN_OR_RETURN(PlayedAct* const act, ActIn(world, words[2]));
  v1::WithdrawActRequest request;
  request.set_act_id(act->id);
  request.set_revision(act->revision);
  request.set_reason("retiré");
  return world.Do(WhoIn(words[1]), request);
}

// A record of the vote, in the place of the last one of that party.
absl::Status RecordVote(World& world, Who who, const v1::Deliberation& vote,
                        const std::string& replaced) {
  v1::RecordDeliberationRequest request;
  *request.mutable_deliberation() = vote;
  if (!replaced.empty()) {
    request.add_replaces(replaced);
    request.set_reason("suite de la délibération");
  }
  std::vector<Digest> leaves;
  RETURN_IF_ERROR(world.Do(who, request, &leaves));
  world.votes[PartnerOf(who)] = {leaves.front().ToHex(), vote};
  return absl::OkStatus();
}

// Six figures from `first` on, then what the casting vote says.
void SetFigures(const Words& words, std::size_t first, v1::Deliberation* vote) {
  vote->set_votes_for(Number(words[first]));
  vote->set_votes_against(Number(words[first + 1]));
  vote->set_abstentions(Number(words[first + 2]));
  vote->set_members_present(Number(words[first + 3]));
  vote->set_members_represented(Number(words[first + 4]));
  vote->set_members_in_office(Number(words[first + 5]));
  const std::string rest = words[first + 6];
  if (absl::StrContains(rest, "sur seconde convocation")) {
    vote->set_remark("Votée sur seconde convocation, le quorum n'ayant pas été atteint.");
  }
  if (!absl::StrContains(rest, "voix prépondérante")) return;
  vote->set_casting_vote(absl::StrContains(rest, "contre") ? v1::CASTING_VOTE_AGAINST
                                                           : v1::CASTING_VOTE_FOR);
}

absl::Status Vote(World& world, const Words& words) {
  ASSIGN_OR_RETURN(const PlayedAct* const act, ActIn(world, words[2]));
  const std::string rest = words[9];
  v1::Deliberation vote;
  vote.set_assembly("conseil");
  vote.set_number(absl::StrCat(world.today().ToString(), "-", act->revision.substr(0, 4)));
  vote.set_sitting_on(world.today().ToString());
  vote.set_revision(absl::HexStringToBytes(act->revision));
  SetFigures(words, 3, &vote);
  vote.set_approves_text(!absl::StrContains(rest, "sans approuver"));
  vote.set_authorises_signature(!absl::StrContains(rest, "sans autoriser"));
  if (absl::StrContains(rest, "mandat pour")) {
    v1::MandateScope& scope = *vote.mutable_scope();
    scope.set_quote("autorise à signer" + rest);
    scope.set_reach(absl::StrContains(rest, "l'exécution") ? v1::MANDATE_REACH_EXECUTION
                                                           : v1::MANDATE_REACH_AVENANTS);
    if (absl::StrContains(rest, "proposés")) scope.set_proposer(PartnerOf(WhoIn(rest)));
  }
  return RecordVote(world, WhoIn(words[1]), vote, "");
}

absl::StatusOr<std::pair<std::string, v1::Deliberation>> LastVote(World& world, Who who) {
  const auto found = world.votes.find(PartnerOf(who));
  if (found == world.votes.end()) return absl::InvalidArgumentError("n'a pas encore voté");
  return found->second;
}

absl::Status CorrectVote(World& world, const Words& words) {
  const Who who = WhoIn(words[1]);
  ASSIGN_OR_RETURN(auto last, LastVote(world, who));
  SetFigures(words, 2, &last.second);
  return RecordVote(world, who, last.second, last.first);
}

absl::Status Publish(World& world, const Words& words) {
  const Who who = WhoIn(words[1]);
  ASSIGN_OR_RETURN(auto last, LastVote(world, who));
  const std::string how = words[2];
  if (absl::StrContains(how, "publiée")) {
    last.second.set_published_on(world.today().ToString());
    last.second.set_publication_mode(v1::PUBLICATION_MODE_WEB);
  }
  if (absl::StrContains(how, "reçue")) {
    last.second.set_received_on(world.today().ToString());
    last.second.set_received_time(words[3]);
    last.second.set_receipt_id("essai");
  }
  return RecordVote(world, who, last.second, last.first);
}

struct Signer {
  Who who;
  const char* office;
};

Signer SignerIn(const std::string& words) {
  if (absl::StrContains(words, "présidente")) return {Who::kCaf, "caf-presidente"};
  if (absl::StrContains(words, "directrice")) return {Who::kCaf, "caf-directrice"};
  if (absl::StrContains(words, "collectivité")) {
    return {Who::kCollectivite, "departement-president"};
  }
  if (absl::StrContains(words, "président")) return {Who::kDepartement, "departement-president"};
  return {Who::kCommune, "maire"};
}

absl::Status Sign(World& world, const Words& words) {
  const Signer signer = SignerIn(words[1]);
  ASSIGN_OR_RETURN(const PlayedAct* const act, ActIn(world, words[2]));
  v1::SignActRequest request;
  request.set_act_id(act->id);
  request.set_revision(act->revision);
  request.set_signatory_id(signer.office);
  return world.Do(signer.who, request, nullptr, signer.office, words[3]);
}

absl::Status SignByDelegation(World& world, const Words& words) {
  ASSIGN_OR_RETURN(const PlayedAct* const act, ActIn(world, ""));
  const auto delegation = world.facts.find("délégation");
  v1::SignActRequest request;
  request.set_act_id(act->id);
  request.set_revision(act->revision);
  request.set_signatory_id("maire");
  request.set_capacity(words[1]);
  if (delegation != world.facts.end()) {
    request.set_delegation(absl::BytesToHexString(delegation->second.leaf));
  }
  return world.Do(Who::kCommune, request, nullptr, words[1]);
}

absl::Status RecordSignature(World& world, const Words& words, v1::SignatureKind kind) {
  const Signer signer = SignerIn(words[1]);
  ASSIGN_OR_RETURN(const PlayedAct* const act, ActIn(world, ""));
  v1::RecordSignatureRequest request;
  request.set_act_id(act->id);
  request.set_revision(act->revision);
  request.set_signatory_id(signer.office);
  request.set_signed_on(words[2]);
  request.set_scan_digest(std::string(64, 'a'));
  request.set_kind(kind);
  if (words.size() > 3 && words[3].matched) request.set_capacity(words[3]);
  return world.Do(signer.who, request);
}

absl::Status Refuse(World& world, const Words& words) {
  const Signer signer = SignerIn(words[1]);
  ASSIGN_OR_RETURN(const PlayedAct* const act, ActIn(world, ""));
  v1::RefuseActRequest request;
  request.set_act_id(act->id);
  request.set_revision(act->revision);
  request.set_signatory_id(signer.office);
  request.set_reason(words[2]);
  return world.Do(signer.who, request, nullptr, signer.office);
}

}  // namespace

const std::vector<Sentence>& Steps() {
  static const auto* const kSteps = new std::vector<Sentence>{
      {"la convention a effet du {DATE} au {DATE}",
       [](World& world, const Words& words) { return world.SetTerm(words[1], words[2]); }},
      {"le département est aussi partie",
       [](World& world, const Words&) { return world.AddDepartement(); }},
      {"la convention prévoit l'action {TEXTE}, mesurée par {TEXTE}",
       [](World& world, const Words& words) { return world.AddAction(words[1], words[2]); }},
      {"la convention dit, à l'article (\\d+) sur (la durée|sa modification|sa fin|les données) : "
       "{TEXTE}",
       AddClause},
      {"la commune et la CAF coprésident le comité",
       [](World& world, const Words&) {
         return world.LetChair({Who::kCommune, Who::kCaf});
       }},
      {"un seul des deux signataires suffit à la CAF",
       [](World& world, const Words&) { return world.LetOneSignForCaf(); }},
      {"la commune ouvre la convention", [](World& world, const Words&) { return world.Open(); }},
      {"le service de la commune tient aussi la convention",
       [](World& world, const Words&) { return world.AddService(); }},
      {"la convention précédente allait du {DATE} au {DATE}", LinkPredecessor},
      {"{QUI} réécrit l'article 1 du projet : {TEXTE}", ReviseArticle},
      {"{QUI} propose un avenant qui ajoute l'équipement {TEXTE}", ProposeFacility},
      {"{QUI} propose (un avenant|une décision du comité) qui réécrit l'article 1 : {TEXTE}",
       ProposeArticle},
      {"{QUI} propose une décision du comité qui ajoute l'indicateur {TEXTE}", ProposeIndicator},
      {"{QUI} reprend son avenant, qui réécrit l'article 1 : {TEXTE}", ReviseAvenant},
      {"{QUI} fige (le texte|son avenant|sa décision)(?:, avec effet au {DATE})?(, sans "
       "confirmer)?",
       Freeze},
      {"{QUI} retire {TEXTE FIGÉ}", Withdraw},
      {"le conseil {QUI} vote(?: {TEXTE FIGÉ})? : {N} pour, {N} contre, {N} abstentions?, {N} "
       "présents?, {N} représentés?, {N} en exercice(.*)",
       Vote},
      {"la délibération {QUI} est corrigée : {N} pour, {N} contre, {N} abstentions?, {N} "
       "présents?, "
       "{N} représentés?, {N} en exercice(.*)",
       CorrectVote},
      {"la délibération {QUI} est (publiée|reçue|publiée et reçue)(?: à {HEURE})?", Publish},
      {"{SIGNATAIRE} signe(?: {TEXTE FIGÉ})?(?: à {HEURE})?", Sign},
      {"{TEXTE} signe pour le maire", SignByDelegation},
      {"la signature sur papier, {SIGNATAIRE}, datée du {DATE}(?:, par {TEXTE})?, est enregistrée",
       [](World& world, const Words& words) {
         return RecordSignature(world, words, v1::SIGNATURE_KIND_PAPER);
       }},
      {"la signature dans un fichier externe, {SIGNATAIRE}, datée du {DATE}, est enregistrée",
       [](World& world, const Words& words) {
         return RecordSignature(world, words, v1::SIGNATURE_KIND_OUTSIDE_FILE);
       }},
      {"{SIGNATAIRE} refuse de signer : {TEXTE}", Refuse},
      {"{QUI} est coupée? du réseau",
       [](World& world, const Words& words) { return world.Cut(WhoIn(words[1])); }},
      {"{QUI} retrouve le réseau",
       [](World& world, const Words& words) { return world.Join(WhoIn(words[1])); }},
  };
  return *kSteps;
}

}  // namespace greffe::scenario
