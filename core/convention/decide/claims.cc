#include "core/convention/decide/claims.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/naming.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"

namespace greffe {
namespace {

std::string PrintOf(const ReplicaId& id) { return id.ToHex().substr(0, kFingerprintShown); }

bool Claimed(const std::vector<std::string>& by, absl::string_view partner) {
  return std::find(by.begin(), by.end(), partner) != by.end();
}

absl::Status BadChoice(absl::string_view partner, absl::string_view fr, absl::string_view en) {
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "replica-choice",
       .field = "replicas",
       .fr = absl::StrCat("le choix d'une réplique pour « ", partner, " » ne va pas : ", fr, "."),
       .en = absl::StrCat("the replica chosen for \"", partner, "\" will not do: ", en, "."),
       .next_fr = "Voyez qui dit agir pour qui, avec les empreintes : greffe partner list",
       .next_en = "See who says that it acts for whom, with fingerprints: greffe partner list"});
}

absl::Status DoesNotClaim(const RosterCandidate& replica, absl::string_view partner) {
  const std::string print = PrintOf(ReplicaIdOf(replica.key));
  return BadChoice(
      partner, absl::StrCat("« ", replica.name, " » (", print, ") ne dit pas agir pour lui"),
      absl::StrCat("\"", replica.name, "\" (", print, ") does not say that it acts for it"));
}

// Index in `claims.others`, or their number for this replica.
absl::StatusOr<std::size_t> FindReplica(absl::string_view wanted, const Claims& claims) {
  if (wanted.empty()) return UnknownPeer(wanted);
  std::vector<PeerName> names;
  for (const RosterCandidate& other : claims.others) {
    names.push_back({other.name, ReplicaIdOf(other.key)});
  }
  names.push_back({"", claims.self});
  return FindPeer(wanted, names);
}

absl::Status Choose(const v1::ReplicaChoice& choice, absl::string_view own_partner,
                    Claims* claims) {
  const std::string& partner = choice.partner_id();
  ASSIGN_OR_RETURN(const std::size_t found, FindReplica(choice.replica(), *claims));
  const bool here = found == claims->others.size();
  if (here && !Claimed(claims->own, partner)) {
    return BadChoice(partner, "cette réplique n'agit pas pour lui",
                     "this replica does not act for it");
  }
  if (!here && !Claimed(claims->others[found].partner_ids, partner)) {
    return DoesNotClaim(claims->others[found], partner);
  }
  // Who opens a convention acts in it.
  if (!here && partner == own_partner) {
    return BadChoice(partner, "c'est le vôtre, et vous ouvrez la convention ici ; ouvrez-la là-bas",
                     "it is yours, and you open the convention here; open it there");
  }
  if (!here) std::erase(claims->own, partner);
  for (std::size_t i = 0; i < claims->others.size(); ++i) {
    if (i != found) std::erase(claims->others[i].partner_ids, partner);
  }
  return absl::OkStatus();
}

Refusal WayToChoose(const std::string& partner, const std::string& one, ChoiceMade how) {
  Refusal out;
  if (how == ChoiceMade::kAtCreation) {
    const std::string choice = absl::StrCat(partner, "=", one);
    out.next_fr = absl::StrCat("nommez-la : greffe convention new … --replica ", choice);
    out.next_en = absl::StrCat("name it: greffe convention new … --replica ", choice);
  } else {
    out.next_fr = absl::StrCat("confirmez-la : greffe convention share … --for ", partner);
    out.next_en = absl::StrCat("confirm it: greffe convention share … --for ", partner);
  }
  return out;
}

}  // namespace

absl::Status ChooseReplicas(const google::protobuf::RepeatedPtrField<v1::ReplicaChoice>& choices,
                            const std::set<std::string>& parties, absl::string_view own_partner,
                            Claims* claims) {
  std::set<std::string> chosen;
  for (const v1::ReplicaChoice& choice : choices) {
    const std::string& partner = choice.partner_id();
    if (parties.count(partner) == 0) {
      return BadChoice(partner, "il n'est pas partie à ce projet", "it is no party to this draft");
    }
    if (!chosen.insert(partner).second) {
      return BadChoice(partner, "il est fait deux fois", "it is made twice");
    }
    RETURN_IF_ERROR(Choose(choice, own_partner, claims));
  }
  return absl::OkStatus();
}

absl::Status CheckClaimedOnce(const std::set<std::string>& partners, const Claims& claims,
                              ChoiceMade how) {
  for (const std::string& partner : partners) {
    std::vector<std::string> fr;
    std::vector<std::string> en;
    std::string last;
    const auto add = [&](absl::string_view name_fr, absl::string_view name_en,
                         const ReplicaId& id) {
      last = PrintOf(id);
      fr.push_back(absl::StrCat(name_fr, " (", last, ")"));
      en.push_back(absl::StrCat(name_en, " (", last, ")"));
    };
    if (Claimed(claims.own, partner)) add("cette réplique", "this replica", claims.self);
    for (const RosterCandidate& other : claims.others) {
      const ReplicaId id = ReplicaIdOf(other.key);
      if (id == claims.self || !Claimed(other.partner_ids, partner)) continue;
      add(absl::StrCat("« ", other.name, " »"), absl::StrCat("\"", other.name, "\""), id);
    }
    if (fr.size() < 2) continue;
    const Refusal choose = WayToChoose(partner, last, how);
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "partner-claimed-twice",
         .fr = absl::StrCat("plusieurs répliques disent agir pour « ", partner,
                            " » : ", absl::StrJoin(fr, ", "), "."),
         .en = absl::StrCat("several replicas say that they act for \"", partner,
                            "\": ", absl::StrJoin(en, ", "), "."),
         .next_fr = absl::StrCat("Demandez à ce partenaire, par un autre moyen, laquelle agit pour "
                                 "lui ici, puis ",
                                 choose.next_fr,
                                 ". Une réplique qui n'est pas la sienne se retire : greffe peer "
                                 "remove."),
         .next_en = absl::StrCat("Ask that partner, by other means, which one acts for it here, "
                                 "then ",
                                 choose.next_en,
                                 ". A replica that is not its own is removed: greffe peer "
                                 "remove.")});
  }
  return absl::OkStatus();
}

absl::Status CheckClaims(const RosterCandidate& replica,
                         const google::protobuf::RepeatedPtrField<std::string>& chosen_for) {
  for (const std::string& partner : chosen_for) {
    if (!Claimed(replica.partner_ids, partner)) return DoesNotClaim(replica, partner);
  }
  return absl::OkStatus();
}

}  // namespace greffe
