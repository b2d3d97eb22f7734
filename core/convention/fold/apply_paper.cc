// Texts that were signed on paper before they entered: what was read of their signatures, and each
// partner's attestation (docs/adr/0013-signed-on-paper.md).

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "core/convention/fold/apply.h"

namespace greffe {
namespace {

// The revision named, when it was frozen as signed on paper; else kNone with a finding.
RevisionNumber PaperRevision(const Applying& a, absl::string_view leaf) {
  const RevisionNumber revision = a.RevisionOf(leaf);
  if (revision == kNone || a.data.revisions[revision].on_paper) return revision;
  a.Find(FindingCode::kNotOnPaper);
  return kNone;
}

}  // namespace

void ApplyPaperStatement(const Applying& a) {
  const v1::PaperSigningStated& stated = a.event.paper_signing_stated();
  PaperStatement fact;
  fact.event = a.number;
  fact.revision = PaperRevision(a, stated.revision());
  if (fact.revision == kNone) return;
  fact.signing = std::make_shared<const v1::PaperSigning>(stated.signing());
  fact.counts = a.row().authorised && a.row().understood;
  a.data.revisions[fact.revision].paper_statements.push_back(
      static_cast<std::uint32_t>(a.data.paper_statements.size()));
  a.data.paper_statements.push_back(std::move(fact));
}

void ApplyAttestation(const Applying& a) {
  const v1::PaperTextAttested& attested = a.event.paper_text_attested();
  AttestationFact fact;
  fact.event = a.number;
  fact.revision = PaperRevision(a, attested.revision());
  if (fact.revision == kNone) return;
  Revision& revision = a.data.revisions[fact.revision];
  const bool signs =
      std::any_of(revision.signatories.begin(), revision.signatories.end(),
                  [&](const v1::Signatory& s) { return s.partner_id() == a.data.Text(a.partner); });
  if (a.row().authorised && !signs) a.Deny(FindingCode::kNotAuthorised, "partner_id");
  const bool saw_withdrawal = a.SawWithdrawal(fact.revision);
  fact.counts = a.row().authorised && a.row().understood && !saw_withdrawal;
  std::set<EventNumber> statements;
  for (const std::string& leaf : attested.statements()) {
    const EventNumber named = a.Past(leaf);
    const bool same = std::any_of(
        revision.paper_statements.begin(), revision.paper_statements.end(), [&](std::uint32_t n) {
          return named != kNone && a.data.paper_statements[n].event == named;
        });
    if (same) {
      statements.insert(named);
    } else {
      a.Find(FindingCode::kReplacesIneffective, "statements");
    }
  }
  fact.statements.assign(statements.begin(), statements.end());
  revision.attestations.push_back(static_cast<std::uint32_t>(a.data.attestations.size()));
  a.data.attestations.push_back(std::move(fact));
}

}  // namespace greffe
