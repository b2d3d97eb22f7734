#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "core/base/limits.h"
#include "core/convention/fold/apply.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/succession.h"

namespace greffe {
namespace {

// In code points this is at least the limit; only nonsense is longer.
constexpr std::size_t kReasonBytes = 4 * limits::kRemarkCharacters;

std::string Reason(const Applying& a, const std::string& reason) {
  if (reason.size() <= kReasonBytes) return reason;
  a.Find(FindingCode::kMalformed, "reason");
  return "";
}

// True when the author is the partner named, or has its place by law (L-60), as far as it saw.
bool SignsFor(const Applying& a, RevisionNumber revision, const v1::Signatory& signatory) {
  const std::string& author = a.data.Text(a.partner);
  return signatory.partner_id() == author ||
         SigningPartners(a.data, revision, a.number).at(signatory.id()) == author;
}

// The signatory, and whether the author acts for it; null with a finding when there is none.
const v1::Signatory* SignatoryOf(const Applying& a, RevisionNumber revision, absl::string_view id) {
  const v1::Signatory* const signatory = FindSignatory(a.data.revisions[revision], id);
  if (signatory == nullptr) {
    a.Find(FindingCode::kUnknownSignatory);
  } else if (a.row().authorised && !SignsFor(a, revision, *signatory)) {
    a.Deny(FindingCode::kNotAuthorised, signatory->id());
  }
  return signatory;
}

// On a text signed on paper nobody's signature stands on another's word: its own partner attested
// the text first, as far as this event's author saw.
bool IsAttested(const Applying& a, const Revision& revision) {
  if (!revision.on_paper) return true;
  const bool attested =
      std::any_of(revision.attestations.begin(), revision.attestations.end(), [&](std::uint32_t n) {
        const AttestationFact& one = a.data.attestations[n];
        return one.counts && a.data.Saw(a.number, one.event) &&
               a.data.PartnerOf(one.event) == a.data.Text(a.partner);
      });
  if (!attested) a.Find(FindingCode::kNotAttested);
  return attested;
}

// Corrections take effect when the correcting signature itself is in order.
std::vector<SignatureNumber> SignaturesCorrected(const Applying& a, const v1::SignatureGiven& given,
                                                 const SignatureFact& fact) {
  std::set<SignatureNumber> corrected;
  for (const std::string& leaf : given.replaces()) {
    const auto named = a.data.signature_by_event.find(a.Past(leaf));
    const bool same = named != a.data.signature_by_event.end() &&
                      a.data.signatures[named->second].revision == fact.revision &&
                      a.data.signatures[named->second].signatory_id == fact.signatory_id;
    if (same) {
      corrected.insert(named->second);
    } else {
      a.Find(FindingCode::kReplacesIneffective, fact.signatory_id);
    }
  }
  return {corrected.begin(), corrected.end()};
}

// The signature, what it corrects and what corrects it, as far as the author saw: one act of
// signing, taken back as one.
std::set<SignatureNumber> Family(const Applying& a, SignatureNumber named) {
  const StateData& data = a.data;
  std::vector<SignatureNumber> seen;
  for (const SignatureNumber s : data.revisions[data.signatures[named].revision].signatures) {
    if (data.Saw(a.number, data.signatures[s].event)) seen.push_back(s);
  }
  std::set<SignatureNumber> family{named};
  for (std::size_t before = 0; before != family.size();) {
    before = family.size();
    for (const SignatureNumber s : seen) {
      const std::vector<SignatureNumber>& replaces = data.signatures[s].replaces;
      const bool inside = family.contains(s);
      const bool touches = std::any_of(replaces.begin(), replaces.end(),
                                       [&](SignatureNumber r) { return family.contains(r); });
      if (inside) family.insert(replaces.begin(), replaces.end());
      if (touches) family.insert(s);
    }
  }
  return family;
}

}  // namespace

void ApplySignature(const Applying& a) {
  const v1::SignatureGiven& given = a.event.signature_given();
  StateData& data = a.data;
  SignatureFact fact;
  fact.event = a.number;
  fact.revision = a.RevisionOf(given.revision());
  if (fact.revision == kNone) return;
  Revision& revision = data.revisions[fact.revision];
  if (SignatoryOf(a, fact.revision, given.signatory_id()) == nullptr) return;
  fact.signatory_id = given.signatory_id();
  fact.kind = given.kind();
  fact.signed_on = a.Date(given.signed_on(), "signed_on");
  fact.scan_digest = a.Hash(given.scan_digest(), "scan_digest");
  fact.signer_name = a.Hash(given.signer_name(), "signer_name");
  // In code points this is at least the limit; only nonsense is longer.
  if (given.capacity().size() <= 4 * limits::kOfficeCharacters) {
    fact.capacity = given.capacity();
  } else {
    a.Find(FindingCode::kMalformed, "capacity");
  }
  fact.delegation = a.Hash(given.delegation(), "delegation");
  const bool outside = fact.kind == v1::SIGNATURE_KIND_OUTSIDE_FILE;
  const bool known_kind = outside || fact.kind == v1::SIGNATURE_KIND_ELECTRONIC ||
                          fact.kind == v1::SIGNATURE_KIND_PAPER;
  if (!known_kind && a.row().understood) a.Find(FindingCode::kMalformed, "kind");
  if (given.signed_on().empty()) a.Find(FindingCode::kMalformed, "signed_on");
  if (fact.kind == v1::SIGNATURE_KIND_PAPER && !fact.scan_digest.has_value()) {
    a.Find(FindingCode::kPaperWithoutScan);
  }
  // A paper stays in a folder; of a signature in a file there is nothing but the file.
  const bool nowhere = outside && !fact.scan_digest.has_value();
  if (nowhere) a.Find(FindingCode::kOutsideWithoutFile);
  const bool in_order = a.row().authorised && a.row().understood && known_kind && !nowhere &&
                        fact.signed_on.has_value();
  const bool saw_withdrawal = a.SawWithdrawal(fact.revision);
  const bool may_count = IsAttested(a, revision) && !saw_withdrawal;
  fact.counts = in_order && may_count && !IsConcluded(data, fact.revision, a.number);
  if (in_order) {
    fact.replaces = SignaturesCorrected(a, given, fact);
    for (const SignatureNumber s : fact.replaces) data.signatures[s].replaced = true;
  }
  const SignatureNumber number = static_cast<SignatureNumber>(data.signatures.size());
  revision.signatures.push_back(number);
  data.signature_by_event[a.number] = number;
  data.signatures.push_back(std::move(fact));
}

void ApplyRefusal(const Applying& a) {
  const v1::SignatureRefused& refused = a.event.signature_refused();
  RefusalFact fact;
  fact.event = a.number;
  fact.revision = a.RevisionOf(refused.revision());
  if (fact.revision == kNone) return;
  Revision& revision = a.data.revisions[fact.revision];
  if (SignatoryOf(a, fact.revision, refused.signatory_id()) == nullptr) return;
  fact.signatory_id = refused.signatory_id();
  fact.reason = Reason(a, refused.reason());
  fact.counts = a.row().authorised;
  revision.refusals.push_back(static_cast<std::uint32_t>(a.data.refusals.size()));
  a.data.refusals.push_back(std::move(fact));
}

void ApplyRetraction(const Applying& a) {
  const v1::SignatureRetracted& retracted = a.event.signature_retracted();
  StateData& data = a.data;
  const auto named = data.signature_by_event.find(a.Past(retracted.signature()));
  if (named == data.signature_by_event.end()) {
    a.Find(FindingCode::kUnknownSignature);
    return;
  }
  RetractionFact fact;
  fact.event = a.number;
  fact.signature = named->second;
  const SignatureFact& signature = data.signatures[fact.signature];
  SignatoryOf(a, signature.revision, signature.signatory_id);
  fact.reason = Reason(a, retracted.reason());
  fact.counts = a.row().authorised;
  for (const SignatureNumber s : Family(a, fact.signature)) {
    data.signatures[s].retractions.push_back(static_cast<std::uint32_t>(data.retractions.size()));
  }
  data.retractions.push_back(std::move(fact));
}

void ApplyWithdrawal(const Applying& a) {
  const v1::RevisionWithdrawn& withdrawn = a.event.revision_withdrawn();
  StateData& data = a.data;
  WithdrawalFact fact;
  fact.event = a.number;
  fact.revision = a.RevisionOf(withdrawn.revision());
  if (fact.revision == kNone) return;
  Revision& revision = data.revisions[fact.revision];
  const auto same_partner = [&](EventNumber e) {
    return data.PartnerOf(e) == data.Text(a.partner);
  };
  const std::vector<ActOpening>& openings = data.acts.at(revision.act).openings;
  const bool proposer = same_partner(revision.event) ||
                        std::any_of(openings.begin(), openings.end(), [&](const ActOpening& o) {
                          return data.Saw(a.number, o.event) && same_partner(o.event);
                        });
  if (a.row().authorised && !proposer) a.Deny(FindingCode::kNotAuthorised, "");
  fact.reason = Reason(a, withdrawn.reason());
  fact.counts = a.row().authorised;
  revision.withdrawals.push_back(static_cast<std::uint32_t>(data.withdrawals.size()));
  data.withdrawals.push_back(std::move(fact));
}

void ApplyDeliberation(const Applying& a) {
  const v1::DeliberationRecorded& recorded = a.event.deliberation_recorded();
  const v1::Deliberation& deliberation = recorded.deliberation();
  StateData& data = a.data;
  if (deliberation.partner_id().empty()) {
    a.Find(FindingCode::kMalformed, "partner_id");
    return;
  }
  if (a.row().authorised && deliberation.partner_id() != data.Text(a.partner)) {
    a.Deny(FindingCode::kNotAuthorised, "partner_id");
  }
  DeliberationFact fact;
  fact.event = a.number;
  fact.revision = a.RevisionOf(deliberation.revision());
  fact.deliberation = std::make_shared<const v1::Deliberation>(deliberation);
  fact.reason = Reason(a, recorded.reason());
  if (deliberation.sitting_on().empty()) a.Find(FindingCode::kMalformed, "sitting_on");
  a.Date(deliberation.sitting_on(), "sitting_on");
  a.Date(deliberation.published_on(), "published_on");
  a.Date(deliberation.received_on(), "received_on");
  a.Date(deliberation.convened_on(), "convened_on");
  a.Date(deliberation.transmitted_on(), "transmitted_on");
  a.Date(deliberation.certified_executory_on(), "certified_executory_on");
  std::set<EventNumber> replaces;
  for (const std::string& leaf : recorded.replaces()) {
    const auto named = data.deliberation_by_event.find(a.Past(leaf));
    const bool same =
        named != data.deliberation_by_event.end() &&
        data.deliberations[named->second].deliberation->partner_id() == deliberation.partner_id();
    if (!same) {
      a.Find(FindingCode::kReplacesIneffective);
      continue;
    }
    replaces.insert(named->first);
    if (a.row().authorised) data.events[named->first].replaced = true;
  }
  fact.replaces.assign(replaces.begin(), replaces.end());
  const std::uint32_t number = static_cast<std::uint32_t>(data.deliberations.size());
  if (fact.revision != kNone) data.revisions[fact.revision].deliberations.push_back(number);
  data.deliberation_by_event[a.number] = number;
  data.deliberations.push_back(std::move(fact));
}

}  // namespace greffe
