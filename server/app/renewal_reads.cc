#include "server/app/renewal_reads.h"

#include <vector>

#include "core/base/status_macros.h"
#include "core/convention/renewal.h"

namespace greffe {

absl::Status ReadRenewed(const std::string& partner, const Hosts& hosts, CutStates* cuts,
                         const ConventionId& id, const v1::ReadAt& at,
                         const std::function<absl::Status(const Known&)>& read) {
  std::vector<RenewalLink> links;
  bool answered = false;
  RETURN_IF_ERROR(cuts->ReadOne(id, at, [&](const Known& known) -> absl::Status {
    links = RenewalLinks(known);
    answered = links.empty();
    return answered ? read(known) : absl::OkStatus();
  }));
  if (answered) return absl::OkStatus();
  Successors successors;
  successors.at_cut = at.has_cut();
  for (const RenewalLink& link : links) {
    const auto other = ConventionId::FromHex(link.convention_id, "convention_id");
    if (successors.at_cut || !other.ok() || *other == id) continue;
    if (!hosts.Find(partner, other->ToHex()).ok()) continue;
    // What is not known yet, or damaged, is not compared; this convention is read all the same.
    cuts->ReadOne(*other, at,
                  [&](const Known& known) {
                    successors.by_link.emplace(link.leaf, ReadSuccessor(known));
                    return absl::OkStatus();
                  })
        .IgnoreError();
  }
  return cuts->ReadOne(id, at, [&](const Known& known) {
    Known with = known;
    with.successors = &successors;
    return read(with);
  });
}

}  // namespace greffe
