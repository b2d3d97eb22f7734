#include <set>
#include <string>
#include <utility>

#include "core/base/limits.h"
#include "core/convention/fold/apply.h"
#include "core/convention/state/attachment.h"

namespace greffe {
namespace {

// Limits in characters, met by bytes here: only nonsense is longer.
constexpr std::size_t kLabelBytes = 4 * limits::kOfficeCharacters;

// True when this one still fits the totals of a convention, counted in the event's own past: what
// is named at the same time elsewhere may go beyond them by as much again, and all replicas agree.
bool WithinTotals(const Applying& a, const AttachmentFact& fact) {
  std::set<Digest> seen{fact.id};
  std::uint64_t bytes = fact.size;
  for (const AttachmentFact& other : a.data.attachments) {
    if (!a.data.Saw(a.number, other.event) || !seen.insert(other.id).second) continue;
    bytes += other.size;
  }
  return seen.size() <= limits::kAttachments && bytes <= limits::kAttachmentsBytes;
}

}  // namespace

void ApplyAttachment(const Applying& a) {
  const v1::Attachment& named = a.event.attachment_named().attachment();
  if (!a.row().authorised || !a.row().understood) return;
  if (!AttachmentFits(named) || named.label().size() > kLabelBytes ||
      !IsMediaType(named.media_type())) {
    a.Find(FindingCode::kMalformed, "attachment");
    return;
  }
  AttachmentFact fact;
  fact.event = a.number;
  fact.id = AttachmentIdOf(named);
  fact.sha256 = *Digest::FromBytes(named.sha256(), "sha256");
  fact.size = named.size();
  fact.role = named.role();
  fact.label = named.label();
  fact.media_type = named.media_type();
  if (!WithinTotals(a, fact)) {
    a.Find(FindingCode::kAttachmentLimit);
    return;
  }
  a.data.attachments.push_back(std::move(fact));
}

}  // namespace greffe
