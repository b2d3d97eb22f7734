#include "core/convention/checks/doubted_replicas.h"

#include <algorithm>
#include <utility>

#include "core/convention/state/state.h"

namespace greffe {
namespace {

// The known replicas of a partner and those that they brought in, however many steps away. Peers
// write as many entries as the roster holds: each is looked at once.
std::set<ReplicaId> Vouched(const std::map<ReplicaId, std::vector<ReplicaId>>& brought_in_by,
                            const std::set<ReplicaId>& known) {
  std::set<ReplicaId> out = known;
  std::vector<ReplicaId> left(known.begin(), known.end());
  while (!left.empty()) {
    const auto brought = brought_in_by.find(left.back());
    left.pop_back();
    if (brought == brought_in_by.end()) continue;
    for (const ReplicaId& replica : brought->second) {
      if (out.insert(replica).second) left.push_back(replica);
    }
  }
  return out;
}

}  // namespace

std::vector<DoubtedReplica> DoubtedReplicas(const ConventionState& state,
                                            const KnownReplicas& known) {
  const StateData& data = state.data();
  std::map<TextNumber, std::map<ReplicaId, std::vector<ReplicaId>>> brought_in_by;
  for (const RosterFact& fact : data.roster) {
    if (!data.events[fact.event].authorised) continue;
    for (const TextNumber partner : fact.partners) {
      brought_in_by[partner][data.AuthorOf(fact.event)].push_back(data.replicas[fact.replica].id);
    }
  }
  const std::vector<RosterEntry> roster = state.Roster();
  std::vector<DoubtedReplica> out;
  for (const auto& [partner, replicas] : known) {
    const TextNumber text = data.FindText(partner);
    if (text == kNone || brought_in_by.count(text) == 0) continue;
    const std::set<ReplicaId> vouched = Vouched(brought_in_by[text], replicas);
    std::set<ReplicaId> doubted;
    for (const RosterEntry& entry : roster) {
      const auto& partners = entry.partner_ids;
      if (vouched.count(entry.replica) > 0) continue;
      if (std::binary_search(partners.begin(), partners.end(), partner)) {
        doubted.insert(entry.replica);
      }
    }
    for (const ReplicaId& replica : doubted) {
      DoubtedReplica one{.replica = replica, .partner_id = partner};
      for (const SignatureFact& signature : data.signatures) {
        if (data.AuthorOf(signature.event) != replica) continue;
        if (data.PartnerOf(signature.event) == partner) ++one.signatures;
      }
      out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace greffe
