#include "core/convention/reading/paper.h"

#include <algorithm>
#include <set>

#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"

namespace greffe {
namespace {

// True when the partner refused the text after having attested it.
bool TakenBack(const StateData& data, const Revision& revision, const std::string& partner,
               EventNumber attestation) {
  return std::any_of(revision.refusals.begin(), revision.refusals.end(), [&](std::uint32_t n) {
    const RefusalFact& refusal = data.refusals[n];
    return refusal.counts && data.PartnerOf(refusal.event) == partner &&
           data.Saw(refusal.event, attestation);
  });
}

}  // namespace

std::vector<std::string> PartnersOf(const Revision& revision) {
  std::set<std::string> partners;
  for (const v1::Signatory& one : revision.signatories) partners.insert(one.partner_id());
  return {partners.begin(), partners.end()};
}

EventNumber StandingAttestation(const StateData& data, const Revision& revision,
                                const std::string& partner) {
  EventNumber first = kNone;
  for (const std::uint32_t n : revision.attestations) {
    const AttestationFact& one = data.attestations[n];
    if (!one.counts || data.PartnerOf(one.event) != partner) continue;
    if (TakenBack(data, revision, partner, one.event)) continue;
    if (first == kNone || Before(data, one.event, first)) first = one.event;
  }
  return first;
}

std::uint32_t CountAttested(const StateData& data, const Revision& revision) {
  const std::vector<std::string> partners = PartnersOf(revision);
  return static_cast<std::uint32_t>(
      std::count_if(partners.begin(), partners.end(), [&](const std::string& partner) {
        return StandingAttestation(data, revision, partner) != kNone;
      }));
}

std::vector<const PaperStatement*> StatementsOf(const StateData& data, const Revision& revision) {
  std::vector<const PaperStatement*> out;
  for (const std::uint32_t n : revision.paper_statements) {
    if (data.paper_statements[n].counts) out.push_back(&data.paper_statements[n]);
  }
  std::sort(out.begin(), out.end(),
            [&](const auto* a, const auto* b) { return Before(data, a->event, b->event); });
  return out;
}

RevisionNumber ShownPaperRevision(const StateData& data) {
  RevisionNumber shown = kNone;
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    const Revision& revision = data.revisions[r];
    if (!revision.on_paper || !revision.valid) continue;
    if (IsWithdrawn(data, r) && !IsConcluded(data, r)) continue;
    if (shown == kNone || Before(data, data.revisions[shown].event, revision.event)) shown = r;
  }
  return shown;
}

}  // namespace greffe
