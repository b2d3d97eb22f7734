#include "core/sync/ingest.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"

namespace greffe::sync {
namespace {

using Outcome = std::variant<IngestPlan, IngestRefusal>;

IngestRefusal Refuse(NackReason reason, absl::string_view detail) {
  return IngestRefusal{.reason = reason, .detail = std::string(detail)};
}

// Sizes before anything is hashed or parsed.
absl::Status CheckForm(const v1::Run& run) {
  if (run.events_size() == 0) return absl::InvalidArgumentError("events: got none, want 1");
  const auto count = static_cast<std::uint64_t>(run.events_size());
  if (run.from() > std::numeric_limits<std::uint64_t>::max() / 2 - count) {
    return absl::InvalidArgumentError(absl::StrCat("from: got ", run.from(), ", too large"));
  }
  for (const std::string& bytes : run.events()) {
    if (bytes.empty() || bytes.size() > limits::kEventBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat("events: got ", bytes.size(), " bytes, want 1 to ", limits::kEventBytes));
    }
  }
  // An event names few values; a run that carries more than this was not made from its events.
  if (run.sealed_size() > 4 * run.events_size()) {
    return absl::InvalidArgumentError(absl::StrCat("sealed: got ", run.sealed_size(), " values"));
  }
  return absl::OkStatus();
}

std::vector<PlannedEvent> HashEvents(const v1::Run& run) {
  std::vector<PlannedEvent> events;
  events.reserve(static_cast<std::size_t>(run.events_size()));
  for (const std::string& bytes : run.events()) {
    events.push_back({.sequence = run.from() + events.size(),
                      .leaf = LeafHash(bytes),
                      .bytes = bytes,
                      .event = {}});
  }
  return events;
}

// Parses and checks every event. Comes after the root: what fails here is what the author signed,
// never what a relay changed.
std::optional<IngestRefusal> ReadEvents(const RunAddress& address,
                                        std::vector<PlannedEvent>& events) {
  for (PlannedEvent& planned : events) {
    if (!planned.event.ParseFromString(planned.bytes)) {
      return Refuse(NackReason::kMalformed,
                    absl::StrCat("event ", planned.sequence, ": not an Event"));
    }
    const absl::Status header =
        CheckEventHeader(planned.event, address.convention, address.replica, planned.sequence);
    if (!header.ok()) {
      return Refuse(NackReason::kMalformed,
                    absl::StrCat("event ", planned.sequence, ": ", header.message()));
    }
  }
  return std::nullopt;
}

// Nobody but a named author writes here, and only its opening starts a convention.
std::optional<IngestRefusal> CheckAuthor(const IngestContext& context, const RunAddress& address,
                                         const std::vector<PlannedEvent>& events) {
  if (context.convention_held) {
    if (context.author_known) return std::nullopt;
    return Refuse(NackReason::kUnknownAuthor, "no applied roster entry names the author");
  }
  const v1::Event& first = events.front().event;
  const absl::Status opening = CheckOpening(first, address.convention, address.key);
  if (!opening.ok()) return Refuse(NackReason::kUnknownAuthor, opening.message());
  for (const std::string& partner : first.convention_opened().partner_ids()) {
    if (std::find(context.guarded_partners.begin(), context.guarded_partners.end(), partner) !=
        context.guarded_partners.end()) {
      return Refuse(NackReason::kPartnerClaimed,
                    absl::StrCat("convention_opened: claims ", partner, ", which is ours"));
    }
  }
  return std::nullopt;
}

// Where a run attaches.
struct Attachment {
  // Position in context.branches; absent: the feed is not held.
  std::optional<std::size_t> branch;
  // Events of the run's history that this branch has, from the feed's start.
  std::uint64_t common = 0;
};

// How far the branch goes with the run, whose prefix before `from` it shares.
absl::StatusOr<std::uint64_t> CommonSize(const IngestBranch& branch, const v1::Run& run,
                                         const std::vector<PlannedEvent>& events) {
  std::uint64_t common = run.from();
  for (const PlannedEvent& event : events) {
    if (common >= branch.held) break;
    ASSIGN_OR_RETURN(const Digest held, branch.read_node(0, common));
    if (held != event.leaf) break;
    ++common;
  }
  return common;
}

// The branch with the longest shared history among those on which the run's head comes out right.
// Absent: on none does it.
absl::StatusOr<std::optional<Attachment>> Attach(const IngestContext& context, const v1::Run& run,
                                                 const std::vector<PlannedEvent>& events,
                                                 const Digest& root) {
  std::optional<Attachment> best;
  std::vector<std::pair<std::vector<Digest>, bool>> tried;
  const auto leads_to_root = [&](const MerkleFrontier& start) {
    for (const auto& [peaks, leads] : tried) {
      if (peaks == start.peaks()) return leads;
    }
    MerkleFrontier end = start;
    for (const PlannedEvent& event : events) end.Append(event.leaf);
    tried.emplace_back(start.peaks(), end.Root() == root);
    return tried.back().second;
  };
  for (std::size_t i = 0; i < context.branches.size(); ++i) {
    const IngestBranch& branch = context.branches[i];
    if (branch.held < run.from()) continue;
    ASSIGN_OR_RETURN(const MerkleFrontier start, MerkleFrontier::At(run.from(), branch.read_node));
    if (!leads_to_root(start)) continue;
    ASSIGN_OR_RETURN(const std::uint64_t common, CommonSize(branch, run, events));
    if (!best || common > best->common) best = Attachment{.branch = i, .common = common};
  }
  if (!best && context.branches.empty() && run.from() == 0 && leads_to_root(MerkleFrontier())) {
    best = Attachment{};
  }
  return best;
}

IngestRefusal RefuseUnattached(const IngestContext& context, const v1::Run& run) {
  const bool reaches =
      run.from() == 0 ||
      std::any_of(context.branches.begin(), context.branches.end(),
                  [&](const IngestBranch& branch) { return branch.held >= run.from(); });
  if (reaches) return Refuse(NackReason::kBadHead, "root: the head's differs from the events'");
  return Refuse(NackReason::kGap, absl::StrCat("from: ", run.from(), " is beyond what is held"));
}

// Fills what is new of a plan that attaches there.
absl::Status FillNew(const IngestContext& context, const Attachment& at, const v1::Run& run,
                     std::vector<PlannedEvent> events, IngestPlan& plan) {
  const IngestBranch* branch = at.branch ? &context.branches[*at.branch] : nullptr;
  const bool all_held = branch != nullptr && at.common == plan.head.size;
  if (branch != nullptr && (all_held || at.common == branch->held)) {
    plan.branch = branch->number;
  } else if (branch != nullptr && at.common > 0) {
    plan.parent = branch->number;
    plan.forked_at = at.common;
  }
  if (all_held) return absl::OkStatus();
  if (branch != nullptr) {
    ASSIGN_OR_RETURN(plan.frontier, MerkleFrontier::At(at.common, branch->read_node));
  }
  events.erase(events.begin(),
               events.begin() + static_cast<std::ptrdiff_t>(at.common - run.from()));
  for (const PlannedEvent& event : events) plan.frontier.Append(event.leaf, &plan.nodes);
  plan.events = std::move(events);
  return absl::OkStatus();
}

std::optional<IngestRefusal> CheckLimits(const IngestContext& context, const IngestPlan& plan,
                                         std::uint64_t run_bytes) {
  if (plan.events.empty()) return std::nullopt;
  if (context.strangers.has_value() &&
      (context.strangers->conventions > kStrangersPerPeerMax ||
       context.strangers->bytes + run_bytes > kStrangerBytesPerPeerMax)) {
    return Refuse(
        NackReason::kNotParty,
        absl::StrCat("conventions of strangers from this peer: ", context.strangers->conventions,
                     " of ", kStrangersPerPeerMax, ", ", context.strangers->bytes + run_bytes,
                     " bytes of ", kStrangerBytesPerPeerMax));
  }
  if (plan.branch) return std::nullopt;
  if (context.branches.size() >= limits::kBranches) {
    return Refuse(NackReason::kBranchLimit,
                  absl::StrCat(limits::kBranches, " branches of the feed are held"));
  }
  if (context.feeds_held >= kFeedsPerConventionMax) {
    return Refuse(NackReason::kLimit,
                  absl::StrCat(kFeedsPerConventionMax, " feeds of the convention are held"));
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<RunAddress> AddressOf(const v1::Run& run) {
  RunAddress address;
  ASSIGN_OR_RETURN(address.convention,
                   ConventionId::FromBytes(run.convention_id(), "run.convention_id"));
  ASSIGN_OR_RETURN(address.key, PublicKey::FromBytes(run.public_key(), "run.public_key"));
  address.replica = ReplicaIdOf(address.key);
  return address;
}

std::vector<Digest> CommitmentsOf(const v1::Event& event) {
  std::vector<Digest> commitments;
  if (event.has_signature_given()) {
    const auto name =
        Digest::FromBytes(event.signature_given().signer_name(), "signature_given.signer_name");
    if (name.ok()) commitments.push_back(*name);
  }
  return commitments;
}

absl::Status CheckSealed(const v1::SealedValue& sealed) {
  ASSIGN_OR_RETURN(const Digest commitment,
                   Digest::FromBytes(sealed.commitment(), "sealed.commitment"));
  if (sealed.erased()) {
    if (sealed.salt().empty() && sealed.value().empty()) return absl::OkStatus();
    return absl::InvalidArgumentError("sealed: erased, and yet a value");
  }
  if (sealed.salt().size() != 32 || sealed.value().size() > limits::kSealedBytes) {
    return absl::InvalidArgumentError("sealed: salt or value has a wrong length");
  }
  if (SealedCommitment(sealed.salt(), sealed.value()) != commitment) {
    return absl::InvalidArgumentError("sealed: value does not match its commitment");
  }
  return absl::OkStatus();
}

absl::Status CheckEventHeader(const v1::Event& event, const ConventionId& convention,
                              const ReplicaId& replica, std::uint64_t sequence) {
  // A later format is stored and forwarded as it is: what it means, newer software knows.
  if (event.format() == 0) return absl::InvalidArgumentError("format: got 0, want 1 or more");
  if (event.convention_id() != convention.ToBytes()) {
    return absl::InvalidArgumentError("convention_id: not this convention");
  }
  if (event.replica_id() != replica.ToBytes()) {
    return absl::InvalidArgumentError("replica_id: not this feed's author");
  }
  if (event.sequence() != sequence) {
    return absl::InvalidArgumentError(
        absl::StrCat("sequence: got ", event.sequence(), ", want ", sequence));
  }
  for (const v1::FeedPoint& seen : event.seen()) {
    RETURN_IF_ERROR(ReplicaId::FromBytes(seen.replica_id(), "seen.replica_id").status());
    RETURN_IF_ERROR(Digest::FromBytes(seen.root(), "seen.root").status());
    if (seen.size() == 0) return absl::InvalidArgumentError("seen.size: got 0, want 1 or more");
    if (seen.replica_id() == event.replica_id()) {
      return absl::InvalidArgumentError("seen.replica_id: cites its own feed");
    }
  }
  if (event.has_convention_opened() && sequence != 0) {
    return absl::InvalidArgumentError("convention_opened: only event 0 opens");
  }
  return absl::OkStatus();
}

absl::Status CheckOpening(const v1::Event& event, const ConventionId& convention,
                          const PublicKey& key) {
  if (!event.has_convention_opened()) {
    return absl::InvalidArgumentError("event 0 does not open the convention");
  }
  const v1::ConventionOpened& opened = event.convention_opened();
  if (opened.nonce().size() != 16) {
    return absl::InvalidArgumentError(
        absl::StrCat("nonce: got ", opened.nonce().size(), " bytes, want 16"));
  }
  if (opened.public_key() != key.ToBytes()) {
    return absl::InvalidArgumentError("public_key: not the author's");
  }
  if (DeriveConventionId(ReplicaIdOf(key), opened.nonce()) != convention) {
    return absl::InvalidArgumentError("convention_id: does not derive from founder and nonce");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::variant<IngestPlan, IngestRefusal>> PlanIngest(const IngestContext& context,
                                                                   const v1::Run& run) {
  const absl::StatusOr<RunAddress> address = AddressOf(run);
  if (!address.ok()) return Outcome(Refuse(NackReason::kMalformed, address.status().message()));
  if (const absl::Status form = CheckForm(run); !form.ok()) {
    return Outcome(Refuse(NackReason::kMalformed, form.message()));
  }
  const absl::StatusOr<Checkpoint> head = OpenCheckpoint(run.head(), address->key);
  if (!head.ok()) return Outcome(Refuse(NackReason::kBadHead, head.status().message()));
  const std::uint64_t end = run.from() + static_cast<std::uint64_t>(run.events_size());
  if (head->convention != address->convention || head->replica != address->replica ||
      head->size != end) {
    return Outcome(
        Refuse(NackReason::kBadHead, absl::StrCat("head: size ", head->size, ", want ", end,
                                                  ", of this convention and author")));
  }
  std::vector<PlannedEvent> events = HashEvents(run);
  ASSIGN_OR_RETURN(const std::optional<Attachment> at, Attach(context, run, events, head->root));
  if (!at) return Outcome(RefuseUnattached(context, run));
  if (auto refusal = ReadEvents(*address, events)) return Outcome(*std::move(refusal));
  if (auto refusal = CheckAuthor(context, *address, events)) return Outcome(*std::move(refusal));
  IngestPlan plan;
  for (const v1::SealedValue& sealed : run.sealed()) {
    if (const absl::Status fits = CheckSealed(sealed); !fits.ok()) {
      return Outcome(Refuse(NackReason::kMalformed, fits.message()));
    }
    plan.sealed.push_back(sealed);
  }
  plan.key = address->key;
  plan.head = *head;
  plan.note = run.head();
  RETURN_IF_ERROR(FillNew(context, *at, run, std::move(events), plan));
  if (auto refusal = CheckLimits(context, plan, run.ByteSizeLong())) {
    return Outcome(*std::move(refusal));
  }
  return Outcome(std::move(plan));
}

}  // namespace greffe::sync
