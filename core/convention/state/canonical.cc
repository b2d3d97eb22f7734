#include <algorithm>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "core/convention/convention.h"
#include "core/convention/state/state.h"

// The canonical form (docs/formats/state.md): what the set of applied events says, in orders that
// come of contents alone. Local numbers, arrival and the naming of a fork's branches do not enter.
// An event's own fields are named by its leaf; what the form adds is what the fold worked out.

namespace greffe {
namespace {

class CanonicalForm {
 public:
  void Number(std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) out_ += static_cast<char>(value >> shift);
  }
  void Flag(bool value) { out_ += value ? '\1' : '\0'; }
  void Text(absl::string_view text) {
    Number(text.size());
    out_.append(text.data(), text.size());
  }
  void Leaf(const Digest& leaf) { out_.append(leaf.view().data(), leaf.view().size()); }
  // Sorted.
  void Leaves(std::vector<Digest> leaves) {
    std::sort(leaves.begin(), leaves.end());
    Number(leaves.size());
    for (const Digest& leaf : leaves) Leaf(leaf);
  }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
};

class Writer {
 public:
  explicit Writer(const StateData& data) : data_(data) {}

  std::string Write() {
    form_.Text("greffe/v1/state");
    form_.Number(kFoldVersion);
    form_.Text(data_.convention.view());
    form_.Flag(data_.needs_newer_software);
    Events();
    Roster();
    Acts();
    Revisions();
    Signatures();
    Deliberations();
    Paper();
    Attachments();
    FollowUp();
    Life();
    Findings();
    return form_.Take();
  }

 private:
  template <typename Row>
  Digest LeafOfRow(const Row& row) const {
    return data_.LeafOf(row.event);
  }
  // Leaves of the events of the rows numbered.
  template <typename Row>
  std::vector<Digest> LeavesOf(const std::vector<Row>& rows,
                               const std::vector<std::uint32_t>& numbers) const {
    std::vector<Digest> leaves;
    leaves.reserve(numbers.size());
    for (const std::uint32_t n : numbers) leaves.push_back(LeafOfRow(rows[n]));
    return leaves;
  }
  std::vector<Digest> LeavesOf(absl::Span<const EventNumber> events) const {
    std::vector<Digest> leaves;
    leaves.reserve(events.size());
    for (const EventNumber e : events) leaves.push_back(data_.LeafOf(e));
    return leaves;
  }
  // Numbers of the rows, by leaf of their event.
  template <typename Row>
  std::vector<std::uint32_t> ByLeaf(const std::vector<Row>& rows) const {
    std::vector<std::uint32_t> order(rows.size());
    for (std::uint32_t n = 0; n < order.size(); ++n) order[n] = n;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return LeafOfRow(rows[a]) < LeafOfRow(rows[b]);
    });
    return order;
  }

  void Events() {
    std::vector<EventNumber> order;
    for (EventNumber e = 0; e < data_.events.size(); ++e) {
      if (data_.FindEvent(data_.LeafOf(e)) == e) order.push_back(e);
    }
    std::sort(order.begin(), order.end(),
              [&](EventNumber a, EventNumber b) { return data_.LeafOf(a) < data_.LeafOf(b); });
    form_.Number(order.size());
    for (const EventNumber e : order) {
      const EventRow& row = data_.events[e];
      form_.Leaf(row.leaf);
      form_.Flag(row.authorised);
      form_.Flag(row.understood);
      form_.Flag(row.replaced);
      // Follow-up is too frequent to work its whole past out.
      if (row.subject == kNone) form_.Number(data_.causality.PastSize(row.branch, row.sequence));
    }
  }

  void Roster() {
    form_.Number(data_.roster.size());
    for (const RosterNumber r : ByLeaf(data_.roster)) {
      const RosterFact& fact = data_.roster[r];
      form_.Leaf(LeafOfRow(fact));
      form_.Text(data_.replicas[fact.replica].id.view());
      std::vector<std::string> partners;
      for (const TextNumber p : fact.partners) partners.push_back(data_.Text(p));
      std::sort(partners.begin(), partners.end());
      form_.Number(partners.size());
      for (const std::string& partner : partners) form_.Text(partner);
      form_.Leaves(LeavesOf(data_.roster, fact.replaces));
      form_.Leaves(LeavesOf(data_.roster, fact.replaced_by));
    }
    form_.Leaves(LeavesOf(data_.openings));
  }

  void Change(const DraftChange& change) {
    form_.Leaf(LeafOfRow(change));
    form_.Number(change.index);
    form_.Text(data_.Text(change.element));
  }

  void Acts() {
    form_.Number(data_.acts.size());
    for (const auto& [id, act] : data_.acts) {
      form_.Text(id.view());
      std::vector<Digest> openings;
      for (const ActOpening& opening : act.openings) openings.push_back(LeafOfRow(opening));
      form_.Leaves(std::move(openings));
      std::vector<const DraftChange*> changes;
      for (const DraftChange& change : act.changes) changes.push_back(&change);
      std::sort(changes.begin(), changes.end(), [&](const DraftChange* a, const DraftChange* b) {
        if (a->event != b->event) return LeafOfRow(*a) < LeafOfRow(*b);
        return a->index < b->index;
      });
      form_.Number(changes.size());
      for (const DraftChange* change : changes) {
        Change(*change);
        form_.Flag(change->put != nullptr);
        form_.Flag(change->replaced);
        form_.Leaves(LeavesOf(change->replaces));
      }
      form_.Leaves(LeavesOf(data_.revisions, act.revisions));
    }
  }

  void Revisions() {
    form_.Number(data_.revisions.size());
    for (const RevisionNumber r : ByLeaf(data_.revisions)) {
      const Revision& revision = data_.revisions[r];
      form_.Leaf(LeafOfRow(revision));
      form_.Flag(revision.valid);
      // By id, as the fold sorted them.
      form_.Number(revision.clauses.size());
      for (const TextNumber clause : revision.clauses) form_.Text(data_.Text(clause));
      form_.Flag(revision.left_to_co_chairs);
      form_.Leaves(LeavesOf(data_.revisions, revision.bases));
      const ActFacts& act = data_.acts.at(revision.act);
      form_.Number(revision.content.size());
      for (const std::uint32_t place : revision.content) Change(act.changes[place]);
      form_.Leaves(LeavesOf(data_.signatures, revision.signatures));
      form_.Leaves(LeavesOf(data_.withdrawals, revision.withdrawals));
      form_.Leaves(LeavesOf(data_.refusals, revision.refusals));
      form_.Leaves(LeavesOf(data_.deliberations, revision.deliberations));
      form_.Flag(revision.on_paper);
      form_.Leaves(LeavesOf(data_.paper_statements, revision.paper_statements));
      form_.Leaves(LeavesOf(data_.attestations, revision.attestations));
    }
  }

  void Signatures() {
    form_.Number(data_.signatures.size());
    for (const SignatureNumber s : ByLeaf(data_.signatures)) {
      const SignatureFact& fact = data_.signatures[s];
      form_.Leaf(LeafOfRow(fact));
      form_.Flag(fact.counts);
      form_.Flag(fact.replaced);
      form_.Leaves(LeavesOf(data_.signatures, fact.replaces));
      form_.Leaves(LeavesOf(data_.retractions, fact.retractions));
    }
    Counting(data_.retractions);
    Counting(data_.withdrawals);
    Counting(data_.refusals);
  }

  template <typename Row>
  void Counting(const std::vector<Row>& rows) {
    form_.Number(rows.size());
    for (const std::uint32_t n : ByLeaf(rows)) {
      form_.Leaf(LeafOfRow(rows[n]));
      form_.Flag(rows[n].counts);
    }
  }

  void Deliberations() {
    form_.Number(data_.deliberations.size());
    for (const std::uint32_t d : ByLeaf(data_.deliberations)) {
      form_.Leaf(LeafOfRow(data_.deliberations[d]));
      form_.Leaves(LeavesOf(data_.deliberations[d].replaces));
    }
  }

  void Paper() {
    Counting(data_.paper_statements);
    form_.Number(data_.attestations.size());
    for (const std::uint32_t n : ByLeaf(data_.attestations)) {
      form_.Leaf(LeafOfRow(data_.attestations[n]));
      form_.Flag(data_.attestations[n].counts);
      form_.Leaves(LeavesOf(data_.attestations[n].statements));
    }
  }

  void Attachments() {
    form_.Number(data_.attachments.size());
    for (const std::uint32_t n : ByLeaf(data_.attachments)) {
      form_.Leaf(LeafOfRow(data_.attachments[n]));
      form_.Leaf(data_.attachments[n].id);
    }
  }

  void FollowUp() {
    std::vector<const FollowUpSubject*> subjects;
    for (const FollowUpSubject& subject : data_.subjects) subjects.push_back(&subject);
    const auto key = [&](const FollowUpSubject* s) {
      return std::tuple(s->payload, absl::string_view(data_.Text(s->element)),
                        absl::string_view(data_.Text(s->period)));
    };
    std::sort(subjects.begin(), subjects.end(),
              [&](const FollowUpSubject* a, const FollowUpSubject* b) { return key(a) < key(b); });
    form_.Number(subjects.size());
    for (const FollowUpSubject* subject : subjects) {
      form_.Number(subject->payload);
      form_.Text(data_.Text(subject->element));
      form_.Text(data_.Text(subject->period));
      form_.Leaves(LeavesOf(subject->events));
    }
  }

  void Life() {
    form_.Number(data_.life.size());
    for (const std::uint32_t n : ByLeaf(data_.life)) {
      const LifeFact& fact = data_.life[n];
      form_.Leaf(LeafOfRow(fact));
      form_.Flag(fact.answers != kNone);
      form_.Leaves(LeavesOf(fact.replaces));
    }
  }

  void Findings() {
    std::vector<const FindingFact*> findings;
    for (const FindingFact& finding : data_.findings) findings.push_back(&finding);
    std::sort(findings.begin(), findings.end(), [&](const FindingFact* a, const FindingFact* b) {
      if (a->event != b->event) return LeafOfRow(*a) < LeafOfRow(*b);
      return std::tie(a->code, a->detail) < std::tie(b->code, b->detail);
    });
    form_.Number(findings.size());
    for (const FindingFact* finding : findings) {
      form_.Leaf(LeafOfRow(*finding));
      form_.Text(FindingName(finding->code));
      form_.Text(finding->detail);
    }
  }

  const StateData& data_;
  CanonicalForm form_;
};

}  // namespace

std::string ConventionState::CanonicalBytes() const { return Writer(*data_).Write(); }

Digest ConventionState::StateDigest() const { return Sha256({CanonicalBytes()}); }

}  // namespace greffe
