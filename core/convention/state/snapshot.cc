#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "core/convention/convention.h"
#include "core/convention/elements/life_kinds.h"
#include "core/convention/state/snapshot_io.h"
#include "core/convention/state/state.h"

// A snapshot: "greffe/v1/snapshot", the fold version, the facts as they lie in memory, and the
// SHA-256 of all that. Local: it names branches by this store's feed numbers.

namespace greffe {
namespace {

constexpr absl::string_view kMagic = "greffe/v1/snapshot\n";

}  // namespace

// Descriptions of the rows, found by argument-dependent lookup.
template <typename A>
void Fields(A& a, Causality::Step& r) {
  a(r.sequence, r.size);
}
template <typename A>
void Fields(A& a, Causality::Column& r) {
  a(r.other, r.steps);
}
template <typename A>
void Fields(A& a, Causality::Branch& r) {
  a(r.number, r.parent, r.forked_at, r.own, r.columns);
}
template <typename A>
void Fields(A& a, CivilDate& r) {
  a(r.days);
}
template <typename A>
void Fields(A& a, EventRow& r) {
  a(r.leaf, r.recorded_micros, r.branch, r.sequence, r.actor, r.subject, r.day, r.payload,
    r.authorised, r.replaced, r.understood);
}
template <typename A>
void Fields(A& a, ActorRow& r) {
  a(r.person_id, r.office, r.partner);
}
template <typename A>
void Fields(A& a, ReplicaRow& r) {
  a(r.id, r.entries);
}
template <typename A>
void Fields(A& a, RosterFact& r) {
  a(r.event, r.replica, r.key, r.name, r.partners, r.replaces, r.replaced_by);
}
template <typename A>
void Fields(A& a, DraftChange& r) {
  a(r.event, r.index, r.element, r.put, r.content, r.drop, r.replaces, r.replaced);
}
template <typename A>
void Fields(A& a, ActOpening& r) {
  a(r.event, r.kind, r.title, r.prompted_by);
}
template <typename A>
void Fields(A& a, ActFacts& r) {
  a(r.openings, r.changes, r.revisions);
}
template <typename A>
void Fields(A& a, Revision& r) {
  a(r.event, r.act, r.label, r.effective_from, r.bases, r.signatories, r.content, r.valid,
    r.clauses, r.left_to_co_chairs, r.signatures, r.withdrawals, r.refusals, r.deliberations,
    r.on_paper, r.paper_statements, r.attestations);
}
template <typename A>
void Fields(A& a, SignatureFact& r) {
  a(r.event, r.revision, r.signatory_id, r.kind, r.signed_on, r.scan_digest, r.signer_name,
    r.capacity, r.delegation, r.replaces, r.replaced, r.counts, r.retractions);
}
template <typename A>
void Fields(A& a, RetractionFact& r) {
  a(r.event, r.signature, r.reason, r.counts);
}
template <typename A>
void Fields(A& a, WithdrawalFact& r) {
  a(r.event, r.revision, r.reason, r.counts);
}
template <typename A>
void Fields(A& a, RefusalFact& r) {
  a(r.event, r.revision, r.signatory_id, r.reason, r.counts);
}
template <typename A>
void Fields(A& a, DeliberationFact& r) {
  a(r.event, r.revision, r.deliberation, r.reason, r.replaces);
}
template <typename A>
void Fields(A& a, PaperStatement& r) {
  a(r.event, r.revision, r.signing, r.counts);
}
template <typename A>
void Fields(A& a, AttestationFact& r) {
  a(r.event, r.revision, r.statements, r.counts);
}
template <typename A>
void Fields(A& a, AttachmentFact& r) {
  a(r.event, r.id, r.sha256, r.size, r.role, r.label, r.media_type);
}
template <typename A>
void Fields(A& a, FollowUpSubject& r) {
  a(r.payload, r.element, r.period, r.events);
}
template <typename A>
void Fields(A& a, LifeFact& r) {
  a(r.event, r.kind, r.variant, r.detail, r.words, r.element, r.day, r.evidence, r.answers,
    r.replaces);
}
template <typename A>
void Fields(A& a, FindingFact& r) {
  a(r.event, r.code, r.detail);
}
template <typename A>
void Fields(A& a, StateData& d) {
  std::vector<Causality::Branch> branches;
  if constexpr (!A::kReading) branches = d.causality.branches();
  a(d.convention, d.needs_newer_software, branches, d.branch_replica, d.branch_events, d.events,
    d.texts, d.actors, d.replicas, d.roster, d.openings, d.acts, d.revisions, d.signatures,
    d.retractions, d.withdrawals, d.refusals, d.deliberations, d.paper_statements, d.attestations,
    d.attachments, d.subjects, d.life, d.findings);
  if constexpr (A::kReading) {
    // Branches that contradict each other leave none, which the check below refuses.
    if (!d.causality.Restore(std::move(branches))) d.causality = Causality();
  }
}

namespace {

// Whether every number in a state that was read names something.
class Check {
 public:
  explicit Check(const StateData& data) : d_(data) {}

  bool Fits() {
    if (d_.branch_replica.size() != d_.causality.size()) return false;
    if (d_.branch_events.size() != d_.causality.size()) return false;
    std::size_t owned = 0;
    for (BranchIndex b = 0; b < d_.branch_events.size(); ++b) {
      Below({d_.branch_replica[b]}, d_.replicas);
      Events(d_.branch_events[b]);
      fits_ = fits_ && d_.branch_events[b].size() == d_.causality.Own(b);
      owned += d_.branch_events[b].size();
    }
    fits_ = fits_ && owned == d_.events.size();
    for (const EventRow& row : d_.events) Row(row);
    for (const ActorRow& row : d_.actors) Texts({row.office, row.partner});
    for (const ReplicaRow& row : d_.replicas) Below(row.entries, d_.roster);
    for (const RosterFact& row : d_.roster) {
      Events({row.event});
      Below({row.replica}, d_.replicas);
      Texts(row.partners);
      Below(row.replaces, d_.roster);
      Below(row.replaced_by, d_.roster);
    }
    Events(d_.openings);
    for (const auto& [id, act] : d_.acts) Act(act);
    for (const Revision& row : d_.revisions) RevisionRow(row);
    Signatures();
    for (const DeliberationFact& row : d_.deliberations) {
      Events({row.event});
      if (row.revision != kNone) Below({row.revision}, d_.revisions);
      Events(row.replaces);
      fits_ = fits_ && row.deliberation != nullptr;
    }
    Paper();
    for (const AttachmentFact& row : d_.attachments) Events({row.event});
    for (const FollowUpSubject& row : d_.subjects) {
      Texts({row.element, row.period});
      Events(row.events);
    }
    for (const LifeFact& row : d_.life) {
      Events({row.event});
      Texts({row.element, row.detail});
      Texts(row.words);
      Events(row.replaces);
      if (row.answers != kNone) Events({row.answers});
      fits_ = fits_ && HasItsWords(row);
      // What is answered or corrected is older: chains end.
      fits_ = fits_ && (row.answers == kNone || row.answers < row.event) &&
              std::all_of(row.replaces.begin(), row.replaces.end(),
                          [&](EventNumber e) { return e < row.event; });
    }
    for (const FindingFact& row : d_.findings) {
      Events({row.event});
      fits_ = fits_ && static_cast<int>(row.code) < kFindingCodes;
    }
    return fits_;
  }

 private:
  // Views read the words of these kinds by place (LifeWords).
  static bool HasItsWords(const LifeFact& row) {
    const auto kind = static_cast<LifeCase>(row.kind);
    if (FindLifeKind(kind) == nullptr) return false;
    switch (kind) {
      case v1::LifeRecorded::kNoticeSent:
        return !row.words.empty();
      case v1::LifeRecorded::kDelegationRecorded:
        return row.words.size() == 4;
      case v1::LifeRecorded::kRepresentativeChanged:
        return row.words.size() == 2;
      case v1::LifeRecorded::kPartySucceeded:
        return row.words.size() == 1;
      default:
        return true;
    }
  }
  template <typename Row>
  void Below(absl::Span<const std::uint32_t> numbers, const std::vector<Row>& rows) {
    fits_ = fits_ && std::all_of(numbers.begin(), numbers.end(),
                                 [&](std::uint32_t n) { return n < rows.size(); });
  }
  void Events(absl::Span<const EventNumber> numbers) { Below(numbers, d_.events); }
  void Texts(absl::Span<const TextNumber> numbers) { Below(numbers, d_.texts); }

  void Row(const EventRow& row) {
    if (row.branch >= d_.causality.size()) {
      fits_ = false;
      return;
    }
    fits_ = fits_ && row.sequence >= d_.causality.ForkedAt(row.branch) &&
            row.sequence < d_.causality.Applied(row.branch);
    if (row.actor != kNone) Below({row.actor}, d_.actors);
    if (row.subject != kNone) Below({row.subject}, d_.subjects);
    // Only follow-up is looked up by the day that it is about.
    fits_ = fits_ && (row.day == kNoDay || row.subject != kNone);
  }

  void Act(const ActFacts& act) {
    fits_ = fits_ && !act.openings.empty();
    for (const ActOpening& row : act.openings) Events({row.event});
    const DraftChange* last = nullptr;
    for (const DraftChange& row : act.changes) {
      Events({row.event});
      Events(row.replaces);
      Texts({row.element});
      fits_ = fits_ && (last == nullptr ||
                        std::tie(last->event, last->element) < std::tie(row.event, row.element));
      last = &row;
    }
    Below(act.revisions, d_.revisions);
  }

  void RevisionRow(const Revision& row) {
    Events({row.event});
    // Bases are older: what follows them ends.
    const RevisionNumber own = static_cast<RevisionNumber>(&row - d_.revisions.data());
    for (const RevisionNumber base : row.bases) fits_ = fits_ && base < own;
    const auto act = d_.acts.find(row.act);
    fits_ = fits_ && act != d_.acts.end() && (!row.valid || row.effective_from.has_value());
    // Nobody decides by what can never be concluded, nor alone by what no clause leaves to anybody.
    fits_ = fits_ && (row.valid || row.clauses.empty()) &&
            (!row.clauses.empty() || !row.left_to_co_chairs);
    if (!fits_) return;
    Texts(row.clauses);
    Below(row.content, act->second.changes);
    Below(row.signatures, d_.signatures);
    Below(row.withdrawals, d_.withdrawals);
    Below(row.refusals, d_.refusals);
    Below(row.deliberations, d_.deliberations);
    Below(row.paper_statements, d_.paper_statements);
    Below(row.attestations, d_.attestations);
  }

  void Paper() {
    for (const PaperStatement& row : d_.paper_statements) {
      Events({row.event});
      Below({row.revision}, d_.revisions);
      fits_ = fits_ && row.signing != nullptr;
    }
    for (const AttestationFact& row : d_.attestations) {
      Events({row.event});
      Below({row.revision}, d_.revisions);
      Events(row.statements);
    }
  }

  void Signatures() {
    for (const SignatureFact& row : d_.signatures) {
      Events({row.event});
      Below({row.revision}, d_.revisions);
      Below(row.replaces, d_.signatures);
      Below(row.retractions, d_.retractions);
      const bool dated = row.signed_on.has_value();
      fits_ = fits_ && (dated || (!row.counts && row.replaces.empty()));
    }
    for (const RetractionFact& row : d_.retractions) {
      Events({row.event});
      Below({row.signature}, d_.signatures);
    }
    for (const WithdrawalFact& row : d_.withdrawals) {
      Events({row.event});
      Below({row.revision}, d_.revisions);
    }
    for (const RefusalFact& row : d_.refusals) {
      Events({row.event});
      Below({row.revision}, d_.revisions);
    }
  }

  const StateData& d_;
  bool fits_ = true;
};

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("snapshot: ", what));
}

}  // namespace

void ConventionState::Snapshot(const std::function<void(absl::string_view piece)>& take) const {
  Sha256Stream digest;
  SnapshotWriter writer([&](absl::string_view piece) {
    digest.Update(piece);
    take(piece);
  });
  writer.Bytes(kMagic);
  std::uint32_t version = kFoldVersion;
  // The one description of the rows takes them by reference, to read too; writing changes nothing.
  writer(version, *data_);
  writer.End();
  take(digest.Finish().view());
}

std::string ConventionState::Snapshot() const {
  std::string bytes;
  Snapshot([&](absl::string_view piece) { bytes.append(piece.data(), piece.size()); });
  return bytes;
}

absl::StatusOr<ConventionState> ConventionState::FromSnapshot(absl::string_view bytes) {
  if (bytes.size() < kMagic.size() + Digest::kSize || bytes.substr(0, kMagic.size()) != kMagic) {
    return Damaged("not one");
  }
  const absl::string_view body = bytes.substr(0, bytes.size() - Digest::kSize);
  if (Sha256({body}).view() != bytes.substr(body.size())) return Damaged("its digest differs");
  SnapshotReader reader(body.substr(kMagic.size()));
  std::uint32_t version = 0;
  reader(version);
  if (!reader.ok() || version != kFoldVersion) return Damaged("of another fold version");
  ConventionState state{ConventionId{}};
  reader(*state.data_);
  if (!reader.ok() || !reader.AtEnd() || !Check(*state.data_).Fits()) {
    return Damaged("its parts do not fit");
  }
  state.data_->RebuildIndices();
  return state;
}

}  // namespace greffe
