#ifndef GREFFE_CORE_CONVENTION_CHECKS_DOUBTED_REPLICAS_H_
#define GREFFE_CORE_CONVENTION_CHECKS_DOUBTED_REPLICAS_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/convention/convention.h"

namespace greffe {

// Which replicas are known, outside of any convention, to act for a partner: this one for its own,
// and those that people pinned (ADR 10). A partner of whom no replica is known is absent.
using KnownReplicas = std::map<std::string, std::set<ReplicaId>>;

// A replica that acts for a partner in the roster of a convention, and is not known to.
struct DoubtedReplica {
  ReplicaId replica;
  std::string partner_id;
  // Signatures that it recorded in the partner's name, counting or not.
  std::size_t signatures = 0;
  friend bool operator==(const DoubtedReplica&, const DoubtedReplica&) = default;
};

// By partner, then replica. Not in it: replicas that a known one brought in for the partner, or one
// that such a one did; partners of whom nothing is known. What is known differs from one replica to
// the next, so this is no finding: it stands beside an answer.
std::vector<DoubtedReplica> DoubtedReplicas(const ConventionState& state,
                                            const KnownReplicas& known);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_DOUBTED_REPLICAS_H_
