// Opening a convention, and bringing replicas into its roster.

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/draft_check.h"
#include "core/convention/decide.h"
#include "core/convention/decide/claims.h"
#include "core/convention/decide/decide_act.h"
#include "core/convention/decide_common.h"
#include "core/convention/reading/paper.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/party_roll.h"
#include "core/convention/text/text_in_making.h"

namespace greffe {
namespace {

// Partners of `some` that are among `parties`, sorted, at most what one replica may act for.
std::vector<std::string> PartiesAmong(const std::set<std::string>& parties,
                                      std::span<const std::string> some) {
  std::set<std::string> out;
  for (const std::string& partner : some) {
    if (parties.count(partner) > 0) out.insert(partner);
  }
  return std::vector<std::string>(out.begin(), out.end());
}

absl::Status CheckPartnerCount(const std::vector<std::string>& partners) {
  if (partners.size() <= limits::kPartnersPerReplica) return absl::OkStatus();
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "limit-partners",
                   .fr = absl::StrCat("une réplique agit pour ", limits::kPartnersPerReplica,
                                      " partenaires au plus ; ici ", partners.size(), "."),
                   .en = absl::StrCat("a replica acts for at most ", limits::kPartnersPerReplica,
                                      " partners; here ", partners.size(), "."),
                   .next_fr = "Répartissez ces partenaires entre plusieurs répliques, chacune avec "
                              "son dossier (greffed init), puis recommencez.",
                   .next_en =
                       "Spread these partners over several replicas, each with a home of its "
                       "own (greffed init), then try again."});
}

// For who wants to bring in a further replica of partners that have one: which ones may.
absl::Status OnlyTheirReplicas(const StateData& data, const std::vector<std::string>& partners) {
  std::vector<std::string> fr, en;
  for (const std::string& partner : partners) {
    std::vector<std::string> names;
    for (ReplicaNumber i = 0; i < data.replicas.size(); ++i) {
      if (!data.ActsFor(i, data.FindText(partner))) continue;
      const std::string print = data.replicas[i].id.ToHex().substr(0, kFingerprintShown);
      std::string name;
      for (const RosterFact& entry : data.roster) {
        if (entry.replica == i && !entry.name.empty()) name = entry.name;
      }
      // The founder's entry bears no name.
      names.push_back(name.empty() ? print : absl::StrCat(name, " (", print, ")"));
    }
    fr.push_back(absl::StrCat(partner, " : ", absl::StrJoin(names, ", ")));
    en.push_back(absl::StrCat(partner, ": ", absl::StrJoin(names, ", ")));
  }
  const std::string others = absl::StrJoin(partners, ", ");
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "roster",
       .field = "peer",
       .fr = absl::StrCat("d'autres répliques agissent déjà pour ", others,
                          " : seules elles peuvent en ajouter."),
       .en = absl::StrCat("other replicas already act for ", others, ": only they can add more."),
       .next_fr = absl::StrCat(
           "Demandez à l'une d'elles de la partager (greffe convention share). Elles sont, ",
           absl::StrJoin(fr, " ; "),
           ". Si aucune ne signe plus, nul ne peut en ajouter pour ce partenaire : seul un "
           "successeur, dit par deux autres parties (greffe succession record), entre avec sa "
           "réplique."),
       .next_en = absl::StrCat(
           "Ask one of them to share it (greffe convention share). They are, ",
           absl::StrJoin(en, "; "),
           ". If none of them signs any more, nobody can add one for that partner: only a "
           "successor, told by two other parties (greffe succession record), enters with its own "
           "replica.")});
}

// What Apply would deny.
absl::Status CheckRosterLimit(const StateData& data, const ReplicaId& self) {
  const auto written =
      std::count_if(data.roster.begin(), data.roster.end(),
                    [&](const RosterFact& fact) { return data.AuthorOf(fact.event) == self; });
  if (static_cast<std::size_t>(written) < limits::kRosterEntries) return absl::OkStatus();
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "limit-roster",
       .field = "peer",
       .fr = absl::StrCat("cette réplique a déjà changé ", written,
                          " fois les répliques de cette convention ; au plus ",
                          limits::kRosterEntries, " par réplique."),
       .en = absl::StrCat("this replica has changed the replicas of this convention ", written,
                          " times already; at most ", limits::kRosterEntries, " by one replica."),
       .next_fr = "Partagez-la depuis une autre réplique qui y participe.",
       .next_en = "Share it from another replica that takes part."});
}

void AppendRosterEntry(const RosterCandidate& candidate, const std::vector<std::string>& partners,
                       Decision* decision) {
  v1::RosterEntrySet* entry = decision->events.emplace_back().mutable_roster_entry_set();
  entry->set_public_key(candidate.key.ToBytes());
  entry->set_name(candidate.name);
  for (const std::string& partner : partners) entry->add_partner_ids(partner);
}

// Freezes the text just drafted, as signed on paper, and states what was read of its signatures.
// Both name events of this decision, whose leaves are known only as they are written.
void AppendPaperFreeze(const std::string& act, const Changes& changes,
                       const v1::PaperSigning& signing, Decision* decision) {
  std::vector<std::size_t> drafted;
  for (std::size_t i = 0; i < decision->events.size(); ++i) {
    if (decision->events[i].has_changes_drafted()) drafted.push_back(i);
  }
  const std::size_t freeze = decision->events.size();
  v1::RevisionFrozen* frozen = decision->events.emplace_back().mutable_revision_frozen();
  frozen->set_act_id(act);
  frozen->set_label("convention");
  frozen->set_on_paper(true);
  std::map<std::string, v1::Signatory> signatories;
  for (const v1::Change& change : changes) {
    if (change.put().has_terms()) frozen->set_effective_from(change.put().terms().start_date());
    for (const v1::SigningOffice& office : change.put().party().signing_offices()) {
      v1::Signatory& signatory = signatories[office.id()];
      signatory.set_id(office.id());
      signatory.set_partner_id(change.put().party().partner_id());
      signatory.set_office(office.office());
      signatory.set_one_of(change.put().party().signing_policy() == v1::SIGNING_POLICY_ONE_OF);
    }
  }
  for (auto& [id, signatory] : signatories) *frozen->add_signatories() = std::move(signatory);
  for (std::size_t i = 0; i < drafted.size(); ++i) frozen->add_changes(Digest().ToBytes());
  AppendPaperStatements(signing, decision);
  decision->complete = [drafted, freeze](std::span<const Digest> before, v1::Event* event) {
    if (event->has_revision_frozen()) {
      std::set<Digest> leaves;
      for (const std::size_t i : drafted) leaves.insert(before[i]);
      event->mutable_revision_frozen()->clear_changes();
      for (const Digest& leaf : leaves) {
        event->mutable_revision_frozen()->add_changes(leaf.ToBytes());
      }
    } else if (event->has_paper_signing_stated()) {
      event->mutable_paper_signing_stated()->set_revision(before[freeze].ToBytes());
    }
  };
}

}  // namespace

absl::StatusOr<Decision> DecideCreate(const ConventionState& state,
                                      const v1::CreateConventionRequest& request,
                                      const CommandContext& context, absl::string_view nonce,
                                      const PublicKey& own_key,
                                      std::span<const std::string> own_partners,
                                      std::span<const RosterCandidate> candidates) {
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR}));
  v1::ConventionDraft draft = request.draft();
  NormaliseDraft(&draft);
  RETURN_IF_ERROR(ToStatus(DraftProblems(draft, context.today)));

  std::set<std::string> parties;
  std::string title;
  for (const v1::Element& element : draft.elements()) {
    if (element.has_party()) parties.insert(element.party().partner_id());
    if (element.has_terms()) title = element.terms().title();
  }
  if (parties.count(context.partner_id) == 0) {
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "own-party",
         .field = "draft.elements",
         .fr = absl::StrCat("votre partenaire « ", context.partner_id,
                            " » n'est pas partie à ce projet."),
         .en = absl::StrCat("your partner \"", context.partner_id,
                            "\" is not a party to this draft."),
         .next_fr = "Ajoutez-le comme partie, ou laissez une partie ouvrir la convention.",
         .next_en = "Add it as a party, or let a party open the convention."});
  }

  Decision decision;
  Claims claims{.self = ReplicaIdOf(own_key),
                .own = {own_partners.begin(), own_partners.end()},
                .others = {candidates.begin(), candidates.end()}};
  claims.own.push_back(context.partner_id);
  RETURN_IF_ERROR(ChooseReplicas(request.replicas(), parties, context.partner_id, &claims));
  RETURN_IF_ERROR(CheckClaimedOnce(parties, claims, ChoiceMade::kAtCreation));
  const std::vector<std::string> founders = PartiesAmong(parties, claims.own);
  RETURN_IF_ERROR(CheckPartnerCount(founders));
  v1::ConventionOpened* opened = decision.events.emplace_back().mutable_convention_opened();
  opened->set_nonce(std::string(nonce));
  opened->set_public_key(own_key.ToBytes());
  for (const std::string& partner : founders) opened->add_partner_ids(partner);

  for (const std::string& partner : founders) parties.erase(partner);
  for (const RosterCandidate& candidate : claims.others) {
    if (candidate.key == own_key) continue;
    const std::vector<std::string> partners = PartiesAmong(parties, candidate.partner_ids);
    if (partners.empty() || !CheckPartnerCount(partners).ok()) continue;
    AppendRosterEntry(candidate, partners, &decision);
    for (const std::string& partner : partners) parties.erase(partner);
  }

  const std::string act = DeriveActId(state.id(), context.partner_id, context.request).ToBytes();
  v1::ActOpened* act_opened = decision.events.emplace_back().mutable_act_opened();
  act_opened->set_act_id(act);
  act_opened->set_kind(v1::ACT_KIND_ORIGINAL);
  act_opened->set_title(title);
  Changes changes;
  for (v1::Element& element : *draft.mutable_elements()) {
    *changes.Add()->mutable_put() = std::move(element);
  }
  AppendChanges(act, changes, &decision);
  if (draft.has_on_paper()) AppendPaperFreeze(act, changes, draft.on_paper(), &decision);
  RETURN_IF_ERROR(CheckEventSizes(decision));
  return decision;
}

absl::StatusOr<Decision> DecideShare(const ConventionState& state, const CommandContext& context,
                                     const RosterCandidate& candidate,
                                     std::span<const std::string> own_partners,
                                     std::span<const RosterCandidate> peers,
                                     const v1::ShareConventionRequest& request) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_ADMIN}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  RETURN_IF_ERROR(CheckRosterLimit(data, context.replica));

  std::set<std::string> parties;
  const auto add_parties = [&](const TextInMaking& text) {
    for (const DraftedElement& one : text.Elements()) {
      if (one.element->has_party()) parties.insert(one.element->party().partner_id());
    }
  };
  add_parties(TextInMaking::InForce(data, context.today));
  add_parties(TextInMaking::InForce(data, EndOfTime()));
  // Who succeeded a party by law (L-60).
  const PartyRolls rolls(data);
  for (const auto& [place, partner] : rolls.On(context.today).places) parties.insert(partner);
  // A party that an avenant would bring in must be able to read it, vote and sign.
  // Drafts alone: anybody may open any number of acts, and the text would be made anew for each.
  for (const auto& [id, act] : data.acts) {
    for (const DraftChange* change : data.CurrentDraft(act)) {
      if (change->put != nullptr && change->put->has_party()) {
        parties.insert(change->put->party().partner_id());
      }
    }
  }

  std::vector<std::string> partners = PartiesAmong(parties, candidate.partner_ids);
  if (partners.empty()) {
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "not-party",
         .field = "peer",
         .fr =
             absl::StrCat("« ", candidate.name, " » n'agit pour aucune partie à cette convention."),
         .en = absl::StrCat("\"", candidate.name, "\" acts for no party to this convention."),
         .next_fr = "Voyez les parties : greffe convention status. Une partie de plus entre par un "
                    "avenant : greffe act propose. Si ce pair agit depuis peu pour une partie, "
                    "refaites connaissance : greffe peer invite, puis greffe peer join.",
         .next_en = "See the parties: greffe convention status. A further party enters by an "
                    "avenant: greffe act propose. If this peer has acted for a party of late, meet "
                    "again: greffe peer invite, then greffe peer join."});
  }
  const ReplicaId replica = ReplicaIdOf(candidate.key);
  ReplicaNumber own = kNone;
  ReplicaNumber theirs = kNone;
  for (ReplicaNumber i = 0; i < data.replicas.size(); ++i) {
    if (data.replicas[i].id == replica) theirs = i;
    if (data.replicas[i].id == context.replica) own = i;
  }
  // After a partner's first replica, only its own replicas speak for it.
  std::vector<std::string> taken;
  std::set<std::string> first;
  std::erase_if(partners, [&](const std::string& partner) {
    const TextNumber text = data.FindText(partner);
    if (text != kNone && theirs != kNone && data.ActsFor(theirs, text)) return true;
    if (text == kNone || !data.HasReplica(text)) {
      first.insert(partner);
      return false;
    }
    if (data.ActsFor(own, text)) return false;
    taken.push_back(partner);
    return true;
  });
  if (partners.empty() && taken.empty()) {
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "already-shared",
         .field = "peer",
         .fr = absl::StrCat("la convention est déjà partagée avec « ", candidate.name, " »."),
         .en = absl::StrCat("the convention is already shared with \"", candidate.name, "\"."),
         .next_fr = "Rien à faire : greffe sync lui porte ce qui lui manque.",
         .next_en = "Nothing to do: greffe sync brings it what it lacks."});
  }
  if (partners.empty()) return OnlyTheirReplicas(data, taken);
  RETURN_IF_ERROR(CheckPartnerCount(partners));
  Claims claims{.self = context.replica,
                .own = {own_partners.begin(), own_partners.end()},
                .others = {peers.begin(), peers.end()}};
  std::erase_if(claims.others,
                [&](const RosterCandidate& one) { return one.key == candidate.key; });
  claims.others.push_back(candidate);
  RETURN_IF_ERROR(CheckClaims(candidate, request.chosen_for()));
  for (const std::string& partner : request.chosen_for()) first.erase(partner);
  RETURN_IF_ERROR(CheckClaimedOnce(first, claims, ChoiceMade::kAtShare));
  Decision decision;
  AppendRosterEntry(candidate, partners, &decision);
  return decision;
}

void FillAnswer(const ConventionState& after, const v1::CreateConventionRequest&,
                std::span<const Digest> leaves, v1::CreateConventionResponse* response) {
  const StateData& data = after.data();
  for (const Digest& leaf : leaves) {
    const EventNumber event = data.FindEvent(leaf);
    if (event == kNone) continue;
    if (data.revision_by_event.count(event) > 0) response->set_revision(leaf.ToHex());
    const auto entry = data.roster_by_event.find(event);
    if (entry != data.roster_by_event.end() && !data.roster[entry->second].name.empty()) {
      response->add_shared_with(data.roster[entry->second].name);
    }
  }
  for (const auto& [id, act] : data.acts) {
    if (&act == OriginalAct(data)) response->set_act_id(id.ToHex());
  }
  *response->mutable_counts() = CountsOf(ProjectText(data));
}

}  // namespace greffe
